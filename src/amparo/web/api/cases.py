"""Cases, their facts, doors and days, for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Status

from amparo.casework.actions import cases as acts
from amparo.casework.facts import facts_of
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseFact
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.domain.remedies import Channel, Deadline
from amparo.errors import NotAllowed
from amparo.rules import find_channels
from amparo.rules.explain import explain
from amparo.web.api.entry import Paged, paged, person_of
from amparo.web.api.out import case_going_out
from amparo.web.api.problems import PROBLEMS
from amparo.web.api.shapes import (
    CaseDayOut,
    CaseIn,
    CaseOut,
    DayOut,
    DoorOut,
    EnteredOut,
    FactIn,
    FactOut,
    LinkIn,
    MovedOut,
    Page,
    QuestionOut,
    ReasonOut,
    WorkingOut,
)

router = Router()


class CasesPage(Page):
    """A page of cases."""

    items: list[CaseOut]


@router.get("/cases", response={200: CasesPage, **PROBLEMS}, summary="Cases, by reference")
def listing(request: HttpRequest, asked: Paged) -> Page:
    """The cases the person may see, closed ones too."""
    require(person_of(request), "see-cases")
    return paged(cases_for(person_of(request)).order_by("reference"), asked, _shaped(request))


@router.post("/cases", response={201: CaseOut, **PROBLEMS}, summary="Open a case")
def open_one(request: HttpRequest, sent: CaseIn) -> Status[CaseOut]:
    """Open a case; its reference is the next of the team's year."""
    case = acts.open_case(person=sent.person, by=person_of(request), restricted=sent.restricted)
    return Status(201, _shaped(request)(case))


@router.get("/cases/{int:number}", response={200: CaseOut, **PROBLEMS}, summary="One case")
def one(request: HttpRequest, number: int) -> CaseOut:
    """What it is and which documents lie in it; looking is a line of history."""
    return _shaped(request)(case_going_out(request, number, kind="case.opened-page"))


@router.post("/cases/{int:number}/documents", response={200: CaseOut, **PROBLEMS}, summary="Put a document in")
def link(request: HttpRequest, number: int, sent: LinkIn) -> CaseOut:
    """Put a document into a case; again does no harm."""
    return _shaped(request)(acts.link(number, sent.document, by=person_of(request)).case)


@router.get("/cases/{int:number}/facts", response={200: list[FactOut], **PROBLEMS}, summary="What is known")
def facts(request: HttpRequest, number: int) -> list[FactOut]:
    """The facts that hold, each with where it is known from; looking is a line of history."""
    case = case_going_out(request, number, kind="case.opened-page")
    rows = {row.name: row for row in case.facts.select_related("by")}
    return [_fact(row) for row in rows.values() if row.value is not None]


@router.put("/cases/{int:number}/facts/{name}", response={200: EnteredOut, **PROBLEMS}, summary="Enter a fact")
def enter(request: HttpRequest, number: int, name: Path[str], sent: FactIn) -> EnteredOut:
    """Enter, correct or take back a fact; what moved is told."""
    person, document = person_of(request), None
    if sent.document is not None:
        document = documents_for(person).filter(pk=sent.document).first()
        if document is None:
            raise NotAllowed
    entered = acts.enter_fact(number, name, sent.value, by=person, known_from=sent.known_from, document=document)
    moved = [MovedOut(step=m.step, whose=m.whose, before=m.before, after=m.after) for m in entered.moved]
    return EnteredOut(fact=_fact(entered.fact), moved=moved)


@router.get("/cases/{int:number}/doors", response={200: list[DoorOut], **PROBLEMS}, summary="Its doors today")
def doors(request: HttpRequest, number: int) -> list[DoorOut]:
    """Every door: open, pending, not yet, closed, or not to be told and what to ask."""
    return [_door(channel) for channel in _doors(case_going_out(request, number, kind="case.opened-page"))]


@router.get(
    "/cases/{int:number}/doors/{step}/working", response={200: list[WorkingOut], **PROBLEMS}, summary="Why this date"
)
def working(request: HttpRequest, number: int, step: Path[str]) -> list[WorkingOut]:
    """How the days of a step came about, the person's and the authority's; empty where it has none."""
    rulebook = rulebook_of(person_of(request).membership.team_id)
    if step not in {one.id for procedure in rulebook.procedures for one in procedure.step}:
        raise NotAllowed
    case = case_going_out(request, number, kind="case.date-explained", step=step)
    known = facts_of(case, rulebook)
    told = [
        page
        for channel in find_channels(known, rulebook, today=timezone.localdate())
        if channel.step == step
        for authority in (False, True)
        if (page := explain(channel, known, rulebook, authority=authority)) is not None
    ]
    return [
        WorkingOut(
            title=_plain(page.title), last=page.last, safe=page.safe, certain=page.certain, rule=_plain(page.rule),
            known_from=_plain(page.known_from), lines=[_plain(line.say) for line in page.lines],
            doubts=[_plain(doubt) for doubt in page.doubts], cites=[cite.ref for cite in page.cites],
            wording=page.wording, rulebook=page.digest,
        )
        for page in told
    ]  # fmt: skip


@router.get("/cases/{int:number}/days", response={200: list[CaseDayOut], **PROBLEMS}, summary="Its running days")
def days(request: HttpRequest, number: int) -> list[CaseDayOut]:
    """The days that run in a case, the soonest first: what must be filed, and what the authorities owe."""
    case = case_going_out(request, number, kind="case.calendar-exported")
    found = [
        CaseDayOut(case=case.pk, step=channel.step, title=_plain(channel.title), day=day)
        for channel in _doors(case)
        if (day := _day(channel.deadline if channel.state == "open" else channel.answer_due)) is not None
        and channel.state in ("open", "pending")
    ]
    return sorted(found, key=lambda one: (one.day.last, one.step))


def _doors(case: Case) -> tuple[Channel, ...]:
    rulebook = rulebook_of(case.team_id)
    return find_channels(facts_of(case, rulebook), rulebook, today=timezone.localdate())


def _shaped(request: HttpRequest) -> Callable[[Case], CaseOut]:
    """The shape of a case, with those of its documents that this person may see."""
    seen = documents_for(person_of(request))

    def shape(case: Case) -> CaseOut:
        return CaseOut(
            id=case.pk, reference=case.reference, person=case.person, opened_at=case.opened_at,
            closed_at=case.closed_at, restricted=case.restricted, held=case.held_at is not None,
            shredded_at=case.shredded_at,
            documents=sorted(seen.filter(links__case=case).values_list("pk", flat=True)),
        )  # fmt: skip

    return shape


def _fact(row: CaseFact) -> FactOut:
    return FactOut(
        name=row.name, value=row.value, known_from=row.known_from, document=row.document_id, by=row.by.username,
        at=row.at,
    )  # fmt: skip


def _plain(words: Any) -> Any:
    return msgspec.to_builtins(words)


def _day(due: Deadline | None) -> DayOut | None:
    return DayOut(last=due.last, safe=due.safe, certain=due.certain, whose=due.whose) if due is not None else None


def _door(channel: Channel) -> DoorOut:
    return DoorOut(
        procedure=channel.procedure, step=channel.step, title=_plain(channel.title), state=channel.state,
        because=[ReasonOut(code=one.code, say=_plain(one.say)) for one in channel.because],
        ask=[QuestionOut(fact=one.fact, ask=_plain(one.ask)) for one in channel.ask],
        deadline=_day(channel.deadline), answer_due=_day(channel.answer_due), opens=channel.opens,
        verified=channel.verified,
    )  # fmt: skip
