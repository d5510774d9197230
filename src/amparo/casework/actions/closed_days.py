"""Closed days of a team's own: kept, and taken out again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.models import TeamClosedDay, User
from amparo.casework.permissions import require
from amparo.errors import IncompleteEntry, NotAllowed
from amparo.rules import load_rules


@transaction.atomic
def close_day(calendar: str, day: dt.date, *, name: str, by: User, sure: bool = False) -> TeamClosedDay:
    """Keep a closed day for the team; every day of its cases is counted with it from now on.

    Args:
        calendar: of the rulebook.
        day: the day.
        name: why the office is closed.
        by: who keeps it.
        sure: whether somebody read the order; until then the person's time runs on through that day.

    Raises:
        NotAllowed: their role may not.
        IncompleteEntry: there is no such calendar, no name is given, or the day stands there already.
    """
    require(by, "manage-team")
    if calendar not in load_rules().calendars:
        raise IncompleteEntry(field="calendar")
    if not name.strip():
        raise IncompleteEntry(field="name")
    team = by.membership.team
    if TeamClosedDay.objects.filter(team=team, calendar=calendar, day=day, removed_at__isnull=True).exists():
        raise IncompleteEntry("This day stands in the calendar already.", field="day")
    row = TeamClosedDay.objects.create(
        team=team, calendar=calendar, day=day, name=name.strip()[:120], sure=sure, by=by, at=timezone.now()
    )
    seal(
        "closed-day.kept", by=by, team=team, subject=f"closed-day:{row.pk}",
        details={"calendar": calendar, "day": day.isoformat(), "sure": sure},
    )  # fmt: skip
    return row


@transaction.atomic
def reopen_day(closed_day_id: int, *, by: User) -> TeamClosedDay:
    """Take a closed day of the team's own out again; the row stays with who took it out.

    Raises:
        NotAllowed: their role may not, or it is not their team's.
    """
    require(by, "manage-team")
    row = TeamClosedDay.objects.select_for_update().filter(
        pk=closed_day_id, team=by.membership.team, removed_at__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise NotAllowed(verb="manage-team")
    row.removed_at, row.removed_by = timezone.now(), by
    row.save(update_fields=["removed_at", "removed_by"])
    seal(
        "closed-day.taken-out", by=by, team=row.team, subject=f"closed-day:{row.pk}",
        details={"calendar": row.calendar, "day": row.day.isoformat()},
    )  # fmt: skip
    return row
