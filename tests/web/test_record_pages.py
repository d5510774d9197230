"""Consent, papers, days, notices at the desk: who sees them, in both languages, and what they refuse."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from tests.web.test_pages import BACKEND, TOKEN

from amparo.casework.actions import cases, closed_days, consents, feeds, filings
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Recipient
from amparo.casework.models import Case, Consent, DoorDay, Feed, Filing, HistoryLine, TeamClosedDay, User
from amparo.interchange.vcard import Card, write_vcard
from amparo.web.templatetags.desk import particulars

TODAY = timezone.localdate()
BP9 = Paper(
    recipient="Warden", kind="authority", purpose="complain", procedure="us.bop.administrative-remedy", step="request"
)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def sit() -> Callable[[User], Client]:
    def at(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return at


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    supervisor = person("supervisor")
    case = cases.open_case(person="Ada Pike", by=supervisor)
    for name, value in (("facility", "us.bop/FLM"), ("matter", "conditions"), ("incident", ago(10).isoformat())):
        cases.enter_fact(case.pk, name, value, by=supervisor)
    return case


@pytest.fixture
def filing(case: Case) -> Filing:
    return filings.enter_sent(case.pk, BP9, means="mail", sent_on=ago(8), by=case.opened_by).filing


def addresses(filing: Filing) -> list[str]:
    case = filing.case_id
    return [
        f"/cases/{case}/", f"/cases/{case}/filings/new/", f"/cases/{case}/filings/new/?step=request",
        f"/cases/{case}/filings/{filing.pk}/", f"/cases/{case}/why/request/", "/deadlines/", "/deadlines/?view=month",
        "/deadlines/?cases=mine&side=theirs&procedure=us.bop.administrative-remedy&since=2026-01-01",
        "/deadlines/what-if/", f"/deadlines/what-if/?suppose=closed&calendar=us-federal&day={TODAY}&name=storm",
        "/deadlines/what-if/?suppose=open&calendar=us-federal&day=2026-12-25",
        "/deadlines/what-if/?suppose=limit&limit=us.bop.administrative-remedy%7Crequest%7Cfile&count=10&unit=calendar+day",
        "/me/notices/", "/history/", "/cases/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_opens_in_both_languages_with_no_word_missing(
    filing: Filing, sit: Callable[[User], Client], language: str
) -> None:
    consents.record_consent(
        filing.case_id, purpose="complain", recipients=[Recipient("authority", "Warden")], identity="full",
        given=TODAY, until=TODAY, noted="oral", by=filing.author,
    )  # fmt: skip
    User.objects.filter(pk=filing.author_id).update(language=language)
    desk = sit(User.objects.get(pk=filing.author_id))
    for address in addresses(filing):
        reply = desk.get(address)
        assert reply.status_code == 200, address
        body = reply.content.decode()
        assert f'lang="{language}"' in body
        assert " style=" not in body
        assert not re.search(r">\s*(did|paper|means|came|proof|gate|consent-state|moves|unit|limit-of)-[a-z]", body), (
            address
        )


def test_another_teams_papers_look_like_what_does_not_exist(
    filing: Filing, person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    stranger = sit(person("supervisor", "Consulate"))
    case = filing.case_id
    for theirs, nothing in (
        (f"/cases/{case}/filings/{filing.pk}/", "/cases/999999/filings/999999/"),
        (f"/cases/{case}/filings/new/", "/cases/999999/filings/new/"),
        (f"/filings/{filing.pk}/", "/filings/999999/"),
        (f"/cases/{case}/why/request/", "/cases/999999/why/request/"),
        ("/feeds/abc.ics", "/feeds/def.ics"),
    ):
        seen, missing = stranger.get(theirs), stranger.get(nothing)
        assert (seen.status_code, missing.status_code) == (404, 404), theirs
        assert TOKEN.sub(b"", seen.content) == TOKEN.sub(b"", missing.content)
    for verb in ("approve", "send", "proof", "answer", "withdraw", "anything"):
        assert stranger.post(f"/cases/{case}/filings/{filing.pk}/{verb}/").status_code == 404
    assert "Ada Pike" not in stranger.get("/deadlines/").content.decode()


def test_a_viewer_reads_papers_and_consents_and_changes_nothing(
    filing: Filing, person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    viewer, case = sit(person("viewer")), filing.case_id
    assert viewer.get(f"/cases/{case}/filings/{filing.pk}/").status_code == 200
    for address in (
        f"/cases/{case}/consents/", f"/cases/{case}/filings/new/", f"/cases/{case}/filings/{filing.pk}/withdraw/",
        "/me/notices/feed/", "/me/notices/digest/", "/deadlines/closed-days/",
    ):  # fmt: skip
        sent = {"given": str(TODAY), "reason": "x", "day": str(TODAY), "how_often": "daily"}
        assert viewer.post(address, sent).status_code == 404, address
    assert viewer.get("/deadlines/what-if/").status_code == 404
    assert viewer.get("/me/notices/").status_code == 404
    assert (Consent.objects.count(), Feed.objects.count(), TeamClosedDay.objects.count()) == (0, 0, 0)


def test_a_consent_is_recorded_from_the_page_and_withdrawn_with_a_reason(
    case: Case, sit: Callable[[User], Client]
) -> None:
    desk = sit(case.opened_by)
    whole = {
        "purpose": "complain", "recipients": ["authority", "court"], "identity": "full", "given": str(TODAY),
        "noted": "oral, noted by R.", "until": str(TODAY + dt.timedelta(days=9)),
    }  # fmt: skip
    missing = desk.post(f"/cases/{case.pk}/consents/", whole | {"noted": ""}, follow=True)
    assert "Name the paper it stands on" in missing.content.decode()
    page = desk.post(f"/cases/{case.pk}/consents/", whole, follow=True).content.decode()
    assert "expires in 9 days" in page
    row = Consent.objects.get()
    address = f"/cases/{case.pk}/consents/{row.pk}/withdraw/"
    assert "Give a reason" in desk.post(address, {"reason": ""}, follow=True).content.decode()
    assert "taken back" in desk.post(address, {"reason": "he asked"}, follow=True).content.decode()
    assert desk.post(address, {"reason": "again"}, follow=True).status_code == 200


def test_what_was_written_stays_in_the_form_when_something_is_missing(
    case: Case, sit: Callable[[User], Client]
) -> None:
    reply = sit(case.opened_by).post(
        f"/cases/{case.pk}/filings/new/",
        {"step": "request", "recipient": "The Warden himself", "kind": "authority", "purpose": "complain",
         "identity": "full", "as": "sent", "sent_on": "", "means": "mail"},
    )  # fmt: skip
    assert reply.status_code == 422
    assert "The Warden himself" in reply.content.decode()
    assert not Filing.objects.exists()


def test_an_answer_that_is_not_whole_keeps_what_was_written(filing: Filing, sit: Callable[[User], Client]) -> None:
    reply = sit(filing.author).post(
        f"/cases/{filing.case_id}/filings/{filing.pk}/answer/",
        {"came": "answer|CLD DNY", "received_on": str(ago(1)), "note": "by hand of his sister"},
    )
    body = reply.content.decode()
    assert reply.status_code == 422
    assert '<option value="answer|CLD DNY" selected>' in body
    assert "by hand of his sister" in body
    assert f'name="received_on" value="{ago(1)}"' in body
    assert not filing.responses.exists()


def test_a_consent_that_is_not_whole_keeps_what_was_written(case: Case, sit: Callable[[User], Client]) -> None:
    reply = sit(case.opened_by).post(
        f"/cases/{case.pk}/consents/",
        {"purpose": "press", "recipients": ["press", "public"], "named": "", "identity": "initials",
         "given": str(ago(2)), "noted": ""},
    )  # fmt: skip
    body = reply.content.decode()
    assert reply.status_code == 422
    assert body.count(" checked") == 2
    assert '<option value="initials" selected>' in body
    assert f'value="{ago(2)}"' in body


def test_the_form_is_filled_in_from_the_door(case: Case, sit: Callable[[User], Client]) -> None:
    body = sit(case.opened_by).get(f"/cases/{case.pk}/filings/new/?step=request").content.decode()
    assert re.search(r'name="recipient" value="[^"]*Warden', body)


def card_file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("clerk.vcf", data, content_type="text/vcard")


def test_the_recipient_is_filled_in_from_a_contact_file_and_nothing_is_entered(
    case: Case, sit: Callable[[User], Client]
) -> None:
    card = Card(
        name="Ruth Ackroyd", title="Clerk", organisation="District Court", lines=("1 Elm Street",), language="es"
    )
    page = sit(case.opened_by).post(
        f"/cases/{case.pk}/filings/new/", {"as": "card", "recipient": "", "card": card_file(write_vcard([card]))}
    )
    words = page.content.decode()
    assert page.status_code == 200
    assert 'value="Ruth Ackroyd"' in words
    assert "Clerk\nDistrict Court\n1 Elm Street</textarea>" in words
    assert '<option value="es" selected>' in words
    assert not case.filings.exists()


@pytest.mark.parametrize(
    ("data", "said"), [(None, "Choose a contact file first."), (b"\xff no card", "format it should be in")]
)
def test_a_file_that_is_no_contact_is_told_and_what_was_written_stays(
    case: Case, sit: Callable[[User], Client], data: bytes | None, said: str
) -> None:
    sent = {"as": "card", "recipient": "The Clerk", **({"card": card_file(data)} if data else {})}
    page = sit(case.opened_by).post(f"/cases/{case.pk}/filings/new/", sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'value="The Clerk"' in page.content.decode()


def test_why_a_date_stands_in_the_desks_own_frame(case: Case, sit: Callable[[User], Client]) -> None:
    reply = sit(case.opened_by).get(f"/cases/{case.pk}/why/request/")
    body = reply.content.decode()
    assert f'href="/cases/{case.pk}/#doors"' in body
    assert "unsafe" not in reply["Content-Security-Policy"]
    assert "28 CFR 542.14(a)" in body


def test_lists_need_the_same_number_of_queries_however_many_cases(
    case: Case, sit: Callable[[User], Client], django_assert_max_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = sit(case.opened_by)

    def asked(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert desk.get(address).status_code == 200
        return len(told)

    pages = ("/cases/", "/deadlines/", "/deadlines/?view=month")
    before = [asked(page) for page in pages]
    for _ in range(12):
        more = cases.open_case(person="Noah Reed", by=case.opened_by)
        cases.enter_fact(more.pk, "system", "us.bop", by=case.opened_by)
        cases.enter_fact(more.pk, "incident", ago(9).isoformat(), by=case.opened_by)
    assert [asked(page) for page in pages] == before


def test_days_that_are_stale_are_not_shown_as_todays(
    case: Case, sit: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from amparo.casework import days

    assert DoorDay.objects.filter(case=case).exists()
    Case.objects.filter(pk=case.pk).update(counted_for=ago(1))
    real = days.catch_up
    monkeypatch.setattr(days, "catch_up", lambda found, **how: real(found, **how, most=0))
    desk = sit(case.opened_by)
    for address in ("/deadlines/", "/cases/"):
        body = desk.get(address).content.decode()
        assert "1 case is still being counted anew" in body
        assert "<time" not in body.split('class="rows"')[-1] if 'class="rows"' in body else True
    monkeypatch.undo()
    assert "still being counted" not in desk.get("/deadlines/").content.decode()


def test_filters_show_ours_or_theirs(filing: Filing, sit: Callable[[User], Client]) -> None:
    cases.enter_fact(filing.case_id, "request.logged", ago(7).isoformat(), by=filing.author)
    desk = sit(filing.author)
    assert "an answer is due" not in desk.get("/deadlines/?side=ours").content.decode().lower()
    theirs = desk.get("/deadlines/?side=theirs").content.decode()
    assert theirs.count("data-item=") == DoorDay.objects.filter(whose="authority").count() > 0


def test_a_calendar_program_reads_the_feed_without_signing_in(case: Case, sit: Callable[[User], Client]) -> None:
    page = sit(case.opened_by).post("/me/notices/feed/")
    address = re.search(r'value="http://testserver(/feeds/[^"]+\.ics)"', page.content.decode())
    assert address is not None
    assert page["Cache-Control"] == "no-store"
    reply = Client().get(address[1])
    assert (reply.status_code, reply["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert case.reference.encode() in reply.content
    assert b"Pike" not in reply.content
    sit(case.opened_by).post(f"/me/notices/feed/{Feed.objects.get().pk}/revoke/")
    assert Client().get(address[1]).status_code == 404
    assert 'value="http' not in sit(case.opened_by).get("/me/notices/").content.decode()


def test_a_digest_is_chosen_with_an_address(case: Case, sit: Callable[[User], Client]) -> None:
    desk = sit(case.opened_by)
    assert desk.post("/me/notices/digest/", {"how_often": "daily", "email": "nobody"}).status_code == 422
    desk.post("/me/notices/digest/", {"how_often": "weekly", "email": "desk@example.org"})
    assert User.objects.get(pk=case.opened_by_id).digest == "weekly"
    assert "Pike" not in desk.get("/me/notices/").content.decode()


def test_a_supposed_day_moves_days_on_the_page_and_nothing_in_the_record(
    case: Case, sit: Callable[[User], Client]
) -> None:
    desk = sit(case.opened_by)
    page = desk.get(
        "/deadlines/what-if/?suppose=limit&limit=us.bop.administrative-remedy%7Crequest%7Cfile&count=15&unit=calendar+day"
    ).content.decode()
    assert "Ada Pike" in page
    assert DoorDay.objects.get(case=case, step="request").last == ago(10) + dt.timedelta(days=20)
    assert not TeamClosedDay.objects.exists()


def test_a_closed_day_is_kept_for_the_team_and_taken_out_again(case: Case, sit: Callable[[User], Client]) -> None:
    desk = sit(case.opened_by)
    day = TODAY + dt.timedelta(days=3)
    sent = {"calendar": "us-federal", "day": str(day), "name": "storm"}
    assert "storm" in desk.post("/deadlines/closed-days/", sent, follow=True).content.decode()
    assert desk.post("/deadlines/closed-days/", sent, follow=True).status_code == 200
    row = TeamClosedDay.objects.get()
    desk.post(f"/deadlines/closed-days/{row.pk}/reopen/")
    row.refresh_from_db()
    assert row.removed_at is not None


@pytest.mark.parametrize(
    "asked",
    ["suppose=closed", "suppose=closed&calendar=us-federal&day=soon&name=x",
     "suppose=open&calendar=mars&day=2026-12-25",
     "suppose=limit&limit=a%7Cb%7Cfile&count=3&unit=week", "suppose=limit&limit=x&count=3&unit=week",
     "suppose=limit&limit=us.bop.administrative-remedy%7Crequest%7Cfile&count=0&unit=fortnight", "suppose=magic"],
)  # fmt: skip
def test_what_cannot_be_supposed_is_said_on_the_page(case: Case, sit: Callable[[User], Client], asked: str) -> None:
    reply = sit(case.opened_by).get(f"/deadlines/what-if/?{asked}")
    assert reply.status_code == 200
    assert 'class="error"' in reply.content.decode()


def test_a_line_of_history_leads_to_its_paper(filing: Filing, sit: Callable[[User], Client]) -> None:
    desk = sit(filing.author)
    assert f'href="/filings/{filing.pk}/"' in desk.get("/history/").content.decode()
    assert desk.get(f"/filings/{filing.pk}/")["Location"] == f"/cases/{filing.case_id}/filings/{filing.pk}/"


def test_a_feed_tells_its_reading_to_the_history(case: Case, sit: Callable[[User], Client]) -> None:
    made = feeds.make_feed(by=case.opened_by)
    Client().get(f"/feeds/{made.token}.ics")
    assert HistoryLine.objects.get(kind="feed.read").details["rule"] == "own-calendar"
    closed_days.close_day("us-federal", TODAY + dt.timedelta(days=2), name="storm", by=case.opened_by)
    assert Client().get(f"/feeds/{made.token}.ics").status_code == 200


@pytest.mark.parametrize(("language", "said"), [("en", "what person"), ("es", "qué persona")])
def test_the_particulars_of_a_line_of_history_are_in_the_readers_language(language: str, said: str) -> None:
    with translation.override(language):
        assert particulars({"about": "person"}) == said
