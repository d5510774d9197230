"""A stretch of time drawn as a line: what lies on it, where, and the stretches one can go to from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from amparo.web.chronology import LANES, Happening, within

MARGIN = 3.0
"""Percent of the line that stays free on either side."""
TICKS = 9
SHORTEST = dt.timedelta(days=6)
"""A week is the nearest one can look."""


class Stretch(NamedTuple):
    """From one day to another, both of them in it."""

    first: dt.date
    last: dt.date

    @property
    def length(self) -> dt.timedelta:
        """From the first day to the last."""
        return self.last - self.first


class Mark(NamedTuple):
    """One thing on the line.

    Args:
        happening: what.
        start, end: where it lies, in percent of the line; apart when the day is not certain.
        y: the height of its lane.
    """

    happening: Happening
    start: str
    end: str
    y: int


class Tick(NamedTuple):
    """The first of a year, a month, or a day, with the stretch it stands for."""

    at: str
    label: str
    stretch: Stretch


class Picture(NamedTuple):
    """A drawn stretch.

    Args:
        shown: the stretch.
        whole: the stretch that holds everything.
        marks: what lies on it.
        ticks: its scale.
        today: where today is; nothing when it lies outside.
        nearer, wider, earlier, later: where one can go; nothing where that leads nowhere.
        outside: how many things with a day lie outside.
    """

    shown: Stretch
    whole: Stretch
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    today: str | None
    nearer: Stretch | None
    wider: Stretch | None
    earlier: Stretch | None
    later: Stretch | None
    outside: int


def picture(happened: Sequence[Happening], *, today: dt.date, asked: Stretch | None = None) -> Picture | None:
    """Draw what happened; nothing when fewer than two days are known.

    Args:
        happened: everything, in its order.
        today: the day, drawn where it lies.
        asked: the stretch to look at; everything when it is not given.
    """
    dated = [one for one in happened if one.first is not None and one.last is not None]
    if len({one.first for one in dated}) < 2:
        return None
    whole = Stretch(min(one.first for one in dated if one.first), max(one.last for one in dated if one.last))
    shown = _inside(asked, whole) if asked is not None else whole
    span = max(shown.length.days, 1)

    def at(day: dt.date) -> str:
        inside = min(max(day, shown.first), shown.last)
        return f"{MARGIN + (100 - 2 * MARGIN) * (inside - shown.first).days / span:.2f}%"

    seen = within(dated, *shown)
    marks = tuple(
        Mark(one, at(one.first), at(one.last), 18 + 22 * LANES.index(one.lane))
        for one in seen if one.first is not None and one.last is not None
    )  # fmt: skip
    half, all_of_it = shown.length / 2, shown == whole
    return Picture(
        shown, whole, marks, tuple(Tick(at(s.first), label, s) for s, label in _ticks(shown)),
        at(today) if shown.first <= today <= shown.last else None,
        nearer=_nearer(seen, shown, whole) if shown.length > SHORTEST else None,
        wider=None if all_of_it else _inside(Stretch(shown.first - half, shown.last + half), whole),
        earlier=None if shown.first <= whole.first else _inside(Stretch(shown.first - half, shown.last - half), whole),
        later=None if shown.last >= whole.last else _inside(Stretch(shown.first + half, shown.last + half), whole),
        outside=len(dated) - len(seen),
    )  # fmt: skip


def _nearer(seen: Sequence[Happening], shown: Stretch, whole: Stretch) -> Stretch:
    """The half of a stretch on which most lies: its middle, its beginning or its end."""
    quarter = shown.length / 4
    halves = [
        _inside(Stretch(shown.first + move, shown.last - 2 * quarter + move), whole)
        for move in (quarter, 0 * quarter, 2 * quarter)
    ]
    return max(halves, key=lambda half: len(within(seen, *half)))


def _inside(asked: Stretch, whole: Stretch) -> Stretch:
    """A stretch within the whole, moved rather than cut, and never shorter than a week."""
    length = min(max(asked.length, SHORTEST), max(whole.length, SHORTEST))
    first = max(whole.first, min(asked.first, whole.last - length))
    return Stretch(first, first + length)


def _ticks(shown: Stretch) -> list[tuple[Stretch, str]]:
    """The scale: days for some weeks, months for some years, else years."""
    months = (shown.last.year - shown.first.year) * 12 + shown.last.month - shown.first.month
    if shown.length.days <= 3 * TICKS:
        step = max(1, -(-shown.length.days // TICKS))
        days = [shown.first + dt.timedelta(days=n) for n in range(0, shown.length.days + 1, step)]
        return [(Stretch(day, day + dt.timedelta(days=step - 1)), f"{day:%m-%d}") for day in days]
    if months <= 3 * TICKS:
        step = max(1, -(-months // TICKS))
        base = shown.first.year * 12 + shown.first.month
        firsts = [dt.date((base + n) // 12, (base + n) % 12 + 1, 1) for n in range(0, months, step)]
        return [(Stretch(day, _months_on(day, step)), f"{day:%Y-%m}") for day in firsts]
    step = max(1, -(-(shown.last.year - shown.first.year) // TICKS))
    years = range(shown.first.year + 1, shown.last.year + 1, step)
    return [(Stretch(dt.date(y, 1, 1), dt.date(y + step - 1, 12, 31)), str(y)) for y in years]


def _months_on(day: dt.date, months: int) -> dt.date:
    """The last day before the same day some months later; for a first of a month."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
