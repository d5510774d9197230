"""Whom an act befell, who is said to have done it, and where."""

from __future__ import annotations

import re
from typing import NamedTuple

from amparo.domain.claims import Role
from amparo.domain.notes import Notes
from amparo.domain.text import Language
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.wording import Wording
from amparo.extraction.phrases import fold

ACTORS = frozenset({"guard", "official", "doctor"})
CONDITIONS = frozenset({"LIT", "AIR", "CEL", "HYG", "WAT", "FOD", "CLO"})
"""Acts that befall a whole place, and that nobody in particular is said to do."""
OUTSIDE_TOO = frozenset({"MED", "DEN", "MEN", "SUI", "FOR", "THR", "FOD", "AIR", "LIT", "HYG", "WAT"})
"""Acts whose signs are also met in the lives of people who are free."""
BEFORE = 14
"""How many words before or after a passage a member of staff may stand and still be meant."""
CUED = 2.0
"""What a word of custody beside a name counts; a mere role counts at most 1."""
BY_PRISONERS = frozenset({"FOR", "THR", "SEX"})
"""Acts that fellow prisoners may have done."""
VISITED = frozenset({"FAM", "LEG", "CON"})
"""Acts whose passages name those who came or called; it befell the one they came to."""
FOOT = 25
"""How many words at the foot of a letter may hold its signature."""
WE = frozenset(
    {"we", "we're", "we've", "we'll", "our", "ours", "us", "nosotros", "nosotras", "nuestro", "nuestra", "nos"}
)
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
        held: who is plainly said to be in custody, or called a fellow prisoner.
        named: every place where somebody is named.
    """

    own: bool
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
    for_another = bool(finder.said("for-relative")) or author_role in ("family", "lawyer", "official")
    own = notes.genre != "news" and not for_another and mine >= max(1.0, 0.6 * theirs)
    counts, plainly = _held(named, notes, finder, None if own else author)
    kin_told_of = None if own or notes.genre == "news" else _kin(named, finder)
    if kin_told_of is not None and kin_told_of != author:
        counts[kin_told_of] = counts.get(kin_told_of, 0.0) + CUED
        plainly |= {kin_told_of}
    protagonist = max(counts, key=lambda p: (counts[p], -p)) if counts else None
    plainly |= {one for one in _fellows(named, finder, author) if _full_name(notes.people[one].name)}
    return Telling(own, author, author if own and author is not None else protagonist, plainly, named)


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
    wording = finder.wording
    first = _within(finder, "first-person", passage.start, passage.end)
    theirs = _within(finder, "third-person", passage.start, passage.end)
    # "Mr. Pike" may begin a word before the passage that begins with "Pike".
    named = [n for n in telling.named if n.start < passage.end and passage.start < n.end]
    held = [n for n in named if notes.people[n.person].role == "detained" and n.person != telling.author]
    group = _group(passage, finder, content, language)
    if telling.own:
        stranger = _within(finder, "fellow-prisoner", passage.start - 3, passage.end)
        if first and not stranger:
            return _person(telling.author, notes)
        known = held or [n for n in named if stranger and notes.people[n.person].role == "other"]
        if known:
            return _person(known[0].person, notes)
        if stranger:
            return Role(kind="affected", words=_words(content, wording, *stranger[0]))
        if group is not None:
            return group
        before = _spoken_of(passage, telling, finder, notes) if theirs else None
        return _person(telling.author if before is None else before, notes)
    opening = group is not None and not any(n.start < _group_start(passage, finder) for n in held)
    if opening and (not held or not theirs):
        return group  # type: ignore[return-value]
    if held:
        return _person(held[0].person, notes)
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
        return Role(kind="affected", words=f"group: {many(language)}")
    if telling.protagonist is not None:
        return _person(telling.protagonist, notes)
    kin = finder.said("own-relative")
    if kin:
        return Role(kind="affected", words=_words(content, wording, kin[0].start, kin[0].end))
    return Role(kind="affected", words=f"group: {many(language)}")


def actor(passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str) -> Role | None:
    """Who is said to have done it, if the words say so."""
    wording = finder.wording
    # Who left a light on or the food spoil is rarely said, and never by standing near.
    reach = 0 if passage.act[:3] in CONDITIONS else BEFORE
    candidates: list[tuple[int, int, Role]] = []
    answering = _answering(notes, wording)
    for one in telling.named:
        person = notes.people[one.person]
        if person.role in ACTORS and one.start not in answering:
            away = _away(one.start, passage)
            candidates.append(
                (away, -_full_name(person.name), Role(kind="actor", words=person.name, person=one.person))
            )
    for seen in finder.said("staff-names"):
        if passage.act[:3] not in BY_PRISONERS and _within(finder, "fellow-prisoner", seen.start, seen.end):
            continue
        if seen.start in answering:
            continue
        words = _words(content, wording, seen.start, seen.end)
        candidates.append((_away(seen.start, passage), 0, Role(kind="actor", words=words)))
    near = [c for c in candidates if c[0] <= reach]
    inside = [c for c in near if c[0] == 0]
    if inside:
        return min(inside, key=lambda c: (c[2].person is None, c[1]))[2]
    beside = [c for c in near if c[0] > 0]
    return min(beside, key=lambda c: (c[0], c[1]))[2] if beside else None


def _answering(notes: Notes, wording: Wording) -> frozenset[int]:
    """Words that name who only answers for others, by denying or confirming: nobody's act."""
    sources = (q for claim in notes.claims if claim.stance in ("denies", "confirms") for q in claim.source.quotes)
    return frozenset(at for q in sources for at in range(*wording.between(q.start, q.end)))


def _away(start: int, passage: Passage) -> int:
    return max(0, passage.start - start, start - passage.end + 1)


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


def of_outsiders(passage: Passage, telling: Telling, finder: Finder) -> bool:
    """Whether a detained writer tells what befell a relative outside: "my mother is waiting for her operation"."""
    if not telling.own or passage.act[:3] not in OUTSIDE_TOO:
        return False
    kin = _within(finder, "own-relative", passage.start, passage.end)
    first = min((e.start for s in passage.sightings for e in s.elements), default=passage.start)
    opening = [k for k in kin if k[0] <= first + 3]
    if not opening:
        return False
    start, end = opening[0]
    own = _within(finder, "first-person", passage.start, passage.end)
    return not any(not (start <= at < end) for at, _ in own)


def own_words(passage: Passage, finder: Finder) -> bool:
    """Whether a passage speaks in the first person of one, as nobody does in an agency's own words."""
    wording = finder.wording
    own = (wording.words[at] for at, _ in _within(finder, "first-person", passage.start, passage.end))
    return any(word not in WE for word in own)


def _person(index: int | None, notes: Notes) -> Role:
    if index is None:
        return Role(kind="affected", words=UNSIGNED)
    return Role(kind="affected", words=notes.people[index].name, person=index)


def _spoken_of(passage: Passage, telling: Telling, finder: Finder, notes: Notes) -> int | None:
    """Whom a passage's he, she, lo or le means: the detained person named last before it."""
    wording = finder.wording
    sentence = wording.sentence[passage.start]
    for one in reversed(telling.named):
        if one.start >= passage.start or one.person == telling.author:
            continue
        if sentence - wording.sentence[one.start] > (2 if telling.own else 6):
            break
        if one.person in telling.held or notes.people[one.person].role == "detained":
            return one.person
    return None


def _subject(passage: Passage, telling: Telling, finder: Finder, notes: Notes) -> int | None:
    """Whom the sentence of a passage names before it, where it names one detained person and no group."""
    wording = finder.wording
    sentence = wording.sentence[passage.start]
    before = [n for n in telling.named if n.start < passage.start and wording.sentence[n.start] == sentence]
    held = {n.person for n in before if n.person in telling.held or notes.people[n.person].role == "detained"}
    grouped = any(s.start < passage.start and wording.sentence[s.start] == sentence for s in finder.said("groups"))
    return next(iter(held)) if len(held) == 1 and not grouped else None


def _group(passage: Passage, finder: Finder, content: str, language: Language) -> Role | None:
    found = _within(finder, "groups", passage.start - 3, passage.end)
    if not found or _within(finder, "first-person", passage.start, passage.end):
        return None
    unnamed = set(_within(finder, "unnamed-many", passage.start - 3, passage.end))
    words = many(language) if found[0] in unnamed else _words(content, finder.wording, *found[0])
    return Role(kind="affected", words=f"group: {words}")


def _group_start(passage: Passage, finder: Finder) -> int:
    return _within(finder, "groups", passage.start - 3, passage.end)[0][0]


def many(language: Language) -> str:
    """What to call people of whom only is said that they are many."""
    return "internos" if language == "es" else "prisoners"


def _within(finder: Finder, concept: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in finder.said(concept) if start <= s.start and s.end <= end]


def _words(content: str, wording: Wording, start: int, end: int) -> str:
    return " ".join(content[wording.starts[start] : wording.ends[end - 1]].split())


def _full_name(name: str) -> int:
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
