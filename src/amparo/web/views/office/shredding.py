"""Asking for shredding, and what another supervisor answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import shredding as acts
from amparo.casework.models import Shredding
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.errors import NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.waiting import asked_shreddings
from amparo.web.words import WORDS

PAGE = 50
_SAID = {"confirm": WORDS["shredding-confirmed"], "refuse": WORDS["shredding-refused"]}


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """What was asked for, and what came of each."""
    require(request.user, "see-office")
    user = request.user
    decided = Shredding.objects.filter(team_id=user.membership.team_id).exclude(state=Shredding.State.ASKED)
    page = Paginator(decided.select_related("asked_by", "decided_by"), PAGE).get_page(request.GET.get("page"))
    asked = asked_shreddings(user)
    shown = [*asked, *page]
    documents = documents_for(user).filter(pk__in=[one.document_id for one in shown if one.document_id])
    cases = cases_for(user).filter(pk__in=[one.case_id for one in shown if one.case_id])
    return render(
        request, "desk/office/shredding.html",
        {
            "asked": asked, "page": page, "may_confirm": may(user, "confirm-shredding"),
            "documents": set(documents.values_list("pk", flat=True)), "cases": set(cases.values_list("pk", flat=True)),
        },
    )  # fmt: skip


@signed_in
@require_POST
def decide(request: Sitting, pk: int, verdict: str) -> HttpResponse:
    """Confirm or refuse what another person asked for."""
    require(request.user, "confirm-shredding")
    if verdict == "confirm":
        acts.confirm(pk, by=request.user)
    elif verdict == "refuse":
        acts.refuse(pk, by=request.user)
    else:
        raise NotAllowed
    messages.success(request, _SAID[verdict][request.user.language])
    return redirect("office-shredding")


@signed_in
def ask_document(request: Sitting, pk: int) -> HttpResponse:
    """Ask that a document be shredded: what goes, what stays, who confirms."""
    require(request.user, "ask-shredding")
    document = documents_for(request.user).filter(pk=pk, shredded_at__isnull=True).first()
    if document is None:
        raise NotAllowed
    if request.method == "POST":
        acts.ask_for_document(pk, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, WORDS["shredding-asked"][request.user.language])
        return redirect("document", pk=pk)
    parts = acts.with_parts(document)[1:]
    asked = document.shreddings.filter(state=Shredding.State.ASKED).first()
    held = cases_for(request.user).filter(links__document=document, held_at__isnull=False)
    context = {"document": document, "parts": parts, "asked": asked, "held": held}
    return render(request, "desk/office/shred.html", context)


@signed_in
def ask_case(request: Sitting, pk: int) -> HttpResponse:
    """Ask that a closed case be shredded."""
    require(request.user, "ask-shredding")
    case = cases_for(request.user).filter(pk=pk, shredded_at__isnull=True).first()
    if case is None:
        raise NotAllowed
    if request.method == "POST":
        acts.ask_for_case(pk, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, WORDS["shredding-asked"][request.user.language])
        return redirect("case-standing", pk=pk)
    parts = [part for document in acts.documents_of_no_other(case) for part in acts.with_parts(document)]
    asked = case.shreddings.filter(state=Shredding.State.ASKED).first()
    held = [case] if case.held_at is not None else []
    return render(request, "desk/office/shred.html", {"case": case, "parts": parts, "asked": asked, "held": held})
