"""Whose words: from the words that name a speaker to one of the document's people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from amparo.domain.claims import Source
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.attribution.cues import lists
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary

LONGEST = 200
"""No name is longer than this, in characters."""
REACH = 420
"""How far back, in characters, a pronoun looks for the person it stands for."""
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


class Seen(NamedTuple):
    """A place where one of the document's people is named."""

    start: int
    end: int
    person: int


class People(NamedTuple):
    """The document's people, where each is named, and what their names tell."""

    seen: tuple[Seen, ...]
    genders: tuple[str, ...]
    roles: tuple[str, ...]
    author: int | None


def gather_people(text: Text, notes: Notes, language: Language) -> People:
    """Where each of the people is named, in order, with the gender their titles tell."""
    seen = []
    owners: dict[str, list[int]] = {}
    for index, person in enumerate(notes.people):
        for mention in person.mentions:
            if mention < len(notes.mentions):
                quote = notes.mentions[mention].quote
                seen.append(Seen(quote.start, quote.end, index))
        for alias in person.aliases:
            owners.setdefault(alias, []).append(index)
    if owners:
        longest_first = "|".join(re.escape(alias) for alias in sorted(owners, key=len, reverse=True))
        for found in re.finditer(rf"\b(?:{longest_first})(?!\w)", text.content):
            seen += [Seen(found.start(), found.end(), index) for index in owners[found.group()]]
    genders = tuple(_gender((p.name, *p.aliases), language) for p in notes.people)
    return People(tuple(sorted(set(seen))), genders, tuple(p.role for p in notes.people), notes.author)


@cache
def _tells(language: Language) -> Mapping[str, tuple[str, str]]:
    words = vocabulary("people", language)
    return {fold(k): (v[0], v[1]) for group in ("titles", "nouns") for k, v in words.get(group, {}).items()}


def _gender(names: Sequence[str], language: Language) -> str:
    told = _tells(language)
    for name in names:
        for word in _WORD.findall(fold(name)):
            gender = told.get(word.strip("."), ("", ""))[1]
            if gender:
                return gender
    return ""


def role_of(words: str, person: int | None, people: People, language: Language) -> str:
    """What a speaker is in the document: the person's role, or what the words themselves tell."""
    if person is not None and people.roles[person] != "other":
        return people.roles[person]
    told = _tells(language)
    found = (told.get(word, ("", ""))[0] for word in _WORD.findall(fold(words)))
    return next((role for role in found if role and role != "other"), "other" if person is not None else "")


class Near(NamedTuple):
    """What stands around an attribution and tells whom "he", or an unnamed subject, means.

    Args:
        begin: where its sentence begins, or the words of the report it stands in.
        speaker: the person who spoke last, if still near.
        barred: people it cannot mean.
        said: stretches of others' words, whose people are passed over.
    """

    begin: int
    speaker: int | None = None
    barred: frozenset[int | None] = frozenset()
    said: tuple[tuple[int, int], ...] = ()


def resolve(
    text: Text, span: tuple[int, int] | None, cue: tuple[int, int], near: Near, people: People, language: Language
) -> Source:
    """The source that some words, a pronoun or nothing at all stand for.

    Args:
        text: the reading.
        span: the words that name the speaker, if any.
        cue: the attributing words.
        near: what stands around it.
        people: the document's people.
        language: whose pronouns.
    """
    known = lists(language)
    if span is None:
        person = _subject(cue[0], near, people)
        if person is None:
            return Source(kind="unknown")
        here = _seen_in(people, 0, cue[0])
        last = max((s for s in here if s.person == person and s.end <= cue[0]), key=lambda s: s.end)
        return Source(kind="mention", quotes=(text.quote(last.start, last.end),), person=person)
    words = fold(text.content[slice(*span)])
    quotes = (text.quote(*span),)
    if known.has("self", words):
        return Source(kind="author", person=people.author)
    if known.has("plural", words):
        return Source(kind="mention", quotes=quotes)
    relative = known.has("relative", words)
    if known.has("he", words) or known.has("she", words) or relative:
        gender = "m" if known.has("he", words) else "f" if known.has("she", words) else ""
        near = Near(span[0]) if relative else near
        return Source(kind="mention", quotes=quotes, person=_meant(gender, span[0], near, people))
    return Source(kind="mention", quotes=quotes, person=_named(text, span, people))


def _seen_in(people: People, begin: int, end: int) -> Sequence[Seen]:
    """The places whose first character stands in a stretch."""
    first = bisect_left(people.seen, begin, key=lambda s: s.start)
    return people.seen[first : bisect_left(people.seen, end, key=lambda s: s.start)]


def _named(text: Text, span: tuple[int, int], people: People) -> int | None:
    """The person whose name or description the words hold, not one who only owns or qualifies: "Lee's brother"."""
    inside = [s for s in _seen_in(people, span[0] - LONGEST, span[1]) if span[0] < s.end]
    free = [s for s in inside if not text.content.startswith(("'s", "’s"), s.end) and not _owner(text, s, span)]
    if not free:
        return None
    return max(free, key=lambda s: (s.end - s.start, s.end)).person


def _owner(text: Text, seen: Seen, span: tuple[int, int]) -> bool:
    before = text.content[max(span[0], seen.start - 4) : seen.start].casefold()
    return seen.start > span[0] and before.endswith((" of ", " de ", " del ", " for "))


def _before(at: int, near: Near, people: People) -> list[Seen]:
    """Places before a point where somebody is named whom a pronoun there may mean, others' words passed over."""
    fitting = [
        s
        for s in _seen_in(people, at - REACH - LONGEST, at)
        if s.end <= at and at - s.end <= REACH and s.person != people.author and s.person not in near.barred
    ]
    own = [s for s in fitting if not any(a <= s.start and s.end <= b <= at for a, b in near.said)]
    return own or fitting


def _subject(at: int, near: Near, people: People) -> int | None:
    """Who an unnamed subject is: whoever the sentence names first, else who spoke last, else who was named last."""
    fitting = _before(at, near, people)
    here = [s for s in fitting if s.start >= near.begin]
    if here:
        return min(here, key=lambda s: (s.start, -s.end)).person
    if near.speaker is not None:
        return near.speaker
    return max(fitting, key=lambda s: s.end).person if fitting else None


def _meant(gender: str, at: int, near: Near, people: People) -> int | None:
    """Whom a pronoun means: the last speaker if still near, else who was named last."""
    fitting = [s for s in _before(at, near, people) if not gender or people.genders[s.person] in ("", gender)]
    speaker = near.speaker
    if speaker is not None and (speaker in near.barred or (gender and people.genders[speaker] not in ("", gender))):
        speaker = None
    if not fitting:
        return speaker
    last = max(fitting, key=lambda s: s.end)
    if speaker is None:
        return last.person
    surer = gender and people.genders[last.person] == gender and people.genders[speaker] != gender
    return last.person if surer else speaker
