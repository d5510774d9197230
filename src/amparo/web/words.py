"""The desk's own words, English and Spanish."""

from __future__ import annotations

import tomllib
from importlib import resources

from amparo.errors import AmparoError

_FOLDER = resources.files("amparo") / "data" / "vocabulary"
_FILES = ("desk.toml", "office.toml", "filings.toml")
WORDS: dict[str, dict[str, str]] = {
    key: words for name in _FILES for key, words in tomllib.loads((_FOLDER / name).read_text(encoding="utf8")).items()
}
"""Every word or phrase of the desk by key and language."""


def told(problem: AmparoError, language: str) -> str:
    """What an error says, in the person's language where the desk has words for it."""
    words = WORDS.get(f"error-{problem.code}")
    return words[language] if words is not None else problem.message
