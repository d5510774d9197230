"""Whose words: from the words that name a speaker to one of the document's people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from amparo.domain.claims import Source
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.cues import lists
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary

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
    for index, person in enumerate(notes.people):
        for mention in person.mentions:
            if mention < len(notes.mentions):
                quote = notes.mentions[mention].quote
                seen.append(Seen(quote.start, quote.end, index))
        for alias in person.aliases:
            seen += [
                Seen(m.start(), m.end(), index) for m in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text.content)
            ]
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


def resolve(
    text: Text,
    span: tuple[int, int] | None,
    cue: tuple[int, int],
    before: int | None,
    people: People,
    language: Language,
    *,
    plural: bool = False,
) -> Source:
    """The source that some words, a pronoun or nothing at all stand for.

    Args:
        text: the reading.
        span: the words that name the speaker, if any.
        cue: the attributing words.
        before: the person who spoke last, if still near.
        people: the document's people.
        language: whose pronouns.
        plural: the verb is in the plural, so that no single person is meant.
    """
    known = lists(language)
    if span is None:
        person = None if plural else _meant("", cue[0], before, people)
        if person is None:
            return Source(kind="unknown")
        last = max((s for s in people.seen if s.person == person and s.end <= cue[0]), key=lambda s: s.end)
        return Source(kind="mention", quotes=(text.quote(last.start, last.end),), person=person)
    words = fold(text.content[slice(*span)])
    quotes = (text.quote(*span),)
    if known.has("self", words):
        return Source(kind="author", person=people.author)
    if known.has("plural", words):
        return Source(kind="mention", quotes=quotes)
    if known.has("he", words) or known.has("she", words) or words in known.groups.get("relative", ()):
        gender = "m" if known.has("he", words) else "f" if known.has("she", words) else ""
        return Source(kind="mention", quotes=quotes, person=_meant(gender, span[0], before, people, near=not gender))
    return Source(kind="mention", quotes=quotes, person=_named(text, span, people))


def _named(text: Text, span: tuple[int, int], people: People) -> int | None:
    """The person whose name or description the words hold, not one who only owns or qualifies: "Lee's brother"."""
    inside = [s for s in people.seen if s.start < span[1] and span[0] < s.end]
    free = [s for s in inside if not text.content.startswith(("'s", "’s"), s.end) and not _owner(text, s, span)]
    if not free:
        return None
    return max(free, key=lambda s: (s.end - s.start, s.end)).person


def _owner(text: Text, seen: Seen, span: tuple[int, int]) -> bool:
    before = text.content[max(span[0], seen.start - 4) : seen.start].casefold()
    return seen.start > span[0] and before.endswith((" of ", " de ", " del ", " for "))


def _meant(gender: str, at: int, before: int | None, people: People, *, near: bool = False) -> int | None:
    """Whom a pronoun or an unnamed subject means: the last speaker if still near, else who was named last."""
    fitting = [
        s
        for s in people.seen
        if s.end <= at
        and at - s.end <= REACH
        and s.person != people.author
        and people.genders[s.person] in ("", gender or people.genders[s.person])
    ]
    if not fitting:
        return None
    last = max(fitting, key=lambda s: s.end)
    if near or before is None:
        return last.person
    if any(s.person == before for s in fitting) and at - max(s.end for s in fitting if s.person == before) <= REACH:
        sure = gender and people.genders[last.person] == gender and people.genders[before] != gender
        return last.person if sure else before
    return last.person
