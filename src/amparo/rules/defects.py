"""Why a planned filing would be sent back, found before it is sent."""

from __future__ import annotations

import datetime as dt

from amparo.domain.dates import PartialDate
from amparo.domain.law import Check
from amparo.domain.remedies import Deadline, Defect, Facts, Value
from amparo.domain.rulebook import Rulebook
from amparo.errors import UnknownRule
from amparo.rules.conditions import holds, matters, question
from amparo.rules.doors import door
from amparo.rules.phrases import phrase
from amparo.rules.places import Place
from amparo.rules.reckoning import Reckoning


def find_defects(facts: Facts, rulebook: Rulebook, *, step: str, today: dt.date) -> tuple[Defect, ...]:
    """Every reason for which a planned filing would bounce, might bounce, or cannot be judged yet.

    Args:
        facts: the case and the planned paper; facts named ``filing.…`` are about the paper.
        rulebook: the law.
        step: the step it is meant for.
        today: the day it would be handed in, unless ``filing.handed-in`` or ``filing.arrives`` says otherwise.

    Raises:
        UnknownRule: the rulebook has no such step.

    Returns:
        Defects, those that surely bounce first; empty when nothing speaks against it.

    >>> import datetime as dt
    >>> from amparo.rules import facts_from, load_rules
    >>> book = load_rules()
    >>> facts = facts_from({"system": "us.bop", "incident": dt.date(2025, 3, 3), "filing.signed": False}, book.facts)
    >>> "SIG" in [defect.code for defect in find_defects(facts, book, step="request", today=dt.date(2025, 3, 9))]
    True
    """
    reckoning = Reckoning(facts, rulebook, today=today)
    place = reckoning.current(step)
    if place is None:
        raise UnknownRule(step=step)
    judged = Reckoning(facts.holding(**_worked_out(place, reckoning)), rulebook, today=today)
    defects = [defect for check in place.step.check if (defect := _defect(check, place, judged)) is not None]
    order = {"bounces": 0, "may-bounce": 1, "ask": 2}
    return tuple(sorted(defects, key=lambda defect: order[defect.weight]))


def _defect(check: Check, place: Place, reckoning: Reckoning) -> Defect | None:
    if not matters(check, reckoning):
        return None
    state = holds(check, reckoning)
    if state == "yes":
        return None
    open_conditions = reckoning.unknown(check.when) if check.when else ()
    unknown = state != "no" or bool(open_conditions)
    wanted = question(open_conditions[0] if open_conditions else check.fact, reckoning)
    return Defect(
        code=check.code,
        says=phrase("not-known", ask=wanted.ask) if unknown else check.says,
        mend=check.mend,
        weight="ask" if unknown else check.weight,
        cites=place.cites(check.cite),
        fact=wanted.fact if unknown else check.fact,
    )


def _worked_out(place: Place, reckoning: Reckoning) -> dict[str, Value]:
    """Facts about the paper that follow from the case: in time, at the right level, by the right hand."""
    found: dict[str, Value] = {}
    on_time = _on_time(place, reckoning)
    if on_time is not None:
        found["filing.on-time"] = on_time
    standing = door(place, reckoning)
    if standing is None:
        found["filing.step-open"] = False
    elif standing.state in ("open", "not-yet"):
        found["filing.step-open"] = standing.state == "open"
    elif standing.state == "closed":
        found["filing.step-open"] = all(reason.code.startswith("too-late") for reason in standing.because)
    by = reckoning.facts.get("filing.by")
    if by is not None:
        found["filing.person-files-own"] = by in (place.step.standing or place.procedure.standing).may_submit
    return found


def _on_time(place: Place, reckoning: Reckoning) -> bool | None:
    """Whether the paper would be in time; nothing when that hangs on what is not known."""
    limit = (
        reckoning.resubmit_by(place.step.id)
        if reckoning.rejected(place.step.id)
        else reckoning.file_by(place.step.id, place=place)
    )
    if limit is None:
        rule, _ = reckoning.file_rules(place)
        return True if rule.within == "no limit" else None
    day = _day_that_counts(place, reckoning, limit)
    if day <= limit.last:
        return True
    return False if day > limit.latest else None


def _day_that_counts(place: Place, reckoning: Reckoning, limit: Deadline) -> dt.date:
    """The day the rule looks at: of arrival, with the mail's days added where it is not given, or of sending."""
    handed_in = reckoning.facts.get("filing.handed-in")
    arrives = reckoning.facts.get("filing.arrives")
    sent = handed_in.latest if isinstance(handed_in, PartialDate) else reckoning.today
    if limit.counts != "received":
        return sent
    if isinstance(arrives, PartialDate):
        return arrives.latest
    return sent + dt.timedelta(days=place.step.mail.days if place.step.mail else 0)
