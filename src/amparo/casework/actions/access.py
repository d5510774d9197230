"""Who may see a restricted case: letting in, taking back, breaking the glass, and taking note that it was broken."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from amparo.casework.actions.cases import break_glass
from amparo.casework.history import seal
from amparo.casework.models import Case, CaseAccess, User
from amparo.casework.permissions import cases_for, require
from amparo.errors import NotAllowed, ReasonMissing


@transaction.atomic
def restrict(case_id: int, *, by: User, restricted: bool) -> Case:
    """Restrict a case to those let in, or open it to the team again; whoever restricts it stays let in.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
    """
    require(by, "restrict-case")
    case = cases_for(by).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb="restrict-case")
    if case.restricted != restricted:
        if restricted and not _open_to(case, by):
            CaseAccess.objects.create(case=case, user=by, given_by=by, given_at=timezone.now())
        case.restricted = restricted
        case.save(update_fields=["restricted"])
        kind = "case.restricted" if restricted else "case.opened-to-team"
        seal(kind, by=by, team=case.team, subject=f"case:{case.pk}", details={})
    return case


@transaction.atomic
def give_access(case_id: int, user_id: int, *, by: User, reason: str, until: dt.datetime | None = None) -> CaseAccess:
    """Let somebody of the team see a restricted case.

    A supervisor may do this for a case closed to themselves, so that no case is ever lost with the one person who
    could see it; but nobody lets themselves in: that is what breaking the glass is for.

    Args:
        case_id: which case.
        user_id: who is let in.
        by: who lets them in.
        reason: why they need to know.
        until: when it ends; nothing for as long as nobody takes it back.

    Raises:
        NotAllowed: their role may not, or there is no such restricted case or person in their team.
        ReasonMissing: no reason is given.
    """
    case = _restricted(case_id, by)
    user = User.objects.filter(pk=user_id, membership__team_id=case.team_id, is_active=True).first()
    if user is None or user == by:
        raise NotAllowed(verb="give-access")
    if not reason.strip():
        raise ReasonMissing
    access = CaseAccess.objects.create(
        case=case, user=user, given_by=by, given_at=timezone.now(), until=until, reason=reason.strip()
    )
    details = {"person": user.pk, "until": until.isoformat() if until else ""}
    seal("case.access-given", by=by, team=case.team, subject=f"case:{case.pk}", details=details)
    return access


@transaction.atomic
def take_access(access_id: int, *, by: User) -> CaseAccess:
    """Take somebody's access back; the row stays and says so.

    Raises:
        NotAllowed: their role may not, or there is no such access in their team.
    """
    access = _access(access_id, by)
    if access.ended_at is None:
        access.ended_at, access.ended_by = timezone.now(), by
        access.save(update_fields=["ended_at", "ended_by"])
        seal("case.access-taken", by=by, team=access.case.team, subject=f"case:{access.case_id}",
             details={"person": access.user_id})  # fmt: skip
    return access


def break_glass_of(reference: str, *, by: User, reason: str) -> CaseAccess:
    """Look at a restricted case for a day by its reference, saying why; a try that found none is recorded too.

    Raises:
        NotAllowed: their role may not, or there is no such restricted case in their team.
        ReasonMissing: no reason is given.
    """
    require(by, "break-glass")
    if not reason.strip():
        raise ReasonMissing
    team = by.membership.team
    case = Case.objects.filter(team=team, reference=reference.strip(), restricted=True).first()
    if case is None:
        seal("case.glass-tried", by=by, team=team, subject=f"team:{team.pk}", details={})
        raise NotAllowed(verb="break-glass")
    return break_glass(case.pk, by=by, reason=reason)


@transaction.atomic
def acknowledge_glass(access_id: int, *, by: User) -> CaseAccess:
    """Take note that somebody broke the glass; until a supervisor does, the office shows it. Nobody notes their own.

    Raises:
        NotAllowed: their role may not, it was themselves, or no glass was broken so in their team.
    """
    require(by, "acknowledge-glass")
    found = CaseAccess.objects.select_for_update(of=("self",)).filter(
        pk=access_id, broke_glass=True, case__team_id=by.membership.team_id
    )
    access = found.exclude(user=by).first()
    if access is None:
        raise NotAllowed(verb="acknowledge-glass")
    if access.seen_at is None:
        access.seen_at, access.seen_by = timezone.now(), by
        access.save(update_fields=["seen_at", "seen_by"])
        seal("case.glass-acknowledged", by=by, team=access.case.team, subject=f"case:{access.case_id}",
             details={"person": access.user_id})  # fmt: skip
    return access


def _restricted(case_id: int, by: User) -> Case:
    require(by, "give-access")
    case = Case.objects.filter(pk=case_id, team_id=by.membership.team_id, restricted=True).first()
    if case is None:
        raise NotAllowed(verb="give-access")
    return case


def _access(access_id: int, by: User) -> CaseAccess:
    require(by, "give-access")
    rows = CaseAccess.objects.select_for_update(of=("self",)).select_related("case__team")
    access = rows.filter(pk=access_id, case__team_id=by.membership.team_id).first()
    if access is None:
        raise NotAllowed(verb="give-access")
    return access


def _open_to(case: Case, user: User) -> bool:
    return CaseAccess.objects.filter(case=case, user=user, ended_at__isnull=True, until__isnull=True).exists()
