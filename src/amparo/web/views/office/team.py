"""The office at a glance, its name, and how long closed cases are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from amparo.casework.actions import accounts
from amparo.casework.permissions import cases_for, may, require
from amparo.casework.retention import due_cases
from amparo.web.sitting import Sitting, signed_in
from amparo.web.waiting import asked_shreddings, broken_glass
from amparo.web.words import WORDS

LONGEST = 100


@signed_in
def overview(request: Sitting) -> HttpResponse:
    """What waits, and the doors to the rest."""
    require(request.user, "see-office")
    user = request.user
    return render(
        request, "desk/office/overview.html",
        {
            "glass": broken_glass(user),
            "shreddings": asked_shreddings(user),
            "open_to_me": set(cases_for(user).values_list("pk", flat=True)),
            "may_note": may(user, "acknowledge-glass"),
            "may_confirm": may(user, "confirm-shredding"),
            "may_manage": may(user, "manage-team"),
            "may_retain": may(user, "see-cases"),
        },
    )  # fmt: skip


@signed_in
def settings_of(request: Sitting) -> HttpResponse:
    """The team's name and how many years its closed cases are kept."""
    require(request.user, "manage-team")
    if request.method != "POST":
        return render(request, "desk/office/team.html", {"team": request.user.membership.team, "longest": LONGEST})
    language = request.user.language
    name, years = request.POST.get("name", "").strip()[:120], request.POST.get("keep_years", "").strip()
    if not name or (years and not (years.isdecimal() and 1 <= int(years) <= LONGEST)):
        messages.error(request, WORDS["team-wrong"][language])
        return redirect("office-team")
    accounts.change_team(name=name, keep_years=int(years) if years else None, by=request.user)
    messages.success(request, WORDS["kept"][language])
    return redirect("office-team")


@signed_in
def retention(request: Sitting) -> HttpResponse:
    """The closed cases whose time is over; nothing goes by itself."""
    require(request.user, "see-office")
    require(request.user, "see-cases")
    today = timezone.localdate()
    return render(
        request, "desk/office/retention.html",
        {"due": due_cases(request.user, today=today), "years": request.user.membership.team.keep_years},
    )  # fmt: skip
