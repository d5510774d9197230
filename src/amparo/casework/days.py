"""The days of every case, kept ready for lists: counted anew when facts, law or the day change, never shown stale."""

from __future__ import annotations

import datetime as dt
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from amparo.casework.facts import facts_of
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseFact, DoorDay, Team
from amparo.domain.remedies import Channel
from amparo.domain.rulebook import Rulebook
from amparo.rules import find_channels
from amparo.rules.calendars import ClosedDays
from amparo.rules.places import closed_days

AT_A_LOOK = 200
"""How many stale cases are counted anew while somebody waits for a page; the rest is the worker's."""


def book_of(rulebook: Rulebook) -> str:
    """What a count rests on besides the facts: the law, and the version of amparo that counted."""
    return sha256(f"{rulebook.digest}{_version()}".encode()).hexdigest()


@cache
def _version() -> str:
    try:
        return version("amparo")
    except PackageNotFoundError:
        return "0"


def running(channels: tuple[Channel, ...]) -> list[DoorDay]:
    """The days of a case that run: the person's of open doors, the authority's of doors that await an answer."""
    rows = []
    for channel in channels:
        due = channel.deadline if channel.state == "open" else channel.answer_due
        if channel.state in ("open", "pending") and due is not None:
            rows.append(
                DoorDay(procedure=channel.procedure, step=channel.step, state=channel.state, whose=due.whose,
                        last=due.last, safe=due.safe, send_by=due.send_by, certain=due.certain)
            )  # fmt: skip
    return rows


@transaction.atomic
def count(
    case: Case, *, today: dt.date, rulebook: Rulebook | None = None, days: dict[str, ClosedDays] | None = None
) -> tuple[Channel, ...]:
    """Count the days of a case and keep them; what was kept before goes.

    Args:
        case: which.
        today: the day on which the doors are looked at.
        rulebook: the team's; found when it is not given.
        days: closed days by calendar, to share between cases.

    Returns:
        Every door of the case.
    """
    held = Case.objects.select_for_update().get(pk=case.pk)
    book = rulebook if rulebook is not None else rulebook_of(held.team_id)
    latest = CaseFact.objects.filter(case=held).order_by("-id").values_list("id", flat=True).first() or 0
    channels = find_channels(facts_of(held, book), book, today=today, days=days)
    rows = running(channels)
    for row in rows:
        row.case = held
    DoorDay.objects.filter(case=held).delete()
    DoorDay.objects.bulk_create(rows)
    Case.objects.filter(pk=held.pk).update(counted_for=today, counted_book=book_of(book), counted_fact=latest)
    return channels


def fresh(cases: QuerySet[Case], *, today: dt.date, rulebook: Rulebook) -> QuerySet[Case]:
    """Of these cases, the open ones whose kept days are today's truth."""
    latest = CaseFact.objects.filter(case=OuterRef("pk")).order_by("-id").values("id")[:1]
    return (
        cases.filter(closed_at__isnull=True, counted_for=today, counted_book=book_of(rulebook))
        .annotate(latest_fact=Coalesce(Subquery(latest), Value(0)))
        .filter(counted_fact=F("latest_fact"))
    )


def stale(cases: QuerySet[Case], *, today: dt.date, rulebook: Rulebook) -> QuerySet[Case]:
    """Of these cases, the open ones whose kept days are not those of today's facts and law."""
    sound = fresh(cases, today=today, rulebook=rulebook).order_by().values("pk")
    return cases.filter(closed_at__isnull=True).exclude(pk__in=sound)


def catch_up(cases: QuerySet[Case], *, today: dt.date, rulebook: Rulebook, most: int = AT_A_LOOK) -> int:
    """Count stale cases anew, up to a number.

    Returns:
        How many are still stale.
    """
    waiting = stale(cases, today=today, rulebook=rulebook)
    todo = list(waiting.order_by("pk")[: most + 1])
    if not todo:
        return 0
    days = closed_days(rulebook)
    for case in todo[:most]:
        count(case, today=today, rulebook=rulebook, days=days)
    return waiting.count() if len(todo) > most else 0


def catch_up_teams(*, most: int = AT_A_LOOK) -> int:
    """Count stale cases of every team anew, up to a number for each; what a worker does when no letter waits.

    Returns:
        How many cases were counted.
    """
    counted = 0
    today = timezone.localdate()
    for team in Team.objects.all():
        book = rulebook_of(team)
        waiting = stale(Case.objects.filter(team=team), today=today, rulebook=book)
        todo = list(waiting.order_by("pk")[:most])
        days = closed_days(book) if todo else None
        for case in todo:
            count(case, today=today, rulebook=book, days=days)
        counted += len(todo)
    return counted
