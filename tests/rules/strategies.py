"""Facts drawn from the vocabulary of the rulebook that ships, for tests of whatever it answers."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import msgspec
from hypothesis import strategies as st

from amparo.domain.dates import PartialDate
from amparo.domain.law import Verb, cited
from amparo.domain.remedies import Facts, Value
from amparo.domain.rulebook import FactKind
from amparo.rules import load_rules
from amparo.rules.places import closed_days

BOOK = load_rules()
CLOSED = closed_days(BOOK)
KINDS = [kind for name, kind in sorted(BOOK.facts.items()) if kind.about == "case"]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
NEAR = st.dates(dt.date(2024, 6, 1), dt.date(2026, 12, 31))
SYSTEMS = st.sampled_from(BOOK.facts["system"].options)


@st.composite
def partial_dates(draw: st.DrawFn, days: st.SearchStrategy[dt.date] = NEAR) -> PartialDate:
    first = draw(days)
    return PartialDate(
        earliest=first, latest=first + dt.timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 6, 30, 364))))
    )


def values(kind: FactKind) -> st.SearchStrategy[Value]:
    if kind.kind == "event":
        return st.one_of(partial_dates(), partial_dates(), st.booleans(), partial_dates(DAYS))
    if kind.kind == "flag":
        return st.booleans()
    if kind.kind == "number":
        return st.integers(0, 5000)
    return st.sampled_from(kind.options) if kind.options else st.sampled_from(("mx", "us.bop/FLM", "FLM", "", "¿?"))


def named_in(node: object) -> set[str]:
    """Every fact that a part of a procedure names, by walking through all of it."""
    if isinstance(node, str):
        return {name for name in (node, node.rpartition(".")[0]) if name in BOOK.facts}
    if isinstance(node, msgspec.Struct):
        return named_in([getattr(node, field) for field in node.__struct_fields__])
    if isinstance(node, dict):
        return named_in(list(node.values()))
    return {name for part in node for name in named_in(part)} if isinstance(node, list | tuple) else set()


NAMED = {
    procedure.id: sorted(
        {name for name in named_in(procedure) if BOOK.facts[name].about == "case"}
        | {f"{step.id}.{verb}" for step in procedure.step for verb in get_args(Verb)}
    )
    for procedure in BOOK.procedures
}


@st.composite
def facts_of_a_case(draw: st.DrawFn, *, most: int = 10) -> Facts:
    """Facts drawn from the vocabulary: mostly those that one procedure asks for, and some of all others."""
    procedure = draw(st.sampled_from(sorted(NAMED)))
    theirs = draw(st.lists(st.sampled_from(NAMED[procedure]), max_size=most, unique=True))
    others = draw(st.lists(st.sampled_from(KINDS), max_size=3, unique_by=lambda kind: kind.name))
    names = dict.fromkeys([*theirs, *(kind.name for kind in others)])
    return Facts(values={name: draw(values(BOOK.facts[name])) for name in names})


TIMED = [
    (procedure, step)
    for procedure in BOOK.procedures
    for step in procedure.step
    if step.file.within != "no limit" and len(cited(step.file.of)) == 1
]


@st.composite
def long_past(draw: st.DrawFn) -> Facts:
    """Facts by which a limit of the rulebook ran out long ago, and of which some open or lengthen nothing."""
    procedure, step = draw(st.sampled_from(TIMED))
    names = {name for name in named_in([procedure.requires, step.requires, step.when, step.unless])}
    settled = {name: draw(values(BOOK.facts[name])) for name in sorted(names) if BOOK.facts[name].kind != "event"}
    found = {name: value for name, value in settled.items() if draw(st.integers(0, 3))}
    if procedure.systems:
        found["system"] = procedure.systems[0]
    return Facts(
        values={
            **found,
            cited(step.file.of)[0]: PartialDate.of_day(draw(st.dates(dt.date(2012, 1, 1), dt.date(2013, 1, 1)))),
        }
    )
