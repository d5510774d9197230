"""What makes a day uncertain, and how it would move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from amparo.domain.law import Bilingual, Citation, TimeRule, cited
from amparo.domain.remedies import Move, Reason
from amparo.rules.bounds import Bound
from amparo.rules.facts import kind_of
from amparo.rules.phrases import phrase

if TYPE_CHECKING:
    from amparo.rules.reckoning import Reckoning


def span_doubts(reckoning: Reckoning, chosen: Bound, other: Bound) -> Iterator[Reason]:
    """Why the last day may be another: another limit may hold, or the trigger's day is known only in part.

    Args:
        reckoning: the case.
        chosen: the day to go by.
        other: the one at the other end of what is possible.
    """
    if other.place is chosen.place and other.rule is not chosen.rule:
        yield _other_limit(reckoning, other)
    elif other.last != chosen.last:
        cites = chosen.place.cites(chosen.rule.cite)
        yield Reason(code="day-uncertain", say=phrase("day-uncertain", last=other.last), cites=cites)


def _other_limit(reckoning: Reckoning, other: Bound) -> Reason:
    """What would have to be known for another limit to hold, and the last day then."""
    open_conditions = [v.when for v in other.place.step.unless if reckoning.all_hold(v.when) is None]
    names = dict.fromkeys(name for when in open_conditions for name in reckoning.unknown(when))
    labels = [kind_of(name, reckoning.rulebook.facts).label for name in names]
    facts = Bilingual(en="; ".join(w.en for w in labels) or "-", es="; ".join(w.es for w in labels) or "-")
    say = phrase("other-limit", facts=facts, last=other.last)
    return Reason(code="other-limit", say=say, cites=other.place.cites(other.rule.cite))


def rule_doubts(
    reckoning: Reckoning, rule: TimeRule, cites: tuple[Citation, ...], *, for_person: bool
) -> Iterator[Reason]:
    """What makes a limit uncertain in itself: how its rule is known, an earlier trigger, an authority's doubtful day.

    Args:
        reckoning: the case.
        rule: the limit.
        cites: the provisions it stands in.
        for_person: whether it is the person's time.
    """
    weakest = _weakest(cites)
    if weakest != "verified":
        yield Reason(code=f"rule-{weakest}", say=phrase(f"rule-{weakest}"), cites=cites)
    if rule.pick == "earliest" and for_person:
        for name in cited(rule.of):
            if reckoning.happening(name).happened is None:
                say = phrase("earlier-trigger", trigger=reckoning.rulebook.facts[name].label)
                yield Reason(code="earlier-trigger", say=say, cites=cites)
    for name in cited(rule.of):
        head, _, tail = name.rpartition(".")
        due = reckoning.answer_due(head) if tail in ("due", "silent") else None
        if due is not None:
            yield from due.doubts


def closed_day_doubts(moves: Iterable[Move]) -> Iterator[Reason]:
    """A day moved on by what was not read in its source is not certain; that it has passed all the same is."""
    cites = tuple(dict.fromkeys(cite for move in moves if move.kind in ("skip", "toll") for cite in move.cites))
    if cites and (weakest := _weakest(cites)) != "verified":
        yield Reason(code=f"closed-day-{weakest}", say=phrase(f"rule-{weakest}"), cites=cites)


def _weakest(cites: Iterable[Citation]) -> str:
    order = ("verified", "secondary", "choice", "from-memory")
    return max((cite.mark for cite in cites), key=order.index)
