"""Notes that people make: on words the machine missed, and on words whose note lost its place in a correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.identities import latest_reading
from amparo.casework.models import Decision, Document, Note, Reading, User
from amparo.casework.permissions import documents_for, require
from amparo.casework.queue import settle
from amparo.casework.wording import worded
from amparo.errors import NotAllowed, WordsNotFound


@transaction.atomic
def mark(
    document_id: int, kind: str, said: Mapping[str, str], *, start: int, end: int, exact: str, by: User
) -> Note:  # fmt: skip
    """Note a claim, an allegation or an event that the machine missed; it is accepted as it is made.

    Args:
        document_id: the document.
        kind: claim, allegation or event.
        said: what the note says (see :func:`amparo.casework.wording.worded`).
        start: where its words begin in the latest reading.
        end: where they end.
        exact: the words as the person saw them.
        by: who notes it.

    Raises:
        NotAllowed: their role may not, or the document is not theirs to see.
        WordsNotFound: these words do not stand there in the latest reading.
        UnknownWording: it says what the vocabulary does not hold.
    """
    document, reading = _latest(document_id, by)
    quote = _quote(reading, start, end, exact)
    before: dict[str, Any] = {"contents": [quote]} if kind == Note.Kind.CLAIM else {"quotes": [quote]}
    if kind == Note.Kind.EVENT:
        before = quote
    said_now = worded(kind, said, people=reading.people, before=before)
    # Kind and number name a note through all readings, so a number once given is not given again.
    last = Note.objects.filter(reading__document=document, kind=kind).aggregate(last=Max("number"))["last"]
    note = Note.objects.create(
        reading=reading, kind=kind, number=0 if last is None else last + 1, code=said_now.code, start=quote["start"],
        end=quote["end"], payload=said_now.payload, maker=by.get_username()[:80], made_by=by,
        urgency=said_now.urgency, state=Note.State.ACCEPTED,
    )  # fmt: skip
    Decision.objects.create(note=note, verdict=Decision.Verdict.ACCEPTED, by=by, at=timezone.now())
    settle(document)
    seal("note.made", by=by, team=document.team, subject=f"document:{document.pk}",
         details={"note": note.pk, "kind": kind, "code": note.code})  # fmt: skip
    return note


def lost_notes(document: Document) -> list[Note]:
    """Notes of earlier readings that found no place in the latest, each as it last stood; those rejected are let go."""
    reading = latest_reading(document)
    if reading is None:
        return []
    here = set(reading.notes.values_list("kind", "number"))
    older = Note.objects.filter(reading__document=document).exclude(reading=reading).order_by("reading__number")
    latest = {(note.kind, note.number): note for note in older.select_related("reading")}
    return [note for key, note in latest.items() if key not in here and note.state != Note.State.REJECTED]


@transaction.atomic
def place_again(note_id: int, *, start: int, end: int, exact: str, by: User) -> Note:
    """Give a note that lost its words in a correction its place in the latest reading, with what was decided about it.

    Raises:
        NotAllowed: their role may not, or there is no such lost note that is theirs to see.
        WordsNotFound: these words do not stand there in the latest reading.
    """
    old = Note.objects.select_related("reading__document").filter(pk=note_id).first()
    if old is None:
        raise NotAllowed(verb="decide")
    document, reading = _latest(old.reading.document_id, by)
    if old not in lost_notes(document):
        raise NotAllowed(verb="decide")
    quote = _quote(reading, start, end, exact)
    payload = dict(old.payload)
    for key in ("quotes", "contents"):
        if key in payload:
            payload[key] = [quote]
    if "start" in payload:
        payload |= quote
    note = Note.objects.create(
        reading=reading, kind=old.kind, number=old.number, code=old.code, start=quote["start"], end=quote["end"],
        payload=payload, maker=old.maker, made_by=old.made_by, original=old.original, confidence=old.confidence,
        urgency=old.urgency, state=old.state,
    )  # fmt: skip
    last = old.decisions.last()
    if last is not None and old.state != Note.State.PROPOSED:
        reason = f"carried from reading {old.reading.number}: {last.reason}".rstrip(": ")
        Decision.objects.create(
            note=note, verdict=last.verdict, by=last.by, at=last.at, payload=last.payload, reason=reason
        )
    settle(document)
    seal("note.placed-again", by=by, team=document.team, subject=f"document:{document.pk}",
         details={"note": note.pk, "kind": note.kind, "code": note.code})  # fmt: skip
    return note


def _latest(document_id: int, by: User) -> tuple[Document, Reading]:
    require(by, "decide")
    document = documents_for(by).select_related("team").filter(pk=document_id).first()
    reading = latest_reading(document) if document is not None else None
    if document is None or reading is None:
        raise NotAllowed(verb="decide")
    return document, reading


def _quote(reading: Reading, start: int, end: int, exact: str) -> dict[str, Any]:
    """The words there, without blanks at their ends; they must be the words the person saw."""
    words = reading.content[start:end] if 0 <= start < end else ""
    if not words.strip() or words.split() != exact.split():
        raise WordsNotFound
    start += len(words) - len(words.lstrip())
    return {"start": start, "end": start + len(words.strip()), "exact": words.strip()}
