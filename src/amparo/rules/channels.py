"""Which doors are open, not yet, closed or cannot be told, and how to go through each."""

from __future__ import annotations

import datetime as dt

from amparo.domain.remedies import Channel, Condition, Enclosed, Facts, Question, Reason
from amparo.domain.rulebook import Rulebook
from amparo.rules.calendars import ClosedDays
from amparo.rules.conditions import known, label_of, matters
from amparo.rules.doors import Door, door
from amparo.rules.facilities import facility
from amparo.rules.offices import resolve
from amparo.rules.phrases import phrase
from amparo.rules.places import Place, places
from amparo.rules.reckoning import Reckoning

_ORDER = {"open": 0, "pending": 1, "cannot-tell": 2, "not-yet": 3, "closed": 4}


def find_channels(
    facts: Facts, rulebook: Rulebook, *, today: dt.date, days: dict[str, ClosedDays] | None = None
) -> tuple[Channel, ...]:
    """Every door there could be in a case: open, pending, not yet, closed or not to be told, each with its reasons.

    Args:
        facts: what is known; what is absent is unknown and becomes a question.
        rulebook: the law.
        today: the day on which the doors are looked at.
        days: closed days by calendar, to share between cases.

    Returns:
        Channels, the open ones first, and among them the soonest.

    >>> import datetime as dt
    >>> from amparo.rules import facts_from, load_rules
    >>> book = load_rules()
    >>> facts = facts_from({"system": "us.bop", "matter": "conditions", "incident": dt.date(2025, 3, 3)}, book.facts)
    >>> request = next(c for c in find_channels(facts, book, today=dt.date(2025, 3, 10)) if c.step == "request")
    >>> request.state, request.deadline.last.isoformat(), request.deadline.safe.isoformat()
    ('open', '2025-03-23', '2025-03-21')
    """
    reckoning = Reckoning(facts, rulebook, today=today, days=days)
    found = (channel for step in places(rulebook) if (channel := channel_of(step, reckoning)) is not None)
    return tuple(sorted(found, key=lambda c: (_ORDER[c.state], c.deadline.last if c.deadline else dt.date.max)))


def channel_of(step: str, reckoning: Reckoning) -> Channel | None:
    """One door; nothing when it plainly has no part in the case: another system, another matter."""
    place = reckoning.current(step)
    if place is None:
        return None
    system = reckoning.facts.get("system")
    if place.procedure.systems and system is not None and system not in place.procedure.systems:
        return None
    if place.procedure.systems and system is None and not reckoning.speaks_of(place.procedure):
        return _described(place, _ask_system(reckoning), reckoning)
    found = door(place, reckoning)
    return None if found is None else _described(place, found, reckoning)


def _ask_system(reckoning: Reckoning) -> Door:
    """A door of a prison system, when it is not known which system holds the person."""
    kind = reckoning.rulebook.facts["system"]
    reason = Reason(code="fact-missing", say=phrase("fact-missing", label=kind.label))
    return Door("cannot-tell", (reason,), (Question(fact="system", ask=kind.ask),))


def _described(place: Place, found: Door, reckoning: Reckoning) -> Channel:
    procedure, step = place.procedure, place.step
    standing = step.standing or procedure.standing
    office = next((d.to for d in step.detour if reckoning.all_hold(d.when)), step.to)
    notes = tuple(
        Reason(code="note", say=note.say, cites=place.cites(note.cite))
        for note in (*procedure.note, *step.note)
        if not note.when or reckoning.all_hold(note.when)
    )
    enclose = tuple(
        Enclosed(what=item.what, copies=item.copies, cites=place.cites(item.cite), sure=needed is True)
        for item in step.enclose
        if (needed := not item.when or reckoning.all_hold(item.when)) is not False
    )
    conditions = tuple(
        Condition(label=label_of(test.fact, reckoning), value=known(test.fact, reckoning), cites=place.cites(test.cite))
        for test in (*procedure.requires, *step.requires)
        if matters(test, reckoning)
    )
    here, there = reckoning.facts.get("facility"), reckoning.facts.get("incident-facility")
    now_at = facility(str(here)) if here is not None else None
    happened_at = facility(str(there)) if there is not None else now_at
    return Channel(
        procedure=procedure.id,
        step=step.id,
        title=step.title,
        procedure_title=procedure.title,
        state=found.state,
        because=found.because,
        ask=found.ask,
        deadline=found.deadline,
        answer_due=found.answer_due,
        opens=found.opens,
        to=resolve(office, facility=now_at, incident_facility=happened_at),
        form=step.form,
        who=standing.may_submit,
        with_authority=standing.with_authority,
        helpers=standing.may_prepare,
        copies=step.copies,
        enclose=enclose,
        notes=notes,
        conditions=conditions,
        verified=all(cite.mark == "verified" for cite in place.cites(step.file.cite)),
    )
