"""The one place where what a case holds goes out to a program; whatever guards what leaves the house stands here."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from amparo.casework.consent import TEAM, require_consent
from amparo.casework.history import seal
from amparo.casework.models import Case
from amparo.casework.permissions import cases_for
from amparo.errors import NotAllowed
from amparo.web.api.entry import person_of, token_of


def case_going_out(request: HttpRequest, number: int, *, kind: str, **details: object) -> Case:
    """A case whose content is about to go out: the person's to see, and written down before anything is told.

    Args:
        request: who asks, by which token.
        number: which case.
        kind: what is done, for the history.
        details: of it, identifiers only.

    Raises:
        NotAllowed: there is no such case for them.
        ConsentMissing: the gate is shut, or cannot be sure.
    """
    person = person_of(request)
    case = cases_for(person).filter(pk=number).first()
    if case is None:
        raise NotAllowed
    permit = require_consent(case, purpose="work", recipient=TEAM, identity="full", on=timezone.localdate())
    told = {**details, "token": token_of(request).pk, **permit.told()}
    seal(kind, by=person, team=case.team, subject=f"case:{case.pk}", details=told)
    return case
