"""The team's days: week by week, or a month at a glance."""

from __future__ import annotations

import calendar
import datetime as dt
from itertools import groupby
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amparo.casework import days
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseFact, DoorDay, Filing, User
from amparo.casework.permissions import cases_for, may, require
from amparo.domain.law import Bilingual
from amparo.domain.rulebook import Rulebook
from amparo.rules.places import places
from amparo.web.sitting import Sitting, signed_in

PAGE = 100
IN_A_CELL = 3
IN_A_MONTH = 600


class Cell(NamedTuple):
    """A day of a month with what falls on it; ``more`` were left out for want of room."""

    day: dt.date
    inside: bool
    rows: list[DoorDay]
    more: int


class Chosen(NamedTuple):
    """What somebody chose to see."""

    cases: str
    side: str
    procedure: str
    view: str
    month: dt.date
    since: dt.date | None


def cases_of(user: User, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these cases, those somebody opened, entered facts in, or wrote a paper for."""
    facts = CaseFact.objects.filter(case=OuterRef("pk"), by=user)
    papers = Filing.objects.filter(case=OuterRef("pk"), author=user)
    return cases.filter(Q(opened_by=user) | Q(Exists(facts)) | Q(Exists(papers)))


def titles_of(rulebook: Rulebook) -> dict[str, Bilingual]:
    """What each step is called."""
    return {step: found[-1].step.title for step, found in places(rulebook).items()}


@signed_in
def show(request: Sitting) -> HttpResponse:
    """Every running day of every open case somebody may see: what must be filed, and what the authorities owe."""
    require(request.user, "see-cases")
    today, book = timezone.localdate(), rulebook_of(request.user.membership.team_id)
    every = cases_for(request.user)
    waiting = days.catch_up(every, today=today, rulebook=book)
    chosen = _chosen(request, today)
    cases = cases_of(request.user, every) if chosen.cases == "mine" else every
    rows = DoorDay.objects.filter(case__in=days.fresh(cases, today=today, rulebook=book).values("pk"))
    procedures = sorted(rows.order_by().values_list("procedure", flat=True).distinct())
    if chosen.side != "all":
        rows = rows.filter(whose="person" if chosen.side == "ours" else "authority")
    if chosen.procedure:
        rows = rows.filter(procedure=chosen.procedure)
    rows = rows.select_related("case").order_by("last", "case__reference", "step")
    newest = {name: book.wordings(name)[-1].title for name in procedures if book.wordings(name)}
    told: dict[str, Any] = {
        "today": today, "chosen": chosen, "waiting": waiting, "titles": titles_of(book),
        "procedures": list(newest.items()), "may_suppose": may(request.user, "manage-team"),
        "may_export": may(request.user, "export"),
    }  # fmt: skip
    if chosen.view == "month":
        return render(request, "desk/deadlines_month.html", told | _month(rows, chosen.month))
    if chosen.since is not None:
        rows = rows.filter(last__gte=chosen.since)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    weeks = [
        (monday, list(found))
        for monday, found in groupby(page, key=lambda row: row.last - dt.timedelta(days=row.last.weekday()))
    ]
    return render(request, "desk/deadlines.html", told | {"weeks": weeks, "page": page})


def _chosen(request: Sitting, today: dt.date) -> Chosen:
    asked = request.GET

    def one_of(name: str, *values: str) -> str:
        return asked[name] if asked.get(name) in values else values[0]

    try:
        month = dt.date.fromisoformat(f"{asked.get('month', '')}-01")
    except ValueError:
        month = today.replace(day=1)
    try:
        since = dt.date.fromisoformat(asked.get("since", ""))
    except ValueError:
        since = None
    return Chosen(
        one_of("cases", "all", "mine"), one_of("side", "all", "ours", "theirs"), asked.get("procedure", ""),
        one_of("view", "weeks", "month"), month, since,
    )  # fmt: skip


def _month(rows: QuerySet[DoorDay], month: dt.date) -> dict[str, Any]:
    grid = calendar.Calendar().monthdatescalendar(month.year, month.month)
    found = list(rows.filter(last__gte=grid[0][0], last__lte=grid[-1][-1])[: IN_A_MONTH + 1])
    by_day = {day: list(those) for day, those in groupby(found[:IN_A_MONTH], key=lambda row: row.last)}
    weeks = [
        [
            Cell(day, day.month == month.month, by_day.get(day, [])[:IN_A_CELL],
                 max(0, len(by_day.get(day, [])) - IN_A_CELL))
            for day in week
        ]
        for week in grid
    ]  # fmt: skip
    return {
        "weeks": weeks,
        "month": month,
        "before": (month - dt.timedelta(days=1)).replace(day=1),
        "after": (month + dt.timedelta(days=32)).replace(day=1),
        "cut": found[IN_A_MONTH].last if len(found) > IN_A_MONTH else None,
        "none": not found,
    }
