"""Notes one by one: decide, correct, add what the machine missed, place again what a correction lost."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import marking, review
from amparo.casework.identities import latest_reading
from amparo.casework.models import Note, Reading
from amparo.casework.permissions import documents_for, require
from amparo.casework.wording import CHOICES, day_written
from amparo.dossier import act_labels
from amparo.errors import ChangedMeanwhile, NotAllowed, UnknownWording, WordsNotFound
from amparo.web.passages import around
from amparo.web.sitting import Sitting, signed_in
from amparo.web.views.documents import asked_for

KINDS = (Note.Kind.ALLEGATION, Note.Kind.CLAIM, Note.Kind.EVENT)
_PLACES = 12


def _note(request: Sitting, pk: int) -> Note:
    require(request.user, "decide")
    note = Note.objects.select_related("reading__document").filter(pk=pk).first()
    if note is None or not documents_for(request.user).filter(pk=note.reading.document_id).exists():
        raise NotAllowed
    return note


def _back(note: Note) -> HttpResponse:
    return redirect(f"/documents/{note.reading.document_id}/#n{note.pk}")


def _seen(request: Sitting) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else None


@signed_in
@require_POST
def decide(request: Sitting, pk: int, verdict: str) -> HttpResponse:
    """Accept, reject or undo; the page comes back to the same note."""
    if verdict == "undo":
        return _back(review.undo(pk, by=request.user))
    if verdict not in ("accepted", "rejected"):
        raise NotAllowed
    try:
        return _back(
            review.decide(pk, verdict, by=request.user, seen=_seen(request), reason=request.POST.get("reason", ""))
        )
    except ChangedMeanwhile:
        return _changed(request, pk, verdict)


@signed_in
def correct(request: Sitting, pk: int) -> HttpResponse:
    """Correct what a note says: the form, and what came of it."""
    note = _note(request, pk)
    if note.kind not in KINDS:
        raise NotAllowed
    problem = ""
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")
            return _back(review.correct(pk, request.POST.dict(), by=request.user, seen=_seen(request), reason=reason))
        except ChangedMeanwhile:
            return _changed(request, pk, "corrected")
        except UnknownWording as wrong:
            problem = str(wrong.facts.get("field", ""))
    return render(
        request, "desk/correct_note.html",
        {"note": note, "problem": problem, "seen": note.decisions.count(), "document": note.reading.document,
         **_form(note.kind, note.reading, request.POST.dict() or _said(note))},
        status=422 if problem else 200,
    )  # fmt: skip


def _changed(request: Sitting, pk: int, verdict: str) -> HttpResponse:
    """Somebody else was quicker: what they decided, what you were about to do, and the choice between the two."""
    note = _note(request, pk)
    decisions = list(note.decisions.select_related("by"))
    sent = [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "seen")]
    quotes = note.payload.get("quotes") or note.payload.get("contents") or [note.payload]
    return render(
        request, "desk/changed.html",
        {"note": note, "document": note.reading.document, "theirs": decisions[(_seen(request) or 0):],
         "seen": len(decisions), "mine": verdict, "sent": sent, "action": request.path, "quotes": quotes,
         "my_act": request.POST.get("act", "")},
        status=409,
    )  # fmt: skip


def _said(note: Note) -> dict[str, str]:
    """What a note says, as its form takes it."""
    payload = note.payload

    def who(field: str, value: object) -> dict[str, str]:
        if isinstance(value, int):
            return {field: f"p{value}"}
        return {field: "", f"{field}-other": str(value or "")}

    if note.kind == Note.Kind.ALLEGATION:
        return {
            "act": note.code, "place": payload.get("place") or "", "status": payload.get("status", ""),
            "when": day_written(payload.get("when")), **who("affected", payload.get("affected")),
            **who("actor", payload.get("actor")),
        }  # fmt: skip
    if note.kind == Note.Kind.CLAIM:
        source = payload["source"]
        told = source.get("words") or " ".join(part["exact"] for part in source["spans"])
        named = {"speaker": "author"} if source["kind"] == "author" else who("speaker", source["person"])
        return {"stance": note.code, **named, **({"speaker-other": told} if source["person"] is None and told else {})}
    name = payload.get("who", "")
    return {"event": note.code, "when": day_written(payload.get("when")), "who": "", "who-other": name}


def _form(kind: str, reading: Reading, said: dict[str, str]) -> dict[str, Any]:
    """The lists a note's form chooses from, with what is chosen."""
    roles = {Note.Kind.ALLEGATION: ["affected", "actor"], Note.Kind.CLAIM: ["speaker"], Note.Kind.EVENT: ["who"]}
    people = [(f"p{number}", person["name"]) for number, person in enumerate(reading.people)]
    return {
        "kind": kind,
        "said": said,
        "reading": reading,
        "acts": sorted(act_labels()),
        "choices": CHOICES.get(kind, ()),
        "roles": [(role, said.get(role, ""), said.get(f"{role}-other", "")) for role in roles.get(Note.Kind(kind), [])],
        "people": people,
    }


@signed_in
def add(request: Sitting, pk: int) -> HttpResponse:
    """Note what the machine missed: choose words, say what they are."""
    reading, at, places, exact = _words(request, pk)
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = asked if asked in KINDS else Note.Kind.ALLEGATION
    problem = ""
    if request.method == "POST" and at is not None:
        try:
            return _back(
                marking.mark(pk, kind, request.POST.dict(), start=at[0], end=at[1], exact=exact, by=request.user)
            )
        except UnknownWording as wrong:
            problem = str(wrong.facts.get("field", ""))
        except WordsNotFound:
            problem = "words"
    return render(
        request, "desk/add_note.html",
        {"document": reading.document, "at": at, "places": places, "exact": exact, "problem": problem, "kinds": KINDS,
         "around": around(reading.content, *at) if at is not None else None,
         **_form(kind, reading, request.POST.dict())},
        status=422 if problem else 200,
    )  # fmt: skip


@signed_in
def place(request: Sitting, pk: int, note: int) -> HttpResponse:
    """Place a note again whose words a correction lost."""
    reading, at, places, exact = _words(request, pk)
    lost = next((one for one in marking.lost_notes(reading.document) if one.pk == note), None)
    if lost is None:
        raise NotAllowed
    if request.method == "POST" and at is not None:
        return _back(marking.place_again(note, start=at[0], end=at[1], exact=exact, by=request.user))
    quotes = lost.payload.get("quotes") or lost.payload.get("contents") or [lost.payload]
    return render(
        request, "desk/place_note.html",
        {"document": reading.document, "reading": reading, "note": lost, "at": at, "places": places, "exact": exact,
         "quotes": quotes, "around": around(reading.content, *at) if at is not None else None},
    )  # fmt: skip


def _words(request: Sitting, pk: int) -> tuple[Reading, tuple[int, int] | None, list[Any], str]:
    """The words somebody chose: by their place in the address, or by typing them, found again in the text."""
    require(request.user, "decide")
    document = documents_for(request.user).filter(pk=pk).first()
    reading = latest_reading(document) if document is not None else None
    if reading is None:
        raise NotAllowed
    given = request.POST if request.method == "POST" else request.GET
    at = asked_for(given.get("at", ""), reading.content)
    exact = given.get("exact", "").strip()
    if at is not None:
        return reading, at, [], exact or reading.content[slice(*at)]
    places = _find(reading.content, exact) if exact else []
    if len(places) == 1:
        return reading, places[0], [], exact
    return reading, None, [around(reading.content, *found, reach=60) for found in places], exact


def _find(content: str, exact: str) -> list[tuple[int, int]]:
    """Every place of some words, whatever the breaks of lines between them."""
    words = exact.split()[:200]
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [found.span() for found in re.finditer(pattern, content)][:_PLACES]
