"""What each shape of a date means, as named in the word lists under ``means``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, NamedTuple, Self

from amparo.domain.dates import PartialDate
from amparo.extraction.phrases import fold
from amparo.extraction.when import days

DAY = days.DAY


class Values(NamedTuple):
    """What the words of a language's date list stand for, by their folded form."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, int]
    holidays: dict[str, str]
    day_first: bool

    @classmethod
    def of(cls, file: dict[str, Any]) -> Self:
        """Take the values from a word list as loaded."""
        folded = {
            name: {" ".join(fold(word).split()): value for word, value in file[name].items()}
            for name in ("months", "weekdays", "numbers", "units", "seasons", "holidays")
        }
        folded["holidays"] |= {" ".join(fold(word).split()): value for word, value in file.get("saints", {}).items()}
        return cls(**folded, day_first=file["order"] == "day-month")

    def number(self, words: str) -> int:
        """A count in digits or words."""
        plain = " ".join(words.split())
        return int(plain) if plain.isdigit() else self.numbers[plain]


class Seat(NamedTuple):
    """Where the writer stands who says when.

    Args:
        written: the day of writing.
        before: the date told last before this one, for "three days later" and "that night".
        scheduled: whether it is said of something still to come.
        printed: whether a weekday may be the very day of printing.
    """

    written: dt.date | None = None
    before: PartialDate | None = None
    scheduled: bool = False
    printed: bool = False


class _Seen(NamedTuple):
    """What a meaning is reckoned from."""

    match: re.Match[str]
    values: Values
    seat: Seat

    @property
    def written(self) -> dt.date | None:
        return self.seat.written

    @property
    def before(self) -> PartialDate | None:
        return self.seat.before

    @property
    def scheduled(self) -> bool:
        return self.seat.scheduled

    def has(self, slot: str) -> str | None:
        return self.match.groupdict().get(slot)

    @property
    def year(self) -> int | None:
        year = self.has("year")
        if year is None:
            return None
        return int(year) if year[0].isdigit() else 2000 + int(year[1:])

    @property
    def month(self) -> int:
        return self.values.months[self.match["month"].rstrip(".")]

    def day(self, slot: str = "day") -> int:
        digits = re.match(r"\d+", self.match[slot])
        return int(digits.group()) if digits else 1


Meaning = Callable[[_Seen], PartialDate | None]


def named_days(means: str, match: re.Match[str], values: Values, seat: Seat) -> PartialDate | None:
    """The day or days an expression names, or None where they cannot be told.

    Args:
        means: the shape's meaning, as in the word list.
        match: the shape's match, with its slots.
        values: what the words stand for.
        seat: where the writer stands.
    """
    try:
        return _MEANINGS[means](_Seen(match, values, seat))
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


def _year_for(seen: _Seen, month: int, day: int) -> int | None:
    if seen.year is not None:
        return seen.year
    return days.latest_year(month, day, seen.written, scheduled=seen.scheduled) if seen.written else None


def _day(seen: _Seen) -> PartialDate | None:
    year = _year_for(seen, seen.month, seen.day())
    return None if year is None else _one(dt.date(year, seen.month, seen.day()))


def _days(seen: _Seen) -> PartialDate | None:
    year = _year_for(seen, seen.month, seen.day())
    if year is None:
        return None
    return PartialDate(
        earliest=dt.date(year, seen.month, seen.day()), latest=dt.date(year, seen.month, seen.day("day2"))
    )


def _numeric(seen: _Seen) -> PartialDate | None:
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


def _month_of(seen: _Seen) -> PartialDate | None:
    year = _year_for(seen, seen.month, 1)
    return None if year is None else PartialDate.of_month(year, seen.month)


def _part_of_month(first: int, last: int) -> Meaning:
    def meaning(seen: _Seen) -> PartialDate | None:
        month = _month_of(seen)
        if month is None:
            return None
        return PartialDate(
            earliest=month.earliest.replace(day=first), latest=month.latest.replace(day=min(last, month.latest.day))
        )

    return meaning


def _month_last_year(seen: _Seen) -> PartialDate | None:
    return PartialDate.of_month(seen.written.year - 1, seen.month) if seen.written else None


def _year(seen: _Seen) -> PartialDate | None:
    return PartialDate.of_year(seen.year) if seen.year is not None else None


def _weekday(skip: int) -> Meaning:
    def meaning(seen: _Seen) -> PartialDate | None:
        if seen.written is None:
            return None
        weekday = seen.values.weekdays[seen.match["weekday"]]
        same_day = seen.seat.printed or bool({"this", "este"} & set(seen.match.group().split()))
        return _one(days.weekday_before(seen.written, weekday, skip=skip, same_day=same_day))

    return meaning


def _weekday_next(seen: _Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    weekday = seen.values.weekdays[seen.match["weekday"]]
    return _one(seen.written + ((weekday - seen.written.weekday() - 1) % 7 + 1) * DAY)


def _weekday_last_week(seen: _Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    monday, _ = days.week_of(seen.written - 7 * DAY)
    slots = [slot for slot in ("weekday", "weekday2") if seen.has(slot)]
    chosen = [monday + seen.values.weekdays[seen.match[slot]] * DAY for slot in slots]
    return PartialDate(earliest=min(chosen), latest=max(chosen))


def _day_of_month(seen: _Seen) -> PartialDate | None:
    """Of "the 29th": that day of the month spoken of, else the latest 29th before the document."""
    anchor = seen.before.earliest if seen.before is not None and seen.before.certain else None
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


def _ago(seen: _Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    unit = seen.values.units[seen.match["unit"]]
    day = days.back(seen.written, seen.values.number(seen.match["number"]), unit)
    return PartialDate(earliest=day - days.slack(unit), latest=min(day + days.slack(unit), seen.written))


def _ago_and_half(seen: _Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    words = seen.match.group()
    length = 547 if "year" in words or "ano" in words else 10 if "semana" in words else 45
    return widened(PartialDate.of_day(seen.written - length * DAY), 7)


def _length(seen: _Seen) -> PartialDate | None:
    if seen.written is None:
        return None
    unit = seen.values.units[seen.match["unit"]]
    return PartialDate(
        earliest=days.back(seen.written, seen.values.number(seen.match["number"]), unit), latest=seen.written
    )


def _week_back(count: int) -> Meaning:
    return lambda seen: _two(days.week_of(seen.written - 7 * count * DAY)) if seen.written else None


def _month_back(count: int) -> Meaning:
    def meaning(seen: _Seen) -> PartialDate | None:
        if seen.written is None:
            return None
        month = days.add_months(seen.written.replace(day=1), -count)
        return PartialDate.of_month(month.year, month.month)

    return meaning


def _year_back(count: int) -> Meaning:
    return lambda seen: PartialDate.of_year(seen.written.year - count) if seen.written else None


def _days_back(count: int) -> Meaning:
    return lambda seen: _one(seen.written - count * DAY) if seen.written else None


def _season(seen: _Seen) -> PartialDate | None:
    if seen.written is None and seen.year is None:
        return None
    words = seen.match.group().split()
    last = bool({"last", "past", "pasado", "pasada"} & set(words))
    first_month = seen.values.seasons[seen.match["season"]]
    return _two(days.season(first_month, seen.written or dt.date(seen.year or 1, 12, 31), year=seen.year, last=last))


def _holiday(seen: _Seen) -> PartialDate | None:
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


def _about_holiday(seen: _Seen) -> PartialDate | None:
    feast = _holiday(seen)
    return widened(feast, 7) if feast else None


def _weekday_after_that(seen: _Seen) -> PartialDate | None:
    if seen.before is None:
        return None
    weekday = seen.values.weekdays[seen.match["weekday"]]
    return _one(seen.before.latest + ((weekday - seen.before.latest.weekday() - 1) % 7 + 1) * DAY)


def _week_of_holiday(seen: _Seen) -> PartialDate | None:
    feast = _holiday(seen)
    return _two(days.week_of(feast.earliest)) if feast else None


def _later(seen: _Seen) -> PartialDate | None:
    if seen.before is None:
        return None
    unit = seen.values.units[seen.match["unit"]]
    return _one(days.back(seen.before.earliest, -seen.values.number(seen.match["number"]), unit))


def _day_after(seen: _Seen) -> PartialDate | None:
    return _one(seen.before.earliest + DAY) if seen.before else None


def _that_month(seen: _Seen) -> PartialDate | None:
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
    "later": _later,
    "day-after-that": _day_after,
    "that-day": lambda seen: seen.before,
    "since-then": lambda seen: seen.before,
    "that-week": lambda seen: _two(days.week_of(seen.before.earliest)) if seen.before else None,
    "that-month": _that_month,
}
