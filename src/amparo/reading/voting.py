"""Two readings of the same line → one, word by word, with the other kept where they disagree."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from amparo.reading.engines import Fragment, Strip
from amparo.reading.language import find_language
from amparo.reading.wordlists import LANGUAGES, word_list

_EDGES = ".,;:!?()[]\"'“”‘’«»¿¡-–—"
_NUMBER = re.compile(r"[#$€]?\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th|[ºª%])?", re.IGNORECASE)
_DISPUTED = 0.6
"""A word on which the engines disagree is as sure as its own engine says, times this."""


class VotedLine(NamedTuple):
    """A line as the two engines together read it.

    Args:
        words: the words chosen, each with how surely it was read.
        other: the reading not chosen, where it says something else.
    """

    words: tuple[Fragment, ...]
    other: str | None


def vote(lines: Sequence[Sequence[Fragment]], second: Sequence[Strip]) -> list[VotedLine]:
    """Let a second engine's words confirm or mend the lines of the first, and add the lines the first did not see.

    The first engine's word stands unless the second one's is a known word (common in the language, or one both engines
    read elsewhere on the page) and the first one's is not. Words both read alike are surer than either engine says;
    words they dispute are less sure.

    Args:
        lines: the first engine's lines, in reading order.
        second: what the second engine found on the same image; empty if there is no second engine.
    """
    if not second:
        return [VotedLine(tuple(line), None) for line in lines]
    matched, left_over = _match(lines, second)
    known = _agreed(lines, matched)
    # The first engine is apt to drop accents, and in Spanish they carry meaning: there the accented spelling is taken.
    accents = find_language(" ".join(word.text for line in lines for word in line)) == "es"
    voted = [_settle(line, other, known, accents=accents) for line, other in zip(lines, matched, strict=True)]
    for words in left_over:
        at = next((n for n, line in enumerate(voted) if line.words[0].middle > words[0].middle), len(voted))
        doubted = tuple(word._replace(sure=word.sure * _DISPUTED) for word in words)
        voted.insert(at, VotedLine(doubted, None))
    return voted


def _match(
    lines: Sequence[Sequence[Fragment]], second: Sequence[Strip]
) -> tuple[list[list[Fragment]], list[list[Fragment]]]:
    """The second engine's words that stand in each line, and the runs of its words that stand in none."""
    matched: list[list[Fragment]] = [[] for _ in lines]
    left_over: list[list[Fragment]] = []
    for strip in second:
        loose = []
        for word in strip.words:
            best = max(range(len(lines)), key=lambda n: _inside(word, lines[n]), default=None)
            if best is not None and _inside(word, lines[best]) > 0.35:
                matched[best].append(word)
            else:
                loose.append(word)
        # A stray mark is noise; a run of known words is a line the first engine did not see.
        if len(loose) >= 2 and sum(_is_known(w.text, set()) and w.sure > 0.6 for w in loose) > 0.5 * len(loose):
            left_over.append(loose)
    for words in matched:
        words.sort(key=lambda word: word.left)
    return matched, left_over


def _inside(word: Fragment, line: Sequence[Fragment]) -> float:
    """Share of a word's height that lies within a line, where the line reaches over the word at all."""
    if word.right < line[0].left - 40 or word.left > line[-1].right + 40:
        return 0.0
    near = min(line, key=lambda one: abs((one.left + one.right) - (word.left + word.right)))
    shared = min(word.bottom, near.bottom) - max(word.top, near.top)
    return shared / max(min(word.bottom - word.top, near.bottom - near.top), 1.0)


def _agreed(lines: Sequence[Sequence[Fragment]], matched: Sequence[Sequence[Fragment]]) -> set[str]:
    """Words that both engines read on this page."""
    first = Counter(_bare(word.text) for line in lines for word in line)
    second = Counter(_bare(word.text) for line in matched for word in line)
    return {word for word in first & second if len(word) > 2}


def _settle(line: Sequence[Fragment], other: Sequence[Fragment], known: set[str], *, accents: bool) -> VotedLine:
    if not other:
        return VotedLine(tuple(line), None)
    mine, theirs = [word.text for word in line], [word.text for word in other]
    chosen: list[Fragment] = []
    refused: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(a=mine, b=theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(line[a:b], other[c:d], strict=True)
            # The second engine measures where a word begins and ends; the first only reckons it.
            chosen += [
                one._replace(sure=1 - (1 - one.sure) * (1 - two.sure), left=two.left, right=two.right)
                for one, two in pairs
            ]
            refused += mine[a:b]
            continue
        even = b - a == d - c
        pieces = [(line[a + n : a + n + 1], other[c + n : c + n + 1]) for n in range(b - a)] if even else []
        for first, second in pieces or [(line[a:b], other[c:d])]:
            take_second = _better(second, first, known, accents=accents)
            winner, loser = (second, first) if take_second else (first, second)
            chosen += [word._replace(sure=word.sure * _DISPUTED) for word in winner]
            refused += [word.text for word in loser]
    said, unsaid = " ".join(word.text for word in chosen), " ".join(refused)
    return VotedLine(tuple(chosen), unsaid if unsaid and unsaid != said else None)


def _better(second: Sequence[Fragment], first: Sequence[Fragment], known: set[str], *, accents: bool) -> bool:
    if not second or not first:
        return False
    letters = ["".join(_bare(word.text) for word in words) for words in (second, first)]
    if accents and letters[0] != letters[1] and _unaccented(letters[0]) == letters[1]:
        return all(word.sure > 0.5 for word in second)
    # Only a mended spelling is taken over, not other words: too far apart means one engine lost its place.
    if SequenceMatcher(a=letters[0], b=letters[1], autojunk=False).ratio() < 0.5:
        return False
    # A name is in no list of common words: only a word the page itself holds elsewhere may take its place.
    named = any(word.text.strip(_EDGES)[:1].isupper() for word in first)
    common = all(_bare(word.text) in known if named else _is_known(word.text, known) for word in second)
    if not common or any(word.sure <= 0.5 for word in second):
        return False
    return not all(_is_known(word.text, known) for word in first)


def _unaccented(word: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFD", word) if not unicodedata.combining(ch))


def _is_known(word: str, known: set[str]) -> bool:
    bare = _bare(word)
    if not bare or _NUMBER.fullmatch(bare):
        return False
    return bare in known or any(bare in word_list(language).common for language in LANGUAGES)


def _bare(word: str) -> str:
    return word.strip(_EDGES).lower()
