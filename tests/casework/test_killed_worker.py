"""A worker killed in the middle of writing: nothing half-written stays, and the next one reads the letter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RECEIVE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from amparo.casework.actions import intake
from amparo.casework.actions.accounts import add_account
keeper = add_account("ana", team="Clinic", role="supervisor", language="en", password="a phrase for tests")
words = b"March 3, 2026\\n\\nDear Judge Orme,\\n\\nI have had no insulin since February 27.\\n\\nAda Pike"
intake.receive(words, name="letter.txt", by=keeper)
"""
KILLED = """
import os, signal
import django; django.setup()
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
import django; django.setup()
from amparo.casework.history import verify
from amparo.casework.models import Note, Reading
reading = Reading.objects.get()
print(reading.state, reading.attempts, len(reading.content) > 0, Note.objects.exists(), verify())
"""


def run(words: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "AMPARO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "amparo.web.settings"}
    return subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_worker_killed_while_writing_leaves_the_record_whole(tmp_path: Path) -> None:
    home = tmp_path / "killed"
    home.mkdir(mode=0o700)
    received = run(RECEIVE, home)
    assert received.returncode == 0, received.stderr
    assert run(KILLED, home).returncode == -9
    assert run(LOOK, home).stdout.strip() == "reading 1 False False None"
    environment = {**os.environ, "AMPARO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "amparo", "worker", "--once", "--home", str(home)]
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert again.returncode == 0, again.stderr
    assert run(LOOK, home).stdout.strip() == "read 2 True True None"
