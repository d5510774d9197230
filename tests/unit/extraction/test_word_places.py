"""Looking words up gives exactly what searching the whole text gives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.extraction import word_places
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when import dates
from amparo.extraction.when.shapes import compile_shape, openings_of

PHRASES = ("legal mail", "grievanc*", "no mail", "mail", "co-pay", "don't know", "42 cfr")
PIECES = (
    "legal",
    "mail",
    "mail.",
    "grievances",
    "no",
    "co-pay",
    "don't",
    "know",
    "42",
    "CFR",
    "_mail",
    "e-mail",
    "Ñ",
    "\n",
)
SAID = (
    *("on", "March", "3rd,", "2026", "may", "'16", "’16", "two weeks", "ago", "mid-March", "early", "the", "yesterday"),
    *("last", "Christmas", "Tuesday", "a couple of", "months", "since", "12/03/2025", "hace tres", "el", "4 de julio"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.integers(0, 60), st.integers(0, 200))
def test_phrases_are_found_where_a_search_finds_them(pieces: list[str], start: int, length: int) -> None:
    phrases = Phrases.of(PHRASES)
    short = " ".join(pieces)
    content = short + " " + "x " * word_places.WORTH_IT
    assert phrases.pattern is not None
    assert phrases.openings is not None
    searched = [m.span() for m in phrases.pattern.finditer(fold(content), start, start + length)]
    assert [(f.start, f.end) for f in phrases.find(content, start, start + length)] == searched
    assert [(f.start, f.end) for f in phrases.find(content)] == [(f.start, f.end) for f in phrases.find(short)]


@pytest.mark.parametrize("language", ["en", "es"])
@given(pieces=st.lists(st.sampled_from(SAID), max_size=25))
def test_dates_are_found_where_a_search_finds_them(language: str, pieces: list[str]) -> None:
    content = fold(" ".join(pieces) + " " + "x " * word_places.WORTH_IT)
    for shape in dates._words(language).shapes:  # type: ignore[arg-type]
        searched = [m.span() for m in shape.pattern.finditer(content)]
        assert [m.span() for m in word_places.matches(shape.pattern, shape.openings, content)] == searched


def test_every_shape_of_a_date_can_be_looked_up() -> None:
    """A shape that cannot would be searched for, which is slow; none is today."""
    for language in ("en", "es"):
        assert all(shape.openings is not None for shape in dates._words(language).shapes)


def test_a_phrase_that_begins_with_a_mark_is_searched_for() -> None:
    content = "see § 1983 " + "x " * word_places.WORTH_IT
    assert Phrases.of(["§ 1983"]).openings is None
    assert [f.start for f in Phrases.of(["§ 1983"]).find(content)] == [4]


def test_a_shape_whose_first_word_goes_on_in_a_slot_is_searched_for() -> None:
    slots = {"day": r"\d"}
    assert openings_of("day{day}", slots) is None
    assert compile_shape("day{day}", slots).search("on day3") is not None


def test_the_vocabulary_has_dates_to_look_for() -> None:
    assert len(vocabulary("dates", "en")["shapes"]) > 40
    assert dates.find_dates("Mail came May 4, 2026.", language="en", written=dt.date(2026, 6, 1))
