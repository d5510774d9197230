"""Closed days: worked out a second way, and beside a list that others keep."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.slow_count import MONTHS, ORDINALS, WEEKDAYS, Office, on_the_wall

from amparo.domain.law import Bilingual, Citation
from amparo.domain.rulebook import AddedDay, Calendar, Holiday
from amparo.rules import load_rules
from amparo.rules.calendars import ClosedDays, day_in_year

BOOK = load_rules()
CITE = Citation(ref="Rule of the test, 1", mark="verified", read_on=dt.date(2026, 1, 1))
NAME = Bilingual(en="Founding Day", es="Día de la fundación")


def every_day(first: int, last: int) -> list[dt.date]:
    start = dt.date(first, 1, 1)
    return [start + dt.timedelta(days=n) for n in range((dt.date(last, 12, 31) - start).days + 1)]


@pytest.mark.parametrize("name", sorted(BOOK.calendars))
def test_each_calendar_that_ships_closes_the_days_that_a_second_count_closes(name: str) -> None:
    days, office = ClosedDays(BOOK.calendars[name]), Office(BOOK.calendars[name])
    for day in every_day(1990, 2060):
        for for_person in (True, False):
            assert days.closed(day, for_person=for_person) == office.shut(
                on_the_wall(day), for_person=for_person
            ), day  # fmt: skip


OURS = ClosedDays(BOOK.calendars["us-federal"])
THEIRS = holidays.country_holidays("US", years=range(1989, 2042), observed=True)
ON_THE_DAY = holidays.country_holidays("US", years=range(1989, 2042), observed=False)


def test_federal_offices_close_on_the_weekdays_that_a_list_kept_by_others_names() -> None:
    for day in every_day(1990, 2040):
        if day.weekday() < 5:
            assert OURS.closed(day, for_person=False) == (day in THEIRS), (day, THEIRS.get(day), OURS.why(day))


def test_a_day_kept_in_place_of_a_weekend_holiday_is_doubtful_and_the_day_itself_is_sure() -> None:
    """The statute moves a Saturday holiday for pay and leave; whether the office is shut to others it does not say."""
    for day in every_day(1990, 2040):
        why = OURS.why(day)
        if why is not None and day.weekday() < 5:
            assert why.sure == (day in ON_THE_DAY), day


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2026-07-04", "2026-07-03"),
        ("2021-07-04", "2021-07-05"),
        ("2022-01-01", "2021-12-31"),
        ("2027-12-25", "2027-12-24"),
    ],
)
def test_a_saturday_holiday_is_kept_on_friday_and_a_sunday_holiday_on_monday(day: str, kept: str) -> None:
    other = dt.date.fromisoformat(kept)
    assert OURS.why(dt.date.fromisoformat(day)) is not None
    assert OURS.closed(other, for_person=False)
    assert not OURS.closed(other, for_person=True)


@pytest.mark.parametrize("year", range(1993, 2041, 4))
def test_inauguration_day_is_kept_by_offices_in_washington_alone_and_is_open_here(year: int) -> None:
    """Title 5, section 6103(c): a holiday for employees in and about the District of Columbia, not for all."""
    day = dt.date(year, 1, 20)
    third_monday = day_in_year("third monday of january", year)
    assert OURS.closed(day, for_person=True) == (day.weekday() >= 5 or day == third_monday)


def test_juneteenth_is_kept_from_the_year_of_its_statute() -> None:
    assert not OURS.closed(dt.date(2020, 6, 19), for_person=False)
    assert OURS.closed(dt.date(2023, 6, 19), for_person=True)


MEXICO = {(1, 1), (2, 5), (3, 21), (5, 1), (5, 5), (9, 14), (9, 16), (10, 12), (11, 20), (12, 25)}
"""Article 19 of the Amparo Act, as read: day by day, and never moved to a Monday as the labour statute does."""


def test_amparo_courts_close_on_saturdays_sundays_and_the_ten_days_of_article_19_and_on_no_other() -> None:
    days = ClosedDays(BOOK.calendars["mx-amparo"])
    for day in every_day(2019, 2040):
        listed = (day.month, day.day) in MEXICO
        assert days.closed(day, for_person=True) == (listed or day.weekday() >= 5), day


def test_fourteen_september_was_an_ordinary_day_before_the_reform() -> None:
    days = ClosedDays(BOOK.calendars["mx-amparo"])
    assert not days.closed(dt.date(2016, 9, 14), for_person=False)
    assert days.closed(dt.date(2018, 9, 14), for_person=True)


def test_every_closed_day_names_its_provision() -> None:
    for name in BOOK.calendars:
        days = ClosedDays(BOOK.calendars[name])
        for day in every_day(2024, 2027):
            why = days.why(day)
            assert why is None or (why.cites and why.name.en and why.name.es), (name, day)


@st.composite
def a_calendar(draw: st.DrawFn) -> Calendar:
    """Any calendar that can be written: fixed days, nth weekdays, observed days, added days, sure or doubtful."""
    weekday = st.sampled_from(WEEKDAYS)
    fixed = st.builds(lambda day, month: f"{day} {month}", st.integers(1, 28), st.sampled_from(MONTHS))
    edge = st.sampled_from(["29 february", "31 december", "1 january", "30 june", "31 october"])
    nth = st.builds(
        lambda nth, name, month: f"{nth} {name} of {month}",
        st.sampled_from([*ORDINALS, "last"]), weekday, st.sampled_from(MONTHS),
    )  # fmt: skip
    holiday = st.builds(
        Holiday,
        name=st.just(NAME), on=st.one_of(fixed, edge, nth), cite=st.just("law"),
        since=st.sampled_from([1, 2000, 2010]), until=st.sampled_from([9999, 2030]),
        observed=st.dictionaries(weekday, weekday, max_size=2).map(lambda d: {a: b for a, b in d.items() if a != b}),
        sure=st.booleans(), observed_sure=st.booleans(),
    )  # fmt: skip
    added = st.builds(
        AddedDay, day=st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), name=st.just(NAME), cite=st.just("law"),
        sure=st.booleans(),
    )  # fmt: skip
    return Calendar(
        id="test",
        title=NAME,
        weekend=tuple(draw(st.lists(weekday, max_size=2, unique=True))),
        weekend_cite="law",
        cite={"law": CITE},
        holiday=tuple(draw(st.lists(holiday, max_size=5))),
        added=tuple(draw(st.lists(added, max_size=3))),
    )


@settings(max_examples=25)
@given(calendar=a_calendar(), year=st.integers(1990, 2058))
def test_any_calendar_closes_the_days_that_a_second_count_closes(calendar: Calendar, year: int) -> None:
    days, office = ClosedDays(calendar), Office(calendar, first=year - 1, last=year + 2)
    for day in every_day(year, year + 1):
        for for_person in (True, False):
            assert days.closed(day, for_person=for_person) == office.shut(on_the_wall(day), for_person=for_person), day


@given(year=st.integers(1990, 2060))
def test_easter_holidays_follow_easter_as_others_reckon_it(year: int) -> None:
    assert day_in_year("2 days before easter sunday", year) in holidays.country_holidays("GB", years=year)


def test_a_day_closed_surely_for_one_reason_and_doubtfully_for_another_is_closed_surely() -> None:
    twice = (
        Holiday(name=NAME, on="1 march", cite="law"),
        Holiday(name=NAME, on="first sunday of march", cite="law", sure=False),
        Holiday(name=NAME, on="1 march", cite="law", sure=False),
    )
    added = (AddedDay(day=dt.date(2026, 3, 1), name=NAME, cite="law", sure=False),)
    calendar = Calendar(
        id="t", title=NAME, weekend=(), weekend_cite="law", cite={"law": CITE}, holiday=twice, added=added
    )
    days = ClosedDays(calendar)
    assert days.closed(dt.date(2025, 3, 1), for_person=True)
    assert days.closed(dt.date(2026, 3, 1), for_person=True)
