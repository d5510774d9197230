"""The words of our pages in English and Spanish, written with the same care in both."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from amparo.domain.dates import PartialDate


def _load() -> dict[str, Any]:
    return tomllib.loads((resources.files("amparo") / "data" / "vocabulary" / "pages.toml").read_text(encoding="utf8"))


_FILE = _load()
WORDS: dict[str, dict[str, str]] = _FILE["words"]
"""Every word or phrase of the pages by key and language."""
_MONTHS: dict[str, list[str]] = _FILE["months"]


def day_words(date: PartialDate, lang: str) -> str:
    """A day, or the first and last day it may be, as people write them.

    >>> import datetime as dt
    >>> day_words(PartialDate.of_month(2026, 3), "en")
    '1 Mar – 31 Mar 2026'
    """
    first, last = date.earliest, date.latest
    months = _MONTHS[lang]
    if date.certain:
        return f"{first.day} {months[first.month - 1]} {first.year}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {months[first.month - 1]}{year} – {last.day} {months[last.month - 1]} {last.year}"
