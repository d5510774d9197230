"""Whether the rulebook hangs together: names, citations, limits, validity, order of steps, dates of review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from amparo.domain.dates import TimeLimit
from amparo.domain.law import Check, Cites, Enclosure, Note, Outcome, Procedure, Step, Test, TimeRule, Variant, cited
from amparo.domain.rulebook import Calendar, FactKind
from amparo.rules.calendars import WEEKDAYS, day_in_year
from amparo.rules.facts import option_of
from amparo.rules.files import Located, Mistake
from amparo.rules.places import NO_LIMIT, varied


class ProcedureChecker:
    """One procedure's file beside the names the rest of the book knows.

    Args:
        procedure: what the file says.
        where: the file.
        facts: the vocabulary of facts, with the events of every step.
        offices, calendars: names that are known.
    """

    def __init__(
        self,
        procedure: Procedure,
        where: Located,
        *,
        facts: Mapping[str, FactKind],
        offices: Iterable[str],
        calendars: Iterable[str],
    ) -> None:
        self.procedure, self.where, self.facts = procedure, where, facts
        self.offices, self.calendars = frozenset(offices), frozenset(calendars)
        self.used: set[str] = set()

    def mistakes(self) -> Iterator[Mistake]:
        """Every mistake in the file."""
        book = self.procedure
        yield from self._cited(book.standing.cite, "standing", "cite")
        for number, test in enumerate(book.requires):
            yield from self._test(test, "requires", number)
        for number, note in enumerate(book.note):
            yield from self._cited(note.cite, "note", number, "cite")
            yield from self._conditions(note.when, "note", number, "if")
        for number, outcome in enumerate(book.outcome):
            yield from self._cited(outcome.cite, "outcome", number, "cite")
        for number, step in enumerate(book.step):
            yield from self._step(step, number)
        yield from self._order()
        for name in book.cite.keys() - self.used:
            yield self.where.mistake(
                "unused-citation", f"The citation {name!r} is not used.", "Use it or take it out.", "cite", name
            )
        if book.status == "checked" and not book.review.by:
            yield self.where.mistake(
                "no-reviewer", "The rule is marked checked, but nobody is named as reviewer.",
                "Name the reviewer, or mark it draft.", "review",
            )  # fmt: skip
        if book.author and book.author == book.review.by:
            yield self.where.mistake(
                "own-reviewer", "Author and reviewer are the same.", "Have somebody else look it over.", "review"
            )

    def _step(self, step: Step, number: int) -> Iterator[Mistake]:
        at = ("step", number)
        if step.to not in self.offices:
            yield self.where.mistake(
                "unknown-office",
                f"There is no office {step.to!r}.",
                "Add it to data/offices, or correct it.",
                *at,
                "to",
            )
        for other, detour in enumerate(step.detour):
            yield from self._conditions(detour.when, *at, "detour", other, "if")
            yield from self._cited(detour.cite, *at, "detour", other, "cite")
            if detour.to not in self.offices:
                yield self.where.mistake(
                    "unknown-office", f"There is no office {detour.to!r}.", "Add it to data/offices, or correct it.",
                    *at, "detour", other, "to",
                )  # fmt: skip
        yield from self._events(step.after, *at, "after")
        for name, rule, variants, others in (
            ("file", step.file, step.unless, "unless"),
            ("answer", step.answer, step.urgent, "urgent"),
            ("wait", step.wait, step.sooner, "sooner"),
            ("resubmit", step.resubmit, (), ""),
        ):
            if rule is not None:
                yield from self._rule(rule, *at, name)
                for other, variant in enumerate(variants):
                    yield from self._variant(rule, variant, *at, others, other)
        if step.silence is not None:
            yield from self._cited(step.silence.cite, *at, "silence", "cite")
            if step.answer is None:
                yield self.where.mistake(
                    "silence-without-answer", "There is a rule on silence but none on the time to answer.",
                    "State the answer's limit, or that there is none.", *at, "silence",
                )  # fmt: skip
        if step.mail is not None:
            yield from self._cited(step.mail.cite, *at, "mail", "cite")
        if step.standing is not None:
            yield from self._cited(step.standing.cite, *at, "standing", "cite")
        if step.extend is not None:
            yield from self._cited(step.extend.cite, *at, "extend", "cite")
        for key, items in _asides(step):
            for other, item in enumerate(items):
                yield from self._cited(item.cite, *at, key, other, "cite")
                if not isinstance(item, Outcome):
                    yield from self._conditions(item.when, *at, key, other, "if")
        for key, tests in _tests(step):
            for other, test in enumerate(tests):
                yield from self._test(test, *at, key, other)

    def _rule(self, rule: TimeRule, *at: str | int) -> Iterator[Mistake]:
        yield from self._cited(rule.cite, *at, "cite")
        yield from self._events(cited(rule.of), *at, "of")
        for key, written in (("within", rule.within), ("extend", rule.extend)):
            if written in ("", NO_LIMIT):
                continue
            try:
                unit = TimeLimit.parse(written).unit
            except ValueError as problem:
                yield self.where.mistake("bad-limit", f"{problem}.", "Or write 'no limit'.", *at, key)
                continue
            if unit == "working days" and not rule.calendar:
                yield self.where.mistake(
                    "no-calendar", "Working days need a calendar.", "Name one of data/calendars.", *at, key
                )
        if not cited(rule.of) and rule.within != NO_LIMIT:
            yield self.where.mistake(
                "no-trigger", "The limit runs from nothing.", "Name the event it runs from under 'of'.", *at
            )
        if rule.roll != "none" and not rule.calendar:
            yield self.where.mistake(
                "no-calendar", "Rolling needs a calendar.", "Name one of data/calendars.", *at, "roll"
            )
        if rule.calendar and rule.calendar not in self.calendars:
            yield self.where.mistake(
                "unknown-calendar", f"There is no calendar {rule.calendar!r}.", "Name one of data/calendars.",
                *at, "calendar",
            )  # fmt: skip
        for number, toll in enumerate(rule.toll):
            yield from self._events((toll.since, toll.to), *at, "toll", number)
            yield from self._cited(toll.cite, *at, "toll", number, "cite")

    def _variant(self, usual: TimeRule, variant: Variant, *at: str | int) -> Iterator[Mistake]:
        yield from self._conditions(variant.when, *at, "if")
        if not cited(variant.cite):
            yield self.where.mistake(
                "uncited", "This other limit cites nothing.", "Name the provision it stands in.", *at, "cite"
            )
        yield from self._rule(varied(usual, variant), *at)

    def _test(self, test: Test | Check, *at: str | int) -> Iterator[Mistake]:
        yield from self._cited(test.cite, *at, "cite")
        yield from self._conditions(test.when, *at, "if")
        kind = self.facts.get(test.fact)
        if kind is None:
            yield self.where.mistake(
                "unknown-fact", f"There is no fact {test.fact!r}.", "Add it to data/vocabulary/facts, or correct it.",
                *at, "fact",
            )  # fmt: skip
            return
        values = (*(test.equals if isinstance(test.equals, tuple) else ()), *test.isnt)
        for value in values:
            if kind.options and value not in kind.options:
                yield self.where.mistake(
                    "unknown-option", f"{test.fact!r} is never {value!r}.", f"It is one of {', '.join(kind.options)}.",
                    *at, "is",
                )  # fmt: skip
        bounded = test.at_least is not None or test.at_most is not None
        if test.equals is None and not test.isnt and not bounded:
            yield self.where.mistake(
                "empty-test", "Nothing is asked of this fact.", "Write is, isnt, at_least or at_most.", *at
            )
            return
        fits = {
            "number": bounded,
            "choice": isinstance(test.equals, tuple) or bool(test.isnt),
            "flag": isinstance(test.equals, bool),
            "event": isinstance(test.equals, bool),
        }
        if not fits[kind.kind]:
            yield self.where.mistake(
                "wrong-kind", f"{test.fact!r} is a {kind.kind}; this test does not fit it.",
                "Flags and events are true or false, choices a list of names, numbers have bounds.", *at,
            )  # fmt: skip

    def _conditions(self, names: Cites, *at: str | int) -> Iterator[Mistake]:
        for name in cited(names):
            chosen = option_of(name, self.facts) is not None
            if name not in self.facts and not chosen:
                yield self.where.mistake(
                    "unknown-fact", f"There is no fact {name!r}.",
                    "Add it to data/vocabulary/facts, or correct it; an option is written choice.option.", *at,
                )  # fmt: skip

    def _events(self, names: Iterable[str], *at: str | int) -> Iterator[Mistake]:
        for name in names:
            kind = self.facts.get(name)
            if kind is None or kind.kind not in ("event", "flag"):
                yield self.where.mistake(
                    "unknown-event", f"There is no event {name!r}.",
                    "Events stand in data/vocabulary/facts; those of a step are written step.filed, step.answered ...",
                    *at,
                )  # fmt: skip

    def _cited(self, names: Cites, *at: str | int) -> Iterator[Mistake]:
        if not cited(names):
            yield self.where.mistake("uncited", "Nothing is cited here.", "Name the provision this stands in.", *at)
        for name in cited(names):
            self.used.add(name)
            if name not in self.procedure.cite:
                yield self.where.mistake(
                    "undefined-citation", f"The citation {name!r} is not in the file.",
                    f"Add [cite.{name}] with ref, mark and read_on.", *at,
                )  # fmt: skip

    def _order(self) -> Iterator[Mistake]:
        """No step may wait for itself, by way of others or straight."""
        own = {step.id for step in self.procedure.step}
        waits = {
            step.id: {name.rpartition(".")[0] for name in (*step.after, *cited(step.file.of))} & own
            for step in self.procedure.step
        }
        for number, step in enumerate(self.procedure.step):
            seen, todo = set[str](), set(waits[step.id])
            while todo:
                name = todo.pop()
                seen.add(name)
                todo |= waits[name] - seen
            if step.id in seen:
                yield self.where.mistake(
                    "cycle",
                    f"The step {step.id!r} waits for itself.",
                    "Mend 'after' and 'of'.",
                    "step",
                    number,
                    "after",
                )


def _asides(step: Step) -> tuple[tuple[str, tuple[Note | Enclosure | Outcome, ...]], ...]:
    return ("note", step.note), ("enclose", step.enclose), ("outcome", step.outcome)


def _tests(step: Step) -> tuple[tuple[str, tuple[Test | Check, ...]], ...]:
    return ("when", step.when), ("requires", step.requires), ("check", step.check)


def check_validity(wordings: Iterable[tuple[Procedure, Located]]) -> Iterator[Mistake]:
    """Overlaps and gaps between the wordings of one procedure."""
    ordered = sorted(wordings, key=lambda pair: pair[0].valid.since)
    for (first, _), (second, where) in pairwise(ordered):
        end = first.valid.to
        if end is None or end >= second.valid.since:
            yield where.mistake(
                "overlap", f"Two wordings of {first.id} are in force on {second.valid.since}.",
                f"End the earlier on {second.valid.since - dt.timedelta(days=1)}.", "valid",
            )  # fmt: skip
        elif end + dt.timedelta(days=1) != second.valid.since:
            yield where.mistake(
                "gap", f"No wording of {first.id} is in force from {end + dt.timedelta(days=1)}.",
                f"Begin this one then, or add the wording between; nothing holds until {second.valid.since}.", "valid",
            )  # fmt: skip


def check_owners(procedures: Iterable[tuple[Procedure, Located]]) -> Iterator[Mistake]:
    """Steps that two procedures claim, and steps named twice in one file."""
    owner: dict[str, str] = {}
    for procedure, where in procedures:
        names = [step.id for step in procedure.step]
        for number, name in enumerate(names):
            if owner.setdefault(name, procedure.id) != procedure.id or name in names[:number]:
                yield where.mistake(
                    "step-twice", f"The step {name!r} is there already, in {owner[name]}.",
                    "Give it a name of its own: events are called after it.", "step", number, "id",
                )  # fmt: skip


def check_review(procedure: Procedure, where: Located, today: dt.date) -> Iterator[Mistake]:
    """A review date gone by: pointed out, never a refusal."""
    if procedure.review.again < today:
        yield where.mistake(
            "review-due", f"This rule was to be looked over again by {procedure.review.again}.",
            "Read the provision anew and set the next date.", "review", grave=False,
        )  # fmt: skip


def check_calendar(calendar: Calendar, where: Located) -> Iterator[Mistake]:
    """Holidays on impossible days, weekdays that do not exist, citations that are not there."""
    for name in calendar.weekend:
        if name not in WEEKDAYS:
            yield where.mistake("bad-weekday", f"There is no weekday {name!r}.", "Write it as 'sunday'.", "weekend")
    yield from _in_calendar(calendar, where, calendar.weekend_cite, "weekend_cite")
    for number, holiday in enumerate(calendar.holiday):
        try:
            if all(day_in_year(holiday.on, year) is None for year in range(2000, 2029)):
                raise ValueError(f"no year has a {holiday.on}")
        except ValueError as problem:
            yield where.mistake("bad-day", f"{problem}.", "Mend the day.", "holiday", number, "on")
        for day in (*holiday.observed.keys(), *holiday.observed.values()):
            if day not in WEEKDAYS:
                yield where.mistake("bad-weekday", f"There is no weekday {day!r}.", "Mend it.", "holiday", number)
        yield from _in_calendar(calendar, where, holiday.cite, "holiday", number, "cite")
    for number, added in enumerate(calendar.added):
        yield from _in_calendar(calendar, where, added.cite, "added", number, "cite")


def _in_calendar(calendar: Calendar, where: Located, names: Cites, *at: str | int) -> Iterator[Mistake]:
    for name in cited(names):
        if name not in calendar.cite:
            yield where.mistake("undefined-citation", f"The citation {name!r} is not in the file.",
                                f"Add [cite.{name}].", *at)  # fmt: skip
