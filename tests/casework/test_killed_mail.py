"""A worker killed while a letter is on its way: nobody sends it twice, and a person is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casework.test_killed_worker import run
from tests.mailserver import MailServer, mail_server

APPROVED = """
import datetime as dt
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from amparo.casework.actions import cases, consents, drafting, filings, outbox
from amparo.casework.actions.accounts import add_account
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Recipient, require_consent
author = add_account("ana", team="Clinic", role="caseworker", language="en", password="a phrase for tests")
other = add_account("bea", team="Clinic", role="supervisor", language="en", password="a phrase for tests")
case = cases.open_case(person="Ada Pike", by=author)
filing = filings.begin(case.pk, Paper(recipient="Warden", kind="authority", purpose="complain"), by=author)
drafting.write(filing.pk, by=author, paper="chaser")
given = {"reprisal-asked": True, "reprisal-wants": True, "reprisal-plan": True}
drafting.answer(filing.pk, given, seen=1, by=author)
today = timezone.localdate()
consents.record_consent(case.pk, purpose="complain", recipients=[Recipient("authority")], identity="full", given=today,
    noted="oral", by=author)
drafting.approve(filing.pk, seen=2, by=other)
warden = Recipient("authority", "Warden")
permit = require_consent(case, purpose="complain", recipient=warden, identity="full", on=today)
outbox.queue_mail(filing.pk, permit=permit, to="warden@example.org", by=author)
"""
DIES_BEFORE = """
import os, signal
import django; django.setup()
from amparo.casework.actions import outbox
claimed = outbox.claim_next()
assert claimed is not None
os.kill(os.getpid(), signal.SIGKILL)
"""
LOOK = """
import django; django.setup()
from amparo.casework.history import verify
from amparo.casework.models import Filing, Outgoing
one = Outgoing.objects.get()
print(one.state, one.attempts, Filing.objects.get().state, verify())
"""
SAY = """
import django; django.setup()
from amparo.casework.actions import outbox
from amparo.casework.models import Outgoing, User
outbox.arrived(Outgoing.objects.get().pk, by=User.objects.get(username="ana"))
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, MailServer]]:
    home = tmp_path / "killed"
    home.mkdir(mode=0o700)
    with mail_server() as server:
        monkeypatch.setenv("AMPARO_SMTP_URL", f"smtp://127.0.0.1:{server.port}")
        made = run(APPROVED, home)
        assert made.returncode == 0, made.stderr
        yield home, server


def worker(home: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "AMPARO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "amparo", "worker", "--once", "--home", str(home)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def told(home: Path) -> str:
    looked = run(LOOK, home)
    assert looked.returncode == 0, looked.stderr
    return looked.stdout.strip()


def test_a_worker_killed_between_the_letter_and_the_reply_leaves_it_unsure_and_it_goes_once(
    desk: tuple[Path, MailServer],
) -> None:
    home, server = desk
    server.mood = "silent"
    first = worker(home)
    assert server.came.wait(60)
    first.send_signal(signal.SIGKILL)
    assert first.wait(30) == -signal.SIGKILL
    assert told(home) == "sending 1 approved None"
    server.mood = "well"
    assert worker(home).wait(120) == 0
    assert worker(home).wait(120) == 0
    assert told(home) == "unsure 1 approved None"
    assert len(server.letters) == 1
    said = run(SAY, home)
    assert said.returncode == 0, said.stderr
    assert told(home) == "sent 1 sent None"
    assert worker(home).wait(120) == 0
    assert len(server.letters) == 1


def test_a_worker_killed_before_it_spoke_to_the_server_leaves_it_unsure_too(desk: tuple[Path, MailServer]) -> None:
    home, server = desk
    assert run(DIES_BEFORE, home).returncode == -signal.SIGKILL
    assert worker(home).wait(120) == 0
    assert told(home) == "unsure 1 approved None"
    assert server.letters == []
