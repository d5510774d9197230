"""What is known about a case, by names from a closed vocabulary; what is absent is unknown."""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.remedies import Facts, Question, Value
from amparo.domain.rulebook import FactKind
from amparo.errors import BrokenFacts
from amparo.rules.facilities import facility

_PART = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Days outside these years are slips of the pen."""


def partial_date(written: str) -> PartialDate:
    """A day, a month, a year, or the first and last day it may be.

    Args:
        written: ``2026-05-01``, ``2026-05``, ``2026`` or ``2026-05-01/2026-05-10``.

    Raises:
        ValueError: the words are in none of these forms, or name no day.

    >>> str(partial_date("2026-02"))
    '2026-02-01/2026-02-28'
    """
    first, slash, last = written.partition("/")
    if slash:
        return PartialDate(earliest=_ends(first)[0], latest=_ends(last)[1], written=written)
    earliest, latest = _ends(first)
    return PartialDate(earliest=earliest, latest=latest, written=written)


def _ends(written: str) -> tuple[dt.date, dt.date]:
    found = _PART.fullmatch(written)
    if found is None:
        raise ValueError(f"not a date: {written!r}; write 2026-05-01, 2026-05, 2026 or 2026-05-01/2026-05-10")
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    if month:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def facts_from(given: Mapping[str, Any], kinds: Mapping[str, FactKind]) -> Facts:
    """Facts from plain values, each checked against its kind.

    Args:
        given: by name; tables within tables are read as dotted names. An event takes a day, a partial date, ``True``
            (it happened, the day is not known) or ``False`` (it has not happened). The table ``known-from`` says of a
            fact where it is known from.
        kinds: the vocabulary, :attr:`amparo.domain.law.Rulebook.facts`.

    Raises:
        BrokenFacts: a name is not in the vocabulary, or a value is not of its kind; every mistake is named.

    >>> from amparo.rules import load_rules
    >>> facts = facts_from({"incident": "2026-05", "system": "us.bop"}, load_rules().facts)
    >>> str(facts.get("incident")), facts.get("state")
    ('2026-05-01/2026-05-31', 'us')
    """
    values: dict[str, Value] = {}
    mistakes: list[str] = []
    known_from = given.get("known-from", {})
    sources = {name: str(words) for name, words in _flat(known_from if isinstance(known_from, Mapping) else {})}
    mistakes.extend(f"known-from names no fact: {name}" for name in sources if name not in kinds)
    for name, value in _flat({name: value for name, value in given.items() if name != "known-from"}):
        kind = kinds.get(name)
        if kind is None:
            near = difflib.get_close_matches(name, kinds, n=1)
            mistakes.append(f"no such fact: {name}" + (f" (did you mean {near[0]}?)" if near else ""))
            continue
        try:
            values[name] = _value(value, kind)
        except ValueError as problem:
            mistakes.append(f"{name}: {problem}")
    if mistakes:
        raise BrokenFacts(f"These facts cannot be used: {'; '.join(mistakes)}. `amparo rules facts` lists them all.")
    return with_place(Facts(values=values, known_from=sources))


def with_place(facts: Facts) -> Facts:
    """The same facts with what the place says: a facility belongs to a system, a system to a State.

    >>> with_place(Facts(values={"facility": "us.bop/FLM"})).get("state")
    'us'
    """
    values = dict(facts.values)
    place = facility(str(values["facility"])) if "facility" in values else None
    if place is not None and place.system:
        values.setdefault("system", place.system)
    if place is not None and place.country:
        values.setdefault("state", place.country.lower())
    system = values.get("system")
    if isinstance(system, str) and system != "other":
        values.setdefault("state", system.partition(".")[0])
    return Facts(values=values, known_from=facts.known_from)


def read_facts(path: Path, kinds: Mapping[str, FactKind]) -> Facts:
    """Facts from a TOML file.

    Raises:
        BrokenFacts: the file is not TOML, or a fact in it cannot be used.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BrokenFacts(f"This file of facts is not TOML: {problem}.", file=path.name) from problem
    try:
        return facts_from(given, kinds)
    except BrokenFacts as problem:
        raise BrokenFacts(problem.message, file=path.name) from problem


def _flat(given: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _value(value: Any, kind: FactKind) -> Value:
    if kind.kind == "event":
        return _day(value)
    if kind.kind == "flag":
        if not isinstance(value, bool):
            raise ValueError("write true or false")
        return value
    if kind.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError("write a whole number")
        return value
    if not isinstance(value, str):
        raise ValueError("write a name in quotes")
    if kind.options and value not in kind.options:
        raise ValueError(f"write one of {', '.join(kind.options)}")
    return value


def _day(value: Any) -> Value:
    if isinstance(value, bool):
        return value
    day = _as_written(value)
    if day.earliest.year < _FIRST_YEAR or day.latest.year > _LAST_YEAR:
        raise ValueError(f"write a day between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def _as_written(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.datetime):
        return PartialDate.of_day(value.date())
    if isinstance(value, dt.date):
        return PartialDate.of_day(value)
    if isinstance(value, str):
        return partial_date(value)
    raise ValueError("write a day such as 2026-05-01, or true or false")


class Option(NamedTuple):
    """One value of a choice, as a condition names it: ``matter.medical``, ``system.mx.state``."""

    choice: str
    value: str


def option_of(name: str, kinds: Mapping[str, FactKind]) -> Option | None:
    """The choice and value that a dotted name means; nothing when it means none.

    >>> from amparo.rules import load_rules
    >>> option_of("system.mx.state", load_rules().facts)
    Option(choice='system', value='mx.state')
    """
    parts = name.split(".")
    for length in range(1, len(parts)):
        choice = kinds.get(".".join(parts[:length]))
        if choice is not None and choice.kind == "choice":
            value = ".".join(parts[length:])
            return Option(choice.name, value) if not choice.options or value in choice.options else None
    return None


def kind_of(fact: str, kinds: Mapping[str, FactKind]) -> FactKind:
    """What kind of fact a name means; for an option of a choice, the choice."""
    option = option_of(fact, kinds)
    return kinds.get(fact) or kinds[option.choice if option else fact]


def question(name: str, kinds: Mapping[str, FactKind]) -> Question:
    """The question that settles a fact."""
    return Question(fact=name, ask=kinds[name].ask)
