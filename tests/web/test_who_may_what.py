"""Who may do what, tried on every page: each address against each role. An address declared nowhere fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from amparo.casework.actions import access, cases, closed_days, closing, consents, filings, shredding, tokens
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Recipient
from amparo.casework.models import Appearance, Case, Document, Note, User
from amparo.casework.permissions import TABLE, Verb

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROLES = sorted(TABLE)


class Page(NamedTuple):
    """An address with what it takes to use it.

    Args:
        address: with names for the rows of the office below.
        verbs: all that a role needs; none for anybody who signed in.
        sent: what is posted; nothing where it is only looked at.
    """

    address: str
    verbs: tuple[Verb, ...] = ()
    sent: dict[str, str] | None = None


CONSENT = {"purpose": "complain", "identity": "full", "recipients": "authority", "given": "2026-01-02", "noted": "x"}
DOCUMENT, CASE = "/documents/{document}/", "/cases/{case}/"
PAGES: dict[str, Page] = {
    "inbox": Page("/"),
    "receive": Page("/receive/", ("receive",), {}),
    "document": Page(DOCUMENT, ("see-documents",)),
    "original": Page(DOCUMENT + "original", ("see-documents",)),
    "correct": Page(DOCUMENT + "correct/", ("see-documents", "correct-reading"), {"content": "Dear Judge,"}),
    "decide": Page("/notes/{note}/accepted/", ("decide",), {}),
    "cases": Page("/cases/", ("see-cases",)),
    "open-case": Page("/cases/open/", ("open-case",), {"person": "Ada Pike"}),
    "case": Page(CASE, ("see-cases",)),
    "enter-fact": Page(CASE + "facts/", ("edit-case",), {"name": "incident", "value": "2026-01-01"}),
    "link-document": Page(CASE + "link/", ("edit-case",), {"document": "{document}"}),
    "take-up": Page(CASE + "take-up/{proposal}/", ("edit-case", "decide"), {}),
    "why": Page(CASE + "why/request/", ("see-cases",)),
    "case-calendar": Page(CASE + "calendar.ics", ("see-cases", "export")),
    "deadlines": Page("/deadlines/", ("see-cases",)),
    "rulebook": Page("/rulebook/"),
    "procedure": Page("/rulebook/coe.ecthr/"),
    "history": Page("/history/", ("see-history",)),
    "history-export": Page("/history/export.csv", ("export-history",)),
    "me": Page("/me/", (), {"theme": "dark"}),
    "tokens": Page("/me/tokens/", ("make-token",)),
    "token-make": Page("/me/tokens/make/", ("make-token",), {"name": "sync"}),
    "token-revoke": Page("/me/tokens/{token}/revoke/", ("make-token",), {}),
    "office": Page("/office/", ("see-office",)),
    "particulars": Page(CASE + "particulars/", ("see-cases", "edit-case")),
    "office-letterhead": Page("/office/letterhead/", ("manage-team",)),
    "office-templates": Page("/office/templates/", ("manage-team",)),
    "office-template": Page("/office/templates/bp-9/en/", ("manage-team",)),
    "office-template-file": Page("/office/templates/bp-9/en/0.docx", ("manage-team",)),
    "office-template-back": Page("/office/templates/bp-9/en/back/", ("manage-team",), {}),
    "office-team": Page("/office/team/", ("manage-team",)),
    "office-retention": Page("/office/retention/", ("see-office", "see-cases")),
    "office-people": Page("/office/people/", ("see-office",)),
    "office-person-add": Page(
        "/office/people/add/", ("manage-team",), {"username": "noor", "role": "viewer", "language": "en"}
    ),
    "office-person": Page("/office/people/{person}/", ("see-office",)),
    "office-person-change": Page("/office/people/{person}/unlock/", ("manage-team",), {}),
    "office-access": Page("/office/access/", ("see-office",)),
    "office-case-access": Page("/office/access/{restricted}/", ("see-office",)),
    "office-access-give": Page(
        "/office/access/{restricted}/give/", ("give-access",), {"person": "{person}", "reason": "translates"}
    ),
    "office-access-take": Page("/office/access/taken/{access}/", ("give-access",), {}),
    "office-glass-seen": Page("/office/glass/{glass}/", ("acknowledge-glass",), {}),
    "office-shredding": Page("/office/shredding/", ("see-office",)),
    "office-shredding-decide": Page("/office/shredding/{asked}/refuse/", ("confirm-shredding",), {}),
    "glass": Page("/glass/", ("break-glass",)),
    "shred-document": Page(DOCUMENT + "shred/", ("see-documents", "ask-shredding")),
    "shred-case": Page(CASE + "shred/", ("see-cases", "ask-shredding")),
    "case-standing": Page(CASE + "standing/", ("see-cases", "close-case")),
    "case-standing-change": Page(CASE + "standing/close/", ("see-cases", "close-case"), {"reason": "released"}),
    "add-note": Page(DOCUMENT + "add/?at=0-10", ("see-documents", "decide")),
    "place-note": Page(DOCUMENT + "place/{note}/?at=0-10", ("see-documents", "decide")),
    "correct-note": Page("/notes/{note}/correct/", ("decide",)),
    "choose-case": Page(DOCUMENT + "case/?q=pike", ("see-documents", "edit-case")),
    "choose-beside": Page("/beside/?one={document}&other={document}", ("see-documents",)),
    "beside": Page("/beside/{document}/{second}/", ("see-documents",)),
    "people": Page("/people/", ("see-documents",)),
    "person": Page("/people/{appearance}/", ("see-documents",)),
    "pair": Page("/people/{appearance}/beside/{appeared}/", ("see-documents",)),
    "judge": Page("/people/{appearance}/beside/{appeared}/judge/", ("see-documents", "decide"), {"verdict": "unsure"}),
    "say-who": Page(CASE + "person/", ("see-cases", "edit-case"), {"appearance": "{appearance}"}),
    "search": Page("/search/?q=judge", ("see-documents",)),
    "record-consent": Page(CASE + "consents/", ("edit-case",), CONSENT),
    "withdraw-consent": Page(CASE + "consents/{consent}/withdraw/", ("edit-case",), {"reason": "changed his mind"}),
    "enter-filing": Page(CASE + "filings/new/", ("edit-case",)),
    "filing": Page(CASE + "filings/{filing}/", ("see-cases",)),
    "filing-act": Page(CASE + "filings/{filing}/withdraw/", ("see-cases", "edit-case"), {"reason": "not needed"}),
    "find-filing": Page("/filings/{filing}/", ("see-cases",)),
    "paper": Page(CASE + "filings/{filing}/paper/", ("see-cases",)),
    "paper-copy": Page(CASE + "filings/{filing}/paper/copy/draft", ("see-cases",)),
    "paper-act": Page(CASE + "filings/{filing}/paper/write/", ("see-cases", "edit-case"), {}),
    "what-if": Page("/deadlines/what-if/", ("see-cases", "manage-team")),
    "keep-closed-day": Page("/deadlines/closed-days/", ("manage-team",), {"calendar": "us-federal"}),
    "reopen-closed-day": Page("/deadlines/closed-days/{closed}/reopen/", ("manage-team",), {}),
    "notices": Page("/me/notices/", ("export",)),
    "choose-digest": Page("/me/notices/digest/", ("export",), {"how_often": "never"}),
    "make-feed": Page("/me/notices/feed/", ("export",), {"name": "mine"}),
    "import": Page("/cases/import/", ("manage-team",)),
    "take-out": Page(CASE + "take-out/", ("see-cases", "export")),
    "begin-release": Page(CASE + "releases/new/", ("see-cases", "export")),
    "bundle": Page(CASE + "bundle/", ("see-cases", "export")),
    "api-reference": Page("/api/"),
}
OTHERWISE = frozenset(
    {"welcome", "api-nothing", "feed", "revoke-feed", "page-picture", "mail-act", "mail-message", "filing-print",
     "import-sheet", "import-act", "remind", "release", "release-act", "release-give", "release-page",
     "release-preview", "find-release", "bundle-file", "bundle-remove", "office-logo",
     "filing-contact", "filing-thread"}
)  # fmt: skip
"""Open to whoever has the link, to nobody, or to who began it: tested by themselves."""


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every named address of the desk itself."""
    for one in resolver.url_patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, where)
        elif isinstance(one, URLPattern):
            yield one.name or where, where


@pytest.fixture
def rows(person: Callable[..., User], letter: Callable[[User], Document]) -> dict[str, int]:
    """An office with one of everything, kept by people who are not the ones who try."""
    keeper = person("supervisor")
    User.objects.filter(pk=keeper.pk).update(username="keeper")
    document = letter(keeper)
    case = cases.open_case(person="Ada Pike", by=keeper)
    cases.link(case.pk, document.pk, by=keeper)
    for name, value in (("facility", "us.bop/FLM"), ("matter", "conditions"), ("incident", "2026-11-10")):
        cases.enter_fact(case.pk, name, value, by=keeper)
    restricted = cases.open_case(person="Calvin Dunmore", by=keeper)
    access.restrict(restricted.pk, by=keeper, restricted=True)
    somebody = person("caseworker")
    User.objects.filter(pk=somebody.pk).update(username="somebody")
    given = access.give_access(restricted.pk, somebody.pk, by=keeper, reason="works it")
    glass = access.break_glass_of(restricted.reference, by=keeper, reason="tonight")
    other = cases.open_case(person="Ben Orme", by=keeper)
    closing.close(other.pk, by=keeper, reason="over")
    notes = Note.objects.filter(reading__document=document)
    second = letter(keeper, "13-reja-y-rancho.txt")
    cases.link(case.pk, second.pk, by=keeper)
    filing = filings.begin(case.pk, Paper(recipient="Warden", kind="authority", purpose="complain"), by=keeper)
    consent = consents.record_consent(
        case.pk, purpose="press", recipients=[Recipient("press")], identity="name", given=dt.date(2026, 1, 2),
        noted="by telephone", by=keeper,
    )  # fmt: skip
    closed = closed_days.close_day(
        "us-federal", dt.date(2026, 12, 24), name="closed by order", by=keeper
    )  # fmt: skip
    people = Appearance.objects.filter(about="person").order_by("pk")
    found = notes.filter(kind="proposal").first()
    allegation = notes.filter(kind="allegation").first()
    assert found is not None
    assert allegation is not None
    return {
        "document": document.pk, "case": case.pk, "note": allegation.pk, "proposal": found.pk,
        "restricted": restricted.pk, "access": given.pk, "glass": glass.pk, "person": somebody.pk,
        "second": second.pk, "filing": filing.pk, "consent": consent.pk, "closed": closed.pk,
        "appearance": people[0].pk, "appeared": people[1].pk,
        "asked": shredding.ask_for_case(other.pk, by=keeper, reason="its time is over").pk,
    }  # fmt: skip


def test_every_address_of_the_desk_is_declared_with_what_it_needs() -> None:
    named = {
        name for name, where in addresses(get_resolver())
        if not where.startswith(("accounts/", "api/")) or (name.startswith("api-") and not name.startswith("api-root"))
    }  # fmt: skip
    assert named - {name for name in named if ":" in name} == set(PAGES) | OTHERWISE


def test_every_verb_of_the_table_is_held_by_some_role_and_asked_by_some_page_or_action() -> None:
    asked = {verb for page in PAGES.values() for verb in page.verbs}
    assert frozenset().union(*TABLE.values()) - asked == {
        "hold-case",
        "restrict-case",
        "approve-paper",
        "approve-release",
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_to_every_page_its_verbs_open_and_to_no_other(
    role: str, rows: dict[str, int], person: Callable[..., User]
) -> None:
    user = person(role)
    told: dict[str, tuple[int, bool]] = {}
    for name, page in PAGES.items():
        token = tokens.make_token("one", by=user).token.pk
        names = {**rows, "token": token}
        client = Client()
        client.force_login(user, backend=BACKEND)
        address = page.address.format(**names)
        if page.sent is None:
            reply = client.get(address)
        else:
            reply = client.post(address, {key: value.format(**names) for key, value in page.sent.items()})
        if reply.streaming:
            b"".join(reply)  # type: ignore[arg-type]
        may = set(page.verbs) <= TABLE[role]
        if (reply.status_code in (200, 302)) is not may or (not may and reply.status_code != 404):
            told[name] = (reply.status_code, may)
    assert told == {}


@pytest.mark.parametrize("act", ["hold", "lift", "restrict", "share"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_and_what_is_done_to_a_case_as_a_whole(
    role: str, act: str, rows: dict[str, int], person: Callable[..., User]
) -> None:
    client = Client()
    client.force_login(person(role), backend=BACKEND)
    reply = client.post(f"/cases/{rows['case']}/standing/{act}/", {"reason": "a court ordered it"})
    verb: Verb = "hold-case" if act in ("hold", "lift") else "restrict-case"
    assert reply.status_code == (302 if verb in TABLE[role] else 404)


def test_a_role_the_table_does_not_know_and_an_account_without_one_get_nowhere(
    rows: dict[str, int], person: Callable[..., User]
) -> None:
    nobody = User.objects.create_user("nobody")
    client = Client()
    client.force_login(nobody, backend=BACKEND)
    reached = [
        name for name, page in PAGES.items()
        if page.verbs and client.get(page.address.format(**rows, token=1)).status_code == 200
    ]  # fmt: skip
    assert reached == []
    assert Case.objects.exists()
