"""Reckoning days: which day or days an expression means, seen from the day the document was written.

The conventions are those of an office that reads letters: a missing year makes the date the latest before the
document, a weekday is the latest one before it, "N weeks ago" leaves three days on either side. Doubt widens the
interval; it never invents a day.
"""

from __future__ import annotations

import datetime as dt

from amparo.domain.dates import PartialDate

DAY = dt.timedelta(days=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or that month's last day where it has no such day.

    >>> add_months(dt.date(2026, 3, 31), -1)
    datetime.date(2026, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = PartialDate.of_month(year, month + 1).latest.day
    return dt.date(year, month + 1, min(day.day, last))


def back(day: dt.date, count: int, unit: str) -> dt.date:
    """The day a number of days, weeks, months or years before."""
    if unit == "day":
        return day - count * DAY
    if unit == "week":
        return day - 7 * count * DAY
    return add_months(day, -count * (12 if unit == "year" else 1))


def slack(unit: str) -> dt.timedelta:
    """How far "N units ago" may be off on either side: nothing for days, half a unit for the rest."""
    return {"day": dt.timedelta(0), "week": 3 * DAY, "month": 15 * DAY, "year": 182 * DAY}[unit]


def latest_year(month: int, day: int, written: dt.date, *, scheduled: bool = False) -> int:
    """The year that makes a day the latest before the document, or the first after it for something scheduled."""
    year = written.year
    try:
        on = dt.date(year, month, day)
    except ValueError:  # 29 February of a common year: look for the leap year
        return next(y for y in range(year, year - 8, -1) if y % 4 == 0 and (y % 100 or y % 400 == 0))
    if scheduled:
        return year if on >= written else year + 1
    return year if on <= written else year - 1


def weekday_before(written: dt.date, weekday: int, *, skip: int = 0, same_day: bool = False) -> dt.date:
    """The latest such weekday before the document's day, or one `skip` weeks earlier.

    >>> weekday_before(dt.date(2026, 11, 21), 5).isoformat()   # written on a Saturday
    '2026-11-14'
    """
    distance = (written.weekday() - weekday) % 7
    if distance == 0 and not same_day:
        distance = 7
    return written - (distance + 7 * skip) * DAY


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of the week a day lies in."""
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).

    >>> easter(2025).isoformat()
    '2025-04-20'
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    x = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * x) // 451
    month, day = divmod(h + x - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


_WEEKDAYS = {"monday": 0, "thursday": 3, "sunday": 6}


def holiday(rule: str, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a feast in one year.

    Args:
        rule: ``MM-DD``; ``weekday-N-MM`` for the Nth (or ``last``) weekday of a month; ``easter``, ``easter-N`` for
            N days before, ``easter-week`` for Palm Sunday to Easter Sunday.
        year: the year.

    >>> holiday("thursday-4-11", 2025)[0].isoformat()
    '2025-11-27'
    """
    if rule == "easter-week":
        return easter(year) - 7 * DAY, easter(year)
    if rule.startswith("easter"):
        day = easter(year) - int(rule.partition("-")[2] or 0) * DAY
        return day, day
    parts = rule.split("-")
    if len(parts) == 2:
        day = dt.date(year, int(parts[0]), int(parts[1]))
        return day, day
    weekday, nth, month = _WEEKDAYS[parts[0]], parts[1], int(parts[2])
    if nth == "last":
        last = PartialDate.of_month(year, month).latest
        day = last - ((last.weekday() - weekday) % 7) * DAY
    else:
        first = dt.date(year, month, 1)
        day = first + ((weekday - first.weekday()) % 7 + 7 * (int(nth) - 1)) * DAY
    return day, day


def season(
    first_month: int, written: dt.date, *, year: int | None = None, last: bool = False
) -> tuple[dt.date, dt.date]:
    """The latest season, of three whole months, that began before the document; "last" is one that had ended."""
    start_year = year if year is not None else written.year
    while True:
        start = dt.date(start_year, first_month, 1)
        end = add_months(start, 3) - DAY
        if year is not None or (end < written if last else start <= written):
            return start, end
        start_year -= 1
