"""Concepts: named lists of wordings, found in one pass over the words of a text.

A wording is words separated by spaces, in a notation of five marks:

========  =====================================================
``a*``    any word that begins so
``a/b``   either word
``a?``    the word may be missing
``_``     any one word
``...``   up to three words
========  =====================================================

In a wording of two words or more, words that the language's spelling lists as ``alike`` (``me`` and ``him``, ``take``
and ``took``) stand for each other; concepts named as ``exact`` are taken as they are written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Self

from amparo.domain.text import Language
from amparo.errors import BrokenVocabulary
from amparo.extraction.acts.wording import Wording, likenesses, speller, stem_spellings

_ANY, _GAP, LONGEST_GAP = "_", "...", 3
SHORTEST_STEM = 3


class Hit(NamedTuple):
    """Words, half-open by number, that say a concept."""

    start: int
    end: int


class _Node:
    """A place in the tree of wordings: which concepts end here, and which words may follow."""

    __slots__ = ("after", "ends")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.ends: list[str] = []


class Lexicon(NamedTuple):
    """Every wording of every concept, ready to be looked for.

    Args:
        root: the tree of wordings.
        stems: the beginnings of words that occur in it, longest last.
        language: whose spelling is forgiven.
    """

    root: _Node
    stems: frozenset[str]
    language: Language

    @classmethod
    def of(
        cls, concepts: Mapping[str, Iterable[str]], *, language: Language, exact: Collection[str] = frozenset()
    ) -> Self:
        """Make concepts ready.

        Args:
            concepts: wordings by concept.
            language: whose spelling to forgive.
            exact: concepts whose wordings mean no other words than those written.

        Raises:
            BrokenVocabulary: a wording is not in the notation.

        >>> from amparo.extraction.acts.wording import word_by_word
        >>> lexicon = Lexicon.of({"medicine": ["medic*", "pain/sleeping pill/pills"]}, language="en")
        >>> lexicon.find(word_by_word("No MEDICINE and no pain", (), language="en"))
        {'medicine': [Hit(start=1, end=2)]}
        >>> lexicon.find(word_by_word("no pain pills", (), language="en"))
        {'medicine': [Hit(start=1, end=3)]}
        >>> torn = Lexicon.of({"torn": ["tore my letter"]}, language="en")
        >>> torn.find(word_by_word("they are tearing her letter", (), language="en"))
        {'torn': [Hit(start=2, end=5)]}
        """
        root = _Node()
        stems: set[str] = set()
        for concept, wordings in concepts.items():
            alike = {} if concept in exact else likenesses(language)
            for wording in wordings:
                choices = _choices(wording, concept, language, alike)
                if not _plant(root, choices, 0, concept, ""):
                    raise BrokenVocabulary(
                        "A wording begins and ends with a word. Mend it.",
                        concept=concept,
                        wording=wording,
                        language=language,
                    )
                stems.update(key[:-1] for some in choices for key in some if key and key.endswith("*"))
        return cls(root, frozenset(stems), language)

    def find(self, wording: Wording) -> dict[str, list[Hit]]:
        """Every hit of every concept in order of place, wordings never crossing a sentence's end."""
        found: dict[str, dict[Hit, None]] = {}
        alike = likenesses(self.language)
        keys = [(*_keys(word, self.stems), *alike.get(word, ())) for word in wording.words]
        sentence = wording.sentence
        last = len(keys)
        for start in range(last):
            end = start
            while end < last and end - start < 14 and sentence[end] == sentence[start]:
                end += 1
            for concept, stop in _walk(self.root, keys, start, end):
                found.setdefault(concept, {})[Hit(start, stop)] = None
        return {concept: list(hits) for concept, hits in found.items()}


def _walk(node: _Node, keys: list[tuple[str, ...]], at: int, end: int) -> Iterator[tuple[str, int]]:
    if at >= end:
        return
    after = node.after
    for key in keys[at]:
        following = after.get(key)
        if following is not None:
            yield from _arrive(following, keys, at + 1, end)
    following = after.get(_ANY)
    if following is not None:
        yield from _arrive(following, keys, at + 1, end)
    following = after.get(_GAP)
    if following is not None:
        for skipped in range(LONGEST_GAP + 1):
            yield from _walk(following, keys, at + skipped, end)


def _arrive(node: _Node, keys: list[tuple[str, ...]], at: int, end: int) -> Iterator[tuple[str, int]]:
    for concept in node.ends:
        yield concept, at
    if node.after:
        yield from _walk(node, keys, at, end)


@lru_cache(maxsize=65536)
def _keys(word: str, stems: frozenset[str]) -> tuple[str, ...]:
    return (word, *(f"{word[:n]}*" for n in range(SHORTEST_STEM, len(word) + 1) if word[:n] in stems))


def _choices(
    wording: str, concept: str, language: Language, alike: Mapping[str, tuple[str, ...]]
) -> list[tuple[str | None, ...]]:
    """The words that may stand at each place of a wording; None where none need stand."""
    choices: list[tuple[str | None, ...]] = []
    parts = wording.split()
    for part in parts:
        missing: tuple[str | None, ...] = ()
        if part in (_GAP, _ANY):
            choices.append((part,))
            continue
        if part.endswith("?") and "/" not in part:
            part, missing = part[:-1], (None,)
        elif part.endswith(")?") and part.startswith("("):
            part, missing = part[1:-2], (None,)
        spelled: list[str] = []
        for word in part.split("/"):
            for one in _spelled(word, wording, concept, language):
                spelled.extend(alike.get(one, (one,)) if len(parts) > 1 else (one,))
        choices.append((*dict.fromkeys(spelled), *missing))
    return choices


def _plant(node: _Node, choices: list[tuple[str | None, ...]], at: int, concept: str, last: str) -> bool:
    """Grow a wording's branches from a node on; false where one begins or ends with a gap, or has no word."""
    if at == len(choices):
        if last in ("", _GAP):
            return False
        if concept not in node.ends:
            node.ends.append(concept)
        return True
    for key in choices[at]:
        if key is None:
            grown = _plant(node, choices, at + 1, concept, last)
        elif key == _GAP and not last:
            return False
        else:
            following = node.after.get(key)
            if following is None:
                following = node.after[key] = _Node()
            grown = _plant(following, choices, at + 1, concept, key)
        if not grown:
            return False
    return True


def _spelled(word: str, wording: str, concept: str, language: Language) -> Iterator[str]:
    stem = word.removesuffix("*")
    if not stem or not all(c.isalnum() or c in "'’" for c in stem):
        raise BrokenVocabulary(
            "A wording is words with the marks * / ? _ and ... only. Mend it.",
            concept=concept,
            wording=wording,
            language=language,
        )
    if stem == word:
        yield speller(language)(word)
        return
    spellings = stem_spellings(stem, language=language)
    if any(len(s) < SHORTEST_STEM for s in spellings):
        raise BrokenVocabulary(
            f"The beginning of a word before * has {SHORTEST_STEM} letters or more. Mend it.",
            concept=concept,
            wording=wording,
            language=language,
        )
    yield from (f"{s}*" for s in spellings)
