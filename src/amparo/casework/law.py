"""The rulebook as it holds for one team: what ships with amparo, and the team's own closed days."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from typing import NamedTuple

import msgspec

from amparo.casework.models import Team, TeamClosedDay
from amparo.domain.rulebook import Rulebook
from amparo.rules import load_rules
from amparo.rules.supposed import with_closed_day


class OwnDay(NamedTuple):
    """A closed day of a team's own."""

    calendar: str
    day: dt.date
    name: str
    sure: bool
    entered: dt.date


def rulebook_of(team: Team | int) -> Rulebook:
    """The rulebook with a team's own closed days in it; its digest tells them apart.

    Args:
        team: whose, or its number.
    """
    rows = TeamClosedDay.objects.filter(team=team, removed_at__isnull=True).order_by("day", "calendar")
    own = tuple(OwnDay(row.calendar, row.day, row.name, row.sure, row.at.date()) for row in rows)
    return _with_own(own)


@lru_cache(maxsize=8)
def _with_own(own: tuple[OwnDay, ...]) -> Rulebook:
    book = load_rules()
    if not own:
        return book
    told = repr([(one.calendar, one.day.isoformat(), one.name, one.sure) for one in own])
    for one in own:
        if one.calendar in book.calendars:
            book = with_closed_day(
                book, one.calendar, one.day, name=one.name, sure=one.sure, entered=one.entered
            )  # fmt: skip
    return msgspec.structs.replace(book, digest=hashlib.sha256(f"{book.digest}{told}".encode()).hexdigest())
