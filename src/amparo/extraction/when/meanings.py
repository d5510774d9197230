"""What each shape of a date means, as named in the word lists under ``means``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from amparo.domain.dates import PartialDate
from amparo.extraction.when import days
from amparo.extraction.when.seats import Seat, Seen, Values

DAY = days.DAY


Meaning = Callable[[Seen], PartialDate | None]


def named_days(means: str, match: re.Match[str], values: Values, seat: Seat) -> PartialDate | None:
    """The day or days an expression names, or None where they cannot be told.

    Args:
        means: the shape's meaning, as in the word list.
        match: the shape's match, with its slots.
        values: what the words stand for.
        seat: where the writer stands.
    """
    try:
        return _MEANINGS[means](Seen(match, values, seat))
    except ValueError:  # 31 June and its like: words that name no day
        return None


def meant_days(means: str, named: PartialDate | None, *, since: bool, written: dt.date | None) -> PartialDate | None:
    """The days meant: "since X" and "for N weeks" run to the day of writing."""
    if named is None or written is None:
        return None if since or means in _TO_WRITING else named
    if (since or means in _TO_WRITING) and named.earliest <= written:
        return PartialDate(earliest=named.earliest, latest=written)
    if means in {"month", "this-week", "this-month", "this-year"} and named.earliest <= written < named.latest:
        return PartialDate(earliest=named.earliest, latest=written)
    return named


def widened(date: PartialDate, count: int) -> PartialDate:
    """The same date with some days of doubt on either side."""
    return PartialDate(earliest=date.earliest - count * DAY, latest=date.latest + count * DAY)


def _one(day: dt.date | None) -> PartialDate | None:
    return PartialDate.of_day(day) if day is not None else None


def _two(pair: tuple[dt.date, dt.date]) -> PartialDate:
    return PartialDate(earliest=pair[0], latest=pair[1])


def _year_for(seen: Seen, month: int, day: int) -> int | None:
    if seen.year is not None:
        return seen.year
    return days.latest_year(month, day, seen.written, scheduled=seen.scheduled) if seen.written else None


def _day(seen: Seen) -> PartialDate | None:
    year = _year_for(seen, seen.month, seen.day())
    return None if year is None else _one(dt.date(year, seen.month, seen.day()))


def _days(seen: Seen) -> PartialDate | None:
    year = _year_for(seen, seen.month, seen.day())
    if year is None:
        return None
    return PartialDate(
        earliest=dt.date(year, seen.month, seen.day()), latest=dt.date(year, seen.month, seen.day("day2"))
    )


def _numeric(seen: Seen) -> PartialDate | None:
    parts = [int(part) for part in re.split(r"[/.-]", seen.match["numeric"])]
    if parts[0] > 1900:
        return _one(dt.date(parts[0], parts[1], parts[2]))
    month, day = (parts[1], parts[0]) if seen.values.day_first else (parts[0], parts[1])
    if month > 12:
        month, day = day, month
    if len(parts) == 2:
        year = days.latest_year(month, day, seen.written, scheduled=seen.scheduled) if seen.written else None
    else:
        year = parts[2] + (2000 if parts[2] < 100 else 0)
    return None if year is None else _one(dt.date(year, month, day))


def _month_of(seen: Seen) -> PartialDate | None:
    year = _year_for(seen, seen.month, 1)
    return None if year is None else PartialDate.of_month(year, seen.month)


def _part_of_month(first: int, last: int) -> Meaning:
    def meaning(seen: Seen) -> PartialDate | None:
        month = _month_of(seen)
        if month is None:
            return None
        return PartialDate(
            earliest=month.earliest.replace(day=first), latest=month.latest.replace(day=min(last, month.latest.day))
        )

    return meaning


def _month_last_year(seen: Seen) -> PartialDate | None:
    return PartialDate.of_month(seen.written.year - 1, seen.month) if seen.written else None


def _year(seen: Seen) -> PartialDate | None:
    return PartialDate.of_year(seen.year) if seen.year is not None else None


def _weekday(skip: int) -> Meaning:
    def meaning(seen: Seen) -> PartialDate | None:
        if seen.written is None:
            return None
        weekday = seen.values.weekdays[seen.match["weekday"]]
        same_day = seen.seat.printed or bool({"this", "este"} & set(seen.match.group().split()))
        return _one(days.weekday_before(seen.written, weekday, skip=skip, same_day=same_day))

    return meaning


def _weekdays_back(seen: Seen) -> PartialDate | None:
    """Of "three Mondays ago": so many Mondays back."""
    if seen.written is None:
        return None
    count = seen.values.number(seen.match["number"])
    return _one(days.weekday_before(seen.written, seen.values.weekdays[seen.match["weekday"]], skip=count - 1))


def _weekday_next(seen: Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    weekday = seen.values.weekdays[seen.match["weekday"]]
    return _one(seen.written + ((weekday - seen.written.weekday() - 1) % 7 + 1) * DAY)


def _weekday_last_week(seen: Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    monday, _ = days.week_of(seen.written - 7 * DAY)
    slots = [slot for slot in ("weekday", "weekday2") if seen.has(slot)]
    chosen = [monday + seen.values.weekdays[seen.match[slot]] * DAY for slot in slots]
    return PartialDate(earliest=min(chosen), latest=max(chosen))


def _day_of_month(seen: Seen) -> PartialDate | None:
    """Of "the 29th": that day of the month spoken of, else the latest 29th before the document."""
    told = seen.seat.month
    anchor = told.earliest if told is not None and told.certain else None
    number = seen.day("ordinal" if seen.has("ordinal") else "day")
    if anchor is not None and seen.written is not None:
        for base in (anchor, days.add_months(anchor.replace(day=1), 1)):
            try:
                day = base.replace(day=number)
            except ValueError:
                continue
            if anchor <= day <= seen.written:
                return _one(day)
    if seen.written is None:
        return None
    month = seen.written.replace(day=1)
    for _ in range(13):
        if (
            number <= PartialDate.of_month(month.year, month.month).latest.day
            and month.replace(day=number) <= seen.written
        ):
            return _one(month.replace(day=number))
        month = days.add_months(month, -1)
    return None


def _ago(seen: Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    unit = seen.values.units[seen.match["unit"]]
    day = days.back(seen.written, seen.values.number(seen.match["number"]), unit)
    return PartialDate(earliest=day - days.slack(unit), latest=min(day + days.slack(unit), seen.written))


def _ago_and_half(seen: Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    words = seen.match.group()
    length = 547 if "year" in words or "ano" in words else 10 if "semana" in words else 45
    return widened(PartialDate.of_day(seen.written - length * DAY), 7)


def _length(seen: Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    unit = seen.values.units[seen.match["unit"]]
    return PartialDate(
        earliest=days.back(seen.written, seen.values.number(seen.match["number"]), unit), latest=seen.written
    )


def _week_back(count: int) -> Meaning:
    return lambda seen: _two(days.week_of(seen.written - 7 * count * DAY)) if seen.written else None


def _month_back(count: int) -> Meaning:
    def meaning(seen: Seen) -> PartialDate | None:
        if seen.written is None:
            return None
        month = days.add_months(seen.written.replace(day=1), -count)
        return PartialDate.of_month(month.year, month.month)

    return meaning


def _year_back(count: int) -> Meaning:
    return lambda seen: PartialDate.of_year(seen.written.year - count) if seen.written else None


def _days_back(count: int) -> Meaning:
    return lambda seen: _one(seen.written - count * DAY) if seen.written else None


def _season(seen: Seen) -> PartialDate | None:
    if seen.written is None and seen.year is None:
        return None
    words = seen.match.group().split()
    last = bool({"last", "past", "pasado", "pasada"} & set(words))
    first_month = seen.values.seasons[seen.match["season"]]
    return _two(days.season(first_month, seen.written or dt.date(seen.year or 1, 12, 31), year=seen.year, last=last))


def _holiday(seen: Seen) -> PartialDate | None:
    name = seen.has("holiday") or seen.match["saint"]
    rule = seen.values.holidays[" ".join(name.split())]
    if seen.year is not None:
        return _two(days.holiday(rule, seen.year))
    if seen.written is None:
        return None
    years = (seen.written.year, seen.written.year + 1) if seen.scheduled else (seen.written.year, seen.written.year - 1)
    for year in years:
        found = days.holiday(rule, year)
        if (found[0] >= seen.written) if seen.scheduled else (found[0] <= seen.written):
            return _two(found)
    return None


def _about_holiday(seen: Seen) -> PartialDate | None:
    feast = _holiday(seen)
    return widened(feast, 7) if feast else None


def _weekday_after_that(seen: Seen) -> PartialDate | None:
    if seen.before is None:
        return None
    weekday = seen.values.weekdays[seen.match["weekday"]]
    return _one(seen.before.latest + ((weekday - seen.before.latest.weekday() - 1) % 7 + 1) * DAY)


def _week_of_holiday(seen: Seen) -> PartialDate | None:
    feast = _holiday(seen)
    return _two(days.week_of(feast.earliest)) if feast else None


def _beside_holiday(step: int) -> Meaning:
    """Of "the day after Christmas" and "the Friday before Labor Day": before (-1) or after (1) a feast."""

    def meaning(seen: Seen) -> PartialDate | None:
        feast = _holiday(seen)
        if feast is None:
            return None
        day = (feast.earliest if step < 0 else feast.latest) + step * DAY
        if seen.has("weekday"):
            day += step * ((step * (seen.values.weekdays[seen.match["weekday"]] - day.weekday())) % 7) * DAY
        return _one(day)

    return meaning


def _week_beside_holiday(step: int) -> Meaning:
    def meaning(seen: Seen) -> PartialDate | None:
        feast = _holiday(seen)
        return _two(days.week_of(feast.earliest + 7 * step * DAY)) if feast else None

    return meaning


def _holiday_weekend(seen: Seen) -> PartialDate | None:
    """The weekend that a feast makes long, from its Saturday or from the feast to its last day."""
    feast = _holiday(seen)
    if feast is None:
        return None
    first, last, weekday = feast.earliest, feast.latest, feast.earliest.weekday()
    if weekday in {0, 6}:
        return PartialDate(earliest=first - (2 if weekday == 0 else 1) * DAY, latest=last)
    return PartialDate(earliest=first, latest=max(last, first + (6 - weekday) * DAY)) if weekday >= 3 else feast


def _later(seen: Seen) -> PartialDate | None:
    if seen.before is None:
        return None
    unit = seen.values.units[seen.match["unit"]]
    return _one(days.back(seen.before.earliest, -seen.values.number(seen.match["number"]), unit))


def _day_after(seen: Seen) -> PartialDate | None:
    return _one(seen.before.earliest + DAY) if seen.before else None


def _that_month(seen: Seen) -> PartialDate | None:
    return PartialDate.of_month(seen.before.earliest.year, seen.before.earliest.month) if seen.before else None


_TO_WRITING = frozenset({"length", "since-then"})

_MEANINGS: dict[str, Meaning] = {
    "day": _day,
    "days": _days,
    "numeric": _numeric,
    "early-month": _part_of_month(1, 10),
    "mid-month": _part_of_month(11, 20),
    "late-month": _part_of_month(21, 31),
    "month": _month_of,
    "month-last-year": _month_last_year,
    "year": _year,
    "weekday": _weekday(0),
    "weekday-second": _weekday(1),
    "weekdays-back": _weekdays_back,
    "weekday-next": _weekday_next,
    "weekday-last-week": _weekday_last_week,
    "weekdays-last-week": _weekday_last_week,
    "day-of-month": _day_of_month,
    "ago": _ago,
    "ago-and-half": _ago_and_half,
    "length": _length,
    "this-week": _week_back(0),
    "last-week": _week_back(1),
    "this-month": _month_back(0),
    "last-month": _month_back(1),
    "this-year": _year_back(0),
    "last-year": _year_back(1),
    "same-day": _days_back(0),
    "one-day-back": _days_back(1),
    "two-days-back": _days_back(2),
    "next-day": _days_back(-1),
    "two-days-on": _days_back(-2),
    "season": _season,
    "holiday": _holiday,
    "about-holiday": _about_holiday,
    "week-of-holiday": _week_of_holiday,
    "weekday-after-that": _weekday_after_that,
    "week-before-holiday": _week_beside_holiday(-1),
    "week-after-holiday": _week_beside_holiday(1),
    "before-holiday": _beside_holiday(-1),
    "after-holiday": _beside_holiday(1),
    "holiday-weekend": _holiday_weekend,
    "later": _later,
    "day-after-that": _day_after,
    "that-day": lambda seen: seen.before,
    "since-then": lambda seen: seen.before,
    "that-week": lambda seen: _two(days.week_of(seen.before.earliest)) if seen.before else None,
    "that-month": _that_month,
}
