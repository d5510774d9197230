"""What happened in a case, in its order: steps in custody, what is alleged, papers, answers, and the days ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from amparo.casework.models import Filing, Note
from amparo.domain.remedies import Channel

Lane = Literal["custody", "alleged", "papers", "ahead"]
LANES: tuple[Lane, ...] = ("custody", "alleged", "papers", "ahead")
CONFIRMED = (Note.State.ACCEPTED, Note.State.CORRECTED)


class Happening(NamedTuple):
    """One thing in the order of a case.

    Args:
        key: names it within the page.
        lane: custody, alleged, papers or ahead.
        what: the note, the paper, the answer or the door itself, by which the page finds its words.
        kind: note, sent, answer or last-day.
        first, last: the days between which it happened; nothing when no day is told.
        sure: whether a person confirmed it.
    """

    key: str
    lane: Lane
    what: Any
    kind: str
    first: dt.date | None
    last: dt.date | None
    sure: bool


def chronology(notes: Iterable[Note], papers: Iterable[Filing], doors: Iterable[Channel]) -> list[Happening]:
    """Everything that happened and every last legal day ahead, the earliest first, what has no day at the end.

    Args:
        notes: on custody and on what is alleged; an allegation without a day is left out, since it is told elsewhere.
        papers: with their answers.
        doors: of the case; the open ones whose last day is known stand ahead.
    """
    found = [one for note in notes if (one := _of_note(note)) is not None]
    for paper in papers:
        if paper.sent_on is not None:
            found.append(Happening(f"p{paper.pk}", "papers", paper, "sent", paper.sent_on, paper.sent_on, True))
        for answer in paper.responses.all():
            day = answer.signed_on or answer.dated or answer.received_on
            if day is not None:
                found.append(Happening(f"r{answer.pk}", "papers", answer, "answer", day, day, True))
    for door in doors:
        if door.state == "open" and door.deadline is not None:
            last = door.deadline.last
            found.append(Happening(f"d-{door.step}", "ahead", door, "last-day", last, last, door.deadline.certain))
    return sorted(found, key=lambda one: (one.first or dt.date.max, one.last or dt.date.max, LANES.index(one.lane)))


def _of_note(note: Note) -> Happening | None:
    when = note.payload.get("when") or {}
    lane: Lane = "custody" if note.kind == Note.Kind.EVENT else "alleged"
    if not when and lane == "alleged":
        return None
    first = dt.date.fromisoformat(when["earliest"]) if when else None
    last = dt.date.fromisoformat(when["latest"]) if when else None
    return Happening(f"e{note.pk}", lane, note, "note", first, last, note.state in CONFIRMED)


def within(happened: Sequence[Happening], first: dt.date, last: dt.date) -> list[Happening]:
    """What may have happened between two days.

    Args:
        happened: everything.
        first: the stretch's first day.
        last: its last day.
    """
    return [
        one for one in happened
        if one.first is not None and one.last is not None and one.first <= last and one.last >= first
    ]  # fmt: skip
