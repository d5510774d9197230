"""The reader's own word lists: common words of each language, and word parts that keep their hyphen."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

LANGUAGES = ("en", "es")


class WordList(NamedTuple):
    """What the reader knows of one language."""

    common: frozenset[str]
    keep_hyphen: frozenset[str]


@cache
def word_list(language: str) -> WordList:
    """Load ``data/vocabulary/<language>/reading.toml``.

    >>> "porque" in word_list("es").common
    True
    """
    path = resources.files("amparo").joinpath("data", "vocabulary", language, "reading.toml")
    written = tomllib.loads(path.read_text(encoding="utf8"))
    return WordList(frozenset(written["common"].split()), frozenset(written["keep_hyphen"].split()))
