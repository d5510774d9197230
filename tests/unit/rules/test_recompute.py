"""What moves when a rule, a calendar or a fact changes: all that moves, and nothing that does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.strategies import BOOK, CLOSED, NEAR, facts_of_a_case, named_in, partial_dates, values

from amparo.domain.dates import PartialDate
from amparo.domain.law import Bilingual, Procedure, Step, Validity, Variant
from amparo.domain.remedies import Facts, Value
from amparo.domain.rulebook import AddedDay, Rulebook
from amparo.rules import find_channels
from amparo.rules.places import closed_days
from amparo.rules.reckoning import Reckoning
from amparo.rules.recompute import correct, last_days, recompute

TODAY = dt.date(2025, 6, 1)
WORDS = Bilingual(en="Test", es="Prueba")
Days = dict[tuple[str, str], dt.date]
with_ = msgspec.structs.replace


def day(written: str) -> PartialDate:
    return PartialDate.of_day(dt.date.fromisoformat(written))


def with_step(book: Rulebook, step: str, change: Callable[[Step], Step]) -> Rulebook:
    procedures = tuple(
        with_(p, step=tuple(change(s) if s.id == step else s for s in p.step)) for p in book.procedures
    )  # fmt: skip
    return with_(book, procedures=procedures)


def with_limit(book: Rulebook, step: str, rule: str, **changed: Any) -> Rulebook:
    return with_step(book, step, lambda s: with_(s, **{rule: with_(getattr(s, rule), **changed)}))


def with_closed_day(book: Rulebook, calendar: str, closed: dt.date) -> Rulebook:
    old = book.calendars[calendar]
    added = AddedDay(day=closed, name=WORDS, cite=old.weekend_cite)
    return with_(book, calendars={**book.calendars, calendar: with_(old, added=(*old.added, added))})


STEPS = sorted({(p.id, s.id) for p in BOOK.procedures for s in p.step})
LIMITS = st.sampled_from(["7 calendar days", "33 calendar days", "11 months", "3 years", "2 weeks", "no limit"])


@st.composite
def changes(draw: st.DrawFn) -> Rulebook:
    """The rulebook with one thing changed, as laws change."""
    kind = draw(
        st.sampled_from(
            ["limit", "answer", "resubmit", "unless", "requires", "withdrawn", "holiday", "wording", "systems"]
        )
    )
    procedure = draw(st.sampled_from(BOOK.procedures))
    step = draw(st.sampled_from(procedure.step))
    limit = draw(LIMITS)
    if kind == "holiday":
        name = draw(st.sampled_from(sorted(BOOK.calendars)))
        return with_closed_day(BOOK, name, draw(st.dates(dt.date(2024, 6, 1), dt.date(2027, 12, 31))))
    if kind == "limit" and step.file.of:
        return with_limit(BOOK, step.id, "file", within=limit)
    if kind in ("answer", "resubmit") and getattr(step, kind) is not None:
        return with_limit(BOOK, step.id, kind, within="9 calendar days", extend="")
    if kind == "unless" and step.unless:
        changed = with_(step.unless[-1], within=limit)
        return with_step(BOOK, step.id, lambda s: with_(s, unless=(*s.unless[:-1], changed)))
    others = tuple(p for p in BOOK.procedures if p is not procedure)
    if kind == "withdrawn":
        return with_(BOOK, procedures=others)
    if kind == "requires" and procedure.requires:
        return with_(BOOK, procedures=(*others, with_(procedure, requires=())))
    if kind == "systems":
        return with_(BOOK, procedures=(*others, with_(procedure, systems=("us.ice",))))
    return with_(
        BOOK, procedures=(*others, *split(procedure, draw(st.dates(dt.date(2024, 6, 1), dt.date(2026, 6, 1)))))
    )


def split(procedure: Procedure, change: dt.date) -> tuple[Procedure, Procedure]:
    """A procedure that gets another wording on a day: its limits in calendar days are halved."""
    if change <= procedure.valid.since:
        change = procedure.valid.since + dt.timedelta(days=30)
    if procedure.valid.to is not None:
        change = min(change, procedure.valid.to)

    def halved(step: Step) -> Step:
        number, _, unit = step.file.within.partition(" ")
        if not unit.startswith("calendar"):
            return step
        return with_(step, file=with_(step.file, within=f"{max(1, int(number) // 2)} calendar days"))

    return (
        with_(procedure, valid=Validity(since=procedure.valid.since, to=change - dt.timedelta(days=1))),
        with_(procedure, valid=Validity(since=change, to=procedure.valid.to), step=tuple(map(halved, procedure.step))),
    )


def all_days(facts: Facts, book: Rulebook) -> Days:
    """Every last day, counted anew from the beginning."""
    return dict(last_days(Reckoning(facts, book, today=TODAY)))


def difference(before: Days, after: Days) -> dict[tuple[str, str], tuple[dt.date | None, dt.date | None]]:
    return {
        key: (before.get(key), after.get(key)) for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }  # fmt: skip


@settings(max_examples=90)
@given(facts=facts_of_a_case(), after=changes())
def test_what_moves_is_what_counting_everything_twice_shows(facts: Facts, after: Rulebook) -> None:
    moved = list(recompute([("case", facts)], BOOK, after, today=TODAY))
    found = {(one.step, one.whose): (one.before, one.after) for one in moved}
    assert len(found) == len(moved)
    assert found == difference(all_days(facts, BOOK), all_days(facts, after))
    assert all(one.case == "case" and one.why.en and one.why.es for one in moved)


@st.composite
def cases_of_a_step(draw: st.DrawFn) -> Facts:
    """Facts by which a step runs, from its own triggers."""
    procedure = draw(st.sampled_from(BOOK.procedures))
    names = sorted(
        name
        for step in procedure.step
        for name in named_in([step.file.of, step.answer, f"{step.id}.rejected"])
        if BOOK.facts[name].kind == "event"
    )
    found: dict[str, Value] = {name: draw(partial_dates()) for name in names if draw(st.booleans())}
    for name in named_in([step.unless for step in procedure.step]):
        if name not in found and draw(st.booleans()):
            found[name] = draw(values(BOOK.facts[name]))
    return Facts(values=found)


@settings(max_examples=90)
@given(facts=st.one_of(facts_of_a_case(), cases_of_a_step()), after=changes())
def test_a_day_that_a_person_is_shown_does_not_move_untold(facts: Facts, after: Rulebook) -> None:
    moved = {
        (one.step, one.whose): (one.before, one.after) for one in recompute([("", facts)], BOOK, after, today=TODAY)
    }
    was, now = shown(facts, BOOK), shown(facts, after)
    for key in was.keys() & now.keys():
        if was[key] != now[key]:
            assert moved.get(key) == (was[key], now[key]), key
        else:
            assert key not in moved, key


def shown(facts: Facts, book: Rulebook) -> Days:
    found: Days = {}
    for channel in find_channels(facts, book, today=TODAY):
        if channel.deadline is not None:
            found[channel.step, "person"] = channel.deadline.last
        if channel.answer_due is not None:
            found[channel.step, "authority"] = channel.answer_due.last
    return found


@settings(max_examples=25)
@given(facts=facts_of_a_case())
def test_an_unchanged_book_moves_nothing(facts: Facts) -> None:
    assert list(recompute([("case", facts)], BOOK, with_(BOOK, digest="another"), today=TODAY)) == []
    assert list(correct("case", facts, facts, BOOK, today=TODAY, days=CLOSED)) == []


@settings(max_examples=60)
@given(data=st.data(), facts=facts_of_a_case(), corrected=NEAR)
def test_a_corrected_fact_moves_what_counting_everything_twice_shows(
    data: st.DataObject, facts: Facts, corrected: dt.date
) -> None:
    events = sorted(name for name in facts.values if BOOK.facts[name].kind == "event") or ["incident"]
    after = facts.holding(**{data.draw(st.sampled_from(events)): PartialDate.of_day(corrected)})
    moved = list(correct("case", facts, after, BOOK, today=TODAY, days=closed_days(BOOK)))
    found = {(one.step, one.whose): (one.before, one.after) for one in moved}
    assert found == difference(all_days(facts, BOOK), all_days(after, BOOK))


REQUEST = Facts(values={"system": "us.bop", "incident": day("2025-03-03")})


def test_a_shorter_limit_moves_the_day_and_says_that_the_rule_changed() -> None:
    after = with_limit(BOOK, "request", "file", within="15 calendar days")
    (one,) = (m for m in recompute([("Vidal", REQUEST)], BOOK, after, today=TODAY) if m.step == "request")
    assert (one.case, one.whose, one.before, one.after) == (
        "Vidal", "person", dt.date(2025, 3, 23), dt.date(2025, 3, 18),
    )  # fmt: skip
    assert one.why.en == "The rule changed: us.bop.administrative-remedy@1996-02-05."
    assert one.why.es == "Cambió la regla: us.bop.administrative-remedy@1996-02-05."


def test_a_longer_answer_moves_the_silence_that_is_counted_from_it() -> None:
    facts = Facts(values={"system": "us.bop", "request.logged": day("2025-03-20")})
    after = with_limit(BOOK, "request", "answer", within="25 calendar days")
    moved = {(m.step, m.whose): m for m in recompute([("Vidal", facts)], BOOK, after, today=TODAY)}
    assert moved["request", "authority"].after == dt.date(2025, 4, 14)
    appeal = moved["regional-appeal", "person"]
    assert (appeal.before, appeal.after) == (dt.date(2025, 4, 29), dt.date(2025, 5, 4))
    assert appeal.why.en == "It is counted from a step whose day moved."


def test_a_longer_wait_moves_the_day_on_which_the_door_opens() -> None:
    facts = Facts(
        values={"system": "us.bop", "matter": "sentence-reduction", "reduction-request.logged": day("2025-03-06")}
    )
    after = with_limit(BOOK, "reduction-motion", "wait", within="45 calendar days")
    moved = {(m.step, m.whose): m for m in recompute([("Vidal", facts)], BOOK, after, today=TODAY)}
    opening = moved["reduction-motion", "opening"]
    assert (opening.before, opening.after) == (dt.date(2025, 4, 6), dt.date(2025, 4, 21))


def test_a_day_of_mourning_moves_only_what_it_falls_into() -> None:
    denied = Facts(values={"system": "us.bop", "matter": "tort", "tort-claim.answered": day("2025-08-15")})
    early = Facts(values={"system": "us.bop", "matter": "tort", "tort-claim.answered": day("2025-07-01")})
    after = with_closed_day(BOOK, "us-courts", dt.date(2026, 2, 17))
    (one,) = recompute([("late", denied), ("early", early)], BOOK, after, today=TODAY)
    assert (one.case, one.step, one.before, one.after) == (
        "late", "tort-suit", dt.date(2026, 2, 17), dt.date(2026, 2, 18),
    )  # fmt: skip
    assert one.why.en == "The calendar changed: US federal courts."


def test_the_day_to_hand_in_a_rejected_paper_again_moves_with_its_rule() -> None:
    facts = Facts(
        values={"system": "us.bop", "request.filed": day("2025-05-26"), "request.rejected": day("2025-05-30")}
    )
    after = with_limit(BOOK, "request", "resubmit", within="7 calendar days")
    (one,) = recompute([("Vidal", facts)], BOOK, after, today=TODAY)
    assert (one.step, one.before, one.after) == ("request", dt.date(2025, 6, 4), dt.date(2025, 6, 6))


def test_a_day_goes_when_a_new_condition_shuts_the_door() -> None:
    (program,) = (p for p in BOOK.procedures if p.id == "us.bop.administrative-remedy")
    elsewhere = REQUEST.holding(**{"held-in-other-facility": True})
    before = with_(BOOK, procedures=(*(p for p in BOOK.procedures if p is not program), with_(program, requires=())))
    (one,) = (m for m in recompute([("Vidal", elsewhere)], before, BOOK, today=TODAY) if m.step == "request")
    assert (one.before, one.after) == (dt.date(2025, 3, 23), None)


def test_a_day_goes_when_the_procedure_is_taken_from_the_prison_system() -> None:
    (program,) = (p for p in BOOK.procedures if p.id == "us.bop.administrative-remedy")
    others = tuple(p for p in BOOK.procedures if p is not program)
    after = with_(BOOK, procedures=(*others, with_(program, systems=("us.ice",))))
    (one,) = (m for m in recompute([("Vidal", REQUEST)], BOOK, after, today=TODAY) if m.step == "request")
    assert (one.before, one.after) == (dt.date(2025, 3, 23), None)


def test_a_closed_day_moves_a_limit_that_counts_by_that_calendar_only_in_a_case_apart() -> None:
    variant = Variant(when="sexual-abuse", within="5 working days", calendar="mx-amparo", cite="prea-b1")
    book = with_step(BOOK, "request", lambda s: with_(s, unless=(variant,)))
    after = with_closed_day(book, "mx-amparo", dt.date(2025, 3, 5))
    facts = REQUEST.holding(**{"sexual-abuse": True})
    (one,) = (m for m in recompute([("Vidal", facts)], book, after, today=TODAY) if m.step == "request")
    assert (one.before, one.after) == (dt.date(2025, 3, 10), dt.date(2025, 3, 11))


def test_a_limit_that_in_a_case_apart_runs_from_another_step_follows_it() -> None:
    variant = Variant(when="sensitive", of="request.due", within="10 calendar days", cite="s14d1")
    book = with_step(BOOK, "sensitive-request", lambda s: with_(s, unless=(variant,)))
    after = with_limit(book, "request", "answer", within="25 calendar days")
    facts = Facts(values={"system": "us.bop", "sensitive": True, "request.logged": day("2025-03-20")})
    moved = {(m.step, m.whose): (m.before, m.after) for m in recompute([("", facts)], book, after, today=TODAY)}
    assert moved["sensitive-request", "person"] == (dt.date(2025, 4, 19), dt.date(2025, 4, 24))


def test_a_limit_that_is_abolished_leaves_no_day_behind() -> None:
    after = with_limit(BOOK, "request", "file", within="no limit")
    (one,) = (m for m in recompute([("Vidal", REQUEST)], BOOK, after, today=TODAY) if m.step == "request")
    assert (one.before, one.after) == (dt.date(2025, 3, 23), None)


def test_a_corrected_day_says_which_fact_was_corrected() -> None:
    corrected = REQUEST.holding(incident=day("2025-03-05"))
    moved = {m.step: m for m in correct("Vidal", REQUEST, corrected, BOOK, today=TODAY)}
    assert moved["request"].after == dt.date(2025, 3, 25)
    assert moved["request"].why.es == "Se corrigió un dato: el día en que ocurrió."


@pytest.mark.parametrize("cases", [0, 1, 3])
def test_each_case_is_told_by_its_own_name(cases: int) -> None:
    after = with_limit(BOOK, "request", "file", within="15 calendar days")
    names = [f"case {number}" for number in range(cases)]
    moved = recompute([(name, REQUEST) for name in names], BOOK, after, today=TODAY)
    assert list(dict.fromkeys(one.case for one in moved)) == names
