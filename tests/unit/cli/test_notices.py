"""The e-mail digest: printed without a mail server, sent through a real one, once a day to those who chose it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.office import home, person  # noqa: F401

from amparo.casework.actions import cases, feeds
from amparo.casework.models import HistoryLine, User
from amparo.cli.library import amparo

pytestmark = pytest.mark.django_db


class _Answers(socketserver.StreamRequestHandler):
    """As much of a mail server as takes one letter after another (RFC 5321)."""

    def handle(self) -> None:
        def say(line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        say("220 here")
        while (line := self.rfile.readline().decode().strip().upper()) != "QUIT" and line:
            if line == "DATA":
                say("354 go on")
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part
                self.server.letters.append(letter)  # type: ignore[attr-defined]
            say("250 well")
        say("221 bye")


@pytest.fixture
def letters(settings) -> Iterator[list[bytes]]:  # type: ignore[no-untyped-def]
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Answers)
    server.letters = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_USE_TLS = False
    settings.AMPARO_SMTP_URL = "smtp://127.0.0.1"
    yield server.letters  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture
def worker(person) -> User:  # type: ignore[no-untyped-def]  # noqa: F811
    worker = person("caseworker")
    case = cases.open_case(person="Ada Pike", by=worker)
    cases.enter_fact(case.pk, "system", "us.bop", by=worker)
    cases.enter_fact(case.pk, "incident", "2026-11-15", by=worker)
    feeds.choose_digest(how_often="daily", email="desk@example.org", by=worker)
    return User.objects.get(pk=worker.pk)


def run(*args: str, home: Path) -> tuple[int, str]:  # noqa: F811
    done = CliRunner().invoke(amparo, ["digest", "--home", str(home), *args])
    return done.exit_code, done.output + (repr(done.exception) if done.exception else "")


def test_a_digest_is_printed_with_references_and_no_names(worker: User, tmp_path: Path) -> None:
    code, said = run(home=tmp_path)
    assert code == 0
    assert "desk@example.org" in said
    assert "2026-0001" in said
    assert "Pike" not in said
    assert not HistoryLine.objects.filter(kind="digest.sent").exists()


def test_nothing_is_sent_without_a_mail_server(worker: User, tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.AMPARO_SMTP_URL = ""
    code, said = run("--send", home=tmp_path)
    assert code == 1
    assert "AMPARO_SMTP_URL" in said
    worker.refresh_from_db()
    assert worker.digest_sent_on is None


def test_a_digest_goes_out_by_mail_once_a_day(worker: User, tmp_path: Path, letters: list[bytes]) -> None:
    assert run("--send", home=tmp_path) == (0, "1 sent.\n")
    assert run("--send", home=tmp_path)[0] == 0
    assert len(letters) == 1
    assert b"To: desk@example.org" in letters[0]
    assert b"Pike" not in letters[0]
    assert HistoryLine.objects.filter(kind="digest.sent").count() == 1
