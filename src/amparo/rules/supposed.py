"""The rulebook as it would be with one thing changed: a day more or less in a calendar, another limit in a step."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from amparo.domain.dates import TimeLimit
from amparo.domain.law import Bilingual, Citation, Procedure, Step, TimeRule
from amparo.domain.rulebook import AddedDay, Calendar, Holiday, Rulebook
from amparo.errors import UnknownRule
from amparo.rules.calendars import ClosedDays

Limit = Literal["file", "answer", "wait", "resubmit"]
LIMITS: tuple[Limit, ...] = ("file", "answer", "wait", "resubmit")


def with_closed_day(
    rulebook: Rulebook, calendar: str, day: dt.date, *, name: str, sure: bool = False, entered: dt.date | None = None
) -> Rulebook:
    """The rulebook with one more closed day in a calendar.

    Args:
        rulebook: as it is.
        calendar: which calendar.
        day: the day.
        name: why the office is closed.
        sure: whether that is beyond doubt; on a doubtful day the person's time runs on.
        entered: the day it was entered, for the citation.

    Raises:
        UnknownRule: there is no such calendar.

    >>> from amparo.rules import load_rules
    >>> book = with_closed_day(load_rules(), "us-federal", dt.date(2026, 11, 27), name="order", sure=True)
    >>> ClosedDays(book.calendars["us-federal"]).why(dt.date(2026, 11, 27)).name.en
    'order'
    """
    kept = _calendar(rulebook, calendar)
    own = f"entered-by-the-office-{day}"
    cite = Citation(
        ref=f"closed day entered by the office: {name}", mark="secondary", read_on=entered or day,
        note="Entered by hand; the order or notice itself is with the office.",
    )  # fmt: skip
    added = AddedDay(day=day, name=Bilingual(en=name, es=name), cite=own, sure=sure)
    return _put(rulebook, msgspec.structs.replace(kept, added=(*kept.added, added), cite={**kept.cite, own: cite}))


def without_closed_day(rulebook: Rulebook, calendar: str, day: dt.date) -> Rulebook:
    """The rulebook with a day open that a calendar holds for closed; a weekend stays closed.

    Raises:
        UnknownRule: there is no such calendar.
    """
    kept = _calendar(rulebook, calendar)
    holidays: list[Holiday] = []
    for holiday in kept.holiday:
        holidays.extend(_years_but(kept, holiday, day))
    added = tuple(one for one in kept.added if one.day != day)
    return _put(rulebook, msgspec.structs.replace(kept, holiday=tuple(holidays), added=added))


def _years_but(calendar: Calendar, holiday: Holiday, day: dt.date) -> list[Holiday]:
    """A holiday in every year but the one in which it closes the day."""
    for year in (day.year - 1, day.year, day.year + 1):
        if not holiday.since <= year <= holiday.until:
            continue
        one = msgspec.structs.replace(holiday, since=year, until=year)
        alone = ClosedDays(msgspec.structs.replace(calendar, holiday=(one,), added=(), weekend=()))
        if alone.why(day) is not None:
            before = msgspec.structs.replace(holiday, until=year - 1)
            after = msgspec.structs.replace(holiday, since=year + 1)
            return [part for part in (before, after) if part.since <= part.until]
    return [holiday]


def with_limit(rulebook: Rulebook, procedure: str, step: str, which: Limit, within: str, *, today: dt.date) -> Rulebook:
    """The rulebook with another limit in one step, in the wording in force today or the newest there is.

    Args:
        rulebook: as it is.
        procedure: where the limit stands.
        step: of that procedure.
        which: the time to file, the authority's to answer, the wait before, or the time to hand in again.
        within: the limit, as a rule says it: ``10 working days``.
        today: the day whose wording is changed.

    Raises:
        UnknownRule: there is no such limit.
        ValueError: the words are no limit of time.
    """
    TimeLimit.parse(within)
    wordings = rulebook.wordings(procedure)
    meant = rulebook.in_force(procedure, today) or (wordings[-1] if wordings else None)
    if meant is None or not any(one.id == step and getattr(one, which) is not None for one in meant.step):
        raise UnknownRule(procedure=procedure, step=step)
    steps = tuple(_relimited(one, which, within) if one.id == step else one for one in meant.step)
    changed = msgspec.structs.replace(meant, step=steps)
    procedures: tuple[Procedure, ...] = tuple(changed if one is meant else one for one in rulebook.procedures)
    return msgspec.structs.replace(rulebook, procedures=procedures)


def _relimited(step: Step, which: Limit, within: str) -> Step:
    rule: TimeRule = getattr(step, which)
    return msgspec.structs.replace(step, **{which: msgspec.structs.replace(rule, within=within)})


def _calendar(rulebook: Rulebook, name: str) -> Calendar:
    if name not in rulebook.calendars:
        raise UnknownRule(f"There is no calendar {name!r}.", calendar=name)
    return rulebook.calendars[name]


def _put(rulebook: Rulebook, calendar: Calendar) -> Rulebook:
    return msgspec.structs.replace(rulebook, calendars={**rulebook.calendars, calendar.id: calendar})
