from __future__ import annotations

import pytest

from amparo.extraction.encoder.reading import Thresholds, candidate_cues, named, roles
from amparo.extraction.encoder.windows import CLOSED, NOT_SAID, OPENED, WITHIN, Pieces

np = pytest.importorskip("numpy")


def sure(*labels: int, kinds: int = 3) -> object:
    scores = np.zeros((len(labels), kinds), dtype=np.float32)
    scores[np.arange(len(labels)), list(labels)] = 6.0
    return scores


def words(count: int, quote: list[int] | None = None) -> Pieces:
    every = np.arange(count)
    quotes = np.asarray(quote if quote is not None else [NOT_SAID] * count)
    return Pieces(every, every, quotes, every, every * 2, every * 2 + 1, np.zeros(count, dtype=np.int64))


def test_a_cue_begins_anew_where_the_model_says_so() -> None:
    found = candidate_cues(sure(0, 1, 2, 0, 1, 1, 0), least=0.5)
    assert [(a, b) for a, b, _ in found] == [(1, 2), (4, 4), (5, 5)]


def test_a_word_of_little_chance_is_no_cue() -> None:
    assert candidate_cues(np.zeros((3, 3), dtype=np.float32), least=0.9) == []


def test_speaker_and_content_are_runs_of_words_without_the_cue() -> None:
    found = roles(words(6), (1, 2), (0, 6), sure(1, 2, 2, 2, 2, 0), 0.8, Thresholds())
    assert found is not None
    assert (found.sources, found.contents) == (((0, 1),), ((2, 5),))


def test_an_attribution_without_content_is_none() -> None:
    assert roles(words(3), (1, 2), (0, 3), sure(1, 0, 0), 0.8, Thresholds()) is None


def test_a_gap_of_one_word_is_filled() -> None:
    found = roles(words(6), (1, 2), (0, 6), sure(1, 0, 2, 0, 2, 0), 0.8, Thresholds())
    assert found is not None
    assert found.contents == ((2, 5),)


def test_a_quotation_mostly_said_is_said_whole() -> None:
    quote = [NOT_SAID, NOT_SAID, OPENED, WITHIN, WITHIN, WITHIN, CLOSED, NOT_SAID]
    found = roles(words(8, quote), (1, 2), (0, 8), sure(1, 0, 2, 2, 2, 0, 0, 0), 0.8, Thresholds(quoted=0.5))
    assert found is not None
    assert found.contents == ((2, 7),)


def test_names_of_two_kinds_side_by_side_are_two() -> None:
    labels = ("O", "B-Person", "I-Person", "B-Location", "I-Location")
    found = named(sure(1, 2, 3, 0, 1, 1, kinds=5), labels, bias=0.0)
    assert [(a, b, kind) for a, b, kind, _ in found] == [
        (0, 2, "Person"),
        (2, 3, "Location"),
        (4, 5, "Person"),
        (5, 6, "Person"),
    ]
    assert all(chance > 0.9 for *_, chance in found)
