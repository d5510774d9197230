"""A text cut into word pieces and windows, the way the reading model was taught to see it.

Training and reading use this very module, so that both see the same numbers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.domain.notes import Stretch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

CLS, SEP = 101, 102
WINDOW = 110
"""How many pieces a window holds at most, without the marks at its two ends."""
CONTEXT_WORDS = 24
"""How many words before and after the sentence of a cue are searched for who said it and what was said."""
NOT_SAID, OPENED, WITHIN, CLOSED, LEFT_OPEN = range(5)
"""Where a word stands to double quotation marks."""
LOWER, CAPITAL, CAPITALS, MIXED, NO_LETTERS = range(5)
"""How a word is written."""
_QUOTE_MARKS = re.compile("[\"“”«»„]|``|''")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


class Pieces(NamedTuple):
    """The word pieces of one text in order, and its words.

    Args:
        ids, case, quote: per piece; paragraph marks are pieces of no word.
        first: the first piece of each word.
        start, end: code points of each word, half-open.
        sentence: the number of the sentence each word stands in.
    """

    ids: Whole
    case: Whole
    quote: Whole
    first: Whole
    start: Whole
    end: Whole
    sentence: Whole


def cut_into_pieces(content: str, sentences: Sequence[Stretch], tokenizer: Any) -> Pieces:
    """Cut a text into the model's word pieces, with how each word is written and whether it is quoted.

    Args:
        content: the words.
        sentences: in order, not overlapping.
        tokenizer: a ``tokenizers.Tokenizer`` without padding or truncation.
    """
    import numpy as np

    encoding = tokenizer.encode(content, add_special_tokens=False)
    quoted = _quotation(content)
    starts = [s.start for s in sentences]
    ids: list[int] = []
    case: list[int] = []
    quote: list[int] = []
    first: list[int] = []
    begin: list[int] = []
    finish: list[int] = []
    belongs: list[int] = []
    sentence, last_word, how, where = 0, None, 0, 0
    for piece, word, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
        if word != last_word:
            last_word = word
            moved = False
            while sentence + 1 < len(starts) and starts[sentence + 1] <= start:
                sentence, moved = sentence + 1, True
            if moved and finish and "\n" in content[finish[-1] : start]:
                ids.append(SEP)
                case.append(NO_LETTERS)
                quote.append(quoted[start] if quoted[start] in (WITHIN, LEFT_OPEN) else NOT_SAID)
            where = quoted[start]
            first.append(len(ids))
            begin.append(start)
            finish.append(end)
            belongs.append(sentence)
        finish[-1] = end
        ids.append(piece)
        case.append(how)
        quote.append(where)
    for number, (at, start, end) in enumerate(zip(first, begin, finish, strict=True)):
        how = _writing(content[start:end])
        for piece_at in range(at, first[number + 1] if number + 1 < len(first) else len(ids)):
            if ids[piece_at] != SEP:
                case[piece_at] = how
    return Pieces(*(np.asarray(x, dtype=np.int64) for x in (ids, case, quote, first, begin, finish, belongs)))


def _writing(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITALS if len(word) > 1 else CAPITAL
    if word[0].isupper():
        return CAPITAL
    return MIXED if any(c.isalpha() for c in word) else NO_LETTERS


def _quotation(content: str) -> bytearray:
    """For every code point, where it stands to the quotation marks of its paragraph.

    A straight mark opens and closes by turns; a quote left open at the end of its paragraph ends there.
    """
    where = bytearray(len(content) + 1)
    at = 0
    for gap in (*_PARAGRAPH_END.finditer(content), None):
        end = gap.start() if gap else len(content)
        opened = None
        for mark in _QUOTE_MARKS.finditer(content, at, end):
            kind = mark.group()
            opens = kind in "“«„``" or (kind == '"' and opened is None)
            if opens:
                if opened is None:
                    opened = mark.end()
                    where[mark.start() : mark.end()] = bytes([OPENED]) * len(kind)
            elif opened is not None:
                where[opened : mark.start()] = bytes([WITHIN]) * (mark.start() - opened)
                where[mark.start() : mark.end()] = bytes([CLOSED]) * len(kind)
                opened = None
        if opened is not None:
            where[opened:end] = bytes([LEFT_OPEN]) * (end - opened)
        at = gap.end() if gap else end
    return where


def windows(pieces: Pieces, *, limit: int = WINDOW) -> list[tuple[int, int]]:
    """Runs of whole sentences of at most ``limit`` pieces; a longer sentence is cut.

    Returns:
        Half-open ranges of pieces that tile the text.
    """
    total = len(pieces.ids)
    if not total:
        return []
    changes = [0, *(int(pieces.first[w]) for w in range(1, len(pieces.first)) if _new_sentence(pieces, w)), total]
    runs: list[tuple[int, int]] = []
    at = 0
    for begin, end in itertools.pairwise(changes):
        if end - at > limit and begin > at:
            runs.append((at, begin))
            at = begin
        while end - at > limit:
            runs.append((at, at + limit))
            at += limit
    if at < total:
        runs.append((at, total))
    return runs


def _new_sentence(pieces: Pieces, word: int) -> bool:
    return bool(pieces.sentence[word] != pieces.sentence[word - 1])


class WindowBatch(NamedTuple):
    """Some windows as one padded block.

    Args:
        ids, case, quote, mask: windows × pieces, with a mark at both ends of each window.
        ranges: which pieces stand in each row, from its second column on.
    """

    ids: Whole
    case: Whole
    quote: Whole
    mask: Whole
    ranges: list[tuple[int, int]]


def batches(pieces: Pieces, runs: Sequence[tuple[int, int]], *, budget: int = WINDOW) -> Iterator[WindowBatch]:
    """Windows of like length together, at most ``budget`` pieces in a block."""
    in_order = sorted(runs, key=lambda run: run[1] - run[0])
    while in_order:
        width = in_order[-1][1] - in_order[-1][0] + 2
        count = max(1, budget // width)
        in_order, block = in_order[:-count], in_order[-count:]
        yield window_batch(pieces, block)


def window_batch(pieces: Pieces, block: Sequence[tuple[int, int]]) -> WindowBatch:
    """Pad some windows to the longest of them."""
    import numpy as np

    width = max(end - begin for begin, end in block) + 2
    ids = np.zeros((len(block), width), dtype=np.int64)
    case = np.full((len(block), width), NO_LETTERS, dtype=np.int64)
    quote = np.zeros((len(block), width), dtype=np.int64)
    mask = np.zeros((len(block), width), dtype=np.int64)
    for row, (begin, end) in enumerate(block):
        size = end - begin
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        ids[row, 1 : size + 1] = pieces.ids[begin:end]
        case[row, 1 : size + 1] = pieces.case[begin:end]
        quote[row, 1 : size + 1] = pieces.quote[begin:end]
        mask[row, : size + 2] = 1
    return WindowBatch(ids, case, quote, mask, list(block))


def cue_window(pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    """The words around a cue among which its speaker and its content are sought.

    Args:
        pieces: the text's words.
        first: the cue's first word.
        last: its last word, included.

    Returns:
        A half-open range of words: the cue's sentence and up to 24 words on either side.
    """
    import numpy as np

    begin = int(np.searchsorted(pieces.sentence, pieces.sentence[first], side="left"))
    end = int(np.searchsorted(pieces.sentence, pieces.sentence[last], side="right"))
    begin, end = max(begin, first - 2 * CONTEXT_WORDS), min(end, last + 1 + 2 * CONTEXT_WORDS)
    return max(0, begin - CONTEXT_WORDS), min(len(pieces.first), end + CONTEXT_WORDS)


def mark_cues(pieces: Pieces, cues: Sequence[tuple[int, int]]) -> Whole:
    """Which words of a text are part of a cue: 0 none, 2 some.

    Args:
        pieces: the text's words.
        cues: first and last word of each cue, both included.
    """
    import numpy as np

    marked = np.zeros(len(pieces.first), dtype=np.int64)
    for first, last in cues:
        marked[first : last + 1] = 2
    return marked


@cache
def _steps() -> Whole:
    """How many of 16 steps a word is from a cue, by distance: single words first, then ever longer strides."""
    import numpy as np

    far = np.arange(2 * WINDOW)
    return np.minimum(np.where(far < 6, far, 6 + np.log2(np.maximum(far, 6) / 6) * 2.5), 15).astype(np.int64)


def around_cue(
    pieces: Pieces, cue: tuple[int, int], window: tuple[int, int], marked: Whole
) -> tuple[Whole, Whole, Whole]:
    """What is told to the model about each word of a window: is it this cue or another, how far, which sentence.

    Args:
        pieces: the text's words.
        cue: first and last word of the cue, both included.
        window: half-open range of words.
        marked: all cues of the text, as ``mark_cues`` gives them.

    Returns:
        Per word: 0 no cue, 1 this cue, 2 another; distance to the cue in 32 steps; sentence before, same, after.
    """
    import numpy as np

    begin, end = window
    first, last = cue
    size = end - begin
    flag = marked[begin:end].copy()
    flag[max(0, first - begin) : last + 1 - begin] = 1
    steps = _steps()
    distance = np.full(size, 16, dtype=np.int64)
    distance[: first - begin] = 15 - steps[first - begin : 0 : -1]
    distance[last + 1 - begin :] = 16 + steps[1 : end - last]
    sentence = pieces.sentence[begin:end]
    which = np.ones(size, dtype=np.int64)
    which[: int(np.searchsorted(sentence, pieces.sentence[first], side="left"))] = 0
    which[int(np.searchsorted(sentence, pieces.sentence[last], side="right")) :] = 2
    return flag, distance, which
