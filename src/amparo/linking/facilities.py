"""Which names of facilities in different documents may be one facility's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amparo.domain.identities import Candidate, Ground, GroundCode
from amparo.domain.law import Bilingual
from amparo.domain.parties import Facility
from amparo.linking.institutions import InstitutionCode, InstitutionComparison, compare_institutions, institution_parts
from amparo.linking.spelling import consonants

SUGGEST_FROM = 0.4
"""Score from which two names are shown to a person: one name within the other is enough."""

_SAID: Mapping[InstitutionCode, tuple[GroundCode, str, str]] = {
    "same-name": ("same-facility-name", "The same name: {0}, {1}.", "El mismo nombre: {0}, {1}."),
    "name-within-name": (
        "facility-name-within-name",
        "One name stands within the other: {0}, {1}.",
        "Un nombre está dentro del otro: {0}, {1}.",
    ),
    "similar-name": (
        "similar-facility-name",
        "A slip of the pen apart: {0}, {1}.",
        "Los separa un desliz de la pluma: {0}, {1}.",
    ),
}


def suggest_facilities(names: Iterable[str], listed: Mapping[str, Facility] | None = None) -> tuple[Candidate, ...]:
    """Suggest which names of facilities mean one facility. Another number, kind or sex makes two of them.

    Args:
        names: facilities as documents write them.
        listed: facilities of the list by their codes; a name is compared with all names each of them has or had.

    Raises:
        MissingExtra: the extra ``linking`` is not installed.

    >>> [(c.left, c.right) for c in suggest_facilities(["CERESO 2 Valleseco", "Cereso núm. 2, Valleseco", "CERESO 3"])]
    [('CERESO 2 Valleseco', 'Cereso núm. 2, Valleseco')]
    """
    known = listed or {}
    borne: dict[str, tuple[str, ...]] = {name: (name,) for name in names if name not in known}
    borne |= {code: (one.name, *one.aliases, *one.formerly) for code, one in known.items()}
    blocks: dict[str, list[str]] = {}
    for record in sorted(borne):
        for key in {key for name in borne[record] for key in _keys(name)}:
            blocks.setdefault(key, []).append(record)
    pairs = {(left, right) for block in blocks.values() for i, right in enumerate(block) for left in block[:i]}
    found = []
    for left, right in pairs:
        if left in known and right in known:
            continue
        best, one, other = _best(borne[left], borne[right])
        if best.score >= SUGGEST_FROM and best.code in _SAID:
            code, en, es = _SAID[best.code]
            ground = Ground(code=code, say=Bilingual(en=en.format(one, other), es=es.format(one, other)))
            found.append(Candidate(left=left, right=right, score=round(best.score, 4), grounds=(ground,)))
    return tuple(sorted(found, key=lambda c: (-c.score, c.left, c.right)))


def _keys(name: str) -> set[str]:
    parts = institution_parts(name)
    return {consonants(word) for word in parts.words} | {f"{parts.kind} {number}" for number in parts.numbers}


def _best(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[InstitutionComparison, str, str]:
    compared = [(compare_institutions(one, other), one, other) for one in left for other in right]
    return max(compared, key=lambda found: (found[0].score, found[1], found[2]))
