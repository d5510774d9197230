"""What was done lately, for those who look at an empty queue."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count

from amparo.casework.models import HistoryLine, User

LATELY = dt.timedelta(days=7)
KINDS = {
    "read": ("reading.done",),
    "decided": ("note.accepted", "note.corrected", "note.rejected", "note.made"),
    "put": ("case.document-linked",),
    "sent": ("filing.sent", "filing.entered"),
    "answered": ("filing.response-recorded",),
}
"""What counts as what, by the kinds of the history's lines."""


def done_lately(user: User, *, now: dt.datetime) -> list[tuple[str, int]]:
    """How often each thing was done in a person's team in the last seven days; what was not done is left out.

    Args:
        user: who looks.
        now: until when.
    """
    lines = HistoryLine.objects.filter(team_id=user.membership.team_id, at__gt=now - LATELY, at__lte=now)
    lines = lines.filter(kind__in=[kind for kinds in KINDS.values() for kind in kinds]).order_by()
    counted = dict(lines.values_list("kind").annotate(n=Count("pk")))
    found = [(name, sum(counted.get(kind, 0) for kind in kinds)) for name, kinds in KINDS.items()]
    return [(name, number) for name, number in found if number]
