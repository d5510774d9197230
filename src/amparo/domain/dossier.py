"""One document with its reading and everything noted about it."""

from __future__ import annotations

import msgspec

from amparo.domain.law import Standard
from amparo.domain.notes import Notes
from amparo.domain.remedies import Channel, Facts
from amparo.domain.text import Document, Text


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A document, one reading of it, and the notes a pipeline made.

    Args:
        document: the thing received.
        text: its words.
        notes: what was noted about them.
        pipeline: name of the pipeline that made the notes.
        standards: for each allegation, the standards it may engage.
        facts: what the document's proposals come to, taken together; nobody has confirmed them.
        channels: the doors these facts suggest, with what is still to be asked; none without a day of reading.
    """

    document: Document
    text: Text
    notes: Notes
    pipeline: str
    standards: tuple[tuple[Standard, ...], ...] = ()
    facts: Facts = Facts(values={})
    channels: tuple[Channel, ...] = ()
