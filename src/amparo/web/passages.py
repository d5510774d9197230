"""A text cut where notes begin and end, so that each run of characters knows its notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from amparo.casework.models import Note


class Piece(NamedTuple):
    """A run of characters with the notes that cover it.

    Args:
        words: the characters.
        kinds: style names of the notes.
        note: the note to go to; 0 for none.
        begins: notes that begin here, for anchors.
        page: number of the page that begins here, or 0.
    """

    words: str
    kinds: str
    note: int
    begins: tuple[int, ...]
    page: int


class Around(NamedTuple):
    """Words with what stands on either side of them."""

    before: str
    words: str
    after: str
    start: int
    end: int


def around(content: str, start: int, end: int, *, reach: int = 120) -> Around:
    """The words from start to end with what stands around them, cut at blanks.

    >>> around("they took my insulin away", 13, 20, reach=8)
    Around(before='… my ', words='insulin', after=' away', start=13, end=20)
    """
    left, right = max(0, start - reach), min(len(content), end + reach)
    before, after = content[left:start], content[end:right]
    if left:
        before = "… " + before.partition(" ")[2]
    if right < len(content):
        after = after.rpartition(" ")[0] + " …"
    return Around(before, content[start:end], after, start, end)


def cut(content: str, notes: Sequence[Note], pages: Sequence[dict[str, int]]) -> list[Piece]:
    """Cut a text at the ends of its notes and pages.

    Args:
        content: the text.
        notes: rows with spans in it; those rejected are left out.
        pages: tiles of the content.
    """
    spans = [
        (part["start"], part["end"], note)
        for note in notes
        if note.state != Note.State.REJECTED
        for part in (note.payload.get("quotes") or note.payload.get("contents") or [note.payload])
        if "start" in part
    ]
    starts = {page["start"]: page["number"] for page in pages}
    edges = sorted({0, len(content), *starts, *(at for start, end, _ in spans for at in (start, end))})
    pieces: list[Piece] = []
    seen: set[int] = set()
    for left, right in pairwise(edges):
        here = sorted(
            (note for start, end, note in spans if start <= left and right <= end),
            key=lambda note: (note.kind != Note.Kind.ALLEGATION, note.kind != Note.Kind.EVENT, note.pk),
        )
        begins = tuple(note.pk for note in here if note.pk not in seen)
        seen.update(begins)
        kinds = " ".join(dict.fromkeys([*(note.kind for note in here), *(note.state for note in here[:1])]))
        pieces.append(Piece(content[left:right], kinds, here[0].pk if here else 0, begins, starts.get(left, 0)))
    return pieces
