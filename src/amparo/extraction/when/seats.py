"""What a date as written is reckoned from: what its words stand for, and where the writer stands who says it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple, Self

from amparo.domain.dates import PartialDate
from amparo.extraction.phrases import fold


class Values(NamedTuple):
    """What the words of a language's date list stand for, by their folded form."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, int]
    holidays: dict[str, str]
    ordinals: dict[str, int]
    day_first: bool

    @classmethod
    def of(cls, file: dict[str, Any]) -> Self:
        """Take the values from a word list as loaded."""
        folded = {
            name: {" ".join(fold(word).split()): value for word, value in file[name].items()}
            for name in ("months", "weekdays", "numbers", "units", "seasons", "holidays", "ordinals")
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
        month: the date told last by its day or month, for "the 29th".
        scheduled: whether it is said of something still to come.
        printed: whether a weekday may be the very day of printing.
    """

    written: dt.date | None = None
    before: PartialDate | None = None
    month: PartialDate | None = None
    scheduled: bool = False
    printed: bool = False


class Seen(NamedTuple):
    """What a meaning is reckoned from."""

    match: re.Match[str]
    values: Values
    seat: Seat

    @property
    def written(self) -> dt.date | None:
        """The day of writing, if it is known."""
        return self.seat.written

    @property
    def before(self) -> PartialDate | None:
        """The date told last before this one."""
        return self.seat.before

    @property
    def scheduled(self) -> bool:
        """Whether it is said of something still to come."""
        return self.seat.scheduled

    def has(self, slot: str) -> str | None:
        """What stands in a slot; None where the shape has no such slot or it is left out."""
        return self.match.groupdict().get(slot)

    @property
    def year(self) -> int | None:
        """The year told, also as "'24"."""
        year = self.has("year")
        if year is None:
            return None
        return int(year) if year[0].isdigit() else 2000 + int(year[1:])

    @property
    def month(self) -> int:
        """The number of the month told."""
        return self.values.months[self.match["month"].rstrip(".")]

    def day(self, slot: str = "day") -> int:
        """The day of the month told, in digits or words; "primero" is the first."""
        if slot == "day" and (told := self.has("nth")):
            return self.values.ordinals[" ".join(told.split())]
        digits = re.match(r"\d+", self.match[slot])
        return int(digits.group()) if digits else 1
