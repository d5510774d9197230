"""Two days at the desk in a real browser: an answer leads to the next remedy; a consent taken back stops a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser import too_wide, unreadable

from amparo.casework.actions import cases, consents, filings, intake
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Recipient
from amparo.casework.models import Case, Filing, User

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    supervisor = person("supervisor")
    case = cases.open_case(person="Calvin Dunmore", by=supervisor)
    for name, value in (("facility", "us.bop/ENG"), ("matter", "conditions"), ("incident", ago(20).isoformat())):
        cases.enter_fact(case.pk, name, value, by=supervisor)
    return case


def comes_in(words: str, case: Case) -> None:
    """A paper arrives, is read, and is put into the case."""
    document = intake.receive(words.encode(), name="answer.txt", by=case.opened_by).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    cases.link(case.pk, document.pk, by=case.opened_by)


def test_an_answer_to_a_paper_sent_by_mail_leads_to_the_next_remedy_with_its_date(
    case: Case,
    sit: Callable[..., Page],
) -> None:
    page = sit(case.opened_by)
    page.goto(f"/cases/{case.pk}/filings/new/?step=request")
    page.fill("[name=sent_on]", ago(18).isoformat())
    page.select_option("[name=means]", "mail")
    page.fill("[name=tracking]", "RR 123 456 789 US")
    page.select_option("[name=proof]", "postal-record")
    page.get_by_role("button", name="Enter as sent").click()
    page.get_by_text("is entered as sent").wait_for()
    filing = Filing.objects.get()
    comes_in(f"RESPONSE\n\nYour reference {filing.reference}: your request is denied. You may appeal.\n", case)
    page.goto(f"/cases/{case.pk}/")
    page.get_by_role("link", name=f"Classify for {filing.reference}").click()
    page.select_option("[name=came]", "answer|CLD DNY")
    page.fill("[name=dated]", ago(4).isoformat())
    page.fill("[name=signed_on]", ago(4).isoformat())
    page.get_by_role("button", name="Keep, and see what follows").click()
    due = ago(4) + dt.timedelta(days=20)
    page.locator("#next").get_by_text("Regional").first.wait_for()
    days = page.locator("#next time").evaluate_all("found => found.map((one) => one.getAttribute('datetime'))")
    assert due.isoformat() in days
    page.goto("/deadlines/?side=ours")
    assert (
        "Appeal to the Regional Director" in page.locator(f"time[datetime='{due}'] >> xpath=../..").first.inner_text()
    )


def test_a_consent_taken_back_stops_what_has_not_been_sent(
    case: Case,
    sit: Callable[..., Page],
    person: Callable[..., User],
) -> None:
    author = person("caseworker")
    paper = Paper(recipient="Consulate General", kind="consulate", purpose="inform-consulate")
    filing = filings.begin(case.pk, paper, by=author)
    consents.record_consent(
        case.pk, purpose="inform-consulate", recipients=[Recipient("consulate")], identity="full", given=ago(3),
        noted="oral, noted by R.", by=author,
    )  # fmt: skip
    page = sit(case.opened_by)
    page.goto(f"/cases/{case.pk}/filings/{filing.pk}/")
    page.get_by_role("button", name="I have read it: approve").click()
    page.get_by_role("button", name="It has left: mark as sent").wait_for()
    page.goto(f"/cases/{case.pk}/#consents")
    page.locator(".consent summary").click()
    page.fill(".consent [name=reason]", "He is afraid of what may follow")
    page.locator(".consent").get_by_role("button", name="Take it back").click()
    page.get_by_text("What has not been sent stays here").wait_for()
    page.goto(f"/cases/{case.pk}/filings/{filing.pk}/")
    page.get_by_text("The consent that covered this was taken back.").wait_for()
    assert page.get_by_role("button", name="It has left: mark as sent").count() == 0
    filing.refresh_from_db()
    assert filing.state == "approved"


@pytest.mark.once
@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("en", "light", 390), ("es", "dark", 1280)],
)
def test_the_pages_of_the_record_are_for_everybodys_eyes(
    case: Case,
    sit: Callable[..., Page],
    language: str,
    theme: str,
    width: int,
) -> None:
    supervisor = case.opened_by
    paper = Paper(
        recipient="Warden", kind="authority", purpose="complain", procedure="us.bop.administrative-remedy",
        step="request",
    )  # fmt: skip
    sent = filings.enter_sent(case.pk, paper, means="mail", sent_on=ago(9), by=supervisor).filing
    draft = filings.begin(case.pk, paper, by=supervisor)
    consents.record_consent(
        case.pk, purpose="complain", recipients=[Recipient("authority")], identity="full", given=ago(3),
        until=TODAY, noted="oral, noted by R.", by=supervisor,
    )  # fmt: skip
    comes_in(f"RESPONSE\n\nYour reference {sent.reference}: your request is denied.\n", case)
    User.objects.filter(pk=supervisor.pk).update(language=language, theme=theme)
    page = sit(supervisor, viewport={"width": width, "height": 900})
    found: dict[str, Any] = {}
    for address in (
        f"/cases/{case.pk}/", f"/cases/{case.pk}/filings/new/?step=request",
        f"/cases/{case.pk}/filings/{sent.pk}/", f"/cases/{case.pk}/filings/{draft.pk}/",
        f"/cases/{case.pk}/why/request/", "/deadlines/", "/deadlines/?view=month", "/me/notices/",
        f"/deadlines/what-if/?suppose=closed&calendar=us-federal&day={TODAY + dt.timedelta(days=2)}&name=storm",
        "/deadlines/what-if/?suppose=limit&limit=us.bop.administrative-remedy%7Crequest%7Cfile&count=9&unit=week",
    ):  # fmt: skip
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        broken, wide = unreadable(page), too_wide(page)
        if broken or wide:
            found[address] = wide, broken
    assert found == {}
