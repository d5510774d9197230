"""Notes by people: made, corrected, taken back, lost in a correction of the words and placed again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.casework.actions import intake, marking, review
from amparo.casework.history import verify
from amparo.casework.models import Document, Note, User
from amparo.errors import NotAllowed, UnknownWording, WordsNotFound

SAID = {"act": "MED-02", "affected": "p0", "status": "past", "when": "2026-05"}


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("caseworker")


@pytest.fixture
def document(worker: User, letter: Callable[[User], Document]) -> Document:
    return letter(worker)


def words(document: Document, *, of: int = 0) -> tuple[int, int, str]:
    """A stretch of the latest reading that holds several words."""
    content = document.readings.order_by("-number")[0].content
    start = content.index("\n\n", of) + 2
    return start, start + 24, content[start : start + 24]


def mark(document: Document, by: User, kind: str = "allegation", **said: str) -> Note:
    start, end, exact = words(document)
    return marking.mark(document.pk, kind, {**SAID, **said}, start=start, end=end, exact=exact, by=by)


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [("allegation", {}, "MED-02"), ("claim", {"speaker": "author", "stance": "fears"}, "fears"),
     ("event", {"event": "transfer", "who-other": "Ada Pike"}, "transfer")],
)  # fmt: skip
def test_a_note_a_person_makes_stands_under_their_name_on_the_exact_words(
    document: Document, worker: User, kind: str, said: dict[str, str], code: str
) -> None:
    note = mark(document, worker, kind, **said)
    assert (note.maker, note.state, note.code) == (worker.username, "accepted", code)
    parts = note.payload.get("quotes") or note.payload.get("contents") or [note.payload]
    assert note.reading.content[note.start : note.end] == parts[0]["exact"]
    assert verify() is None


def test_a_note_a_person_takes_back_is_gone_and_can_come_back(document: Document, worker: User) -> None:
    note = mark(document, worker)
    assert review.undo(note.pk, by=worker).state == "rejected"
    assert review.decide(note.pk, "accepted", by=worker).state == "accepted"


def test_words_that_do_not_stand_there_are_refused(document: Document, worker: User) -> None:
    start, end, _ = words(document)
    before = Note.objects.count()
    with pytest.raises(WordsNotFound):
        marking.mark(document.pk, "allegation", SAID, start=start, end=end, exact="other words", by=worker)
    with pytest.raises(WordsNotFound):
        marking.mark(document.pk, "allegation", SAID, start=10**6, end=10**6 + 4, exact="", by=worker)
    assert Note.objects.count() == before


@pytest.mark.parametrize(
    "wrong", [{"act": "MED-99"}, {"act": ""}, {"status": "violated"}, {"when": "last week"}, {"when": "2026-13"}]
)
def test_a_note_says_only_what_the_vocabulary_holds(document: Document, worker: User, wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownWording):
        mark(document, worker, **wrong)


def test_only_those_who_decide_make_notes_and_only_on_what_they_see(
    document: Document, person: Callable[..., User]
) -> None:
    for somebody in (person("viewer"), person("intake"), person("caseworker", "Consulate")):
        with pytest.raises(NotAllowed):
            mark(document, somebody)


def test_a_correction_holds_its_original_stays_and_undoing_brings_it_back(document: Document, worker: User) -> None:
    note = Note.objects.filter(kind="allegation").order_by("pk")[0]
    before = (note.code, note.payload, note.urgency)
    corrected = review.correct(note.pk, {**SAID, "act": "LEG-01", "affected-other": "Ada Pike"}, by=worker, seen=0)
    assert (corrected.state, corrected.code, corrected.payload["affected"]) == ("corrected", "LEG-01", "Ada Pike")
    assert corrected.payload["quotes"] == before[1]["quotes"]
    assert corrected.original["code"] == before[0]
    assert corrected.decisions.get().payload["code"] == "LEG-01"
    again = review.correct(note.pk, {**SAID, "act": "LEG-02"}, by=worker)
    assert again.original["code"] == before[0]
    assert review.undo(note.pk, by=worker).code == "LEG-01"
    undone = review.undo(note.pk, by=worker)
    assert (undone.state, undone.code, undone.payload, undone.urgency) == ("proposed", *before)


def test_a_correction_of_the_words_carries_notes_and_names_those_it_lost(document: Document, worker: User) -> None:
    note = mark(document, worker)
    exact = note.payload["quotes"][0]["exact"]
    content = note.reading.content
    intake.read_again(document, content=content.replace(exact, "zzz 0 zzz"), by=worker)
    lost = marking.lost_notes(document)
    assert note in lost
    latest = document.readings.order_by("-number")[0]
    start = latest.content.index("zzz 0 zzz")
    placed = marking.place_again(note.pk, start=start, end=start + 9, exact="zzz 0 zzz", by=worker)
    assert (placed.reading, placed.number, placed.code, placed.state, placed.made_by) == (
        latest, note.number, note.code, "accepted", worker
    )  # fmt: skip
    assert latest.content[placed.start : placed.end] == placed.payload["quotes"][0]["exact"] == "zzz 0 zzz"
    assert note not in marking.lost_notes(document)
    with pytest.raises(NotAllowed):
        marking.place_again(note.pk, start=start, end=start + 9, exact="zzz 0 zzz", by=worker)


def test_a_new_note_never_takes_the_number_of_one_that_was_lost(document: Document, worker: User) -> None:
    note = mark(document, worker)
    exact = note.payload["quotes"][0]["exact"]
    intake.read_again(document, content=note.reading.content.replace(exact, "zzz 0 zzz"), by=worker)
    other = mark(document, worker)
    assert other.number > note.number
    assert note in marking.lost_notes(document)


def test_undoing_a_correction_in_a_later_reading_keeps_the_note_in_its_place(document: Document, worker: User) -> None:
    note = Note.objects.filter(kind="allegation").order_by("pk")[0]
    code = note.code
    review.correct(note.pk, {**SAID, "act": "LEG-01"}, by=worker)
    intake.read_again(document, content="P.S. read first\n\n" + note.reading.content, by=worker)
    moved = Note.objects.get(reading__number=2, kind="allegation", number=note.number)
    undone = review.undo(moved.pk, by=worker)
    quote = undone.payload["quotes"][0]
    assert undone.code == code
    assert undone.reading.content[quote["start"] : quote["end"]] == quote["exact"]
