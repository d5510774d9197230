"""Whom an act befell, who is said to have done it, and where."""

from __future__ import annotations

from amparo.domain.claims import Role
from amparo.domain.notes import Notes
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.telling import Telling, full_name, who_tells, within, words_at
from amparo.extraction.acts.whom import affected
from amparo.extraction.acts.wording import Wording

__all__ = ["actor", "affected", "of_outsiders", "own_words", "place", "who_tells"]

ACTORS = frozenset({"guard", "official", "doctor"})
CONDITIONS = frozenset({"LIT", "AIR", "CEL", "HYG", "WAT", "FOD", "CLO"})
"""Acts that befall a whole place, and that nobody in particular is said to do."""
OUTSIDE_TOO = frozenset({"MED", "DEN", "MEN", "SUI", "FOR", "THR", "FOD", "AIR", "LIT", "HYG", "WAT"})
"""Acts whose signs are also met in the lives of people who are free."""
BEFORE = 14
"""How many words before or after a passage a member of staff may stand and still be meant."""
BY_PRISONERS = frozenset({"FOR", "THR", "SEX"})
"""Acts that fellow prisoners may have done."""
WE = frozenset(
    {"we", "we're", "we've", "we'll", "our", "ours", "us", "nosotros", "nosotras", "nuestro", "nuestra", "nos"}
)


def actor(passage: Passage, telling: Telling, finder: Finder, notes: Notes, content: str) -> Role | None:
    """Who is said to have done it, if the words say so."""
    wording = finder.wording
    # Who left a light on or the food spoil is rarely said, and never by standing near.
    reach = 0 if passage.act[:3] in CONDITIONS else BEFORE
    candidates: list[tuple[int, int, Role, int]] = []
    answering = _answering(notes, wording)
    # An office stands at the head or foot of what it writes, and speaks of what it does as "we".
    by_staff = notes.author is not None and notes.people[notes.author].role in ACTORS
    signed = notes.genre == "official" or by_staff
    for one in telling.named:
        person = notes.people[one.person]
        if person.role in ACTORS and one.start not in answering:
            away = _away(one.start, passage)
            role = Role(kind="actor", words=person.name, person=one.person)
            candidates.append((away, -full_name(person.name), role, one.start))
    for seen in finder.said("staff-names"):
        if passage.act[:3] not in BY_PRISONERS and within(finder, "fellow-prisoner", seen.start, seen.end):
            continue
        if seen.start in answering:
            continue
        words = words_at(content, wording, seen.start, seen.end)
        candidates.append((_away(seen.start, passage), 0, Role(kind="actor", words=words), seen.start))
    near = [
        (away, full, role)
        for away, full, role, at in candidates
        if away <= reach and (signed or _together(at, passage, wording))
    ]
    inside = [c for c in near if c[0] == 0]
    if inside:
        return min(inside, key=lambda c: (c[2].person is None, c[1]))[2]
    beside = [c for c in near if c[0] > 0]
    return min(beside, key=lambda c: (c[0], c[1]))[2] if beside else None


def _together(at: int, passage: Passage, wording: Wording) -> bool:
    """Whether who stands at a word may have done it by standing near: before it in its paragraph or in its sentence."""
    if at >= passage.end:
        return wording.sentence[at] == wording.sentence[passage.end - 1]
    return wording.paragraph[at] >= wording.paragraph[passage.start]


def _answering(notes: Notes, wording: Wording) -> frozenset[int]:
    """Words that name who only answers for others, by denying or confirming: nobody's act."""
    sources = (q for claim in notes.claims if claim.stance in ("denies", "confirms") for q in claim.source.quotes)
    return frozenset(at for q in sources for at in range(*wording.between(q.start, q.end)))


def _away(start: int, passage: Passage) -> int:
    return max(0, passage.start - start, start - passage.end + 1)


def place(passage: Passage, finder: Finder, notes: Notes, content: str) -> str | None:
    """Where it happened: the room, cell or unit in the passage, else the facility."""
    units = within(finder, "units", passage.start, passage.end)
    if units:
        start, end = max(units, key=lambda u: (u[1] - u[0], -u[0]))
        return words_at(content, finder.wording, start, end)
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
    kin = within(finder, "own-relative", passage.start, passage.end)
    first = min((e.start for s in passage.sightings for e in s.elements), default=passage.start)
    opening = [k for k in kin if k[0] <= first + 3]
    if not opening:
        return False
    start, end = opening[0]
    own = within(finder, "first-person", passage.start, passage.end)
    return not any(not (start <= at < end) for at, _ in own)


def own_words(passage: Passage, finder: Finder) -> bool:
    """Whether a passage speaks in the first person of one, as nobody does in an agency's own words."""
    wording = finder.wording
    own = (wording.words[at] for at, _ in within(finder, "first-person", passage.start, passage.end))
    return any(word not in WE for word in own)
