"""How a date of a case came about, on a page to read, keep or print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.permissions import cases_for, may
from amparo.errors import NotAllowed
from amparo.rules import find_channels
from amparo.rules.explain import explain
from amparo.web.sitting import Sitting, signed_in


@signed_in
def show(request: Sitting, pk: int, step: str) -> HttpResponse:
    """The working of a step's days, line by line; looking at it is a line of history."""
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed
    rulebook = rulebook_of(case.team_id)
    facts = facts_of(case, rulebook)
    doors = [door for door in find_channels(facts, rulebook, today=timezone.localdate()) if door.step == step]
    told = [
        page
        for door in doors
        for authority in (False, True)
        if (page := explain(door, facts, rulebook, authority=authority)) is not None
    ]
    if not told:
        raise NotAllowed
    seal("case.date-explained", by=request.user, team=case.team, subject=f"case:{case.pk}", details={"step": step})
    return render(
        request, "desk/why.html",
        {"case": case, "told": told, "today": timezone.localdate(), "digest": rulebook.digest,
         "may_export": may(request.user, "export")},
    )  # fmt: skip
