"""Who is held, by the words of prison life that stand about a name: "Rollo next door", "Bree, who is on my tier"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives
from amparo.extraction.who.cast import Cast, Somebody
from amparo.extraction.who.naming import name_parts

BESIDE = 45
"""How near a name words that only a prisoner is told with stand to it, in characters."""
OPENING = 300
"""Within how many characters of a letter's beginning a line may open with the one written to."""
COURTESY = frozenset({"mr", "mrs", "ms", "miss", "mister", "sr", "sra", "srta", "señor", "senor", "senora", "senorita"})
"""Courtesies by which letters speak of staff and helpers oftener than of prisoners."""


@cache
def _words(language: Language) -> tuple[Phrases, Phrases, re.Pattern[str], re.Pattern[str]]:
    said = vocabulary("people", language)["words"]
    return (
        Phrases.of(said["inside"]),
        Phrases.of(said["fellows"]),
        re.compile(rf",? (?:{alternatives(dict.fromkeys(said['fellow_behind']))})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{alternatives(dict.fromkeys(said['fellow_before']))}),? (?:el |la )?$"),
    )


def tell_fellows(cast: Cast) -> None:
    """Call those detained of whom a letter tells prison life, unless they are staff, kin, or the one written to."""
    _held_relative(cast)
    inside, fellows, behind, before = _words(cast.language)
    folded = fold(cast.content)
    helpers = _helpers(cast)
    for person in cast.everybody:
        if person.role not in {"other", "family"} or person is cast.author or not person.names:
            continue
        if any(p is person for p in helpers):
            continue
        places = [(f.start, f.end) for f in cast.found if cast.whose(f) is person and f.kind == "name"]
        listed = cast.author is None or cast.author.role in {"lawyer", "official", "other"}
        plainly = any(
            (listed and _heads_item(cast, start, end))
            or behind.match(folded, end)
            or before.search(folded, max(0, start - BESIDE), start)
            for start, end in places
        )
        if plainly:
            person.role = "detained"
            continue
        kin = person.nouns & {n for n, (role, _) in cast.words.nouns.items() if role == "family"}
        formal = person.nouns & COURTESY and len(name_parts(person.name)) < 2
        if person.role == "family" or kin or formal or _work(cast, person):
            continue
        told = [cast.content[slice(*cast.sentence(start))] for start, _ in places]
        if any(next(inside.find(words), None) is not None for words in told) or any(
            next(fellows.find(words), None) is not None for words in told
        ):
            person.role = "detained"


def _held_relative(cast: Cast) -> None:
    """In a letter by family that calls nobody held: the relative of whom most prison life is told is."""
    if (
        cast.author is None
        or cast.author.role != "family"
        or any(p.role == "detained" and p.names for p in cast.everybody)
    ):
        return
    inside = _words(cast.language)[0]
    could = {fold(w) for w in vocabulary("people", cast.language)["words"]["held_relatives"]}
    told = {
        index: sum(1 for start, _ in p.places for _ in inside.find(cast.content[slice(*cast.sentence(start))]))
        for index, p in enumerate(cast.everybody)
        if p.names and p is not cast.author and p.role == "family" and p.nouns & could
    }
    if told and max(told.values()) > 0:
        cast.everybody[max(told, key=lambda index: told[index])].role = "detained"


def _heads_item(cast: Cast, start: int, end: int) -> bool:
    """Whether a name heads a numbered item, as those visited do in a memorandum: "2. Ada Pike. ..."."""
    before, after = cast.content[max(0, start - 6) : start], cast.content[end : end + 1]
    return re.search(r"(?:^|\n)[ \t]*\d{1,2}[.)][ \t]*$", before) is not None and after in ".:,–-"


def _work(cast: Cast, person: Somebody) -> bool:
    """Whether a noun tells what somebody is by trade: a teacher, a chaplain, an interpreter."""
    return bool(person.nouns & cast.words.nouns.keys() - _anybody(cast.language) - COURTESY)


@cache
def _anybody(language: Language) -> frozenset[str]:
    said = vocabulary("people", language)["words"]
    return frozenset(fold(w) for w in (*said["anybody"], *said["lead"], *said["unnamed"]))


def _helpers(cast: Cast) -> Iterator[Somebody]:
    """Whom a letter is written to: those named in its greeting, or on its head lines."""
    said = vocabulary("people", cast.language)["words"]
    folded = fold(cast.content)
    greeting = re.compile(rf"(?:^|\n)\s*(?:to:|from:|cc:|(?:{alternatives(dict.fromkeys(said['greetings']))})(?!\w))")
    opened = len(folded) - len(folded.lstrip())
    first = [f for f in cast.found if f.kind == "name" and cast.whose(f) is not cast.author][:2]
    for found in cast.found:
        somebody = cast.whose(found)
        if somebody is None:
            continue
        line = folded.rfind("\n", 0, found.start) + 1
        begins = not folded[line : found.start].strip(" ,¡¿")
        opens = (
            found in first and found.noun in cast.words.titles and found.start - opened < (OPENING if begins else 60)
        )
        if opens or greeting.match(folded[max(0, line - 1) : found.start]):
            yield somebody
