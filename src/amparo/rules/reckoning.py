"""When each thing in a case happened, and by when each must: events, silence and limits worked out from facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.law import Procedure, TimeRule, cited
from amparo.domain.remedies import Deadline, Facts, Move, Reason
from amparo.domain.rulebook import Rulebook
from amparo.rules.bounds import Bound, Happening, count_bound, limit_of
from amparo.rules.calendars import ClosedDays
from amparo.rules.count import last_open_day
from amparo.rules.doubts import closed_day_doubts, rule_doubts, span_doubts
from amparo.rules.facts import option_of
from amparo.rules.phrases import phrase
from amparo.rules.places import NO_LIMIT, Place, closed_days, places, varied

_DAY = dt.timedelta(days=1)


UNKNOWN = Happening(None)
_LATER = {"filed": ("logged", "answered"), "logged": ("answered",), "answered": ("notified",)}


class _Span(NamedTuple):
    """The last day to go by, and the one at the other end of what is possible."""

    chosen: Bound
    other: Bound


class Reckoning:
    """One case against the rulebook on one day.

    Args:
        facts: what is known.
        rulebook: the law.
        today: the day on which silence is judged.
        days: closed days by calendar; shared between cases so that each year is worked out once.
        working: whether the working of each day is kept, or the last days alone.
    """

    def __init__(
        self,
        facts: Facts,
        rulebook: Rulebook,
        *,
        today: dt.date,
        days: dict[str, ClosedDays] | None = None,
        working: bool = True,
    ) -> None:
        self.facts = facts
        self.rulebook = rulebook
        self.today = today
        self._days = days if days is not None else closed_days(rulebook)
        self._places = places(rulebook)
        self._due: dict[str, _Span | None] = {}
        self._happened: dict[str, Happening] = {}
        self._working = working
        self._told = {name.rpartition(".")[0] for name in facts.values}
        self._spoken_of = self._told | self._places.foreign
        self.named = self._told.union(facts.values)

    def place(self, step: str, day: dt.date) -> Place | None:
        """A step in the wording in force on a day; else in the nearest wording amparo holds."""
        found = self._places.get(step)
        if found is None:
            return None
        return next((p for p in found if p.procedure.valid.holds_on(day)), None)

    def speaks_of(self, procedure: Procedure) -> bool:
        """Whether any event of a procedure's steps is among the facts."""
        return any(step.id in self._told for step in procedure.step)

    def happening(self, name: str) -> Happening:
        """Whether an event has happened, a flag holds, or a choice is made so."""
        found = self._happened.get(name)
        if found is None:
            found = self._happened[name] = self._happening(name)
        return found

    def _happening(self, name: str) -> Happening:
        value = self.facts.values.get(name)
        if value is not None:
            if isinstance(value, PartialDate):
                return Happening(True, value)
            return Happening(value) if isinstance(value, bool) else Happening(True)
        head, _, tail = name.rpartition(".")
        if head in self._places:
            if self._quiet(head):
                return Happening(False) if tail == "silent" else UNKNOWN
            if tail == "due":
                return self._due_day(head)
            return self._silence(head) if tail == "silent" else self._implied(head, tail)
        options = self._places.options
        if name not in options:
            options[name] = option_of(name, self.rulebook.facts)
        option = options[name]
        if option is None:
            return UNKNOWN
        chosen = self.facts.values.get(option.choice)
        return UNKNOWN if chosen is None else Happening(chosen == option.value)

    def _implied(self, step: str, verb: str) -> Happening:
        """What a later event says about an earlier one: an answered paper was logged, a logged one was filed."""
        for name in _LATER.get(verb, ()):
            if self.facts.values.get(f"{step}.{name}") not in (None, False):
                return Happening(True)
        return UNKNOWN

    def all_hold(self, names: str | tuple[str, ...]) -> bool | None:
        """Whether all named facts hold; nothing when that hangs on one not known."""
        if isinstance(names, str):
            return self.happening(names).happened
        states = [self.happening(name).happened for name in names]
        return False if False in states else None if None in states else True

    def unknown(self, names: str | tuple[str, ...]) -> tuple[str, ...]:
        """Which of the named facts are not known."""
        return tuple(name for name in cited(names) if self.happening(name).happened is None)

    # The authority's time

    def answer_due(self, step: str) -> Deadline | None:
        """By when the authority must act on a step that was filed; nothing when that cannot be told."""
        span = self._answer_span(step)
        if span is None:
            return None
        place, rule = span.chosen.place, span.chosen.rule
        doubts = []
        if rule.extend and self.happening(f"{step}.extended").happened is None:
            say = phrase("extension-unknown", extend=limit_of(rule.extend))
            doubts.append(Reason(code="extension-unknown", say=say, cites=place.cites(rule.cite)))
        return self._built(span, for_person=False, doubts=doubts)

    def answer_by(self, step: str) -> dt.date | None:
        """The authority's last day alone, without its working."""
        span = self._answer_span(step)
        return None if span is None else span.chosen.last

    def _answer_span(self, step: str) -> _Span | None:
        if self._quiet(step):
            return None
        if step not in self._due:
            self._due[step] = None  # a step's own due day never hangs on itself
            self._due[step] = self._work_out_answer(step)
        return self._due[step]

    def _work_out_answer(self, step: str) -> _Span | None:
        place = self.current(step)
        if place is None or place.step.answer is None:
            return None
        if self.trigger(place.step.answer) is None and not any(variant.of for variant in place.step.urgent):
            return None
        variants = [(v, self.all_hold(v.when)) for v in place.step.urgent]
        rule = next((varied(place.step.answer, v) for v, holds in variants if holds), place.step.answer)
        extended = self.happening(f"{step}.extended").happened if rule.extend else False
        return self._span(step, place, [rule], for_person=False, extended=bool(extended))

    def _quiet(self, step: str) -> bool:
        """Whether nothing is known of a step whose answer runs from its own events alone."""
        return step not in self._spoken_of

    def _due_day(self, step: str) -> Happening:
        due = self.answer_by(step)
        return UNKNOWN if due is None else Happening(True, PartialDate(earliest=due, latest=due))

    def _silence(self, step: str) -> Happening:
        answered = self.happening(f"{step}.answered")
        if answered.happened:
            return Happening(False)
        place = self.current(step)
        if place is None or place.step.silence is None or place.step.silence.means in ("nothing", "not-stated"):
            return Happening(False)
        due = self.answer_by(step)
        if due is None:
            filed = self.happening(f"{step}.logged").happened or self.happening(f"{step}.filed").happened
            return UNKNOWN if filed is not False else Happening(False)
        if self.rejected(step):
            return Happening(False)
        return Happening(self.today > due, PartialDate.of_day(due + _DAY))

    def rejected(self, step: str) -> bool:
        """Whether a paper was sent back and not accepted since."""
        back, logged = self.happening(f"{step}.rejected"), self.happening(f"{step}.logged")
        if not back.happened:
            return False
        if not logged.happened or logged.when is None or back.when is None:
            return not logged.happened
        return logged.when.earliest <= back.when.latest

    # The person's time

    def file_by(self, step: str, *, place: Place | None = None) -> Deadline | None:
        """By when the person must act; nothing when there is no limit or it cannot be told."""
        span = self._file_span(step, place)
        return None if span is None else self._built(span, for_person=True)

    def file_day(self, step: str) -> dt.date | None:
        """The person's last day alone, without its working."""
        span = self._file_span(step, None)
        return None if span is None else span.chosen.last

    def _file_span(self, step: str, place: Place | None) -> _Span | None:
        place = place or self.current(step)
        if place is None:
            return None
        rule, others = self.file_rules(place)
        if rule.within == NO_LIMIT:
            return None
        return self._span(step, place, [rule, *others], for_person=True, files=True)

    def wait_over(self, place: Place) -> Deadline | None:
        """The last day of a wait before the door opens; nothing when there is none, or its start is not known."""
        rule = place.step.wait
        if rule is None:
            return None
        for variant in place.step.sooner:
            if self.all_hold(variant.when):
                rule = varied(rule, variant)
                break
        if rule.within == NO_LIMIT:
            return None
        span = self._span(place.step.id, place, [rule], for_person=False)
        return None if span is None else self._built(span, for_person=False)

    def days_missing(self, rule: TimeRule) -> tuple[str, ...]:
        """Events a limit runs from that have happened on a day that is not known."""
        found = ((name, self.happening(name)) for name in cited(rule.of))
        return tuple(name for name, event in found if event.happened and event.when is None)

    def resubmit_by(self, step: str) -> Deadline | None:
        """By when a rejected paper may be mended and handed in again."""
        span = self._resubmit_span(step)
        return None if span is None else self._built(span, for_person=True)

    def resubmit_day(self, step: str) -> dt.date | None:
        """The last day to hand a rejected paper in again alone, without its working."""
        span = self._resubmit_span(step)
        return None if span is None else span.chosen.last

    def _resubmit_span(self, step: str) -> _Span | None:
        place = self.current(step)
        if place is None or place.step.resubmit is None:
            return None
        return self._span(step, place, [place.step.resubmit], for_person=True)

    def file_rules(self, place: Place) -> tuple[TimeRule, tuple[TimeRule, ...]]:
        """The limit that holds, and the limits that may hold instead when a fact is not known."""
        usual = place.step.file
        maybe: list[TimeRule] = []
        for variant in place.step.unless:
            holds = self.all_hold(variant.when)
            if holds:
                return varied(usual, variant), tuple(maybe)
            if holds is None:
                other = varied(usual, variant)
                if other.within != NO_LIMIT:
                    maybe.append(other)
        return usual, tuple(maybe)

    def trigger(self, rule: TimeRule) -> tuple[str, PartialDate] | None:
        """The event a limit runs from, and its day as far as known."""
        if isinstance(rule.of, str):
            when = self.happening(rule.of).when
            return None if when is None else (rule.of, when)
        known = [(name, found.when) for name in rule.of if (found := self.happening(name)).when is not None]
        if not known:
            return None
        first = min if rule.pick == "earliest" else max
        name, when = first(known, key=lambda pair: pair[1].earliest)
        if len(known) > 1:
            earliest, latest = first(day.earliest for _, day in known), first(day.latest for _, day in known)
            when = PartialDate(earliest=earliest, latest=latest, written=when.written)
        return name, when

    def current(self, step: str) -> Place | None:
        """The step in the wording in force on its trigger's day, or today, or the latest there is."""
        found = self._places.get(step)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        trigger = self.trigger(found[-1].step.file)
        day = trigger[1].earliest if trigger is not None else self.today
        return next((p for p in found if p.procedure.valid.holds_on(day)), found[-1])

    # Counting

    def _span(
        self,
        step: str,
        place: Place,
        rules: list[TimeRule],
        *,
        for_person: bool,
        extended: bool = False,
        files: bool = False,
    ) -> _Span | None:
        """The earliest and the latest last day that are possible, the one to go by first."""
        bounds: list[Bound] = []
        for number, (then, rule) in enumerate(self._wordings(step, place, rules, files)):
            trigger = self.trigger(rule)
            if trigger is None:
                if number == 0:
                    return None
                continue
            name, when = trigger
            for day in self._days_to_try(step, when):
                if files and (self.place(step, day) or place) is not then:
                    continue
                bound = count_bound(
                    then,
                    rule,
                    name,
                    day,
                    days=self._days,
                    happening=self.happening,
                    for_person=for_person,
                    extended=extended,
                    working=self._working,
                )
                bounds.append(bound)
        if not bounds:
            return None
        if len(bounds) > 1:
            bounds.sort(key=lambda bound: bound.last, reverse=not for_person)
        chosen, other = bounds[0], bounds[-1]
        if files and (granted := self._granted(step)):
            if granted > chosen.last:
                move = Move(kind="extend", start=chosen.last + _DAY, end=granted, name=f"{step}.granted-time")
                chosen = chosen._replace(last=granted, moves=(*chosen.moves, move))
            other = other._replace(last=max(other.last, granted))
        return _Span(chosen, other)

    def _wordings(
        self, step: str, place: Place, rules: list[TimeRule], files: bool
    ) -> Iterator[tuple[Place, TimeRule]]:
        """Each limit that may hold with the wording it stands in, the wording at hand first."""
        yield from ((place, rule) for rule in rules)
        for other in self._places[step] if files else ():
            if other is not place:
                rule, others = self.file_rules(other)
                yield from ((other, one) for one in (rule, *others) if one.within != NO_LIMIT)

    def _days_to_try(self, step: str, when: PartialDate) -> Iterable[dt.date]:
        """The ends of what is possible, and between them each side of a change of wording."""
        if when.certain:
            return (when.earliest,)
        days = {when.earliest, when.latest}
        for place in self._places.get(step, ()):
            since = place.procedure.valid.since
            if when.earliest < since <= when.latest:
                days |= {since, since - _DAY}
        return sorted(days)

    def _granted(self, step: str) -> dt.date | None:
        granted = self.happening(f"{step}.granted-time").when
        return granted.earliest if granted is not None else None

    def _built(self, span: _Span, *, for_person: bool, doubts: list[Reason] | None = None) -> Deadline:
        """A last day with its working, its safe day and its doubts."""
        chosen, other = span
        place, rule = chosen.place, chosen.rule
        doubts = doubts or []
        cites = place.cites(rule.cite)
        doubts.extend(span_doubts(self, chosen, other))
        doubts.extend(rule_doubts(self, rule, cites, for_person=for_person))
        doubts.extend(closed_day_doubts(chosen.moves))
        start = chosen.start
        days = self._days.get(rule.calendar)
        hours = limit_of(rule.within).unit == "hours"
        safe = max(last_open_day(chosen.last - _DAY if hours and for_person else chosen.last, days), start)
        send_by = None
        if for_person and place.step.mail is not None and rule.counts == "received":
            send_by = safe - dt.timedelta(days=place.step.mail.days)
        land = Move(kind="land", start=chosen.last, end=chosen.last, cites=cites)
        return Deadline(
            last=chosen.last,
            latest=other.last,
            safe=safe,
            send_by=send_by,
            whose="person" if for_person else "authority",
            certain=not doubts,
            limit=rule.within,
            counts=rule.counts,
            counted_from=start,
            trigger=chosen.trigger,
            trace=(*chosen.moves, land),
            cites=cites,
            doubts=tuple(doubts),
            calendar=rule.calendar,
            wording=f"{place.procedure.id}@{place.procedure.valid.since}",
        )
