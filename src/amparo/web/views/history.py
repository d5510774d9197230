"""The history of a team: who did what, who looked at what."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from amparo.casework.models import HistoryLine
from amparo.casework.permissions import require
from amparo.web.sitting import Sitting, signed_in


@signed_in
def show(request: Sitting) -> HttpResponse:
    """The latest lines of the team, a hundred at a time."""
    require(request.user, "see-history")
    rows = HistoryLine.objects.filter(team_id=request.user.membership.team_id).order_by("-number")
    who = request.GET.get("who", "").strip()
    if who:
        rows = rows.filter(who=who)
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    return render(request, "desk/history.html", {"page": page, "who": who})
