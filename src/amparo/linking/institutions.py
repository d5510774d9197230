"""The parts of an institution's name, and whether two written names can be one institution's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from amparo.domain.identities import Sex
from amparo.linking.spelling import latin, likeness

KINDS = {
    "united states penitentiary": "usp",
    "us penitentiary": "usp",
    "federal correctional institution": "fci",
    "federal prison camp": "fpc",
    "federal medical center": "fmc",
    "federal detention center": "fdc",
    "metropolitan correctional center": "mcc",
    "metropolitan detention center": "mdc",
    "federal transfer center": "ftc",
    "federal correctional complex": "fcc",
    "his majestys prison": "hmp",
    "her majestys prison": "hmp",
    "centro federal readaptacion social": "cefereso",
    "centro federal reinsercion social": "cefereso",
    "centro readaptacion social": "cereso",
    "centro reinsercion social": "cereso",
    "centro prevencion reinsercion social": "cereso",
    "centro penitenciario": "cp",
}
"""Kinds of prison written out, without their small words, and the short form by which two kinds are told apart."""
_SHORT_KINDS = frozenset(
    {*KINDS.values(), "adx", "ausp", "mcfp", "hmyoi", "sci", "cerss", "cps", "epmsc", "epams", "comeb"}
)
_PLAIN = frozenset(
    {
        *("prison", "jail", "penitentiary", "facility", "institution", "unit", "center", "centre", "supermax", "state"),
        *("correctional", "detention", "lockup", "complex", "reformatory", "camp", "hospital"),
        *("penal", "carcel", "prision", "reclusorio", "penitenciaria", "centro", "preventivo", "complejo", "federal"),
        *("establecimiento", "penitenciario", "numero", "number", "num", "no", "n"),
    }
)
"""Words that say that a place is a prison, and not which."""
_SMALL = frozenset(
    {*("the", "of", "for", "at", "in", "and", "a", "an"), *("de", "del", "la", "las", "el", "los", "y", "en", "para")}
)
_SEXES: dict[str, Sex] = {
    **{"women": "f", "womens": "f", "femenil": "f", "mujeres": "f", "female": "f"},
    **{"men": "m", "mens": "m", "varonil": "m", "varones": "m", "hombres": "m", "male": "m"},
}
_LEGAL_FORMS = frozenset(
    {
        *("inc", "incorporated", "corp", "corporation", "co", "company", "companies", "ltd", "limited", "public"),
        *("llc", "llp", "lp", "plc", "pte", "pty", "sa", "sab", "cv", "sl", "srl", "sarl", "sas", "spa", "ag"),
        *("aktiengesellschaft", "gmbh", "se", "nv", "bv", "bvba", "ab", "as", "oy", "kg", "na", "lc"),
    }
)
"""Forms of company, which do not tell one from another."""
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
LONG_WORD = 5
"""One slip of the pen is allowed in words of at least so many letters, two in longer ones: East and West are two."""
WITHIN = 0.45
"""Score of a name that stands whole within another: a bank and its branch, a prison and its women's wing."""
OTHER_KIND = 0.3
"""Share of the score that is left where two kinds of prison, or numbers, or sexes are named."""

InstitutionCode = Literal[
    "same-name",
    "name-within-name",
    "similar-name",
    "other-number",
    "other-kind",
    "for-the-other-sex",
    "other-name",
]


class InstitutionParts(NamedTuple):
    """An institution's name in its parts.

    Args:
        words: what tells it from others of its kind, in plain Latin letters.
        kind: its kind where the name tells one: ``usp``, ``cereso``.
        numbers: figures in the name, Roman ones included.
        sex: whom it holds, where the name tells.
    """

    words: tuple[str, ...]
    kind: str = ""
    numbers: tuple[str, ...] = ()
    sex: Sex | None = None


class InstitutionComparison(NamedTuple):
    """Score, 0 to 1, and the reason."""

    score: float
    code: InstitutionCode


@lru_cache(maxsize=32768)
def institution_parts(name: str) -> InstitutionParts:
    """Take an institution's name apart.

    >>> institution_parts("Centro Federal de Readaptación Social No. 4 Noroeste")
    InstitutionParts(words=('noroeste',), kind='cefereso', numbers=('4',), sex=None)
    >>> institution_parts("United States Penitentiary, Alder Creek").kind
    'usp'
    """
    romans = {w: str(_arabic(w)) for w in re.findall(r"(?<![\w.])[IVX]+\b(?!\.\w)", name) if _ROMAN.fullmatch(w)}
    for roman, arabic in romans.items():
        name = re.sub(rf"\b{roman}\b", arabic, name)
    words = [w for w in re.findall(r"[a-z]+|\d+", latin(name.replace("&", " and "))) if w not in _SMALL]
    line, kind = f" {' '.join(words)} ", ""
    for long, short in KINDS.items():
        if f" {long} " in line:
            line, kind = line.replace(f" {long} ", " "), short
            break
    telling, numbers = [], []
    sex: Sex | None = None
    for word in line.split():
        if word.isdigit():
            numbers.append(word.lstrip("0") or "0")
        elif word in _SEXES:
            sex = _SEXES[word]
        elif word in _SHORT_KINDS and not kind:
            kind = word
        else:
            telling.append(word)
    which = [w for w in telling if w not in _PLAIN and w not in _LEGAL_FORMS]
    return InstitutionParts(tuple(which or telling), kind, tuple(numbers), sex)


def _arabic(roman: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10}
    values = [worth[c] for c in roman]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


@lru_cache(maxsize=65536)
def compare_institutions(left: str, right: str) -> InstitutionComparison:
    """Say how likely two written names are one institution's, and why.

    Another number, another kind of prison, or another sex make two of them, whatever else agrees.

    Raises:
        MissingExtra: the extra ``linking`` is not installed.

    >>> compare_institutions("CERESO No. 1 de Valleseco", "Centro de Reinserción Social 1, Valleseco").score
    1.0
    >>> compare_institutions("CEFERESO 4", "CEFERESO 14").code
    'other-number'
    >>> compare_institutions("FCI Alder Creek", "USP Alder Creek").code
    'other-kind'
    """
    one, other = institution_parts(left), institution_parts(right)
    score = 1.0
    left_over, matched = list(other.words), 0
    apart = 0
    for word in one.words:
        best = max(left_over, key=lambda w: _alike(word, w), default="")
        degree = _alike(word, best) if best else 0.0
        if degree:
            left_over.remove(best)
            score *= degree
            matched += 1
        else:
            apart += 1
    code: InstitutionCode = "same-name" if score == 1.0 else "similar-name"
    numbers_agree = one.numbers == other.numbers
    if apart and left_over:
        share = matched / max(len(one.words), len(other.words))
        score, code = score * WITHIN * share, "other-name"
    elif apart or left_over:
        in_number = bool(one.numbers) and numbers_agree and bool(one.kind) and one.kind == other.kind
        score, code = score * (1.0 if in_number else WITHIN), "name-within-name"
        if not matched and not in_number:
            score, code = 0.0, "other-name"
    if one.numbers != other.numbers:
        both = bool(one.numbers and other.numbers)
        score, code = score * (OTHER_KIND if both else WITHIN), "other-number" if both else code
    if one.kind and other.kind and one.kind != other.kind:
        score, code = score * OTHER_KIND, "other-kind"
    if one.sex != other.sex and one.sex and other.sex:
        score, code = score * OTHER_KIND, "for-the-other-sex"
    return InstitutionComparison(score, code)


def _alike(left: str, right: str) -> float:
    like = likeness(left, right)
    shorter = min(len(left), len(right))
    slip = shorter > LONG_WORD or (shorter == LONG_WORD and like.degree >= 1 - 1 / LONG_WORD)
    return like.degree if like.manner in {"same", "spelling"} or (like.manner == "slip" and slip) else 0.0
