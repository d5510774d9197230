"""Entering facts into a case: the former rows stay, days are counted anew, and what moved and opened is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from amparo.casework import days
from amparo.casework.facts import facts_of
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseFact, Document, User
from amparo.domain.remedies import Channel, Moved
from amparo.rules import find_channels
from amparo.rules.facts import facts_from
from amparo.rules.recompute import correct


class Put(NamedTuple):
    """Facts as entered, the days that moved, and the open doors that opened or whose day moved because of them."""

    facts: tuple[CaseFact, ...]
    moved: tuple[Moved, ...]
    opened: tuple[Channel, ...]


def put(
    case: Case, given: Mapping[str, Any], *, by: User, known_from: str = "", document: Document | None = None
) -> Put:
    """Enter facts and count the case anew; called within the transaction of an action, which seals the line.

    Args:
        case: which.
        given: value by name; nothing takes a fact back. A value for a name the rulebook does not hold is left out.
        by: who enters them.
        known_from: where they are known from.
        document: the document they are known from.

    Raises:
        BrokenFacts: a value is not of its kind.
    """
    rulebook, today = rulebook_of(case.team_id), timezone.localdate()
    known = {name: value for name, value in given.items() if value is None or name in rulebook.facts}
    facts_from({name: value for name, value in known.items() if value is not None}, rulebook.facts)
    before = facts_of(case, rulebook)
    was = {door.step for door in find_channels(before, rulebook, today=today) if door.state == "open"}
    rows = tuple(
        CaseFact.objects.create(
            case=case, name=name, value=value, known_from=known_from, document=document, by=by, at=timezone.now()
        )
        for name, value in known.items()
    )
    after = facts_of(case, rulebook)
    moved = tuple(correct(case.reference, before, after, rulebook, today=today))
    doors = days.count(case, today=today, rulebook=rulebook)
    shifted = {one.step for one in moved if one.whose == "person"}
    opened = (door for door in doors if door.state == "open" and (door.step not in was or door.step in shifted))
    return Put(rows, moved, tuple(opened))
