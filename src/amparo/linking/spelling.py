"""How alike two written words of a name are: accents, other scripts, other romanisations, slips of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from amparo.errors import MissingExtra

SLIPS = 2
"""Words that differ in more letters than this are two words. Tuned on pairs of names: docs/adr/0013-linking.md."""
SHORT = 4
"""Words of at most this many letters are two words where they differ in more than one letter."""
HEARD_ALIKE = 0.95
"""Likeness of two spellings of one sound: Yusuf, Youssouf."""
SAME_CONSONANTS = 0.88
"""Likeness of two words with the same consonants and nearly the same vowels: Mohamed, Muhammad."""
INITIAL = 0.85
"""Likeness of a word and its first letter."""
OTHER_SEX = 0.3
"""Likeness of the forms of a name for a man and for a woman: Mario, Maria; Daniel, Daniela."""

Manner = Literal["same", "spelling", "initial", "slip", "other-sex", "other"]

_MARKS = re.compile(r"['’‘`´ʼʻ‛ˈ.\u200c\u200d]")
_SOUNDS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("t?sch|tch|ch|sh|sj|cz", "C"),
        ("zh|dzh|dj|jh|g(?=[eiy])", "j"),
        ("ph", "f"),
        ("kh|gh|q|ck|c(?![eiy])", "k"),
        ("ou|oo", "u"),
        ("iy$|ij$|ee|ey$|ie$|ll(?=[aeou])|y", "i"),
        ("w|v", "b"),
        ("tz|ts|z|c", "s"),
        ("(?<=[^aeiou])h|h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""What different languages, and people who write by ear, write for one sound in Latin letters."""
_SILENT = re.compile("[aeiouyhj]")


class Likeness(NamedTuple):
    """How alike two words are, 0 to 1, and in what manner."""

    degree: float
    manner: Manner


_OTHER = Likeness(0.0, "other")


@lru_cache(maxsize=65536)
def latin(words: str) -> str:
    """Words in plain Latin letters: lower case, no accents or apostrophes, other scripts letter by letter.

    Raises:
        MissingExtra: the words are in another script and the extra ``linking`` is not installed.

    >>> latin("José O’Hara"), latin("Ягода")
    ('jose ohara', 'yagoda')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    plain = _MARKS.sub("", plain)
    if not plain.isascii():
        try:
            from anyascii import anyascii
        except ImportError as problem:
            raise MissingExtra("Install amparo[linking] to compare names.", extra="linking") from problem
        plain = _MARKS.sub("", anyascii(unicodedata.normalize("NFC", plain)))
    return plain.lower()


def is_syllabic(word: str) -> bool:
    """Whether each character is a syllable or word by itself, as in Chinese, Japanese and Korean.

    >>> is_syllabic("金"), is_syllabic("Kim")
    (True, False)
    """
    return not word.isascii() and all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in word)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A Latin word with the letters that different languages write for one sound made one.

    >>> sound("yusuf") == sound("youssouf")
    True
    """
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The consonants of a Latin word, as scripts without vowels write it; a vowel only where it begins the word.

    >>> consonants("mohammed"), consonants("mhmd")
    ('md', 'md')
    """
    heard = sound(word[:1] + word[1:].replace("w", ""))
    first = "a" if heard[:1] in set("aeiou") else heard[:1]
    return re.sub(r"(.)\1+", r"\1", first + _SILENT.sub("", heard[1:]))


@lru_cache(maxsize=262144)
def likeness(left: str, right: str) -> Likeness:
    """How alike two words in Latin letters, or two characters that are syllables, are.

    Raises:
        MissingExtra: the extra ``linking`` is not installed.

    >>> likeness("pike", "pyke").manner, likeness("mario", "maria").manner, likeness("ana", "luz").manner
    ('spelling', 'other-sex', 'other')
    >>> likeness("varela", "valera").manner
    'slip'
    """
    if left == right:
        return Likeness(1.0, "same")
    if is_syllabic(left) or is_syllabic(right) or left.isdigit() or right.isdigit():
        return _OTHER
    if len(left) == 1 or len(right) == 1:
        return Likeness(INITIAL, "initial") if left[0] == right[0] else _OTHER
    if _other_sex(left, right):
        return Likeness(OTHER_SEX, "other-sex")
    heard = sound(left), sound(right)
    if heard[0] == heard[1]:
        return Likeness(HEARD_ALIKE, "spelling")
    bones = consonants(left), consonants(right)
    if bones[0] == bones[1] and _SILENT.search(left[1:] + "a") and (not _voiced(left) or not _voiced(right)):
        return Likeness(SAME_CONSONANTS, "spelling")
    if abs(len(left) - len(right)) > SLIPS and abs(len(heard[0]) - len(heard[1])) > SLIPS:
        return _OTHER
    distance = min(_distance(left, right), _distance(*heard) + 0.5)
    longest = max(len(left), len(right))
    if distance > SLIPS:
        return _OTHER
    if bones[0] == bones[1] and len(bones[0]) > 2:
        return Likeness(SAME_CONSONANTS, "spelling")
    if distance > 1 and longest <= SHORT:
        return _OTHER
    return Likeness(1 - distance / longest, "slip")


def _voiced(word: str) -> bool:
    return any(c in "aeiou" for c in word[1:])


def _other_sex(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(short) == len(long):
        return len(short) > 2 and short[:-1] == long[:-1] and {short[-1], long[-1]} == {"o", "a"}
    return len(short) > 2 and long == short + "a"


@cache
def _osa() -> Callable[..., int]:
    try:
        from rapidfuzz.distance import OSA
    except ImportError as problem:
        raise MissingExtra("Install amparo[linking] to compare names.", extra="linking") from problem
    return OSA.distance


def _distance(left: str, right: str) -> int:
    """Letters put in, left out, changed or swapped with their neighbour (optimal string alignment)."""
    return _osa()(left, right, score_cutoff=SLIPS)
