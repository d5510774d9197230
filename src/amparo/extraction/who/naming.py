"""Whether two written names can be one person's: shorter and longer forms, initials, two surnames."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from amparo.domain.text import Language
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary

_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "y", "e", "van", "von", "der", "bin", "al", "da", "dos", "di", "du", "le", "vda"}
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq"})


@lru_cache(maxsize=2048)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts that tell a name apart: folded, without particles, titles' dots and suffixes.

    >>> name_parts("Eulalia Rentería vda. de Cisneros")
    ('eulalia', 'renteria', 'cisneros')
    """
    parts = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", fold(name))
    return tuple(p for p in parts if p not in _PARTICLES and p not in _SUFFIXES)


@cache
def pet_names(language: Language) -> dict[str, frozenset[str]]:
    """Which given names a pet name may stand for.

    >>> sorted(pet_names("es")["paco"])
    ['francisco']
    """
    held: dict[str, set[str]] = {}
    for entry in vocabulary("people", language)["words"]["pet_names"]:
        full, _, pets = entry.partition(":")
        for pet in pets.split("|"):
            held.setdefault(fold(pet), set()).add(fold(full))
    return {pet: frozenset(full) for pet, full in held.items()}


@lru_cache(maxsize=8192)
def agree(first: str, second: str) -> bool:
    """Whether one name is the other with parts left out or shortened to initials, in the same order.

    Two given names alone never make different surnames agree, and an initial alone names nobody.

    >>> agree("Wilmar A. Quintero", "Wilmar Andrés Quintero Salcedo")
    True
    >>> agree("Rodrigo Salmerón", "Beltrán Salmerón")
    False
    """
    short, long = sorted((name_parts(first), name_parts(second)), key=len)
    if not short or all(len(p) == 1 for p in short) or all(len(p) == 1 for p in long):
        return False
    if len(short) == 1 and len(long) > 1 and "-" in long[-1] and short[0] in long[-1].split("-"):
        return True
    at = 0
    for part in short:
        while at < len(long) and not (part == long[at] or (1 in {len(part), len(long[at])} and part[0] == long[at][0])):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True
