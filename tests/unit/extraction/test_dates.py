"""Dates as letters and news write them, and the days they mean."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.extraction.when.dates import find_dates

SATURDAY = dt.date(2026, 11, 21)


def meant(words: str, language: str = "en", written: dt.date | None = SATURDAY, *, printed: bool = False) -> list[str]:
    found = find_dates(words, language=language, written=written, printed=printed)  # type: ignore[arg-type]
    return [str(date.meant) for date in found]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("On March 3 they came.", ["2026-03-03"]),
        ("They came on the 3rd of March, 2025.", ["2025-03-03"]),
        ("It was 9/14/25 in the yard.", ["2025-09-14"]),
        ("Nothing since Christmas.", ["2025-12-25/2026-11-21"]),
        ("Nothing since I came here on May 2.", ["2026-05-02/2026-11-21"]),
        ("I had no shower for nine days.", ["2026-11-12/2026-11-21"]),
        ("It happened about three weeks ago.", ["2026-10-28/2026-11-03"]),
        ("Two Sundays ago he fell.", ["2026-11-08"]),
        ("Last Tuesday they took it.", ["2026-11-17"]),
        ("The lights went out last week.", ["2026-11-09/2026-11-15"]),
        ("In June it was hot.", ["2026-06-01/2026-06-30"]),
        ("Early March was cold.", ["2026-03-01/2026-03-10"]),
        ("Last spring I wrote.", ["2026-03-01/2026-05-31"]),
        ("On May 20, June 3 and July 1 I asked.", ["2026-05-20/2026-07-01"]),
        ("It was April 7 or 8.", ["2026-04-07/2026-04-08"]),
        ("The week of Thanksgiving we had nothing.", ["2025-11-24/2025-11-30"]),
        ("He was hurt on June 1. Three days later he died.", ["2026-06-01", "2026-06-04"]),
        ("On the twelfth of May he fell.", ["2026-05-12"]),
        ("Sent Tue, 05 May 2026.", ["2026-05-05"]),
        ("Since the twenty-first of October, 2025, nothing.", ["2025-10-21/2026-11-21"]),
        ("Three Fridays ago they came.", ["2026-11-06"]),
        ("It was Friday last week.", ["2026-11-13"]),
        ("Nothing since the Monday before Thanksgiving.", ["2025-11-24/2026-11-21"]),
        ("The night before Easter they came.", ["2026-04-04"]),
        ("The day after Halloween he fell.", ["2026-11-01"]),
        ("The week after Christmas it was cold.", ["2025-12-29/2026-01-04"]),
        ("Over Labor Day weekend we had no water.", ["2026-09-05/2026-09-07"]),
        ("Super Bowl Sunday they locked us down.", ["2026-02-08"]),
        ("He has not eaten since Epiphany.", ["2026-01-06/2026-11-21"]),
    ],
)
def test_english_words_for_when_mean_the_days_a_caseworker_would_write_down(words: str, days: list[str]) -> None:
    assert meant(words) == days


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("El 3 de marzo me sacaron.", ["2026-03-03"]),
        ("Desde el 18 de noviembre de 2024 sigo aquí.", ["2024-11-18/2026-11-21"]),
        ("Hace como tres semanas dejaron de darle la medicina.", ["2026-10-28/2026-11-03"]),
        ("No la veo desde el día de las madres.", ["2026-05-10/2026-11-21"]),
        ("El sábado antepasado lo golpearon.", ["2026-11-07"]),
        ("El jueves pasado hubo visita.", ["2026-11-19"]),
        ("Entre el 14 y el 31 de julio no hubo agua.", ["2026-07-14/2026-07-31"]),
        ("A mediados de agosto me cambiaron.", ["2026-08-11/2026-08-20"]),
        ("Anoche no durmió.", ["2026-11-20"]),
        ("En Semana Santa no hubo visita.", ["2026-03-29/2026-04-05"]),
        ("Fue el 3/4/26.", ["2026-04-03"]),
        ("El Jueves Santo y el Viernes Santo no hubo misa.", ["2026-04-02/2026-04-03"]),
        ("Por la Candelaria lo cambiaron.", ["2026-01-26/2026-02-09"]),
        ("Por San José pedí la cita.", ["2026-03-12/2026-03-26"]),
        ("Desde San Antonio no hay jabón.", ["2026-06-13/2026-11-21"]),
        ("El día de la Merced hubo misa.", ["2026-09-24"]),
        ("Mi familia vive en San José y viene por San Pedro Sula.", []),
        ("El martes de la semana pasada me curaron.", ["2026-11-10"]),
        ("Presenté la queja el 4 de mayo. El viernes siguiente me cambiaron.", ["2026-05-04", "2026-05-08"]),
        ("Fijaron audiencia para el 9 de diciembre.", ["2026-12-09"]),
        ("El dos de mayo me quitaron la cobija.", ["2026-05-02"]),
        ("Hace tres domingos que no hay visita.", ["2026-11-01"]),
        ("El martes de la semana pasada lo sacaron.", ["2026-11-10"]),
        ("El Jueves Santo lo golpearon.", ["2026-04-02"]),
        ("Desde San Pedro y San Pablo no hay dentista.", ["2026-06-29/2026-11-21"]),
        ("Fue el 3 de marzo de 2026, martes, en la tarde.", ["2026-03-03"]),
        ("La víspera de Navidad cortaron la luz.", ["2025-12-24"]),
    ],
)
def test_spanish_words_for_when_mean_the_days_a_caseworker_would_write_down(words: str, days: list[str]) -> None:
    assert meant(words, "es") == days


def test_without_a_day_of_writing_relative_words_mean_no_day_that_can_be_told() -> None:
    assert meant("Last Tuesday they took it.", written=None) == ["None"]
    assert meant("Hace tres semanas.", "es", written=None) == ["None"]


def test_a_missing_year_is_the_latest_before_the_letter_and_for_what_is_to_come_the_first_after_it() -> None:
    assert meant("They came on December 3.") == ["2025-12-03"]
    assert meant("My hearing is set for December 3.") == ["2026-12-03"]


def test_a_report_says_on_saturday_of_the_saturday_it_is_printed_and_a_letter_of_the_one_before() -> None:
    assert meant("He died on Saturday.", printed=True) == ["2026-11-21"]
    assert meant("He died on Saturday.") == ["2026-11-14"]


def test_a_day_that_no_calendar_has_is_found_but_means_no_day() -> None:
    assert meant("On June 31 they came.") == ["None"]


def test_the_words_of_a_date_keep_their_preposition() -> None:
    words = "I have been here since last March."
    (found,) = find_dates(words, language="en", written=SATURDAY)
    assert words[found.start : found.end] == "since last March"


def test_may_and_march_are_months_only_where_a_date_is_told() -> None:
    assert meant("You may write, and we march on.") == []


def test_a_feast_told_before_does_not_say_in_which_month_the_29th_was() -> None:
    said = "They cancelled Thanksgiving. The heat was out on the 15th."
    assert meant(said, written=dt.date(2026, 1, 8)) == ["2025-11-27", "2025-12-15"]
