"""Days of whoever keeps the office, in a real browser: an account from link to second factor, access, broken glass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import too_wide, unreadable

from amparo.casework.actions import access, accounts, cases, closing, shredding, tokens
from amparo.casework.history import verify
from amparo.casework.models import Document, HistoryLine, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
HERS = "several words of her own"


def enter(page: Page, username: str, password: str) -> None:
    """Sign in through the page."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


def test_an_account_goes_from_a_link_over_its_second_factor_to_the_desk(
    person: Callable[..., User],
    sit: Callable[..., Page],
    browser: Browser,
    live_server: Any,
    settings: Any,
) -> None:
    keeper = sit(person("supervisor"))
    keeper.goto("/office/people/")
    keeper.fill("#username", "noor")
    keeper.select_option("#role", "viewer")
    keeper.get_by_role("button", name="Give the account").click()
    link = keeper.input_value("#link")
    settings.AMPARO_SECOND_FACTOR = "required"
    hers = browser.new_context(base_url=live_server.url).new_page()
    hers.goto(link)
    hers.fill("#password1", HERS)
    hers.fill("#password2", HERS)
    hers.get_by_role("button", name="Keep").click()
    hers.wait_for_url("**/accounts/login/")
    enter(hers, "noor", HERS)
    hers.wait_for_url("**/2fa/totp/activate/**")
    assert hers.locator("input[type=password]").count() == 0  # the password is not asked for a second time
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    secret = hers.locator("code.secret").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    hers.fill("[name=code]", format_hotp_value(hotp_value(secret, counter)))
    hers.press("[name=code]", "Enter")
    hers.wait_for_url("**/recovery-codes/**")
    hers.goto("/")
    assert hers.get_by_role("heading", name="Inbox").is_visible()
    hers.goto(link)
    assert "does not work any more" in hers.content()
    hers.context.close()
    assert verify() is None


def test_a_restricted_case_is_given_hidden_opened_by_breaking_the_glass_and_seen_by_the_auditor(
    person: Callable[..., User],
    letter: Callable[[User], Document],
    sit: Callable[..., Page],
) -> None:
    supervisor, worker = person("supervisor"), person("caseworker")
    viewer, auditor = person("viewer"), person("auditor")
    case = cases.open_case(person="Calvin Dunmore", by=supervisor)
    document = letter(supervisor)
    cases.link(case.pk, document.pk, by=supervisor)

    keeper = sit(supervisor)
    keeper.goto(f"/cases/{case.pk}/standing/")
    keeper.get_by_role("button", name="Restrict it").click()
    keeper.get_by_role("link", name="Who may see").click()
    keeper.select_option("#person", str(worker.pk))
    keeper.fill("#reason", "works the case")
    keeper.get_by_role("button", name="Let in", exact=True).click()
    keeper.get_by_text("works the case").wait_for()
    theirs = sit(worker)
    theirs.goto(f"/cases/{case.pk}/")
    assert theirs.get_by_role("heading", name="Calvin Dunmore").is_visible()

    hers = sit(viewer)
    told = []
    for address in (f"/cases/{case.pk}/", "/cases/999999/", f"/documents/{document.pk}/", "/documents/999999/"):
        reply = hers.goto(address)
        assert reply is not None
        assert reply.status == 404
        told.append(hers.locator("main").inner_text())
    assert len(set(told)) == 1
    hers.goto("/glass/")
    assert supervisor.username in hers.locator("main").inner_text()
    hers.fill("#reference", case.reference)
    hers.fill("#reason", "the appeal is due tonight and nobody answers the telephone")
    hers.locator("main").get_by_role("button", name="Break the glass").click()
    hers.wait_for_url(f"**/cases/{case.pk}/")
    assert hers.get_by_role("heading", name="Calvin Dunmore").is_visible()

    keeper.goto("/")
    keeper.get_by_role("link", name="1 thing waits in the office").click()
    assert "the appeal is due tonight" in keeper.content()
    keeper.get_by_role("button", name="I have taken note").click()
    keeper.get_by_text("Nobody broke the glass").wait_for()

    theirs = sit(auditor)
    theirs.goto("/history/")
    theirs.select_option("#who", viewer.username)
    theirs.fill("#case", case.reference)
    theirs.get_by_role("button", name="Show", exact=True).click()
    lines = theirs.locator("tbody").inner_text()
    assert "broke the glass" in lines
    assert "looked at the case" in lines
    with theirs.expect_download() as taken:
        theirs.get_by_role("link", name="Take these out as CSV").click()
    assert viewer.username in taken.value.path().read_text()
    assert HistoryLine.objects.filter(kind="history.exported", by=auditor).count() == 1
    assert verify() is None


@pytest.fixture
def office(person: Callable[..., User], letter: Callable[..., Document]) -> dict[str, Any]:
    """An office with one of everything to show."""
    keeper, worker, viewer = person("supervisor"), person("caseworker"), person("viewer")
    document = letter(worker)
    case = cases.open_case(person="Calvin Dunmore", by=worker)
    cases.link(case.pk, document.pk, by=worker)
    access.restrict(case.pk, by=keeper, restricted=True)
    access.break_glass_of(case.reference, by=viewer, reason="the day ends tonight")
    over = cases.open_case(person="Ada Pike", by=worker)
    closing.close(over.pk, by=worker, reason="released")
    gone = letter(worker, "13-reja-y-rancho.txt")
    shredding.confirm(shredding.ask_for_document(gone.pk, by=worker, reason="sent by mistake").pk, by=keeper)
    shredding.ask_for_case(over.pk, by=worker, reason="its time is over")
    accounts.change_team(name="Clinic", keep_years=1, by=keeper)
    tokens.make_token("nightly sync", by=keeper)
    return {"keeper": keeper, "person": viewer, "case": case, "over": over, "document": document, "gone": gone}


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("es", "dark")])
def test_every_page_of_the_office_is_for_everybodys_eyes(
    office: dict[str, Any],
    sit: Callable[..., Page],
    language: str,
    theme: str,
) -> None:
    User.objects.filter(pk=office["keeper"].pk).update(language=language, theme=theme)
    page = sit(office["keeper"], viewport={"width": 390 if theme == "dark" else 1280, "height": 900})
    found: dict[str, Any] = {}
    for address in (
        "/", "/office/", "/office/people/", f"/office/people/{office['person'].pk}/", "/office/team/",
        "/office/access/", f"/office/access/{office['case'].pk}/", "/office/shredding/", "/office/retention/",
        "/glass/", f"/documents/{office['document'].pk}/shred/", f"/cases/{office['over'].pk}/shred/",
        f"/cases/{office['over'].pk}/standing/", f"/documents/{office['gone'].pk}/", "/cases/?show=closed",
        "/me/tokens/", "/history/?kind=case.glass-broken", "/history/?who=nobody", "/api/",
    ):  # fmt: skip
        reply = page.goto(address)
        assert reply is not None
        assert reply.ok, address
        broken, wide = unreadable(page), too_wide(page)
        if broken or wide:
            found[address] = wide, broken
    assert found == {}


def test_a_link_and_a_token_are_shown_once_and_never_kept_by_the_browser(office: dict[str, Any], client: Any) -> None:
    client.force_login(office["keeper"], backend="allauth.account.auth_backends.AuthenticationBackend")
    for address, sent in (
        ("/office/people/add/", {"username": "noor", "role": "viewer", "language": "es"}),
        ("/me/tokens/make/", {"name": "sync", "days": "30"}),
    ):
        reply = client.post(address, sent)
        assert "no-store" in reply["Cache-Control"]
    assert "amparo_" not in client.get("/me/tokens/").content.decode()


def test_whoever_is_signed_out_by_a_supervisor_is_out(person: Callable[..., User], client: Any) -> None:
    keeper, worker = person("supervisor"), person("caseworker")
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").status_code == 200
    from amparo.casework.sittings import sittings_of

    (sitting,) = sittings_of(worker)
    assert sitting.name not in client.cookies["sessionid"].value
    accounts.end_sitting(worker.pk, sitting.name, by=keeper)
    assert client.get("/").status_code == 302
