"""Word lists by language: cue words, months, titles, facilities. Data files, never code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from amparo.errors import BrokenVocabulary


@cache
def vocabulary(name: str, language: str | None = None) -> dict[str, Any]:
    """Load ``data/vocabulary/<language>/<name>.toml``, or ``data/vocabulary/<name>.toml`` without a language.

    Args:
        name: the file's name without its ending.
        language: ``en`` or ``es``; texts of no known language are read with English words.

    Raises:
        BrokenVocabulary: the file is not there or is not TOML.

    >>> vocabulary("dates", "es")["months"]["enero"]
    1
    """
    parts = (name,) if language is None else ("en" if language == "und" else language, name)
    path = resources.files("amparo").joinpath("data", "vocabulary", *parts[:-1], f"{parts[-1]}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as problem:
        raise BrokenVocabulary(f"This word list cannot be read: {problem}.", file="/".join(parts)) from problem
