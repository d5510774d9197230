"""Steps in custody laid out along a line of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from amparo.casework.models import Note

_MARGIN = 3.0
_TICKS = 8


class Mark(NamedTuple):
    """One step on the line.

    Args:
        note: the note that tells of it.
        start, end: where it lies, in percent of the line; apart when the day is not certain.
        confirmed: whether a person confirmed it.
    """

    note: Note
    start: str
    end: str
    confirmed: bool


class Tick(NamedTuple):
    """A first of January or of a month on the line."""

    at: str
    label: str


class Line(NamedTuple):
    """Marks and ticks along one line."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]


def timeline(events: Sequence[Note]) -> Line | None:
    """Lay out the steps that have a day; nothing when fewer than two days are known.

    Args:
        events: notes on custody, with ``when`` in what they say.
    """
    dated = [
        (note, dt.date.fromisoformat(when["earliest"]), dt.date.fromisoformat(when["latest"]))
        for note in events
        if (when := note.payload.get("when"))
    ]
    if len({first for _, first, _ in dated}) < 2:
        return None
    begin, end = min(first for _, first, _ in dated), max(last for _, _, last in dated)
    span = max((end - begin).days, 1)

    def at(day: dt.date) -> str:
        return f"{_MARGIN + (100 - 2 * _MARGIN) * (day - begin).days / span:.2f}%"

    marks = tuple(
        Mark(note, at(first), at(last), note.state in (Note.State.ACCEPTED, Note.State.CORRECTED))
        for note, first, last in dated
    )
    return Line(marks, tuple(Tick(at(day), label) for day, label in _ticks(begin, end)))


def _ticks(begin: dt.date, end: dt.date) -> list[tuple[dt.date, str]]:
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if months <= _TICKS:
        first = begin.year * 12 + begin.month
        days = [dt.date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(months)]
        return [(day, f"{day:%Y-%m}") for day in days]
    step = max(1, (end.year - begin.year) // _TICKS)
    return [(dt.date(year, 1, 1), str(year)) for year in range(begin.year + 1, end.year + 1, step)]
