"""Settings for every test: properties are checked without a stopwatch, since other work shares the machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("amparo", deadline=None, derandomize=True)
settings.load_profile("amparo")
