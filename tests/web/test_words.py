"""The desk's words: each has one home and both languages."""

from __future__ import annotations

import tomllib
from collections import Counter
from string import Formatter

from amparo.web.words import _FILES, _FOLDER, WORDS


def test_no_two_files_hold_the_same_word() -> None:
    keys = Counter(key for name in _FILES for key in tomllib.loads((_FOLDER / name).read_text(encoding="utf8")))
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_word_is_there_in_both_languages_with_the_same_places_to_fill() -> None:
    def places(words: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}

    assert [key for key, words in WORDS.items() if set(words) != {"en", "es"} or not all(words.values())] == []
    assert [key for key, words in WORDS.items() if places(words["en"]) != places(words["es"])] == []
