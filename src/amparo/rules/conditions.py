"""Whether a thing that must be so is so, is not, or cannot be told."""

from __future__ import annotations

from typing import Literal, NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.law import Bilingual, Check, Test
from amparo.domain.remedies import Question, Reason, Value
from amparo.rules.facts import kind_of
from amparo.rules.phrases import phrase
from amparo.rules.places import Place
from amparo.rules.reckoning import Reckoning

Holds = Literal["yes", "no", "unknown", "unverified"]


class Finding(NamedTuple):
    """How a condition stands, and what would settle it."""

    state: Literal["closed", "not-yet", "cannot-tell"]
    because: Reason
    ask: tuple[Question, ...] = ()


def holds(test: Test | Check, reckoning: Reckoning) -> Holds:
    """Whether a condition holds; unverified when the value is one of which the law was not read."""
    value = known(test.fact, reckoning)
    if value is None:
        return "unknown"
    if isinstance(test.equals, bool):
        return "yes" if bool(value) is test.equals else "no"
    if test.at_least is not None or test.at_most is not None:
        number = value if isinstance(value, int) else 0
        low = test.at_least is not None and number < test.at_least
        high = test.at_most is not None and number > test.at_most
        return "no" if low or high else "yes"
    if test.equals is not None and value in test.equals:
        return "yes"
    if value in test.isnt or not test.isnt:
        return "no"
    return "unverified" if test.equals is not None else "yes"


def known(fact: str, reckoning: Reckoning) -> Value | None:
    """The value of a fact, or of an event that can be worked out; an event that happened counts as true."""
    value = reckoning.facts.get(fact)
    if value is None:
        value = reckoning.happening(fact).happened
    return True if isinstance(value, PartialDate) else value


def matters(test: Test | Check, reckoning: Reckoning) -> bool:
    """Whether a condition is asked at all in this case; one that may matter is asked."""
    return not test.when or reckoning.all_hold(test.when) is not False


def find(test: Test, place: Place, reckoning: Reckoning) -> Finding | None:
    """What a condition does to a door; nothing when it holds, or does not matter."""
    if not matters(test, reckoning):
        return None
    state = holds(test, reckoning)
    if state == "unknown" and test.presume:
        return None
    cites = place.cites(test.cite)
    if state == "yes":
        return None
    open_conditions = reckoning.unknown(test.when) if test.when else ()
    if state == "no" and open_conditions:
        label = label_of(open_conditions[0], reckoning)
        reason = Reason(code="fact-missing", say=phrase("fact-missing", label=label), cites=cites)
        return Finding("cannot-tell", reason, tuple(question(name, reckoning) for name in open_conditions))
    if state == "no":
        return Finding(test.otherwise, Reason(code=f"needs-{test.fact}", say=test.because, cites=cites))
    if state == "unverified":
        say = phrase("unverified-state", value=reckoning.facts.get(test.fact))
        ask = Question(fact=test.fact, ask=phrase("ask-lawyer"))
        return Finding("cannot-tell", Reason(code="unverified", say=say, cites=cites), (ask,))
    reason = Reason(code="fact-missing", say=phrase("fact-missing", label=label_of(test.fact, reckoning)), cites=cites)
    return Finding("cannot-tell", reason, (question(test.fact, reckoning),))


def question(fact: str, reckoning: Reckoning) -> Question:
    """The question that settles a fact; for an option of a choice, the question of the choice."""
    kinds = reckoning.rulebook.facts
    kind = kind_of(fact, kinds)
    return Question(fact=kind.name, ask=kind.ask)


def label_of(fact: str, reckoning: Reckoning) -> Bilingual:
    """What a fact is, in words."""
    kinds = reckoning.rulebook.facts
    kind = kind_of(fact, kinds)
    return kind.label
