"""Cases: one page each, with what is alleged, the doors and their days, and what to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework import days
from amparo.casework.actions import cases as acts
from amparo.casework.actions import exports
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.identities import appearances_for
from amparo.casework.law import rulebook_of
from amparo.casework.models import Appearance, Case, DoorDay, Filing, HistoryLine, Note, Reading, User
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.domain.remedies import Channel
from amparo.errors import BrokenFacts, NotAllowed
from amparo.rules import find_channels, load_rules
from amparo.rules.standards import match_standards
from amparo.web import ledger
from amparo.web.choices import facility_options, options
from amparo.web.chronology import chronology, within
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import tell_moved
from amparo.web.timeline import Stretch, picture
from amparo.web.views import consents, releases
from amparo.web.views.deadlines import titles_of
from amparo.web.who import who_is
from amparo.web.words import WORDS

FIRST = 60
"""How many allegations a case shows before somebody asks for every one."""
EVERY = 100_000
EVERY_STEP = 1000
"""The most that a chronology holds."""
_LOOKED = "case.opened-page"
PAGE = 50


def _mine(request: Sitting, pk: int) -> Case:
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed
    return case


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """The cases somebody may see, the nearest day first; a case still being counted says so."""
    require(request.user, "see-cases")
    may_break = may(request.user, "break-glass")
    if request.GET.get("show") == "closed":
        closed = cases_for(request.user).filter(closed_at__isnull=False).order_by("-closed_at")
        return render(request, "desk/cases.html", {"rows": closed, "shut": True, "may_break": may_break})
    today, book = timezone.localdate(), rulebook_of(request.user.membership.team_id)
    every = cases_for(request.user).filter(closed_at__isnull=True)
    waiting = days.catch_up(every, today=today, rulebook=book)
    fresh = days.fresh(every, today=today, rulebook=book)
    running = DoorDay.objects.filter(case=OuterRef("pk"), whose="person", case__in=fresh.values("pk")).order_by("last")
    rows = every.annotate(
        counted=Exists(fresh.filter(pk=OuterRef("pk"))),
        next_day=Subquery(running.values("last")[:1]),
        next_step=Subquery(running.values("step")[:1]),
    ).order_by(F("next_day").asc(nulls_last=True), "reference")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "desk/cases.html",
        {"page": page, "titles": titles_of(book), "waiting": waiting, "may_open": may(request.user, "open-case"),
         "may_break": may_break, "may_import": may(request.user, "manage-team")},
    )  # fmt: skip


@signed_in
@require_POST
def open_one(request: Sitting) -> HttpResponse:
    """Open a case for a person."""
    person = request.POST.get("person", "").strip()
    if not person:
        messages.error(request, WORDS["name-needed"][request.user.language])
        return redirect("cases")
    case = acts.open_case(person=person, by=request.user, restricted=bool(request.POST.get("restricted")))
    document = request.POST.get("document", "")
    if document.isdecimal():
        acts.link(case.pk, int(document), by=request.user)
    return redirect("case", pk=case.pk)


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """One case on one page; opening it is a line of history."""
    case = _mine(request, pk)
    rulebook = rulebook_of(case.team_id)
    facts = facts_of(case, rulebook)
    doors = find_channels(facts, rulebook, today=timezone.localdate())
    documents = documents_for(request.user).filter(links__case=case).order_by("-received_at")
    read = Reading.objects.filter(document__in=[one.pk for one in documents], state=Reading.State.READ)
    latest = dict(read.order_by("number").values_list("document_id", "pk"))
    notes = Note.objects.filter(reading__in=latest.values()).exclude(state=Note.State.REJECTED)
    notes = notes.select_related("reading__document").defer("reading__content", "reading__pages")
    state, most = str(facts.get("state") or ""), EVERY if request.GET.get("alleged") == "all" else FIRST
    allegations = [
        (note, match_standards(note.code, state=state)[:6])
        for note in notes.filter(kind=Note.Kind.ALLEGATION).order_by("urgency", "code", "pk")[: most + 1]
    ]
    known = {row.name: row.value for row in _latest(case)}
    proposed = notes.filter(kind=Note.Kind.PROPOSAL, state=Note.State.PROPOSED)
    proposals = [
        note for note in proposed
        if note.code in rulebook.facts and note.payload["value"] != known.get(note.code)
    ]  # fmt: skip
    asked: dict[str, list[Any]] = {}
    for channel in doors:
        if channel.state == "cannot-tell":
            for question in channel.ask:
                asked.setdefault(question.fact, [question, rulebook.facts[question.fact], 0])[2] += 1
    seal(_LOOKED, by=request.user, team=case.team, subject=f"case:{case.pk}", details={})
    lines = HistoryLine.objects.filter(subject=f"case:{case.pk}").order_by("-number")
    sooner = sorted(doors, key=_day_of)
    groups = [(state, [c for c in sooner if c.state == state]) for state in ("open", "pending", "not-yet", "closed")]
    steps = {channel.step for channel in doors}
    whom = _whom(request.user, case)
    papers = ledger.part(case, list(documents), doors, rulebook)
    return render(
        request, "desk/case.html",
        {
            "case": case,
            "groups": groups,
            "asks": sorted(asked.values(), key=lambda row: -row[2])[:12],
            "facts": [(row, rulebook.facts[row.name]) for row in _latest(case) if row.name in rulebook.facts],
            "documents": documents,
            "allegations": allegations[:most],
            "more_alleged": len(allegations) > most,
            "proposals": [(note, rulebook.facts[note.code]) for note in proposals],
            "may_edit": may(request.user, "edit-case") and case.shredded_at is None,
            "may_close": may(request.user, "close-case"),
            "may_export": may(request.user, "export"),
            "lines": lines.exclude(kind=_LOOKED)[:12],
            "looked": lines.filter(kind=_LOOKED).count(),
            "looked_last": lines.filter(kind=_LOOKED).first(),
            "kinds": rulebook.facts,
            "others": options(tuple(
                (kind.name, getattr(kind.label, request.user.language)) for kind in rulebook.facts.values()
                if kind.about == "case" and kind.name.partition(".")[0] not in steps
            )),
            **whom,
            "who": who_is(case, whom["who_is_it"], facts, rulebook, request.user),
            "places": facility_options(),
            "today": timezone.localdate(),
            "untold": sum(channel.state == "cannot-tell" for channel in doors),
            "titles": titles_of(rulebook),
            **consents.part(case),
            **releases.part(case),
            **papers,
            **_chronology(request, notes, [entry.filing for entry in papers["filings"]], doors),
        },
    )  # fmt: skip


def _chronology(
    request: Sitting, notes: QuerySet[Note], papers: list[Filing], doors: Iterable[Channel]
) -> dict[str, Any]:
    """What happened, as a picture and a list of one stretch, which stands in the address."""
    told = notes.filter(Q(kind=Note.Kind.EVENT) | Q(kind=Note.Kind.ALLEGATION, payload__has_key="when"))
    happened = chronology(told.order_by("pk")[:EVERY_STEP], papers, doors)
    line = picture(happened, today=timezone.localdate(), asked=_stretch(request))
    shown = happened if line is None or line.shown == line.whole else within(happened, *line.shown)
    return {"line": line, "happened": shown}


def _stretch(request: Sitting) -> Stretch | None:
    try:
        first, last = (dt.date.fromisoformat(request.GET.get(name, "")) for name in ("from", "until"))
    except ValueError:
        return None
    return Stretch(min(first, last), max(first, last))


def _whom(user: User, case: Case) -> dict[str, Any]:
    """Whom a case is about, and who among the people of its documents it may be: those detained first."""
    said = case.identities.select_related("appearance", "by").last()
    mine = appearances_for(user).filter(about=Appearance.About.PERSON)
    who = said if said is not None and mine.filter(pk=said.appearance_id or 0).exists() else None
    people = mine.filter(document__links__case=case).select_related("document").order_by("pk")
    each = {one.group: one for one in sorted(people, key=lambda one: (one.role == "detained", -one.pk))}
    likely = sorted(each.values(), key=lambda one: (one.role != "detained", one.pk))[:6]
    return {"who_is_it": who, "may_be_about": likely if may(user, "edit-case") else []}


def _day_of(channel: Channel) -> dt.date:
    """The day that comes first in a door, for the order of the page."""
    due = channel.deadline if channel.state == "open" else channel.answer_due
    return due.last if due is not None else channel.opens or dt.date.max


def _latest(case: Case) -> list[Any]:
    rows = {row.name: row for row in case.facts.select_related("by")}
    return [row for row in rows.values() if row.value is not None]


@signed_in
@require_POST
def enter_fact(request: Sitting, pk: int) -> HttpResponse:
    """Enter, correct or take back a fact; what moved is told."""
    name, written = request.POST.get("name", ""), request.POST.get("value", "").strip()
    try:
        entered = acts.enter_fact(
            pk, name, _value(name, written), by=request.user, known_from=request.POST.get("known_from", "").strip()
        )
    except BrokenFacts as problem:
        messages.error(request, problem.message)
        return redirect("case", pk=pk)
    _tell(request, entered)
    return redirect("case", pk=pk)


def _tell(request: Sitting, entered: acts.Entered) -> None:
    """Tell that a fact is kept, and the days that moved because of it."""
    messages.success(request, WORDS["fact-kept"][request.user.language])
    tell_moved(request, entered.moved)


def _value(name: str, written: str) -> Any:
    """What was written in a form, as a file of facts would hold it; nothing takes the fact back."""
    kind = load_rules().facts.get(name)
    if not written:
        return None
    if kind is not None and kind.kind in ("flag", "event") and written in ("true", "false"):
        return written == "true"
    if kind is not None and kind.kind == "number" and written.isdecimal():
        return int(written)
    return written


@signed_in
@require_POST
def link(request: Sitting, pk: int) -> HttpResponse:
    """Put a document into a case."""
    document = request.POST.get("document", "")
    if not document.isdecimal():
        raise NotAllowed
    acts.link(pk, int(document), by=request.user)
    return redirect(request.POST.get("next") or f"/cases/{pk}/")


@signed_in
@require_POST
def take_up(request: Sitting, pk: int, note: int) -> HttpResponse:
    """Take a proposed fact up into the case, with the words it is known from."""
    case = _mine(request, pk)
    row = Note.objects.filter(pk=note, kind=Note.Kind.PROPOSAL, reading__document__links__case=case).first()
    if row is None:
        raise NotAllowed
    value = row.payload["value"]
    if isinstance(value, dict):
        same = value["earliest"] == value["latest"]
        value = value["earliest"] if same else f"{value['earliest']}/{value['latest']}"
    words = " … ".join(quote["exact"] for quote in row.payload["quotes"])
    document = row.reading.document
    entered = acts.enter_fact(
        pk, row.code, value, by=request.user, known_from=f"{document.name}: “{words}”", document=document
    )
    from amparo.casework.actions.review import decide

    decide(row.pk, "accepted", by=request.user, reason=f"taken up into {case.reference}")
    _tell(request, entered)
    return redirect("case", pk=pk)


@signed_in
def calendar(request: Sitting, pk: int) -> HttpResponse:
    """The days of a case as iCalendar, through the gate of consent; taking them out is a line of history."""
    require(request.user, "export")
    case = _mine(request, pk)
    permit = exports.own_calendar(case, today=timezone.localdate())
    data = exports.case_calendar(case.pk, permit=permit, by=request.user)
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.ics"'
    return response
