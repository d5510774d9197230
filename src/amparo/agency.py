"""An agency's own records against the rulebook: does every date it recorded follow from the law as we count it?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Literal

import msgspec

from amparo.domain.dates import PartialDate
from amparo.domain.remedies import Facts
from amparo.domain.rulebook import Rulebook
from amparo.interchange.filings import Columns, Table, open_table, shape
from amparo.rules.calendars import ClosedDays
from amparo.rules.places import closed_days
from amparo.rules.reckoning import Reckoning

How = Literal["usual", "extended", "urgent"]
"""Which of the lawful dates a record shows: the usual one, the one after an extension, or that of an emergency."""
_MOST_NAMED = 100


class Oddity(msgspec.Struct, frozen=True, kw_only=True):
    """A record whose due date does not follow from the law, or is not there where it should be.

    Args:
        row: which record of the file it is, the heading being the first.
        case: number of the case.
        code: due-not-lawful, due-missing, due-on-rejected, unreadable-date, unknown-level, or broken-row.
        recorded: the due date as recorded.
        lawful: the dates that would be lawful.
    """

    row: int
    case: str
    code: str
    recorded: str = ""
    lawful: tuple[str, ...] = ()


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What came of recomputing every due date in a file of records.

    Args:
        rows: how many records were read.
        dated: how many bear a due date.
        reproduced: how many of these follow from receipt, level and the rulebook.
        shows: of those, how many show the usual date, how many one after an extension, how many an emergency's.
        rejected: records of rejected filings, which rightly have none.
        oddities: how many records of each kind do not fit.
        named: the first hundred of them.
    """

    rows: int
    dated: int
    reproduced: int
    shows: dict[str, int]
    rejected: int
    oddities: dict[str, int]
    named: tuple[Oddity, ...]


class _Lawful(dict[str, "dict[str, How] | None"]):
    """The lawful due dates at one level for each day of receipt, counted by the rulebook once for each day."""

    def __init__(self, step: str, rulebook: Rulebook, days: dict[str, ClosedDays]) -> None:
        super().__init__()
        self._step = step
        self._rulebook = rulebook
        self._days = days

    def __missing__(self, received: str) -> dict[str, How] | None:
        try:
            self[received] = self._counted(PartialDate.of_day(dt.date.fromisoformat(received[:10])))
        except (ValueError, OverflowError):  # no day, or one so late that its limit ends after the last of all days
            self[received] = None
        return self[received]

    def _counted(self, day: PartialDate) -> dict[str, How]:
        step = self._step
        ways: tuple[tuple[How, Facts], ...] = (
            ("usual", self._facts(step, day)),
            ("extended", self._facts(step, day, **{f"{step}.extended": True})),
            ("urgent", self._facts(step, day, **{"immediate-danger": True})),
        )
        lawful: dict[str, How] = {}
        for how, facts in ways:
            due = Reckoning(facts, self._rulebook, today=day.latest, days=self._days).answer_by(step)
            if due is not None:
                lawful.setdefault(due.isoformat(), how)
        return lawful

    def _facts(self, step: str, received: PartialDate, **more: bool) -> Facts:
        return Facts(values={f"{step}.logged": received, f"{step}.extended": False, "immediate-danger": False, **more})


def verify_filings(path: Path, rulebook: Rulebook) -> Verification:
    """Recompute the due date of every recorded filing from its receipt, its level and the rulebook.

    Args:
        path: the agency's table, plain or gzipped.
        rulebook: the law.

    Raises:
        UnknownFormat: the file is no such table.
        TruncatedDocument: the file breaks off.
    """
    with open_table(path) as table:
        return _verified(table, rulebook)


def _verified(table: Table, rulebook: Rulebook) -> Verification:
    columns: Columns = shape().columns
    days = closed_days(rulebook)
    lawful = {level: _Lawful(step, rulebook, days) for level, step in shape().steps.items()}
    never, maybe = frozenset(shape().without_due.never), frozenset(shape().without_due.maybe)
    level_at, status_at, received_at, due_at, case_at = (
        table.places[c] for c in (columns.level, columns.status, columns.received, columns.due, columns.case)
    )
    shows: Counter[str] = Counter()
    odd: Counter[str] = Counter()
    named: list[Oddity] = []
    rows = dated = rejected = 0

    def note(code: str, row: list[str], recorded: str = "", dates: tuple[str, ...] = ()) -> None:
        odd[code] += 1
        if len(named) < _MOST_NAMED:
            case = row[case_at] if row else ""
            named.append(Oddity(row=rows + 1, case=case, code=code, recorded=recorded, lawful=dates))

    for row in table.rows:
        rows += 1
        if not row:
            note("broken-row", row)
            continue
        due, status = row[due_at][:10], row[status_at]
        if not due:
            if status in never:
                rejected += 1
            elif status not in maybe:
                note("due-missing", row)
            continue
        dated += 1
        if status in never:
            note("due-on-rejected", row, due)
            continue
        by_day = lawful.get(row[level_at])
        if by_day is None:
            note("unknown-level", row, due)
            continue
        dates = by_day[row[received_at]]
        if dates is None:
            note("unreadable-date", row, due)
        elif (how := dates.get(due)) is None:
            note("due-not-lawful", row, due, tuple(dates))
        else:
            shows[how] += 1
    return Verification(
        rows=rows, dated=dated, reproduced=shows.total(), shows=dict(shows), rejected=rejected,
        oddities=dict(odd), named=tuple(named),
    )  # fmt: skip
