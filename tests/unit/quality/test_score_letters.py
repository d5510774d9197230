"""The scores of whole readings, reckoned by hand for one made-up letter."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.quality.intervals import by_document
from benchmarks.quality.score_letters import compare, pooled

TEXT = "They cut off my insulin in May. Guards beat me. My aunt lost her job. They cut off my insulin."


def gold() -> dict[str, Any]:
    return {
        "id": "made-up",
        "text": TEXT,
        "allegations": [
            {
                "act": "MED-04",
                "exact": "They cut off my insulin in May",
                "affected": "Ana Pike",
                "alleged_actor": None,
                "status": "current",
                "when": {"earliest": "2026-05-01", "latest": "2026-05-31"},
            },
            {
                "act": "FOR-01",
                "exact": "Guards beat me",
                "affected": "Ana Pike",
                "alleged_actor": "guards",
                "status": "past",
                "when": None,
            },
        ],
        "not_allegations": [{"exact": "My aunt lost her job", "why": "other person"}],
        "claims": [{"content": "Guards beat me", "speaker": "the writer", "stance": "alleges"}],
        "people": [{"name": "Ana Pike", "aliases": ["Ana", "Ana Pike"]}],
        "events": [],
    }


def allegation(act: str, words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.rindex(words)
    return {"act": act, "quotes": [{"start": start, "end": start + len(words)}], "status": "current", **more}


def reading(*allegations: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": {"content": TEXT},
        "allegations": list(allegations),
        "people": [{"name": "Ana", "aliases": ["Ana"]}],
    }


def figures(*allegations: dict[str, Any]) -> dict[str, Any]:
    return pooled([compare(gold(), reading(*allegations)).counts])


def test_an_allegation_is_right_by_act_and_shared_words() -> None:
    found = figures(
        allegation(
            "MED-04", "cut off my insulin in May", affected=0, when={"earliest": "2026-05-01", "latest": "2026-05-31"}
        ),
        allegation("FOR-01", "My aunt lost her job"),
    )
    assert found["allegations"] == pytest.approx((0.5, 0.5, 0.5))
    assert found["acts"] == pytest.approx((1.0, 1.0, 1.0))
    assert (found["status"], found["affected"], found["date"]) == (1.0, 1.0, 1.0)


def test_a_second_telling_of_a_found_act_is_neutral_once() -> None:
    told = allegation("MED-04", "They cut off my insulin in May")
    again = allegation("MED-04", "They cut off my insulin.")
    assert figures(told, again)["allegations"] == pytest.approx((1.0, 0.5, 2 / 3))
    assert figures(told, again, again)["allegations"][0] == pytest.approx(0.5)


def test_a_lookalike_taken_for_a_present_or_past_act_is_a_false_alarm() -> None:
    taken = allegation("FAM-01", "My aunt lost her job")
    assert figures(taken)["false_alarms"] == 1.0
    assert figures({**taken, "status": "resolved"})["false_alarms"] == 0.0


def test_a_document_that_was_not_read_is_a_complete_miss() -> None:
    missed = pooled([compare(gold(), None).counts])
    assert missed["unread"] == 1
    assert missed["allegations"] == (0.0, 0.0, 0.0)
    assert pooled([compare(gold(), {"text": {"content": "other"}}).counts])["unread"] == 1


def test_the_interval_holds_the_figure_of_documents_that_are_all_alike() -> None:
    counts = [compare(gold(), reading(allegation("FOR-01", "Guards beat me"))).counts] * 5
    assert by_document(counts, pooled, draws=50)["allegations"] == pytest.approx((2 / 3, 2 / 3))
