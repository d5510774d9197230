"""The rulebook: every rule file read, checked and put together."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec

from amparo.domain.law import Bilingual, Procedure, Verb
from amparo.domain.rulebook import Calendar, FactKind, Rulebook
from amparo.errors import BrokenRule
from amparo.rules.check import (
    ProcedureChecker,
    check_calendar,
    check_owners,
    check_review,
    check_validity,
)
from amparo.rules.files import Located, Mistake, decode
from amparo.rules.offices import load_offices

DATA = Path(str(resources.files("amparo"))) / "data"


class _Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fact: tuple[FactKind, ...]


class _VerbWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: Bilingual
    ask: Bilingual


class Reading(NamedTuple):
    """What came of reading a folder of rules: the book as far as it could be read, and every mistake."""

    rulebook: Rulebook
    mistakes: tuple[Mistake, ...]


@cache
def load_rules(folder: Path | None = None) -> Rulebook:
    """The rulebook, refused whole when any file in it has a mistake.

    Args:
        folder: a folder with ``procedures`` and ``calendars``, either of which may be missing and is then the one
            that ships with amparo; by default all that ships.

    Raises:
        BrokenRule: a rule file has a mistake; the error names file, line and what to do.

    >>> len(load_rules().digest)
    64
    """
    rulebook, mistakes = read_rules(folder)
    grave = [mistake for mistake in mistakes if mistake.grave]
    if grave:
        more = f" There are {len(grave) - 1} more; `amparo rules check` lists them." if len(grave) > 1 else ""
        raise BrokenRule(f"{grave[0].says} {grave[0].mend}{more}", file=grave[0].file, line=grave[0].line)
    return rulebook


def read_rules(folder: Path | None = None, *, today: dt.date | None = None) -> Reading:
    """Read a folder of rules and check it, keeping every mistake instead of stopping at the first.

    Args:
        folder: as for :func:`load_rules`.
        today: to point out rules whose review is due.
    """
    mistakes: list[Mistake] = []
    calendars: dict[str, Calendar] = {}
    for where in _files(folder, "calendars"):
        calendar, wrong = decode(where, Calendar)
        mistakes.extend(wrong)
        if calendar is not None:
            mistakes.extend(check_calendar(calendar, where))
            calendars[calendar.id] = calendar
    read: list[tuple[Procedure, Located]] = []
    for where in _files(folder, "procedures"):
        procedure, wrong = decode(where, Procedure)
        mistakes.extend(wrong)
        if procedure is not None:
            read.append((procedure, where))
    facts, found = _fact_kinds(folder)
    mistakes.extend(found)
    facts |= _step_events([procedure for procedure, _ in read])
    offices = load_offices()
    for procedure, where in read:
        checker = ProcedureChecker(procedure, where, facts=facts, offices=offices, calendars=calendars)
        mistakes.extend(checker.mistakes())
        if today is not None:
            mistakes.extend(check_review(procedure, where, today))
    for name in {procedure.id for procedure, _ in read}:
        mistakes.extend(check_validity(pair for pair in read if pair[0].id == name))
    mistakes.extend(check_owners(read))
    rulebook = Rulebook(
        procedures=tuple(p for p, _ in read if p.status != "withdrawn"),
        calendars=calendars,
        offices=dict(offices),
        facts=facts,
        digest=_digest(folder),
    )
    return Reading(rulebook, tuple(sorted(mistakes, key=lambda m: (m.file, m.line))))


def _digest(folder: Path | None) -> str:
    """SHA-256 over every file an answer hangs on, each with its name, so that text cannot wander between files."""
    digest = hashlib.sha256()
    for kind in ("calendars", "procedures", "vocabulary/facts", "offices"):
        for where in _files(folder, kind):
            digest.update(f"{where.name}\0{len(where.text)}\0{where.text}".encode())
    return digest.hexdigest()


def _files(folder: Path | None, kind: str) -> Iterator[Located]:
    """The rule files of one kind, by name; the folder of worked cases is not rules."""
    root = DATA if folder is None or not (folder / kind).is_dir() else folder
    for path in sorted((root / kind).rglob("*.toml")):
        inside = path.relative_to(root)
        if "cases" not in inside.parts:
            yield Located(inside.as_posix(), path.read_text(encoding="utf8", errors="replace"))


def _fact_kinds(folder: Path | None) -> tuple[dict[str, FactKind], list[Mistake]]:
    kinds: dict[str, FactKind] = {}
    mistakes: list[Mistake] = []
    for where in _files(folder, "vocabulary/facts"):
        if where.name.endswith("verbs.toml"):
            continue
        found, wrong = decode(where, _Kinds)
        mistakes.extend(wrong)
        for number, kind in enumerate(found.fact if found else ()):
            if kind.name in kinds:
                mistakes.append(
                    where.mistake("fact-twice", f"The fact {kind.name!r} is there already.", "Take one out.",
                                  "fact", number, "name")
                )  # fmt: skip
            kinds[kind.name] = kind
    return kinds, mistakes


def _step_events(procedures: list[Procedure]) -> dict[str, FactKind]:
    """The events of every step, each with its label and question."""
    words = _verb_words()
    titles = {step.id: step.title for procedure in procedures for step in procedure.step}
    return {
        f"{step}.{verb}": FactKind(
            name=f"{step}.{verb}", kind="event", label=_filled(said.label, title), ask=_filled(said.ask, title)
        )
        for step, title in titles.items()
        for verb, said in words.items()
        if verb in (*get_args(Verb), "due", "silent")
    }


@cache
def _verb_words() -> dict[str, _VerbWords]:
    where = Located("verbs.toml", (DATA / "vocabulary" / "facts" / "verbs.toml").read_text(encoding="utf8"))
    words, wrong = decode(where, dict[str, _VerbWords])
    if words is None:
        raise BrokenRule(str(wrong[0]))
    return words


def _filled(words: Bilingual, title: Bilingual) -> Bilingual:
    return Bilingual(en=words.en.replace("{title}", title.en), es=words.es.replace("{title}", title.es))
