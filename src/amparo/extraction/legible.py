"""What was hard to read is held less surely: confidence is taken down by how legible the words were."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from amparo.domain.notes import Notes
from amparo.domain.text import Quote, Text, Word


def as_legible(text: Text, notes: Notes) -> Notes:
    """The notes with each claim and allegation as sure as its words are legible, on average, times what it was.

    Typed text and born-digital pages have no doubtful words; nothing changes there.

    Args:
        text: the reading; words of images say how surely each was read.
        notes: as the components wrote them.
    """
    words = [word for page in text.pages for word in page.words if word.legibility < 1]
    if not words:
        return notes
    every = [word for page in text.pages for word in page.words]
    return msgspec.structs.replace(
        notes,
        claims=tuple(
            msgspec.structs.replace(one, confidence=_times(one.confidence, one.contents, every)) for one in notes.claims
        ),
        allegations=tuple(
            msgspec.structs.replace(one, confidence=_times(one.confidence, one.quotes, every))
            for one in notes.allegations
        ),
    )


def _times(confidence: float, quotes: Sequence[Quote], words: Sequence[Word]) -> float:
    read = [w.legibility for w in words if any(q.start < w.end and w.start < q.end for q in quotes)]
    return round(confidence * sum(read) / len(read), 2) if min(read, default=1.0) < 1 else confidence
