"""A person's own tokens for programs."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from amparo.casework.actions import tokens as acts
from amparo.casework.permissions import require
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS

DAYS = (7, 30, 90, 365)


@signed_in
def show(request: Sitting) -> HttpResponse:
    """The tokens, with the day each was last used."""
    require(request.user, "make-token")
    context = {"tokens": request.user.tokens.all(), "days": DAYS, "now": timezone.now()}
    return render(request, "desk/office/tokens.html", context)


@signed_in
@require_POST
@never_cache
def make(request: Sitting) -> HttpResponse:
    """Make a token and show its secret, once."""
    name, days = request.POST.get("name", "").strip(), request.POST.get("days", "")
    if not name:
        messages.error(request, WORDS["token-name-needed"][request.user.language])
        return redirect("tokens")
    until = timezone.now() + dt.timedelta(days=int(days)) if days in {str(n) for n in DAYS} else None
    made = acts.make_token(name, by=request.user, until=until)
    return render(request, "desk/office/token.html", {"token": made.token, "secret": made.secret})


@signed_in
@require_POST
def revoke(request: Sitting, pk: int) -> HttpResponse:
    """Take a token back at once."""
    acts.revoke_token(pk, by=request.user)
    messages.success(request, WORDS["kept"][request.user.language])
    return redirect("tokens")
