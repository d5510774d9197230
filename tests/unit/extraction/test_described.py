"""What somebody calls a thing in passing is that person's word, not the writer's."""

from __future__ import annotations

import pytest

from amparo.domain.notes import Stretch
from amparo.domain.text import Language
from amparo.extraction.attribution.cues import lists, split_words
from amparo.extraction.attribution.described import find_described
from amparo.extraction.attribution.quotations import find_quotations


def read(words: str, language: Language) -> list[tuple[str, str, str]]:
    quotations = find_quotations(words)
    split = split_words(words, [Stretch(start=0, end=len(words))], quotations)
    return [
        (words[slice(*s.source)], words[slice(*s.cue)], words[slice(*s.contents[0])])
        for s in find_described(split, quotations, lists(language))
        if s.source is not None
    ]


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "He sent what his sisters describe as a “last letter” home.",
         ("his sisters", "describe as", "a “last letter”")),
        ("en", "It was what the warden had called a routine lockdown for weeks.",
         ("the warden", "had called", "a routine lockdown")),
        ("es", "Denunció lo que la defensa calificó de tortura psicológica contra él.",
         ("la defensa", "calificó de", "tortura psicológica")),
        ("es", "Es lo que el director llamó «una medida de rutina».",
         ("el director", "llamó", "«una medida de rutina»")),
    ],
)  # fmt: skip
def test_who_calls_a_thing_so_is_told(language: Language, words: str, found: tuple[str, str, str]) -> None:
    assert read(words, language) == [found]


@pytest.mark.parametrize(
    "words",
    ["What is called the hole is cold.", "I know what they called us.", "What he said. They describe as they like."],
)
def test_nobody_calls_it_so(words: str) -> None:
    assert read(words, "en") == []
