"""What somebody typed, as words to look for: without accents, in small letters, phrases kept together."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MOST_LETTERS = 2_000
MOST_TERMS = 24
"""More than this is not a search; what is beyond is left out and the rest still finds."""
_PREFIX_FROM = 3
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


class Term(NamedTuple):
    """Words that stand together, in this order.

    Args:
        words: folded.
        open_ended: whether the last word may go on: ``celda`` also finds ``celdas``.
    """

    words: tuple[str, ...]
    open_ended: bool

    def __str__(self) -> str:
        return " ".join(self.words)


class _Fold(dict[int, str]):
    """Each character without its accent and in small letters; one character always becomes one."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFD", chr(code))[0].casefold()[:1] or chr(code)
        self[code] = bare
        return bare


_FOLD = _Fold()


def fold(words: str) -> str:
    """The same words without accents and in small letters, character for character, so that places stay the same.

    >>> fold("Atención MÉDICA")
    'atencion medica'
    """
    return words.translate(_FOLD)


def folded_words(words: str) -> str:
    """The words alone, folded, with one blank between them: what an index keeps.

    >>> folded_words("Núm. 98341-990")
    'num 98341 990'
    """
    return " ".join(_WORD.findall(fold(words)))


def terms(typed: str) -> tuple[Term, ...]:
    """What to look for: each word (or what it begins), and each quoted phrase as it stands. Nothing typed is an error.

    >>> terms('insulin "two days" 98341-990')[0]
    Term(words=('insulin',), open_ended=True)
    >>> [str(term) for term in terms('insulin "two days" 98341-990')]
    ['insulin', 'two days', '98341 990']
    >>> terms('NEAR( * "')
    (Term(words=('near',), open_ended=True),)
    """
    found: list[Term] = []
    for number, part in enumerate(typed[:MOST_LETTERS].translate(_QUOTES).split('"')):
        for chunk in [part] if number % 2 else part.split():
            words = tuple(_WORD.findall(fold(chunk)))
            if words:
                found.append(Term(words, not number % 2 and len(words[-1]) >= _PREFIX_FROM))
    return tuple(dict.fromkeys(found))[:MOST_TERMS]
