"""Claims, allegations and people cannot be built half."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.claims import Allegation, Claim, Role, Source
from amparo.domain.dates import PartialDate, TimeLimit
from amparo.domain.parties import Person
from amparo.domain.text import Maker, Text

MAKER = Maker(component="test", version="1")
TEXT = Text.of("They took my insulin.", document="0" * 64, maker=MAKER)
QUOTE = TEXT.quote(0, 20)


def test_an_allegation_without_a_passage_cannot_exist() -> None:
    with pytest.raises(ValueError, match="rests on a passage"):
        Allegation(act="MED-04", quotes=(), status="current", claims=(0,), confidence=0.5, maker=MAKER)


def test_an_allegation_without_a_claim_cannot_exist() -> None:
    with pytest.raises(ValueError, match="rests on a claim"):
        Allegation(act="MED-04", quotes=(QUOTE,), status="current", claims=(), confidence=0.5, maker=MAKER)


def test_a_claim_without_contents_cannot_exist() -> None:
    with pytest.raises(ValueError, match="has contents"):
        Claim(contents=(), source=Source(kind="author"), form="narrated", stance="asserts", confidence=0.5, maker=MAKER)


@pytest.mark.parametrize(("kind", "quotes"), [("mention", ()), ("author", (QUOTE,)), ("unknown", (QUOTE,))])
def test_only_a_mentioned_source_has_words_that_name_it(kind: str, quotes: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="mentioned source"):
        Source(kind=kind, quotes=quotes)  # type: ignore[arg-type]


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_lies_between_nought_and_one(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Allegation(act="MED-04", quotes=(QUOTE,), status="past", claims=(0,), confidence=confidence, maker=MAKER)


def test_an_open_role_is_left_out_rather_than_left_empty() -> None:
    with pytest.raises(ValueError, match="left open"):
        Role(kind="actor", words="")


def test_a_person_has_a_name_or_a_description() -> None:
    with pytest.raises(ValueError, match="name or a description"):
        Person(name="", aliases=())


def test_a_partial_date_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="earliest day before its latest"):
        PartialDate(earliest=dt.date(2026, 2, 2), latest=dt.date(2026, 2, 1))


@pytest.mark.parametrize("written", ["20 days", "0 months", "1.5 years", "twenty calendar days", "20 calendar days "])
def test_a_time_limit_outside_the_grammar_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="20 calendar days"):
        TimeLimit.parse(written)
