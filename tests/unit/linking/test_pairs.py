"""What is suggested to a person, on what grounds, and what never is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from amparo.domain.dates import PartialDate
from amparo.domain.identities import Appearance, Candidate, Happening, RegisterNumber, Relation, Stay
from amparo.linking import suggest

DAY = PartialDate.of_day(dt.date(2026, 3, 4))
MARCH = PartialDate.of_month(2026, 3)


def person(document: str, name: str, **more: Any) -> Appearance:
    return Appearance(document=document, name=name, **{"person": 0, "role": "detained", **more})


def number(written: str, system: str = "us.bop") -> tuple[RegisterNumber, ...]:
    return (RegisterNumber(number=written, system=system),)


def only(*appearances: Appearance) -> Candidate:
    (candidate,) = suggest(appearances)
    return candidate


def codes(candidate: Candidate) -> set[str]:
    return {ground.code for ground in candidate.grounds}


def test_one_full_name_in_two_documents_is_suggested_with_its_reason_in_both_languages() -> None:
    candidate = only(person("a", "Ada Moreno Pike"), person("b", "ADA MORENO PIKE"))
    assert codes(candidate) == {"same-full-name"}
    assert candidate.grounds[0].say.es.startswith("El mismo nombre: Ada Moreno Pike")


def test_one_register_number_is_shown_even_where_the_names_are_two() -> None:
    candidate = only(
        person("a", "Ada Moreno", numbers=number("00123-456")), person("b", "Luz Varela", numbers=number("00123456"))
    )
    assert codes(candidate) == {"same-register-number", "other-name"}
    assert candidate.speaks_for[0].code == "same-register-number"


def test_one_number_in_two_systems_says_nothing() -> None:
    assert (
        suggest(
            [
                person("a", "Ada Moreno", numbers=number("123456", "us.tdcj")),
                person("b", "Luz Varela", numbers=number("123456", "mx")),
            ]
        )
        == ()
    )


def test_two_numbers_in_one_system_speak_against_one_name() -> None:
    with_numbers = (
        person("a", "Ada Moreno Pike", numbers=number("00123-456")),
        person("b", "Ada Moreno Pike", numbers=number("00999-456")),
    )
    assert suggest(with_numbers) == ()


def test_a_surname_alone_is_suggested_only_with_something_more() -> None:
    here = (Stay(facility="us.bop/XXA", when=MARCH),)
    assert suggest([person("a", "Pike"), person("b", "Ada Pike")]) == ()
    candidate = only(person("a", "Pike", stays=here), person("b", "Ada Pike", stays=here))
    assert codes(candidate) == {"name-within-name", "same-facility-then"}


def test_a_nickname_joins_an_alias_to_a_name_as_a_suggestion() -> None:
    candidate = only(
        person("a", "Wilmar Quintero", aliases=("El Mono",)), person("b", "«el Mono»", stays=(Stay(facility="x/A"),))
    )
    assert candidate.speaks_for[0].code == "same-nickname"
    assert "mono" in candidate.speaks_for[0].say.es


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"born": DAY}, "same-birth"),
        ({"happenings": (Happening(kind="arrest", when=DAY),)}, "same-dated-event"),
        ({"stays": (Stay(facility="us.bop/XXA"),)}, "same-facility"),
        ({"stays": (Stay(facility="CERESO No. 2, Valleseco", when=MARCH),)}, "same-facility-then"),
    ],
)
def test_what_speaks_for_raises_the_score(more: dict[str, Any], code: str) -> None:
    other = dict(more)
    if code == "same-facility-then":
        other["stays"] = (Stay(facility="cereso 2 Valleseco", when=DAY),)
    plain = only(person("a", "Ada Pike"), person("b", "Ada Moreno Pike"))
    better = only(person("a", "Ada Pike", **more), person("b", "Ada Moreno Pike", **other))
    assert code in codes(better)
    assert better.score > plain.score


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"born": PartialDate.of_year(1980)}, {"born": PartialDate.of_year(1991)}, "other-birth"),
        ({"sex": "f"}, {"sex": "m"}, "other-sex"),
        ({"role": "detained"}, {"role": "guard"}, "other-role"),
        ({"role": "detained"}, {"role": "family"}, "relative"),
        ({"stays": (Stay(facility="x/A", when=DAY),)}, {"stays": (Stay(facility="x/B", when=DAY),)}, "elsewhere-then"),
    ],
)
def test_what_speaks_against_is_said_or_keeps_the_pair_from_being_suggested(
    one: dict[str, Any], other: dict[str, Any], code: str
) -> None:
    numbered = {"numbers": number("00123-456"), "happenings": (Happening(kind="arrest", when=DAY),)}
    names = "Ada Moreno Pike"
    assert suggest([person("a", names, **one), person("b", names, **other)]) == ()
    found = suggest([person("a", names, **{**numbered, **one}), person("b", names, **{**numbered, **other})])
    assert (found == ()) if code == "relative" else (code in codes(found[0]))


def test_a_relative_who_bears_the_name_is_never_the_prisoner() -> None:
    mother = person("news", "Rosa Luna Ortiz", role="family", numbers=number("00123-456"))
    assert suggest([mother, person("letter", "Rosa Luna Ortiz", numbers=number("00123-456"))]) == ()


def test_the_brother_of_the_one_is_not_the_one() -> None:
    held = person("news", "Tomas Luna", person=0)
    brother = person("news", "T. Luna", person=1, role="other", relations=(Relation(of=0, words="brother"),))
    letter = person("letter", "Tomas Luna")
    found = {(c.left, c.right) for c in suggest([held, brother, letter])}
    assert ("letter#0", "news#0") in found
    assert ("letter#0", "news#1") not in found


def test_a_father_of_the_same_name_is_not_the_son() -> None:
    son = person("news", "Wilmar Soto", person=0)
    father = person("news", "Wilmar Soto", person=1, role="other", relations=(Relation(of=0, words="father"),))
    found = {(c.left, c.right) for c in suggest([son, father, person("letter", "Wilmar Soto")])}
    assert found == {("letter#0", "news#0")}


def test_two_whom_a_document_tells_apart_are_not_suggested_from_others() -> None:
    third = [person("roll", "Luis Soto", person=0), person("roll", "Luis Soto Vega", person=1)]
    pair = [person("a", "Luis Soto"), person("b", "Luis Soto Vega")]
    assert len(suggest(pair)) == 1
    found = {(c.left, c.right) for c in suggest([*pair, *third])}
    assert ("a#0", "b#0") not in found
    assert ("roll#0", "roll#1") not in found
    assert ("a#0", "roll#0") in found


def test_descriptions_are_nobody_across_documents() -> None:
    assert suggest([person("a", "the nurse"), person("b", "the nurse")]) == ()


def test_the_order_of_documents_changes_nothing() -> None:
    people = [person(d, n) for d, n in (("a", "Ada Pike"), ("b", "Ada M. Pike"), ("c", "Ada Moreno Pike"))]
    assert suggest(people) == suggest(people[::-1])
    assert len(suggest(people)) == 3
