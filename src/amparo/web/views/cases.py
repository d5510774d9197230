"""Cases: one page each, with what is alleged, the doors and their days, and what to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import cases as acts
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.models import Case, HistoryLine, Note, Reading
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.domain.remedies import Channel
from amparo.errors import BrokenFacts, NotAllowed
from amparo.interchange.explanation import explanation_page
from amparo.interchange.icalendar import write_calendar
from amparo.rules import find_channels, load_rules
from amparo.rules.explain import explain
from amparo.rules.facilities import load_facilities
from amparo.rules.phrases import day_in_words
from amparo.rules.standards import match_standards
from amparo.web.sitting import Sitting, signed_in
from amparo.web.timeline import timeline
from amparo.web.words import WORDS


def _mine(request: Sitting, pk: int) -> Case:
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed
    return case


def doors_of(case: Case) -> tuple[Channel, ...]:
    """Every door of a case today."""
    rulebook = load_rules()
    return find_channels(facts_of(case, rulebook), rulebook, today=timezone.localdate())


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """The cases somebody may see, with the nearest day of each."""
    require(request.user, "see-cases")
    may_break, shut = may(request.user, "break-glass"), request.GET.get("show") == "closed"
    if shut:
        closed = cases_for(request.user).filter(closed_at__isnull=False).order_by("-closed_at")
        context = {"rows": [(case, None) for case in closed], "shut": True, "may_break": may_break}
        return render(request, "desk/cases.html", context)
    rows = []
    for case in cases_for(request.user).filter(closed_at__isnull=True).order_by("reference"):
        timed = [c for c in doors_of(case) if c.state == "open" and c.deadline is not None]
        rows.append((case, min(timed, key=lambda c: c.deadline.last, default=None)))  # type: ignore[union-attr]
    rows.sort(key=lambda row: row[1].deadline.last if row[1] and row[1].deadline else dt.date.max)
    return render(
        request, "desk/cases.html", {"rows": rows, "may_open": may(request.user, "open-case"), "may_break": may_break}
    )


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
    rulebook = load_rules()
    facts = facts_of(case, rulebook)
    doors = find_channels(facts, rulebook, today=timezone.localdate())
    documents = documents_for(request.user).filter(links__case=case).order_by("-received_at")
    latest = [document.readings.filter(state=Reading.State.READ).order_by("-number").first() for document in documents]
    notes = Note.objects.filter(reading__in=[r for r in latest if r]).exclude(state=Note.State.REJECTED)
    state = str(facts.get("state") or "")
    allegations = [
        (note, match_standards(note.code, state=state)[:6])
        for note in notes.filter(kind=Note.Kind.ALLEGATION)
        .select_related("reading__document")
        .order_by("urgency", "code")
    ]
    events = sorted(
        notes.filter(kind=Note.Kind.EVENT).select_related("reading__document"),
        key=lambda note: (note.payload.get("when") or {}).get("earliest") or "9999",
    )
    known = {row.name: row.value for row in _latest(case)}
    proposed = notes.filter(kind=Note.Kind.PROPOSAL, state=Note.State.PROPOSED)
    proposals = [
        note for note in proposed.select_related("reading__document")
        if note.code in rulebook.facts and note.payload["value"] != known.get(note.code)
    ]  # fmt: skip
    asked: dict[str, list[Any]] = {}
    for channel in doors:
        if channel.state == "cannot-tell":
            for question in channel.ask:
                asked.setdefault(question.fact, [question, rulebook.facts[question.fact], 0])[2] += 1
    seal("case.opened-page", by=request.user, team=case.team, subject=f"case:{case.pk}", details={})
    sooner = sorted(doors, key=_day_of)
    groups = [(state, [c for c in sooner if c.state == state]) for state in ("open", "pending", "not-yet", "closed")]
    steps = {channel.step for channel in doors}
    return render(
        request, "desk/case.html",
        {
            "case": case,
            "groups": groups,
            "asks": sorted(asked.values(), key=lambda row: -row[2])[:12],
            "facts": [(row, rulebook.facts[row.name]) for row in _latest(case) if row.name in rulebook.facts],
            "documents": documents,
            "allegations": allegations,
            "events": events,
            "proposals": [(note, rulebook.facts[note.code]) for note in proposals],
            "may_edit": may(request.user, "edit-case") and case.shredded_at is None,
            "may_close": may(request.user, "close-case"),
            "may_export": may(request.user, "export"),
            "lines": HistoryLine.objects.filter(subject=f"case:{case.pk}").order_by("-number")[:12],
            "kinds": rulebook.facts,
            "others": [
                kind for kind in rulebook.facts.values()
                if kind.about == "case" and kind.name.partition(".")[0] not in steps
            ],
            "line": timeline(events),
            "places": sorted(load_facilities().items(), key=lambda place: place[1].name),
            "today": timezone.localdate(),
            "untold": sum(channel.state == "cannot-tell" for channel in doors),
        },
    )  # fmt: skip


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
    language = request.user.language
    titles = {step.id: step.title for procedure in load_rules().procedures for step in procedure.step}
    messages.success(request, WORDS["fact-kept"][language])
    for moved in entered.moved[:6]:
        before, after = (
            day_in_words(day, language) if day is not None else WORDS["no-day-now"][language]
            for day in (moved.before, moved.after)
        )
        title = titles[moved.step].in_(language) if moved.step in titles else moved.step
        messages.info(request, WORDS["day-moved"][language].format(step=title, before=before, after=after))


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
def why(request: Sitting, pk: int, step: str) -> HttpResponse:
    """How a date of a case came about, on a page to read, keep or print."""
    case = _mine(request, pk)
    rulebook = load_rules()
    facts = facts_of(case, rulebook)
    channels = [c for c in find_channels(facts, rulebook, today=timezone.localdate()) if c.step == step]
    told = [
        page
        for channel in channels
        for authority in (False, True)
        if (page := explain(channel, facts, rulebook, authority=authority)) is not None
    ]
    if not told:
        raise NotAllowed
    seal("case.date-explained", by=request.user, team=case.team, subject=f"case:{case.pk}", details={"step": step})
    response = HttpResponse(explanation_page(told, language=request.user.language))
    response._csp_replace = {"style-src": ["'unsafe-inline'"]}  # type: ignore[attr-defined]
    return response


@signed_in
def calendar(request: Sitting, pk: int) -> HttpResponse:
    """The days of a case as iCalendar; taking them out is a line of history."""
    require(request.user, "export")
    case = _mine(request, pk)
    data = write_calendar(
        doors_of(case), case=case.reference, today=timezone.localdate(), language=request.user.language
    )
    seal("case.calendar-exported", by=request.user, team=case.team, subject=f"case:{case.pk}", details={})
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.ics"'
    return response
