"""Deciding, undoing, two people at once; cases, facts and the days they move; restricted cases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.casework.actions import cases, review
from amparo.casework.history import verify
from amparo.casework.models import Decision, Document, HistoryLine, Note, User
from amparo.casework.permissions import TABLE, cases_for, documents_for, may
from amparo.errors import BrokenFacts, ChangedMeanwhile, NotAllowed, UnknownFact


@pytest.fixture
def note(person: Callable[..., User], letter: Callable[[User], Document]) -> Note:
    document = letter(person("caseworker"))
    found = document.readings.get().notes.filter(kind="allegation").first()
    assert found is not None
    return found


def caseworker() -> User:
    return User.objects.get(username="caseworker-clinic")


def test_a_decision_is_kept_with_its_name_and_undoing_it_forgets_nothing(note: Note) -> None:
    review.decide(note.pk, "accepted", by=caseworker(), reason="clear")
    review.decide(note.pk, "rejected", by=caseworker())
    assert review.undo(note.pk, by=caseworker()).state == "accepted"
    assert review.undo(note.pk, by=caseworker()).state == "proposed"
    assert [d.verdict for d in note.decisions.all()] == ["accepted", "rejected", "undone", "undone"]
    assert verify() is None


def test_the_second_of_two_people_sees_that_the_first_was_quicker(note: Note, person: Callable[..., User]) -> None:
    review.decide(note.pk, "accepted", by=caseworker(), seen=0)
    with pytest.raises(ChangedMeanwhile) as told:
        review.decide(note.pk, "rejected", by=person("supervisor"), seen=0)
    assert told.value.facts == {"by": "caseworker-clinic"}
    assert Decision.objects.count() == 1


def test_somebody_of_another_team_cannot_decide_and_learns_nothing(note: Note, person: Callable[..., User]) -> None:
    stranger = person("caseworker", "Consulate")
    with pytest.raises(NotAllowed) as known:
        review.decide(note.pk, "accepted", by=stranger)
    with pytest.raises(NotAllowed) as unknown:
        review.decide(10**9, "accepted", by=stranger)
    assert str(known.value) == str(unknown.value)


def test_a_fact_entered_and_corrected_tells_which_days_moved(person: Callable[..., User]) -> None:
    worker = person("caseworker")
    case = cases.open_case(person="Ada Pike", by=worker)
    cases.enter_fact(case.pk, "facility", "us.bop/FLM", by=worker)
    cases.enter_fact(case.pk, "incident", "2026-11-10", by=worker, known_from="her letter")
    moved = cases.enter_fact(case.pk, "incident", "2026-11-12", by=worker).moved
    days = {one.step: (str(one.before), str(one.after)) for one in moved if one.whose == "person"}
    assert days["request"] == ("2026-11-30", "2026-12-02")
    assert case.facts.filter(name="incident").count() == 2


def test_a_fact_that_is_none_is_refused_and_nothing_is_written(person: Callable[..., User]) -> None:
    worker = person("caseworker")
    case = cases.open_case(person="Ada Pike", by=worker)
    lines = HistoryLine.objects.count()
    with pytest.raises(BrokenFacts):
        cases.enter_fact(case.pk, "incident", "last week", by=worker)
    for value in ("2026-05-01", None):
        with pytest.raises(UnknownFact):
            cases.enter_fact(case.pk, "incidnet", value, by=worker)
    assert case.facts.count() == 0
    assert HistoryLine.objects.count() == lines


def test_references_follow_each_other_within_a_team(person: Callable[..., User]) -> None:
    ours, theirs = person("caseworker"), person("caseworker", "Consulate")
    first, second = (cases.open_case(person="A", by=ours).reference for _ in range(2))
    other = cases.open_case(person="B", by=theirs).reference
    assert (first[-4:], second[-4:], other[-4:]) == ("0001", "0002", "0001")


def test_a_restricted_case_and_its_papers_are_seen_by_those_let_in(note: Note, person: Callable[..., User]) -> None:
    document = note.reading.document
    case = cases.open_case(person="Ada Pike", by=caseworker(), restricted=True)
    cases.link(case.pk, document.pk, by=caseworker())
    colleague = person("supervisor")
    assert not cases_for(colleague).filter(pk=case.pk).exists()
    assert not documents_for(colleague).filter(pk=document.pk).exists()
    assert documents_for(caseworker()).filter(pk=document.pk).exists()
    with pytest.raises(NotAllowed):
        cases.break_glass(case.pk, by=colleague, reason=" ")
    cases.break_glass(case.pk, by=colleague, reason="deadline tonight, colleague ill")
    assert cases_for(colleague).filter(pk=case.pk).exists()
    assert documents_for(colleague).filter(pk=document.pk).exists()
    assert HistoryLine.objects.filter(kind="case.glass-broken", by=colleague).count() == 1


@pytest.mark.parametrize("role", sorted(TABLE))
def test_the_table_of_permissions_is_what_people_may_do(role: str, person: Callable[..., User]) -> None:
    somebody = person(role)
    every = frozenset().union(*TABLE.values())
    assert {verb for verb in every if may(somebody, verb)} == TABLE[role]


def test_an_account_without_a_role_or_switched_off_may_do_nothing(person: Callable[..., User]) -> None:
    nobody = User.objects.create_user("nobody")
    gone = person("supervisor")
    gone.is_active = False
    assert not any(may(who, verb) for who in (nobody, gone) for verb in TABLE["supervisor"])
    assert not documents_for(gone).exists()
