"""The ledger of a case: its papers by recipient, what is next for each, and papers that look like answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from amparo.casework.actions.reminders import overdue
from amparo.casework.models import Case, Document, Filing, Response
from amparo.casework.replies import replies
from amparo.domain.law import Bilingual
from amparo.domain.remedies import Channel, Deadline
from amparo.domain.rulebook import Rulebook
from amparo.rules.answers import follows

SHAPES = {
    "draft": "confirm", "approved": "later", "sent": "pending", "acknowledged": "pending", "answered": "done",
    "undelivered": "urgent", "withdrawn": "closed",
}  # fmt: skip
_MOST = 3


class Next(NamedTuple):
    """What is next for a paper, and by when."""

    step: str
    title: Bilingual
    deadline: Deadline
    whose: str


class Entry(NamedTuple):
    """A paper as the ledger shows it."""

    filing: Filing
    shape: str
    last: Response | None
    proofs: int
    next: tuple[Next, ...]
    overdue: Deadline | None


def next_of(filing: Filing, doors: Sequence[Channel], rulebook: Rulebook) -> tuple[Next, ...]:
    """What is next for a paper: the recipient's day to answer, the day to mend it, or the remedies that follow.

    Args:
        filing: the paper.
        doors: every door of its case.
        rulebook: the team's.
    """
    if not filing.step or filing.state == Filing.State.WITHDRAWN:
        return ()
    own = [found for door in doors if door.step == filing.step and (found := _next(door)) is not None]
    after = follows(filing.step, rulebook)
    later = [
        found for door in doors
        if door.step in after and door.state == "open" and (found := _next(door)) is not None
    ]  # fmt: skip
    later.sort(key=lambda one: one.deadline.last)
    if filing.state == Filing.State.ANSWERED:
        return (*own, *later)[:_MOST]
    if filing.state in (Filing.State.SENT, Filing.State.ACKNOWLEDGED):
        silent = any(one.whose == "authority" and later for one in own)
        return (*own, *(later if silent else ()))[:_MOST]
    return tuple(own)


def _next(door: Channel) -> Next | None:
    deadline = door.deadline if door.state == "open" else door.answer_due if door.state == "pending" else None
    return None if deadline is None else Next(door.step, door.title, deadline, deadline.whose)


def part(case: Case, documents: Sequence[Document], doors: Sequence[Channel], rulebook: Rulebook) -> dict[str, Any]:
    """What the case page needs to show its papers."""
    filings = (
        case.filings.select_related("reminds").prefetch_related("responses", "proofs").order_by("recipient", "number")
    )
    entries = []
    for filing in filings:
        came = list(filing.responses.all())
        entries.append(
            Entry(filing, SHAPES[filing.state], came[-1] if came else None, len(filing.proofs.all()),
                  next_of(filing, doors, rulebook), overdue(filing, doors, today=timezone.localdate()))
        )  # fmt: skip
    waiting = [entry.filing for entry in entries if entry.filing.state in ("sent", "acknowledged")]
    return {"filings": entries, "replies": replies(case, documents), "waiting": waiting}
