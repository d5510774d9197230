"""The inbox: what came in, and why each needs a person."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import intake, outbox
from amparo.casework.models import Document, Note, Reading, User
from amparo.casework.permissions import documents_for, may, require
from amparo.casework.unmatched import suggestions
from amparo.errors import StoreFull
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS

PAGE = 50
_OPEN = Q(state=Note.State.PROPOSED)


class Reason(NamedTuple):
    """Why a document needs a person, and how soon."""

    key: str
    number: int
    urgent: bool


def waiting(user: User) -> QuerySet[Document]:
    """Documents somebody may see, with what in their latest reading still waits for a person; urgent ones first."""
    latest = Reading.objects.filter(document=OuterRef("pk")).order_by("-number")
    notes = Note.objects.filter(reading__document=OuterRef("pk"), state=Note.State.PROPOSED).order_by()
    return (
        documents_for(user)
        .annotate(
            reading_state=Subquery(latest.values("state")[:1]),
            reading_error=Subquery(latest.values("error")[:1]),
            genre=Subquery(latest.values("genre")[:1]),
            reading_id=Subquery(latest.values("pk")[:1]),
            urgency=Subquery(
                notes.filter(kind=Note.Kind.ALLEGATION, reading=OuterRef("reading_id"))
                .values("reading").annotate(soonest=Min("urgency")).values("soonest")[:1]
            ),
            open_notes=Subquery(
                notes.filter(reading=OuterRef("reading_id"), kind__in=[Note.Kind.ALLEGATION, Note.Kind.EVENT])
                .values("reading").annotate(n=Count("pk")).values("n")[:1]
            ),
            case=Max("links__case"),
        )
        .order_by(F("urgency").asc(nulls_last=True), "-received_at")
    )  # fmt: skip


def reasons(document: Document) -> list[Reason]:
    """Why a document needs a person."""
    state = document.reading_state  # type: ignore[attr-defined]
    if state in (Reading.State.QUEUED, Reading.State.READING):
        return [Reason("being-read", 0, False)]
    if state == Reading.State.FAILED:
        return [Reason("unread", 0, True)]
    found: list[Reason] = []
    if document.urgency in ("U0", "U1"):  # type: ignore[attr-defined]
        found.append(Reason(f"urgent-{document.urgency}", 0, True))  # type: ignore[attr-defined]
    if document.open_notes:  # type: ignore[attr-defined]
        found.append(Reason("to-confirm", document.open_notes, False))  # type: ignore[attr-defined]
    if document.case is None:  # type: ignore[attr-defined]
        found.append(Reason("no-case", 0, False))
    return found


@signed_in
def show(request: Sitting) -> HttpResponse:
    """What needs a person, or everything, fifty at a time."""
    user = request.user
    if not may(user, "see-documents"):
        return redirect("history" if may(user, "see-history") else "rulebook")
    every = request.GET.get("show") == "all"
    rows = waiting(user)
    if not every:
        rows = rows.filter(
            Q(reading_state__in=[Reading.State.QUEUED, Reading.State.READING, Reading.State.FAILED])
            | Q(open_notes__gt=0) | Q(case__isnull=True)
        )  # fmt: skip
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    unmatched = [one for one in page if one.case is None] if may(user, "edit-case") else []  # type: ignore[attr-defined]
    belong = suggestions(unmatched, by=user)
    items = [(document, reasons(document), belong.get(document.pk, [])[:1]) for document in page]
    busy = any(reason.key == "being-read" for _, why, _ in items for reason in why)
    return render(
        request, "desk/inbox.html",
        {"page": page, "items": items, "every": every, "may_receive": may(user, "receive"), "busy": busy,
         "mails": outbox.needs_somebody(user)},
    )  # fmt: skip


@signed_in
@require_POST
def receive(request: Sitting) -> HttpResponse:
    """Take in the files that were dropped or chosen; one that cannot be kept stops none of the others."""
    require(request.user, "receive")
    new = known = 0
    language = request.user.language
    for file in request.FILES.getlist("files"):
        try:
            outcome = intake.receive(file.read(), name=file.name or "", by=request.user)
        except StoreFull as problem:
            messages.error(request, f"{file.name}: {problem.message}")
            continue
        new, known = new + (not outcome.known), known + outcome.known
    if new:
        messages.success(request, WORDS["received"][language].format(count=new))
    if known:
        messages.info(request, WORDS["received-again"][language].format(count=known))
    return redirect("inbox")
