"""The words around a hit, with the hit marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from amparo.casework.search.words import Term, fold

_AROUND = 110


class Passage(NamedTuple):
    """A stretch of a text with what was looked for in it.

    Args:
        start, end: where the first hit stands in the text, for the reader to go to.
        pieces: the words, each with whether it is a hit.
        more_before, more_after: whether the text goes on.
    """

    start: int
    end: int
    pieces: tuple[tuple[str, bool], ...]
    more_before: bool
    more_after: bool


def passage(content: str, looked_for: Sequence[Term]) -> Passage | None:
    """The stretch around the first hit; nothing where no term stands in the text.

    Args:
        content: the text as it was read.
        looked_for: what somebody searched.

    >>> found = passage("No hubo atención médica en dos días.", (Term(("medica",), True),))
    >>> [words for words, hit in found.pieces if hit]
    ['médica']
    """
    if not looked_for or not content:
        return None
    # Whatever is longer stands first: a phrase says more about why this was found than one of its words.
    ordered = sorted(looked_for, key=lambda term: -len(term.words))
    pattern = re.compile("|".join(_pattern(term) for term in ordered))
    folded = fold(content)
    first = pattern.search(folded)
    if first is None:
        return None
    left, right = max(0, first.start() - _AROUND), min(len(content), first.end() + _AROUND)
    left = _word_edge(content, left, first.start(), 1) if left else 0
    right = _word_edge(content, right, first.end(), -1) if right < len(content) else right
    pieces: list[tuple[str, bool]] = []
    at = left
    for hit in pattern.finditer(folded, left, right):
        if hit.start() > at:
            pieces.append((content[at : hit.start()], False))
        pieces.append((content[hit.start() : hit.end()], True))
        at = hit.end()
    if at < right:
        pieces.append((content[at:right], False))
    return Passage(first.start(), first.end(), tuple(pieces), left > 0, right < len(content))


def _pattern(term: Term) -> str:
    words = r"[\W_]+".join(re.escape(word) for word in term.words)
    return rf"(?<![^\W_]){words}" + (r"[^\W_]*" if term.open_ended else r"(?![^\W_])")


def _word_edge(content: str, at: int, stop: int, by: int) -> int:
    """The next blank from here towards the hit, so that no word is cut."""
    while at != stop and not content[at if by > 0 else at - 1].isspace():
        at += by
    return at
