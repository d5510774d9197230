"""The inbox: what came in, and why each needs a person."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import intake, outbox
from amparo.casework.law import rulebook_of
from amparo.casework.models import CaseDocument, Document, Filing, Note, Reading, Response, User
from amparo.casework.permissions import documents_for, may, require
from amparo.casework.queue import AWAITS, day_facts
from amparo.casework.unmatched import suggestions
from amparo.errors import Shredded, StoreFull
from amparo.web.done import done_lately
from amparo.web.sitting import Sitting, signed_in
from amparo.web.tasks import Task, tasks_for
from amparo.web.views.deadlines import titles_of
from amparo.web.words import WORDS, told

PAGE = 50
DOUBTFUL = 0.65
"""Of allegations that are less sure than this, about one in three turns out wrong (docs/explanation/measuring.md)."""
FIRST = 6
"""How many things beside the letters stand above them before somebody asks for the rest."""


class Reason(NamedTuple):
    """Why a document needs a person, and how soon."""

    key: str
    number: int
    urgent: bool


def waiting(user: User) -> QuerySet[Document]:
    """Documents somebody may see, those that need a person soonest first."""
    return documents_for(user).filter(shredded_at__isnull=True).order_by("urgency", "-received_at", "-pk")


def explained(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The same documents, each with what in its latest reading still waits for a person."""
    latest = Reading.objects.filter(document=OuterRef("pk")).order_by("-number")
    notes = Note.objects.filter(reading__document=OuterRef("pk"), state=Note.State.PROPOSED).order_by()
    return documents.annotate(
        reading_state=Subquery(latest.values("state")[:1]),
        reading_error=Subquery(latest.values("error")[:1]),
        genre=Subquery(latest.values("genre")[:1]),
        reading_id=Subquery(latest.values("pk")[:1]),
        open_notes=Subquery(
            notes.filter(reading=OuterRef("reading_id"), kind__in=[Note.Kind.ALLEGATION, Note.Kind.EVENT])
            .values("reading").annotate(n=Count("pk")).values("n")[:1]
        ),
        doubtful_notes=Subquery(
            notes.filter(reading=OuterRef("reading_id"), kind=Note.Kind.ALLEGATION, confidence__lt=DOUBTFUL)
            .values("reading").annotate(n=Count("pk")).values("n")[:1]
        ),
        dates=Subquery(
            notes.filter(reading=OuterRef("reading_id"), kind=Note.Kind.PROPOSAL, code__in=day_facts())
            .values("reading").annotate(n=Count("pk")).values("n")[:1]
        ),
        answers=Exists(Filing.objects.filter(case__links__document=OuterRef("pk"), state__in=AWAITS))
        & ~Exists(Response.objects.filter(document=OuterRef("pk"))),
        case=Subquery(CaseDocument.objects.filter(document=OuterRef("pk")).order_by("-case").values("case")[:1]),
    )  # fmt: skip


def reasons(document: Document) -> list[Reason]:
    """Why a document needs a person."""
    state = document.reading_state  # type: ignore[attr-defined]
    if state in (Reading.State.QUEUED, Reading.State.READING):
        return [Reason("being-read", 0, False)]
    if state == Reading.State.FAILED:
        return [Reason("unread", 0, True)]
    found: list[Reason] = []
    if document.urgency in ("U0", "U1"):
        found.append(Reason(f"urgent-{document.urgency}", 0, True))
    if document.open_notes:  # type: ignore[attr-defined]
        found.append(Reason("to-confirm", document.open_notes, False))  # type: ignore[attr-defined]
    if document.doubtful_notes:  # type: ignore[attr-defined]
        found.append(Reason("doubtful", document.doubtful_notes, False))  # type: ignore[attr-defined]
    if document.case is None:  # type: ignore[attr-defined]
        found.append(Reason("no-case", 0, False))
        return found
    if document.answers and document.genre == "official":  # type: ignore[attr-defined]
        found.append(Reason("answer-to-classify", 0, False))
    if document.dates:  # type: ignore[attr-defined]
        found.append(Reason("date-to-confirm", document.dates, False))  # type: ignore[attr-defined]
    return found


@signed_in
def show(request: Sitting) -> HttpResponse:
    """What needs a person, or everything, fifty at a time."""
    user = request.user
    if not may(user, "see-documents"):
        return redirect("history" if may(user, "see-history") else "rulebook")
    every = request.GET.get("show") == "all"
    rows = waiting(user) if every else waiting(user).filter(waits=True)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    with_reasons = {one.pk: one for one in explained(Document.objects.filter(pk__in=[row.pk for row in page]))}
    shown_documents = [with_reasons[row.pk] for row in page]
    unmatched = [one for one in shown_documents if one.case is None] if may(user, "edit-case") else []  # type: ignore[attr-defined]
    belong = suggestions(unmatched, by=user)
    items = [(document, reasons(document), belong.get(document.pk, [])[:1]) for document in shown_documents]
    tasks: list[Task] = []
    if not every and page.number == 1:
        book = rulebook_of(user.membership.team_id)
        tasks = tasks_for(user, today=timezone.localdate(), titles=titles_of(book))
    shown = tasks if request.GET.get("tasks") == "all" else tasks[:FIRST]
    busy = any(reason.key == "being-read" for _, why, _ in items for reason in why)
    return render(
        request, "desk/inbox.html",
        {
            "page": page, "items": items, "tasks": shown, "more_tasks": len(tasks) - len(shown), "every": every,
            "may_receive": may(user, "receive"), "busy": busy,
            "mails": outbox.needs_somebody(user),
            "done": [] if items or tasks or every else done_lately(user, now=timezone.now()),
        },
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
        except (StoreFull, Shredded) as problem:
            messages.error(request, f"{file.name}: {told(problem, language)}")
            continue
        new, known = new + (not outcome.known), known + outcome.known
    if new:
        messages.success(request, WORDS["received"][language].format(count=new))
    if known:
        messages.info(request, WORDS["received-again"][language].format(count=known))
    return redirect("inbox")
