"""Recording what a detained person agrees to, and taking it back for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from amparo.casework.consent import Recipient, consent_words
from amparo.casework.history import seal
from amparo.casework.models import Consent, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.errors import IncompleteEntry, NotAllowed, NotInThatState


@transaction.atomic
def record_consent(
    case_id: int, *, purpose: str, recipients: Sequence[Recipient], identity: str, given: dt.date, by: User,
    until: dt.date | None = None, evidence: int | None = None, noted: str = "",
) -> Consent:  # fmt: skip
    """Record what a person agreed to; it is never edited afterwards.

    Args:
        case_id: whose.
        purpose: what for.
        recipients: to whom; a kind without a name means every one of that kind.
        identity: how much of who they are may be told.
        given: the day they agreed.
        by: who records it.
        until: the last day it holds.
        evidence: the document it stands on.
        noted: where there is no document, how it is known: "oral, by telephone, noted by …".

    Raises:
        NotAllowed: their role may not, or the case or the document is not theirs to see.
        IncompleteEntry: a code is not in the vocabulary, nobody is named, the days do not fit, or it rests on nothing.
    """
    require(by, "edit-case")
    case = cases_for(by).filter(pk=case_id).first()
    if case is None or (evidence is not None and not documents_for(by).filter(pk=evidence).exists()):
        raise NotAllowed(verb="edit-case")
    words = consent_words()
    if purpose not in {term.code for term in words.purpose}:
        raise IncompleteEntry(field="purpose")
    if not recipients or not {one.kind for one in recipients} <= {term.code for term in words.recipient}:
        raise IncompleteEntry(field="recipients")
    if words.level(identity) is None:
        raise IncompleteEntry(field="identity")
    if given > timezone.localdate():
        raise IncompleteEntry(field="given")
    if until is not None and until < given:
        raise IncompleteEntry(field="until")
    if evidence is None and not noted.strip():
        raise IncompleteEntry(field="evidence")
    row = Consent.objects.create(
        case=case, purpose=purpose, identity=identity, given=given, until=until, evidence_id=evidence,
        recipients=[{"kind": one.kind, "name": one.name.strip()[:200]} for one in recipients],
        noted=noted.strip(), recorded_by=by, recorded_at=timezone.now(),
    )  # fmt: skip
    seal(
        "consent.recorded", by=by, team=case.team, subject=f"case:{case.pk}",
        details={"consent": row.pk, "purpose": purpose, "identity": identity, "recipients": len(recipients)},
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_consent(consent_id: int, *, reason: str, by: User) -> Consent:
    """Take a consent back; what has not been sent stays here. It is final: agreeing anew is a new row.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        IncompleteEntry: no reason is given.
        NotInThatState: it was withdrawn already.
    """
    require(by, "edit-case")
    row = Consent.objects.select_for_update().filter(pk=consent_id, case__in=cases_for(by)).first()
    if row is None:
        raise NotAllowed(verb="edit-case")
    if row.withdrawn_at is not None:
        raise NotInThatState(state="withdrawn")
    if not reason.strip():
        raise IncompleteEntry(field="reason")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = timezone.now(), by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    seal("consent.withdrawn", by=by, team=row.case.team, subject=f"case:{row.case_id}", details={"consent": row.pk})
    return row
