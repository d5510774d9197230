"""What leaves the desk, in a real browser: a release is refused while a name survives, then approved and downloaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser import too_wide, unreadable
from tests.casework.test_letterhead import own_word, png
from tests.mailserver import mail_server, point_at
from tests.web.test_sending_pages import BP9, ago, approved, case  # noqa: F401

from amparo import reading
from amparo.casework.actions import (
    cases,
    filings,
    intake,
    letterhead,
    making,
    outbox,
    redacting,
    releasing,
    sights,
    templates,
)
from amparo.casework.actions.releasing import Choice
from amparo.casework.consent import Recipient, require_consent
from amparo.casework.models import Case, Document, Filing, Reading, Release, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
TODAY = timezone.localdate()


def scanned(letter: Callable[..., Document], case: Case) -> Document:  # noqa: F811
    """A typed page whose reading has one name wrong, as readers of scans do."""
    scan = letter(case.opened_by, "03-grievance-narrative.pdf")
    cases.link(case.pk, scan.pk, by=case.opened_by)
    row = scan.readings.get()
    row.content = row.content.replace("Whitfield", "Xxxxxxxxx")
    row.save()
    return scan


def test_a_release_is_refused_while_a_name_survives_then_approved_and_downloaded(
    case: Case,  # noqa: F811
    letter: Callable[..., Document],
    person: Callable[..., User],
    sit: Callable[..., Page],
) -> None:
    scan = scanned(letter, case)
    page = sit(case.opened_by)
    page.set_default_timeout(200_000)  # pages are drawn and read again, which takes long on a busy machine
    page.goto(f"/cases/{case.pk}/#releases")
    page.get_by_role("link", name="Release documents without names").click()
    page.get_by_label(scan.name).check()
    page.select_option("[name=purpose]", "press")
    page.select_option("[name=kind]", "public")
    page.get_by_role("button", name="Begin").click()
    page.locator(".messages .error").wait_for()
    page.select_option("[name=kind]", "press")
    page.fill("[name=recipient]", "The Daily Lantern")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Look at who is hidden").wait_for()
    page.get_by_role("button", name="Make it", exact=True).click()
    page.get_by_text("waits to be made").wait_for()
    assert page.get_by_role("button", name="Make it", exact=True).count() == 0
    assert making.make_next()
    page.get_by_text("still holds something by which somebody could be known").wait_for()
    assert page.get_by_role("link", name="Look at it as it would leave").count() == 0
    found = Reading.objects.filter(document=scan).order_by("-number").first()
    assert found is not None
    intake.read_again(scan, content=found.content.replace("Xxxxxxxxx", "Whitfield"), by=case.opened_by)
    page.get_by_role("button", name="Make it", exact=True).click()
    page.get_by_text("waits to be made").wait_for()
    assert making.make_next()
    page.get_by_text("A supervisor who neither began nor made it").wait_for()
    assert page.get_by_role("link", name="Download").count() == 0
    boss = sit(person("supervisor"))
    boss.goto(page.url)
    boss.get_by_role("link", name="Look at it as it would leave").click()
    boss.get_by_alt_text("Page 1 as it would leave").wait_for()
    boss.go_back()
    boss.get_by_role("button", name="I have looked at it: approve").click()
    boss.get_by_text("It can be downloaded").wait_for()
    page.reload()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download").click()
    told = reading.read(coming.value.path().read_bytes()).content
    assert "Whitfield" not in told
    assert "From: Person 4" in told


def test_a_paper_goes_out_by_e_mail_and_a_person_says_what_became_of_it(
    approved: Filing,  # noqa: F811
    sit: Callable[..., Page],
    settings: Any,
) -> None:
    with mail_server() as server:
        point_at(settings, server)
        server.mood = "hangs-up"
        page = sit(approved.author)
        page.goto(f"/cases/{approved.case_id}/filings/{approved.pk}/")
        page.fill("[name=to]", "warden@example.org")
        page.get_by_role("button", name="Send by e-mail").click()
        page.get_by_text("waits to be sent").wait_for()
        outbox.send_next()
        page.goto("/")
        page.get_by_role("link", name=approved.reference).first.click()
        page.get_by_text("Ask the recipient, then say what you found").wait_for()
        page.get_by_role("button", name="It arrived", exact=True).click()
        page.get_by_text("Recorded as sent").wait_for()
        assert len(server.letters) == 1
    approved.refresh_from_db()
    assert approved.state == "sent"


def furnish(approved: Filing, letter: Callable[..., Document]) -> list[str]:  # noqa: F811
    """A case in which everything of these pages can be seen at once, and where it is seen."""
    case, worker = approved.case, approved.author  # noqa: F811
    scan = scanned(letter, case)
    row = scan.readings.get()
    row.pages[0]["lines"] = [{"start": 0, "end": 5, "legibility": 0.3}]
    row.save()
    permit = require_consent(
        case, purpose="press", recipient=Recipient("press", "The Daily Lantern"), identity="none", on=TODAY
    )
    document = case.links.order_by("pk")[0].document_id
    open_one = releasing.begin(
        case.pk, Choice(documents=[document, scan.pk]), permit=permit, language=worker.language, by=worker
    )
    made = releasing.begin(case.pk, Choice(documents=[document]), permit=permit, language=worker.language, by=worker)
    redacting.make(made.pk, permit=permit, by=worker)
    somebody = next(p.shown_as for p in releasing.people_of(open_one) if p.known_from != "case")
    sights.let_be_seen(open_one.pk, somebody, reason="in office, and named in the papers", by=worker)
    making.ask_for_release(open_one.pk, permit=permit, by=worker)
    court = require_consent(case, purpose="represent", recipient=Recipient("court"), identity="full", on=TODAY)
    for _ in range(3):
        making.ask_for_bundle(case.pk, [document], permit=court, by=worker)
    assert making.make_next()
    assert making.make_next()
    late = filings.enter_sent(case.pk, BP9, means="mail", sent_on=ago(60), by=worker).filing
    cases.enter_fact(case.pk, "request.logged", ago(60).isoformat(), by=worker)
    leave = require_consent(
        case, purpose="complain", recipient=Recipient("authority", "Warden"), identity="full", on=TODAY
    )
    outbox.queue_mail(approved.pk, permit=leave, to="warden@example.org", by=worker)
    outbox.send_next()
    return [
        "/", f"/cases/{case.pk}/", f"/cases/{case.pk}/filings/{approved.pk}/", f"/cases/{case.pk}/filings/{late.pk}/",
        f"/cases/{case.pk}/releases/new/", f"/cases/{case.pk}/releases/{open_one.pk}/",
        f"/cases/{case.pk}/releases/{made.pk}/", f"/cases/{case.pk}/releases/{made.pk}/parts/1/",
        f"/cases/{case.pk}/bundle/", f"/cases/{case.pk}/particulars/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("en", "light", 390), ("es", "dark", 1280)],
)
def test_the_pages_of_what_leaves_are_for_everybodys_eyes(
    approved: Filing,  # noqa: F811
    letter: Callable[..., Document],
    sit: Callable[..., Page],
    settings: Any,
    language: str,
    theme: str,
    width: int,
) -> None:
    User.objects.filter(pk=approved.author_id).update(language=language, theme=theme)
    approved.author.refresh_from_db()
    with mail_server() as server:
        point_at(settings, server)
        server.mood = "hangs-up"
        addresses = furnish(approved, letter)
    page = sit(approved.author, viewport={"width": width, "height": 900})
    found: dict[str, Any] = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        broken, wide = unreadable(page), too_wide(page)
        if broken or wide:
            found[address] = wide, broken
    assert found == {}
    assert Release.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "dark", 1280), ("es", "light", 390)],
)  # fmt: skip
def test_the_pages_of_letterhead_and_templates_are_for_everybodys_eyes(
    person: Callable[..., User],
    sit: Callable[..., Page],
    language: str,
    theme: str,
    width: int,
) -> None:
    chief = person("supervisor")
    User.objects.filter(pk=chief.pk).update(language=language, theme=theme)
    letterhead.change_letterhead(lines=["12 Elm Street", "Denver, CO 80203"], phone="+1", reply_to="", by=chief)
    letterhead.change_logo(png(), by=chief)
    templates.keep_template("bp-9", "en", own_word(), name="our own BP-9.docx", by=chief)
    page = sit(chief, viewport={"width": width, "height": 900})
    for address in ("letterhead/", "templates/", "templates/bp-9/en/", "templates/bp-9/es/"):
        page.goto(f"/office/{address}")
        assert (too_wide(page), unreadable(page)) == (False, []), address


def test_an_office_brings_its_own_template_and_is_told_which_tag_is_wrong(
    person: Callable[..., User],
    sit: Callable[..., Page],
    tmp_path: Path,
) -> None:
    page = sit(person("supervisor"))
    page.goto("/office/letterhead/")
    page.get_by_role("link", name="Every kind of paper").click()
    page.get_by_role("link", name="Request for administrative remedy (BP-9), English").click()
    wrong, right = tmp_path / "wrong.docx", tmp_path / "right.docx"
    wrong.write_bytes(own_word(line="{{ names['cell'] }}"))
    right.write_bytes(own_word())
    page.set_input_files("#file", wrong)
    page.get_by_role("button", name="Check and keep it").click()
    page.get_by_text("names['cell']").wait_for()
    page.set_input_files("#file", right)
    page.get_by_role("button", name="Check and keep it").click()
    page.get_by_text("Version 1 of the office's own template is used.").wait_for()
    with page.expect_download() as coming:
        page.get_by_role("link", name="right.docx").click()
    assert coming.value.path().read_bytes() == right.read_bytes()
    page.get_by_role("button", name="Back to the built-in one").click()
    page.get_by_text("The built-in template is used.").wait_for()
