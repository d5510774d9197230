"""A text cut where notes begin and end, so that each run of characters knows its notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from amparo.casework.models import Note


class Piece(NamedTuple):
    """A run of characters with the notes that cover it.

    Args:
        words: the characters.
        kinds: style names of the notes.
        note: the note to go to; 0 for none.
        begins: notes that begin here, for anchors.
        page: number of the page that begins here, or 0.
        sure: the confidence of a machine's note that nobody decided yet.
        asked, begins_asked: whether this is in the passage asked for, and its beginning.
        doubtful: whether the line is hard to read.
        otherwise: what a second reader made of it.
    """

    words: str
    kinds: str
    note: int
    begins: tuple[int, ...]
    page: int
    sure: str = ""
    asked: bool = False
    begins_asked: bool = False
    doubtful: bool = False
    otherwise: str = ""


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


DOUBTFUL = 0.6
"""How legible a line must be not to be marked in the text."""


def cut(
    content: str, notes: Sequence[Note], pages: Sequence[dict[str, Any]], *, at: tuple[int, int] | None = None
) -> list[Piece]:
    """Cut a text at the ends of its notes, pages and doubtful lines.

    Args:
        content: the text.
        notes: rows with spans in it; those rejected are left out.
        pages: tiles of the content, with their lines where they were read from an image.
        at: a passage to be shown, if one was asked for.
    """
    spans = [
        (part["start"], part["end"], note)
        for note in notes
        if note.state != Note.State.REJECTED
        for part in (note.payload.get("quotes") or note.payload.get("contents") or [note.payload])
        if "start" in part
    ]
    starts = {page["start"]: page["number"] for page in pages}
    doubts = [
        (line["start"], line["end"], line.get("other_reading") or "")
        for page in pages for line in page.get("lines", ()) if line["legibility"] < DOUBTFUL
    ]  # fmt: skip
    marks = (
        [(start, end) for start, end, _ in spans] + [(start, end) for start, end, _ in doubts] + ([at] if at else [])
    )
    edges = sorted({0, len(content), *starts, *(edge for mark in marks for edge in mark)})
    pieces: list[Piece] = []
    seen: set[int] = set()
    for left, right in pairwise(edges):
        here = sorted(
            (note for start, end, note in spans if start <= left and right <= end),
            key=lambda note: (note.kind != Note.Kind.ALLEGATION, note.kind != Note.Kind.EVENT, note.pk),
        )
        begins = tuple(note.pk for note in here if note.pk not in seen)
        seen.update(begins)
        kinds = dict.fromkeys([*(note.kind for note in here), *(note.state for note in here[:1])])
        doubt = next((other for start, end, other in doubts if start <= left and right <= end), None)
        pieces.append(
            Piece(
                content[left:right], " ".join(kinds), here[0].pk if here else 0, begins, starts.get(left, 0),
                sure=f"{here[0].confidence:.2f}" if here and here[0].state == Note.State.PROPOSED else "",
                asked=at is not None and at[0] <= left and right <= at[1],
                begins_asked=at is not None and left == at[0],
                doubtful=doubt is not None, otherwise=doubt or "",
            )
        )  # fmt: skip
    return pieces


class Place(NamedTuple):
    """Where a word stands on the picture of its page, as shares of it, with the note it belongs to."""

    left: str
    top: str
    width: str
    height: str
    kinds: str
    note: int
    asked: bool


def places_on(words: Sequence[dict[str, Any]], notes: Sequence[Note], at: tuple[int, int] | None) -> list[Place]:
    """The words of a page that notes, or a passage asked for, stand on.

    Args:
        words: the page's words with their boxes, where it was read with them.
        notes: rows with spans in the text; those rejected are left out.
        at: a passage to be shown, if one was asked for.
    """
    spans = [
        (part["start"], part["end"], note)
        for note in notes
        if note.state != Note.State.REJECTED and note.kind != Note.Kind.PROPOSAL
        for part in (note.payload.get("quotes") or note.payload.get("contents") or [note.payload])
        if "start" in part
    ]
    found: list[Place] = []
    for word in words:
        over = [note for start, end, note in spans if word["start"] < end and start < word["end"]]
        over.sort(key=lambda note: (note.kind != Note.Kind.ALLEGATION, note.kind != Note.Kind.EVENT, note.pk))
        asked = at is not None and word["start"] < at[1] and at[0] < word["end"]
        if not over and not asked:
            continue
        box = word["box"]
        sides = box["left"], box["top"], box["right"] - box["left"], box["bottom"] - box["top"]
        left, top, width, height = (f"{side:.5f}" for side in sides)
        kinds = f"{over[0].kind} {over[0].state}" if over else ""
        found.append(Place(left, top, width, height, kinds, over[0].pk if over else 0, asked))
    return found
