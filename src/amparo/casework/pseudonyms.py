"""Who must not be known from a release, and what stands in each one's place: the same in all its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from amparo.casework.models import Appearance, Case, Document, Reading
from amparo.drafting.hiding import Hidden, fold
from amparo.drafting.telling import initials_of, word
from amparo.extraction.who.person_words import person_words
from amparo.matters import same_name

NUMBER_SIGN = "[…]"
"""What stands in the place of a number of somebody whose name may be told."""
_NAMED = ("name", "full")


class Person(msgspec.Struct, kw_only=True):
    """Somebody hidden, as the record keeps it; this never leaves.

    Args:
        shown_as: what stands in their place.
        names: every name of theirs.
        numbers: register numbers and others.
        known_from: case, document, or added by a person.
    """

    shown_as: str
    names: list[str]
    numbers: list[str] = []
    known_from: str = "document"


class Cast(NamedTuple):
    """Everybody in the documents of a case: those who have names, and those only described, who keep none to hide."""

    people: list[Person]
    described: tuple[str, ...]


def cast_of(
    case: Case, documents: Iterable[Document], *, identity: str, language: str, known: Sequence[Person] = ()
) -> Cast:
    """Everybody to be hidden in a release of a case.

    Args:
        case: whose.
        documents: every document whose people must not be known.
        identity: how much of who the person is may be told; from their name on they themselves are not hidden.
        language: of what stands in their places.
        known: those already hidden in this release, whose places do not change.
    """
    people = [msgspec.structs.replace(one, names=[*one.names], numbers=[*one.numbers]) for one in known]
    described: dict[str, None] = {}
    if not people:
        people += _the_person(case, identity, language)
    every = list(_people_in(documents))
    for found in (*every, *every):  # twice, since a name learned late may join one that was met early
        if not found.names:
            described.setdefault(found.shown_as)
            continue
        if identity in _NAMED and any(same_name(name, case.person) for name in found.names):
            continue
        same = next((one for one in people if _same(one, found)), None)
        if same is None:
            people.append(
                msgspec.structs.replace(found, shown_as=next_name(people, language), known_from="document")
            )  # fmt: skip
        else:
            same.names += [name for name in found.names if name not in same.names]
            same.numbers += [number for number in found.numbers if number not in same.numbers]
    return Cast(people, tuple(described))


def next_name(people: Sequence[Person], language: str) -> str:
    """The next free name to put in somebody's place: ``Person 3``."""
    taken = {one.shown_as for one in people}
    called = word("release", "person", language)
    return next(name for n in range(1, len(people) + 2) if (name := f"{called} {n}") not in taken)


def hidden_of(people: Iterable[Person]) -> tuple[Hidden, ...]:
    """The same as the library hides them."""
    return tuple(Hidden(shown_as=one.shown_as, names=tuple(one.names), numbers=tuple(one.numbers)) for one in people)


def _the_person(case: Case, identity: str, language: str) -> Iterator[Person]:
    numbers = [case.register_number] if case.register_number else []
    numbers += [case.born] if case.born and any(ch.isdigit() for ch in case.born) else []
    if identity not in _NAMED:
        shown = {"initials": initials_of(case.person), "reference": case.reference}.get(identity)
        yield Person(
            shown_as=shown or next_name((), language), names=[case.person], numbers=numbers, known_from="case"
        )  # fmt: skip
    elif numbers and identity != "full":
        yield Person(shown_as=NUMBER_SIGN, names=numbers[:1], numbers=numbers, known_from="case")


def _people_in(documents: Iterable[Document]) -> Iterator[Person]:
    """Everybody named in the latest reading of each document; who has no name comes with what they are called."""
    rows = list(documents)
    latest: dict[int, Reading] = {}
    for reading in Reading.objects.filter(document__in=rows, state=Reading.State.READ).order_by("number"):
        latest[reading.document_id] = reading
    numbers: dict[tuple[int, str], list[str]] = {}
    for one in Appearance.objects.filter(document__in=rows, about=Appearance.About.PERSON):
        numbers.setdefault((one.document_id, one.name), []).extend(str(number) for number in one.numbers)
    for key, reading in sorted(latest.items()):
        for person in reading.people:
            called = [person["name"], *person["aliases"]]
            yield Person(
                shown_as=person["name"], names=names_in(called), numbers=numbers.get((key, person["name"]), [])
            )


def names_in(called: Sequence[str]) -> list[str]:
    """The names in what somebody is called: without titles, posts and words for kin, which name nobody.

    >>> names_in(["Sorley", "Lieutenant Sorley", "the officer"])
    ['Sorley']
    """
    found: dict[str, None] = {}
    for place, words in enumerate(called):
        if words == words.lower() and fold(words).partition(" ")[0] in _ordinary().small:
            continue  # "the old man next door" describes; no word of it is a name
        kept = [word for word in words.replace(",", " ").split() if _is_name(word, own=place == 0)]
        if kept:
            found.setdefault(" ".join(kept))
    return list(found)


def _is_name(word: str, *, own: bool) -> bool:
    plain = fold(word.strip(".'’\"“”"))
    words = _ordinary()
    if plain in words.titles | words.small or not plain:
        return False
    return plain not in words.ordinary or (own and word[0].isupper())


class _Words(NamedTuple):
    """Titles and small words, which never name anybody; and ordinary words, which do only as somebody's own name."""

    titles: frozenset[str]
    small: frozenset[str]
    ordinary: frozenset[str]


@cache
def _ordinary() -> _Words:
    titles: set[str] = set()
    small: set[str] = set()
    ordinary: set[str] = set()
    given: set[str] = set()
    for language in ("en", "es"):
        said = person_words(language)
        given |= {fold(name) for name in said.given}
        for phrase in (*said.titles, *said.openers, *said.posts):
            titles |= set(fold(phrase).split())
        for phrase in (*said.determiners, *said.possessive):
            small |= set(fold(phrase).split())
        for phrase in (*said.nouns, *said.epithets, *said.common, *said.not_names, *said.described, *said.bare,
                       *said.lone, *said.closers):  # fmt: skip
            ordinary |= set(fold(phrase).split())
    return _Words(frozenset(titles - given), frozenset(small), frozenset(ordinary - given))


def _same(one: Person, other: Person) -> bool:
    return any(same_name(name, found) for name in one.names for found in other.names)
