"""E-mail, labels, reminders, releases and bundles at the desk: who sees them, in both languages, what they refuse."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from tests.mailserver import MailServer, mail_server, point_at
from tests.web.test_pages import BACKEND, TOKEN

from amparo.casework.actions import cases, consents, drafting, filings, making, outbox, releasing
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Recipient
from amparo.casework.models import Case, Document, Filing, HistoryLine, Making, Outgoing, Release, User

TODAY = timezone.localdate()
BP9 = Paper(
    recipient="Warden", kind="authority", purpose="complain", procedure="us.bop.administrative-remedy", step="request"
)


@pytest.fixture
def sit() -> Callable[[User], Client]:
    def at(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return at


@pytest.fixture
def server(settings) -> Iterator[MailServer]:  # type: ignore[no-untyped-def]
    with mail_server() as made:
        point_at(settings, made)
        yield made


@pytest.fixture
def case(person: Callable[..., User], letter: Callable[..., Document]) -> Case:
    worker = person("caseworker")
    made = cases.open_case(person="Calvin Dunmore", by=worker)
    cases.link(made.pk, letter(worker).pk, by=worker)
    for name, value in (("facility", "us.bop/ENG"), ("matter", "conditions"), ("incident", ago(70).isoformat())):
        cases.enter_fact(made.pk, name, value, by=worker)
    for purpose, kind, identity in (
        ("complain", "authority", "full"), ("press", "press", "none"), ("represent", "court", "full"),
    ):  # fmt: skip
        consents.record_consent(
            made.pk, purpose=purpose, recipients=[Recipient(kind)], identity=identity, given=TODAY, noted="oral",
            by=worker,
        )  # fmt: skip
    return made


@pytest.fixture
def approved(case: Case, person: Callable[..., User]) -> Filing:
    filing = filings.begin(case.pk, Paper(recipient="Warden", kind="authority", purpose="complain"), by=case.opened_by)
    drafting.write(filing.pk, by=case.opened_by, paper="chaser")
    given = {"reprisal-asked": True, "reprisal-wants": True, "reprisal-plan": True}
    drafting.answer(filing.pk, given, seen=1, by=case.opened_by)
    drafting.approve(filing.pk, seen=2, by=person("supervisor"))
    filing.refresh_from_db()
    return filing


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def words(reply: object) -> str:
    return reply.content.decode()  # type: ignore[attr-defined, no-any-return]


def begun(case: Case, desk: Client) -> Release:
    sent = {
        "document": case.links.get().document_id, "purpose": "press", "kind": "press", "recipient": "The Lantern",
        "identity": "none", "language": "en",
    }  # fmt: skip
    assert desk.post(f"/cases/{case.pk}/releases/new/", sent).status_code == 302
    return Release.objects.get()


def test_a_paper_is_sent_from_its_page_and_what_went_wrong_stands_in_the_inbox(
    approved: Filing, sit: Callable[[User], Client], server: MailServer
) -> None:
    desk, page = sit(approved.author), f"/cases/{approved.case_id}/filings/{approved.pk}/"
    assert "Send by e-mail" in words(desk.get(page))
    assert "e-mail address" in words(desk.post(f"{page}mail/queue/", {"to": "nobody"}, follow=True))
    assert "In the outbox" in words(desk.post(f"{page}mail/queue/", {"to": "warden@example.org"}, follow=True))
    assert "waits to be sent" in words(desk.get(page))
    assert "It has left: mark as sent" not in words(desk.get(page))
    server.mood = "hangs-up"
    outbox.send_next()
    assert "nobody knows whether it went" in words(desk.get("/"))
    body = words(desk.get(page))
    assert "It arrived" in body
    one = Outgoing.objects.get()
    assert "on its way by e-mail" in words(desk.post(f"{page}withdraw/", {"reason": "x"}))
    assert desk.post(f"{page}mail/arrived/", {"message": one.pk}).status_code == 302
    assert "nobody knows" not in words(desk.get("/"))
    raw = desk.get(f"{page}mail/{one.pk}.eml")
    assert (raw.status_code, raw["Content-Type"]) == (200, "message/rfc822")
    assert one.message_id.encode() in raw.content
    assert "the message itself" in words(desk.get(page))


def test_without_a_mail_server_the_page_offers_no_e_mail(
    approved: Filing, sit: Callable[[User], Client], settings
) -> None:  # type: ignore[no-untyped-def]
    settings.AMPARO_SMTP_URL = ""
    page = f"/cases/{approved.case_id}/filings/{approved.pk}/"
    assert "Send by e-mail" not in words(sit(approved.author).get(page))
    reply = sit(approved.author).post(f"{page}mail/queue/", {"to": "warden@example.org"}, follow=True)
    assert "No mail server is set" in words(reply)


def test_labels_and_declarations_open_only_while_a_consent_stands(
    approved: Filing, sit: Callable[[User], Client]
) -> None:
    desk, page = sit(approved.author), f"/cases/{approved.case_id}/filings/{approved.pk}/"
    for kind in ("labels", "labels-special-mail", "declaration-of-mailing", "declaration-of-posting"):
        reply = desk.get(f"{page}print/{kind}.pdf")
        assert (reply.status_code, reply.content[:4]) == (200, b"%PDF"), kind
    assert desk.get(f"{page}print/anything.pdf").status_code == 404
    consent = approved.case.consents.get(purpose="complain")
    consents.withdraw_consent(consent.pk, reason="he is afraid", by=approved.author)
    assert "taken back" in words(desk.get(f"{page}print/labels.pdf", follow=True))
    assert "To print" not in words(desk.get(page))


def test_a_paper_that_was_not_answered_is_offered_a_reminder(case: Case, sit: Callable[[User], Client]) -> None:
    late = filings.enter_sent(case.pk, BP9, means="mail", sent_on=ago(60), by=case.opened_by).filing
    cases.enter_fact(case.pk, "request.logged", ago(60).isoformat(), by=case.opened_by)
    desk = sit(case.opened_by)
    assert "Write a reminder" in words(desk.get(f"/cases/{case.pk}/"))
    page = f"/cases/{case.pk}/filings/{late.pk}/"
    assert "Write a reminder" in words(desk.get(page))
    reply = desk.post(f"{page}remind/", follow=True)
    assert "is begun" in words(reply)
    assert "Reminder: no answer so far" in words(reply)
    assert "The reminder is being written" in words(desk.get(page))
    made = Filing.objects.get(reminds=late)
    assert late.reference in words(desk.get(f"/cases/{case.pk}/filings/{made.pk}/"))


def test_a_release_is_downloaded_by_nobody_before_another_person_agreed(
    case: Case, sit: Callable[[User], Client], person: Callable[..., User]
) -> None:
    desk, boss = sit(case.opened_by), sit(person("supervisor"))
    one = begun(case, desk)
    page = f"/cases/{case.pk}/releases/{one.pk}/"
    assert "Sorley" in words(desk.get(page))
    desk.post(f"{page}hide/", {"names": "Tessler\n", "numbers": ""})
    asked = words(desk.post(f"{page}make/", follow=True))
    assert "waits to be made" in asked
    assert 'data-busy="3"' in asked
    assert "being made already" in words(desk.post(f"{page}make/", follow=True))
    assert "Location" in desk.get(f"{page}parts/1.pdf").headers
    assert making.make_next()
    assert "made, not approved" in words(desk.get(page))
    assert desk.get(f"{page}parts/1/1.png").content[:4] == b"\x89PNG"
    assert desk.get(f"{page}parts/1/").status_code == 200
    assert "Location" in desk.get(f"{page}parts/1.pdf").headers
    one.refresh_from_db()
    assert desk.post(f"{page}approve/", {"seen": one.changes}).status_code == 404
    assert "Approved." in words(boss.post(f"{page}approve/", {"seen": one.changes}, follow=True))
    reply = desk.get(f"{page}parts/1.pdf")
    assert (reply["Content-Type"], reply.content[:4]) == ("application/pdf", b"%PDF")
    assert b"Dunmore" not in reply.content
    consent = case.consents.get(purpose="press")
    consents.withdraw_consent(consent.pk, reason="he is afraid", by=case.opened_by)
    assert "taken back" in words(desk.get(f"{page}parts/1.pdf", follow=True))


def test_a_release_no_consent_covers_does_not_begin_and_the_form_keeps_what_was_chosen(
    case: Case, sit: Callable[[User], Client]
) -> None:
    sent = {
        "document": case.links.get().document_id, "purpose": "press", "kind": "public", "identity": "name",
        "recipient": "everybody", "language": "es",
    }  # fmt: skip
    reply = sit(case.opened_by).post(f"/cases/{case.pk}/releases/new/", sent)
    assert reply.status_code == 422
    body = words(reply)
    assert 'value="everybody"' in body
    assert '<option value="name" selected>' in body
    assert " checked" in body
    assert not Release.objects.exists()


def test_a_bundle_is_downloaded_through_the_gate(case: Case, sit: Callable[[User], Client]) -> None:
    desk, page = sit(case.opened_by), f"/cases/{case.pk}/bundle/"
    sent = {"document": case.links.get().document_id, "purpose": "represent", "kind": "court", "recipient": ""}
    assert "waits to be made" in words(desk.post(page, sent, follow=True))
    one = Making.objects.get()
    assert desk.get(f"{page}{one.pk}.zip").status_code == 302
    assert making.make_next()
    assert "Download" in words(desk.get(page))
    reply = desk.get(f"{page}{one.pk}.zip")
    assert reply["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(reply.content)) as bound:
        assert "verify.html" in bound.namelist()
    refused = desk.post(page, sent | {"kind": "press"})
    assert refused.status_code == 422
    assert HistoryLine.objects.filter(kind="case.bundle-taken-out").count() == 1
    consents.withdraw_consent(case.consents.get(purpose="represent").pk, reason="he is afraid", by=case.opened_by)
    assert "taken back" in words(desk.get(f"{page}{one.pk}.zip", follow=True))
    assert "Removed from the desk" in words(desk.post(f"{page}{one.pk}/remove/", follow=True))
    assert desk.get(f"{page}{one.pk}.zip").status_code == 302


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_opens_in_both_languages_with_no_word_missing(
    approved: Filing, sit: Callable[[User], Client], server: MailServer, language: str
) -> None:
    case, worker = approved.case, approved.author
    User.objects.filter(pk=worker.pk).update(language=language)
    worker = User.objects.get(pk=worker.pk)
    desk = sit(worker)
    one = begun(case, desk)
    desk.post(f"/cases/{case.pk}/releases/{one.pk}/make/")
    assert making.make_next()
    sent = {"document": case.links.get().document_id, "purpose": "represent", "kind": "court", "recipient": ""}
    desk.post(f"/cases/{case.pk}/bundle/", sent)
    desk.post(f"/cases/{case.pk}/filings/{approved.pk}/mail/queue/", {"to": "warden@example.org"})
    server.mood = "refuses-recipient"
    outbox.send_next()
    late = filings.enter_sent(case.pk, BP9, means="mail", sent_on=ago(60), by=worker).filing
    for address in (
        "/", f"/cases/{case.pk}/", f"/cases/{case.pk}/filings/{approved.pk}/", f"/cases/{case.pk}/filings/{late.pk}/",
        f"/cases/{case.pk}/releases/new/", f"/cases/{case.pk}/releases/{one.pk}/",
        f"/cases/{case.pk}/releases/{one.pk}/parts/1/", f"/cases/{case.pk}/bundle/",
    ):  # fmt: skip
        reply = desk.get(address)
        assert reply.status_code == 200, address
        body = words(reply)
        assert f'lang="{language}"' in body
        assert " style=" not in body
        assert not re.search(r">\s*[^<]*\b(did|mail|release|error|missing)-[a-z]+[a-z.-]*\s*<", body), address
    assert releasing.people_of(Release.objects.get())[0].names == ["Calvin Dunmore", "Dunmore"]


def test_what_is_not_ones_own_looks_like_what_does_not_exist(
    approved: Filing, sit: Callable[[User], Client], person: Callable[..., User]
) -> None:
    case = approved.case
    one = begun(case, sit(approved.author))
    for stranger in (sit(person("supervisor", "Consulate")), sit(person("viewer"))):
        for theirs, nothing in (
            (f"/cases/{case.pk}/releases/{one.pk}/", "/cases/999999/releases/999999/"),
            (f"/cases/{case.pk}/releases/{one.pk}/parts/1.pdf", "/cases/999999/releases/999999/parts/1.pdf"),
            (f"/cases/{case.pk}/releases/new/", "/cases/999999/releases/new/"),
            (f"/cases/{case.pk}/bundle/1.zip", "/cases/999999/bundle/1.zip"),
            (f"/releases/{one.pk}/", "/releases/999999/"), (f"/cases/{case.pk}/bundle/", "/cases/999999/bundle/"),
            (f"/cases/{case.pk}/filings/{approved.pk}/print/labels.pdf", "/cases/9/filings/9/print/labels.pdf"),
            (f"/cases/{case.pk}/filings/{approved.pk}/mail/1.eml", "/cases/9/filings/9/mail/1.eml"),
        ):  # fmt: skip
            seen, missing = stranger.get(theirs), stranger.get(nothing)
            assert (seen.status_code, missing.status_code) == (404, 404), theirs
            assert TOKEN.sub(b"", seen.content) == TOKEN.sub(b"", missing.content)
        for verb in ("hide", "see", "hide-again", "take-back", "look", "make", "approve", "withdraw", "anything"):
            assert stranger.post(f"/cases/{case.pk}/releases/{one.pk}/{verb}/").status_code == 404, verb
        assert stranger.post(f"/cases/{case.pk}/filings/{approved.pk}/mail/queue/").status_code in (302, 404)
    assert not Outgoing.objects.exists()
