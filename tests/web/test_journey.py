"""Whole days at the desk, in a real browser: by keyboard, in both languages and themes, for everybody's eyes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import unreadable
from tests.office import PASSWORD

from amparo.casework.actions import cases, intake
from amparo.casework.models import Case, Document, Note, User

LETTER = Path(__file__).resolve().parents[2] / "src" / "amparo" / "data" / "letters" / "01-judge-no-lawyer.txt"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(person: Callable[..., User], letter: Callable[[User], Document]) -> tuple[User, Document, Case]:
    supervisor = person("supervisor")
    document = letter(supervisor)
    case = cases.open_case(person="Calvin Dunmore", by=supervisor)
    cases.link(case.pk, document.pk, by=supervisor)
    cases.enter_fact(case.pk, "facility", "us.bop/ENG", by=supervisor)
    cases.enter_fact(case.pk, "matter", "conditions", by=supervisor)
    cases.enter_fact(case.pk, "incident", "2026-11-10", by=supervisor, known_from="his letter")
    return supervisor, document, case


def test_a_letter_is_dropped_read_confirmed_and_undone_by_keyboard(
    person: Callable[..., User], sit: Callable[..., Page]
) -> None:
    page = sit(person("caseworker"))
    page.set_input_files("input[type=file]", str(LETTER))
    page.get_by_role("button", name="Take in", exact=True).click()
    page.get_by_text(LETTER.name).first.wait_for()
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    page.goto("/")
    page.get_by_role("link", name=LETTER.name).click()
    note = Note.objects.filter(kind="allegation").order_by("start").first()
    assert note is not None
    page.locator(f"#n{note.pk}").focus()
    page.keyboard.press("a")
    page.locator(f"#n{note.pk}.accepted").wait_for()
    note.refresh_from_db()
    assert note.state == "accepted"
    page.locator(f"#n{note.pk}").focus()
    page.keyboard.press("z")
    page.locator(f"#n{note.pk}.proposed").wait_for()
    note.refresh_from_db()
    assert note.state == "proposed"


def test_a_proposed_fact_is_taken_up_and_the_day_it_opens_is_explained(
    office: tuple[User, Document, Case], sit: Callable[..., Page]
) -> None:
    supervisor, _, case = office
    page = sit(supervisor)
    page.goto(f"/cases/{case.pk}/")
    page.get_by_role("button", name="Take up").first.click()
    page.get_by_text("29 July 2026").first.wait_for()
    assert case.facts.filter(name="incident", value="2026-07-29").exists()
    page.goto(f"/cases/{case.pk}/why/request/")
    assert "28 CFR 542.14(a)" in page.content()
    assert "18 August 2026" in page.content()


@pytest.mark.once
@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("es", "light")])
def test_every_page_is_for_everybodys_eyes(
    office: tuple[User, Document, Case], sit: Callable[..., Page], language: str, theme: str
) -> None:
    supervisor, document, case = office
    User.objects.filter(pk=supervisor.pk).update(language=language, theme=theme)
    page = sit(supervisor)
    found: dict[str, Any] = {}
    for address in (
        "/",
        f"/documents/{document.pk}/",
        "/cases/",
        f"/cases/{case.pk}/",
        f"/cases/{case.pk}/why/request/",
        "/deadlines/",
        "/rulebook/",
        "/rulebook/us.bop.administrative-remedy/",
        "/history/",
        "/nothing-here/",
    ):
        page.goto(address)
        if broken := unreadable(page):
            found[address] = broken
    assert found == {}


def test_the_desk_says_nothing_on_the_console_and_asks_nothing_of_others(
    office: tuple[User, Document, Case], browser: Browser, live_server: Any
) -> None:
    supervisor, document, case = office
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/accounts/login/")
    page.fill("[name=login]", supervisor.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    for address in (f"/documents/{document.pk}/", f"/cases/{case.pk}/", "/deadlines/"):
        page.goto(address)
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_the_typefaces_come_with_the_desk(office: tuple[User, Document, Case], sit: Callable[..., Page]) -> None:
    supervisor, _, _ = office
    page = sit(supervisor)
    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family))"
    )
    assert '"Atkinson Hyperlegible"' in loaded or "Atkinson Hyperlegible" in loaded
