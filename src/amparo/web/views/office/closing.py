"""How a case stands: closed, held, restricted, and the way to shredding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import access, closing
from amparo.casework.permissions import cases_for, may, require
from amparo.errors import NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS

_ACTS = {"close": closing.close, "reopen": closing.reopen, "hold": closing.hold, "lift": closing.lift_hold}


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """What may be done to the case as a whole by this person."""
    require(request.user, "close-case")
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed
    return render(
        request, "desk/office/standing.html",
        {
            "case": case,
            "may_hold": may(request.user, "hold-case"),
            "may_restrict": may(request.user, "restrict-case"),
            "may_give": may(request.user, "give-access"),
            "may_ask": may(request.user, "ask-shredding"),
            "asked": case.shreddings.filter(state="asked").first(),
        },
    )  # fmt: skip


@signed_in
@require_POST
def change(request: Sitting, pk: int, act: str) -> HttpResponse:
    """Close, reopen, hold, lift, restrict or open to the team."""
    if act in _ACTS:
        _ACTS[act](pk, by=request.user, reason=request.POST.get("reason", ""))
    elif act in ("restrict", "share"):
        access.restrict(pk, by=request.user, restricted=act == "restrict")
    else:
        raise NotAllowed
    messages.success(request, WORDS["kept"][request.user.language])
    return redirect("case-standing", pk=pk)
