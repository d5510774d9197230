"""What would move: a closed day more or less, or another limit, tried before anything is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import closed_days
from amparo.casework.facts import facts_of
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, TeamClosedDay
from amparo.casework.permissions import cases_for, require
from amparo.domain.dates import TimeLimit
from amparo.domain.law import Bilingual
from amparo.domain.remedies import Moved
from amparo.domain.rulebook import Rulebook
from amparo.errors import IncompleteEntry, UnknownRule
from amparo.rules.calendars import ClosedDays
from amparo.rules.recompute import recompute
from amparo.rules.supposed import LIMITS, with_closed_day, with_limit, without_closed_day
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import day_given, told
from amparo.web.views.deadlines import titles_of
from amparo.web.words import WORDS

UNITS = ("calendar day", "working day", "week", "month", "year")
SHOWN = 300


class Choice(NamedTuple):
    """A limit that can be changed, as a choice of the form."""

    value: str
    step: Bilingual
    which: str
    within: str


class Row(NamedTuple):
    """A day that would move."""

    case: Case
    title: Bilingual
    moved: Moved


@signed_in
def show(request: Sitting) -> HttpResponse:
    """Choose what to suppose, and see which days would move, with before and after; nothing is kept."""
    require(request.user, "manage-team")
    book, today = rulebook_of(request.user.membership.team_id), timezone.localdate()
    asked = request.GET
    shown: dict[str, Any] = {
        "calendars": list(book.calendars.values()), "limits": _limits(book, today), "units": UNITS, "asked": asked,
        "own": TeamClosedDay.objects.filter(team_id=request.user.membership.team_id, removed_at__isnull=True)
        .select_related("by"), "today": today,
    }  # fmt: skip
    if asked.get("suppose"):
        try:
            other = _supposed(asked.dict(), book, today)
        except (IncompleteEntry, UnknownRule, ValueError) as problem:
            words = told(problem, request.user.language) if isinstance(problem, IncompleteEntry) else ""
            messages.error(request, words or WORDS["supposed-nothing"][request.user.language])
        else:
            shown |= _moved(request, book, other, today)
    return render(request, "desk/supposed.html", shown)


def _supposed(asked: dict[str, str], book: Rulebook, today: dt.date) -> Rulebook:
    """The rulebook as the form supposes it.

    Raises:
        IncompleteEntry: something is not filled in, or the day is as supposed already.
        UnknownRule: there is no such calendar or limit.
        ValueError: the limit is none.
    """
    if asked["suppose"] == "limit":
        procedure, step, which = [*asked.get("limit", "").split("|"), "", ""][:3]
        if which not in LIMITS:
            raise IncompleteEntry(field="limit")
        count = asked.get("count", "")
        within = f"{count} {asked.get('unit', '')}{'' if count == '1' else 's'}"
        return with_limit(book, procedure, step, which, within, today=today)
    day, calendar = day_given(asked.get("day", "")), asked.get("calendar", "")
    if day is None or calendar not in book.calendars:
        raise IncompleteEntry(field="day")
    shut = ClosedDays(book.calendars[calendar]).why(day) is not None
    if asked["suppose"] == "open":
        if not shut:
            raise IncompleteEntry(field="open-already")
        return without_closed_day(book, calendar, day)
    if shut:
        raise IncompleteEntry(field="closed-already")
    name = asked.get("name", "").strip() or "?"
    return with_closed_day(book, calendar, day, name=name, sure=bool(asked.get("sure")), entered=today)


def _moved(request: Sitting, before: Rulebook, after: Rulebook, today: dt.date) -> dict[str, Any]:
    cases: QuerySet[Case] = cases_for(request.user).filter(closed_at__isnull=True).prefetch_related("facts")
    by_number = {str(case.pk): case for case in cases}
    facts = ((number, facts_of(case, before)) for number, case in by_number.items())
    titles = titles_of(after)
    rows = [
        Row(by_number[one.case], titles[one.step], one)
        for one in recompute(facts, before, after, today=today)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.moved.after or row.moved.before or dt.date.max, row.case.reference))
    return {
        "rows": rows[:SHOWN], "left_out": max(0, len(rows) - SHOWN), "looked": len(by_number),
        "touched": len({row.case.pk for row in rows}), "supposed": True,
    }  # fmt: skip


def _limits(book: Rulebook, today: dt.date) -> list[tuple[Bilingual, list[Choice]]]:
    """Every limit that can be changed, by procedure."""
    groups = []
    for name in sorted({procedure.id for procedure in book.procedures}):
        wording = book.in_force(name, today) or book.wordings(name)[-1]
        choices = []
        for step in wording.step:
            for which in LIMITS:
                rule = getattr(step, which)
                if rule is not None and _is_limit(rule.within):
                    choices.append(Choice(f"{name}|{step.id}|{which}", step.title, which, rule.within))
        if choices:
            groups.append((wording.title, choices))
    return groups


def _is_limit(within: str) -> bool:
    try:
        TimeLimit.parse(within)
    except ValueError:
        return False
    return True


@signed_in
@require_POST
def keep(request: Sitting) -> HttpResponse:
    """Keep a closed day for the team."""
    require(request.user, "manage-team")
    sent, language = request.POST, request.user.language
    try:
        day = day_given(sent.get("day", ""))
        if day is None:
            raise IncompleteEntry(field="day")
        closed_days.close_day(
            sent.get("calendar", ""), day, name=sent.get("name", ""), sure=bool(sent.get("sure")), by=request.user
        )
    except IncompleteEntry as problem:
        messages.error(request, told(problem, language))
    else:
        messages.success(request, WORDS["closed-day-kept"][language])
    return redirect("/deadlines/what-if/#own")


@signed_in
@require_POST
def reopen(request: Sitting, pk: int) -> HttpResponse:
    """Take a closed day of the team's own out again."""
    closed_days.reopen_day(pk, by=request.user)
    messages.success(request, WORDS["closed-day-out"][request.user.language])
    return redirect("/deadlines/what-if/#own")
