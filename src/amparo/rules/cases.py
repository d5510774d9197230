"""Worked cases: facts, a day, and what the rulebook must say of them; a lawyer can write one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from amparo.domain.remedies import Channel, State
from amparo.domain.rulebook import Rulebook
from amparo.errors import BrokenFacts
from amparo.rules.book import DATA
from amparo.rules.calendars import ClosedDays
from amparo.rules.channels import find_channels
from amparo.rules.facts import facts_from
from amparo.rules.files import Located, Mistake, decode
from amparo.rules.places import closed_days

Names = tuple[str, ...]
Days = dt.date | dict[str, dt.date]


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What must come out: steps by state, and days by step (or one day for the one open step).

    Args:
        open, pending, not_yet, cannot_tell, closed: steps that must stand so.
        absent: steps that must not be shown at all.
        last, safe, latest, send_by: days of the person's time.
        due: last day of the authority's time.
        opens: first day on which a step that must wait can be filed.
        certain: whether the one open step's day is certain, or by step.
        ask: facts that must be asked for.
    """

    open: Names | None = None
    pending: Names | None = None
    not_yet: Names | None = None
    cannot_tell: Names | None = None
    closed: Names | None = None
    absent: Names | None = None
    last: Days | None = None
    safe: Days | None = None
    latest: Days | None = None
    send_by: Days | None = None
    due: Days | None = None
    opens: Days | None = None
    certain: bool | dict[str, bool] | None = None
    ask: Names | None = None


class WorkedCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One worked case.

    Args:
        name: what it shows, in the field's words.
        today: the day it is looked at.
        facts: as in a file of facts.
        expect: what must come out.
        cite: where the expected answer comes from, when it was published.
    """

    name: str
    today: dt.date
    facts: dict[str, Any]
    expect: Expected
    cite: str = ""


class CaseFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The worked cases of one procedure.

    Args:
        procedure: whose cases these are.
        only: whether ``open`` and the other lists are compared only within this procedure.
    """

    procedure: str
    case: tuple[WorkedCase, ...]


def worked_cases(folder: Path | None = None) -> Iterator[tuple[Located, CaseFile | None, tuple[Mistake, ...]]]:
    """Every file of worked cases beside the rules."""
    root = DATA if folder is None or not (folder / "procedures").is_dir() else folder
    for path in sorted((root / "procedures" / "cases").rglob("*.toml")):
        where = Located(path.relative_to(root).as_posix(), path.read_text(encoding="utf8", errors="replace"))
        found, mistakes = decode(where, CaseFile)
        yield where, found, mistakes


def check_cases(rulebook: Rulebook, folder: Path | None = None) -> tuple[int, tuple[Mistake, ...]]:
    """Run every worked case.

    Returns:
        How many ran, and a mistake for each that came out otherwise, and for each procedure that has none.
    """
    mistakes: list[Mistake] = []
    days = closed_days(rulebook)
    ran, shown = 0, set[str]()
    for where, found, wrong in worked_cases(folder):
        mistakes.extend(wrong)
        if found is None:
            continue
        shown.add(found.procedure)
        for number, case in enumerate(found.case):
            ran += 1
            for says in differences(case, found.procedure, rulebook, days):
                mend = "Correct the rule, or the case if its expectation is wrong; say in it where it comes from."
                mistakes.append(where.mistake("case-fails", f"{case.name}: {says}.", mend, "case", number))
    for procedure in sorted({p.id for p in rulebook.procedures} - shown):
        mistakes.append(
            Mistake(file="procedures/cases", line=0, code="no-worked-case", says=f"{procedure} has no worked case.",
                    mend="Write one beside it: facts, a day, what must come out.")
        )  # fmt: skip
    return ran, tuple(mistakes)


def differences(
    case: WorkedCase, procedure: str, rulebook: Rulebook, days: dict[str, ClosedDays] | None = None
) -> Iterator[str]:
    """What comes out otherwise than a worked case expects, each in a few words."""
    try:
        facts = facts_from(case.facts, rulebook.facts)
    except BrokenFacts as problem:
        yield problem.message
        return
    channels = {
        channel.step: channel
        for channel in find_channels(facts, rulebook, today=case.today, days=days)
        if channel.procedure == procedure
    }
    expect = case.expect
    states: dict[State, Names | None] = {
        "open": expect.open,
        "pending": expect.pending,
        "not-yet": expect.not_yet,
        "cannot-tell": expect.cannot_tell,
        "closed": expect.closed,
    }
    for state, names in states.items():
        if names is not None:
            stands = sorted(step for step, channel in channels.items() if channel.state == state)
            if state == "open" and stands != sorted(names):
                yield f"open are {stands}, expected {sorted(names)}"
            for name in sorted(set(names) - set(stands)):
                yield f"{name} is {channels[name].state if name in channels else 'absent'}, expected {state}"
    for name in expect.absent or ():
        if name in channels:
            yield f"{name} is shown as {channels[name].state}, expected to have no part in the case"
    for field in ("last", "safe", "latest", "send_by", "due", "opens"):
        yield from _day_differences(field, getattr(expect, field), expect, channels)
    for step, wanted in _by_step(expect.certain, expect, channels):
        deadline = channels[step].deadline if step in channels else None
        if deadline is None or deadline.certain is not wanted:
            yield f"{step} is certain: {deadline.certain if deadline else 'no deadline'}, expected {wanted}"
    asked = {question.fact for channel in channels.values() for question in channel.ask}
    for name in sorted(set(expect.ask or ()) - asked):
        yield f"{name} is not asked"


def _day_differences(field: str, wanted: Days | None, expect: Expected, channels: dict[str, Channel]) -> Iterator[str]:
    for step, day in _by_step(wanted, expect, channels):
        channel = channels.get(step)
        if channel is None:
            yield f"{step} is absent, expected {field} {day}"
            continue
        if field == "opens":
            found = channel.opens
        else:
            deadline = channel.answer_due if field == "due" else channel.deadline
            found = None if deadline is None else getattr(deadline, "last" if field == "due" else field)
        if found != day:
            yield f"{step} has {field} {found}, expected {day}"


def _by_step(wanted: Any, expect: Expected, channels: dict[str, Channel]) -> Iterator[tuple[str, Any]]:
    """An expectation for one step, named, or for the one that the case is plainly about."""
    if wanted is None:
        return
    if isinstance(wanted, dict):
        yield from wanted.items()
        return
    named = [*(expect.open or ()), *(expect.pending or ()), *(expect.closed or ()), *(expect.cannot_tell or ())]
    timed = [name for name in named if name in channels and (channels[name].deadline or channels[name].answer_due)]
    if timed:
        yield timed[0], wanted
    elif named:
        yield named[0], wanted
