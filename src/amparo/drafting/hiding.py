"""Finding everything by which a person could be known, so that it can be taken out of a release."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "el", "y", "e", "van", "von", "der", "den", "da", "das", "do", "dos", "di", "al"]
)
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "dra", "sr", "sra", "srta", "lic", "don", "dona", "ing", "prof", "jr", "ii"]
)
_PATTERNS = (
    re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<!\d)\d{5}\s?[-–]\s?\d{3}(?!\d)"),
    re.compile(r"(?<![\w-])(?:\+?\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?|\d{2,4}[\s.-])\d{3,4}[\s.-]\d{3,4}(?![\w-])"),
    re.compile(r"\b[A-Z]\d{4}[A-Z]{2}\b"),
    re.compile(r"(?<![\w:])\d{1,2}\s?:\s?\d{2}\s?-\s?[A-Za-z]{2,4}\s?-\s?\d{3,6}(?:-[A-Z]{2,4}\b){0,3}(?!\w)"),
)
"""E-mail addresses, register numbers of the US federal system, telephone numbers, prison numbers of England, and docket
numbers of US federal courts, by which anybody finds the case and whose it is."""
_NEAR = 5
"""From this many letters on, a word one letter off is the same word: readers of handwriting slip."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who must not be known from a release.

    Args:
        shown_as: what stands in their place, the same throughout the release: ``Person 1``.
        names: every name, alias and nickname, in full.
        numbers: register, case, telephone and other numbers.
    """

    shown_as: str
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.shown_as.strip() or not any(name.strip() for name in self.names):
            raise ValueError("somebody hidden has a name, and something to stand in its place")


class Found(NamedTuple):
    """A stretch of a text by which somebody could be known, and what stands in its place."""

    start: int
    end: int
    shown_as: str


class _Token(NamedTuple):
    start: int
    end: int
    folded: str


def fold(words: str) -> str:
    """Small letters without accents.

    >>> fold("Jesús Ortega-RUÍZ")
    'jesus ortega-ruiz'
    """
    plain = unicodedata.normalize("NFKD", words)
    return "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()


def find_hidden(content: str, hidden: Iterable[Hidden], *, number_sign: str = "[…]") -> tuple[Found, ...]:
    """Every stretch by which a hidden person could be known, in order and not overlapping.

    Whole names and each part of them, in any order, without accents, a letter off in longer words, broken in two by a
    reader; initials of two letters or more; numbers however they are spaced; and any e-mail address, telephone,
    register or docket number, whoever's it is.

    Args:
        content: the text.
        hidden: who must not be known.
        number_sign: what stands in the place of a number that is nobody's in particular.

    >>> someone = Hidden(shown_as="Person 1", names=("Jesús Ortega Ruiz",))
    >>> [f.shown_as for f in find_hidden("Ortega and J.O.R. wrote", [someone])]
    ['Person 1', 'Person 1']
    """
    tokens = [_Token(found.start(), found.end(), fold(found[0])) for found in _TOKEN.finditer(content)]
    marked: list[Found] = []
    for one in hidden:
        marked += _of_person(content, tokens, one)
    for pattern in _PATTERNS:
        marked += [Found(found.start(), found.end(), number_sign) for found in pattern.finditer(content)]
    return tuple(_joined(content, sorted(marked, key=lambda f: (f.start, -f.end))))


def replace_hidden(content: str, found: Iterable[Found]) -> str:
    """The text with each stretch replaced by what stands in its place."""
    parts: list[str] = []
    at = 0
    for one in found:
        parts += [content[at : one.start], one.shown_as]
        at = one.end
    return "".join((*parts, content[at:]))


def _of_person(content: str, tokens: list[_Token], one: Hidden) -> Iterator[Found]:
    parts = {part for name in one.names for part in _name_parts(name)}
    for token in tokens:
        if any(_same_word(token.folded, part) for part in parts):
            yield Found(token.start, token.end, one.shown_as)
    for left, right in pairwise(tokens):
        between = content[left.end : right.start]
        split = len(between) <= 2 and not between.strip("-‐­ \n") and left.folded + right.folded in parts
        if split:
            yield Found(left.start, right.end, one.shown_as)
    for letters in {_initials(name) for name in one.names}:
        yield from _initial_runs(content, tokens, letters, one.shown_as)
    for number in one.numbers:
        yield from _number_runs(content, tokens, number, one.shown_as)


def _name_parts(name: str) -> Iterator[str]:
    for word in _TOKEN.findall(fold(name)):
        if len(word) > 1 and word not in _PARTICLES and word not in _TITLES:
            yield word


def _same_word(word: str, part: str) -> bool:
    if word == part or word in (f"{part}s", f"{part}es"):
        return True
    return len(part) >= _NEAR and abs(len(word) - len(part)) <= 1 and _one_off(word, part)


def _one_off(word: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed."""
    if len(word) > len(other):
        word, other = other, word
    at = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    return word[at:] == other[at + 1 :] or word[at + 1 :] == other[at + 1 :]


def _initials(name: str) -> str:
    return "".join(word[0] for word in _TOKEN.findall(fold(name)) if word not in _PARTICLES | _TITLES)


def _initial_runs(content: str, tokens: list[_Token], letters: str, shown_as: str) -> Iterator[Found]:
    """The initials as one word in capitals, or letter by letter; of a long name the first two are enough."""
    if len(letters) < 2:
        return
    runs = {letters[:size] for size in range(2, len(letters) + 1)}
    for at, token in enumerate(tokens):
        word = content[token.start : token.end]
        if word.isupper() and len(token.folded) > 2 and token.folded in runs:
            yield Found(token.start, token.end, shown_as)
        if len(token.folded) != 1 or not word.isupper():
            continue
        run, end = token.folded, token.end
        for following in tokens[at + 1 : at + len(letters)]:
            between = content[end : following.start]
            single = len(following.folded) == 1 and content[following.start : following.end].isupper()
            if not single or between.strip(" ") != "." or len(between) > 2:
                break
            run, end = run + following.folded, following.end
        if run in runs:
            yield Found(token.start, end + (content[end : end + 1] == "."), shown_as)


def _number_runs(content: str, tokens: list[_Token], number: str, shown_as: str) -> Iterator[Found]:
    wanted = "".join(_TOKEN.findall(fold(number)))
    if not wanted:
        return
    for at, token in enumerate(tokens):
        run, end = "", token.end
        for following in tokens[at : at + 6]:
            if run and len(content[end : following.start]) > 3:
                break
            run, end = run + following.folded, following.end
            if run == wanted:
                yield Found(token.start, end, shown_as)
            if len(run) >= len(wanted):
                break


def _joined(content: str, found: list[Found]) -> Iterator[Found]:
    """Stretches that overlap, or stand side by side for the same person, as one."""
    last: Found | None = None
    for one in found:
        if last is None:
            last = one
            continue
        between = content[last.end : one.start]
        beside = (
            one.shown_as == last.shown_as and len(between) <= 5 and not set(_TOKEN.findall(fold(between))) - _PARTICLES
        )
        if one.start < last.end or (beside and "\n\n" not in between and not set(between) & set(".;:!?()")):
            last = last._replace(end=max(last.end, one.end))
        else:
            yield last
            last = one
    if last is not None:
        yield last
