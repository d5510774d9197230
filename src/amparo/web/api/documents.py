"""Documents, their readings and the notes on them, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile

from amparo.casework.actions import intake, review
from amparo.casework.history import seal
from amparo.casework.models import Document, Note, Reading
from amparo.casework.permissions import documents_for, require
from amparo.errors import NotAllowed
from amparo.web.api.entry import Paged, paged, person_of, token_of
from amparo.web.api.problems import PROBLEMS
from amparo.web.api.shapes import DecisionIn, DecisionOut, DocumentOut, NoteOut, Page, ReadingOut, ReceivedOut

router = Router()


class DocumentsPage(Page):
    """A page of documents."""

    items: list[DocumentOut]


class NotesPage(Page):
    """A page of notes."""

    items: list[NoteOut]


@router.get("/documents", response={200: DocumentsPage, **PROBLEMS}, summary="Documents, the latest first")
def listing(request: HttpRequest, asked: Paged) -> Page:
    """What the person may see of what came in."""
    require(person_of(request), "see-documents")
    rows = documents_for(person_of(request)).order_by("-received_at", "-pk").distinct()
    return paged(rows, asked, _document)


_NOT_EMPTY = {
    "requestBody": {"content": {"multipart/form-data": {"schema": {"properties": {"file": {"minLength": 1}}}}}}
}


@router.post(
    "/documents", response={201: ReceivedOut, **PROBLEMS}, summary="Take in a document", openapi_extra=_NOT_EMPTY
)
def receive(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Keep an original as it came, and queue its reading. The same file again is told in the field known."""
    name = (file.name or "").replace("\x00", "")
    outcome = intake.receive(file.read(), name=name, by=person_of(request))
    return Status(201, {**_document(outcome.document).dict(), "known": outcome.known})


@router.get("/documents/{int:number}", response={200: DocumentOut, **PROBLEMS}, summary="One document")
def one(request: HttpRequest, number: int) -> DocumentOut:
    """What is known of it, without its words."""
    return _document(_mine(request, number))


@router.get("/documents/{int:number}/readings", response={200: list[ReadingOut], **PROBLEMS}, summary="Its readings")
def readings(request: HttpRequest, number: int) -> list[ReadingOut]:
    """Every reading with its words, the latest first; looking is a line of history."""
    document = _mine(request, number)
    _looked(request, document)
    return [_reading(reading) for reading in document.readings.order_by("-number")]


@router.get("/documents/{int:number}/notes", response={200: NotesPage, **PROBLEMS}, summary="Notes on it")
def notes(request: HttpRequest, number: int, asked: Paged) -> Page:
    """What was noted in its latest reading, and what people decided; looking is a line of history."""
    document = _mine(request, number)
    _looked(request, document)
    latest = document.readings.order_by("-number").first()
    rows = Note.objects.filter(reading=latest).prefetch_related("decisions__by").order_by("start", "pk")
    return paged(rows, asked, _note)


@router.post("/notes/{int:number}/decisions", response={200: NoteOut, **PROBLEMS}, summary="Decide about a note")
def decide(request: HttpRequest, number: int, sent: DecisionIn) -> NoteOut:
    """Accept or reject a note; where somebody was quicker, 409 says who."""
    person = person_of(request)
    return _note(review.decide(number, sent.verdict, by=person, seen=sent.seen, reason=sent.reason))


@router.post("/notes/{int:number}/undo", response={200: NoteOut, **PROBLEMS}, summary="Take the latest decision back")
def undo(request: HttpRequest, number: int) -> NoteOut:
    """Undo the latest decision; that too is a decision."""
    return _note(review.undo(number, by=person_of(request)))


def _mine(request: HttpRequest, number: int) -> Document:
    document = documents_for(person_of(request)).filter(pk=number).first()
    if document is None:
        raise NotAllowed
    return document


def _looked(request: HttpRequest, document: Document) -> None:
    """Write down that a program looked, before it is told anything."""
    seal("document.opened", by=person_of(request), team=document.team, subject=f"document:{document.pk}",
         details={"token": token_of(request).pk})  # fmt: skip


def _document(row: Document) -> DocumentOut:
    latest = row.readings.order_by("-number").values_list("state", flat=True).first()
    return DocumentOut(
        id=row.pk, name=row.name, media_type=row.media_type, size=row.size, digest=row.digest,
        received_at=row.received_at, received_by=row.received_by.username if row.received_by else "",
        part_of=row.part_of_id, state=latest or "", shredded_at=row.shredded_at,
        cases=sorted(row.links.values_list("case_id", flat=True)),
    )  # fmt: skip


def _reading(row: Reading) -> ReadingOut:
    return ReadingOut(
        number=row.number, state=row.state, by=row.by.username if row.by else "", done_at=row.done_at,
        language=row.language, genre=row.genre, written=row.written, pages=row.pages, remarks=row.remarks,
        people=row.people, content=row.content, error_code=row.error_code,
    )  # fmt: skip


def _note(row: Note) -> NoteOut:
    decisions = list(row.decisions.all())
    return NoteOut(
        id=row.pk, kind=row.kind, number=row.number, code=row.code, start=row.start, end=row.end, payload=row.payload,
        maker=row.maker, confidence=row.confidence, urgency=row.urgency, state=row.state, seen=len(decisions),
        decisions=[DecisionOut(verdict=d.verdict, by=d.by.username, at=d.at, reason=d.reason) for d in decisions],
    )  # fmt: skip
