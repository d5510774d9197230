"""Whom an act befell, who is said to have done it, and where."""

from __future__ import annotations

import re
from typing import NamedTuple

from amparo.domain.claims import Role
from amparo.domain.notes import Notes
from amparo.domain.text import Language
from amparo.extraction.passages import Passage
from amparo.extraction.phrases import fold
from amparo.extraction.signs import Finder

ACTORS = frozenset({"guard", "official", "doctor"})
BEFORE = 14
"""How many words before a passage, in its sentence, a name still belongs to it."""
UNSIGNED = "the writer"


class Named(NamedTuple):
    """A place where a person of the notes is named: words by number, half-open, and the person's index."""

    start: int
    end: int
    person: int


class Telling(NamedTuple):
    """Who speaks in a document and about whom.

    Args:
        own: the writer tells what befell the writer.
        author: the writer, if known.
        protagonist: the detained person the document is about, if known.
        named: every place where somebody is named.
    """

    own: bool
    author: int | None
    protagonist: int | None
    named: tuple[Named, ...]


def who_tells(finder: Finder, notes: Notes, content: str) -> Telling:
    """Tell whether a document is the detained person's own, and whom it is about.

    Args:
        finder: what is said in the text.
        notes: with people.
        content: the text.
    """
    named = tuple(_named(finder, notes, content))
    mine, theirs = len(finder.said("first-person")), len(finder.said("third-person"))
    author_role = notes.people[notes.author].role if notes.author is not None else ""
    for_another = bool(finder.said("for-relative")) or author_role in ("family", "lawyer")
    own = notes.genre != "news" and not for_another and mine >= 0.6 * theirs and mine >= 2
    counts: dict[int, float] = {}
    for one in named:
        person = notes.people[one.person]
        if one.person == notes.author and not own:
            continue
        weight = {"detained": 1.0, "other": 0.34, "family": 0.2}.get(person.role, 0.0)
        counts[one.person] = counts.get(one.person, 0.0) + weight
    protagonist = max(counts, key=lambda p: (counts[p], -p)) if counts else None
    return Telling(own, notes.author, notes.author if own and notes.author is not None else protagonist, named)


def affected(passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str, language: Language) -> Role:
    """The person or people an act befell.

    Args:
        passage: the words that tell the act.
        telling: who speaks and about whom.
        finder: what is said in the text.
        notes: with people.
        content: the text.
        language: for the words of unnamed groups.
    """
    wording = finder.wording
    first = _within(finder, "first-person", passage.start, passage.end)
    others = [n for n in telling.named if passage.start <= n.start < passage.end and _may_suffer(n.person, notes)]
    if telling.own:
        stranger = _within(finder, "another-prisoner", passage.start - 4, passage.end)
        outsiders = [n for n in others if n.person != telling.author and notes.people[n.person].role == "detained"]
        if outsiders and not first:
            return _person(outsiders[0].person, notes)
        if stranger and not first:
            return Role(kind="affected", words=_words(content, wording, *stranger[0]))
        if not first and (group := _group(passage, finder, content)):
            return group
        if not first and (before := _spoken_of(passage, telling, finder, notes)) is not None:
            return _person(before, notes)
        return _person(telling.author, notes) if telling.author is not None else Role(kind="affected", words=UNSIGNED)
    if others:
        return _person(others[0].person, notes)
    if (group := _group(passage, finder, content)) and not _within(finder, "third-person", passage.start, passage.end):
        return group
    before = _spoken_of(passage, telling, finder, notes)
    if before is not None:
        return _person(before, notes)
    if telling.protagonist is not None:
        return _person(telling.protagonist, notes)
    kin = finder.said("own-relative")
    if kin:
        return Role(kind="affected", words=_words(content, wording, kin[0].start, kin[0].end))
    return Role(kind="affected", words=f"group: {finder_default(language)}")


def actor(passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str) -> Role | None:
    """Who is said to have done it, if the words say so."""
    wording = finder.wording
    sentence = wording.sentence[passage.start]
    near = [
        n
        for n in telling.named
        if notes.people[n.person].role in ACTORS and passage.start - BEFORE <= n.start < passage.end
        and wording.sentence[n.start] >= sentence
    ]
    within = [n for n in near if n.start >= passage.start]
    chosen = within or near[-1:]
    if chosen:
        best = max(chosen, key=lambda n: (_full_name(notes.people[n.person].name), -n.start))
        return Role(kind="actor", words=notes.people[best.person].name, person=best.person)
    staff = _within(finder, "staff-names", passage.start, passage.end)
    if staff:
        start, end = max(staff, key=lambda s: (s[1] - s[0], -s[0]))
        return Role(kind="actor", words=_words(content, wording, start, end))
    return None


def place(passage: Passage, finder: Finder, notes: Notes, content: str) -> str | None:
    """Where it happened: the room, cell or unit in the passage, else the facility."""
    units = _within(finder, "units", passage.start, passage.end)
    if units:
        start, end = max(units, key=lambda u: (u[1] - u[0], -u[0]))
        return _words(content, finder.wording, start, end)
    facilities = [m for m in notes.mentions if m.kind == "facility"]
    if not facilities:
        return None
    at = finder.wording.starts[passage.start]
    before = [m for m in facilities if m.quote.start <= at]
    return (before[-1] if before else facilities[0]).quote.exact


def _person(index: int | None, notes: Notes) -> Role:
    if index is None:
        return Role(kind="affected", words=UNSIGNED)
    return Role(kind="affected", words=notes.people[index].name, person=index)


def _may_suffer(person: int, notes: Notes) -> bool:
    return notes.people[person].role in ("detained", "other")


def _spoken_of(passage: Passage, telling: Telling, finder: Finder, notes: Notes) -> int | None:
    """Whom a passage's he, she, lo or le means: the detained person named last before it."""
    if not _within(finder, "third-person", passage.start, passage.end):
        return None
    wording = finder.wording
    sentence = wording.sentence[passage.start]
    for one in reversed(telling.named):
        if one.start >= passage.start or one.person == telling.author:
            continue
        if sentence - wording.sentence[one.start] > (2 if telling.own else 6):
            break
        if notes.people[one.person].role == "detained":
            return one.person
    return None


def _group(passage: Passage, finder: Finder, content: str) -> Role | None:
    found = _within(finder, "groups", passage.start - 3, passage.end)
    if not found:
        return None
    return Role(kind="affected", words=f"group: {_words(content, finder.wording, *found[0])}")


def finder_default(language: Language) -> str:
    """What to call people of whom only is said that they are many."""
    return "internos" if language == "es" else "prisoners"


def _within(finder: Finder, concept: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in finder.said(concept) if start <= s.start and s.end <= end]


def _words(content: str, wording: object, start: int, end: int) -> str:
    starts, ends = wording.starts, wording.ends  # type: ignore[attr-defined]
    return " ".join(content[starts[start] : ends[end - 1]].split())


def _full_name(name: str) -> int:
    return sum(1 for word in name.split() if word[:1].isupper())


def _named(finder: Finder, notes: Notes, content: str) -> list[Named]:
    folded, wording = fold(content), finder.wording
    found: list[Named] = []
    for index, person in enumerate(notes.people):
        for alias in sorted(set(person.aliases) | {person.name}, key=len, reverse=True):
            pattern = r"\s+".join(re.escape(word) for word in fold(alias).split())
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", folded):
                start, end = wording.between(*match.span())
                if start < end and not any(n.start < end and start < n.end and n.person == index for n in found):
                    found.append(Named(start, end, index))
    return sorted(found)
