"""Counting time the slow way: a day at a time, with a calendar of its own, to hold the quick way against.

Nothing here comes from ``amparo.rules``, and ``datetime`` is used only to hand days in and out: leap years, lengths of
months, weekdays and holidays are worked out by walking from one known day to the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from amparo.domain.rulebook import Calendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth")


class Day(NamedTuple):
    """A day of the calendar on the wall: it knows the day after it and the day before, and its weekday."""

    year: int
    month: int
    day: int
    weekday: int

    def next(self) -> Day:
        weekday = (self.weekday + 1) % 7
        if self.day < length(self.year, self.month):
            return Day(self.year, self.month, self.day + 1, weekday)
        return Day(self.year, self.month + 1, 1, weekday) if self.month < 12 else Day(self.year + 1, 1, 1, weekday)

    def before(self) -> Day:
        weekday = (self.weekday + 6) % 7
        if self.day > 1:
            return Day(self.year, self.month, self.day - 1, weekday)
        if self.month > 1:
            return Day(self.year, self.month - 1, length(self.year, self.month - 1), weekday)
        return Day(self.year - 1, 12, 31, weekday)

    def date(self) -> dt.date:
        return dt.date(self.year, self.month, self.day)


def length(year: int, month: int) -> int:
    """Thirty days hath September."""
    if month in (4, 6, 9, 11):
        return 30
    if month != 2:
        return 31
    return 29 if year % 400 == 0 or (year % 4 == 0 and year % 100 != 0) else 28


def _wall_calendar() -> dict[tuple[int, int, int], Day]:
    """Every day from 1 January 1980, which was a Tuesday, to the end of 2089."""
    days: dict[tuple[int, int, int], Day] = {}
    day = Day(1980, 1, 1, 1)
    while day.year < 2090:
        days[day.year, day.month, day.day] = day
        day = day.next()
    return days


WALL = _wall_calendar()
YEARS: dict[int, list[Day]] = {}
for _day in WALL.values():
    YEARS.setdefault(_day.year, []).append(_day)


def on_the_wall(date: dt.date) -> Day:
    return WALL[date.year, date.month, date.day]


class Office:
    """Which days an office is closed on, and whether surely, read off the calendar's own words year by year."""

    def __init__(self, calendar: Calendar, *, first: int = 1980, last: int = 2089) -> None:
        self.calendar = calendar
        self.weekend = {WEEKDAYS.index(name) for name in calendar.weekend}
        self.sure: set[Day] = set()
        self.doubtful: set[Day] = set()
        for year in range(first, last + 1):
            days = YEARS[year]
            for holiday in calendar.holiday:
                if not holiday.since <= year <= holiday.until:
                    continue
                for day in days:
                    if self._is_on(day, days, holiday.on):
                        (self.sure if holiday.sure else self.doubtful).add(day)
                        kept = holiday.observed.get(WEEKDAYS[day.weekday])
                        if kept is not None:
                            (self.sure if holiday.observed_sure else self.doubtful).add(_nearest(day, kept))
        for added in calendar.added:
            (self.sure if added.sure else self.doubtful).add(on_the_wall(added.day))

    @staticmethod
    def _is_on(day: Day, days: list[Day], written: str) -> bool:
        words = written.split()
        if MONTHS[day.month - 1] != words[-1]:
            return False
        if len(words) == 2:
            return str(day.day) == words[0]
        if WEEKDAYS[day.weekday] != words[1]:
            return False
        if words[0] == "last":
            return day.day + 7 > length(day.year, day.month)
        earlier = [d for d in days if d.month == day.month and d.weekday == day.weekday and d.day < day.day]
        return len(earlier) == ORDINALS.index(words[0])

    def shut(self, day: Day, *, for_person: bool) -> bool:
        """A doubtful day is open for the person's time, and closed for the authority's."""
        if day.weekday in self.weekend or day in self.sure:
            return True
        return day in self.doubtful and not for_person


def _nearest(day: Day, weekday: str) -> Day:
    """The nearest such weekday, on either side; none is further than three days."""
    onward = back = day
    while True:
        onward, back = onward.next(), back.before()
        if WEEKDAYS[onward.weekday] == weekday:
            return onward
        if WEEKDAYS[back.weekday] == weekday:
            return back


class Counted(NamedTuple):
    """The last day, the days passed over in counting, and the days passed over in rolling."""

    last: dt.date
    skipped: tuple[dt.date, ...]
    rolled: tuple[dt.date, ...]


def last_day(
    written: str,
    start: dt.date,
    office: Office | None = None,
    *,
    roll: str = "none",
    months: str = "last-day",
    for_person: bool = True,
) -> Counted:
    """The last day of a limit, counted on the fingers."""
    number, unit = written.split(" ", 1)
    wanted = int(number)
    day = on_the_wall(start)
    skipped: list[Day] = []
    if unit.startswith("working"):
        assert office is not None
        while wanted:
            day = day.next()
            if office.shut(day, for_person=for_person):
                skipped.append(day)
            else:
                wanted -= 1
    elif unit.startswith(("month", "year")):
        day = _months_on(day, wanted * (12 if unit.startswith("year") else 1), months)
    else:
        day = _steps(day, wanted, unit)
    rolled: list[Day] = []
    if roll != "none":
        assert office is not None
        step: Callable[[Day], Day] = Day.next if roll == "next-open-day" else Day.before
        while office.shut(day, for_person=for_person):
            rolled.append(day)
            day = step(day)
    return Counted(day.date(), tuple(d.date() for d in skipped), tuple(d.date() for d in rolled))


def _steps(day: Day, wanted: int, unit: str) -> Day:
    days = wanted
    if unit.startswith("week"):
        days = sum(7 for _ in range(wanted))
    elif unit.startswith("hour"):
        days, hours = 0, wanted
        while hours > 0:
            days, hours = days + 1, hours - 24
    for _ in range(days):
        day = day.next()
    return day


def _months_on(day: Day, wanted: int, months: str) -> Day:
    """Walk on until the month has changed so many times, then to the day of the same number if there is one."""
    number = day.day
    while wanted:
        following = day.next()
        wanted -= following.month != day.month
        day = following
    while day.day < number:
        following = day.next()
        if following.month != day.month:
            return day if months == "last-day" else following
        day = following
    return day


def safe_day(last: dt.date, office: Office | None) -> dt.date:
    """The last day on which the office is open whatever is doubtful."""
    day = on_the_wall(last)
    while office is not None and office.shut(day, for_person=False):
        day = day.before()
    return day.date()
