"""How a date came about, told line by line in English and Spanish."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.domain.dates import PartialDate, TimeLimit
from amparo.domain.law import Bilingual, Citation
from amparo.domain.remedies import Channel, Deadline, Explanation, Facts, Line, Move
from amparo.domain.rulebook import Rulebook
from amparo.rules.phrases import unit_in_words, working

_RUNS = ("calendar days", "working days", "weeks")
_NOTHING = Bilingual(en="-", es="-")


def explain(channel: Channel, facts: Facts, rulebook: Rulebook, *, authority: bool = False) -> Explanation | None:
    """The working of a channel's day on one page; nothing when it has none.

    Args:
        channel: as found by :func:`amparo.rules.find_channels`.
        facts: the facts it was found from.
        rulebook: the law it was found by.
        authority: the authority's day instead of the person's.

    >>> import datetime as dt
    >>> from amparo.rules import facts_from, find_channels, load_rules
    >>> book = load_rules()
    >>> facts = facts_from({"system": "us.bop", "incident": dt.date(2025, 3, 3)}, book.facts)
    >>> request = next(c for c in find_channels(facts, book, today=dt.date(2025, 3, 9)) if c.step == "request")
    >>> explain(request, facts, book).lines[1].say.en
    '20 calendar days, counted from Tue 4 March 2025 to Sun 23 March 2025.'
    """
    deadline = channel.answer_due if authority else channel.deadline
    if deadline is None:
        return None
    label = rulebook.facts[deadline.trigger].label
    return Explanation(
        step=channel.step,
        title=working("words", "authority", title=channel.title) if authority else channel.title,
        last=deadline.last,
        safe=deadline.safe,
        send_by=deadline.send_by,
        certain=deadline.certain,
        rule=working("words", "within", limit=TimeLimit.parse(deadline.limit), trigger=label,
                     counts=working("counts", deadline.counts)),
        known_from=_known_from(deadline, facts, label),
        lines=tuple(_lines(deadline, rulebook)),
        doubts=tuple(doubt.say for doubt in deadline.doubts),
        cites=_each_once(deadline),
        wording=deadline.wording,
        digest=rulebook.digest,
    )  # fmt: skip


def _known_from(deadline: Deadline, facts: Facts, label: Bilingual) -> Bilingual:
    value = facts.get(deadline.trigger)
    source = facts.known_from.get(deadline.trigger)
    if isinstance(value, PartialDate) and not value.certain:
        key = "partly" if deadline.whose == "person" else "partly-authority"
        return working("words", key, label=label, written=source or value.written or str(value))
    if source:
        return Bilingual(en=source, es=source)
    return working("words", "given" if value is not None else "worked-out")


def _lines(deadline: Deadline, rulebook: Rulebook) -> Iterator[Line]:
    """The working, then the day to plan for and the day to post."""
    plain = not any(move.kind in ("skip", "roll") for move in deadline.trace)
    for move in deadline.trace:
        if move.kind == "land" and plain:
            yield Line(kind="skip", start=move.start, end=move.end, say=working("lines", "no-skip"))
        yield Line(kind=move.kind, start=move.start, end=move.end, say=_said(move, rulebook), cites=move.cites)
    if deadline.whose == "authority":
        return
    if deadline.safe != deadline.last:
        calendar = rulebook.calendars.get(deadline.calendar)
        say = working("lines", "safe", end=deadline.safe, calendar=calendar.title if calendar else _NOTHING)
        yield Line(kind="land", start=deadline.safe, end=deadline.safe, say=say)
    if deadline.send_by is not None:
        say = working("lines", "send", end=deadline.send_by, count=(deadline.safe - deadline.send_by).days)
        yield Line(kind="mail", start=deadline.send_by, end=deadline.send_by, say=say)


def _said(move: Move, rulebook: Rulebook) -> Bilingual:
    key: str = move.kind
    if move.kind == "count":
        key = "count-run" if move.unit in _RUNS else "count-one"
    elif move.kind == "extend" and move.name:
        key = "extend-granted"
    calendar = rulebook.calendars.get(move.name)
    label = rulebook.facts.get(move.name)
    return working(
        "lines",
        key,
        start=move.start,
        end=move.end,
        count=abs(move.count),
        unit=unit_in_words(move.count, move.unit) if move.unit else _NOTHING,
        label=label.label if label else _NOTHING,
        why=move.why or _NOTHING,
        calendar=calendar.title if calendar else _NOTHING,
    )


def _each_once(deadline: Deadline) -> tuple[Citation, ...]:
    """Every provision used: those of the rule, then those of each day skipped, then those of the doubts."""
    cites = [*deadline.cites]
    cites += [cite for move in deadline.trace for cite in move.cites]
    cites += [cite for doubt in deadline.doubts for cite in doubt.cites]
    return tuple({cite.ref: cite for cite in cites}.values())
