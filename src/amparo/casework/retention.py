"""Which closed cases are old enough to go, by the team's own rule. Nothing goes by itself."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from amparo.casework.models import Case, User
from amparo.casework.permissions import cases_for


class Due(NamedTuple):
    """A closed case and the day from which it may go."""

    case: Case
    since: dt.date


def due_cases(user: User, *, today: dt.date) -> list[Due]:
    """The closed cases somebody may see whose time is over, the oldest first; none where the team set no rule.

    Args:
        user: who asks.
        today: the day it is.
    """
    years = user.membership.team.keep_years
    if years is None:
        return []
    closed = cases_for(user).filter(closed_at__isnull=False, shredded_at__isnull=True).order_by("closed_at")
    found = [Due(case, _later(case.closed_at.date(), years)) for case in closed if case.closed_at is not None]
    return [due for due in found if due.since <= today]


def _later(day: dt.date, years: int) -> dt.date:
    """The same day so many years on; the day after, where that year has no 29 February.

    >>> _later(dt.date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
