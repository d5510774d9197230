from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.notes import Stretch
from amparo.extraction.encoder.windows import (
    CAPITAL,
    CAPITALS,
    CLOSED,
    LEFT_OPEN,
    LOWER,
    NOT_SAID,
    OPENED,
    SEP,
    WITHIN,
    Pieces,
    around_cue,
    batches,
    cue_window,
    cut_into_pieces,
    mark_cues,
    windows,
)
from amparo.extraction.paper.sentences import split_sentences

pytest.importorskip("numpy")
tokenizers = pytest.importorskip("tokenizers")


@pytest.fixture(scope="module")
def letters() -> object:
    """A tokenizer that knows words by their letters, as the model's knows them by pieces."""
    alphabet = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?\"'“”«»-—()áéíóúñ"
    known = {"[UNK]": 0, "[CLS]": 101, "[SEP]": 102} | {c: 200 + i for i, c in enumerate(alphabet)}
    known |= {f"##{c}": 400 + i for i, c in enumerate(alphabet)}
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordPiece(known, unk_token="[UNK]", max_input_chars_per_word=200)  # noqa: S106 – a piece, not a password
    )
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return tokenizer


def cut(content: str, tokenizer: object) -> Pieces:
    return cut_into_pieces(content, list(split_sentences(content)), tokenizer)


def test_every_word_keeps_its_place_in_the_text(letters: object) -> None:
    content = "Ada said: “No.”\n\nShe left."
    pieces = cut(content, letters)
    words = [content[a:b] for a, b in zip(pieces.start, pieces.end, strict=True)]
    assert words == ["Ada", "said", ":", "“", "No", ".", "”", "She", "left", "."]


def test_a_word_tells_how_it_is_written_and_whether_it_is_quoted(letters: object) -> None:
    pieces = cut("Ada SAID: “no, sir.” Ok “left open", letters)
    first = pieces.first
    assert pieces.case[first][:2].tolist() == [CAPITAL, CAPITALS]
    assert pieces.case[first][4] == LOWER
    quote = pieces.quote[first].tolist()
    assert quote[:9] == [NOT_SAID, NOT_SAID, NOT_SAID, OPENED, WITHIN, WITHIN, WITHIN, WITHIN, CLOSED]
    assert quote[-2:] == [LEFT_OPEN, LEFT_OPEN]


def test_a_new_paragraph_is_marked_and_is_no_word(letters: object) -> None:
    pieces = cut("One two.\n\nThree four.", letters)
    assert pieces.ids.tolist().count(SEP) == 1
    assert SEP not in pieces.ids[pieces.first]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(5, 50))
def test_windows_tile_the_pieces_and_keep_to_their_limit(sizes: list[int], limit: int) -> None:
    import numpy as np

    starts = np.cumsum([0, *sizes])
    total = int(starts[-1])
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    every = np.arange(total)
    pieces = Pieces(every, every, every, every, every, every + 1, sentence)
    runs = windows(pieces, limit=limit)
    assert [a for a, _ in runs] == [0, *(b for _, b in runs[:-1])]
    assert runs[-1][1] == total
    assert all(0 < b - a <= limit for a, b in runs)


def test_batches_hold_every_window_once(letters: object) -> None:
    pieces = cut("One two three. " * 40, letters)
    runs = windows(pieces, limit=30)
    held = [r for batch in batches(pieces, runs, budget=100) for r in batch.ranges]
    assert sorted(held) == runs


def test_the_window_of_a_cue_holds_its_sentence(letters: object) -> None:
    content = "One two. " * 30 + "Ada said that it was so. " + "Three four. " * 30
    pieces = cut(content, letters)
    said = content.index("said")
    word = next(i for i, a in enumerate(pieces.start) if a == said)
    begin, end = cue_window(pieces, word, word)
    covered = content[pieces.start[begin] : pieces.end[end - 1]]
    assert "Ada said that it was so." in covered
    assert end - begin < len(pieces.first)


def test_around_a_cue_the_cue_itself_another_cue_and_the_distance_are_told(letters: object) -> None:
    pieces = cut("Ada said that Tom said no.", letters)
    flag, distance, which = around_cue(pieces, (1, 1), (0, 7), mark_cues(pieces, [(1, 1), (4, 4)]))
    assert flag.tolist() == [0, 1, 0, 0, 2, 0, 0]
    assert distance[0] < distance[1] < distance[2]
    assert set(which.tolist()) == {1}


def test_a_text_without_words_has_no_windows(letters: object) -> None:
    pieces = cut_into_pieces("  \n ", [Stretch(start=0, end=1)], letters)
    assert windows(pieces) == []
