"""What must be so before a desk opens: originals private, debug off, a key of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def the_desk_is_safe(**_: Any) -> list[Error]:
    """Refuse to open a desk whose folder others can read, or that shows its insides on an error."""
    found: list[Error] = []
    home = Path(settings.AMPARO_HOME)
    if home.exists() and home.stat().st_mode & 0o077:
        found.append(
            Error("Others on this machine can read the desk's folder.", hint=f"chmod 700 {home}", id="amparo.E001")
        )
    if settings.DEBUG:
        found.append(Error("Debug is on; an error would show the record.", hint="Take it out.", id="amparo.E002"))
    if len(settings.SECRET_KEY) < 40:
        found.append(
            Error("The desk's key is too short.", hint="Delete secret.key; it is made anew.", id="amparo.E003")
        )
    return found
