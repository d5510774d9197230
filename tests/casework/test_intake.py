"""Receiving and reading: nothing is lost, nothing is read twice, and a crash leaves the record whole."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from amparo.casework import store
from amparo.casework.actions import intake
from amparo.casework.history import verify
from amparo.casework.models import Document, Note, Reading, User
from amparo.errors import NotAllowed, OriginalLost, StoreFull

LETTER = b"March 3, 2026\n\nDear Judge Orme,\n\nI have had no insulin since February 27.\n\nSincerely,\nAda Pike"


def test_a_letter_is_kept_as_it_came_and_read(person: Callable[..., User]) -> None:
    worker = person("intake")
    document = intake.receive(LETTER, name="letter.txt", by=worker).document
    assert store.fetch(document.digest, team=document.team_id) == LETTER
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    reading = document.readings.get()
    assert (reading.state, reading.language) == ("read", "en")
    note = Note.objects.get(kind="allegation")
    assert (note.code, note.urgency) == ("MED-04", "U0")
    assert reading.content[note.start : note.end] == note.payload["quotes"][0]["exact"]


def test_the_same_bytes_are_one_document_within_a_team(person: Callable[..., User]) -> None:
    worker = person("intake")
    first = intake.receive(LETTER, name="a.txt", by=worker)
    again = intake.receive(LETTER, name="b.txt", by=worker)
    assert (first.known, again.known, again.document) == (False, True, first.document)
    assert Reading.objects.count() == 1


def test_another_team_takes_in_the_same_bytes_without_learning_of_it(person: Callable[..., User]) -> None:
    ours = intake.receive(LETTER, name="a.txt", by=person("intake"))
    theirs = intake.receive(LETTER, name="a.txt", by=person("intake", "Consulate"))
    assert (ours.known, theirs.known) == (False, False)
    assert ours.document != theirs.document


def test_a_viewer_takes_in_nothing(person: Callable[..., User]) -> None:
    with pytest.raises(NotAllowed):
        intake.receive(LETTER, name="a.txt", by=person("viewer"))
    assert Document.objects.count() == 0


def test_what_cannot_be_read_fails_with_a_reason_and_keeps_the_original(person: Callable[..., User]) -> None:
    document = intake.receive(b"%PDF-1.7 broken", name="scan.pdf", by=person("intake")).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    reading = document.readings.get()
    assert reading.state == "failed"
    assert reading.error_code
    assert reading.error
    assert store.fetch(document.digest, team=document.team_id) == b"%PDF-1.7 broken"
    assert verify() is None


def test_attachments_become_documents_of_their_own(person: Callable[..., User]) -> None:
    mail = Path(__file__).resolve().parents[2] / "src/amparo/data/letters/05-wife-mail.eml"
    document = intake.receive(mail.read_bytes(), name=mail.name, by=person("intake")).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    assert [part.name for part in document.parts.all()] == ["letter-from-anders.pdf"]


def test_a_reading_is_claimed_by_one_worker(person: Callable[..., User]) -> None:
    intake.receive(LETTER, name="a.txt", by=person("intake"))
    assert intake.claim_next() is not None
    assert intake.claim_next() is None


def test_a_reading_whose_worker_died_is_taken_up_again_and_then_given_up(person: Callable[..., User]) -> None:
    intake.receive(LETTER, name="a.txt", by=person("intake"))
    long_ago = timezone.now() - intake.LEASE - dt.timedelta(seconds=1)
    for attempt in (1, 2):
        claimed = intake.claim_next()
        assert claimed is not None
        assert claimed.attempts == attempt
        Reading.objects.update(claimed_at=long_ago)
    assert intake.claim_next() is None
    reading = Reading.objects.get()
    assert (reading.state, reading.error_code) == ("failed", "worker-lost")


def test_a_full_disk_takes_in_nothing_and_says_so(person: Callable[..., User], monkeypatch: pytest.MonkeyPatch) -> None:
    worker = person("intake")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreFull):
        intake.receive(LETTER, name="a.txt", by=worker)
    assert Document.objects.count() == 0
    folder = store.folder_for(worker.membership.team_id, hashlib.sha256(LETTER).hexdigest())
    assert not list(folder.glob("*"))


def test_an_original_that_was_changed_is_not_given_out(person: Callable[..., User]) -> None:
    document = intake.receive(LETTER, name="a.txt", by=person("intake")).document
    path = store.folder_for(document.team_id, document.digest) / document.digest
    path.chmod(0o600)
    path.write_bytes(LETTER + b" ")
    with pytest.raises(OriginalLost):
        store.fetch(document.digest, team=document.team_id)


def test_a_corrected_transcription_is_a_new_reading_and_the_notes_move_with_it(
    person: Callable[..., User], letter: Callable[[User], Document]
) -> None:
    from amparo.casework.actions import review

    caseworker = person("caseworker")
    document = letter(caseworker)
    first = document.readings.get()
    note = first.notes.filter(kind="allegation").first()
    assert note is not None
    review.decide(note.pk, "accepted", by=caseworker)
    made = intake.read_again(document, content="Received by post.\n\n" + first.content, by=caseworker)
    assert document.readings.count() == 2
    moved = made.notes.get(kind="allegation", number=note.number)
    assert made.content[moved.start : moved.end] == first.content[note.start : note.end]
    assert moved.state == "accepted"
    assert first.notes.get(pk=note.pk).start == note.start
