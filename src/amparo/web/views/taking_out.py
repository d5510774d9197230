"""Giving a case out: for what, to whom, how much of who it is, and in which format."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amparo.casework.actions import taking_out as acts
from amparo.casework.consent import Recipient, consent_words, require_consent
from amparo.casework.permissions import cases_for, require
from amparo.errors import ConsentMissing, IdentityKept, NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import told
from amparo.web.words import WORDS


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """The one page by which a case leaves in a format; what the gate refuses is told above the form."""
    require(request.user, "export")
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed(verb="export")
    language, sent, refused = request.user.language, request.POST, ""
    if request.method == "POST":
        today = timezone.localdate()
        recipient = Recipient(sent.get("recipient", ""), sent.get("named", "").strip())
        try:
            permit = require_consent(
                case, purpose=sent.get("purpose", ""), recipient=recipient, identity=sent.get("identity", ""), on=today
            )
            parcel = acts.take_out(case.pk, sent.get("format", ""), permit=permit, by=request.user)
        except ConsentMissing as problem:
            refused = told(problem, language)
        except IdentityKept:
            refused = WORDS["kept-back"][language]
        else:
            response = HttpResponse(parcel.data, content_type=parcel.media_type)
            response["Content-Disposition"] = f'attachment; filename="{parcel.name}"'
            return response
    return render(
        request, "desk/take_out.html",
        {"case": case, "consent_words": consent_words(), "formats": list(acts.KINDS), "entered": sent,
         "refused": refused, "agreed": case.consents.filter(withdrawn_at__isnull=True).exists()},
        status=422 if refused else 200,
    )  # fmt: skip
