"""Closed days of an office, year by year, from a calendar kept as data."""

from __future__ import annotations

import calendar as _months
import datetime as dt
import re
from typing import NamedTuple

from amparo.domain.law import Bilingual, Citation, cited
from amparo.domain.rulebook import Calendar, Holiday

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_FIXED = re.compile(rf"(?P<day>[1-9]|[12][0-9]|3[01]) (?P<month>{'|'.join(MONTHS)})")
_NTH = re.compile(rf"(?P<nth>{'|'.join(_ORDINALS)}) (?P<weekday>{'|'.join(WEEKDAYS)}) of (?P<month>{'|'.join(MONTHS)})")
_EASTER = re.compile(r"(?:(?P<days>[0-9]{1,2}) days (?P<side>before|after) )?easter sunday")


class Closed(NamedTuple):
    """Why an office is closed on a day, and whether that is beyond doubt."""

    name: Bilingual
    sure: bool
    cites: tuple[Citation, ...]


def day_in_year(written: str, year: int) -> dt.date | None:
    """The day a recurring holiday falls on, or nothing in a year that lacks it.

    Args:
        written: ``1 january``, ``third monday of january``, ``last monday of may`` or ``2 days before easter sunday``.
        year: of the Gregorian calendar.

    Raises:
        ValueError: the words are in none of these forms.

    >>> day_in_year("last monday of may", 2025)
    datetime.date(2025, 5, 26)
    >>> day_in_year("2 days before easter sunday", 2026)
    datetime.date(2026, 4, 3)
    """
    if fixed := _FIXED.fullmatch(written):
        month, day = MONTHS.index(fixed["month"]) + 1, int(fixed["day"])
        return dt.date(year, month, day) if day <= _months.monthrange(year, month)[1] else None
    if nth := _NTH.fullmatch(written):
        return _nth_weekday(year, MONTHS.index(nth["month"]) + 1, WEEKDAYS.index(nth["weekday"]), _ORDINALS[nth["nth"]])
    if easter := _EASTER.fullmatch(written):
        days = int(easter["days"] or 0) * (-1 if easter["side"] == "before" else 1)
        return _easter(year) + dt.timedelta(days=days)
    raise ValueError(f"not a day of the year: {written!r}; write '1 january' or 'third monday of january'")


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    first, length = _months.monthrange(year, month)
    days = range(1 + (weekday - first) % 7, length + 1, 7)
    wanted = nth - 1 if nth > 0 else len(days) - 1
    return dt.date(year, month, days[wanted]) if wanted < len(days) else None


def _easter(year: int) -> dt.date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


class ClosedDays:
    """The closed days of one calendar, worked out a year at a time.

    >>> from amparo.rules import load_rules
    >>> days = ClosedDays(load_rules().calendars["us-federal"])
    >>> import datetime as dt
    >>> days.why(dt.date(2025, 5, 26)).name.en
    'Memorial Day'
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._weekend = frozenset(WEEKDAYS.index(name) for name in calendar.weekend)
        self._by_year: dict[int, dict[dt.date, Closed]] = {}
        self._weekend_cites = tuple(calendar.cite[name] for name in cited(calendar.weekend_cite))

    def why(self, day: dt.date) -> Closed | None:
        """Why the office is closed on a day; nothing when it is open."""
        if day.weekday() in self._weekend:
            return Closed(_WEEKDAY_NAMES[day.weekday()], True, self._weekend_cites)
        return self._year(day.year).get(day)

    def closed(self, day: dt.date, *, for_person: bool) -> bool:
        """Whether a day is closed; a doubtful one is open for the person's time and closed for the authority's."""
        found = self.why(day)
        return found is not None and (found.sure or not for_person)

    def _year(self, year: int) -> dict[dt.date, Closed]:
        if year not in self._by_year:
            days: dict[dt.date, Closed] = {}
            for near in (year - 1, year, year + 1):
                for holiday in self.calendar.holiday:
                    if holiday.since <= near <= holiday.until:
                        for day, why in self._kept(holiday, near).items():
                            _close(days, day, why)
            for added in self.calendar.added:
                _close(days, added.day, Closed(added.name, added.sure, self._cites(added.cite)))
            self._by_year[year] = {day: why for day, why in days.items() if day.year == year}
        return self._by_year[year]

    def _kept(self, holiday: Holiday, year: int) -> dict[dt.date, Closed]:
        day = day_in_year(holiday.on, year)
        if day is None:
            return {}
        cites = self._cites(holiday.cite)
        kept = {day: Closed(holiday.name, holiday.sure, cites)}
        moved = holiday.observed.get(WEEKDAYS[day.weekday()])
        if moved is not None:
            away = (WEEKDAYS.index(moved) - day.weekday() + 3) % 7 - 3
            kept[day + dt.timedelta(days=away)] = Closed(holiday.name, holiday.observed_sure, cites)
        return kept

    def _cites(self, names: str | tuple[str, ...]) -> tuple[Citation, ...]:
        return tuple(self.calendar.cite[name] for name in cited(names))


def _close(days: dict[dt.date, Closed], day: dt.date, why: Closed) -> None:
    """Close a day; of two reasons a sure one stands before a doubtful one, then the later."""
    kept = days.get(day)
    if kept is None or why.sure or not kept.sure:
        days[day] = why


_WEEKDAY_NAMES = {
    number: Bilingual(en=en, es=es)
    for number, (en, es) in enumerate(
        [
            ("Monday", "lunes"),
            ("Tuesday", "martes"),
            ("Wednesday", "miércoles"),
            ("Thursday", "jueves"),
            ("Friday", "viernes"),
            ("Saturday", "sábado"),
            ("Sunday", "domingo"),
        ]
    )
}
