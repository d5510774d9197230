"""Limits counted by hand, each with its source or the trap it guards against."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.dates import TimeLimit
from amparo.rules import load_rules
from amparo.rules.calendars import day_in_year
from amparo.rules.count import count, last_open_day, roll
from amparo.rules.places import closed_days

DAYS = closed_days(load_rules())


def last(limit: str, start: str, calendar: str = "us-federal", **how: object) -> str:
    return str(count(TimeLimit.parse(limit), dt.date.fromisoformat(start), DAYS[calendar], **how)[0])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("20 calendar days", "2025-03-03", "2025-03-23"),
        ("40 calendar days", "2025-12-05", "2026-01-14"),
        ("30 calendar days", "2025-05-09", "2025-06-08"),
        ("5 working days", "2025-05-21", "2025-05-29"),
        ("6 months", "2025-08-15", "2026-02-15"),
        ("4 months", "2025-10-15", "2026-02-15"),
        ("6 months", "2022-01-20", "2022-07-20"),
        ("6 months", "2025-08-31", "2026-02-28"),
        ("6 months", "2023-08-31", "2024-02-29"),
        ("1 year", "2024-02-29", "2025-02-28"),
        ("2 years", "2024-03-01", "2026-03-01"),
        ("2 weeks", "2025-03-03", "2025-03-17"),
        ("24 hours", "2025-03-03", "2025-03-04"),
        ("72 hours", "2025-03-03", "2025-03-06"),
        ("25 hours", "2025-03-03", "2025-03-05"),
    ],
)
def test_published_and_hand_counted_days(limit: str, start: str, expected: str) -> None:
    assert last(limit, start) == expected


def test_months_are_months_of_the_calendar_and_not_thirty_days() -> None:
    assert last("1 month", "2025-01-15") == "2025-02-15"
    assert last("30 calendar days", "2025-01-15") == "2025-02-14"


def test_the_thirty_first_of_a_shorter_month_is_a_stated_choice() -> None:
    assert last("1 month", "2025-01-31") == "2025-02-28"
    assert last("1 month", "2025-01-31", months="next-day") == "2025-03-01"
    assert last("1 month", "2025-12-31") == "2026-01-31"


def test_a_doubtful_closed_day_counts_in_the_person_s_time_and_not_in_the_authority_s() -> None:
    """4 July 2026 is a Saturday; the Friday before is kept for employees."""
    assert last("2 working days", "2026-07-01") == "2026-07-03"
    assert last("2 working days", "2026-07-01", for_person=False) == "2026-07-06"


def test_the_working_names_the_holiday_that_was_skipped() -> None:
    _, moves = count(TimeLimit.parse("5 working days"), dt.date(2025, 5, 21), DAYS["us-federal"])
    skipped = {str(move.start): move.why.en for move in moves if move.kind == "skip" and move.why}
    assert skipped == {"2025-05-24": "Saturday", "2025-05-25": "Sunday", "2025-05-26": "Memorial Day"}


def test_a_last_day_in_court_rolls_over_sunday_and_holiday_to_the_next_open_day() -> None:
    landed, moves = roll(dt.date(2026, 2, 15), "next-open-day", DAYS["us-courts"])
    assert landed == dt.date(2026, 2, 17)
    assert [move.kind for move in moves] == ["skip", "skip", "roll"]


def test_a_last_day_may_roll_back_and_may_stay() -> None:
    assert roll(dt.date(2026, 2, 15), "previous-open-day", DAYS["us-courts"])[0] == dt.date(2026, 2, 13)
    assert roll(dt.date(2026, 2, 15), "none", None) == (dt.date(2026, 2, 15), ())
    assert roll(dt.date(2026, 2, 17), "next-open-day", DAYS["us-courts"]) == (dt.date(2026, 2, 17), ())


def test_the_safe_day_keeps_clear_of_every_doubt() -> None:
    assert last_open_day(dt.date(2026, 7, 5), DAYS["us-federal"]) == dt.date(2026, 7, 2)


@pytest.mark.parametrize("written", ["30 february", "the feast", "0 january", "32 may", "sixth monday of may"])
def test_a_day_that_no_year_has_is_refused_or_never_comes(written: str) -> None:
    try:
        days = {day_in_year(written, year) for year in range(1990, 2061)}
    except ValueError as problem:
        assert "write '1 january'" in str(problem)
    else:
        assert days == {None}


def test_a_last_day_rolled_back_never_comes_before_the_day_after_its_trigger() -> None:
    from amparo.domain.law import TimeRule
    from amparo.rules.bounds import Happening, count_bound
    from amparo.rules.places import places

    place = places(load_rules())["tort-suit"][0]
    rule = TimeRule(
        within="1 calendar day", of="incident", roll="previous-open-day", calendar="us-courts",
        cite=place.step.file.cite,
    )  # fmt: skip
    friday = dt.date(2026, 5, 22)
    for working in (True, False):
        bound = count_bound(
            place,
            rule,
            "incident",
            friday,
            days=DAYS,
            happening=lambda _: Happening(None),
            for_person=True,
            extended=False,
            working=working,
        )
        assert bound.last == friday + dt.timedelta(days=1)
