"""Counting a limit of time from a day, with every day counted, skipped or rolled."""

from __future__ import annotations

import calendar as _months
import datetime as dt
from functools import lru_cache

from amparo.domain.dates import TimeLimit
from amparo.domain.law import Roll
from amparo.domain.remedies import Move
from amparo.rules.calendars import ClosedDays

_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=1 << 16)
def count(
    limit: TimeLimit, start: dt.date, days: ClosedDays | None, *, months: str = "last-day", for_person: bool = True
) -> tuple[dt.date, tuple[Move, ...]]:
    """The last day of a limit that runs from a day, and how it was counted; the day it runs from is not counted.

    Args:
        limit: the length of time.
        start: the day it runs from.
        days: the closed days, which working days need.
        months: what the thirty-first becomes in a shorter month: its ``last-day``, or the ``next-day`` after it.
        for_person: whether it is the person's time; an authority's stands still on doubtful closed days.

    Raises:
        ValueError: working days without closed days.

    >>> count(TimeLimit.parse("6 months"), dt.date(2025, 8, 31), None)[0]
    datetime.date(2026, 2, 28)
    """
    if limit.unit == "working days":
        if days is None:
            raise ValueError("working days need a calendar of closed days")
        return _working_days(limit.count, start, days, for_person)
    if limit.unit in ("months", "years"):
        whole = limit.count * (12 if limit.unit == "years" else 1)
        end = _months_on(start, whole, months)
    else:
        per_unit = {"calendar days": 1, "weeks": 7}
        length = -(-limit.count // 24) if limit.unit == "hours" else limit.count * per_unit[limit.unit]
        end = start + dt.timedelta(days=length)
    return end, (Move(kind="count", start=start + _DAY, end=end, count=limit.count, unit=limit.unit),)


def _months_on(start: dt.date, whole: int, months: str) -> dt.date:
    years, month = divmod(start.month - 1 + whole, 12)
    year, month = start.year + years, month + 1
    length = _months.monthrange(year, month)[1]
    if start.day <= length:
        return dt.date(year, month, start.day)
    last = dt.date(year, month, length)
    return last if months == "last-day" else last + _DAY


def _working_days(wanted: int, start: dt.date, days: ClosedDays, for_person: bool) -> tuple[dt.date, tuple[Move, ...]]:
    moves: list[Move] = []
    day, counted, run_from = start, 0, None
    while counted < wanted:
        day += _DAY
        closed = days.closed(day, for_person=for_person)
        if closed:
            if run_from is not None:
                moves.append(_run(run_from, day - _DAY))
                run_from = None
            moves.append(skipped(day, days))
        else:
            counted += 1
            run_from = run_from or day
    if run_from is not None:
        moves.append(_run(run_from, day))
    return day, tuple(moves)


def _run(first: dt.date, last: dt.date) -> Move:
    return Move(kind="count", start=first, end=last, count=(last - first).days + 1, unit="working days")


def skipped(day: dt.date, days: ClosedDays) -> Move:
    """A line of the working for one closed day."""
    why = days.why(day)
    assert why is not None  # noqa: S101 - only closed days are skipped
    return Move(kind="skip", start=day, end=day, why=why.name, cites=why.cites)


@lru_cache(maxsize=1 << 16)
def roll(
    day: dt.date, way: Roll, days: ClosedDays | None, *, for_person: bool = True
) -> tuple[dt.date, tuple[Move, ...]]:
    """Where a last day lands when the office is closed on it.

    Args:
        day: the last day as counted.
        way: to the next open day, the one before, or not at all.
        days: the closed days.
        for_person: whether it is the person's time.

    Raises:
        ValueError: rolling without closed days.
    """
    if way == "none":
        return day, ()
    if days is None:
        raise ValueError("rolling needs a calendar of closed days")
    onward = _DAY if way == "next-open-day" else -_DAY
    moves: list[Move] = []
    landed = day
    while days.closed(landed, for_person=for_person):
        moves.append(skipped(landed, days))
        landed += onward
    if landed != day:
        moves.append(Move(kind="roll", start=day, end=landed, name=days.calendar.id, count=(landed - day).days))
    return landed, tuple(moves)


def last_open_day(day: dt.date, days: ClosedDays | None) -> dt.date:
    """The last day up to a day on which the office is surely open: every doubtful day is taken as closed.

    >>> last_open_day(dt.date(2025, 3, 23), None)
    datetime.date(2025, 3, 23)
    """
    while days is not None and days.closed(day, for_person=False):
        day -= _DAY
    return day
