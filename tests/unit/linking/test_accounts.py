"""Two accounts of one incident: agreement, contradiction, silence; and two incidents kept apart."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.dates import PartialDate
from amparo.linking.accounts import Point, align


def day(number: int, month: int = 5) -> PartialDate:
    return PartialDate.of_day(dt.date(2026, month, number))


def one(**said: object) -> Point:
    return Point(**{"id": "l", "act": "MED-04", **said})  # type: ignore[arg-type]


def other(**said: object) -> Point:
    return Point(**{"id": "r", "act": "MED-04", **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "left", "right", "said"),
    [
        ("when", day(3), PartialDate.of_month(2026, 5), "agree"), ("when", day(3), day(4), "contradict"),
        ("when", day(3), None, "right-silent"), ("when", None, day(3), "left-silent"),
        ("place", "cell 12", "cell 14", "contradict"), ("place", "cell 12", "the infirmary", "cannot-tell"),
        ("place", "USP Alder Creek", "United States Penitentiary, Alder Creek", "agree"),
        ("actor", "Nurse Pruitt", "the nurse", "cannot-tell"), ("actor", "Dana Pruitt", "Pruitt, Dana", "agree"),
        ("actor", "Dana Pruitt", "Ola Nordby", "contradict"),
        ("status", "current", "denied-by-authority", "contradict"), ("status", "current", "past", "cannot-tell"),
    ],
)  # fmt: skip
def test_each_particular_is_said_to_agree_contradict_or_be_silent(
    field: str, left: object, right: object, said: str
) -> None:
    blank = "" if field != "when" else None
    (row,) = align([one(**{field: left or blank})], [other(**{field: right or blank})])
    assert row.said == {field: said}
    assert row.contradicts == (said == "contradict")


def test_another_act_stands_alone_and_the_other_side_is_silent() -> None:
    rows = align([one()], [other(act="LEG-02")])
    assert [(row.left is None, row.right is None) for row in rows] == [(False, True), (True, False)]


def test_the_same_act_months_apart_is_two_incidents_and_no_contradiction() -> None:
    rows = align([one(when=day(3))], [other(when=day(3, 9))])
    assert len(rows) == 2
    assert not any(row.contradicts for row in rows)


def test_of_two_incidents_the_one_that_fits_better_is_laid_beside() -> None:
    (first, second) = align([one(id="a", when=day(3)), one(id="b", when=day(20))], [other(when=day(20))])
    assert first.right is None
    assert second.right is not None and second.said == {"when": "agree"}


points = st.builds(
    Point, id=st.uuids().map(str), act=st.sampled_from(["MED-04", "LEG-02", "transfer"]),
    when=st.none() | st.integers(1, 28).map(day), place=st.sampled_from(["", "cell 1", "cell 2"]),
    actor=st.sampled_from(["", "the guard", "Ola Nordby"]),
    status=st.sampled_from(["", "current", "denied-by-authority"]),
)  # fmt: skip


@given(st.lists(points, max_size=6), st.lists(points, max_size=6))
def test_everything_told_stands_once_and_turning_the_sides_turns_the_silence(
    left: list[Point], right: list[Point]
) -> None:
    rows = align(left, right)
    assert sorted(row.left.id for row in rows if row.left) == sorted(p.id for p in left)
    assert sorted(row.right.id for row in rows if row.right) == sorted(p.id for p in right)
    assert sum(row.contradicts for row in align([], right)) == 0
