"""Quotes carried from an old reading of a document to a corrected one, or reported lost."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from amparo.domain.text import Quote, Text

LIKENESS = 0.6
"""How much of a quote must still be there, letter for letter, for it to be the same quote mended."""
_SEARCH = 2_000
"""How many characters on either side of the expected place are searched when the alignment does not help."""


_MOST_PAIRS = 4_000_000
"""Stretches whose lengths multiply to more are not compared letter by letter."""

_Token = tuple[int, str]


class Carried(NamedTuple):
    """What became of some quotes.

    Args:
        kept: the quotes in the new text, in the order they were given.
        lost: the old quotes whose words are no longer there.
    """

    kept: tuple[Quote, ...]
    lost: tuple[Quote, ...]


def carry(quotes: Iterable[Quote], old: Text, new: Text) -> Carried:
    """Find each quote of an old text in a new one.

    The two texts are aligned: by runs of words that stand once in each, between them by the longest matching blocks of
    words, and inside what changed by letters (Ratcliff and Obershelp's algorithm, as in Python's ``difflib``). A
    quote goes where its first and last matched characters went, if what stands there is still mostly the same. A quote
    the alignment misses, because its passage was moved, is looked for by its exact words and by what stood around it.

    Args:
        quotes: quotes into ``old``.
        old: the reading they were made on.
        new: the corrected reading.

    Returns:
        The quotes kept and the quotes lost; each quote given is in one of the two.

    >>> from amparo.domain.text import Maker, Text
    >>> hand = Maker(component="reading.by-hand", version="1")
    >>> old = Text.of("They took my insuline.", document="0" * 64, maker=hand)
    >>> new = Text.of("In March they took my insulin.", document="0" * 64, maker=hand)
    >>> carry([old.quote(13, 21)], old, new).kept[0].exact
    'insulin'
    """
    alignment = _Alignment(old.content, new.content)
    kept: list[Quote] = []
    lost: list[Quote] = []
    for quote in quotes:
        found = _place(quote, new.content, alignment)
        if found is None:
            lost.append(quote)
        else:
            kept.append(new.quote(*found))
    return Carried(tuple(kept), tuple(lost))


class _Alignment:
    """Which stretches of the new text are the same characters as which of the old."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.blocks = _matching_blocks(old, new)
        self.starts = [block[0] for block in self.blocks]

    def expected(self, position: int) -> int:
        """Where a position of the old text should be in the new one."""
        at = bisect_right(self.starts, position) - 1
        if at < 0:
            return min(position, len(self.new))
        begin, there, size = self.blocks[at]
        return min(there + min(position - begin, size), len(self.new))

    def image(self, start: int, end: int) -> tuple[int, int, int, int] | None:
        """First and last matched characters of a stretch, in the old text and in the new; None if there are none."""
        first: tuple[int, int] | None = None
        last: tuple[int, int] | None = None
        at = max(0, bisect_right(self.starts, start) - 1)
        while at < len(self.blocks) and self.blocks[at][0] < end:
            begin, there, size = self.blocks[at]
            low, high = max(begin, start), min(begin + size, end)
            if low < high:
                first = first or (low, there + low - begin)
                last = (high, there + high - begin)
            at += 1
        if first is None or last is None:
            return None
        return first[0], last[0], first[1], last[1]


def _matching_blocks(old: str, new: str) -> list[tuple[int, int, int]]:
    """Matching stretches as (start in old, start in new, length), in order: by words, then inside what changed."""
    if old == new:
        return [(0, 0, len(old))]
    here, there = _tokens(old), _tokens(new)
    blocks: list[tuple[int, int, int]] = []
    at = to = 0
    for (begin, word), (start, _) in _aligned(here, there):
        blocks += _by_letters(old, at, begin, new, to, start)
        blocks.append((begin, start, len(word)))
        at, to = begin + len(word), start + len(word)
    blocks += _by_letters(old, at, len(old), new, to, len(new))
    return blocks


def _tokens(words: str) -> list[_Token]:
    """Words and marks with their places; blanks are left to the alignment by letters."""
    return [(found.start(), found.group()) for found in re.finditer(r"\w+|[^\w\s]", words)]


def _aligned(here: list[_Token], there: list[_Token]) -> Iterator[tuple[_Token, _Token]]:
    """Equal words in the same order; runs of words found once in each text part the rest, so long texts are quick."""
    mine, theirs = [word for _, word in here], [word for _, word in there]
    low = to = 0
    for i, j in [*_landmarks(mine, theirs), (len(mine), len(theirs))]:
        if (i - low) * (j - to) <= _MOST_PAIRS:
            matcher = SequenceMatcher(a=mine[low:i], b=theirs[to:j], autojunk=False)
            for a, b, size in matcher.get_matching_blocks():
                yield from zip(here[low + a : low + a + size], there[to + b : to + b + size], strict=True)
        if i < len(mine):
            yield here[i], there[j]
        low, to = i + 1, j + 1


def _landmarks(mine: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """Places where the same four words begin, four that stand once in each text, in the same order in both."""
    places: tuple[dict[tuple[str, ...], int], ...] = ({}, {})
    for words, known in zip((mine, theirs), places, strict=True):
        for at in range(len(words) - 3):
            run = tuple(words[at : at + 4])
            known[run] = -1 if run in known else at
    pairs = [(at, places[1].get(run, -1)) for run, at in places[0].items() if at >= 0]
    return _longest_rising([pair for pair in pairs if pair[1] >= 0])


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both places (patience sorting); moved passages fall out of it."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, there) in enumerate(pairs):
        pile = bisect_left(tops, there)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [there]
        ends[pile : pile + 1] = [n]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _by_letters(old: str, at: int, end: int, new: str, to: int, until: int) -> list[tuple[int, int, int]]:
    if at == end or to == until or (end - at) * (until - to) > _MOST_PAIRS:
        return []
    matcher = SequenceMatcher(a=old[at:end], b=new[to:until], autojunk=False)
    return [(at + a, to + b, size) for a, b, size in matcher.get_matching_blocks() if size]


def _place(quote: Quote, new: str, alignment: _Alignment) -> tuple[int, int] | None:
    image = alignment.image(quote.start, quote.end)
    if image is not None:
        old_first, old_last, first, last = image
        if last - first == len(quote.exact) and new[first:last] == quote.exact:
            return first, last
        grown = _grow(quote, old_first, old_last, first, last, alignment)
        if _alike(quote.exact, new[slice(*grown)]):
            return grown
    return _search(quote, new, alignment.expected(quote.start))


def _grow(quote: Quote, old_first: int, old_last: int, first: int, last: int, alignment: _Alignment) -> tuple[int, int]:
    """Reach over changed characters at a quote's own edges, up to the next matched ones or the next word's edge."""
    new = alignment.new
    if old_first > quote.start:
        floor = alignment.expected(quote.start) if quote.start else 0
        first = max(min(floor, first), first - 2 * (old_first - quote.start) - 2, 0)
    if old_last < quote.end:
        ceiling = _first_after(alignment, quote.end)
        last = min(max(ceiling, last), last + 2 * (quote.end - old_last) + 2)
    while first < last and new[first].isspace() and not quote.exact[0].isspace():
        first += 1
    while last > first and new[last - 1].isspace() and not quote.exact[-1].isspace():
        last -= 1
    return first, last


def _first_after(alignment: _Alignment, position: int) -> int:
    """Where the first matched character at or after a position of the old text stands in the new one."""
    at = max(0, bisect_right(alignment.starts, position) - 1)
    while at < len(alignment.blocks):
        begin, there, size = alignment.blocks[at]
        if begin + size > position:
            return there + max(0, position - begin)
        at += 1
    return len(alignment.new)


def _alike(old: str, new: str) -> bool:
    """Whether two stretches are the same words but for mending."""
    if not new or not 0.5 <= len(new) / len(old) <= 2.0:
        return False
    return SequenceMatcher(a=old, b=new, autojunk=False).ratio() >= LIKENESS


def _search(quote: Quote, new: str, expected: int) -> tuple[int, int] | None:
    """The exact words elsewhere: the occurrence with the most of what stood around it, then the nearest."""
    places = []
    at = new.find(quote.exact)
    while at >= 0:
        places.append(at)
        at = new.find(quote.exact, at + 1)
    best: tuple[int, int, int] | None = None
    for at in places:
        end = at + len(quote.exact)
        around = _shared_end(quote.before, new[:at][-len(quote.before) - 1 :]) + _shared_start(quote.after, new[end:])
        ranked = (around, -abs(at - expected), at)
        best = ranked if best is None or ranked > best else best
    if best is None:
        return None
    around, away, at = best
    # A short common word found far away without its surroundings is another word, not the same one moved.
    enough = min(8, len(quote.before) + len(quote.after))
    if around >= enough or (len(quote.exact) >= 20 and -away <= _SEARCH) or len(quote.exact) >= 60:
        return at, at + len(quote.exact)
    return None


def _shared_start(left: str, right: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _shared_end(left: str, right: str) -> int:
    return _shared_start(left[::-1], right[::-1])
