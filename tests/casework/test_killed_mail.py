"""A worker killed while a letter is on its way: nobody sends it twice, and a person is asked."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mailserver import MailServer, mail_server
from tests.other_desk import OtherDesk, new_desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

APPROVED = """
import datetime as dt
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
from amparo.casework.actions import outbox
claimed = outbox.claim_next()
assert claimed is not None
os.kill(os.getpid(), signal.SIGKILL)
"""
LOOK = """
from amparo.casework.history import verify
from amparo.casework.models import Filing, Outgoing
one = Outgoing.objects.get()
print(one.state, one.attempts, Filing.objects.get().state, verify())
"""
SAY = """
from amparo.casework.actions import outbox
from amparo.casework.models import Outgoing, User
outbox.arrived(Outgoing.objects.get().pk, by=User.objects.get(username="ana"))
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[OtherDesk, MailServer]]:
    with mail_server() as server, new_desk(tmp_path / "killed") as desk:
        desk.environment["AMPARO_SMTP_URL"] = f"smtp://127.0.0.1:{server.port}"
        desk.run(APPROVED)
        yield desk, server


def work(desk: OtherDesk) -> None:
    """Let a worker do what waits, to its end."""
    worked = desk.amparo("worker", "--once")
    assert worked.returncode == 0, worked.stderr


def test_a_worker_killed_between_the_letter_and_the_reply_leaves_it_unsure_and_it_goes_once(
    desk: tuple[OtherDesk, MailServer],
) -> None:
    office, server = desk
    server.mood = "silent"
    first = office.begun("worker", "--once")
    assert server.came.wait(60)
    first.send_signal(signal.SIGKILL)
    assert first.wait(30) == -signal.SIGKILL
    assert office.run(LOOK) == "sending 1 approved None"
    server.mood = "well"
    work(office)
    work(office)
    assert office.run(LOOK) == "unsure 1 approved None"
    assert len(server.letters) == 1
    office.run(SAY)
    assert office.run(LOOK) == "sent 1 sent None"
    work(office)
    assert len(server.letters) == 1


def test_a_worker_killed_before_it_spoke_to_the_server_leaves_it_unsure_too(
    desk: tuple[OtherDesk, MailServer],
) -> None:
    office, server = desk
    assert office.tried(DIES_BEFORE).returncode == -signal.SIGKILL
    work(office)
    assert office.run(LOOK) == "unsure 1 approved None"
    assert server.letters == []
