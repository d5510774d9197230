"""The runs of words that are each asked what they tell: a sentence, or, of a very long one, so many of its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from amparo.extraction.acts.wording import Wording

LONGEST = 40
"""A sentence, or two neighbours, up to this length in words are asked as a whole; some write pages without a stop."""
SHORTEST = 5
"""No part of a long sentence is cut shorter."""


def tellings(wording: Wording) -> list[tuple[int, int]]:
    """Runs of words, half-open by number, that cover a text: its sentences, long ones cut between their clauses.

    Args:
        wording: the text, word by word.

    >>> from amparo.extraction.acts.wording import word_by_word
    >>> from amparo.extraction.paper.sentences import split_sentences
    >>> told = "It is cold. We sleep in our coats."
    >>> tellings(word_by_word(told, split_sentences(told), language="en"))
    [(0, 3), (3, 8)]
    """
    found = []
    total, first = len(wording.words), 0
    while first < total:
        last = first + 1
        while last < total and wording.sentence[last] == wording.sentence[first]:
            last += 1
        found += _cut(first, last, wording)
        first = last
    return found


def neighbours(alone: Sequence[tuple[int, int]], wording: Wording) -> list[tuple[int, int]]:
    """Every two runs that follow each other in one paragraph and are not too long to be asked together.

    Args:
        alone: what ``tellings`` gave.
        wording: the text, word by word.
    """
    return [
        (start, end)
        for (start, _), (_, end) in pairwise(alone)
        if end - start <= LONGEST and wording.paragraph[start] == wording.paragraph[end - 1]
    ]


def _cut(first: int, last: int, wording: Wording) -> list[tuple[int, int]]:
    """A sentence in the fewest parts of about one length that end between clauses, where it has any."""
    if last - first <= LONGEST:
        return [(first, last)]
    edges = [at for at in range(first + 1, last) if wording.clause[at] != wording.clause[at - 1]]
    within = [at for at in edges if min(at - first, last - at) >= SHORTEST]
    middle = (first + last) // 2
    cut = min(within, key=lambda at: abs(at - middle)) if within else middle
    return [*_cut(first, cut, wording), *_cut(cut, last, wording)]
