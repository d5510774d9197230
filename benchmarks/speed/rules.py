"""Seconds to recompute the days of many cases, with their differences, when a rule or a calendar changes; one core.

python -m benchmarks.speed.rules [--cases 10000] [--repeat 5] [--json]

The cases are generated: people in federal prison at every rung of the ladder, tort claims, petitions in Mexico and
before the European Court, with days known wholly or in part. Three things are timed, and the median of the repeats
counts: the whole difference when the limit of a first request, a federal court's closed days, or all limits of the
ladder change; and the doors of the same cases in full, each with its reasons, working and address.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import msgspec

from amparo.domain.dates import PartialDate
from amparo.domain.law import Bilingual, Step
from amparo.domain.remedies import Facts, Value
from amparo.domain.rulebook import AddedDay, Rulebook
from amparo.rules import find_channels, load_rules
from amparo.rules.places import closed_days
from amparo.rules.recompute import recompute

TODAY = dt.date(2026, 6, 1)
LADDER = "us.bop.administrative-remedy"


def cases(count: int) -> list[tuple[str, Facts]]:
    """Fictional cases, the same in every run."""
    dice = random.Random(7)  # noqa: S311 – made-up cases, not a secret
    return [(f"case {number}", Facts(values=_values(dice))) for number in range(count)]


def _day(dice: random.Random) -> PartialDate:
    first = TODAY - dt.timedelta(days=dice.randint(0, 500))
    return PartialDate(earliest=first, latest=first + dt.timedelta(days=dice.choice((0, 0, 0, 0, 6, 30))))


def _later(day: PartialDate, days: int) -> PartialDate:
    return PartialDate.of_day(day.latest + dt.timedelta(days=days))


def _values(dice: random.Random) -> dict[str, Value]:
    began = _day(dice)
    kind = dice.randrange(10)
    if kind == 0:
        return {"system": "mx.federal", "state": "mx", "act-known": began}
    if kind == 1:
        return {"system": "gb.hmpps", "state": "gb", "final-domestic-decision": began, "incident": began}
    if kind == 2:
        return {"system": "us.bop", "state": "us", "matter": "tort", "incident": began,
                "tort-claim.logged": _later(began, 90), "tort-claim.answered": _later(began, 200)}  # fmt: skip
    values: dict[str, Value] = {"system": "us.bop", "state": "us", "matter": "conditions", "incident": began}
    rungs = (("request", 14, 20), ("regional-appeal", 15, 30), ("central-appeal", 25, 40))
    at = began
    for step, handed_in, answered in rungs[: dice.randint(0, 3)]:
        at = _later(at, handed_in)
        values[f"{step}.logged"] = at
        values[f"{step}.extended"] = dice.random() < 0.3
        if dice.random() < 0.7:
            at = _later(at, answered)
            values[f"{step}.answered"] = at
    return values


def with_steps(book: Rulebook, change: Callable[[Step], Step]) -> Rulebook:
    """The book with the steps of the ladder changed."""
    procedures = tuple(
        msgspec.structs.replace(p, step=tuple(map(change, p.step))) if p.id == LADDER else p for p in book.procedures
    )
    return msgspec.structs.replace(book, procedures=procedures)


def with_limit(book: Rulebook, step: str | None, within: str) -> Rulebook:
    """The book with another limit for one step of the ladder, or for all."""
    return with_steps(
        book,
        lambda s: msgspec.structs.replace(s, file=msgspec.structs.replace(s.file, within=within))
        if step in (None, s.id) else s,
    )  # fmt: skip


def with_closed_day(book: Rulebook, name: str, day: dt.date) -> Rulebook:
    """The book with a day on which offices close by order."""
    old = book.calendars[name]
    added = AddedDay(
        day=day, name=Bilingual(en="Closed by order", es="Cerrado por decreto"), cite=old.weekend_cite
    )  # fmt: skip
    calendar = msgspec.structs.replace(old, added=(*old.added, added))
    return msgspec.structs.replace(book, calendars={**book.calendars, name: calendar})


def measure(count: int, repeat: int) -> dict[str, Any]:
    """Every figure over the same cases."""
    book = load_rules()
    found = cases(count)
    changes = {
        "one limit": with_limit(book, "request", "15 calendar days"),
        "all limits of the ladder": with_limit(book, None, "45 calendar days"),
        "federal offices' calendar": with_closed_day(book, "us-federal", dt.date(2026, 5, 20)),
        "federal courts' calendar": with_closed_day(book, "us-courts", dt.date(2026, 5, 20)),
    }
    figures: dict[str, Any] = {"cases": count}
    for name, after in changes.items():
        seconds, moved = [], 0
        for _ in range(repeat):
            began = time.perf_counter()
            moved = sum(1 for _ in recompute(found, book, after, today=TODAY))
            seconds.append(time.perf_counter() - began)
        figures[name] = {"median_s": round(statistics.median(seconds), 3), "days_moved": moved}
    some = found[: max(1, count // 10)]
    seconds, doors = [], 0
    for _ in range(repeat):
        days = closed_days(book)
        began = time.perf_counter()
        doors = sum(len(find_channels(facts, book, today=TODAY, days=days)) for _, facts in some)
        seconds.append(time.perf_counter() - began)
    median = statistics.median(seconds)
    figures["doors in full"] = {
        "cases": len(some),
        "doors": doors,
        "cases_per_second": round(len(some) / median),
        "doors_per_second": round(doors / median),
    }
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.core})
    figures = measure(options.cases, options.repeat)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:28s} {value}")


if __name__ == "__main__":
    main()
