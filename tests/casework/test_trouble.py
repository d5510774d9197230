"""A full disk, a locked database, a worker killed: nothing is half-written, and the person is told in words."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests.other_desk import OtherDesk, new_desk

OFFICE = """
from amparo.casework.actions import intake
from amparo.casework.actions.accounts import add_account
ana = add_account("ana", team="Clinic", role="supervisor", language="en", password="a phrase for tests")
intake.receive(b"March 3, 2026 - I have had no insulin since February 27.", name="letter.txt", by=ana)
intake.read_claimed(intake.claim_next())
"""
SIT = """
from django.test import Client
from amparo.casework.models import User
desk = Client(raise_request_exception=False)
desk.force_login(User.objects.get(username="ana"), backend="allauth.account.auth_backends.AuthenticationBackend")
"""
DECIDE = (
    SIT
    + """
import sys
from amparo.casework.models import Note
note = Note.objects.filter(kind="allegation").first()
print("ready", flush=True); sys.stdin.readline()
reply = desk.post(f"/notes/{note.pk}/accepted/", {"seen": "0"})
print(reply.status_code, reply.headers.get("Retry-After"), "nothing was changed" in reply.content.decode(),
      "Traceback" in reply.content.decode(), desk.get(f"/documents/{note.reading.document_id}/").status_code,
      desk.get("/rulebook/").status_code, flush=True)
sys.stdin.readline()
reply = desk.post(f"/notes/{note.pk}/accepted/", {"seen": "0"})
note.refresh_from_db()
print(reply.status_code, note.state)
"""
)
TAKE_IN = (
    SIT
    + """
import resource, signal
from django.core.files.uploadedfile import SimpleUploadedFile
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
room = int(__import__("os").environ.get("ROOM", "0"))
if room:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
reply = desk.post("/receive/", {"files": [SimpleUploadedFile("big.txt", b"x" * 2_000_000)]}, follow=True)
print(reply.status_code, "nothing was taken in" in reply.content.decode())
"""
)
LOOK = """
from pathlib import Path
from django.conf import settings
from amparo.casework.history import verify
from amparo.casework.models import Document, HistoryLine
print(Document.objects.count(), HistoryLine.objects.filter(kind="document.received").count(), verify(),
      sum(p.is_file() for p in (Path(settings.AMPARO_HOME) / "originals").rglob("*")))
"""
NO_SECOND_FACTOR = {"AMPARO_SECOND_FACTOR": "off"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OtherDesk]:
    with new_desk(tmp_path / "desk", OFFICE) as made:
        made.environment |= {**NO_SECOND_FACTOR, "AMPARO_HOSTS": "testserver"}
        yield made


def test_a_locked_database_is_told_as_busy_and_nothing_is_lost(desk: OtherDesk) -> None:
    sitting = desk.started(DECIDE, AMPARO_PATIENCE="0.2")
    assert sitting.stdin is not None
    assert sitting.stdout is not None
    assert sitting.stdout.readline().strip() == "ready"
    if connection.vendor == "sqlite":
        other = sqlite3.connect(desk.home / "desk.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        import psycopg

        other = psycopg.connect(desk.environment["DATABASE_URL"])  # type: ignore[assignment]
        other.execute("SELECT * FROM casework_chainhead FOR UPDATE")
    print("now", file=sitting.stdin, flush=True)
    told = sitting.stdout.readline().strip()
    other.rollback() if connection.vendor == "postgresql" else other.execute("ROLLBACK")
    other.close()
    out, err = sitting.communicate("now\n", timeout=60)
    assert told == "503 5 True False 503 200", err  # a look that could not be written down is not given
    assert out.strip() == "302 accepted"
    assert "Traceback" not in err


def test_a_full_disk_takes_in_nothing_half_and_the_person_is_told(desk: OtherDesk) -> None:
    before = desk.run(LOOK)
    assert before == "1 1 None 1"
    assert desk.run(TAKE_IN, ROOM="1000000") == "200 True"
    assert desk.run(LOOK) == before
    assert desk.run(TAKE_IN) == "200 False"
    assert desk.run(LOOK) == "2 2 None 2"


@pytest.mark.skipif(os.getuid() != 0, reason="only root may mount a tiny disk")
def test_a_disk_that_is_really_full_is_told_in_words(desk: OtherDesk) -> None:
    originals = desk.home / "originals"
    kept = sorted(path.read_bytes() for path in originals.rglob("*") if path.is_file())
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", originals], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        assert desk.run(TAKE_IN) == "200 True"
        assert [path for path in originals.rglob("*") if path.is_file()] == []
    finally:
        subprocess.run(["umount", originals], check=True)
    assert sorted(path.read_bytes() for path in originals.rglob("*") if path.is_file()) == kept
    assert desk.run(LOOK) == "1 1 None 1"


DIES = {
    "before it reads": "from amparo.casework import store\nstore.fetch = die",
    "before it writes": "from amparo.casework import notes\nnotes.write_dossier = die",
    "after it wrote its notes": "from amparo.casework.actions import intake\nintake.seal = die",
    "before it commits": "from django.db import connection\nconnection.cursor()\nconnection.commit = die",
}


@pytest.mark.once
def test_a_worker_killed_anywhere_leaves_the_record_whole(desk: OtherDesk) -> None:
    desk.run(
        "from amparo.casework.actions import intake\nfrom amparo.casework.models import User\n"
        f"for one in range({len(DIES)}):\n"
        "    words = f'Dear Judge, they took my insulin on May {one + 3}, 2026.'\n"
        "    intake.receive(words.encode(), name='b', by=User.objects.get())"
    )
    look = (
        "from amparo.casework.history import verify\nfrom amparo.casework.models import Reading\n"
        "rows = Reading.objects.order_by('pk')[1:]\n"
        "print([(one.state, bool(one.content), one.notes.exists()) for one in rows], verify())"
    )
    waits, cut, read = ("queued", False, False), ("reading", False, False), ("read", True, True)
    for number, (where, place) in enumerate(DIES.items(), start=1):
        killed = desk.tried(
            "import os, signal\nfrom amparo.casework.actions import intake\nclaimed = intake.claim_next()\n"
            f"def die(*rows, **how):\n    os.kill(os.getpid(), signal.SIGKILL)\n{place}\nintake.read_claimed(claimed)"
        )
        assert killed.returncode == -signal.SIGKILL, (where, killed.stderr)
        assert desk.run(look) == f"{[cut] * number + [waits] * (len(DIES) - number)} None", where
    again = desk.amparo("worker", "--once")
    assert again.returncode == 0, again.stderr
    assert desk.run(look) == f"{[read] * len(DIES)} None"


def test_a_worker_waits_out_a_locked_database(desk: OtherDesk) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL nobody can lock out a worker as a whole")
    other = sqlite3.connect(desk.home / "desk.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    words = (
        "from amparo.cli import desk\nfrom amparo.casework.actions import intake\n"
        "print(desk._in_turn(lambda: intake.claim_next() is not None))"
    )
    told = desk.tried(words, AMPARO_PATIENCE="0.2")
    other.execute("ROLLBACK")
    other.close()
    assert told.stdout.strip() == "wait"
    assert "Nothing was lost" in told.stderr
    assert desk.run(words) == "nothing"
