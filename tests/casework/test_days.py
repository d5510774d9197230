"""Days kept for lists are the days of a fresh count; what is stale is never shown; a team's own closed days count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.casework import days
from amparo.casework.actions import cases, closed_days
from amparo.casework.facts import facts_of
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseFact, DoorDay, HistoryLine, User
from amparo.errors import BrokenFacts, IncompleteEntry, NotAllowed
from amparo.rules import find_channels, load_rules

TODAY = timezone.localdate()


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    return cases.open_case(person="Ada Pike", by=person("caseworker"))


def kept(case: Case) -> set[tuple[object, ...]]:
    rows = DoorDay.objects.filter(case=case)
    return {(r.procedure, r.step, r.state, r.whose, r.last, r.safe, r.send_by, r.certain) for r in rows}


def counted(case: Case, today: dt.date) -> set[tuple[object, ...]]:
    book = rulebook_of(case.team)
    found = set()
    for c in find_channels(facts_of(Case.objects.get(pk=case.pk), book), book, today=today):
        due = c.deadline if c.state == "open" else c.answer_due if c.state == "pending" else None
        if due is not None:
            found.add((c.procedure, c.step, c.state, due.whose, due.last, due.safe, due.send_by, due.certain))
    return found


_KINDS = load_rules().facts
_SYSTEMS = st.sampled_from(["us.bop/FLM", "us.bop/ENG", "us.bop/HAZ"])
_DAY = st.integers(-200, 0).map(lambda away: (TODAY + dt.timedelta(days=away)).isoformat())
_ENTERED = st.one_of(
    st.tuples(st.just("facility"), _SYSTEMS),
    st.tuples(st.just("system"), st.sampled_from(_KINDS["system"].options)),
    st.tuples(st.just("matter"), st.sampled_from(_KINDS["matter"].options)),
    st.tuples(st.just("incident"), _DAY),
    st.tuples(
        st.sampled_from(["request.filed", "request.logged", "request.answered", "regional-appeal.logged",
                         "regional-appeal.answered", "request.rejected", "tort-claim.filed", "dho-report.received"])
        .filter(lambda name: name in _KINDS),
        st.one_of(_DAY, st.booleans()),
    ),
    st.tuples(st.sampled_from(["immediate-danger", "sensitive", "sexual-abuse"]), st.booleans()),
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entered=st.lists(_ENTERED, min_size=1, max_size=8), later=st.integers(0, 90))
def test_what_is_kept_is_what_a_fresh_count_finds(case: Case, entered: list[tuple[str, object]], later: int) -> None:
    CaseFact.objects.filter(case=case).delete()
    for name, value in entered:
        try:
            cases.enter_fact(case.pk, name, value, by=case.opened_by)
        except BrokenFacts:
            continue
        assert kept(case) == counted(case, TODAY)
    then = TODAY + dt.timedelta(days=later)
    days.catch_up(Case.objects.all(), today=then, rulebook=rulebook_of(case.team))
    assert kept(case) == counted(case, then)


def test_another_day_another_law_or_another_fact_makes_what_is_kept_stale(
    case: Case, person: Callable[..., User]
) -> None:
    def stale(today: dt.date = TODAY) -> bool:
        return days.stale(Case.objects.all(), today=today, rulebook=rulebook_of(case.team)).exists()

    assert stale()
    cases.enter_fact(case.pk, "incident", TODAY.isoformat(), by=case.opened_by)
    assert not stale()
    assert stale(TODAY + dt.timedelta(days=1))
    own = closed_days.close_day("us-federal", TODAY, name="storm", by=person("supervisor"))
    assert stale()
    closed_days.reopen_day(own.pk, by=person_of("supervisor-clinic"))
    assert not stale()
    CaseFact.objects.create(case=case, name="matter", value="medical", by=case.opened_by, at=timezone.now())
    assert stale()


def person_of(name: str) -> User:
    return User.objects.get(username=name)


def test_only_so_many_are_counted_at_a_look_and_the_worker_does_the_rest(case: Case) -> None:
    for _ in range(4):
        cases.open_case(person="Noah Reed", by=case.opened_by)
    book = rulebook_of(case.team)
    assert days.catch_up(Case.objects.all(), today=TODAY, rulebook=book, most=2) == 3
    assert days.fresh(Case.objects.all(), today=TODAY, rulebook=book).count() == 2
    assert days.catch_up_teams() == 3
    assert days.catch_up_teams() == 0


def test_a_closed_day_of_a_team_moves_its_cases_alone(case: Case, person: Callable[..., User]) -> None:
    supervisor = person("supervisor")
    worker = case.opened_by
    theirs = cases.open_case(person="Noah Reed", by=person("caseworker", "Consulate"))
    for one, by in ((case, worker), (theirs, theirs.opened_by)):
        cases.enter_fact(one.pk, "system", "mx.federal", by=by)
        cases.enter_fact(one.pk, "act.notified", "2026-11-02", by=by) if "act.notified" in _KINDS else None
    book = rulebook_of(case.team)
    calendar = next(iter(book.calendars))
    own = closed_days.close_day(calendar, dt.date(2026, 11, 24), name="order of the court", by=supervisor, sure=True)
    assert rulebook_of(case.team).digest != book.digest
    assert rulebook_of(theirs.team).digest == book.digest
    assert [line.kind for line in HistoryLine.objects.filter(kind__startswith="closed-day")] == ["closed-day.kept"]
    with pytest.raises(IncompleteEntry):
        closed_days.close_day(calendar, dt.date(2026, 11, 24), name="again", by=supervisor)
    with pytest.raises(NotAllowed):
        closed_days.reopen_day(own.pk, by=person("supervisor", "Consulate"))
    closed_days.reopen_day(own.pk, by=supervisor)
    assert rulebook_of(case.team).digest == book.digest


@pytest.mark.parametrize("role", ["caseworker", "viewer", "intake", "auditor"])
def test_only_a_supervisor_closes_a_day(person: Callable[..., User], role: str) -> None:
    with pytest.raises(NotAllowed):
        closed_days.close_day("us-federal", TODAY, name="storm", by=person(role))
