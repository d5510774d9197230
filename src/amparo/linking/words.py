"""Words that go with names in English and Spanish: titles, pet names, kin. Read from the vocabularies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from amparo.domain.identities import Sex
from amparo.linking.spelling import latin


@cache
def _people() -> tuple[Mapping[str, Any], ...]:
    folder = resources.files("amparo") / "data" / "vocabulary"
    return tuple(tomllib.loads((folder / language / "people.toml").read_text("utf8")) for language in ("en", "es"))


@cache
def titles() -> Mapping[tuple[str, ...], Sex | None]:
    """Titles of both languages, each as its words, with the sex it tells; none where either language gives it to both.

    >>> titles()[("mrs",)], titles()[("officer",)]
    ('f', None)
    """
    found: dict[tuple[str, ...], Sex | None] = {}
    for words in _people():
        for title, (_, sex) in words["titles"].items():
            key = tuple(re.findall(r"[a-z]+", latin(title)))
            found[key] = sex if sex and found.get(key, sex) == sex else None
    return found


@cache
def kin() -> Mapping[str, Sex | None]:
    """Words for relatives in both languages, with the sex they tell.

    >>> kin()["hermana"], kin()["cousin"]
    ('f', None)
    """
    found: dict[str, Sex | None] = {}
    for words in _people():
        found |= {latin(noun): sex or None for noun, (role, sex) in words["nouns"].items() if role == "family"}
    return found


@cache
def pet_names() -> Mapping[str, frozenset[str]]:
    """Which given names a pet name may stand for.

    >>> sorted(pet_names()["paco"])
    ['francisco']
    """
    found: dict[str, set[str]] = {}
    for words in _people():
        for entry in words["words"]["pet_names"]:
            name, _, pets = entry.partition(":")
            for pet in pets.split("|"):
                found.setdefault(latin(pet), set()).add(latin(name))
    return {pet: frozenset(names) for pet, names in found.items()}


def is_pet_name(left: str, right: str) -> bool:
    """Whether one given name is a pet name of the other.

    >>> is_pet_name("paco", "francisco"), is_pet_name("bill", "bob")
    (True, False)
    """
    pets = pet_names()
    return right in pets.get(left, ()) or left in pets.get(right, ())
