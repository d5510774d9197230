"""Who may see a restricted case, and the glass that may be broken."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import access as acts
from amparo.casework.actions.cases import GLASS
from amparo.casework.models import Case, User
from amparo.casework.permissions import cases_for, may, require
from amparo.errors import NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS


def _restricted(request: Sitting) -> list[Case]:
    """Restricted cases of the team; whoever keeps the office knows their references, not whose they are."""
    now = timezone.now()
    standing = Q(access__ended_at__isnull=True) & (Q(access__until__isnull=True) | Q(access__until__gt=now))
    rows = Case.objects.filter(team_id=request.user.membership.team_id, restricted=True)
    return list(rows.annotate(let_in=Count("access__user", filter=standing, distinct=True)).order_by("-reference"))


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """Every restricted case, with how many were let in."""
    require(request.user, "see-office")
    mine = set(cases_for(request.user).values_list("pk", flat=True))
    return render(request, "desk/office/access.html", {"cases": _restricted(request), "mine": mine})


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """One restricted case: who may see it, from whom, until when and why."""
    require(request.user, "see-office")
    case = next((case for case in _restricted(request) if case.pk == pk), None)
    if case is None:
        raise NotAllowed
    people = User.objects.filter(membership__team_id=case.team_id, is_active=True).exclude(pk=request.user.pk)
    return render(
        request, "desk/office/case_access.html",
        {
            "case": case, "mine": cases_for(request.user).filter(pk=pk).exists(), "now": timezone.now(),
            "rows": case.access.select_related("user", "given_by", "ended_by", "seen_by").order_by("-pk"),
            "people": people.exclude(membership__role="auditor").order_by("username"),
            "may_give": may(request.user, "give-access"), "today": timezone.localdate(),
        },
    )  # fmt: skip


@signed_in
@require_POST
def give(request: Sitting, pk: int) -> HttpResponse:
    """Let somebody in, until the end of a day or for as long as nobody takes it back."""
    require(request.user, "give-access")
    person, day = request.POST.get("person", ""), request.POST.get("until", "").strip()
    if not person.isdecimal():
        raise NotAllowed
    until = None
    if day:
        try:
            until = timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day), dt.time.max))
        except ValueError:
            messages.error(request, WORDS["day-wrong"][request.user.language])
            return redirect("office-case-access", pk=pk)
    acts.give_access(pk, int(person), by=request.user, reason=request.POST.get("reason", ""), until=until)
    messages.success(request, WORDS["kept"][request.user.language])
    return redirect("office-case-access", pk=pk)


@signed_in
@require_POST
def take(request: Sitting, pk: int) -> HttpResponse:
    """Take somebody's access back."""
    access = acts.take_access(pk, by=request.user)
    messages.success(request, WORDS["kept"][request.user.language])
    return redirect("office-case-access", pk=access.case_id)


@signed_in
@require_POST
def acknowledge(request: Sitting, pk: int) -> HttpResponse:
    """Take note that the glass was broken."""
    acts.acknowledge_glass(pk, by=request.user)
    messages.success(request, WORDS["kept"][request.user.language])
    return redirect("office")


@signed_in
def glass(request: Sitting) -> HttpResponse:
    """Break the glass: by a reference one knows, with a reason, seen by the supervisors."""
    require(request.user, "break-glass")
    told = User.objects.filter(
        membership__team_id=request.user.membership.team_id, membership__role="supervisor", is_active=True
    ).exclude(pk=request.user.pk)
    filled = {"reference": request.POST.get("reference", "").strip(), "reason": request.POST.get("reason", "").strip()}
    context = {"told": told.order_by("username"), "hours": int(GLASS.total_seconds() // 3600), **filled, "problem": ""}
    if request.method != "POST":
        return render(request, "desk/office/glass.html", context)
    if not filled["reason"]:
        return render(request, "desk/office/glass.html", {**context, "problem": "error-reason-missing"}, status=400)
    try:
        opened = acts.break_glass_of(filled["reference"], by=request.user, reason=filled["reason"])
    except NotAllowed:
        return render(request, "desk/office/glass.html", {**context, "problem": "glass-nothing"}, status=404)
    messages.warning(request, WORDS["glass-is-broken"][request.user.language].format(hours=context["hours"]))
    return redirect("case", pk=opened.case_id)
