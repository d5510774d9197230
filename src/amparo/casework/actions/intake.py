"""Receiving documents and reading them."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import suppress
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from amparo import reading
from amparo.casework import search, store
from amparo.casework.history import seal
from amparo.casework.models import Document, Reading, Team, User
from amparo.casework.permissions import documents_for, require
from amparo.casework.queue import settle
from amparo.errors import AmparoError, NotAllowed, Shredded

LEASE = dt.timedelta(minutes=10)
"""How long a worker may be silent over one reading before another takes it up."""
ATTEMPTS = 2


class Received(NamedTuple):
    """A document, and whether it was there already."""

    document: Document
    known: bool


def receive(data: bytes, *, name: str, by: User) -> Received:
    """Take in a document: the original is kept first, then the row, the line of history and the queued reading.

    Args:
        data: the bytes as received.
        name: the name it came under.
        by: who brings it.

    Raises:
        NotAllowed: their role may not.
        StoreFull: the original could not be kept; nothing was written.
        Shredded: this very file was shredded here; it is not taken in again.
    """
    require(by, "receive")
    return _take_in(data, name=name, team=by.membership.team, by=by, part_of=None)


def _take_in(data: bytes, *, name: str, team: Team, by: User | None, part_of: Document | None) -> Received:
    digest = hashlib.sha256(data).hexdigest()
    gone = Document.objects.filter(team=team, digest=digest, shredded_at__isnull=False).first()
    if gone is not None:
        seal("document.received-shredded", by=by, team=team, subject=f"document:{gone.pk}", details={"digest": digest})
        raise Shredded("This very file was shredded here, so it was not taken in again. The history says by whom.")
    store.keep(data, team=team.pk)
    with transaction.atomic():
        if part_of is not None and Document.objects.select_for_update().get(pk=part_of.pk).shredded_at is not None:
            if not Document.objects.filter(team=team, digest=digest).exists():
                store.destroy(digest, team=team.pk)
            raise Shredded
        document, made = Document.objects.get_or_create(
            team=team,
            digest=digest,
            defaults={
                "name": name[:255] or digest[:12],
                "media_type": _kind(data, name),
                "size": len(data),
                "received_at": timezone.now(),
                "received_by": by,
                "part_of": part_of,
            },
        )
        if made:
            Reading.objects.create(document=document, number=1, asked_at=timezone.now())
            search.index_document(document)
        kind = "document.received" if made else "document.received-again"
        seal(kind, by=by, team=team, subject=f"document:{document.pk}", details={"digest": digest, "size": len(data)})
    return Received(document, not made)


def _kind(data: bytes, name: str) -> str:
    try:
        return reading.detect(data, name=name)
    except AmparoError:
        return ""


def claim_next() -> Reading | None:
    """Take the next queued reading, or one whose worker has been silent too long; nothing when there is none."""
    now = timezone.now()
    with transaction.atomic():
        stale = Reading.objects.filter(state=Reading.State.READING, claimed_at__lt=now - LEASE)
        for lost in stale.select_for_update(skip_locked=True):
            if lost.attempts >= ATTEMPTS:
                _fail(
                    lost, code="worker-lost", message="The program reading this document died twice. Read it by hand."
                )
            else:
                lost.state = Reading.State.QUEUED
                lost.save(update_fields=["state"])
        queued = Reading.objects.filter(state=Reading.State.QUEUED).order_by("asked_at", "pk")
        found = queued.select_for_update(skip_locked=True).first()
        if found is None:
            return None
        found.state, found.claimed_at, found.attempts = Reading.State.READING, now, found.attempts + 1
        found.save(update_fields=["state", "claimed_at", "attempts"])
        return found


def release_claims() -> int:
    """Give back what a worker that is gone had claimed; called when a worker starts alone."""
    with transaction.atomic():
        return Reading.objects.filter(state=Reading.State.READING, attempts__lt=ATTEMPTS).update(
            state=Reading.State.QUEUED
        )


def _fail(one: Reading, *, code: str, message: str) -> None:
    one.state, one.error_code, one.error, one.done_at = Reading.State.FAILED, code, message, timezone.now()
    one.save(update_fields=["state", "error_code", "error", "done_at"])
    team = one.document.team
    seal("reading.failed", by=None, team=team, subject=f"document:{one.document_id}", details={"code": code})


def read_claimed(one: Reading) -> None:
    """Read a claimed document and write down what came of it, whole or not at all; attachments are taken in too."""
    from amparo.casework.notes import write_dossier
    from amparo.dossier import examine

    document = one.document
    try:
        data = store.fetch(document.digest, team=document.team_id)
        dossier = examine(data, name=document.name, today=timezone.localdate(document.received_at))
    except AmparoError as problem:
        with transaction.atomic():
            if _still_ours(one):
                _fail(one, code=problem.code, message=problem.message)
        return
    with transaction.atomic():
        if not _still_ours(one):
            return
        counts = write_dossier(one, dossier)
        seal(
            "reading.done", by=None, team=document.team, subject=f"document:{document.pk}",
            details={"reading": one.number, **counts},
        )  # fmt: skip
        settle(document)
    try:
        parts = list(reading.attachments(data))
    except AmparoError:
        parts = []
    for part in parts:
        with suppress(Shredded):
            _take_in(part.data, name=part.name, team=document.team, by=None, part_of=document)


def _still_ours(one: Reading) -> bool:
    """Whether nobody else took up this reading while we were at it; who did will write it, and we must not."""
    return (
        Reading.objects.select_for_update()
        .filter(pk=one.pk, state=Reading.State.READING, claimed_at=one.claimed_at, attempts=one.attempts)
        .first()
        is not None
    )


def read_again(document: Document, *, content: str, by: User) -> Reading:
    """Correct a transcription: a new reading with the corrected words; the old one and its notes stay.

    Raises:
        NotAllowed: their role may not, or the document is not theirs.
    """
    require(by, "correct-reading")
    if not documents_for(by).filter(pk=document.pk).exists():
        raise NotAllowed(verb="correct-reading")
    if document.shredded_at is not None:
        raise Shredded
    from amparo.casework.notes import write_correction

    with transaction.atomic():
        made, lost = write_correction(document, content, by)
        seal(
            "reading.corrected", by=by, team=document.team, subject=f"document:{document.pk}",
            details={"reading": made.number, "lost": lost},
        )  # fmt: skip
        settle(document)
    return made
