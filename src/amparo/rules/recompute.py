"""Which days move when a law, a calendar or a date changes, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from amparo.domain.law import Bilingual, Procedure, Step, Test, TimeRule, Variant, cited
from amparo.domain.remedies import Facts, Moved, Whose
from amparo.domain.rulebook import Rulebook
from amparo.rules.calendars import ClosedDays
from amparo.rules.conditions import find
from amparo.rules.phrases import phrase
from amparo.rules.places import Place, closed_days, places, varied
from amparo.rules.reckoning import Reckoning

Key = tuple[str, Whose]
Days = Mapping[Key, dt.date]
"""Days by step and by whose they are: the person's last, the authority's last, or that of a door's opening."""


def last_days(reckoning: Reckoning, steps: Iterable[str] | None = None) -> dict[Key, dt.date]:
    """Every day that follows from a case's facts: the last to file, the last to answer, the first after a wait.

    Args:
        reckoning: the case against a rulebook.
        steps: only these; all by default.
    """
    found: dict[Key, dt.date] = {}
    system = reckoning.facts.get("system")
    for step in places(reckoning.rulebook) if steps is None else steps:
        place = reckoning.current(step)
        if place is None or place.triggers.isdisjoint(reckoning.named):
            continue
        if system is not None and place.procedure.systems and system not in place.procedure.systems:
            continue
        if any(_shuts(place, test, reckoning) for test in _tests(place)):
            continue
        file = reckoning.resubmit_day(step) if reckoning.rejected(step) else reckoning.file_day(step)
        if file is not None:
            found[step, "person"] = file
        due = reckoning.answer_by(step)
        if due is not None:
            found[step, "authority"] = due
        wait = reckoning.wait_over(place) if place.step.wait is not None else None
        if wait is not None:
            found[step, "opening"] = wait.last + dt.timedelta(days=1)
    return found


def _tests(place: Place) -> tuple[Test, ...]:
    return (*place.step.when, *place.procedure.requires, *place.step.requires)


def _shuts(place: Place, test: Test, reckoning: Reckoning) -> bool:
    if test.presume and test.fact not in reckoning.named and test.fact.rpartition(".")[0] not in reckoning.named:
        return False
    found = find(test, place, reckoning)
    return found is not None and found.state == "closed"


def recompute(
    cases: Iterable[tuple[str, Facts]], before: Rulebook, after: Rulebook, *, today: dt.date
) -> Iterator[Moved]:
    """The days that move from one rulebook to another, case by case; only what the change touches is counted anew.

    Args:
        cases: name and facts of each.
        before: the rulebook as it was.
        after: the rulebook as it is.
        today: the day on which silence is judged.

    >>> import datetime as dt
    >>> from amparo.rules import facts_from, load_rules
    >>> book = load_rules()
    >>> facts = facts_from({"incident": dt.date(2025, 3, 3)}, book.facts)
    >>> list(recompute([("A", facts)], book, book, today=dt.date(2025, 3, 9)))
    []
    """
    reasons = changes(before, after)
    if not reasons:
        return
    old_days, new_days = closed_days(before), closed_days(after)
    touched = tuple(reasons)
    for name, facts in cases:
        was = last_days(Reckoning(facts, before, today=today, days=old_days, working=False), touched)
        now = last_days(Reckoning(facts, after, today=today, days=new_days, working=False), touched)
        if was != now:
            yield from _moved(name, was, now, reasons)


def correct(
    name: str, facts: Facts, corrected: Facts, rulebook: Rulebook, *, today: dt.date,
    days: dict[str, ClosedDays] | None = None,
) -> Iterator[Moved]:  # fmt: skip
    """The days that move when facts of one case are corrected.

    Args:
        name: of the case.
        facts: as they were.
        corrected: as they are.
        rulebook: the law.
        today: the day on which silence is judged.
        days: closed days by calendar, to share between cases.
    """
    changed = [
        fact for fact in dict.fromkeys([*facts.values, *corrected.values]) if facts.get(fact) != corrected.get(fact)
    ]
    if not changed:
        return
    labels = [rulebook.facts[fact].label for fact in changed]
    because = phrase(
        "facts-corrected",
        facts=Bilingual(en="; ".join(w.en for w in labels), es="; ".join(w.es for w in labels)),
    )
    was = last_days(Reckoning(facts, rulebook, today=today, days=days, working=False))
    now = last_days(Reckoning(corrected, rulebook, today=today, days=days, working=False))
    yield from _moved(name, was, now, dict.fromkeys(places(rulebook), because))


def _moved(name: str, was: Days, now: Days, reasons: Mapping[str, Bilingual]) -> Iterator[Moved]:
    for key in dict.fromkeys([*was, *now]):
        if was.get(key) != now.get(key):
            step, whose = key
            yield Moved(
                case=name,
                step=step,
                whose=whose,
                before=was.get(key),
                after=now.get(key),
                why=reasons[step],
            )


def changes(before: Rulebook, after: Rulebook) -> dict[str, Bilingual]:
    """The steps whose days may move from one rulebook to another, each with what changed.

    A step is touched when its wording changed, when a calendar it counts by changed, or when it counts from the
    answer or the silence of a step that is touched.
    """
    calendars = {
        name
        for name in before.calendars.keys() | after.calendars.keys()
        if before.calendars.get(name) != after.calendars.get(name)
    }
    touched: dict[str, Bilingual] = {}
    old, new = places(before), places(after)
    for step in dict.fromkeys([*old, *new]):
        was, now = old.get(step, []), new.get(step, [])
        if [_ruled(p) for p in was] != [_ruled(p) for p in now]:
            touched[step] = phrase("wording-changed", wordings=", ".join(_names(p.procedure) for p in now or was))
        elif used := {name for p in now for name in _counted_by(p.step)} & calendars:
            titles = [after.calendars[name].title for name in sorted(used) if name in after.calendars]
            touched[step] = phrase(
                "calendar-changed",
                calendars=Bilingual(
                    en=", ".join(t.en for t in titles) or "-", es=", ".join(t.es for t in titles) or "-"
                ),
            )
    return _followed(touched, new)


def _followed(touched: dict[str, Bilingual], steps: Mapping[str, list[Place]]) -> dict[str, Bilingual]:
    """Steps that hang on others that are touched."""
    leans = {
        step: {name.rpartition(".")[0] for place in found for name in _leant_on(place)} for step, found in steps.items()
    }
    grown = True
    while grown:
        more = {step for step, on in leans.items() if step not in touched and on & touched.keys()}
        touched |= {step: phrase("follows-another", step=step) for step in more}
        grown = bool(more)
    return touched


def _leant_on(place: Place) -> Iterator[str]:
    """Every fact that a step's days hang on."""
    for rule in _timed(place.step):
        yield from cited(rule.of)
        yield from (name for toll in rule.toll for name in (toll.since, toll.to))
    for variant in _variants(place.step):
        yield from cited(variant.when)
    for test in _tests(place):
        yield from (test.fact, *cited(test.when))


def _ruled(place: Place) -> tuple[object, ...]:
    return (place.procedure.valid, place.procedure.systems, *_timed(place.step), *_tests(place))


def _timed(step: Step) -> tuple[TimeRule | Variant, ...]:
    return (*_rules(step), *_variants(step))


def _counted_by(step: Step) -> Iterator[str]:
    """Calendars that move a last day of a step: those of working days and of rolling; a safe day moves none."""
    usual = ((step.file, step.unless), (step.answer, step.urgent), (step.wait, step.sooner), (step.resubmit, ()))
    for rule, variants in usual:
        if rule is None:
            continue
        for one in (rule, *(varied(rule, variant) for variant in variants)):
            if one.roll != "none" or "working" in one.within or "working" in one.extend:
                yield one.calendar


def _variants(step: Step) -> tuple[Variant, ...]:
    return (*step.unless, *step.urgent, *step.sooner)


def _rules(step: Step) -> tuple[TimeRule, ...]:
    return tuple(rule for rule in (step.file, step.answer, step.wait, step.resubmit) if rule is not None)


def _names(procedure: Procedure) -> str:
    return f"{procedure.id}@{procedure.valid.since}"
