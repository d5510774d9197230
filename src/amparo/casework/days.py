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

AT_A_LOOK = 15
"""How many stale cases are counted anew while somebody waits for a page; the rest is the worker's."""
AT_A_TURN = 200
"""How many the worker counts between two looks at what else waits."""
_AT_ONCE = 50


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


def count(case: Case, *, today: dt.date, rulebook: Rulebook | None = None) -> tuple[Channel, ...]:
    """Count the days of a case and keep them; what was kept before goes.

    Args:
        case: which.
        today: the day on which the doors are looked at.
        rulebook: the team's; found when it is not given.

    Returns:
        Every door of the case.
    """
    book = rulebook if rulebook is not None else rulebook_of(case.team_id)
    return _count([case.pk], today=today, rulebook=book, days=closed_days(book))[case.pk]


@transaction.atomic
def _count(
    numbers: list[int], *, today: dt.date, rulebook: Rulebook, days: dict[str, ClosedDays]
) -> dict[int, tuple[Channel, ...]]:
    """Count several cases in one transaction; facts are entered only by those who hold the case, so none slips in."""
    book = book_of(rulebook)
    held = list(Case.objects.select_for_update().filter(pk__in=numbers).order_by("pk").prefetch_related("facts"))
    found: dict[int, tuple[Channel, ...]] = {}
    rows: list[DoorDay] = []
    for case in held:
        found[case.pk] = find_channels(facts_of(case, rulebook), rulebook, today=today, days=days)
        for row in running(found[case.pk]):
            row.case = case
            rows.append(row)
        case.counted_for, case.counted_book = today, book
        case.counted_fact = max((fact.pk for fact in case.facts.all()), default=0)
    DoorDay.objects.filter(case__in=numbers).delete()
    DoorDay.objects.bulk_create(rows, batch_size=500)
    Case.objects.bulk_update(held, ["counted_for", "counted_book", "counted_fact"])
    return found


def _count_all(cases: list[Case], *, today: dt.date, rulebook: Rulebook) -> None:
    """Count cases a few at a time, so that nobody else waits long to write."""
    days = closed_days(rulebook) if cases else {}
    numbers = [case.pk for case in cases]
    for start in range(0, len(numbers), _AT_ONCE):
        _count(numbers[start : start + _AT_ONCE], today=today, rulebook=rulebook, days=days)


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
    due = list(waiting.order_by("pk")[: most + 1])
    if not due:
        return 0
    _count_all(due[:most], today=today, rulebook=rulebook)
    return waiting.count() if len(due) > most else 0


def catch_up_teams(*, most: int = AT_A_TURN) -> int:
    """Count stale cases of every team anew, up to a number for each; what a worker does when no letter waits.

    Returns:
        How many cases were counted.
    """
    counted = 0
    today = timezone.localdate()
    for team in Team.objects.all():
        book = rulebook_of(team)
        waiting = stale(Case.objects.filter(team=team), today=today, rulebook=book)
        due = list(waiting.order_by("pk")[:most])
        _count_all(due, today=today, rulebook=book)
        counted += len(due)
    return counted
