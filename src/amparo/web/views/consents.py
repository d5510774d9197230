"""What a person agreed to: shown in their case, recorded, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import consents as acts
from amparo.casework.consent import Recipient, consent_words, state_of
from amparo.casework.models import Case, Consent
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.errors import IncompleteEntry, NotAllowed, NotInThatState
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import day_given, number_given, told
from amparo.web.words import WORDS

SHAPES = {"given": "done", "not-yet": "later", "expired": "closed", "withdrawn": "closed"}


class Shown(NamedTuple):
    """A consent as the page shows it."""

    row: Consent
    state: str
    shape: str
    days_left: int | None


def part(case: Case) -> dict[str, Any]:
    """What the case page needs to show consents: the standing ones first."""
    today = timezone.localdate()
    rows = [_shown(row, today) for row in case.consents.select_related("evidence", "recorded_by", "withdrawn_by")]
    order = ("given", "not-yet", "expired", "withdrawn")
    return {
        "consents": sorted(rows, key=lambda one: (order.index(one.state), -one.row.pk)),
        "consent_words": consent_words(),
    }


def _shown(row: Consent, today: dt.date) -> Shown:
    state = state_of(row, on=today)
    left = (row.until - today).days if state == "given" and row.until is not None else None
    return Shown(row, state, SHAPES[state], left)


@signed_in
@require_POST
def record(request: Sitting, pk: int) -> HttpResponse:
    """Record what a person agreed to."""
    require(request.user, "edit-case")
    sent = request.POST
    language = request.user.language
    kinds = sent.getlist("recipients")
    named = sent.get("named", "").strip()
    try:
        given = day_given(sent.get("given", ""))
        if given is None:
            raise IncompleteEntry(field="given")
        acts.record_consent(
            pk, purpose=sent.get("purpose", ""), identity=sent.get("identity", ""), given=given,
            recipients=[Recipient(kind, named if len(kinds) == 1 else "") for kind in kinds],
            until=day_given(sent.get("until", "")), evidence=number_given(sent.get("evidence", "")),
            noted=sent.get("noted", ""), by=request.user,
        )  # fmt: skip
    except IncompleteEntry as problem:
        messages.error(request, told(problem, language))
        return _again(request, pk)
    messages.success(request, WORDS["consent-kept"][language])
    return redirect(f"/cases/{pk}/#consents")


def _again(request: Sitting, pk: int) -> HttpResponse:
    """The form once more, with what was written in it."""
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed
    return render(
        request, "desk/consent_new.html",
        {
            "case": case, "consent_words": consent_words(), "today": timezone.localdate(), "entered": request.POST,
            "entered_kinds": request.POST.getlist("recipients"),
            "documents": documents_for(request.user).filter(links__case=case).order_by("-received_at"),
        },
        status=422,
    )  # fmt: skip


@signed_in
@require_POST
def withdraw(request: Sitting, pk: int, consent: int) -> HttpResponse:
    """Take a consent back, with a reason; it is final."""
    language = request.user.language
    try:
        acts.withdraw_consent(consent, reason=request.POST.get("reason", ""), by=request.user)
    except (IncompleteEntry, NotInThatState) as problem:
        messages.error(request, told(problem, language))
    else:
        messages.success(request, WORDS["consent-taken-back"][language])
    return redirect(f"/cases/{pk}/#consents")
