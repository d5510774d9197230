"""Days that are known only in part, and limits of time as the law writes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Self

import msgspec


class PartialDate(msgspec.Struct, frozen=True, kw_only=True):
    """A day known to lie between two days, with the words it came from.

    Args:
        earliest, latest: first and last possible day, both included.
        written: the words as they stand, such as ``early March``.

    >>> PartialDate.of_month(2026, 3, written="in March").latest
    datetime.date(2026, 3, 31)
    """

    earliest: dt.date
    latest: dt.date
    written: str = ""

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError("a partial date has its earliest day before its latest")

    @classmethod
    def of_day(cls, day: dt.date, *, written: str = "") -> Self:
        """A day that is known."""
        return cls(earliest=day, latest=day, written=written)

    @classmethod
    def of_month(cls, year: int, month: int, *, written: str = "") -> Self:
        """Some day of a month."""
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        return cls(earliest=dt.date(year, month, 1), latest=after - dt.timedelta(days=1), written=written)

    @classmethod
    def of_year(cls, year: int, *, written: str = "") -> Self:
        """Some day of a year."""
        return cls(earliest=dt.date(year, 1, 1), latest=dt.date(year, 12, 31), written=written)

    @property
    def certain(self) -> bool:
        """Whether the very day is known."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        """ISO 8601: a day, or an interval of days.

        >>> str(PartialDate.of_year(2019))
        '2019-01-01/2019-12-31'
        """
        return f"{self.earliest}" if self.certain else f"{self.earliest}/{self.latest}"


Unit = Literal["calendar days", "working days", "weeks", "months", "years", "hours"]

_LIMIT = re.compile(r"(?P<count>[1-9][0-9]{0,3}) (?P<unit>calendar day|working day|week|month|year|hour)s?")


class TimeLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A length of time as a rule states it.

    >>> TimeLimit.parse("20 calendar days")
    TimeLimit(count=20, unit='calendar days')
    >>> str(TimeLimit.parse("1 month"))
    '1 month'
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a time limit counts at least one unit")

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a limit from the closed grammar ``<count> <unit>``.

        Raises:
            ValueError: the words are not in the grammar.
        """
        found = _LIMIT.fullmatch(written)
        if found is None:
            raise ValueError(f"not a time limit: {written!r}; write it as '20 calendar days' or '6 months'")
        unit: Unit = f"{found['unit']}s"  # type: ignore[assignment]
        return cls(count=int(found["count"]), unit=unit)

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"
