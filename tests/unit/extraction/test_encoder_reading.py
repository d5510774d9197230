from __future__ import annotations

import pytest

from amparo.extraction.encoder.reading import Thresholds, Trust, candidate_cues, named, roles, signs_of, weighed
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


def test_a_name_goes_on_as_the_kind_it_began_as() -> None:
    labels = ("O", "B-Person", "I-Person", "B-Facility", "I-Facility")
    scores = sure(3, 2, 4, 0, kinds=5)
    scores[1, 4] = 5.5  # "Hira [Nagar] prison": one word of the three looks a little more like somebody's name
    assert [(a, b, kind) for a, b, kind, _ in named(scores, labels, bias=0.0)] == [(0, 3, "Facility")]


def test_two_names_of_one_kind_side_by_side_are_two() -> None:
    labels = ("O", "B-Person", "I-Person")
    found = named(sure(0, 1, 2, 1, 0, 1, kinds=3), labels, bias=0.0)
    assert [(a, b) for a, b, _, _ in found] == [(1, 3), (3, 4), (5, 6)]


def test_a_scrap_of_content_is_not_worth_its_edges() -> None:
    scores = sure(1, 0, 2, 2, 2, 0, 0, 0, 0)
    scores[7, 2] = 6.4
    with_scrap = roles(words(9), (1, 2), (0, 9), scores, 0.8, Thresholds())
    without = roles(words(9), (1, 2), (0, 9), scores, 0.8, Thresholds(content_edge=1.0))
    assert with_scrap is not None
    assert without is not None
    assert (with_scrap.contents, without.contents) == (((2, 5), (7, 8)), ((2, 5),))


def test_a_speaker_of_one_word_between_contents_stands_where_it_is_sure() -> None:
    found = roles(words(7), (4, 5), (0, 7), sure(2, 2, 0, 1, 0, 2, 2), 0.8, Thresholds(source_edge=0.5, content_edge=1))
    assert found is not None
    assert (found.sources, found.contents) == (((3, 4),), ((0, 2), (5, 7)))


def test_an_attribution_is_trusted_by_how_sure_its_words_are() -> None:
    trust = Trust(start=-1.0, cue=0.2, content=0.5, source=1.0, named=0.1, undecided=-0.7)
    surely = sure(1, 0, 2, 2, 0)
    unsure = surely / 6
    chance = []
    for scores in (surely, unsure):
        found = roles(words(5), (1, 2), (0, 5), scores, 0.8, Thresholds())
        assert found is not None
        signs = signs_of(found, (0, 5), scores, 0.8)
        assert (signs.start, signs.named) == (1.0, 1.0)
        chance.append(weighed(signs, trust))
    assert 0 < chance[1] < chance[0] < 1


def test_an_attribution_without_a_speaker_has_no_sign_of_one() -> None:
    scores = sure(0, 0, 2, 2)
    found = roles(words(4), (1, 2), (0, 4), scores, 0.8, Thresholds())
    assert found is not None
    assert (signs_of(found, (0, 4), scores, 0.8).source, signs_of(found, (0, 4), scores, 0.8).named) == (0.0, 0.0)
