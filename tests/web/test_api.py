"""The desk for programs: the same permissions, the same answers, errors a program can read."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.office import LETTERS

from amparo.casework.actions import access, cases, tokens
from amparo.casework.history import verify
from amparo.casework.models import Case, Document, HistoryLine, Note, User
from amparo.web.api.document import description, written

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """A program with somebody's token."""

    def __init__(self, user: User | None, secret: str = "") -> None:
        self.client = Client()
        self.secret = secret or (tokens.make_token("test", by=user).secret if user is not None else "")

    def __call__(self, method: str, path: str, sent: Any = None, **more: Any) -> tuple[int, Any]:
        """Ask, and give the status and what was answered."""
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        act = getattr(self.client, method)
        if sent is not None:
            more |= {"data": json.dumps(sent), "content_type": "application/json"}
        reply = act(f"/api{path}", headers=headers, **more)
        self.last = reply
        return reply.status_code, json.loads(reply.content)


@pytest.fixture
def office(person: Callable[..., User], letter: Callable[[User], Document]) -> tuple[User, Document, Case]:
    worker = person("caseworker")
    document = letter(worker)
    case = cases.open_case(person="Calvin Dunmore", by=worker)
    cases.link(case.pk, document.pk, by=worker)
    return worker, document, case


def test_a_letter_goes_from_a_program_to_a_date_and_its_working(person: Callable[..., User]) -> None:
    from amparo.casework.actions import intake

    ask = Program(person("caseworker"))
    name = "01-judge-no-lawyer.txt"
    file = SimpleUploadedFile(name, (LETTERS / name).read_bytes())
    status, document = ask("post", "/documents", data={"file": file})
    assert (status, document["known"], document["state"]) == (201, False, "queued")
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    _, readings = ask("get", f"/documents/{document['id']}/readings")
    _, notes = ask("get", f"/documents/{document['id']}/notes?size=200")
    note = next(one for one in notes["items"] if one["kind"] == "allegation")
    assert readings[0]["content"][note["start"] : note["end"]].startswith(note["payload"]["quotes"][0]["exact"][:20])
    status, decided = ask("post", f"/notes/{note['id']}/decisions", {"verdict": "accepted", "seen": 0})
    assert (status, decided["state"]) == (200, "accepted")
    status, late = ask("post", f"/notes/{note['id']}/decisions", {"verdict": "rejected", "seen": 0})
    assert (status, late["code"]) == (409, "changed-meanwhile")
    assert ask("post", f"/notes/{note['id']}/undo")[1]["state"] == "proposed"
    status, case = ask("post", "/cases", {"person": "Calvin Dunmore"})
    assert status == 201
    assert ask("post", f"/cases/{case['id']}/documents", {"document": document["id"]})[1]["documents"] == [
        document["id"]
    ]
    for fact, value in (("facility", "us.bop/ENG"), ("matter", "conditions"), ("incident", "2026-11-10")):
        assert ask("put", f"/cases/{case['id']}/facts/{fact}", {"value": value})[0] == 200
    _, entered = ask("put", f"/cases/{case['id']}/facts/incident", {"value": "2026-11-12"})
    assert {"step": "request", "whose": "person", "before": "2026-11-30", "after": "2026-12-02"} in entered["moved"]
    _, days = ask("get", f"/cases/{case['id']}/days")
    assert "2026-12-02" in {one["day"]["last"] for one in days if one["step"] == "request"}
    _, working = ask("get", f"/cases/{case['id']}/doors/request/working")
    assert "28 CFR 542.14(a)" in working[0]["cites"]
    assert verify() is None


def test_without_a_token_that_holds_nothing_is_told(office: tuple[User, Document, Case]) -> None:
    worker, document, _ = office
    over = tokens.make_token("old", by=worker, until=timezone.now() - dt.timedelta(seconds=1)).secret
    for secret in ("", "amparo_guess", over):
        ask = Program(None, secret)
        for path in ("/me", "/documents", f"/documents/{document.pk}", "/cases", "/procedures", "/history"):
            status, told = ask("get", path)
            assert (status, told["code"]) == (401, "no-token"), path
            assert ask.last["WWW-Authenticate"] == "Bearer"


def test_signing_in_at_the_desk_opens_nothing_to_programs(office: tuple[User, Document, Case]) -> None:
    client = Client()
    client.force_login(office[0], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/cases").status_code == 401


def test_what_is_not_theirs_answers_like_what_does_not_exist(
    office: tuple[User, Document, Case], person: Callable[..., User]
) -> None:
    _, document, case = office
    supervisor = person("supervisor")
    access.restrict(case.pk, by=supervisor, restricted=True)
    note = Note.objects.filter(reading__document=document).first()
    assert note is not None
    for user in (person("viewer"), person("supervisor", "Consulate"), person("auditor"), person("intake")):
        ask = Program(user)
        for method, theirs, nothing, sent in (
            ("get", f"/documents/{document.pk}", "/documents/99999", None),
            ("get", f"/documents/{document.pk}/readings", "/documents/99999/readings", None),
            ("get", f"/documents/{document.pk}/notes", "/documents/99999/notes", None),
            ("get", f"/cases/{case.pk}", "/cases/99999", None),
            ("get", f"/cases/{case.pk}/facts", "/cases/99999/facts", None),
            ("get", f"/cases/{case.pk}/doors", "/cases/99999/doors", None),
            ("get", f"/cases/{case.pk}/days", "/cases/99999/days", None),
            ("get", f"/cases/{case.pk}/doors/request/working", "/cases/99999/doors/request/working", None),
            ("put", f"/cases/{case.pk}/facts/incident", "/cases/99999/facts/incident", {"value": "2026-01-01"}),
            ("post", f"/notes/{note.pk}/decisions", "/notes/99999/decisions", {"verdict": "accepted"}),
        ):
            seen, missing = ask(method, theirs, sent), ask(method, nothing, sent)
            assert seen == missing, theirs
            assert seen[0] == 404
    assert case.facts.count() == 0


def test_every_look_by_a_program_is_a_line_of_history_under_its_person(office: tuple[User, Document, Case]) -> None:
    worker, document, case = office
    ask = Program(worker)
    for path in (f"/documents/{document.pk}/readings", f"/documents/{document.pk}/notes", f"/cases/{case.pk}",
                 f"/cases/{case.pk}/facts", f"/cases/{case.pk}/doors", f"/cases/{case.pk}/days"):  # fmt: skip
        before = HistoryLine.objects.count()
        assert ask("get", path)[0] == 200
        line = HistoryLine.objects.order_by("-number").first()
        assert line is not None
        assert (HistoryLine.objects.count(), line.who, "token" in line.details) == (before + 1, worker.username, True)


def test_what_is_wrong_is_told_by_field_and_never_repeated(office: tuple[User, Document, Case]) -> None:
    worker, _, case = office
    ask = Program(worker)
    status, told = ask("post", "/cases", {"person": "", "unheard": "My unmistakable heliotrope"})
    assert (status, told["code"]) == (422, "broken-request")
    assert {"sent.person", "sent.unheard"} == set(told["fields"])
    assert "heliotrope" not in json.dumps(told)
    assert ask("put", f"/cases/{case.pk}/facts/incident", {"value": "soon"})[1]["code"] == "broken-facts"
    assert ask("put", f"/cases/{case.pk}/facts/unheard", {"value": "x"})[0] == 404
    assert ask("post", "/cases", {"person": "a\x00b"})[0] == 422
    assert ask("get", "/nothing/here") == ask("get", "/cases/99999")


def test_a_token_that_asks_too_often_is_told_to_wait(
    office: tuple[User, Document, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    from amparo.web.api.desk import api

    ask = Program(office[0])
    limits = {id(one): one for _, router in api._routers for path in router.path_operations.values()
              for operation in path.operations for one in operation.throttle_objects}  # fmt: skip
    limits |= {id(one): one for one in (api.throttle if isinstance(api.throttle, list) else [])}
    assert limits
    cache.clear()
    for one in limits.values():
        monkeypatch.setattr(one, "num_requests", 2)
    assert [ask("get", "/me")[0] for _ in range(3)] == [200, 200, 429]
    assert ask("get", "/me")[1]["code"] == "too-many-requests"
    assert int(ask.last["Retry-After"]) >= 1


def test_the_programs_of_one_person_leave_no_words_in_the_log(
    office: tuple[User, Document, Case], caplog: pytest.LogCaptureFixture
) -> None:
    worker, document, _ = office
    caplog.set_level(logging.DEBUG)
    ask = Program(worker)
    ask("get", f"/documents/{document.pk}/readings")
    ask("post", "/cases", {"person": "Heliotrope Orme", "more": 1})
    words = document.readings.get().content.split()
    said = " ".join(caplog.text.split())
    assert "Heliotrope" not in said
    assert [at for at in range(len(words) - 3) if " ".join(words[at : at + 4]) in said] == []


def test_the_published_description_is_up_to_date_and_names_its_version() -> None:
    kept = (ROOT / "schema" / "openapi.json").read_text("utf8")
    assert kept == written()
    assert json.loads(kept)["openapi"].startswith("3.1")


def test_a_filter_that_is_none_is_refused_and_not_taken_for_everything(office: tuple[User, Document, Case]) -> None:
    ask = Program(office[0])
    paths = description()["paths"]
    lists = [
        path.removeprefix("/api") for path, methods in paths.items()
        if any(one["in"] == "query" for one in methods.get("get", {}).get("parameters", ()))
    ]  # fmt: skip
    assert len(lists) >= 6
    for path in lists:
        status, told = ask("get", path.replace("{number}", str(office[1].pk)) + "?q=judge&stat=open")
        assert (status, told["code"]) == (422, "broken-request"), path
        assert "stat" in str(told["fields"]), path
