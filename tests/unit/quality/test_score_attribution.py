from __future__ import annotations

import pytest
from benchmarks.quality.intervals import by_document
from benchmarks.quality.score_attribution import compare, pooled, score_attributions
from benchmarks.quality.score_names import score_names

TEXT = "Ada said the heat was off. Tom denied it."
ADA = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 25]]}
TOM = {"source": [[27, 30]], "cue": [[31, 37]], "content": [[38, 40]]}
GOLD = [{"id": "one", "text": TEXT, "annotations": [ADA, TOM]}]


def f1(found: list[dict[str, list[list[int]]]], measure: str = "attribution") -> float:
    return score_attributions(GOLD, {"one": found})[measure][2]


def test_the_gold_itself_scores_one_by_every_measure() -> None:
    assert {score[2] for score in score_attributions(GOLD, {"one": [ADA, TOM]}).values()} == {1.0}


def test_a_document_without_answer_is_a_complete_miss() -> None:
    assert score_attributions(GOLD, {})["attribution"] == (0.0, 0.0, 0.0)


def test_one_of_two_found_is_precision_one_and_recall_one_half() -> None:
    assert score_attributions(GOLD, {"one": [ADA]})["attribution"] == (1.0, 0.5, pytest.approx(2 / 3))


def test_a_content_of_which_half_the_words_are_right_is_found_and_less_is_not() -> None:
    half, less = [[9, 17]], [[9, 12]]
    assert f1([{**ADA, "content": half}, TOM]) == 1.0
    assert f1([{**ADA, "content": less}, TOM]) == 0.5


def test_a_wrong_or_missing_source_is_a_miss() -> None:
    assert f1([{**ADA, "source": []}, {**TOM, "source": [[0, 3]]}]) == 0.0


def test_the_same_claim_twice_counts_once() -> None:
    assert score_attributions(GOLD, {"one": [ADA, ADA]})["attribution"][0] == 0.5


def test_marks_at_the_edges_do_not_spoil_exact_spans() -> None:
    assert f1([{**ADA, "content": [[9, 26]]}, TOM], "content_exact") == 1.0
    assert f1([{**ADA, "content": [[9, 20]]}, TOM], "content_exact") == 0.5


def test_the_interval_holds_the_score() -> None:
    gold = [{**GOLD[0], "id": str(n)} for n in range(12)]
    found = {str(n): [ADA, TOM] if n % 2 else [ADA] for n in range(12)}
    counts = [compare(document, found[document["id"]]).counts for document in gold]
    low, high = by_document(counts, pooled, draws=200)["attribution"]
    assert low <= score_attributions(gold, found)["attribution"][2] <= high
    assert low < high


def test_a_name_is_right_when_its_kind_and_both_ends_are() -> None:
    gold = {"one": [(0, 3, "Person"), (27, 30, "Person")]}
    found = {"one": [(0, 3, "Person"), (27, 31, "Person"), (0, 3, "Location")]}
    assert score_names(gold, found)["all"] == (pytest.approx(1 / 3), 0.5, pytest.approx(0.4))
