"""Which appearances in different documents may be one person: suggestions with their grounds, the strongest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from amparo.domain.identities import Appearance, Candidate, Ground, GroundCode
from amparo.domain.law import Bilingual
from amparo.linking.grounds import Known, best_comparison, grounds, known
from amparo.linking.names import LIKELY, Comparison, NameParts
from amparo.linking.spelling import consonants
from amparo.linking.words import pet_names

SUGGEST_FROM = 0.5
"""Score from which two appearances are shown to a person. Each missed pair costs more than a glance at a wrong one."""
NAME = 0.8
"""Share of a name's score that counts when nothing but the names agrees: people share names."""
FOR: Mapping[GroundCode, float] = {
    "same-register-number": 0.95,
    "same-birth": 0.6,
    "same-nickname": 0.55,
    "same-facility-then": 0.5,
    "same-dated-event": 0.4,
    "same-facility": 0.3,
}
"""How much of the remaining doubt each ground takes away."""
AGAINST: Mapping[GroundCode, float] = {
    "other-name": 0.6,
    "other-role": 0.5,
    "elsewhere-then": 0.4,
    "other-birth": 0.3,
    "other-register-number": 0.3,
    "other-sex": 0.25,
    "two-in-one-document": 0.25,
    "relative": 0.15,
}
"""What share of the score each ground against leaves."""

_SAID: Mapping[str, tuple[str, str]] = {
    "same-full-name": ("The same name: {0}.", "El mismo nombre: {0}."),
    "other-spelling": (
        "The same name in another spelling: {0}, {1}.",
        "El mismo nombre escrito de otro modo: {0}, {1}.",
    ),
    "name-within-name": ("One name stands within the other: {0}, {1}.", "Un nombre está dentro del otro: {0}, {1}."),
    "similar-name": ("A slip of the pen apart: {0}, {1}.", "Los separa un desliz de la pluma: {0}, {1}."),
    "other-name": ("The names are two: {0}, {1}.", "Los nombres son dos: {0}, {1}."),
    "other-sex": ("A woman's and a man's name: {0}, {1}.", "Un nombre de mujer y uno de hombre: {0}, {1}."),
}


def suggest(appearances: Iterable[Appearance], *, about: Collection[str] | None = None) -> tuple[Candidate, ...]:
    """Suggest which appearances may be one person. Nothing is joined: a person judges each.

    A suggestion rests on names that agree, on one register number, or on one nickname together with something more.
    A register number alone is always worth a look, whatever speaks against it; a relative never is.

    Args:
        appearances: the people of all documents, in any order.
        about: ids of those whose pairs are wanted, for looking at a new document alone; all by default.

    Raises:
        MissingExtra: the extra ``linking`` is not installed.

    >>> letter = Appearance(document="letter", person=0, name="Wilmar Quintero Salcedo", role="detained")
    >>> report = Appearance(document="report", person=2, name="Wilmar A. Quintero", role="detained")
    >>> [(c.left, c.right, c.grounds[0].code) for c in suggest([letter, report])]
    [('letter#0', 'report#2', 'similar-name')]
    """
    everybody = {one.id: known(one) for one in appearances}
    ids = sorted(everybody)
    apart = _known_as_two(everybody.values())
    found = []
    for left, right in _worth_comparing([everybody[i] for i in ids]):
        if about is not None and ids[left] not in about and ids[right] not in about:
            continue
        candidate = _weigh(everybody[ids[left]], everybody[ids[right]], everybody, apart)
        if candidate is not None:
            found.append(candidate)
    return tuple(sorted(found, key=lambda c: (-c.score, c.left, c.right)))


def block_keys(appearance: Appearance) -> frozenset[str]:
    """By what an appearance is found among many: two that :func:`suggest` would compare share at least one key.

    Args:
        appearance: a person as one document knows them.

    >>> one = Appearance(document="1", person=0, name="Tomás Varela")
    >>> other = Appearance(document="2", person=0, name="T. Varela")
    >>> block_keys(one).isdisjoint(block_keys(other))
    False
    """
    keys = _keys(known(appearance))
    return frozenset(
        [*("|".join(("all", *key)) for key in keys.full), *("|".join(("part", *key)) for key in keys.part | keys.whole)]
    )


_Key = tuple[str, ...]


class _Keys(NamedTuple):
    """By what an appearance is found.

    Args:
        full: numbers, nicknames, and two words of the name, the second in outline: any two that share one are compared.
        part: what a name with an initial, or of one word, looks for: one word with a letter, or with a facility.
        whole: what a longer name offers to those.
    """

    full: frozenset[_Key]
    part: frozenset[_Key]
    whole: frozenset[_Key]


def _worth_comparing(everybody: list[Known]) -> Iterator[tuple[int, int]]:
    """Pairs, by their places, that share a key; the others share too little to be one person."""
    full: dict[_Key, list[int]] = {}
    part: dict[_Key, list[int]] = {}
    whole: dict[_Key, list[int]] = {}
    for place, somebody in enumerate(everybody):
        for kept, keys in zip((full, part, whole), _keys(somebody), strict=True):
            for key in keys:
                kept.setdefault(key, []).append(place)
    blocks = chain(
        ((places, places) for places in full.values()),
        ((places, places + whole.get(key, [])) for key, places in part.items()),
    )
    seen: set[int] = set()
    for ones, others in blocks:
        for one in ones:
            for other in others:
                pair = one * len(everybody) + other if one < other else other * len(everybody) + one
                if one != other and pair not in seen:
                    seen.add(pair)
                    yield min(one, other), max(one, other)


def _keys(one: Known) -> _Keys:
    full: set[_Key] = {("number", number) for number in one.numbers}
    full |= {("nickname", nickname) for nickname in one.nicknames}
    part: set[_Key] = set()
    whole: set[_Key] = set()
    facilities = {stay.facility for stay in one.appearance.stays}
    for parts in one.parts:
        written_out = [word for word in parts.words if len(word) > 1]
        initials = {word for word in parts.words if len(word) == 1}
        for word in written_out:
            heard = consonants(word)
            at = {(heard, "at", facility) for facility in facilities}
            whole |= at
            if len(parts.words) == 1:
                part |= at
            part |= {(heard, "letter", initial) for initial in initials}
            for other in written_out:
                if other is not word:
                    for outline in _heard(other):
                        full |= {(heard, outline[:2]), (heard, outline[0], outline[-1])}
                        whole.add((heard, "letter", outline[0]))
    return _Keys(frozenset(full), frozenset(part), frozenset(whole))


def _heard(word: str) -> Iterator[str]:
    """The consonants of a word, and of the names it may be short for; a vowel at the beginning as its own letter."""
    for name in (word, *pet_names().get(word, ())):
        yield consonants(name)


class _Apart(NamedTuple):
    """Two names that one document gives to two people."""

    left: tuple[str, ...]
    right: tuple[str, ...]


def _known_as_two(everybody: Iterable[Known]) -> dict[_Apart, str]:
    """Names that some document tells apart although they share a word, with that document."""
    by_document: dict[str, list[NameParts]] = {}
    for one in everybody:
        by_document.setdefault(one.appearance.document, []).extend(one.parts[:1])
    found: dict[_Apart, str] = {}
    for document, names in by_document.items():
        for at, right in enumerate(names):
            for left in names[:at]:
                if left.words != right.words and not set(left.words).isdisjoint(right.words):
                    pair = _Apart(*sorted((left.words, right.words)))
                    found[pair] = min(found.get(pair, document), document)
    return found


def _weigh(left: Known, right: Known, everybody: Mapping[str, Known], apart: Mapping[_Apart, str]) -> Candidate | None:
    compared, one, other = best_comparison(left, right)
    if not (compared.shared or left.numbers.keys() & right.numbers or left.nicknames & right.nicknames):
        return None
    found = list(grounds(left, right))
    codes = {ground.code for ground in found}
    if compared.score < LIKELY and not (codes & FOR.keys()):
        return None
    if one:
        found.insert(0, _said(compared, one, other))
    found += _two_in_one_document(left, right, apart)
    found += _relative(left, right, compared, everybody, codes)
    doubt = 1 - NAME * compared.score
    for ground in found:
        doubt *= 1 - FOR.get(ground.code, 0.0)
    score = 1 - doubt
    for code in {ground.code for ground in found}:
        score *= AGAINST.get(code, 1.0)
    kept_apart = any(ground.code in {"relative", "two-in-one-document"} for ground in found)
    by_number = "same-register-number" in codes and not kept_apart
    if score < SUGGEST_FROM and not by_number:
        return None
    found.sort(key=lambda ground: not ground.speaks_for)
    return Candidate(left=left.appearance.id, right=right.appearance.id, score=round(score, 4), grounds=tuple(found))


def _said(compared: Comparison, one: str, other: str) -> Ground:
    en, es = _SAID[compared.code]
    return Ground(code=compared.code, say=Bilingual(en=en.format(one, other), es=es.format(one, other)))


def _two_in_one_document(left: Known, right: Known, apart: Mapping[_Apart, str]) -> Iterator[Ground]:
    document = left.appearance.document if left.appearance.document == right.appearance.document else None
    if document is None and left.parts and right.parts:
        document = apart.get(_Apart(*sorted((left.parts[0].words, right.parts[0].words))))
    if document is not None:
        yield Ground(
            code="two-in-one-document",
            say=Bilingual(
                en=f"Document {document} speaks of them as two.",
                es=f"El documento {document} habla de ellas como de dos.",
            ),
        )


def _relative(
    left: Known, right: Known, compared: Comparison, everybody: Mapping[str, Known], codes: set[GroundCode]
) -> Iterator[Ground]:
    """Whether the one is a relative of somebody whom the other's name fits at least as well."""
    if "relative" in codes:
        return
    for one, other in ((left, right), (right, left)):
        for relation in one.appearance.relations:
            related = everybody.get(f"{one.appearance.document}#{relation.of}")
            if related is None:
                continue
            fits = best_comparison(related, other)[0].score
            if fits >= LIKELY and fits >= compared.score:
                yield Ground(
                    code="relative",
                    say=Bilingual(
                        en=f"The one is the other's {relation.words}, by document {one.appearance.document}.",
                        es=f"Son parientes ({relation.words}), según el documento {one.appearance.document}.",
                    ),
                )
                return
