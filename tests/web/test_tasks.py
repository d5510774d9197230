"""The queue says why each thing needs a person, also what is no letter: days, consents, papers, names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from amparo.casework import days
from amparo.casework.actions import cases, consents, drafting, filings, intake, responses, review
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Recipient
from amparo.casework.models import Case, Document, Note, User
from amparo.web.tasks import tasks_for

TODAY = timezone.localdate()
BP9 = Paper(
    recipient="Warden", kind="authority", purpose="complain", procedure="us.bop.administrative-remedy", step="request"
)


def ago(number: int) -> str:
    return (TODAY - dt.timedelta(days=number)).isoformat()


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    worker = person("caseworker")
    made = cases.open_case(person="Ada Pike", by=worker)
    for name, value in (("facility", "us.bop/FLM"), ("matter", "conditions"), ("incident", ago(18))):
        cases.enter_fact(made.pk, name, value, by=worker)
    return made


def keys(user: User) -> list[tuple[str, bool]]:
    return [(task.key, task.urgent) for task in tasks_for(user, today=TODAY, titles={})]


def test_a_day_of_ours_that_is_near_is_told_and_urgent_when_it_is_close(case: Case) -> None:
    assert ("deadline", True) in keys(case.opened_by)
    cases.enter_fact(case.pk, "incident", ago(1), by=case.opened_by)
    assert "deadline" not in [key for key, _ in keys(case.opened_by)]


def test_a_stale_day_is_not_told_as_todays(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(counted_for=TODAY - dt.timedelta(days=1))
    assert keys(case.opened_by) == []
    days.count(case, today=TODAY)
    assert ("deadline", True) in keys(case.opened_by)


def test_a_consent_that_runs_out_and_a_paper_that_came_back_are_told(case: Case) -> None:
    worker = case.opened_by
    consents.record_consent(
        case.pk, purpose="press", recipients=[Recipient("press")], identity="name", given=TODAY,
        until=TODAY + dt.timedelta(days=5), noted="by telephone", by=worker,
    )  # fmt: skip
    sent = filings.enter_sent(case.pk, BP9, means="mail", sent_on=TODAY, by=worker, proof="receipt", proof_note="x")
    responses.undelivered(sent.filing.pk, dated=TODAY, by=worker, note="returned")
    assert ("consent-ends", False) in keys(worker)
    assert ("undelivered", True) in keys(worker)


def test_a_paper_waits_for_those_who_may_approve_it_and_not_for_its_author(
    case: Case, person: Callable[..., User]
) -> None:
    filing = filings.begin(case.pk, BP9, by=case.opened_by)
    drafting.write(filing.pk, by=case.opened_by)
    assert ("to-approve", False) in keys(person("supervisor"))
    assert "to-approve" not in [key for key, _ in keys(case.opened_by)]
    assert "to-approve" not in [key for key, _ in keys(person("viewer"))]


def test_another_teams_days_are_not_told(case: Case, person: Callable[..., User]) -> None:
    assert keys(person("supervisor", "Other")) == []
    assert keys(person("intake")) == []


def test_a_day_to_confirm_and_an_answer_to_classify_are_reasons(
    case: Case, letter: Callable[..., Document], person: Callable[..., User]
) -> None:
    worker = case.opened_by
    answer = letter(worker, "08-regional-response.pdf")
    cases.link(case.pk, answer.pk, by=worker)
    filings.enter_sent(case.pk, BP9, means="mail", sent_on=TODAY, by=worker, proof="receipt", proof_note="x")
    told = letter(worker, "13-reja-y-rancho.txt")
    cases.link(case.pk, told.pk, by=worker)
    for note in Note.objects.filter(reading__document=told, kind__in=["allegation", "event"]):
        review.decide(note.pk, "accepted", by=worker)
    Note.objects.filter(reading__document=told, kind="proposal").update(code="incident")
    client = Client()
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/").content.decode()
    assert "looks like an answer" in page
    assert "a day to confirm" in page
    assert intake.claim_next() is None


def test_an_empty_queue_says_what_was_done(person: Callable[..., User], letter: Callable[..., Document]) -> None:
    worker = person("caseworker")
    client = Client()
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "In the last seven days" not in client.get("/").content.decode()
    done = letter(worker)
    cases.link(cases.open_case(person="Calvin Dunmore", by=worker).pk, done.pk, by=worker)
    notes = Note.objects.filter(reading__document=done)
    for note in notes:
        review.decide(note.pk, "accepted", by=worker)
    page = client.get("/").content.decode()
    assert "Nothing waits for you" in page
    assert "<b>1</b> paper read" in page
    assert f"<b>{notes.count()}</b> notes decided" in page


def test_looking_at_a_case_is_told_in_one_line_beside_what_was_done(case: Case) -> None:
    client = Client()
    client.force_login(case.opened_by, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(3):
        page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "Looked at 3 times, last by caseworker-clinic" in page
    assert page.count("looked at the case") == 0
    assert "opened the case" in page
