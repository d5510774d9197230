"""One way to count a limit: from one day, under one wording, with what is added and what stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from amparo.domain.dates import PartialDate, TimeLimit
from amparo.domain.law import TimeRule, Toll
from amparo.domain.remedies import Move
from amparo.rules.calendars import ClosedDays
from amparo.rules.count import count, roll
from amparo.rules.places import Place

_DAY = dt.timedelta(days=1)
limit_of = lru_cache(maxsize=256)(TimeLimit.parse)


class Happening(NamedTuple):
    """Whether something happened, and when as far as that is known."""

    happened: bool | None
    when: PartialDate | None = None


class Bound(NamedTuple):
    """One way to count a limit: from one day, under one wording, with or without an extension."""

    last: dt.date
    start: dt.date
    trigger: str
    rule: TimeRule
    place: Place
    moves: tuple[Move, ...]


def count_bound(
    place: Place,
    rule: TimeRule,
    trigger: str,
    start: dt.date,
    *,
    days: Mapping[str, ClosedDays],
    happening: Callable[[str], Happening],
    for_person: bool,
    extended: bool,
    working: bool = True,
) -> Bound:
    """Count a limit from one day, with what stands still, what is added and where it lands.

    Args:
        place: the step in the wording whose limit it is.
        rule: the limit.
        trigger: name of the event.
        start: the day the event is taken to have happened.
        days: closed days by calendar.
        happening: what is known of an event.
        for_person: whether it is the person's time.
        extended: whether the authority was given more.
        working: whether to keep every line of the working, or the last day alone.
    """
    closed = days.get(rule.calendar)
    last, moves = count(limit_of(rule.within), start, closed, months=rule.months, for_person=for_person)
    if not (working or rule.toll or extended):
        landed = last if rule.roll == "none" else roll(last, rule.roll, closed, for_person=for_person)[0]
        return Bound(max(landed, start + _DAY), start, trigger, rule, place, ())
    cites = place.cites(rule.cite)
    moves = (Move(kind="trigger", start=start, end=start, name=trigger, cites=cites), *moves)
    for toll in rule.toll:
        last, moves = _tolled(place, toll, start, last, moves, happening)
    if extended:
        longer, more = count(limit_of(rule.extend), last, closed, months=rule.months, for_person=for_person)
        extend = limit_of(rule.extend)
        moves = (*moves, Move(kind="extend", start=last + _DAY, end=longer, count=extend.count, unit=extend.unit,
                              cites=cites), *(m for m in more if m.kind == "skip"))  # fmt: skip
        last = longer
    landed, rolled = roll(last, rule.roll, closed, for_person=for_person)
    return Bound(max(landed, start + _DAY), start, trigger, rule, place, (*moves, *rolled))


def _tolled(
    place: Place,
    toll: Toll,
    start: dt.date,
    last: dt.date,
    moves: tuple[Move, ...],
    happening: Callable[[str], Happening],
) -> tuple[dt.date, tuple[Move, ...]]:
    since, to = happening(toll.since).when, happening(toll.to).when
    if since is None or to is None:
        return last, moves
    first, end = max(since.latest, start), min(to.earliest, last)
    away = (to.earliest - first).days
    if first > last or away <= 0 or end < first:
        return last, moves
    move = Move(kind="toll", start=first + _DAY, end=to.earliest, count=away, unit="calendar days",
                name=toll.since, cites=place.cites(toll.cite))  # fmt: skip
    return last + dt.timedelta(days=away), (*moves, move)
