"""How one door stands today: what came before it, what it needs, and whether its time has run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from amparo.domain.law import Bilingual, cited
from amparo.domain.remedies import Deadline, Question, Reason, State
from amparo.rules.conditions import find, label_of, question
from amparo.rules.phrases import phrase
from amparo.rules.places import NO_LIMIT, Place
from amparo.rules.reckoning import Reckoning


class Door(NamedTuple):
    """How a door stands, why, what would settle it, and its days."""

    state: State
    because: tuple[Reason, ...]
    ask: tuple[Question, ...] = ()
    deadline: Deadline | None = None
    answer_due: Deadline | None = None
    opens: dt.date | None = None


def door(place: Place, reckoning: Reckoning) -> Door | None:
    """How a step stands; nothing when it plainly has no part in the matter."""
    relevance = [found for test in place.step.when if (found := find(test, place, reckoning)) is not None]
    if any(found.state != "cannot-tell" for found in relevance):
        return None
    if taken := _taken(place, reckoning):
        return taken
    needs = [
        found
        for test in (*place.procedure.requires, *place.step.requires)
        if (found := find(test, place, reckoning)) is not None
    ]
    shut = tuple(found.because for found in needs if found.state == "closed")
    if shut:
        return Door("closed", shut)
    waits = [found for found in needs if found.state == "not-yet"]
    reasons = [found.because for found in waits]
    if relevance:
        asked = [ask for found in relevance for ask in found.ask]
        return Door("cannot-tell", tuple(found.because for found in relevance), _once(asked))
    asks = [ask for found in needs for ask in found.ask]
    before = _before(place, reckoning)
    if before is not None:
        reasons.append(before.because)
        asks = [*before.ask, *asks]
    missing = [found.because for found in needs if found.state == "cannot-tell"]
    opens = None
    wait = None if before is not None else reckoning.wait_over(place)
    if wait is not None:
        opens = wait.last + dt.timedelta(days=1)
        if reckoning.today < opens:
            reasons.append(Reason(code="opens-on", say=phrase("opens-on", day=opens), cites=wait.cites))
    if reasons:
        return Door("not-yet", (*reasons, *missing), _once(asks), opens=opens)
    if place.step.wait is not None and wait is None:
        for name in reckoning.days_missing(place.step.wait):
            missing.append(Reason(code="fact-missing", say=phrase("fact-missing", label=label_of(name, reckoning))))
            asks.append(question(name, reckoning))
    timed = _timed(place, reckoning)._replace(opens=opens)
    if timed.state == "closed":
        return timed
    if missing or timed.state == "cannot-tell":
        because = (*missing, *timed.because) if timed.state == "cannot-tell" else tuple(missing)
        return timed._replace(state="cannot-tell", because=because, ask=_once([*asks, *timed.ask]))
    return timed


def _taken(place: Place, reckoning: Reckoning) -> Door | None:
    """A step already filed: answered, pending, or sent back."""
    step = place.step
    answered = reckoning.happening(f"{step.id}.answered")
    if answered.happened:
        return Door("closed", (Reason(code="already-answered", say=phrase("already-answered", title=step.title)),))
    if reckoning.rejected(step.id):
        return _sent_back(place, reckoning)
    filed = reckoning.happening(f"{step.id}.filed").happened or reckoning.happening(f"{step.id}.logged").happened
    if not filed:
        return None
    deadline = reckoning.file_by(step.id, place=place)
    late = _late(place, reckoning, deadline)
    due = reckoning.answer_due(step.id)
    if step.answer is None or (due is None and step.answer.within == NO_LIMIT):
        cites = place.cites(step.answer.cite) if step.answer else ()
        reason = Reason(code="answer-no-limit", say=phrase("answer-no-limit"), cites=cites)
        return Door("pending", (*late, reason), (), deadline)
    if due is None:
        asks = tuple(question(name, reckoning) for name in cited(step.answer.of)
                     if reckoning.happening(name).when is None)  # fmt: skip
        reason = Reason(code="answer-awaited", say=phrase("answer-awaited-no-day"))
        return Door("pending", (*late, reason), asks, deadline)
    if reckoning.today <= due.last or step.silence is None:
        reason = Reason(code="answer-awaited", say=phrase("answer-awaited", due=due.last), cites=due.cites)
        return Door("pending", (*late, reason), (), deadline, due)
    name = _SILENCE.get(step.silence.means, "silence-nothing")
    cites = place.cites(step.silence.cite)
    asks = () if due.certain else (question(f"{step.id}.answered", reckoning),)
    silence = Reason(code=name, say=phrase(name, due=due.last), cites=cites)
    return Door("pending", (*late, silence), asks, deadline, due)


def _late(place: Place, reckoning: Reckoning, deadline: Deadline | None) -> tuple[Reason, ...]:
    """That a paper was filed after its last day, when that is beyond doubt."""
    if deadline is None:
        return ()
    verb = "logged" if deadline.counts == "received" else "filed"
    day = reckoning.happening(f"{place.step.id}.{verb}").when
    if day is None or day.earliest <= deadline.latest:
        return ()
    return (Reason(code="filed-late", say=phrase("filed-late", last=deadline.last), cites=deadline.cites),)


_SILENCE = {
    "may-treat-as-refused": "silence-refused",
    "may-go-to-judge": "silence-judge",
    "counts-as-admitted": "silence-admitted",
}


def _sent_back(place: Place, reckoning: Reckoning) -> Door:
    again = reckoning.resubmit_by(place.step.id)
    if place.step.resubmit is None:
        return Door("closed", (Reason(code="rejected", say=phrase("rejected")),))
    if again is None:
        reason = Reason(code="rejected", say=phrase("rejected"))
        return Door("cannot-tell", (reason,), (question(f"{place.step.id}.rejected", reckoning),))
    if reckoning.today <= again.last:
        reason = Reason(code="rejected-mend", say=phrase("rejected-mend", last=again.last), cites=again.cites)
        return Door("open", (reason,), (), again)
    reason = Reason(code="rejected-late", say=phrase("rejected-late", last=again.last), cites=again.cites)
    return Door("closed", (reason,), (), again)


class _Before(NamedTuple):
    because: Reason
    ask: tuple[Question, ...]


def _before(place: Place, reckoning: Reckoning) -> _Before | None:
    """What must have happened first, when none of it has."""
    if not place.step.after:
        return None
    events = {name: reckoning.happening(name).happened for name in place.step.after}
    if True in events.values():
        return None
    labels = list(_awaited(place.step.after, reckoning))
    either = Bilingual(en="; or ".join(w.en for w in labels), es="; o ".join(w.es for w in labels))
    asks = tuple(question(name, reckoning) for name, happened in events.items() if happened is None)
    return _Before(Reason(code="waits-for", say=phrase("waits-for", events=either)), asks)


def _awaited(names: tuple[str, ...], reckoning: Reckoning) -> Iterator[Bilingual]:
    """What is waited for, in words: first the steps that must be answered or left in silence, together, then the rest.

    Steps that have no part in the matter are left out, unless that leaves none.
    """
    heads = dict.fromkeys(name.rpartition(".")[0] for name in names if name.endswith(".silent"))
    fitting = [head for head in heads if _has_part(head, reckoning)] or list(heads)
    if fitting:
        titles = [_title(head, reckoning) for head in fitting]
        steps = Bilingual(en=", ".join(w.en for w in titles), es=", ".join(w.es for w in titles))
        yield phrase("answer-or-silence", title=steps)
    for name in names:
        if name.rpartition(".")[0] not in heads:
            yield label_of(name, reckoning)


def _title(step: str, reckoning: Reckoning) -> Bilingual:
    """What a step is called; of a step withdrawn only its answer has a name left."""
    place = reckoning.current(step)
    return place.step.title if place is not None else label_of(f"{step}.answered", reckoning)


def _has_part(step: str, reckoning: Reckoning) -> bool:
    """Whether a step may have a part in the matter, as far as its own conditions say."""
    place = reckoning.current(step)
    if place is None:
        return False
    found = [find(test, place, reckoning) for test in place.step.when]
    return all(one is None for one in found)


def _timed(place: Place, reckoning: Reckoning) -> Door:
    """Whether the time to act is running or over."""
    rule, _ = reckoning.file_rules(place)
    cites = place.cites(rule.cite)
    if rule.within == NO_LIMIT:
        return Door("open", (Reason(code="no-limit", say=phrase("no-limit"), cites=cites),))
    deadline = reckoning.file_by(place.step.id, place=place)
    if deadline is None:
        names = [name for name in cited(rule.of) if reckoning.happening(name).when is None]
        labels = [label_of(name, reckoning) for name in names]
        either = Bilingual(en="; ".join(w.en for w in labels), es="; ".join(w.es for w in labels))
        reason = Reason(code="trigger-unknown", say=phrase("trigger-unknown", label=either), cites=cites)
        return Door("cannot-tell", (reason,), tuple(question(name, reckoning) for name in names))
    if reckoning.today <= deadline.last:
        say = phrase("within-time", last=deadline.last)
        return Door("open", (Reason(code="within-time", say=say, cites=deadline.cites),), (), deadline)
    return _lapsed(place, reckoning, deadline)


def _lapsed(place: Place, reckoning: Reckoning, deadline: Deadline) -> Door:
    """A day gone by shuts a door only when the count is certain; a longer limit that may hold is asked about."""
    longer = [
        name
        for variant in place.step.unless
        if reckoning.all_hold(variant.when) is None
        for name in reckoning.unknown(variant.when)
    ]
    asks = [question(name, reckoning) for name in longer]
    if reckoning.today <= deadline.latest:
        asks.append(question(deadline.trigger, reckoning))
    unread = [doubt for doubt in deadline.doubts if doubt.code.startswith("rule-")]
    if unread:
        asks.append(Question(fact=deadline.trigger, ask=phrase("ask-lawyer")))
    if asks:
        say = phrase("lapsed-unsure", last=deadline.last)
        reason = Reason(code="lapsed-unsure", say=say, cites=deadline.cites)
        return Door("cannot-tell", (reason, *deadline.doubts), _once(asks), deadline)
    if place.step.extend is not None:
        say = phrase("too-late-unless", last=deadline.last, extend=place.step.extend.say)
        cites = (*deadline.cites, *place.cites(place.step.extend.cite))
        return Door("closed", (Reason(code="too-late", say=say, cites=cites),), (), deadline)
    reason = Reason(code="too-late", say=phrase("too-late", last=deadline.last), cites=deadline.cites)
    return Door("closed", (reason,), (), deadline)


def _once(asks: list[Question]) -> tuple[Question, ...]:
    return tuple({(ask.fact, ask.ask.en): ask for ask in asks}.values())
