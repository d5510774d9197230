"""The desk's own words, English and Spanish."""

from __future__ import annotations

import tomllib
from importlib import resources

_PATH = resources.files("amparo") / "data" / "vocabulary" / "desk.toml"
WORDS: dict[str, dict[str, str]] = tomllib.loads(_PATH.read_text(encoding="utf8"))
"""Every word or phrase of the desk by key and language."""
