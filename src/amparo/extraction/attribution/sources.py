"""Whose words: from the words that name a speaker to one of the document's people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from amparo.domain.claims import Mention, Source
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.attribution.cues import lists
from amparo.extraction.attribution.topics import LONGEST, REACH, Near, Seen, pronoun, whom
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.who.cast import gender_of

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


class People(NamedTuple):
    """The document's people, where each is named, and what their names tell."""

    seen: tuple[Seen, ...]
    genders: tuple[str, ...]
    roles: tuple[str, ...]
    author: int | None


def gather_people(text: Text, notes: Notes, language: Language) -> People:
    """Where each of the people is named, in order, with the gender their titles or given names tell."""
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
    genders = tuple(_gender((p.name, *p.aliases), language) or gender_of(p.name) for p in notes.people)
    return People(tuple(sorted(set(seen))), genders, tuple(p.role for p in notes.people), notes.author)


def mentions_within(notes: Notes, start: int, end: int) -> list[Mention]:
    """The mentions that share a character with a stretch."""
    first = bisect_left(notes.mentions, start - LONGEST, key=lambda m: m.quote.start)
    last = bisect_left(notes.mentions, end, key=lambda m: m.quote.start)
    return [m for m in notes.mentions[first:last] if m.quote.overlaps(start, end)]


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
        return _unnamed(text, cue[0], near, people, language)
    words = fold(text.content[slice(*span)])
    quotes = (text.quote(*span),)
    if known.has("self", words):
        return Source(kind="author", person=people.author)
    if known.has("plural", words):
        return Source(kind="mention", quotes=quotes)
    if known.has("relative", words):
        return Source(kind="mention", quotes=quotes, person=_just_before(span[0], people))
    gender = pronoun(text.content[slice(*span)], language)
    if gender is not None:
        return Source(kind="mention", quotes=quotes, person=_meant(text, span[0], near, people, gender, language))
    return Source(kind="mention", quotes=quotes, person=_named(text, span, people))


def _meant(text: Text, at: int, near: Near, people: People, gender: str, language: Language) -> int | None:
    barred = near._replace(barred=near.barred | {people.author})
    return whom(text, at, barred, people.seen, people.genders, gender=gender, language=language)


def _unnamed(text: Text, at: int, near: Near, people: People, language: Language) -> Source:
    """The subject that a verb leaves out: the pronoun its sentence opens with, or whoever that would mean."""
    opening = next(_WORD.finditer(text.content, near.begin, at), None)
    gender = pronoun(opening.group(), language) if opening else None
    if opening is not None and gender:
        person = _meant(text, opening.start(), near, people, gender, language)
        return Source(kind="mention", quotes=(text.quote(*opening.span()),), person=person)
    person = _meant(text, at, near, people, "", language)
    if person is None:
        return Source(kind="unknown")
    named = [s for s in _seen_in(people, at - REACH - LONGEST, at) if s.person == person and s.end <= at]
    last = max(named or [s for s in near.spoke if s.person == person], key=lambda s: s.end)
    return Source(kind="mention", quotes=(text.quote(last.start, last.end),), person=person)


def _seen_in(people: People, begin: int, end: int) -> Sequence[Seen]:
    """The places whose first character stands in a stretch."""
    first = bisect_left(people.seen, begin, key=lambda s: s.start)
    return people.seen[first : bisect_left(people.seen, end, key=lambda s: s.start)]


def _just_before(at: int, people: People) -> int | None:
    """Whom "who" follows."""
    before = [s for s in _seen_in(people, at - LONGEST, at) if s.end <= at and s.person != people.author]
    return max(before, key=lambda s: s.end).person if before else None


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
