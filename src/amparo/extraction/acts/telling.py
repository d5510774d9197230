"""Who speaks in a document, and about whom."""

from __future__ import annotations

import re
from typing import NamedTuple

from amparo.domain.notes import Notes
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.wording import Wording
from amparo.extraction.phrases import fold

CUED = 2.0
"""What a word of custody beside a name counts; a mere role counts at most 1."""
OWN, UNSURE = 0.25, 0.6
"""How many words of a writer's own stand against one about others, where the writer is held and where nobody knows."""
FOOT = 25
"""How many words at the foot of a letter may hold its signature."""


class Named(NamedTuple):
    """A place where a person of the notes is named: words by number, half-open, and the person's index."""

    start: int
    end: int
    person: int


class Telling(NamedTuple):
    """Who speaks in a document and about whom.

    Args:
        own: the writer tells what befell the writer.
        answers: an office answers somebody: "you" and "the grievant" are the one it is about.
        author: the writer, if known.
        protagonist: the detained person the document is about, if known.
        held: who is plainly said to be in custody, or called a fellow prisoner.
        named: every place where somebody is named.
    """

    own: bool
    answers: bool
    author: int | None
    protagonist: int | None
    held: frozenset[int]
    named: tuple[Named, ...]


def who_tells(finder: Finder, notes: Notes, content: str) -> Telling:
    """Tell whether a document is the detained person's own, and whom it is about.

    Args:
        finder: what is said in the text.
        notes: with people.
        content: the text.
    """
    generic = {(s.start, s.end) for s in finder.said("self-roles")}
    named = tuple(n for n in _named(finder, notes, content) if (n.start, n.end) not in generic)
    author = notes.author if notes.author is not None else _signed(named, notes, finder)
    # "My son" speaks of somebody else.
    kin = {at for seen in finder.said("own-relative") for at in range(seen.start, seen.end)}
    mine = sum(1 for seen in finder.said("first-person") if seen.start not in kin)
    theirs = len(finder.said("third-person"))
    author_role = notes.people[author].role if author is not None else ""
    answers = _answers(notes, finder, author_role)
    for_another = bool(finder.said("for-relative")) or author_role in ("family", "lawyer", "official")
    share = OWN if author_role == "detained" else UNSURE
    own = notes.genre != "news" and not answers and not for_another and mine >= max(1.0, share * theirs)
    counts, plainly = _held(named, notes, finder, None if own else author)
    kin_told_of = None if own or notes.genre == "news" else _kin(named, finder)
    if kin_told_of is not None and kin_told_of != author:
        counts[kin_told_of] = counts.get(kin_told_of, 0.0) + CUED
        plainly |= {kin_told_of}
    protagonist = max(counts, key=lambda p: (counts[p], -p)) if counts else None
    plainly |= {one for one in _fellows(named, finder, author) if full_name(notes.people[one].name)}
    return Telling(own, answers, author, author if own and author is not None else protagonist, plainly, named)


def _answers(notes: Notes, finder: Finder, author_role: str) -> bool:
    """Whether a paper is an office's answer to somebody held."""
    if notes.genre != "official":
        return False
    return author_role in ("official", "judge", "guard") or bool(finder.said("office-answers"))


def _kin(named: tuple[Named, ...], finder: Finder) -> int | None:
    """Whom a letter by somebody's family is about: the relative named first, "my son Jay"."""
    for seen in finder.said("own-relative"):
        for one in named:
            if one.start <= seen.start < one.end or seen.start <= one.start <= seen.end + 1:
                return one.person
    return None


def _fellows(named: tuple[Named, ...], finder: Finder, author: int | None) -> frozenset[int]:
    """Who is called a fellow prisoner where they are named: "the man in the next cell, Mr. Coyle"."""
    known = {at for seen in finder.said("fellow-prisoner") for at in range(seen.start, seen.end)}
    return frozenset(
        one.person for one in named if one.person != author and any(at in known for at in range(one.start - 1, one.end))
    )


def _signed(named: tuple[Named, ...], notes: Notes, finder: Finder) -> int | None:
    """Who is named in a letter's last words, where nobody was found to have signed it."""
    if notes.genre != "letter":
        return None
    foot = [n for n in named if n.start >= len(finder.wording.words) - FOOT]
    able = [n.person for n in foot if notes.people[n.person].role in ("detained", "other")]
    return able[-1] if able else None


def _held(
    named: tuple[Named, ...], notes: Notes, finder: Finder, author: int | None
) -> tuple[dict[int, float], frozenset[int]]:
    """How much speaks for each person's being the one a document is about, and who is plainly said to be held."""
    cues = {at for seen in finder.said("held-cue") for at in range(seen.start, seen.end)}
    numbers = [
        finder.wording.between(m.quote.start, m.quote.end) for m in notes.mentions if m.kind == "register-number"
    ]
    counts: dict[int, float] = {}
    plainly = set()
    for one in named:
        role = notes.people[one.person].role
        weight = {"detained": 1.0, "other": 0.34, "family": 0.2}.get(role, 0.0)
        if one.person == author or not weight:
            continue
        if any(at in cues for at in range(one.start - 4, one.start)):
            weight += CUED
        if any(0 <= start - one.end <= 8 for start, _ in numbers):
            weight += 3.0
        if weight >= CUED:
            plainly.add(one.person)
        counts[one.person] = counts.get(one.person, 0.0) + weight
    return counts, frozenset(plainly)


def within(finder: Finder, concept: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a concept is said between two words."""
    return [(s.start, s.end) for s in finder.said(concept) if start <= s.start and s.end <= end]


def words_at(content: str, wording: Wording, start: int, end: int) -> str:
    """Words by number, as written, on one line."""
    return " ".join(content[wording.starts[start] : wording.ends[end - 1]].split())


def full_name(name: str) -> int:
    """How many parts of a name begin with a capital."""
    return sum(1 for word in name.split() if word[:1].isupper())


_IN_WORD = re.compile(r"\w")


def _named(finder: Finder, notes: Notes, content: str) -> list[Named]:
    folded, wording = fold(content), finder.wording
    found: list[Named] = []
    for index, person in enumerate(notes.people):
        for alias in sorted(set(person.aliases) | {person.name}, key=len, reverse=True):
            pattern = r"\s+".join(re.escape(word) for word in fold(alias).split())
            for match in re.finditer(rf"{pattern}(?!\w)", folded):
                if match.start() and _IN_WORD.match(folded[match.start() - 1]):
                    continue  # asked here and not in the pattern, which then is found by its first letters
                start, end = wording.between(*match.span())
                if start < end and not any(n.start < end and start < n.end and n.person == index for n in found):
                    found.append(Named(start, end, index))
    return sorted(found)
