"""The desk's pages: who may see them, in which language, and what they never show."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.office import LETTERS

from amparo.casework.actions import cases, intake
from amparo.casework.models import Case, Document, HistoryLine, Note, User

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sit() -> Callable[[User], Client]:
    """Sit somebody down at the desk."""

    def at(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return at


@pytest.fixture
def office(person: Callable[..., User], letter: Callable[[User], Document]) -> tuple[User, Document, Case]:
    supervisor = person("supervisor")
    document = letter(supervisor)
    case = cases.open_case(person="Ada Pike", by=supervisor)
    cases.link(case.pk, document.pk, by=supervisor)
    cases.enter_fact(case.pk, "facility", "us.bop/FLM", by=supervisor)
    cases.enter_fact(case.pk, "matter", "conditions", by=supervisor)
    cases.enter_fact(case.pk, "incident", "2026-11-10", by=supervisor, known_from="her letter")
    return supervisor, document, case


def _named(document: Document) -> int:
    return document.appearances.order_by("pk")[0].pk


def _noted(document: Document) -> int:
    return document.readings.get().notes.filter(kind="allegation").order_by("pk")[0].pk


def pages(document: Document, case: Case) -> list[str]:
    return [
        "/", "/?show=all", f"/documents/{document.pk}/", f"/documents/{document.pk}/original", "/cases/",
        f"/cases/{case.pk}/", f"/cases/{case.pk}/calendar.ics", "/deadlines/", "/rulebook/", "/people/", "/search/",
        "/search/?q=lawyer", "/search/?q=zzzz+lawyer&act=MED-02", f"/documents/{document.pk}/?at=10-30",
        f"/documents/{document.pk}/add/", f"/documents/{document.pk}/add/?at=10-30", f"/people/{_named(document)}/",
        f"/documents/{document.pk}/add/?exact=the", f"/notes/{_noted(document)}/correct/",
        "/rulebook/us.bop.administrative-remedy/", "/rulebook/coe.ecthr/?on=2021-05-01", "/history/", "/accounts/2fa/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_opens_in_both_languages(
    office: tuple[User, Document, Case], sit: Callable[[User], Client], language: str
) -> None:
    supervisor, document, case = office
    User.objects.filter(pk=supervisor.pk).update(language=language)
    for page in pages(document, case):
        reply = sit(User.objects.get(pk=supervisor.pk)).get(page)
        assert reply.status_code == 200, page
        if reply["Content-Type"].startswith("text/html"):
            assert f'lang="{language}"' in reply.content.decode()


def test_nobody_sees_anything_before_signing_in(office: tuple[User, Document, Case]) -> None:
    _, document, case = office
    for page in pages(document, case)[:-1]:
        reply = Client().get(page)
        assert reply.status_code == 302
        assert reply["Location"].startswith("/accounts/login/")


def test_what_another_team_has_looks_like_what_does_not_exist(
    office: tuple[User, Document, Case], person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    _, document, case = office
    stranger = sit(person("supervisor", "Consulate"))
    for theirs, nothing in (
        (f"/documents/{document.pk}/", "/documents/999999/"),
        (f"/documents/{document.pk}/original", "/documents/999999/original"),
        (f"/cases/{case.pk}/", "/cases/999999/"),
        (f"/cases/{case.pk}/calendar.ics", "/cases/999999/calendar.ics"),
    ):
        seen, missing = stranger.get(theirs), stranger.get(nothing)
        assert (seen.status_code, missing.status_code) == (404, 404)
        assert TOKEN.sub(b"", seen.content) == TOKEN.sub(b"", missing.content)
    assert "Ada Pike" not in stranger.get("/cases/").content.decode()


def test_a_viewer_reads_and_changes_nothing(
    office: tuple[User, Document, Case], person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    _, document, case = office
    viewer = sit(person("viewer"))
    note = Note.objects.filter(kind="allegation").first()
    assert note is not None
    assert viewer.get(f"/documents/{document.pk}/").status_code == 200
    for address, sent in (
        (f"/notes/{note.pk}/accepted/", {}),
        (f"/cases/{case.pk}/facts/", {"name": "incident", "value": "2026-01-01"}),
        ("/cases/open/", {"person": "X"}),
        (f"/documents/{document.pk}/correct/", {"content": "other words"}),
        ("/receive/", {}),
    ):
        assert viewer.post(address, sent).status_code == 404, address
    assert Note.objects.get(pk=note.pk).state == "proposed"
    assert viewer.get("/history/").status_code == 404


def test_what_another_team_found_and_judged_looks_like_what_does_not_exist(
    office: tuple[User, Document, Case], person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    supervisor, document, _ = office
    picture = intake.receive((LETTERS / "12-madre-al-juez.png").read_bytes(), name="m.png", by=supervisor).document
    one, other = document.appearances.filter(about="person").order_by("pk")[:2]
    note, stranger = _noted(document), sit(person("supervisor", "Consulate"))
    for theirs in (
        f"/documents/{picture.pk}/pages/1.jpg", f"/documents/{document.pk}/add/?at=10-30", f"/notes/{note}/correct/",
        f"/people/{one.pk}/", f"/people/{one.pk}/beside/{other.pk}/", f"/beside/{document.pk}/{picture.pk}/",
    ):  # fmt: skip
        seen = stranger.get(theirs)
        missing = stranger.get(re.sub(r"\d+", "999999", theirs, count=1))
        assert (seen.status_code, missing.status_code) == (404, 404), theirs
        assert TOKEN.sub(b"", seen.content) == TOKEN.sub(b"", missing.content)
    assert sit(supervisor).get(f"/documents/{picture.pk}/pages/1.jpg").status_code == 200
    words = document.readings.get().people[one.number]["name"]
    found, nothing = (stranger.get("/search/", {"q": typed}).content.decode() for typed in (words, "zzzz"))
    assert found.count("<li data-item") == nothing.count("<li data-item") == 0


def test_a_viewer_judges_and_notes_nothing(
    office: tuple[User, Document, Case], person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    _, document, case = office
    one, other = document.appearances.filter(about="person").order_by("pk")[:2]
    note, viewer = _noted(document), sit(person("viewer"))
    assert viewer.get(f"/people/{one.pk}/").status_code == 200
    assert b'data-key="s"' not in viewer.get(f"/people/{one.pk}/beside/{other.pk}/").content
    for address, sent in (
        (f"/people/{one.pk}/beside/{other.pk}/judge/", {"verdict": "same"}),
        (f"/notes/{note}/correct/", {"act": "MED-02", "status": "past"}),
        (f"/documents/{document.pk}/add/", {"at": "10-30", "act": "MED-02", "status": "past"}),
        (f"/cases/{case.pk}/person/", {"appearance": str(one.pk)}),
    ):
        assert viewer.post(address, sent).status_code == 404, address
    assert not Note.objects.filter(made_by__isnull=False).exists()


def test_words_typed_into_the_form_are_found_again_and_noted_without_script(
    office: tuple[User, Document, Case], sit: Callable[[User], Client]
) -> None:
    supervisor, document, _ = office
    content = document.readings.get().content
    exact = content[content.index("I am the plaintiff") :].split(" and ")[0]
    desk = sit(supervisor)
    assert (
        "are not in the text" in desk.get(f"/documents/{document.pk}/add/", {"exact": "no such words"}).content.decode()
    )
    assert "several places" in desk.get(f"/documents/{document.pk}/add/", {"exact": "the"}).content.decode()
    sent = {"exact": exact, "at": f"{content.index(exact)}-{content.index(exact) + len(exact)}", "kind": "claim",
            "speaker": "author", "stance": "asserts"}  # fmt: skip
    assert desk.post(f"/documents/{document.pk}/add/", sent).status_code == 302
    note = Note.objects.get(made_by=supervisor)
    assert content[note.start : note.end] == exact
    wrong = desk.post(f"/documents/{document.pk}/add/", {**sent, "kind": "allegation", "act": "nothing"})
    assert wrong.status_code == 422
    assert "not on the list" in wrong.content.decode()


def test_an_auditor_sees_the_history_and_no_paper(
    office: tuple[User, Document, Case], person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    _, document, case = office
    auditor = sit(person("auditor"))
    assert auditor.get("/history/").status_code == 200
    assert auditor.get(f"/documents/{document.pk}/").status_code == 404
    assert auditor.get(f"/cases/{case.pk}/").status_code == 404


def test_looking_is_a_line_of_history(office: tuple[User, Document, Case], sit: Callable[[User], Client]) -> None:
    supervisor, document, case = office
    desk = sit(supervisor)
    for page in (f"/documents/{document.pk}/", f"/documents/{document.pk}/original", f"/cases/{case.pk}/",
                 f"/cases/{case.pk}/why/request/", f"/cases/{case.pk}/calendar.ics"):  # fmt: skip
        before = HistoryLine.objects.count()
        assert desk.get(page).status_code == 200
        assert HistoryLine.objects.count() == before + 1, page


def test_deciding_from_the_page_comes_back_to_the_note(
    office: tuple[User, Document, Case], sit: Callable[[User], Client]
) -> None:
    supervisor, document, _ = office
    note = Note.objects.filter(kind="allegation").first()
    assert note is not None
    desk = sit(supervisor)
    reply = desk.post(f"/notes/{note.pk}/accepted/", {"seen": "0"})
    assert reply["Location"] == f"/documents/{document.pk}/#n{note.pk}"
    late = desk.post(f"/notes/{note.pk}/rejected/", {"seen": "0"}, HTTP_REFERER=f"/documents/{document.pk}/")
    assert late.status_code == 409
    assert "Somebody was quicker" in late.content.decode()
    assert f"<b>{supervisor.username}</b> · accepted" in late.content.decode()
    assert Note.objects.get(pk=note.pk).state == "accepted"
    desk.post(f"/notes/{note.pk}/undo/")
    assert Note.objects.get(pk=note.pk).state == "proposed"


def test_a_wrong_fact_is_explained_and_nothing_is_kept(
    office: tuple[User, Document, Case], sit: Callable[[User], Client]
) -> None:
    supervisor, _, case = office
    before = case.facts.count()
    reply = sit(supervisor).post(f"/cases/{case.pk}/facts/", {"name": "incident", "value": "soon"}, follow=True)
    assert "not a date" in reply.content.decode()
    assert case.facts.count() == before


def test_files_are_taken_in_and_the_same_file_is_said_to_be_there(
    person: Callable[..., User], sit: Callable[[User], Client]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    desk = sit(person("intake"))
    for _ in range(2):
        reply = desk.post(
            "/receive/",
            {
                "files": [
                    SimpleUploadedFile("a.txt", b"Dear Judge,"),
                ]
            },
            follow=True,
        )
    assert Document.objects.count() == 1
    assert "1" in reply.content.decode()


def test_the_pages_allow_no_script_but_their_own(
    office: tuple[User, Document, Case], sit: Callable[[User], Client]
) -> None:
    supervisor, document, case = office
    for page in pages(document, case)[:3]:
        reply = sit(supervisor).get(page)
        policy = reply["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        body = reply.content.decode()
        assert " style=" not in body
        assert "<script>" not in body


def test_an_original_cannot_run_anything_in_the_desk(
    office: tuple[User, Document, Case], sit: Callable[[User], Client]
) -> None:
    supervisor, document, _ = office
    reply = sit(supervisor).get(f"/documents/{document.pk}/original")
    assert reply["Content-Security-Policy"].startswith("sandbox")
    assert reply["X-Content-Type-Options"] == "nosniff"


def test_without_a_second_factor_nobody_gets_further_than_setting_one_up(
    office: tuple[User, Document, Case], sit: Callable[[User], Client], settings: object
) -> None:
    settings.AMPARO_SECOND_FACTOR = "required"  # type: ignore[attr-defined]
    supervisor, document, _ = office
    reply = sit(supervisor).get(f"/documents/{document.pk}/")
    assert (reply.status_code, reply["Location"]) == (302, "/accounts/2fa/totp/activate/")


def test_nobody_makes_an_account_for_themselves(db: None) -> None:
    phrase = "a long enough phrase"
    reply = Client().post("/accounts/signup/", {"username": "x", "password1": phrase, "password2": phrase})
    assert not User.objects.exists()
    assert reply.status_code in (200, 302)


def test_the_queue_says_how_many_notes_are_doubtful(
    office: tuple[User, Document, Case], sit: Callable[[User], Client]
) -> None:
    supervisor, document, _ = office
    assert b"doubtful: look twice" not in sit(supervisor).get("/").content
    note = Note.objects.get(pk=_noted(document))
    Note.objects.filter(pk=note.pk).update(confidence=0.5)
    assert b"1 doubtful: look twice" in sit(supervisor).get("/").content
