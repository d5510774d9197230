"""Closing a case and opening it again, and holding it: what is held is not shredded."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.models import Case, User
from amparo.casework.permissions import Verb, cases_for, require
from amparo.errors import NotAllowed, ReasonMissing, Shredded


@transaction.atomic
def close(case_id: int, *, by: User, reason: str) -> Case:
    """Close a case, saying why; its days are counted no more.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ReasonMissing: no reason is given.
    """
    case = _mine(case_id, by, "close-case", reason)
    if case.closed_at is None:
        case.closed_at, case.closed_because = timezone.now(), reason.strip()
        case.save(update_fields=["closed_at", "closed_because"])
        seal("case.closed", by=by, team=case.team, subject=f"case:{case.pk}", details={})
    return case


@transaction.atomic
def reopen(case_id: int, *, by: User, reason: str) -> Case:
    """Open a closed case again, saying why.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ReasonMissing: no reason is given.
        Shredded: nothing is left to work on.
    """
    case = _mine(case_id, by, "close-case", reason)
    if case.shredded_at is not None:
        raise Shredded
    if case.closed_at is not None:
        case.closed_at, case.closed_because = None, reason.strip()
        case.save(update_fields=["closed_at", "closed_because"])
        seal("case.reopened", by=by, team=case.team, subject=f"case:{case.pk}", details={})
    return case


@transaction.atomic
def hold(case_id: int, *, by: User, reason: str) -> Case:
    """Put a case under a legal hold: neither it nor a document in it may be shredded.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ReasonMissing: no reason is given.
        Shredded: nothing is left to hold.
    """
    case = _mine(case_id, by, "hold-case", reason)
    if case.shredded_at is not None:
        raise Shredded
    if case.held_at is None:
        case.held_at, case.held_because = timezone.now(), reason.strip()
        case.save(update_fields=["held_at", "held_because"])
        seal("case.held", by=by, team=case.team, subject=f"case:{case.pk}", details={})
    return case


@transaction.atomic
def lift_hold(case_id: int, *, by: User, reason: str) -> Case:
    """Lift a legal hold, saying why.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ReasonMissing: no reason is given.
    """
    case = _mine(case_id, by, "hold-case", reason)
    if case.held_at is not None:
        case.held_at, case.held_because = None, reason.strip()
        case.save(update_fields=["held_at", "held_because"])
        seal("case.hold-lifted", by=by, team=case.team, subject=f"case:{case.pk}", details={})
    return case


def _mine(case_id: int, by: User, verb: Verb, reason: str) -> Case:
    require(by, verb)
    case = cases_for(by).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb=verb)
    if not reason.strip():
        raise ReasonMissing
    return case
