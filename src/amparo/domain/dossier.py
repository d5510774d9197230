"""One document with its reading and everything noted about it."""

from __future__ import annotations

import msgspec

from amparo.domain.notes import Notes
from amparo.domain.text import Document, Text


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A document, one reading of it, and the notes a pipeline made.

    Args:
        document: the thing received.
        text: its words.
        notes: what was noted about them.
        pipeline: name of the pipeline that made the notes.
    """

    document: Document
    text: Text
    notes: Notes
    pipeline: str
