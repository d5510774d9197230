"""A worker killed in the middle of writing: nothing half-written stays, and the next one reads the letter."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from tests.other_desk import new_desk

pytestmark = pytest.mark.django_db(transaction=True)

RECEIVE = """
from amparo.casework.actions import intake
from amparo.casework.actions.accounts import add_account
keeper = add_account("ana", team="Clinic", role="supervisor", language="en", password="a phrase for tests")
words = b"March 3, 2026\\n\\nDear Judge Orme,\\n\\nI have had no insulin since February 27.\\n\\nAda Pike"
intake.receive(words, name="letter.txt", by=keeper)
"""
KILLED = """
import os, signal
from amparo.casework import notes
from amparo.casework.actions import intake
from amparo.casework.models import Note
write = Note.objects.bulk_create
def die(*rows, **how):
    write(*rows, **how)
    os.kill(os.getpid(), signal.SIGKILL)
Note.objects.bulk_create = die
intake.read_claimed(intake.claim_next())
"""
LOOK = """
from amparo.casework.history import verify
from amparo.casework.models import Note, Reading
reading = Reading.objects.get()
print(reading.state, reading.attempts, len(reading.content) > 0, Note.objects.exists(), verify())
"""


def test_a_worker_killed_while_writing_leaves_the_record_whole(tmp_path: Path) -> None:
    with new_desk(tmp_path / "killed") as desk:
        desk.run(RECEIVE)
        assert desk.tried(KILLED).returncode == -signal.SIGKILL
        assert desk.run(LOOK) == "reading 1 False False None"
        again = desk.amparo("worker", "--once")
        assert again.returncode == 0, again.stderr
        assert desk.run(LOOK) == "read 2 True True None"
