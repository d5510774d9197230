"""The chain of history: sealing a line, and proving that none was changed, left out or put in."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from amparo.casework.models import ChainHead, HistoryLine, Team, User

GENESIS = "0" * 64


class Broken(NamedTuple):
    """The first line at which the chain does not hold, and why."""

    number: int
    why: str


def digest_of(
    *, number: int, at: dt.datetime, kind: str, team: int | None, who: str, subject: str, details: Any, previous: str
) -> str:
    """The seal of a line: SHA-256 over its fields and the seal before, as JSON with sorted keys.

    Anybody can compute it again with standard tools; that is what makes the chain a proof.
    """
    fields = {
        "number": number,
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "kind": kind,
        "team": team,
        "who": who,
        "subject": subject,
        "details": details,
        "previous": previous,
    }
    packed = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()


def extract(lines: Iterable[HistoryLine]) -> bytes:
    """Lines as they were sealed, one JSON object a line, each with its seal; anybody can compute the seals again."""
    rows = (
        {
            "number": line.number,
            "at": line.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "kind": line.kind,
            "team": line.team_id,
            "who": line.who,
            "subject": line.subject,
            "details": line.details,
            "previous": line.previous,
            "digest": line.digest,
        }
        for line in lines
    )
    return "".join(f"{json.dumps(row, sort_keys=True, ensure_ascii=False)}\n" for row in rows).encode()


@transaction.atomic
def seal(kind: str, *, by: User | None, team: Team | None, subject: str, details: dict[str, Any]) -> HistoryLine:
    """Append a line to the chain; within a transaction it stands or falls with what it tells of.

    Args:
        kind: what was done, ``document.received``.
        by: who did it; nobody for the worker.
        team: whose it is.
        subject: what it was done to, ``document:12``.
        details: identifiers, counts and names of fields, never the content of a document.
    """
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    number, at = head.number + 1, timezone.now()
    who = by.get_username() if by is not None else "amparo"
    details = json.loads(json.dumps(details))
    digest = digest_of(
        number=number,
        at=at,
        kind=kind,
        team=team.pk if team else None,
        who=who,
        subject=subject,
        details=details,
        previous=head.digest,
    )
    line = HistoryLine.objects.create(
        number=number,
        at=at,
        kind=kind,
        team=team,
        by=by,
        who=who,
        subject=subject,
        details=details,
        previous=head.digest,
        digest=digest,
    )
    head.number, head.digest = number, digest
    head.save(update_fields=["number", "digest"])
    return line


def verify(lines: Iterable[HistoryLine] | None = None) -> Broken | None:
    """The first broken link of the chain, or nothing when it holds from the first line to the head."""
    previous, expected = GENESIS, 1
    rows = lines if lines is not None else HistoryLine.objects.order_by("number").iterator(chunk_size=2000)
    for line in rows:
        if line.number != expected:
            return Broken(expected, "a line is missing")
        if line.previous != previous:
            return Broken(line.number, "it does not follow the line before")
        sealed = digest_of(
            number=line.number,
            at=line.at,
            kind=line.kind,
            team=line.team_id,
            who=line.who,
            subject=line.subject,
            details=line.details,
            previous=line.previous,
        )
        if sealed != line.digest:
            return Broken(line.number, "what it says is not what was sealed")
        previous, expected = line.digest, expected + 1
    head = ChainHead.objects.filter(pk=1).first()
    if lines is None and head is not None and (head.number, head.digest) != (expected - 1, previous):
        return Broken(expected, "lines at the end are missing")
    return None
