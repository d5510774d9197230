"""Suggestions, judgements and what comes of them."""

from __future__ import annotations

import datetime as dt
import sys

import msgspec
import pytest

from amparo.domain.claims import CustodyEvent, Mention
from amparo.domain.dates import PartialDate
from amparo.domain.identities import (
    Appearance,
    Candidate,
    Cluster,
    Contradiction,
    Judgement,
    RegisterNumber,
    Verdict,
    WhoIsWho,
)
from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Maker, Text
from amparo.errors import MissingExtra
from amparo.linking import appearances_of, link, spelling

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PEOPLE = [
    Appearance(document="a", person=0, name="Ada Pike", role="detained"),
    Appearance(document="b", person=2, name="Ada Moreno Pike", aliases=("La Negra",), role="detained"),
    Appearance(document="c", person=1, name="Ada M. Pike", role="detained"),
]


def judged(left: str, right: str, verdict: Verdict, hour: int = 0, by: str = "Nadia Frost") -> Judgement:
    return Judgement(
        left=left, right=right, verdict=verdict, by=by, on=NOON + dt.timedelta(hours=hour), why="read both"
    )


def members(found: WhoIsWho) -> list[tuple[str, ...]]:
    return [one.members for one in found.clusters]


def test_without_a_judgement_nobody_is_joined_however_strong_the_suggestion() -> None:
    number = (RegisterNumber(number="00123-456", system="us.bop"),)
    found = link([msgspec.structs.replace(one, numbers=number) for one in PEOPLE])
    assert members(found) == [("a#0",), ("b#2",), ("c#1",)]
    assert len(found.candidates) == 3
    assert found.candidates[0].score > 0.95


def test_a_judgement_joins_and_gives_the_fullest_name() -> None:
    found = link(PEOPLE, [judged("a#0", "b#2", "same")])
    assert found.clusters[0] == Cluster(
        members=("a#0", "b#2"), canonical="Ada Moreno Pike", names=("Ada Moreno Pike", "Ada Pike", "La Negra")
    )


def test_unsure_stays_apart_and_is_not_suggested_again() -> None:
    found = link(PEOPLE, [judged("a#0", "b#2", "unsure")])
    assert members(found) == [("a#0",), ("b#2",), ("c#1",)]
    assert ("a#0", "b#2") not in {(c.left, c.right) for c in found.candidates}
    assert len(found.candidates) == 2


def test_what_judgements_already_settle_is_not_suggested() -> None:
    found = link(PEOPLE, [judged("a#0", "b#2", "same"), judged("b#2", "c#1", "different")])
    assert members(found) == [("a#0", "b#2"), ("c#1",)]
    assert found.candidates == ()


def test_taking_a_judgement_back_restores_what_was() -> None:
    first, back = judged("a#0", "b#2", "same"), judged("b#2", "a#0", "different", hour=1)
    assert members(link(PEOPLE, [back, first])) == [("a#0",), ("b#2",), ("c#1",)]
    again = judged("a#0", "b#2", "same", hour=2)
    assert members(link(PEOPLE, [again, back, first])) == [("a#0", "b#2"), ("c#1",)]


def test_a_contradiction_through_a_third_is_named_and_joins_nobody() -> None:
    one, two = judged("a#0", "b#2", "same"), judged("b#2", "c#1", "same")
    apart = judged("a#0", "c#1", "different", by="Tomas Varela")
    found = link(PEOPLE, [one, apart, two])
    assert members(found) == [("a#0",), ("b#2",), ("c#1",)]
    assert found.contradictions == (Contradiction(different=apart, same=(one, two)),)


def test_same_and_different_at_one_moment_is_a_contradiction() -> None:
    same, apart = judged("a#0", "b#2", "same"), judged("a#0", "b#2", "different", by="Tomas Varela")
    found = link(PEOPLE, [same, apart])
    assert members(found)[0] == ("a#0",)
    assert found.contradictions == (Contradiction(different=apart, same=(same,)),)


def test_a_record_that_is_gone_still_joins_those_judged_to_be_it() -> None:
    found = link(PEOPLE, [judged("a#0", "gone#0", "same"), judged("gone#0", "c#1", "same")])
    assert members(found)[0] == ("a#0", "c#1")


@pytest.mark.parametrize(
    "broken",
    [
        {"left": "a#0", "right": "a#0"},
        {"by": " "},
        {"why": ""},
        {"on": dt.datetime(2026, 3, 2, 12)},  # noqa: DTZ001 – that it is refused is the test
    ],
)
def test_a_judgement_names_two_records_a_person_a_reason_and_a_moment(broken: dict[str, object]) -> None:
    sound = {"left": "a#0", "right": "b#2", "verdict": "same", "by": "Nadia Frost", "on": NOON, "why": "one number"}
    assert Judgement(**sound)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="judgement"):
        Judgement(**{**sound, **broken})  # type: ignore[arg-type]


def test_a_candidate_with_nothing_for_it_cannot_exist() -> None:
    with pytest.raises(ValueError, match="speaks for"):
        Candidate(left="a", right="b", score=0.9, grounds=())


def test_judgements_survive_being_written_and_read() -> None:
    one = judged("a#0", "b#2", "same")
    assert msgspec.json.decode(msgspec.json.encode(one), type=Judgement) == one


def test_notes_become_appearances_with_numbers_relatives_and_dates() -> None:
    maker = Maker(component="test", version="1")
    text = Text.of(
        "Ada Pike, Reg. No. 00123-456, was arrested. His mother, Luz Pike, wrote.", document="0" * 64, maker=maker
    )
    name = Mention(quote=text.quote(0, 8), kind="person", normal="Ada Pike", maker=maker)
    register = Mention(quote=text.quote(19, 28), kind="register-number", normal="00123-456", maker=maker)
    prison = Mention(quote=text.quote(30, 33), kind="facility", normal="x/ALD", maker=maker)
    day = PartialDate.of_day(dt.date(2026, 3, 4))
    notes = Notes(
        mentions=(name, register, prison),
        people=(
            Person(name="Ada Pike", aliases=("Ada Pike",), role="detained", mentions=(0,)),
            Person(name="Luz Pike", aliases=("Luz Pike", "His mother, Luz Pike"), role="family"),
            Person(name="the guard", aliases=("the guard",), role="guard"),
        ),
        events=(CustodyEvent(kind="arrest", quote=text.quote(30, 42), maker=maker, person=0, when=day),),
    )
    ada, luz = appearances_of("letter", notes)
    assert [(n.number, n.system) for n in ada.numbers] == [("00123-456", "us.bop")]
    assert [s.facility for s in ada.stays] == ["x/ALD"]
    assert [(h.kind, h.when) for h in ada.happenings] == [("arrest", day)]
    assert [(r.words, r.of) for r in luz.relations] == [("mother", 0)]
    assert (luz.sex, luz.numbers, luz.stays) == ("f", (), ())


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    spelling._osa.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
    with pytest.raises(MissingExtra, match=r"amparo\[linking\]"):
        spelling.likeness("brandt", "brendta")
    spelling._osa.cache_clear()
