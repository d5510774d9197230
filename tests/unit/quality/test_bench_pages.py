"""What `make bench` writes beside the figures: intervals, gains and losses, the worst errors, how sure notes are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from benchmarks import reliability, since, worst
from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, Sure


def case(document: str, right: float) -> Case:
    return Case(document=document, right=right, said=4, there=4)


def miss(document: str, why: str, weight: float, words: str = "words") -> Miss:
    return Miss(document=document, words=words, ours="ours", gold="gold", why=why, weight=weight)


def sure(confidence: float, *right: bool) -> list[Sure]:
    return [Sure(document=str(n), what="claim", confidence=confidence, right=one) for n, one in enumerate(right)]


def test_an_interval_holds_the_figure_and_is_wider_for_fewer_documents() -> None:
    def share(counts: Sequence[Counter[str]]) -> dict[str, float]:
        total: Counter[str] = sum(counts, Counter())
        return {"share": total["right"] / total["all"]}

    few = [Counter(right=n % 2, all=1) for n in range(6)]
    low, high = by_document(few, share)["share"]
    lower, upper = by_document(few * 20, share)["share"]
    assert low < lower < 0.5 < upper < high


def test_what_moved_since_the_last_release_is_told_by_document() -> None:
    before = {since.digest(name): (2.0, 4.0, 4.0) for name in ("one", "two", "three")}
    now = Outcome(cases=(case("one", 4), case("two", 1), case("three", 2), case("new", 4)))
    record = since.Release(release="0.1", benchmarks={"letters": before})
    ((name, change),) = since.report(record, {"letters": now})
    assert (name, change.documents, len(change.better), len(change.worse)) == ("letters", 3, 1, 1)
    assert change.now - change.before == pytest.approx(1 / 12)
    assert change.between[0] < 0 < change.between[1]
    assert "worse: two" in since.lines([(name, change)], {"letters": now})[1]


def test_the_record_keeps_no_id_and_no_word(tmp_path: Path) -> None:
    told = {
        "letters": Outcome(cases=(case("secret-name", 3),), misses=(miss("secret-name", "why", 1, "secret words"),))
    }
    since.record(told, release="0.1", path=tmp_path / "record.json")
    assert "secret" not in (tmp_path / "record.json").read_text()
    assert since.read_record(tmp_path / "record.json").benchmarks["letters"] == {since.digest("secret-name"): (3, 4, 4)}


def test_the_worst_errors_take_turns_and_each_kind_stands_once_for_a_document() -> None:
    outcomes = {
        "letters": Outcome(misses=(miss("a", "missed", 0.5), miss("a", "missed", 0.9), miss("b", "missed", 0.7))),
        "names": Outcome(misses=(miss("c", "no name", 0.1),)),
    }
    picked = [(name, one.document, one.weight) for name, one in worst.pick(outcomes)]
    assert picked == [("letters", "a", 0.9), ("names", "c", 0.1), ("letters", "b", 0.7)]
    assert len(worst.pick(outcomes, most=2)) == 2


def test_the_page_of_errors_asks_for_nothing_and_shows_words_as_words() -> None:
    page = worst.page([("letters", miss("a", "missed", 1.0, words="<b>bold</b> & 'quoted'"))])
    assert "&lt;b&gt;bold" in page
    assert "<script" not in page
    assert "http" not in page


def test_notes_that_are_right_as_often_as_they_say_are_off_by_nothing() -> None:
    assert reliability.distance(sure(0.5, True, False)) == 0
    assert reliability.distance(sure(0.9, *[True] * 9, False)) == pytest.approx(0)
    assert reliability.distance(sure(0.95, False, False)) == pytest.approx(0.95)


def test_the_diagram_has_a_dot_where_there_are_enough_notes() -> None:
    drawn = reliability.diagram({"claim": [*sure(0.9, *[True] * reliability.LEAST), *sure(0.2, False)]})
    assert drawn.count("<circle") == 1
    assert f"{reliability.LEAST} notes at 0.90: 1.00 right" in drawn
