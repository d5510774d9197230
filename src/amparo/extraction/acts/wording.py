"""The words of a text in a form that forgives accents, capitals and common misspellings, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from amparo.domain.notes import Stretch
from amparo.domain.text import Language
from amparo.extraction.vocabulary import vocabulary

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_BREAK = re.compile(r"[,;:.!?…()\[\]\"“”«»—–]|\s-\s|\n\s*\n")
_BLANK_LINE = re.compile(r"\n\s*\n")
_STRONG_BREAK = re.compile(r"[;:.!?…()\[\]\"“”«»—–]|\n\s*\n")


class Wording(NamedTuple):
    """A text as a row of words.

    Args:
        words: each word as it is compared: no capitals, accents or apostrophes, spelled as most would.
        starts, ends: where each stands in the content: code points, half-open.
        sentence: the number of the sentence each is in.
        clause: the number of the clause each is in; a clause ends at a comma or before a joining word.
        paragraph: the number of the paragraph each is in; a blank line ends one.
        stops: words before which a stop stronger than a comma stands.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence: tuple[int, ...]
    clause: tuple[int, ...]
    paragraph: tuple[int, ...]
    stops: frozenset[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The words, half-open by number, that stand between two places in the content."""
        first = _first_at(self.starts, start)
        return first, _first_at(self.starts, end)


def _first_at(starts: Sequence[int], place: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


def word_by_word(content: str, sentences: Sequence[Stretch], *, language: Language) -> Wording:
    """Take a text apart into words.

    Args:
        content: the text.
        sentences: where its sentences stand; none: it is one sentence.
        language: whose spelling to forgive.

    >>> word_by_word("They didn't GIVE me, he said", (), language="en").words
    ('they', 'didnt', 'give', 'me', 'he', 'said')
    >>> word_by_word("q no me an llebado", (), language="es").words == word_by_word(
    ...     "Que no me han llevado", (), language="es").words
    True
    """
    spell, joining = speller(language), joining_words(language)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    numbers: list[int] = []
    clauses: list[int] = []
    paragraphs: list[int] = []
    stops: set[int] = set()
    ending = [s.end for s in sentences]
    sentence = clause = paragraph = last_end = 0
    for match in _WORD.finditer(content):
        start, word = match.start(), spell(match.group())
        before = sentence
        while sentence < len(ending) and start >= ending[sentence]:
            sentence += 1
        gap = content[last_end:start]
        if sentence != before or _STRONG_BREAK.search(gap):
            stops.add(len(words))
        if words and (sentence != before or word in joining or _BREAK.search(gap)):
            clause += 1
        if words and _BLANK_LINE.search(gap):
            paragraph += 1
        words.append(word)
        paragraphs.append(paragraph)
        starts.append(start)
        ends.append(match.end())
        numbers.append(sentence)
        clauses.append(clause)
        last_end = match.end()
    return Wording(
        tuple(words), tuple(starts), tuple(ends), tuple(numbers), tuple(clauses), tuple(paragraphs), frozenset(stops)
    )


@cache
def joining_words(language: Language) -> frozenset[str]:
    """Words that begin a clause although no comma stands before them, as they are compared."""
    return frozenset(map(speller(language), _spelling(language)["joining"]))


def tells_past(words: str, *, language: Language) -> bool:
    """Whether words hold a verb that tells what is over.

    >>> tells_past("they sprayed me", language="en"), tells_past("they spray me", language="en")
    (True, False)
    """
    table = _spelling(language)
    endings, whole = tuple(table["past_endings"]), frozenset(table["past_words"])
    return any(w in whole or (len(w) > 4 and w.endswith(endings)) for w in words.casefold().split())


@cache
def speller(language: Language) -> Callable[[str], str]:
    """How words are spelled for comparing: by the language's table of short spellings and like-sounding letters."""
    table = _spelling(language)
    sounds = [(written, sounded) for written, sounded in table["sounds"]]

    def sound(word: str) -> str:
        plain = "".join(
            c for c in unicodedata.normalize("NFD", word.casefold().replace("’", "'")) if not unicodedata.combining(c)
        )
        for written, sounded in sounds:
            plain = plain.replace(written, sounded)
        return plain or word.casefold()  # "23 h": a letter without a sound of its own

    words = {sound(short): sound(full) for short, full in table["words"].items()}

    @lru_cache(maxsize=65536)
    def spell(word: str) -> str:
        plain = sound(word)
        return words.get(plain, plain)

    return spell


def stem_spellings(stem: str, *, language: Language) -> tuple[str, ...]:
    """How the beginning of a word may be spelled for comparing; its last letter may sound by what follows.

    >>> stem_spellings("medic", language="es")
    ('medik', 'medis')
    """
    spell = speller(language)
    return tuple(dict.fromkeys(spell(stem + vowel)[: -len(vowel)] for vowel in ("a", "i")))


@cache
def likenesses(language: Language) -> dict[str, tuple[str, ...]]:
    """For each word that others are like, the marks of its likenesses: forms of one verb, pronouns of one case.

    >>> likenesses("en")["tore"] == likenesses("en")["tearing"] != likenesses("en")["gave"]
    True
    """
    spell, marks = speller(language), dict[str, list[str]]()
    for row in _spelling(language).get("alike", ()):
        words = [spell(word) for word in row.split()]
        for word in dict.fromkeys(words):
            marks.setdefault(word, []).append(f"={words[0]}")
    return {word: tuple(dict.fromkeys(several)) for word, several in marks.items()}


@cache
def _spelling(language: Language) -> dict[str, Any]:
    return vocabulary("spelling", language)
