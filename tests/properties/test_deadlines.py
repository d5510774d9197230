"""Days counted by the rulebook beside a slow count on the fingers, and what holds of every limit."""

from __future__ import annotations

import datetime as dt
from functools import cache

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.rules.slow_count import Counted, Office, last_day, safe_day

from amparo.domain.dates import PartialDate, TimeLimit
from amparo.domain.law import (
    Bilingual,
    Citation,
    Procedure,
    Review,
    Standing,
    Step,
    TimeRule,
    Toll,
    Validity,
    Variant,
    cited,
)
from amparo.domain.remedies import Deadline, Facts, Move, Value
from amparo.domain.rulebook import AddedDay, Rulebook
from amparo.rules import find_channels, load_rules
from amparo.rules.calendars import ClosedDays
from amparo.rules.count import count, last_open_day, roll
from amparo.rules.reckoning import Reckoning, closed_days

BOOK = load_rules()
CLOSED = closed_days(BOOK)
NAMES = st.sampled_from(sorted(BOOK.calendars))
START = st.one_of(
    st.dates(dt.date(1990, 1, 1), dt.date(2055, 12, 31)),
    st.builds(
        lambda year, month, back: dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=back),
        st.integers(1990, 2055), st.integers(1, 12), st.integers(1, 4),
    ),
    st.sampled_from([dt.date(2024, 2, 29), dt.date(2000, 2, 29), dt.date(2023, 12, 31), dt.date(2024, 8, 31)]),
)  # fmt: skip
MOST = {"calendar days": 200, "working days": 60, "weeks": 30, "months": 60, "years": 5, "hours": 200}
ROLLS = ("none", "next-open-day", "previous-open-day")
WORDS = Bilingual(en="Test", es="Prueba")
DAY = dt.timedelta(days=1)


@cache
def office(name: str) -> Office:
    return Office(BOOK.calendars[name])


@st.composite
def limits(draw: st.DrawFn, *, least: int = 1) -> str:
    unit = draw(st.sampled_from(sorted(MOST)))
    fewest = least if unit in ("calendar days", "working days") else 1
    return str(TimeLimit(count=draw(st.integers(fewest, MOST[unit])), unit=unit))  # type: ignore[arg-type]


@settings(max_examples=180)
@given(
    limit=limits(), start=START, name=NAMES, months=st.sampled_from(["last-day", "next-day"]), for_person=st.booleans()
)
@example(limit="6 months", start=dt.date(2025, 8, 31), name="us-courts", months="last-day", for_person=True)
@example(limit="1 year", start=dt.date(2024, 2, 29), name="us-courts", months="next-day", for_person=True)
@example(limit="5 working days", start=dt.date(2025, 5, 21), name="us-federal", months="last-day", for_person=True)
def test_the_quick_count_is_the_count_on_the_fingers(
    limit: str, start: dt.date, name: str, months: str, for_person: bool
) -> None:
    slow = last_day(limit, start, office(name), months=months, for_person=for_person)
    quick, moves = count(TimeLimit.parse(limit), start, CLOSED[name], months=months, for_person=for_person)
    assert quick == slow.last
    assert tuple(move.start for move in moves if move.kind == "skip") == slow.skipped


@settings(max_examples=90)
@given(day=START, name=NAMES, way=st.sampled_from(ROLLS), for_person=st.booleans())
@example(day=dt.date(2026, 2, 15), name="us-courts", way="next-open-day", for_person=True)
def test_a_last_day_rolls_to_where_the_fingers_roll_it(day: dt.date, name: str, way: str, for_person: bool) -> None:
    slow = last_day("1 calendar day", day - DAY, office(name), roll=way, for_person=for_person)
    landed, moves = roll(day, way, CLOSED[name], for_person=for_person)  # type: ignore[arg-type]
    assert landed == slow.last
    assert tuple(move.start for move in moves if move.kind == "skip") == slow.rolled
    assert last_open_day(day, CLOSED[name]) == safe_day(day, office(name))


@settings(max_examples=90)
@given(
    limit=limits(),
    start=START,
    name=NAMES,
    months=st.sampled_from(["last-day", "next-day"]),
    way=st.sampled_from(ROLLS),
    for_person=st.booleans(),
)
def test_a_later_trigger_never_makes_an_earlier_last_day(
    limit: str, start: dt.date, name: str, months: str, way: str, for_person: bool
) -> None:
    def lands(day: dt.date) -> dt.date:
        last, _ = count(TimeLimit.parse(limit), day, CLOSED[name], months=months, for_person=for_person)
        return roll(last, way, CLOSED[name], for_person=for_person)[0]  # type: ignore[arg-type]

    week = [lands(start + n * DAY) for n in range(8)]
    assert week == sorted(week)


@given(number=st.integers(1, 400), start=START)
def test_a_trigger_a_day_later_moves_a_limit_in_calendar_days_by_exactly_one_day(number: int, start: dt.date) -> None:
    limit = TimeLimit(count=number, unit="calendar days")
    assert count(limit, start + DAY, None)[0] - count(limit, start, None)[0] == DAY


def test_working_days_and_rolling_without_a_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="calendar"):
        count(TimeLimit.parse("3 working days"), dt.date(2025, 3, 3), None)
    with pytest.raises(ValueError, match="calendar"):
        roll(dt.date(2025, 3, 3), "next-open-day", None)


# A rulebook of one step, made for the test


def procedure(
    rule: TimeRule, *, since: dt.date = dt.date(1950, 1, 1), to: dt.date | None = None, **step: object
) -> Procedure:
    made = Step(id="step", title=WORDS, to="bop.warden", file=rule, **step)  # type: ignore[arg-type]
    return Procedure(
        id="test",
        title=WORDS,
        valid=Validity(since=since, to=to),
        status="draft",
        review=Review(by="", on=since, again=since),
        standing=Standing(may_submit=("detained-person",), cite="law"),
        step=(made,),
        cite={"law": Citation(ref="Rule of the test, 1", mark="verified", read_on=dt.date(2026, 1, 1))},
    )


def book(*procedures: Procedure) -> Rulebook:
    verbs = ("filed", "logged", "rejected", "extended", "granted-time", "answered", "notified", "due", "silent")
    event = BOOK.facts["incident"]
    events = {f"step.{verb}": msgspec.structs.replace(event, name=f"step.{verb}") for verb in verbs}
    return msgspec.structs.replace(BOOK, procedures=procedures, facts={**BOOK.facts, **events})


def by_person(rulebook: Rulebook, **values: Value) -> Deadline | None:
    reckoning = Reckoning(Facts(values=values), rulebook, today=dt.date(2025, 6, 1), days=CLOSED)
    return reckoning.file_by("step")


@st.composite
def rules(draw: st.DrawFn, of: str = "incident") -> TimeRule:
    way = draw(st.sampled_from(ROLLS))
    # A limit rolled back past the day it runs from would be no limit; no rule is so short.
    limit = draw(limits(least=15 if way == "previous-open-day" else 1))
    if way == "previous-open-day" and "hour" in limit:
        limit = "400 hours"
    return TimeRule(
        within=limit, of=of, roll=way, calendar=draw(NAMES), months=draw(st.sampled_from(["last-day", "next-day"])),
        cite="law", extend="10 calendar days",
    )  # fmt: skip


def slowly(rule: TimeRule, start: dt.date, *, for_person: bool = True) -> Counted:
    return last_day(
        rule.within, start, office(rule.calendar), roll=rule.roll, months=rule.months, for_person=for_person
    )


@settings(max_examples=90)
@given(rule=rules(), start=START)
def test_a_deadline_is_the_slow_count_and_its_safe_day_is_open(rule: TimeRule, start: dt.date) -> None:
    deadline = by_person(book(procedure(rule)), incident=PartialDate.of_day(start))
    assert deadline is not None
    assert deadline.last == deadline.latest == slowly(rule, start).last
    assert deadline.counted_from == start
    before = deadline.last - DAY if rule.within.endswith(("hour", "hours")) else deadline.last
    assert deadline.safe == max(safe_day(before, office(rule.calendar)), start)


def replayed(trace: tuple[Move, ...]) -> tuple[dt.date, list[dt.date], list[dt.date]]:
    """Where the moves of a working lead when they are made one after another, and the days they pass over."""
    first, *moves = trace
    assert first.kind == "trigger"
    at, skipped, passed = first.start, [], []
    for move in moves:
        if move.kind in ("count", "extend"):
            assert move.start == at + DAY
            at = move.end
        elif move.kind == "toll":
            at += move.count * DAY
        elif move.kind == "skip" and move.start == at + DAY and not passed:
            skipped.append(move.start)
            at = move.start
        elif move.kind == "skip":
            passed.append(move.start)
        elif move.kind == "roll":
            assert move.start == at
            onward = DAY if move.end > move.start else -DAY
            assert passed == [at + n * onward for n in range(abs((move.end - at).days))]
            at = move.end
        else:
            assert (move.kind, move.start, move.end) == ("land", at, at)
    return at, skipped, passed


@settings(max_examples=110)
@given(rule=rules(), start=START)
def test_the_working_replayed_leads_to_the_last_day_and_names_every_day_passed_over(
    rule: TimeRule, start: dt.date
) -> None:
    deadline = by_person(book(procedure(rule)), incident=PartialDate.of_day(start))
    assert deadline is not None
    slow = slowly(rule, start)
    last, skipped, passed = replayed(deadline.trace)
    assert last == deadline.last
    assert [*skipped, *passed] == [*slow.skipped, *slow.rolled]
    assert all(move.why and move.cites for move in deadline.trace if move.kind == "skip")


@settings(max_examples=60)
@given(rule=rules(of="step.logged"), start=START)
def test_the_working_of_an_extended_answer_leads_to_its_last_day(rule: TimeRule, start: dt.date) -> None:
    made = procedure(TimeRule(within="no limit", cite="law"), answer=rule)
    facts = Facts(values={"step.logged": PartialDate.of_day(start), "step.extended": True})
    due = Reckoning(facts, book(made), today=start, days=CLOSED).answer_due("step")
    assert due is not None
    usual = last_day(rule.within, start, office(rule.calendar), months=rule.months, for_person=False).last
    longer = last_day(rule.extend, usual, office(rule.calendar), roll=rule.roll, for_person=False)
    assert replayed(due.trace)[0] == due.last == longer.last


@st.composite
def spans(draw: st.DrawFn, *, most: int = 45) -> PartialDate:
    first = draw(START)
    return PartialDate(earliest=first, latest=first + draw(st.integers(0, most)) * DAY)


def each_day(span: PartialDate) -> list[dt.date]:
    return [span.earliest + n * DAY for n in range((span.latest - span.earliest).days + 1)]


@settings(max_examples=55)
@given(rule=rules(), span=spans())
def test_from_a_day_known_in_part_the_person_has_until_the_first_of_all_possible_last_days(
    rule: TimeRule, span: PartialDate
) -> None:
    deadline = by_person(book(procedure(rule)), incident=span)
    assert deadline is not None
    possible = [slowly(rule, day).last for day in each_day(span)]
    assert (deadline.last, deadline.latest) == (min(possible), max(possible))
    assert ("day-uncertain" in {doubt.code for doubt in deadline.doubts}) == (min(possible) != max(possible))
    assert deadline.certain <= (min(possible) == max(possible))


@settings(max_examples=55)
@given(old=rules(), new=rules(), span=spans(), into=st.integers(0, 45))
def test_across_a_change_of_wording_each_possible_day_counts_by_the_wording_then_in_force(
    old: TimeRule, new: TimeRule, span: PartialDate, into: int
) -> None:
    change = span.earliest + into * DAY
    changed = book(procedure(old, to=change - DAY), procedure(new, since=change))
    deadline = by_person(changed, incident=span)
    assert deadline is not None
    possible = [slowly(new if day >= change else old, day).last for day in each_day(span)]
    assert (deadline.last, deadline.latest) == (min(possible), max(possible))


@settings(max_examples=55)
@given(old=rules(), new=rules(), shorter=limits(), span=spans(), into=st.integers(0, 45))
def test_a_shorter_limit_that_may_hold_in_either_wording_is_kept_to(
    old: TimeRule, new: TimeRule, shorter: str, span: PartialDate, into: int
) -> None:
    """An unknown flag and a change of wording at once: the person's day is the first of all that are possible."""
    change = span.earliest + into * DAY
    unless = (Variant(when="sexual-abuse", within=shorter, cite="law"),)
    changed = book(procedure(old, to=change - DAY, unless=unless), procedure(new, since=change, unless=unless))
    deadline = by_person(changed, incident=span)
    assert deadline is not None
    possible = [
        slowly(rule, day).last
        for day in each_day(span)
        for then in [new if day >= change else old]
        for rule in (then, msgspec.structs.replace(then, within=shorter))
    ]
    assert deadline.last == min(possible)


@settings(max_examples=55)
@given(rule=rules(of="step.logged"), span=spans())
def test_from_a_day_known_in_part_the_authority_has_until_the_last_of_all_possible_last_days(
    rule: TimeRule, span: PartialDate
) -> None:
    made = procedure(TimeRule(within="no limit", cite="law"), answer=rule)
    facts = Facts(values={"step.logged": span, "step.extended": False})
    due = Reckoning(facts, book(made), today=dt.date(2025, 6, 1), days=CLOSED).answer_due("step")
    assert due is not None
    possible = [slowly(rule, day, for_person=False).last for day in each_day(span)]
    assert (due.last, due.latest) == (max(possible), min(possible))


@settings(max_examples=55)
@given(one=spans(), other=spans(), pick=st.sampled_from(["earliest", "latest"]), limit=limits(), name=NAMES)
def test_of_two_triggers_known_in_part_every_pair_of_days_is_thought_of(
    one: PartialDate, other: PartialDate, pick: str, limit: str, name: str
) -> None:
    near = PartialDate(
        earliest=one.earliest + DAY * 5, latest=one.earliest + DAY * (5 + (other.latest - other.earliest).days)
    )
    rule = TimeRule(within=limit, of=("incident", "harm-known"), pick=pick, calendar=name, cite="law")  # type: ignore[arg-type]
    deadline = by_person(book(procedure(rule)), **{"incident": one, "harm-known": near})
    assert deadline is not None
    first = min if pick == "earliest" else max
    starts = (first(one.earliest, near.earliest), first(one.latest, near.latest))
    assert (deadline.last, deadline.latest) == tuple(last_day(limit, day, office(name)).last for day in starts)


@settings(max_examples=45)
@given(rule=rules(), span=spans(), before=st.integers(0, 20), after=st.integers(0, 20))
def test_knowing_a_day_less_surely_never_gives_the_person_more_time(
    rule: TimeRule, span: PartialDate, before: int, after: int
) -> None:
    wide = PartialDate(earliest=span.earliest - before * DAY, latest=span.latest + after * DAY)
    rulebook = book(procedure(rule))
    sure, unsure = by_person(rulebook, incident=span), by_person(rulebook, incident=wide)
    assert sure is not None
    assert unsure is not None
    assert unsure.last <= sure.last
    assert unsure.latest >= sure.latest


ANSWERED = [
    (p, step)
    for p in BOOK.procedures
    for step in p.step
    if step.answer is not None and step.answer.within != "no limit"
]


@settings(max_examples=45)
@given(
    data=st.data(),
    span=spans(),
    before=st.integers(0, 20),
    after=st.integers(0, 20),
    extended=st.sampled_from([True, False, None]),
)
def test_knowing_a_day_less_surely_never_gives_the_authority_less_time(
    data: st.DataObject, span: PartialDate, before: int, after: int, extended: bool | None
) -> None:
    _, step = data.draw(st.sampled_from(ANSWERED))
    assert step.answer is not None
    wide = PartialDate(earliest=span.earliest - before * DAY, latest=span.latest + after * DAY)
    due = []
    for when in (span, wide):
        values: dict[str, Value] = dict.fromkeys(cited(step.answer.of), when)
        if extended is not None:
            values[f"{step.id}.extended"] = extended
        found = Reckoning(Facts(values=values), BOOK, today=dt.date(2025, 6, 1), days=CLOSED).answer_by(step.id)
        assert found is not None
        due.append(found)
    assert due[0] <= due[1]


MARKS = st.sampled_from(["verified", "secondary", "from-memory", "choice"])


@given(rule=rules(), start=START, mark=MARKS)
def test_a_rule_that_was_not_read_in_its_source_never_gives_a_certain_day(
    rule: TimeRule, start: dt.date, mark: str
) -> None:
    made = procedure(rule)
    marked = msgspec.structs.replace(made, cite={"law": msgspec.structs.replace(made.cite["law"], mark=mark)})
    deadline = by_person(book(marked), incident=PartialDate.of_day(start))
    assert deadline is not None
    if mark != "verified":
        assert not deadline.certain
        assert f"rule-{mark}" in {doubt.code for doubt in deadline.doubts}
    else:
        moved = [cite.mark for move in deadline.trace if move.kind == "skip" for cite in move.cites]
        assert deadline.certain == ({"verified"} >= set(moved))


# The Administrative Remedy Program

LEVELS = {"request": {20, 40}, "regional-appeal": {30, 60}, "central-appeal": {40, 60}}


@settings(max_examples=70)
@given(
    level=st.sampled_from(sorted(LEVELS)), received=START,
    extended=st.sampled_from([True, False, None]), danger=st.sampled_from([True, False, None]),
)  # fmt: skip
def test_the_bureau_answers_in_twenty_thirty_forty_or_sixty_days_or_three_in_an_emergency(
    level: str, received: dt.date, extended: bool | None, danger: bool | None
) -> None:
    values: dict[str, Value] = {f"{level}.logged": PartialDate.of_day(received)}
    values |= {} if extended is None else {f"{level}.extended": extended}
    values |= {} if danger is None else {"immediate-danger": danger}
    due = Reckoning(Facts(values=values), BOOK, today=received, days=CLOSED).answer_due(level)
    assert due is not None
    days = (due.last - received).days
    if level == "request" and danger:
        assert days == 3
    else:
        usual, longer = sorted(LEVELS[level])
        assert days == (longer if extended else usual)


@given(signed=START, arrived=st.lists(st.integers(0, 60), min_size=2, max_size=4))
def test_the_day_an_answer_reached_the_person_never_moves_the_appeal(signed: dt.date, arrived: list[int]) -> None:
    last = set()
    for days in arrived:
        values: dict[str, Value] = {
            "system": "us.bop",
            "request.answered": PartialDate.of_day(signed),
            "request.notified": PartialDate.of_day(signed + days * DAY),
        }
        shown = {c.step: c for c in find_channels(Facts(values=values), BOOK, today=signed, days=CLOSED)}
        deadline = shown["regional-appeal"].deadline
        assert deadline is not None
        last.add(deadline.last)
    assert last == {signed + 20 * DAY}


@given(received=START)
def test_a_hearing_officers_decision_is_appealed_from_the_day_it_was_received(received: dt.date) -> None:
    values: dict[str, Value] = {"matter": "dho-decision", "dho-report.received": PartialDate.of_day(received)}
    deadline = Reckoning(Facts(values=values), BOOK, today=received, days=CLOSED).file_by("dho-appeal")
    assert deadline is not None
    assert deadline.last == received + 20 * DAY


@given(filed=START, back=st.integers(0, 10), later=st.integers(0, 400))
def test_a_paper_sent_back_is_not_filed_and_its_silence_means_nothing(filed: dt.date, back: int, later: int) -> None:
    rejected = filed + back * DAY
    values: dict[str, Value] = {
        "request.filed": PartialDate.of_day(filed), "request.rejected": PartialDate.of_day(rejected),
    }  # fmt: skip
    today = rejected + later * DAY
    shown = {c.step: c for c in find_channels(Facts(values=values), BOOK, today=today, days=CLOSED)}
    assert shown["request"].answer_due is None
    assert shown["regional-appeal"].state in ("not-yet", "closed")


SHIPPED = [
    (p, step)
    for p in BOOK.procedures
    for step in p.step
    if step.file.within != "no limit" and len(cited(step.file.of)) == 1 and not cited(step.file.of)[0].endswith(".due")
]


@settings(max_examples=90)
@given(data=st.data(), start=st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)))
def test_every_limit_that_ships_is_counted_as_the_fingers_count_it(data: st.DataObject, start: dt.date) -> None:
    held, step = data.draw(st.sampled_from(SHIPPED))
    if not held.valid.holds_on(start):
        return
    off = {
        variant_name: False
        for variant in step.unless
        for variant_name in cited(variant.when)
        if "." not in variant_name
    }
    values: dict[str, Value] = {**off, cited(step.file.of)[0]: PartialDate.of_day(start)}
    deadline = Reckoning(Facts(values=values), BOOK, today=start, days=CLOSED).file_by(step.id)
    assert deadline is not None
    rule = step.file
    slow = last_day(
        rule.within, start, office(rule.calendar) if rule.calendar else None, roll=rule.roll, months=rule.months
    )  # fmt: skip
    assert deadline.last == slow.last, step.id


def test_time_that_stood_still_does_not_count() -> None:
    rule = TimeRule(
        within="20 calendar days", of="incident", cite="law",
        toll=(Toll(since="harm-known", to="step.filed", cite="law"),),
    )  # fmt: skip
    made = procedure(rule)
    deadline = by_person(
        book(made),
        **{
            "incident": PartialDate.of_day(dt.date(2025, 3, 3)),
            "harm-known": PartialDate.of_day(dt.date(2025, 3, 10)),
            "step.filed": PartialDate.of_day(dt.date(2025, 3, 14)),
        },
    )
    assert deadline is not None
    assert deadline.last == dt.date(2025, 3, 27)
    assert replayed(deadline.trace)[0] == deadline.last


def test_time_granted_lengthens_a_limit_and_never_shortens_it() -> None:
    made = book(procedure(TimeRule(within="20 calendar days", of="incident", cite="law")))
    incident = PartialDate.of_day(dt.date(2025, 3, 3))
    for granted, last in ((dt.date(2025, 4, 10), dt.date(2025, 4, 10)), (dt.date(2025, 3, 10), dt.date(2025, 3, 23))):
        deadline = by_person(made, **{"incident": incident, "step.granted-time": PartialDate.of_day(granted)})
        assert deadline is not None
        assert deadline.last == last
        assert replayed(deadline.trace)[0] == last


def test_a_closed_day_added_by_order_moves_a_last_day_like_any_other() -> None:
    calendar = BOOK.calendars["us-courts"]
    mourning = Bilingual(en="Day of mourning", es="Día de luto")
    added = (AddedDay(day=dt.date(2026, 2, 17), name=mourning, cite=calendar.weekend_cite),)
    days = ClosedDays(msgspec.structs.replace(calendar, added=added))
    assert roll(dt.date(2026, 2, 15), "next-open-day", CLOSED["us-courts"])[0] == dt.date(2026, 2, 17)
    assert roll(dt.date(2026, 2, 15), "next-open-day", days)[0] == dt.date(2026, 2, 18)
