"""Reminding an authority whose last day to answer has gone by: a paper of its own that names the earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from amparo.casework.actions.filings import Paper, begin, in_state, mine
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Filing, User
from amparo.domain.remedies import Channel, Deadline
from amparo.errors import NotInThatState
from amparo.rules import find_channels

_WAITS = (Filing.State.SENT, Filing.State.ACKNOWLEDGED)
_BEING_WRITTEN = (Filing.State.DRAFT, Filing.State.APPROVED)


def overdue(filing: Filing, doors: Iterable[Channel], *, today: dt.date) -> Deadline | None:
    """The day by which a paper had to be answered and was not; nothing when none has gone by.

    Args:
        filing: the paper.
        doors: of its case, as they stand today.
        today: the day.
    """
    if filing.state not in _WAITS or not filing.step:
        return None
    door = next((one for one in doors if one.step == filing.step), None)
    due = door.answer_due if door is not None and door.state == "pending" else None
    return due if due is not None and due.last < today else None


def being_written(filing: Filing) -> Filing | None:
    """The reminder of a paper that has not left yet."""
    return filing.reminders.filter(state__in=_BEING_WRITTEN).last()


@transaction.atomic
def remind(filing_id: int, *, by: User) -> Filing:
    """Begin a reminder to the same recipient; the earlier paper stays where it stands, and its silence may be recorded.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: its last day to be answered has not gone by, or a reminder is being written.
    """
    earlier = mine(filing_id, by)
    in_state(earlier, *_WAITS)
    book, today = rulebook_of(earlier.team_id), timezone.localdate()
    doors = find_channels(facts_of(earlier.case, book), book, today=today)
    if being_written(earlier) is not None or overdue(earlier, doors, today=today) is None:
        raise NotInThatState(filing=earlier.reference, state=str(earlier.state))
    paper = Paper(
        recipient=earlier.recipient, kind=earlier.recipient_kind, purpose=earlier.purpose, identity=earlier.identity,
        procedure=earlier.procedure, office=earlier.office, address=earlier.address, language=earlier.language,
    )  # fmt: skip
    made = begin(earlier.case_id, paper, by=by)
    made.reminds = earlier
    made.save(update_fields=["reminds"])
    seal(
        "filing.reminder-begun", by=by, team=made.team, subject=f"filing:{earlier.pk}",
        details={"case": made.case_id, "filing": earlier.reference, "reminder": made.reference},
    )  # fmt: skip
    return made
