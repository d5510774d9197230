"""Everything that was noted about one text, layer by layer."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from amparo.domain.claims import Allegation, Claim, CustodyEvent, Mention
from amparo.domain.dates import PartialDate
from amparo.domain.parties import Person
from amparo.domain.proposals import Proposal
from amparo.domain.text import Maker

Genre = Literal["letter", "news", "official"]


class Stretch(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A stretch of the one text these notes are about: code points, half-open."""

    start: int
    end: int


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """What the components of a pipeline wrote down about one text.

    Args:
        read_on: the day the document was read; only a dateline without a year is reckoned from it.
        genre: letter, news or official paper.
        written: the day the document was written or published; it is never a trigger date.
        author: index into people of who wrote it, where known.
        sentences: in order, not overlapping.
        filler: stretches set aside (subscribe lines, navigation, unrelated items).
        mentions, people, claims, allegations, events: the notes proper.
        proposals: facts the document suggests for its case.
        makers: which component made each layer.
    """

    read_on: dt.date | None = None
    genre: Genre = "letter"
    written: PartialDate | None = None
    author: int | None = None
    sentences: tuple[Stretch, ...] = ()
    filler: tuple[Stretch, ...] = ()
    mentions: tuple[Mention, ...] = ()
    people: tuple[Person, ...] = ()
    claims: tuple[Claim, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    events: tuple[CustodyEvent, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    makers: dict[str, Maker] = {}

    def chronology(self) -> tuple[tuple[int, CustodyEvent], ...]:
        """The events with their indices, by the earliest day each may have been; those without a date last."""
        return tuple(
            sorted(enumerate(self.events), key=lambda e: (e[1].when.earliest if e[1].when else dt.date.max, e[0]))
        )

    def set_aside(self, start: int, end: int) -> bool:
        """Whether the stretch lies in filler by more than half."""
        inside = sum(max(0, min(end, f.end) - max(start, f.start)) for f in self.filler)
        return inside * 2 > end - start
