"""The parts of a person's name, and whether two written names can be one person's: with a score and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import prod
from typing import Literal, NamedTuple

from amparo.domain.identities import Sex
from amparo.linking.spelling import Likeness, is_syllabic, latin, likeness
from amparo.linking.words import is_pet_name, titles

PARTICLES = frozenset(
    {
        *("de", "del", "la", "las", "los", "y", "e", "van", "von", "der", "den", "da", "dos", "di", "du", "le", "vda"),
        *("al", "el", "ul", "ur", "as", "bin", "ben", "ibn", "bint", "bn"),
    }
)
"""Small words of a name that do not tell people apart."""
CHILD_OF = frozenset({"bin", "ben", "ibn", "bint", "bn"})
"""Words that say whose child somebody is: what stands before and behind them are two people's names."""
GENERATIONS = {"jr": "2", "junior": "2", "sr": "1", "senior": "1", "ii": "2", "iii": "3", "iv": "4", "hijo": "2"}
"""What is put behind a name to tell a parent from a child of the same name."""
ABBREVIATED = {
    **{"ma": "maria", "fco": "francisco", "gpe": "guadalupe", "hdez": "hernandez", "hdz": "hernandez"},
    **{"fdez": "fernandez", "glez": "gonzalez", "gzz": "gonzalez", "rdz": "rodriguez", "rdguez": "rodriguez"},
    **{"mtz": "martinez", "mtnez": "martinez", "gtz": "gutierrez", "lpz": "lopez", "pz": "perez", "chas": "charles"},
    **{"wm": "william", "thos": "thomas", "jas": "james", "geo": "george"},
}
"""Short forms in which papers write names, with a full stop."""
DETERMINERS = frozenset(
    {
        *("a", "an", "the", "my", "his", "her", "their", "our", "your", "this", "that", "another", "one", "some"),
        *("el", "la", "los", "las", "un", "una", "mi", "mis", "su", "sus", "nuestro", "nuestra", "otro", "otra"),
    }
)
LIKELY = 0.5
"""Score from which two names are more likely one person's than two."""
PART_OF_NAME = 0.9
"""Score of a name of two or more words that stands whole within a longer one."""
EACH_LEAVES_OUT = 0.65
"""Score of names that each leave out what the other gives: Juan Carlos Soto, Juan Soto Vega."""
INITIAL_AND_WORD = 0.75
"""Score of an initial and one word that stand within a longer name: W. Quintero, Wilmar Quintero Salcedo."""
ONE_WORD = 0.4
"""Score of a single word that stands within a longer name: too little for a suggestion by itself."""
TWO_NAMES = 0.4
"""Score, at most, of names that each have a word the other lacks."""
PET_NAME = 0.85
"""Likeness of a name and its pet name."""
NOT_SURE = 0.5
"""Likeness from which two words of two names are taken for one."""
OTHER_ORDER = 0.95
"""Share of the score that is left where the words stand in another order."""
PARENT_AND_CHILD = 0.25
"""Share of the score that is left where father and child would be taken for one."""

NameCode = Literal["same-full-name", "other-spelling", "name-within-name", "similar-name", "other-name", "other-sex"]

_NICKNAME = re.compile(
    r"[“\"«]\s*(?P<quoted>[^”\"»]+?)\s*[”\"»]"
    r"|(?:\(a\)|,?\s*\b(?:alias|a\.?k\.?a\.?|(?:better )?known as|nicknamed|apodad[oa]|conocid[oa] como))"
    r"\s+(?P<behind>[^()]+)"
    r"|\(\s*(?:(?:alias|a\.?k\.?a\.?)\s)?\s*(?P<bracketed>[^)]+?)\s*\)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʼʻ`\u200c\u200d\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1780-\u17ff])*")
_SHORT_FORM = re.compile(rf"\b({'|'.join(ABBREVIATED)})\.", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")


class NameParts(NamedTuple):
    """A written name in its parts.

    Args:
        words: given names and surnames in order, in plain Latin letters, without particles.
        nicknames: what stood in quotes, in brackets or behind "alias", without its article.
        sex: told by a title.
        generation: "1" for senior, "2" for junior, and so on; empty when not told.
        child_of: whether the name says whose child its bearer is.
    """

    words: tuple[str, ...]
    nicknames: tuple[str, ...] = ()
    sex: Sex | None = None
    generation: str = ""
    child_of: bool = False


class Comparison(NamedTuple):
    """What a comparison of two names gives.

    Args:
        score: 0 to 1; from 0.5 the names are more likely one person's than two.
        code: the reason.
        shared: how many words the two have in common.
    """

    score: float
    code: NameCode
    shared: int


@lru_cache(maxsize=65536)
def name_parts(name: str) -> NameParts:
    """Take a written name apart.

    >>> name_parts('Dr. Anselmo "El Güero" de la Riva Ochoa, Jr.')
    NameParts(words=('anselmo', 'riva', 'ochoa'), nicknames=('guero',), sex=None, generation='2', child_of=False)
    >>> name_parts("Quintero Salcedo, Wilmar A.").words
    ('wilmar', 'a', 'quintero', 'salcedo')
    """
    nicknames = tuple(nick for m in _NICKNAME.finditer(name) if (nick := as_nickname(next(filter(None, m.groups())))))
    plain = _NICKNAME.sub(" ", name)
    first, comma, second = plain.partition(",")
    if comma and latin(second).strip() not in GENERATIONS and second.strip():
        plain = f"{second} {first}"
    words = list(_words(_RUN_TOGETHER.sub(" ", plain)))
    sex: Sex | None = None
    while len(words) > 1 and (titled := _title(words)):
        length, told = titled
        sex, words = sex or told, words[length:]
    generation = ""
    while len(words) > 1 and words[-1] in GENERATIONS:
        generation = GENERATIONS[words.pop()]
    telling = tuple(word for word in words if word not in PARTICLES)
    return NameParts(telling or tuple(words), nicknames, sex, generation, not CHILD_OF.isdisjoint(words))


def as_nickname(words: str) -> str:
    """A nickname in plain Latin letters, without its article.

    >>> as_nickname("El Güero"), as_nickname("«la Maestra»")
    ('guero', 'maestra')
    """
    plain = re.findall(r"\w+", latin(words))
    return " ".join(plain[1:] if len(plain) > 1 and plain[0] in {"el", "la", "los", "las", "the"} else plain)


def is_description(words: str) -> bool:
    """Whether words describe somebody rather than name them: "my brother", "the Director", "el director".

    >>> is_description("the Director"), is_description("El Güero"), is_description("Ada Pike")
    (True, False, False)
    """
    first, *others = words.split() or [""]
    nickname = latin(first) in {"el", "la"} and not any(word[:1].islower() for word in others)
    return latin(first) in DETERMINERS and not (nickname and others)


def _words(name: str) -> Iterator[str]:
    name = _SHORT_FORM.sub(lambda short: ABBREVIATED[short[1].lower()], name)
    for match in _WORD.finditer(name):
        if is_syllabic(match.group()):
            yield from match.group()
        else:
            yield from re.findall(r"[a-z]+", latin(match.group()))


def _title(words: list[str]) -> tuple[int, Sex | None] | None:
    for length in (3, 2, 1):
        if len(words) > length and tuple(words[:length]) in titles():
            return length, titles()[tuple(words[:length])]
    return None


@lru_cache(maxsize=262144)
def compare_names(left: str, right: str) -> Comparison:
    """Say how likely two written names are one person's, and why.

    Every word of the shorter name must have its like in the longer one: the same word, the same in another
    spelling, its initial or pet name, or a word that a slip of the pen explains. Where each has a word the other
    lacks in the same place they are two names. Nicknames are compared apart, see `grounds`.

    Args:
        left: a name as written, in any script.
        right: another.

    Raises:
        MissingExtra: the extra ``linking`` is not installed.

    >>> compare_names("Wilmar Quintero", "Wilmar Andrés Quintero Salcedo").code
    'name-within-name'
    >>> compare_names("Rodrigo Salmerón Vega", "Beltrán Salmerón Vega").score < 0.5
    True
    """
    one, other = name_parts(left), name_parts(right)
    if not (one.words and other.words):
        return Comparison(0.0, "other-name", 0)
    words = _one_script(one.words, other.words)
    likes = _align(*words)
    if not likes:
        return Comparison(0.0, "other-name", 0)
    score = prod(like.likeness.degree for like in likes)
    manners = {like.likeness.manner for like in likes}
    if "other-sex" in manners:
        return Comparison(score * TWO_NAMES, "other-sex", len(likes))
    written_out = sum(like.likeness.manner != "initial" for like in likes)
    left_over = _left_over(words[0], [like.left for like in likes])
    right_over = _left_over(words[1], [like.right for like in likes])
    if left_over and right_over:
        share = len(likes) / max(len(words[0]), len(words[1]))
        if written_out < 2 or not left_over.isdisjoint(right_over):
            return Comparison(TWO_NAMES * score * share, "other-name", len(likes))
        score *= EACH_LEAVES_OUT
    elif left_over or right_over:
        score *= PART_OF_NAME if written_out > 1 else INITIAL_AND_WORD if len(likes) > 1 else ONE_WORD
    if not written_out:
        return Comparison(ONE_WORD * score, "similar-name", len(likes))
    code: NameCode = "name-within-name" if left_over or right_over else "same-full-name"
    code = "similar-name" if "slip" in manners or (left_over and right_over) else code
    code = "other-spelling" if code == "same-full-name" and manners != {"same"} else code
    order = [like.right for like in sorted(likes, key=lambda like: like.left)]
    if order != sorted(order):
        score *= PARENT_AND_CHILD if one.child_of or other.child_of else OTHER_ORDER
    if one.generation != other.generation and one.generation and other.generation:
        score, code = score * PARENT_AND_CHILD, "other-name"
    if one.sex and other.sex and one.sex != other.sex:
        score, code = score * PARENT_AND_CHILD, "other-sex"
    return Comparison(score, code, len(likes))


def _one_script(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both in Latin letters where only one is written in syllables."""
    if any(map(is_syllabic, left)) == any(map(is_syllabic, right)):
        return left, right
    return tuple(map(latin, left)), tuple(map(latin, right))


def _left_over(words: tuple[str, ...], used: list[tuple[int, ...]]) -> frozenset[int]:
    """Where words are left over: behind how many of the words that have their like."""
    taken = {place for places in used for place in places}
    firsts = [places[0] for places in used]
    return frozenset(sum(first < i for first in firsts) for i in range(len(words)) if i not in taken)


class _Like(NamedTuple):
    """A word or two of one name, and their like in the other."""

    likeness: Likeness
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def joins(self) -> bool:
        """Whether two words stand against one."""
        return len(self.left) + len(self.right) > 2


def _align(left: tuple[str, ...], right: tuple[str, ...]) -> list[_Like]:
    """Pair the words off, the most alike first."""
    found = [
        _Like(like, (i,), (j,))
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (like := _like(one, other)).degree >= NOT_SURE or like.manner == "other-sex"
    ]
    if len({like.left for like in found if like.likeness.manner == "same"}) < min(len(left), len(right)):
        found += [_Like(like, (i, i + 1), j) for i, j, like in _joined(left, right)]
        found += [_Like(like, j, (i, i + 1)) for i, j, like in _joined(right, left)]
    found.sort(key=lambda pair: (-pair.likeness.degree, not pair.joins, _apart(pair, left, right)))
    pairs: list[_Like] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for pair in found:
        if used_left.isdisjoint(pair.left) and used_right.isdisjoint(pair.right):
            used_left.update(pair.left)
            used_right.update(pair.right)
            pairs.append(pair)
    return pairs


def _apart(like: _Like, left: tuple[str, ...], right: tuple[str, ...]) -> float:
    return abs(like.left[0] / len(left) - like.right[0] / len(right))


def _like(one: str, other: str) -> Likeness:
    like = likeness(one, other)
    return Likeness(PET_NAME, "spelling") if like.manner != "same" and is_pet_name(one, other) else like


def _joined(apart: tuple[str, ...], whole: tuple[str, ...]) -> Iterator[tuple[int, tuple[int, ...], Likeness]]:
    """Two neighbouring words of one name that are written as one in the other."""
    for i, (first, second) in enumerate(pairwise(apart)):
        for j, one in enumerate(whole):
            if len(one) > 3 and len(one) + 1 >= len(first) + len(second):
                like = likeness(first + second, one)
                if like.manner in {"same", "spelling"}:
                    yield i, (j,), like
