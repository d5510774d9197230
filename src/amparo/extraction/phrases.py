"""Finding many phrases in a text at once, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from amparo.extraction.word_places import Openings, matches

SHORT = 200
"""Up to so many characters, words are folded anew each time they are met."""


class Found(NamedTuple):
    """A phrase of the list and where it stands: code points, half-open."""

    phrase: str
    start: int
    end: int


class _Folding(dict[int, str]):
    """What each character folds to, worked out the first time it is met; one character for one, so offsets hold."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFD", character)[0].lower()
        self[code] = folded = plain if len(plain) == 1 else character
        return folded


_FOLDING = _Folding({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})


def fold(words: str) -> str:
    """Lower the case and drop the accents, keeping every character in its place.

    >>> fold("Prisión «Ñ»")
    'prision «n»'
    """
    if words.isascii():
        return words.lower()
    return _folded(words) if len(words) > SHORT else words.translate(_FOLDING)


@lru_cache(maxsize=8)
def _folded(words: str) -> str:
    """A text folded; what is short is not kept, so that it pushes no text out."""
    return words.translate(_FOLDING)


class Phrases(NamedTuple):
    """A list of phrases made ready for searching.

    A phrase is words separated by spaces; ``*`` at the end of a word stands for any ending.
    """

    pattern: re.Pattern[str] | None
    by_folded: dict[str, str]
    openings: Openings | None = None

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Self:
        """Make the list ready; the same list is made ready once.

        >>> [f.phrase for f in Phrases.of(["legal mail", "grievanc*"]).find("My Legal  mail, my grievances")]
        ['legal mail', 'grievanc*']
        """
        return cls(*_compiled(tuple(phrases)))

    def find(self, content: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """Every phrase in order of place, the longest at each place."""
        if self.pattern is None:
            return
        folded = fold(content)
        for match in matches(self.pattern, self.openings, folded, start, end):
            yield Found(self._phrase(match.group()), match.start(), match.end())

    def _phrase(self, matched: str) -> str:
        words = " ".join(matched.split())
        if words in self.by_folded:
            return self.by_folded[words]
        return next(
            phrase
            for folded, phrase in self.by_folded.items()
            if "*" in folded and re.fullmatch(_notation(folded), words) is not None
        )


def _notation(folded: str) -> str:
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in folded.split())


@lru_cache(maxsize=512)
def _compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str] | None, dict[str, str], Openings | None]:
    by_folded = {" ".join(fold(p).split()): p for p in phrases}
    if not by_folded:
        return None, {}, None
    longest_first = sorted(by_folded, key=len, reverse=True)
    joined = "|".join(_notation(folded) for folded in longest_first)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), by_folded, _openings(by_folded)


_FIRST = re.compile(r"(\w+)(\*?)")


def _openings(folded: Iterable[str]) -> Openings | None:
    """What phrases begin with, or None where one begins with a mark."""
    first = [_FIRST.match(phrase) for phrase in folded]
    if not all(first):
        return None
    return Openings(
        words=frozenset(f[1] for f in first if f and not f[2]), stems=tuple(f[1] for f in first if f and f[2])
    )
