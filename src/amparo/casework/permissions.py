"""Who may do what: one table, asked by every action and every page."""

from __future__ import annotations

from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from amparo.casework.models import Case, CaseAccess, Document, Membership, User
from amparo.errors import NotAllowed

Verb = Literal[
    "see-documents", "receive", "decide", "correct-reading", "see-cases", "open-case", "edit-case", "restrict-case",
    "see-history", "export", "manage-team", "break-glass", "approve-paper", "approve-release",
]  # fmt: skip
TABLE: dict[str, frozenset[Verb]] = {
    "intake": frozenset({"see-documents", "receive"}),
    "caseworker": frozenset(
        {"see-documents", "receive", "decide", "correct-reading", "see-cases", "open-case", "edit-case", "export",
         "break-glass", "approve-paper"}
    ),
    "supervisor": frozenset(
        {"see-documents", "receive", "decide", "correct-reading", "see-cases", "open-case", "edit-case",
         "restrict-case", "see-history", "export", "manage-team", "break-glass", "approve-paper",
         "approve-release"}
    ),
    "viewer": frozenset({"see-documents", "see-cases"}),
    "auditor": frozenset({"see-history"}),
}  # fmt: skip
"""What each role may do. A role not named here may do nothing."""


def role_of(user: User) -> str | None:
    """Somebody's role in their team; nothing for an account without one."""
    membership = Membership.objects.filter(user=user).first() if user.is_authenticated and user.is_active else None
    return membership.role if membership is not None else None


def may(user: User, verb: Verb) -> bool:
    """Whether somebody may do a thing at all, whatever it is done to."""
    return verb in TABLE.get(role_of(user) or "", frozenset())


def require(user: User, verb: Verb) -> None:
    """Refuse what somebody may not do.

    Raises:
        NotAllowed: their role does not allow it.
    """
    if not may(user, verb):
        raise NotAllowed(verb=verb)


def documents_for(user: User) -> QuerySet[Document]:
    """The documents somebody may see: their team's, less those that lie only in cases closed to them."""
    if not may(user, "see-documents"):
        return Document.objects.none()
    team = user.membership.team_id
    mine = Document.objects.filter(team_id=team)
    hidden = Case.objects.filter(team_id=team, restricted=True).exclude(pk__in=_granted(user))
    return mine.exclude(Q(links__case__in=hidden) & ~Q(links__case__in=cases_for(user)))


def cases_for(user: User) -> QuerySet[Case]:
    """The cases somebody may see: their team's, the restricted ones only when they were let in."""
    if not may(user, "see-cases"):
        return Case.objects.none()
    return Case.objects.filter(team_id=user.membership.team_id).filter(Q(restricted=False) | Q(pk__in=_granted(user)))


def _granted(user: User) -> QuerySet[CaseAccess, dict[str, int]]:
    now = timezone.now()
    return (
        CaseAccess.objects.filter(user=user).filter(Q(until__isnull=True) | Q(until__gt=now)).values("case_id")  # type: ignore[return-value]
    )
