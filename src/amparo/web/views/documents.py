"""The reader: the words on one side, the notes on the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework import pictures, store
from amparo.casework.actions import intake
from amparo.casework.actions.marking import lost_notes
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Document, Note, Reading
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.casework.search import Asked, find
from amparo.casework.unmatched import suggestions
from amparo.domain.remedies import Facts
from amparo.errors import NotAllowed, Shredded
from amparo.rules.facts import with_place
from amparo.rules.standards import match_standards
from amparo.web.passages import DOUBTFUL, cut, places_on
from amparo.web.sitting import Sitting, signed_in
from amparo.web.views.inbox import waiting
from amparo.web.words import WORDS

FEW = 8
"""How many open cases a letter can be put into with one press; the others are found by number or name."""
SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "text/plain"})


def _mine(request: Sitting, pk: int) -> Document:
    document = documents_for(request.user).filter(pk=pk).first()
    if document is None:
        raise NotAllowed
    return document


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """A document's words with its notes; opening it is a line of history."""
    document = _mine(request, pk)
    readings = list(document.readings.order_by("-number"))
    wanted = request.GET.get("reading")
    reading = next((r for r in readings if str(r.number) == wanted), readings[0] if readings else None)
    notes = list(reading.notes.prefetch_related("decisions__by").order_by("start", "kind")) if reading else []
    if document.shredded_at is not None:
        notes = []
    at = asked_for(request.GET.get("at", ""), reading.content) if reading is not None else None
    seal("document.opened", by=request.user, team=document.team, subject=f"document:{document.pk}", details={})
    state = _state(notes)
    groups = [
        (kind, [_shown(note, reading, state) for note in notes if note.kind == kind])
        for kind in (Note.Kind.ALLEGATION, Note.Kind.CLAIM, Note.Kind.EVENT, Note.Kind.PROPOSAL)
    ]
    open_cases = cases_for(request.user).filter(closed_at__isnull=True)
    linked = cases_for(request.user).filter(links__document=document)
    unmatched = [] if linked or not may(request.user, "edit-case") else [document]
    may_belong = suggestions(unmatched, by=request.user).get(document.pk, [])
    return render(
        request, "desk/document.html",
        {
            "document": document,
            "reading": reading,
            "readings": readings,
            "pieces": cut(reading.content, notes, reading.pages, at=at) if reading else [],
            "at": at,
            **_paper(request, document, reading, notes, at),
            "doubtful": reading is not None and any(
                line["legibility"] < DOUBTFUL for page in reading.pages for line in page.get("lines", ())
            ),
            "lost": lost_notes(document) if reading is not None and reading == readings[0] else [],
            "placing": request.GET.get("place", ""),
            "groups": groups,
            "may_decide": may(request.user, "decide"),
            "may_correct": may(request.user, "correct-reading") and reading is not None
            and reading == readings[0] and document.shredded_at is None,
            "kinds": rulebook_of(document.team_id).facts,
            "may_shred": may(request.user, "ask-shredding"),
            "shredding": document.shreddings.exclude(state="refused").select_related("asked_by", "decided_by").first(),
            "may_edit": may(request.user, "edit-case"),
            "cases": linked,
            "following": waiting(request.user).exclude(pk=document.pk).filter(waits=True).first(),
            "may_belong": may_belong,
            "newest_cases": open_cases.order_by("-pk")[:FEW] if may(request.user, "edit-case") else [],
        },
    )  # fmt: skip


@signed_in
def choose_case(request: Sitting, pk: int) -> HttpResponse:
    """Find, by number or name, the open case that a letter belongs to."""
    document = _mine(request, pk)
    require(request.user, "edit-case")
    words = request.GET.get("q", "").strip()[:200]
    found = find(Asked(words=words, kind="case"), by=request.user).cases
    cases = [one.case for one in found if one.case is not None and one.case.closed_at is None]
    return render(request, "desk/choose_case.html", {"document": document, "words": words, "cases": cases})


def _paper(
    request: Sitting, document: Document, reading: Reading | None, notes: list[Note], at: tuple[int, int] | None
) -> dict[str, object]:
    """The page to look at, where somebody asked to see the paper itself, with the places of its notes."""
    if reading is None or not pictures.has_pictures(document):
        return {"pictured": False}
    # A transcription by hand is one page to itself; the paper still has those that the machine counted.
    counted = max((len(one.pages) for one in document.readings.all()), default=1)
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:6]) <= counted else 0
    here = next((p["number"] for p in reading.pages if at and p["start"] <= at[0] < p["end"]), 1)
    number = number or min(here, counted)
    tile: dict[str, Any] = next((p for p in reading.pages if p["number"] == number), {})
    return {
        "pictured": True, "paper": request.GET.get("show") == "image", "page_number": number, "page_count": counted,
        "places": places_on(tile.get("words", ()), notes, at), "numbers": range(1, counted + 1),
    }  # fmt: skip


def asked_for(written: str, content: str) -> tuple[int, int] | None:
    """The passage an address names, as ``345-402``; nothing where it names none in this text."""
    first, dash, last = written.partition("-")
    if not (dash and first.isascii() and last.isascii() and first.isdigit() and last.isdigit()) or len(written) > 24:
        return None
    start, end = int(first), min(int(last), len(content))
    return (start, end) if start < end else None


def _state(notes: list[Note]) -> str:
    """The State whose law a reading's own proposals point to, as far as they do."""
    places = (note for note in notes if note.kind == Note.Kind.PROPOSAL and note.code == "facility")
    facility = next((str(note.payload["value"]) for note in places), "")
    return str(with_place(Facts(values={"facility": facility})).get("state") or "") if facility else ""


def _shown(note: Note, reading: Reading | None, state: str) -> dict[str, object]:
    """A note as the page tells it: who, what, when, in words."""
    payload, people = note.payload, reading.people if reading else []

    def person(value: object) -> str:
        if isinstance(value, int) and value < len(people):
            return str(people[value]["name"])
        return str(value) if value else ""

    shown: dict[str, object] = {"note": note, "seen": len(note.decisions.all()), "last": note.decisions.last(),
                               "decisions": note.decisions.all()}  # fmt: skip
    if note.kind == Note.Kind.ALLEGATION:
        shown |= {
            "was_affected": person((note.original or {"payload": {}})["payload"].get("affected")),
            "affected": person(payload.get("affected")), "actor": person(payload.get("actor")),
            "standards": match_standards(note.code, state=state)[:5],
        }  # fmt: skip
    if note.kind == Note.Kind.CLAIM:
        source = payload["source"]
        told = " ".join(part["exact"] for part in source["spans"])
        shown["speaker"] = person(source["person"]) or told or source.get("words", "")
        shown["author"] = source["kind"] == "author"
    return shown


@signed_in
def page(request: Sitting, pk: int, number: int) -> HttpResponse:
    """The picture of a page; that it was looked at is said by the line for the document that shows it."""
    response = HttpResponse(pictures.picture(_mine(request, pk), number), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=300"
    return response


@signed_in
def original(request: Sitting, pk: int) -> HttpResponse:
    """The original as received; looking at it is a line of history."""
    document = _mine(request, pk)
    if document.shredded_at is not None:
        raise Shredded
    data = store.fetch(document.digest, team=document.team_id)
    seal("document.original-opened", by=request.user, team=document.team, subject=f"document:{document.pk}", details={})
    inline = document.media_type in SHOWN_INLINE
    response = HttpResponse(data, content_type=document.media_type if inline else "application/octet-stream")
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{document.digest[:12]}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


@signed_in
@require_POST
def correct(request: Sitting, pk: int) -> HttpResponse:
    """Save a corrected transcription as a new reading; notes that were lost are told."""
    document = _mine(request, pk)
    content = request.POST.get("content", "").replace("\r\n", "\n")
    made = intake.read_again(document, content=content, by=request.user)
    previous = document.readings.filter(number=made.number - 1).first()
    lost = (previous.notes.exclude(state="rejected").count() if previous else 0) - made.notes.count()
    words = WORDS["corrected"] if lost <= 0 else WORDS["corrected-lost"]
    messages.success(request, words[request.user.language].format(count=lost))
    return redirect(f"/documents/{pk}/#lost" if lost > 0 else f"/documents/{pk}/")
