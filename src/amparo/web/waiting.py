"""What waits in the office for somebody: glass that was broken, shredding that was asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from amparo.casework.models import CaseAccess, Shredding, User
from amparo.casework.permissions import may


def broken_glass(user: User) -> QuerySet[CaseAccess]:
    """Broken glass of the team of which no supervisor took note yet."""
    rows = CaseAccess.objects.filter(case__team_id=user.membership.team_id, broke_glass=True, seen_at__isnull=True)
    return rows.select_related("case", "user").order_by("-given_at")


def asked_shreddings(user: User) -> QuerySet[Shredding]:
    """Shreddings asked for in the team and not decided yet."""
    rows = Shredding.objects.filter(team_id=user.membership.team_id, state=Shredding.State.ASKED)
    return rows.select_related("case", "document", "asked_by")


def waiting_for(user: User) -> int:
    """How much of it waits for this person: nobody takes note of their own glass or confirms their own asking."""
    count = 0
    if may(user, "acknowledge-glass"):
        count += broken_glass(user).exclude(user=user).count()
    if may(user, "confirm-shredding"):
        count += asked_shreddings(user).exclude(asked_by=user).count()
    return count
