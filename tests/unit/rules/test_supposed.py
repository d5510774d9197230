"""The rulebook with one thing changed, and the days that move by it."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.errors import UnknownRule
from amparo.rules import facts_from, load_rules
from amparo.rules.calendars import ClosedDays
from amparo.rules.recompute import recompute
from amparo.rules.supposed import with_closed_day, with_limit, without_closed_day

BOOK = load_rules()
MEMORIAL_DAY = dt.date(2026, 5, 25)


def closed(book: object, day: dt.date) -> bool:
    return ClosedDays(book.calendars["us-federal"]).why(day) is not None  # type: ignore[attr-defined]


def test_a_holiday_taken_out_is_open_that_year_and_closed_in_others() -> None:
    book = without_closed_day(BOOK, "us-federal", MEMORIAL_DAY)
    assert closed(BOOK, MEMORIAL_DAY)
    assert not closed(book, MEMORIAL_DAY)
    assert closed(book, dt.date(2025, 5, 26))
    assert closed(book, dt.date(2027, 5, 31))
    assert closed(book, dt.date(2026, 7, 3))


def test_the_day_kept_in_place_of_a_weekend_holiday_can_be_taken_out() -> None:
    observed = dt.date(2026, 7, 3)
    assert closed(BOOK, observed)
    assert not closed(without_closed_day(BOOK, "us-federal", observed), observed)


def test_a_day_put_in_is_closed_and_a_weekend_stays_so() -> None:
    book = with_closed_day(BOOK, "us-federal", dt.date(2026, 5, 27), name="storm")
    assert closed(book, dt.date(2026, 5, 27))
    assert closed(without_closed_day(book, "us-federal", dt.date(2026, 5, 23)), dt.date(2026, 5, 23))


def test_another_limit_moves_the_days_of_its_step() -> None:
    facts = facts_from({"system": "us.bop", "matter": "conditions", "incident": dt.date(2026, 5, 1)}, BOOK.facts)
    book = with_limit(
        BOOK, "us.bop.administrative-remedy", "request", "file", "10 calendar days", today=dt.date(2026, 5, 2)
    )
    moved = [m for m in recompute([("A", facts)], BOOK, book, today=dt.date(2026, 5, 2)) if m.step == "request"]
    assert [(m.whose, m.before, m.after) for m in moved] == [
        ("person", dt.date(2026, 5, 21), dt.date(2026, 5, 11)),
    ]


@pytest.mark.parametrize(
    ("procedure", "step", "which"),
    [("us.bop.nothing", "request", "file"), ("us.bop.administrative-remedy", "request", "wait")],
)
def test_a_limit_that_is_not_there_cannot_be_changed(procedure: str, step: str, which: str) -> None:
    with pytest.raises(UnknownRule):
        with_limit(BOOK, procedure, step, which, "10 calendar days", today=dt.date(2026, 5, 2))  # type: ignore[arg-type]


def test_words_that_are_no_limit_are_refused() -> None:
    with pytest.raises(ValueError, match="not a time limit"):
        with_limit(BOOK, "us.bop.administrative-remedy", "request", "file", "soon", today=dt.date(2026, 5, 2))


def test_a_calendar_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(UnknownRule):
        with_closed_day(BOOK, "mars", MEMORIAL_DAY, name="x")
