"""Whom an act befell: the writer, somebody named, somebody unnamed, or a group in the words of the text."""

from __future__ import annotations

import re

from amparo.domain.claims import Role
from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Language
from amparo.extraction.acts.groups import group_about, group_in, many
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.telling import Named, Telling, within, words_at
from amparo.extraction.phrases import fold

CONDITIONS = frozenset({"LIT", "AIR", "CEL", "HYG", "WAT", "FOD", "CLO", "EXE", "MEN"})
"""Acts that befall a whole place rather than one of those in it."""
VISITED = frozenset({"FAM", "LEG", "CON"})
"""Acts whose passages name those who came or called; it befell the one they came to."""
THREATS = frozenset({"THR", "RET"})
"""Acts done by words: what was said to the writer befell the writer."""
BY_PRISONERS = frozenset({"FOR", "THR", "SEX"})
"""Acts that a group in the same words may have done."""
_TOLD = frozenset({"told", "tell", "tells", "asked", "asks", "assured", "said"})
_COURTESY = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|rev|father|lic|don|do[nñ]a|sr|sra|padre|doctora?|licenciad[oa])\b", re.I
)
UNSIGNED = "the writer"
APART = 3
"""How many words before a passage somebody unnamed may stand whom it is about."""


def affected(
    passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str, language: Language
) -> Role:
    """The person or people an act befell.

    Args:
        passage: the words that tell the act.
        telling: who speaks and about whom.
        finder: what is said in the text.
        notes: with people.
        content: the text.
        language: for the words of unnamed groups.
    """
    if telling.own:
        return _told_by_themselves(passage, telling, finder, notes, content, language)
    if telling.answers and telling.protagonist is not None:
        return _answered(passage, telling, finder, notes, content, language)
    return _told_by_others(passage, telling, finder, notes, content, language)


def _told_by_themselves(
    passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str, language: Language
) -> Role:
    """In a prisoner's own telling: the writer, unless the words are about somebody else."""
    first = _own_part(passage, telling, finder, notes)
    theirs = within(finder, "third-person", passage.start, passage.end)
    named, held = _named(passage, telling, notes)
    group = group_in(passage, finder, content, language)
    stranger = within(finder, "fellow-prisoner", passage.start - APART, passage.end)
    if first and not stranger:
        return _person(telling.author, notes)
    known = held or [n for n in named if stranger and notes.people[n.person].role == "other"]
    if known:
        return _person(known[0].person, notes)
    if stranger:
        start, end = stranger[0]
        person = next((n.person for n in telling.named if n.start < end and start < n.end), None)
        words = words_at(content, finder.wording, start, end)
        return Role(kind="affected", words=words) if person is None else _person(person, notes)
    before = _spoken_of(passage, telling, finder, notes) if theirs else None
    if before is not None and group is not None and passage.act[:3] in BY_PRISONERS:
        return _person(before, notes)  # "two of those who run the yard got him in the shower"
    if group is not None:
        return group
    return _person(telling.author if before is None else before, notes)


def _answered(
    passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str, language: Language
) -> Role:
    """In an office's answer: the one it answers, unless the words open with a group or with another prisoner."""
    _, held = _named(passage, telling, notes)
    addressed = within(finder, "spoken-to", passage.start, passage.end)
    others = [n for n in held if n.person != telling.protagonist]
    group = group_in(passage, finder, content, language)
    if others and not (addressed and addressed[0][0] < others[0].start):
        return _person(others[0].person, notes)
    if group is not None and not addressed and not within(finder, "third-person", passage.start, passage.end):
        return group
    return _person(telling.protagonist, notes)


def _told_by_others(
    passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str, language: Language
) -> Role:
    """In news, memoranda and letters of families and lawyers."""
    theirs = within(finder, "third-person", passage.start, passage.end)
    named, held = _named(passage, telling, notes)
    group = group_in(passage, finder, content, language)
    opening = group is not None and not any(n.start < group_start(passage, finder) for n in held)
    # "He had a fit and the others shouted": it befell him, of whom the words begin.
    told = theirs and finder.wording.words[theirs[0][0] - 1] in _TOLD  # "told her that": whom somebody spoke to
    if opening and theirs and not told and theirs[0][0] < group_start(passage, finder):
        opening = _spoken_of(passage, telling, finder, notes) is None
    if opening and (not held or not theirs):
        return group  # type: ignore[return-value]
    if held:
        return _person(held[0].person, notes)
    if not theirs and within(finder, "plural-them", passage.start, passage.end):
        return group_about(passage, finder, content, language)
    # "Oren Pike had no water" tells of him, also where nothing else says that he is held.
    subject = [n for n in named if n.start <= passage.start + 1 and notes.people[n.person].role == "other"]
    visited = passage.act[:3] in VISITED and telling.protagonist is not None
    if subject and not visited and group is None and subject[0].person != telling.author:
        return _person(subject[0].person, notes)
    before = _spoken_of(passage, telling, finder, notes) if theirs else None
    if before is not None:
        return _person(before, notes)
    opens = None if theirs else _subject(passage, telling, finder, notes)
    if opens is not None:
        return _person(opens, notes)
    if notes.genre == "news" and not theirs and passage.act[:3] in CONDITIONS:
        return group_about(passage, finder, content, language)
    if telling.protagonist is not None:
        return _person(telling.protagonist, notes)
    kin = finder.said("own-relative")
    if kin:
        return Role(kind="affected", words=words_at(content, finder.wording, kin[0].start, kin[0].end))
    return Role(kind="affected", words=f"group: {many(language)}")


def _named(passage: Passage, telling: Telling, notes: Notes) -> tuple[list[Named], list[Named]]:
    """Who is named in a passage, and who of them is held; "Mr. Pike" may begin a word before it."""
    named = [n for n in telling.named if n.start < passage.end and passage.start < n.end]
    held = [n for n in named if notes.people[n.person].role == "detained" and n.person != telling.author]
    # "He has not spoken to another prisoner": somebody else, whom it did not befall.
    return named, [n for n in held if n.start <= passage.start + 1 or not _another(notes.people[n.person].name)]


def _another(name: str) -> bool:
    return fold(name).split()[0] in {"another", "other", "any", "otro", "otra", "ningun", "ninguna"}


def _own_part(passage: Passage, telling: Telling, finder: Finder, notes: Notes) -> list[tuple[int, int]]:
    """Where a writer speaks of the writer in a passage, beyond having seen or heard what befell another."""
    first = within(finder, "first-person", passage.start, passage.end)
    if passage.act[:3] in THREATS:
        return first
    seen = within(finder, "only-witnessed", passage.start, passage.end)
    rest = [f for f in first if not any(s <= f[0] < e for s, e in seen)]
    another = within(finder, "third-person", passage.start, passage.end) or _named(passage, telling, notes)[1]
    return rest if another else first


def _spoken_of(passage: Passage, telling: Telling, finder: Finder, notes: Notes) -> int | None:
    """Whom a passage's he, she, lo or le means: the detained person named last before it."""
    wording = finder.wording
    sentence = wording.sentence[passage.start]
    for one in reversed(telling.named):
        if one.start >= passage.start or one.person == telling.author:
            continue
        away = sentence - wording.sentence[one.start]
        together = wording.paragraph[one.start] == wording.paragraph[passage.start]
        if away > (6 if together or not telling.own else 2):
            break
        if (
            telling.protagonist is not None
            and not telling.own
            and away > 1
            and notes.people[one.person].name[:1].islower()
        ):
            continue  # somebody unnamed is not spoken of for long where the letter is about another
        person = notes.people[one.person]
        if one.person in telling.held or person.role == "detained":
            return one.person
        # In a prisoner's letter somebody called by the bare name is most likely a prisoner too.
        if telling.own and together and away <= 2 and person.role == "other" and _bare(person):
            return one.person
    return None


def _bare(person: Person) -> bool:
    return person.name[:1].isupper() and not any(_COURTESY.match(alias) for alias in person.aliases)


def _subject(passage: Passage, telling: Telling, finder: Finder, notes: Notes) -> int | None:
    """Whom the sentence of a passage names before it, where it names one detained person and no group."""
    wording = finder.wording
    sentence = wording.sentence[passage.start]
    before = [n for n in telling.named if n.start < passage.start and wording.sentence[n.start] == sentence]
    held = {n.person for n in before if n.person in telling.held or notes.people[n.person].role == "detained"}
    grouped = any(s.start < passage.start and wording.sentence[s.start] == sentence for s in finder.said("groups"))
    return next(iter(held)) if len(held) == 1 and not grouped else None


def group_start(passage: Passage, finder: Finder) -> int:
    """Where a passage's group is named; a whole unit is named where it begins."""
    groups = within(finder, "groups", passage.start - APART, passage.end)
    return groups[0][0] if groups else passage.start


def _person(index: int | None, notes: Notes) -> Role:
    if index is None:
        return Role(kind="affected", words=UNSIGNED)
    return Role(kind="affected", words=notes.people[index].name, person=index)
