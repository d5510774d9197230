"""What holds of every date, whatever the letter says."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.dates import PartialDate, TimeLimit
from amparo.extraction.when.dates import find_dates
from amparo.extraction.when.days import add_months, easter, latest_year, weekday_before

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2060, 12, 31))
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MESES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


@given(day=DAYS, written=DAYS)
def test_a_full_date_means_itself_in_both_languages_whenever_the_letter_was_written(
    day: dt.date, written: dt.date
) -> None:
    english = f"It was {MONTHS[day.month - 1]} {day.day}, {day.year} that they came."
    spanish = f"Fue el {day.day} de {MESES[day.month - 1]} de {day.year} cuando vinieron."
    for words, language in ((english, "en"), (spanish, "es")):
        (found,) = find_dates(words, language=language, written=written)  # type: ignore[arg-type]
        assert found.meant == PartialDate.of_day(day)


@given(
    text=st.text(
        alphabet=st.sampled_from("since on 0123456789/-.,\nJune mayo el de last two weeks ago’'"), max_size=120
    ),
    written=DAYS,
)
def test_no_words_make_a_date_whose_end_comes_before_its_beginning_or_lies_outside_the_text(
    text: str, written: dt.date
) -> None:
    for language in ("en", "es"):
        for found in find_dates(text, language=language, written=written):  # type: ignore[arg-type]
            assert 0 <= found.start < found.end <= len(text)
            assert found.meant is None or found.meant.earliest <= found.meant.latest


@given(day=DAYS, months=st.integers(-60, 60))
def test_adding_months_lands_in_that_month_and_never_later_in_it(day: dt.date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


@given(written=DAYS, weekday=st.integers(0, 6))
def test_a_weekday_is_one_to_seven_days_before_the_letter(written: dt.date, weekday: int) -> None:
    day = weekday_before(written, weekday)
    assert day.weekday() == weekday
    assert 1 <= (written - day).days <= 7


@given(day=DAYS, written=DAYS)
def test_a_missing_year_never_puts_the_day_after_the_letter_nor_more_than_a_leap_cycle_before(
    day: dt.date, written: dt.date
) -> None:
    year = latest_year(day.month, day.day, written)
    assert dt.date(year, day.month, day.day) <= written
    assert written.year - year <= 8


@given(year=st.integers(1900, 2199))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


@given(
    count=st.integers(1, 9999),
    unit=st.sampled_from(["calendar days", "working days", "weeks", "months", "years", "hours"]),
)
def test_a_time_limit_reads_back_as_it_was_written(count: int, unit: str) -> None:
    limit = TimeLimit(count=count, unit=unit)  # type: ignore[arg-type]
    assert TimeLimit.parse(str(limit)) == limit
