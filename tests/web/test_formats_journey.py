"""In a real browser: an old spreadsheet becomes cases and goes; a case leaves as far as was agreed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser import unreadable
from tests.web.test_pages import BACKEND

from amparo.casework.actions import cases, consents, importing
from amparo.casework.consent import Recipient
from amparo.casework.models import Case, HistoryLine, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
SHEET = "Nombre,Expediente,Centro,Fecha de los hechos\nAda Pike,A-17,us.bop/FLM,03/04/2026\n,A-18,,\nNoah Reed,A-19,,\n"


def look(page: Page, name: str) -> None:
    """No barrier at either width; a picture where one was asked for."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert unreadable(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_old_spreadsheet_is_looked_over_made_and_taken_back(
    person: Callable[..., User],
    sit: Callable[..., Page],
    tmp_path: Path,
    language: str,
) -> None:
    boss = person("supervisor")
    User.objects.filter(pk=boss.pk).update(language=language, theme="dark" if language == "es" else "light")
    boss.refresh_from_db()
    sheet = tmp_path / "viejo.csv"
    sheet.write_text(SHEET, encoding="utf8")
    page = sit(boss)
    page.goto("/cases/import/")
    look(page, f"import-{language}")
    page.set_input_files("[name=file]", sheet)
    page.locator(".line-form button").click()
    page.locator("table.ledger").wait_for()
    look(page, f"import-plan-{language}")
    assert not Case.objects.exists()
    page.select_option("[name=order]", "dmy")
    page.locator("form .answers button").click()
    page.locator("table.ledger").wait_for()
    page.locator("button.main-act").last.click()
    page.locator("form[action$='/undo/']").wait_for()
    assert sorted(Case.objects.values_list("reference", flat=True)) == ["A-17", "A-19"]
    assert Case.objects.get(reference="A-17").facts.get(name="incident").value == "2026-04-03"
    look(page, f"import-done-{language}")
    page.locator("form[action$='/undo/'] button").click()
    page.locator("form[action$='/undo/']").wait_for(state="detached")
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_case_leaves_only_as_far_as_was_agreed(
    person: Callable[..., User],
    sit: Callable[..., Page],
    language: str,
) -> None:
    worker = person("caseworker")
    User.objects.filter(pk=worker.pk).update(language=language, theme="dark" if language == "es" else "light")
    worker.refresh_from_db()
    case = cases.open_case(person="Rufino Quiroga", by=worker)
    page = sit(worker)
    page.goto(f"/cases/{case.pk}/take-out/")
    look(page, f"take-out-none-{language}")
    consents.record_consent(
        case.pk, purpose="press", recipients=[Recipient("press")], identity="initials", given=timezone.localdate(),
        noted="said on the telephone", by=worker,
    )  # fmt: skip
    page.goto(f"/cases/{case.pk}/take-out/")
    for name, value in (("purpose", "press"), ("recipient", "press"), ("identity", "name"), ("format", "allegations")):
        page.select_option(f"[name={name}]", value)
    page.locator(".line-form button").click()
    page.locator("[role=alert]").wait_for()
    look(page, f"take-out-refused-{language}")
    assert not HistoryLine.objects.filter(kind="case.taken-out").exists()
    page.select_option("[name=identity]", "initials")
    with page.expect_download() as download:
        page.locator(".line-form button").click()
    assert download.value.suggested_filename == f"{case.reference}-allegations.csv"
    assert HistoryLine.objects.filter(kind="case.taken-out").count() == 1


def test_who_may_not_sees_what_does_not_exist(person: Callable[..., User]) -> None:
    boss = person("supervisor")
    batch = importing.take_up_sheet(SHEET.encode(), name="viejo.csv", by=boss)
    case = cases.open_case(person="Ada Pike", by=boss)
    addresses = ["/cases/import/", f"/cases/import/{batch.pk}/", f"/cases/{case.pk}/take-out/"]
    for who, seen in ((boss, 200), (person("viewer"), 404), (person("supervisor", "Other"), 404)):
        client = Client()
        client.force_login(who, backend=BACKEND)
        for address in addresses[1 if seen != 200 and who.membership.role == "supervisor" else 0 :]:
            assert client.get(address).status_code == seen, (who.username, address)
