"""Destroying a document or a closed case for good: one person asks, another confirms, and the history stays whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from amparo.casework import search, store
from amparo.casework.emptying import empty_case, empty_document, frozen_papers, released_of
from amparo.casework.history import seal
from amparo.casework.models import Case, Document, Shredding, Team, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.errors import NeedsAnother, NotAllowed, OnHold, ReasonMissing, Shredded, StillOpen


@transaction.atomic
def ask_for_document(document_id: int, *, by: User, reason: str) -> Shredding:
    """Ask that a document be shredded, with what came attached to it.

    Raises:
        NotAllowed: their role may not, or the document is not theirs to see.
        ReasonMissing: no reason is given.
        OnHold: it lies in a case under a legal hold.
        Shredded: it is gone already.
    """
    require(by, "ask-shredding")
    document = documents_for(by).filter(pk=document_id).first()
    if document is None:
        raise NotAllowed(verb="ask-shredding")
    if document.shredded_at is not None:
        raise Shredded
    _not_held(with_parts(document))
    return _ask(document.team, by, reason, document=document)


@transaction.atomic
def ask_for_case(case_id: int, *, by: User, reason: str) -> Shredding:
    """Ask that a closed case be shredded, with the documents that lie in no other case.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ReasonMissing: no reason is given.
        StillOpen: it is not closed.
        OnHold: it, or another case in which one of its documents lies, is under a legal hold.
        Shredded: it is gone already.
    """
    require(by, "ask-shredding")
    case = cases_for(by).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb="ask-shredding")
    _may_go(case)
    return _ask(case.team, by, reason, case=case)


def _ask(team: Team, by: User, reason: str, *, document: Document | None = None, case: Case | None = None) -> Shredding:
    if not reason.strip():
        raise ReasonMissing
    asked, new = Shredding.objects.get_or_create(
        team=team, document=document, case=case, state=Shredding.State.ASKED,
        defaults={"reason": reason.strip(), "asked_by": by, "asked_at": timezone.now()},
    )  # fmt: skip
    if new:
        seal("shredding.asked", by=by, team=team, subject=_subject(asked), details={"shredding": asked.pk})
    return asked


@transaction.atomic
def refuse(shredding_id: int, *, by: User) -> Shredding:
    """Refuse a shredding that was asked for, or take back one's own asking; nothing is destroyed.

    Raises:
        NotAllowed: their role may not, or nothing was asked so in their team.
    """
    asked = _asked(shredding_id, by)
    asked.state, asked.decided_by, asked.decided_at = Shredding.State.REFUSED, by, timezone.now()
    asked.save(update_fields=["state", "decided_by", "decided_at"])
    seal("shredding.refused", by=by, team=asked.team, subject=_subject(asked), details={"shredding": asked.pk})
    return asked


def confirm(shredding_id: int, *, by: User) -> Shredding:
    """Shred what another person asked for.

    The rows are emptied in one transaction, which says in the history by whom and of whom; then the bytes are
    destroyed. Should the machine stop in between, :func:`finish` destroys them when a worker next begins.

    Args:
        shredding_id: what was asked.
        by: who confirms; not who asked.

    Raises:
        NotAllowed: their role may not, or nothing was asked so in their team.
        NeedsAnother: they asked for it themselves.
        OnHold: it lies under a legal hold.
        StillOpen: the case was opened again.
    """
    with transaction.atomic():
        asked, frozen = _asked(shredding_id, by), list[str]()
        if asked.asked_by_id == by.pk:
            raise NeedsAnother
        now = timezone.now()
        if asked.case is not None:
            case = Case.objects.select_for_update().get(pk=asked.case.pk)
            _may_go(case)
            documents = list(documents_of_no_other(case))
            frozen = frozen_papers(case)
            empty_case(case, now)
        else:
            documents = [document for document in (asked.document,) if document is not None]
        gone: dict[int, Document] = {part.id: part for document in documents for part in with_parts(document)}
        if asked.document is not None:
            _not_held(gone.values())
        for document in gone.values():
            frozen += released_of(document)
            empty_document(document, now)
        asked.state, asked.decided_by, asked.decided_at = Shredding.State.DONE, by, now
        asked.save(update_fields=["state", "decided_by", "decided_at"])
        told = {"shredding": asked.pk, "asked-by": asked.asked_by.get_username(), "documents": len(gone)}
        seal("shredding.done", by=by, team=asked.team, subject=_subject(asked), details=told)
        for pk in gone:
            if asked.document_id != pk:
                seal("shredding.done", by=by, team=asked.team, subject=f"document:{pk}",
                     details={"shredding": asked.pk})  # fmt: skip
    for digest in (*frozen, *(document.digest for document in gone.values())):
        store.destroy(digest, team=asked.team_id)
    _wipe_log()
    return asked


def finish() -> int:
    """Destroy the bytes that were left when the machine stopped while shredding; how many that were."""
    papers = [
        (case.team_id, digest) for case in Case.objects.filter(shredded_at__isnull=False)
        for digest in frozen_papers(case) if (store.folder_for(case.team_id, digest) / digest).exists()
    ]  # fmt: skip
    for team, digest in papers:
        store.destroy(digest, team=team)
    left = [
        document for document in Document.objects.filter(shredded_at__isnull=False)
        if (store.folder_for(document.team_id, document.digest) / document.digest).exists()
        or store.derived_folder(document.team_id, document.digest).exists()
    ]  # fmt: skip
    for document in left:
        store.destroy(document.digest, team=document.team_id)
    if left or papers:
        _wipe_log()
    return len(left) + len(papers)


def with_parts(document: Document) -> list[Document]:
    """A document and what came attached to it, at any depth, that is not gone already."""
    found, fresh = [document], [document.pk]
    while fresh:
        parts = list(Document.objects.filter(part_of__in=fresh))
        found += parts
        fresh = [part.pk for part in parts]
    return [one for one in found if one.shredded_at is None]


def documents_of_no_other(case: Case) -> QuerySet[Document]:
    """The documents that lie in this case and in no other that still stands."""
    others = Case.objects.filter(shredded_at__isnull=True).exclude(pk=case.pk)
    return Document.objects.filter(links__case=case, shredded_at__isnull=True).exclude(links__case__in=others)


def _may_go(case: Case) -> None:
    if case.shredded_at is not None:
        raise Shredded
    if case.held_at is not None:
        raise OnHold
    if case.closed_at is None:
        raise StillOpen
    _not_held(part for document in documents_of_no_other(case) for part in with_parts(document))


def _not_held(documents: Iterable[Document]) -> None:
    pks = [document.pk for document in documents]
    if Case.objects.filter(links__document__in=pks, held_at__isnull=False).exists():
        raise OnHold


def _asked(shredding_id: int, by: User) -> Shredding:
    require(by, "confirm-shredding")
    rows = Shredding.objects.select_for_update(of=("self",)).select_related("team", "asked_by")
    asked = rows.filter(pk=shredding_id, team_id=by.membership.team_id, state=Shredding.State.ASKED).first()
    if asked is None:
        raise NotAllowed(verb="confirm-shredding")
    return asked


def _subject(asked: Shredding) -> str:
    return f"document:{asked.document_id}" if asked.document_id else f"case:{asked.case_id}"


def _wipe_log() -> None:
    """Take what was emptied out of the database's own files too, as far as it lets itself be told to.

    SQLite overwrites freed places (``secure_delete``) once its log is folded in; PostgreSQL frees them by a vacuum.
    """
    search.wipe()
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in ("reading", "note", "decision", "document", "case", "casefact", "caseaccess"):
            cursor.execute(f"VACUUM casework_{table}")
