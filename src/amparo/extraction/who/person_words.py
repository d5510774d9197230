"""The word lists by which people are known, made ready for searching."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from amparo.domain.parties import PersonRole
from amparo.domain.text import Language
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives

UPPER = "A-ZÁÉÍÓÚÑÜÄÖÇŠŽŁÀÈÌÒÙÂÊÎÔÛ"
TOKEN = rf"(?:[{UPPER}]\.(?=\s|[{UPPER}])|[{UPPER}]\w*(?:['’][{UPPER}]\w+)?(?:-\w+(?:['’]\w+)?)*)"


class PersonWords(NamedTuple):
    """What a language calls people, ready for searching folded text.

    Args:
        titles, nouns: before a name, or after "the": the role told, and m, f or "".
        epithets: nouns for somebody already spoken of.
        given: given names.
        not_names: capitalised words that are no part of a name.
        common: everyday words, which a title does not make into names in letters that know no capitals.
        heads: words that make a capitalised name an institution, a place or a paper.
        places: names on the map.
        determiners, possessive: words before a description, the first as spelt ("esta", not "está").
        described: adjectives that may stand between the two.
        posts: words that make a line a post and no name.
        lone: kinship words that mean kin only after a possessive ("mi mujer", but "la mujer").
        openers: words that begin what is said more of a description ("of the mail room").
        relative: the openers that begin a clause.
        closers: words that end a description: verbs and joints.
        former: words that make any noun a description of somebody ("the former organist").
        bare: kinship words used without a determiner, as spelt.
        units: words that make a line's capitals a place to sleep in and no name: "CELL, C-POD".
    """

    titles: dict[str, tuple[PersonRole, str]]
    nouns: dict[str, tuple[PersonRole, str]]
    epithets: frozenset[str]
    given: frozenset[str]
    not_names: frozenset[str]
    common: frozenset[str]
    heads: frozenset[str]
    places: frozenset[str]
    determiners: frozenset[str]
    possessive: frozenset[str]
    described: frozenset[str]
    posts: frozenset[str]
    lone: frozenset[str]
    openers: frozenset[str]
    relative: frozenset[str]
    closers: frozenset[str]
    former: frozenset[str]
    not_former: frozenset[str]
    bare: frozenset[str]
    initials: frozenset[str]
    units: frozenset[str]
    title_before: re.Pattern[str]
    titled: re.Pattern[str]
    names: re.Pattern[str]
    nicknamed: re.Pattern[str]
    called: re.Pattern[str]
    greeted: re.Pattern[str]


@cache
def person_words(language: Language) -> PersonWords:
    """The word lists of a language, made ready once."""
    file, institutions = vocabulary("people", language), vocabulary("institutions", language)
    said = file["words"]

    def folded(group: str) -> frozenset[str]:
        return frozenset(fold(word) for word in said[group])

    any_title = alternatives(dict.fromkeys(file["titles"]))
    particle = "|".join(re.escape(p) for p in sorted(said["particles"], key=len, reverse=True))
    short = "|".join(re.escape(t) for t in file["titles"] if len(t) <= 4)
    suffix = "|".join(re.escape(s) for s in said["suffixes"])
    greeting = alternatives(dict.fromkeys(said["greetings"]))
    cue = alternatives(dict.fromkeys((*said["name_cues"], *said["alias_cues"])))
    return PersonWords(
        titles={fold(t): (role, gender) for t, (role, gender) in file["titles"].items()},
        nouns={fold(n): (role, gender) for n, (role, gender) in file["nouns"].items()},
        epithets=frozenset(fold(w) for w in file["epithets"]["words"]),
        given=folded("given") | _pets(said, folded("not_names") | folded("common")),
        not_names=folded("not_names"),
        common=folded("common"),
        heads=frozenset(fold(w) for group in ("authority", "organisation", "not_persons") for w in institutions[group]),
        places=frozenset(fold(p) for p in institutions["places"]),
        determiners=frozenset(said["determiners"]),
        possessive=folded("possessive"),
        described=folded("described"),
        posts=folded("posts"),
        lone=folded("lone"),
        openers=folded("openers"),
        relative=folded("relative"),
        closers=folded("closers"),
        former=folded("former"),
        not_former=folded("not_former"),
        bare=frozenset(said["bare"]),
        initials=frozenset(said["not_initials"]),
        units=folded("units"),
        title_before=re.compile(
            rf"(?<!\w)(?:(?P<determiner>{alternatives(dict.fromkeys(said['possessive']))})\s+)?"
            rf"(?P<title>{any_title})(?P<dot>\.?)[ \t]+$"
        ),
        titled=re.compile(
            rf"(?<![\w@/])(?P<title>(?:{any_title})(?:\.?[ \t]+(?:{any_title}))?)\.?[ \t]+"
            rf"(?P<name>[a-z][a-z'’-]{{2,}}(?:\s+[a-z]+-[a-z]+)?)(?![\w-])"
        ),
        names=re.compile(
            rf"(?<![\w@/])(?:(?i:{short})\.[ \t]+)*{TOKEN}"
            rf"(?:[ \t]+(?:[“\"‘'«(][^”\"’'»)\n]{{2,24}}[”\"’'»)][ \t]+)?"
            rf"(?:(?:{particle})[ \t]+){{0,2}}(?:(?i:{short})\.[ \t]+)?{TOKEN})*"
            rf"(?:,?[ \t]+(?i:{suffix})\b\.?)?"
        ),
        nicknamed=re.compile(
            rf"(?:(?<=\w )|(?<=[«“]))(?<!\ben )(?<!\bdesde )(?<!\bhacia )(?:el|la|El)[ \t]+"
            rf"(?P<name>(?![{UPPER}]{{2}}){TOKEN}(?:[ \t]+{TOKEN})?)(?![ \t]+(?:de|del)\b)(?![\w.])"
        )
        if language == "es"
        else re.compile(rf"(?<!\w)El[ \t]+(?P<name>{TOKEN})(?!\w)"),
        called=re.compile(
            rf"(?<!\w)(?:{cue}),?\s+[\"«]?(?P<name>(?:(?:el|la)\s+)?[a-z][\w'-]{{2,}}(?:\s+[a-z][\w'-]{{2,}})?)(?!\w)"
        ),
        greeted=re.compile(rf"(?:^|\n)\s*(?:{greeting})\s+(?P<name>[a-z'-]{{3,}})(?!\w)"),
    )


def _pets(said: dict[str, list[str]], ordinary: frozenset[str]) -> frozenset[str]:
    """The pet names that no everyday word is."""
    pets = {fold(pet) for entry in said["pet_names"] for pet in entry.partition(":")[2].split("|")}
    return frozenset(pet for pet in pets if len(pet) > 3) - ordinary - {"will", "bill", "jack", "penny", "coco", "nena"}


def is_plural(noun: str, language: Language) -> bool:
    """Whether a noun for people means several of them.

    >>> [is_plural(noun, "en") for noun in ("attorneys", "gang boss", "staff")]
    [True, False, True]
    """
    said = vocabulary("people", language)["words"]
    last = fold(noun).split()[-1]
    single = {fold(word) for word in said["not_plural"]}
    ends_so = last.endswith("s") and not {last, fold(noun)} & single
    return ends_so or last in {fold(word) for word in said["plural"]}
