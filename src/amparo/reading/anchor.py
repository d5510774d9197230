"""Quotes carried from an old reading of a document to a corrected one, or reported lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from amparo.domain.text import Quote, Text

LIKENESS = 0.6
"""How much of a quote must still be there, letter for letter, for it to be the same quote mended."""
_SEARCH = 2_000
"""How many characters on either side of the expected place are searched when the alignment does not help."""


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

    The two texts are aligned (Ratcliff and Obershelp's longest matching blocks, by words and then by characters). A
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
    """Matching stretches as (start in old, start in new, length), by words first so that long texts stay quick."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    # Step back to word edges: a match that ends inside a word is often an accident of spelling.
    while head and old[head - 1].isalnum():
        head -= 1
    while tail and old[len(old) - tail].isalnum():
        tail -= 1
    blocks = [(0, 0, head)] if head else []
    blocks += _by_words(old, new, head, len(old) - tail, head, len(new) - tail)
    if tail:
        blocks.append((len(old) - tail, len(new) - tail, tail))
    return blocks


def _by_words(
    old: str, new: str, old_low: int, old_high: int, new_low: int, new_high: int
) -> list[tuple[int, int, int]]:
    here, there = _pieces(old, old_low, old_high), _pieces(new, new_low, new_high)
    matcher = SequenceMatcher(None, [piece for _, piece in here], [piece for _, piece in there], autojunk=False)
    blocks: list[tuple[int, int, int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        at, to = _offset(here, a, old_high), _offset(there, c, new_high)
        end, until = _offset(here, b, old_high), _offset(there, d, new_high)
        if kind == "equal":
            blocks.append((at, to, end - at))
        elif kind == "replace" and (end - at) * (until - to) < 4_000_000:
            inner = SequenceMatcher(None, old[at:end], new[to:until], autojunk=False)
            blocks += [(at + i, to + j, size) for i, j, size in inner.get_matching_blocks() if size]
    return blocks


def _pieces(words: str, low: int, high: int) -> list[tuple[int, str]]:
    """Words, blanks and marks with their places."""
    return [(low + found.start(), found.group()) for found in re.finditer(r"\w+|\s+|[^\w\s]", words[low:high])]


def _offset(pieces: list[tuple[int, str]], index: int, high: int) -> int:
    return pieces[index][0] if index < len(pieces) else high


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
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= LIKENESS


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
