"""Several people and several workers at once: each thing is done once, and the history stays one chain.

Threads with connections of their own; on PostgreSQL they truly run beside each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.other_desk import new_desk

from amparo.casework.actions import cases, intake, review
from amparo.casework.history import seal, verify
from amparo.casework.models import Case, Decision, Document, HistoryLine, Note, Reading, User
from amparo.errors import ChangedMeanwhile

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, LINES = 8, 25
WORK = """
import sys
from amparo.casework.actions import intake
sys.stdin.readline()
done = 0
while (claimed := intake.claim_next()) is not None:
    intake.read_claimed(claimed)
    done += 1
print(done)
"""
FILL = """
from amparo.casework.actions import intake
from amparo.casework.actions.accounts import add_account
ana = add_account("ana", team="Clinic", role="supervisor", language="en", password="a phrase for tests")
for number in range(12):
    intake.receive(f"March {number + 1}, 2026 - I have had no insulin since February 27.".encode(), name="a", by=ana)
"""
LOOK = """
from collections import Counter
from amparo.casework.history import verify
from amparo.casework.models import HistoryLine, Reading
print(sorted(Counter(Reading.objects.values_list("state", "attempts")).items()),
      HistoryLine.objects.filter(kind="reading.done").count(), verify())
"""


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Do something in several threads that all begin at the same moment; give what came of each."""
    gate = Barrier(count, timeout=30)

    def one(number: int) -> Any:
        try:
            gate.wait()
            return act(number)
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_of_two_people_who_decide_at_once_the_second_is_shown_the_first(
    person: Callable[..., User], letter: Callable[[User], Document]
) -> None:
    one, other = person("caseworker"), person("supervisor")
    letter(one)
    for note in Note.objects.filter(kind="claim")[:5]:

        def act(number: int, note: Note = note) -> Note:
            by, verdict = [(one, "accepted"), (other, "rejected")][number]
            return review.decide(note.pk, verdict, by=by, seen=0)

        outcomes = together(2, act)
        assert sorted(type(outcome) for outcome in outcomes if not isinstance(outcome, Note)) == [ChangedMeanwhile]
        assert Decision.objects.filter(note=note).count() == 1
    assert verify() is None


def test_the_chain_stays_whole_under_eight_writers(person: Callable[..., User]) -> None:
    keeper = person("supervisor")

    def act(number: int) -> None:
        for line in range(LINES):
            seal("document.opened", by=keeper, team=keeper.membership.team, subject=f"document:{number}",
                 details={"n": line})  # fmt: skip

    assert together(WRITERS, act) == [None] * WRITERS
    assert HistoryLine.objects.filter(kind="document.opened").count() == WRITERS * LINES
    assert verify() is None


def test_cases_opened_at_once_have_references_of_their_own(person: Callable[..., User]) -> None:
    worker = person("caseworker")
    opened = together(6, lambda _: cases.open_case(person="Ada Pike", by=worker))
    assert [type(case) for case in opened] == [Case] * 6
    assert sorted(case.reference[-4:] for case in opened) == [f"{number:04d}" for number in range(1, 7)]
    assert verify() is None


def test_the_same_file_brought_by_several_at_once_is_one_document(person: Callable[..., User]) -> None:
    worker = person("intake")
    outcomes = together(5, lambda _: intake.receive(b"Dear Judge,", name="a.txt", by=worker))
    assert Counter(outcome.known for outcome in outcomes) == {False: 1, True: 4}
    assert (Document.objects.count(), Reading.objects.count()) == (1, 1)


def test_each_reading_is_claimed_by_one_of_several_workers(person: Callable[..., User]) -> None:
    worker = person("intake")
    for number in range(6):
        intake.receive(f"Letter {number}".encode(), name="a.txt", by=worker)
    claimed = together(6, lambda _: intake.claim_next())
    assert sorted(one.pk for one in claimed) == sorted(Reading.objects.values_list("pk", flat=True))


def test_two_worker_processes_read_every_letter_once(tmp_path: Path) -> None:
    with new_desk(tmp_path / "two") as desk:
        desk.run(FILL)
        workers = [desk.started(WORK) for _ in range(2)]
        done = [worker.communicate("\n", timeout=120) for worker in workers]
        assert [worker.returncode for worker in workers] == [0, 0], done
        assert sum(int(out) for out, _ in done) == 12
        assert desk.run(LOOK) == "[(('read', 1), 12)] 12 None"


def test_a_reading_taken_up_by_another_worker_is_not_written_by_the_first(person: Callable[..., User]) -> None:
    intake.receive(b"I have had no insulin since February 27.", name="a.txt", by=person("intake"))
    slow = intake.claim_next()
    assert slow is not None
    intake.release_claims()
    quick = intake.claim_next()
    assert quick is not None
    intake.read_claimed(slow)
    assert Reading.objects.get().state == "reading"
    intake.read_claimed(quick)
    intake.read_claimed(slow)
    assert HistoryLine.objects.filter(kind="reading.done").count() == 1
