"""The reader: the words on one side, the notes on the other."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework import store
from amparo.casework.actions import intake, review
from amparo.casework.history import seal
from amparo.casework.models import Document, Note, Reading
from amparo.casework.permissions import cases_for, documents_for, may
from amparo.domain.remedies import Facts
from amparo.errors import NotAllowed, Shredded
from amparo.rules import load_rules
from amparo.rules.facts import with_place
from amparo.rules.standards import match_standards
from amparo.web.passages import cut
from amparo.web.sitting import Sitting, signed_in
from amparo.web.views.inbox import waiting
from amparo.web.words import WORDS

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
    seal("document.opened", by=request.user, team=document.team, subject=f"document:{document.pk}", details={})
    state = _state(notes)
    groups = [
        (kind, [_shown(note, reading, state) for note in notes if note.kind == kind])
        for kind in (Note.Kind.ALLEGATION, Note.Kind.CLAIM, Note.Kind.EVENT, Note.Kind.PROPOSAL)
    ]
    open_cases = cases_for(request.user).filter(closed_at__isnull=True)
    return render(
        request, "desk/document.html",
        {
            "document": document,
            "reading": reading,
            "readings": readings,
            "pieces": cut(reading.content, notes, reading.pages) if reading else [],
            "groups": groups,
            "may_decide": may(request.user, "decide"),
            "may_correct": may(request.user, "correct-reading") and reading is not None
            and reading == readings[0] and document.shredded_at is None,
            "kinds": load_rules().facts,
            "may_shred": may(request.user, "ask-shredding"),
            "shredding": document.shreddings.exclude(state="refused").select_related("asked_by", "decided_by").first(),
            "may_edit": may(request.user, "edit-case"),
            "cases": cases_for(request.user).filter(links__document=document),
            "following": waiting(request.user).exclude(pk=document.pk).filter(open_notes__gt=0).first(),  # type: ignore[misc]
            "all_cases": open_cases if may(request.user, "edit-case") else [],
        },
    )  # fmt: skip


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

    shown: dict[str, object] = {"note": note, "seen": len(note.decisions.all()), "last": note.decisions.last()}
    if note.kind == Note.Kind.ALLEGATION:
        shown |= {
            "affected": person(payload.get("affected")), "actor": person(payload.get("actor")),
            "standards": match_standards(note.code, state=state)[:5],
        }  # fmt: skip
    if note.kind == Note.Kind.CLAIM:
        source = payload["source"]
        shown["speaker"] = person(source["person"]) or " ".join(part["exact"] for part in source["spans"])
        shown["author"] = source["kind"] == "author"
    return shown


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
def decide(request: Sitting, pk: int, verdict: str) -> HttpResponse:
    """Accept, reject or undo; the page comes back to the same note."""
    if verdict == "undo":
        note = review.undo(pk, by=request.user)
    elif verdict in ("accepted", "rejected"):
        seen = request.POST.get("seen", "")
        note = review.decide(
            pk,
            verdict,
            by=request.user,
            seen=int(seen) if seen.isdecimal() else None,
            reason=request.POST.get("reason", ""),
        )
    else:
        raise NotAllowed
    return redirect(f"/documents/{note.reading.document_id}/#n{note.pk}")


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
    return redirect("document", pk=pk)
