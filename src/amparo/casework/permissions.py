"""Who may do what: one table, asked by every action and every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from amparo.casework.models import Case, CaseAccess, CaseDocument, Document, Membership, User
from amparo.errors import NotAllowed

Verb = Literal[
    "see-documents", "receive", "decide", "correct-reading", "see-cases", "open-case", "edit-case", "restrict-case",
    "close-case", "hold-case", "give-access", "break-glass", "acknowledge-glass", "see-history", "export",
    "export-history", "see-office", "manage-team", "ask-shredding", "confirm-shredding", "make-token",
    "approve-paper", "approve-release",
]  # fmt: skip
TABLE: dict[str, frozenset[Verb]] = {
    "intake": frozenset({"see-documents", "receive", "make-token"}),
    "caseworker": frozenset(
        {"see-documents", "receive", "decide", "correct-reading", "see-cases", "open-case", "edit-case", "close-case",
         "export", "break-glass", "ask-shredding", "make-token", "approve-paper"}
    ),
    "supervisor": frozenset(
        {"see-documents", "receive", "decide", "correct-reading", "see-cases", "open-case", "edit-case",
         "restrict-case", "close-case", "hold-case", "give-access", "break-glass", "acknowledge-glass", "see-history",
         "export", "export-history", "see-office", "manage-team", "ask-shredding", "confirm-shredding", "make-token",
         "approve-paper", "approve-release"}
    ),
    "viewer": frozenset({"see-documents", "see-cases", "break-glass", "make-token"}),
    "auditor": frozenset({"see-history", "export-history", "see-office", "make-token"}),
}  # fmt: skip
"""What each role may do. A role not named here may do nothing."""
_SHUT: ContextVar[dict[int, list[int]] | None] = ContextVar("shut", default=None)


def role_of(user: User) -> str | None:
    """Somebody's role in their team; nothing for an account without one."""
    if not (user.is_authenticated and user.is_active):
        return None
    try:
        return str(user.membership.role)
    except Membership.DoesNotExist:
        return None


def team_of(user: User) -> int | None:
    """The number of somebody's team; nothing for an account without one."""
    return user.membership.team_id if role_of(user) else None


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
    return Document.objects.filter(seen_by(user))


def seen_by(user: User, path: str = "") -> Q:
    """The same rule as a condition on rows that lead to a document, so that a large office is read from its indexes.

    Args:
        user: who looks.
        path: from the row to its document, such as ``left__document``; nothing for documents themselves.
    """
    if not may(user, "see-documents"):
        return Q(pk__in=[])
    before = f"{path}__" if path else ""
    mine = Q(**{f"{before}team_id": user.membership.team_id})
    shut = _shut_to(user)
    return mine & ~Q(**{f"{before}pk__in": shut}) if shut else mine


@contextmanager
def one_look() -> Iterator[None]:
    """Within one look at the desk, that changes nothing, find out once which letters are shut to whoever looks."""
    token = _SHUT.set({})
    try:
        yield
    finally:
        _SHUT.reset(token)


def _shut_to(user: User) -> list[int]:
    """The letters of somebody's team that lie only in cases closed to them; few cases are restricted."""
    known = _SHUT.get()
    if known is not None and user.pk in known:
        return known[user.pk]
    hidden = Case.objects.filter(team_id=user.membership.team_id, restricted=True).exclude(pk__in=_granted(user))
    among = set(CaseDocument.objects.filter(case__in=hidden).values_list("document_id", flat=True))
    if among:
        elsewhere = CaseDocument.objects.filter(document__in=among, case__in=cases_for(user))
        among -= set(elsewhere.values_list("document_id", flat=True))
    shut = sorted(among)
    if known is not None:
        known[user.pk] = shut
    return shut


def cases_for(user: User) -> QuerySet[Case]:
    """The cases somebody may see: their team's, the restricted ones only when they were let in."""
    if not may(user, "see-cases"):
        return Case.objects.none()
    return Case.objects.filter(team_id=user.membership.team_id).filter(Q(restricted=False) | Q(pk__in=_granted(user)))


def _granted(user: User) -> QuerySet[CaseAccess, dict[str, int]]:
    now = timezone.now()
    return (
        CaseAccess.objects.filter(user=user, ended_at__isnull=True)
        .filter(Q(until__isnull=True) | Q(until__gt=now))
        .values("case_id")  # type: ignore[return-value]
    )
