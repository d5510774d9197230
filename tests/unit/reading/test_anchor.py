"""Quotes move with their words when a reading is corrected."""

from __future__ import annotations

import pytest

from amparo.domain.text import Maker, Text
from amparo.reading.anchor import carry

HAND = Maker(component="reading.by-hand", version="1")

FIRST = (
    "Dear Judge,\n\nOn March 17 the officer took my insuline. The nurse saw it.\n\nI am told that my mail is stopped.\n"
)


def text(content: str) -> Text:
    return Text.of(content, document="0" * 64, maker=HAND)


def carried(old: str, new: str, said: str) -> list[str]:
    before = text(old)
    start = old.index(said)
    return [quote.exact for quote in carry([before.quote(start, start + len(said))], before, text(new)).kept]


def test_a_misread_word_inside_a_quote_is_mended_in_it() -> None:
    new = FIRST.replace("insuline", "insulin")
    assert carried(FIRST, new, "the officer took my insuline") == ["the officer took my insulin"]


def test_a_word_added_inside_a_quote_becomes_part_of_it() -> None:
    new = FIRST.replace("took my", "took away my")
    assert carried(FIRST, new, "the officer took my insuline") == ["the officer took away my insuline"]


def test_a_quote_replaced_by_other_words_is_lost() -> None:
    new = FIRST.replace("the officer took my insuline", "we had porridge and went out")
    assert carried(FIRST, new, "the officer took my insuline") == []


def test_a_paragraph_moved_to_the_top_takes_its_quote_along() -> None:
    new = "I am told that my mail is stopped.\n\n" + FIRST.replace("I am told that my mail is stopped.\n", "")
    assert carried(FIRST, new, "my mail is stopped") == ["my mail is stopped"]


def test_a_short_word_is_not_found_again_in_another_sentence() -> None:
    old = "They took it. " + "Nothing else happened here at all that day. " * 3 + "He saw it."
    new = old.replace("They took it. ", "")
    assert carried(old, new, "it") == []


def test_of_two_like_passages_the_quote_goes_to_its_own() -> None:
    old = "Monday: no water. Tuesday: no water. Wednesday: no water."
    new = "Notes. Monday: no water. Tuesday: no water. Wednesday: no water."
    before, after = text(old), text(new)
    start = old.index("no water", old.index("Tuesday"))
    kept = carry([before.quote(start, start + 8)], before, after).kept
    assert [quote.before for quote in kept] == [after.content[kept[0].start - 32 : kept[0].start]]
    assert kept[0].start == new.index("no water", new.index("Tuesday"))


def test_a_text_wrapped_anew_keeps_all_its_quotes() -> None:
    new = FIRST.replace(" ", "\n")
    assert carried(FIRST, new, "the officer took my insuline") == ["the\nofficer\ntook\nmy\ninsuline"]


@pytest.mark.parametrize("said", ["Dear Judge", "stopped.\n", "D"])
def test_quotes_at_the_edges_of_a_text_are_carried(said: str) -> None:
    assert carried(FIRST, FIRST + "P.S. Thank you.\n", said) == [said]


def test_nothing_is_found_in_an_emptied_text() -> None:
    assert carried(FIRST, "\n", "the officer") == []
