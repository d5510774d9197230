"""Descriptions that stand for somebody named or described elsewhere: "the officer", "my client", "the former cook"."""

from __future__ import annotations

import re

from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.who.appositions import client_of
from amparo.extraction.who.cast import INDEFINITE, Cast, Somebody, gender_of
from amparo.extraction.who.person_found import PersonFound
from amparo.extraction.who.person_words import is_plural

LEAD = 110
"""The one a report opens with is described in no more characters than this."""


def resolve_descriptions(cast: Cast) -> None:
    """Give every description to somebody, or meet somebody new in it; what is not supported stays apart."""
    headline = _headline_end(cast)
    later: list[PersonFound] = []
    for person in cast.found:
        if person.kind == "name" or is_plural(person.noun, cast.language) or cast.whose(person) is not None:
            if (
                person.noun
                and cast.words.nouns.get(person.noun, ("",))[0] == "lawyer"
                and person.determiner in cast.words.possessive
            ):
                somebody = cast.whose(person)
                if somebody is not None:
                    somebody.client = somebody.client or client_of(cast, person)
            continue
        if cast.genre == "official" and person.noun in _group(cast, "petitioner"):
            continue
        if cast.genre != "letter" and (person.start < headline or _points_back(cast, person)):
            later.append(person)
        else:
            _describe(cast, person)
    for person in later:
        somebody = _referred_to(cast, person)
        if somebody is not None:
            cast.give(somebody, person)
        elif person.start >= headline and person.kind != "epithet":
            _describe(cast, person)
    if cast.genre == "news":
        _lead(cast, headline)
        _headline_forms(cast, headline)


def _group(cast: Cast, name: str) -> frozenset[str]:
    """A list of the language's people file, folded."""
    return frozenset(fold(word) for word in vocabulary("people", cast.language)["words"][name])


def _points_back(cast: Cast, person: PersonFound) -> bool:
    """Whether a description speaks of somebody a report knows: an epithet, "my client", "the inmate"."""
    return person.kind == "epithet" or (
        person.role == "detained" and person.determiner not in INDEFINITE and person.end == person.core
    )


def _describe(cast: Cast, person: PersonFound) -> None:
    noun = _kin(person.noun, cast)
    same = [p for p in cast.everybody if noun in {_kin(n, cast) for n in p.nouns} and p is not cast.author]
    same = [p for p in same if not (p.gender and person.gender and p.gender != person.gender)]
    if not same and noun:
        same = [
            p
            for p in cast.everybody
            if any(noun == n.split()[-1] or n.startswith(f"{noun} ") for n in p.nouns if n) and p is not cast.author
        ]
    if (announced := _announced(cast, person)) is not None:
        cast.give(announced, person)
    elif same and person.determiner not in INDEFINITE:
        before = [p for p in same if any(at <= person.start for at, _ in p.places)]
        chosen = max(before or same, key=lambda p: max([at for at, _ in p.places if at <= person.start], default=-1))
        cast.give(chosen, person)
    else:
        cast.meet(person)


def _announced(cast: Cast, person: PersonFound) -> Somebody | None:
    """In a report, whom "a kitchen foreman" means when it later speaks of "the foreman, Leland Rusk"."""
    if cast.genre != "news" or person.determiner not in {"a", "an", "un", "una"} or person.end > person.core:
        return None
    last = person.noun.split()[-1]
    later = [
        p
        for p in cast.found
        if p.start > person.start
        and p.kind != "name"
        and p.determiner in {"the", "el", "la"}
        and p.noun.split()[-1] == last
        and (whose := cast.whose(p)) is not None
        and whose.names
        and min(at for at, _ in whose.places) > person.start
    ]
    return cast.whose(later[0]) if later else None


def _kin(noun: str, cast: Cast) -> str:
    """One word for all that mean it: mom, moms and mother are one."""
    for group in vocabulary("people", cast.language)["words"]["same_kin"]:
        members = fold(group).split("|")
        if noun in members:
            return members[0]
    return noun


def _referred_to(cast: Cast, person: PersonFound) -> Somebody | None:
    if person.noun in _group(cast, "clients"):
        return _client(cast, person)
    named = [p for p in cast.everybody if p.names]
    called = [p for p in named if person.noun in p.nouns and p.places[0][0] < person.start]
    if called and person.noun not in {"detenido", "detenida"}:
        return max(called, key=lambda p: max(at for at, _ in p.places if at < person.start))
    unnamed = [p for p in cast.everybody if not p.names and person.noun in p.nouns and p.places[0][0] < person.start]
    if unnamed:
        return unnamed[-1]
    if person.noun in _group(cast, "anybody"):
        return _last_spoken_of(cast, person)
    lawyer = next((p for p in named if cast.words.nouns.get(person.noun, ("",))[0] == p.role == "lawyer"), None)
    return lawyer or cast.subject(person.gender)


def _client(cast: Cast, person: PersonFound) -> Somebody | None:
    """Whom "my client" means: the client of the lawyer named nearest, else the one the report is about."""
    start, end = cast.sentence(person.start)
    lawyers = [p for p in cast.found if p.kind == "name" and (w := cast.whose(p)) is not None and w.role == "lawyer"]
    near = min(lawyers, key=lambda p: (not start <= p.start < end + 60, abs(p.start - person.start)), default=None)
    lawyer = cast.whose(near) if near is not None else None
    return (lawyer.client if lawyer is not None else None) or cast.subject()


def _last_spoken_of(cast: Cast, person: PersonFound) -> Somebody | None:
    """Whom "the woman" means: the one named last who may be one."""
    start, _ = cast.sentence(person.start)
    placed = sorted(
        (at, index)
        for index, p in enumerate(cast.everybody)
        if p.names and _may_be(p, person.gender)
        for at, _ in p.places
        if start - 450 <= at < person.start
    )
    return cast.everybody[placed[-1][1]] if placed else None


def _may_be(somebody: Somebody, gender: str) -> bool:
    known = somebody.gender or gender_of(somebody.name)
    return not gender or not known or known == gender


def _headline_end(cast: Cast) -> int:
    """Where the headline of a report ends: its first line, if that is short and ends without a stop."""
    first = cast.content.lstrip().split("\n")[0] if cast.genre == "news" else ""
    return len(first) + 1 if first and len(first) <= 160 and first.rstrip()[-1] not in ".,;" else 0


def _lead(cast: Cast, headline: int) -> None:
    """The one a report opens with, if one alone is described there and then named: "A man held at X says ..."."""
    subject = cast.subject()
    if subject is None:
        return
    verbs = r"(?=,? (?:" + "|".join(_group(cast, "lead_verbs")) + r")(?!\w))"
    opening = re.compile(
        r"(?:^|\n|[-–—] |\.[-–—] ?)(?P<one>(?:a|an|un|una)\s(?:[\w-]+\s){0,3}?(?:"
        + "|".join(_group(cast, "lead"))
        + rf")(?!\w)[^.\n]{{0,{LEAD}}}?){verbs}"
    )
    folded = fold(cast.content)
    body = folded.find("\n", headline) if headline else 0
    match = opening.search(folded, max(0, headline - 1), max(body, headline) + 700)
    if match is None:
        return
    start, end = match.span("one")
    if subject.places and min(at for at, _ in subject.places if at >= headline) < start:
        return
    subject.call(cast.content[start:end])
    if subject.role == "other":
        subject.role = "detained"
    for person in cast.found:
        if (
            person.start == start
            and (held := cast.whose(person)) is not None
            and held is not subject
            and not held.names
        ):
            cast.merge(subject, held)


def _headline_forms(cast: Cast, headline: int) -> None:
    """What the headline calls people, without articles: "Rikers detainee's jaw broken as captain watched"."""
    folded = fold(cast.content[:headline])
    tokens = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\W\d_][\w-]*", folded)]
    subject = cast.subject()
    detained = _group(cast, "lead")
    taken = [p for p in cast.found if p.end <= headline and p.kind == "name"]
    at = 0
    while at < len(tokens):
        length = _known_noun(cast, [word for _, _, word in tokens[at : at + 3]])
        if not length:
            at += 1
            continue
        start, end = tokens[at][0], tokens[at + length - 1][1]
        noun = folded[start:end]
        at += length
        if is_plural(noun, cast.language) or any(p.start < end and start < p.end for p in taken):
            continue
        somebodies = [
            p for p in cast.everybody if noun in p.nouns or any(n.split()[-1] == noun.split()[-1] for n in p.nouns if n)
        ]
        about = noun in detained or noun.startswith("ex")
        somebody = subject if about else somebodies[0] if len(somebodies) == 1 else None
        if somebody is None:
            continue
        somebody.call(cast.content[start:end])
        before = re.search(r"(?:(?<=\s)|^)[A-ZÁÉÍÓÚÑ][\w.-]*[ \t]$", cast.content[:start])
        if before and somebody is subject and fold(before.group()).strip() not in cast.words.not_names:
            somebody.call(cast.content[before.start() : end])
        after = next((p for p in taken if 0 < p.start - end <= 1), None)
        if after is not None and cast.whose(after) is somebody:
            somebody.call(cast.content[start : after.end])
        if (of := re.match(r" (?:del?|de la) ", folded[end:])) is not None:
            whom = next((p for p in taken if end < p.end and p.start - end - of.end() <= 20), None)
            if whom is not None:
                somebody.call(cast.content[start : whom.end])


def _known_noun(cast: Cast, words: list[str]) -> int:
    """How many of these words, from the first, make a noun for a person."""
    known = cast.words.nouns.keys() | cast.words.epithets
    for length in range(len(words), 0, -1):
        if " ".join(words[:length]) in known:
            return length
    former = words[0].startswith("ex") and len(words[0]) > 8 and words[0] not in cast.words.not_former
    return 1 if former and cast.language == "es" else 0
