"""How an act is told: still going on, past, put right, feared, or denied by an authority."""

from __future__ import annotations

from typing import NamedTuple

from amparo.domain.claims import Claim, Mention, Status
from amparo.domain.notes import Notes
from amparo.domain.text import Language
from amparo.extraction.acts.act_signs import told_once
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.wording import Wording, tells_past

NEARBY = 7
"""How many words before a passage a word of time or fear still belongs to it."""
AFTERWARDS = 14
"""How many words after a passage the remedy may be told."""
DENIED_WITHIN, ALL_DENIED_WITHIN = 3, 8
"""A denial without contents of its own answers what the last sentences allege; a denial of everything, more of them."""
SAME_TOPIC = 5
"""Words that begin with so many like letters speak of one thing (hearing, hearings)."""


DONE = frozenset(
    {"FOR-01", "FOR-02", "SEX-01", "SEA-01", "THR-01", "RET-01", "MED-02", "MED-03", "LEG-02", "FMD-01", "SUI-01"}
)
"""Acts that no remedy undoes."""
UNMET = frozenset(
    {"MED-01", "MED-04", "MED-05", "DEN-01", "MEN-01", "GRV-01", "FOD-02", "RES-01", "RES-02", "LEG-03", "ISO-03"}
)
"""Acts that last until what was asked for or due is given."""
DENIERS = frozenset({"official", "guard", "lawyer", "doctor", "judge"})


BARE = 6
"""A denial of no more words than this does not say what it denies."""


class Denial(NamedTuple):
    """An authority's denial: the words of its contents, by number, and whether it denies everything before it."""

    start: int
    end: int
    everything: bool


def tell_status(
    passage: Passage, finder: Finder, notes: Notes, when: Mention | None, words: str, language: Language
) -> Status:
    """The status of an act by the words of its passage and around it, denials left aside.

    Args:
        passage: the words that tell the act.
        finder: what is said in the text.
        notes: with the day it was written.
        when: the date that belongs to the act.
        words: what says the act, as written.
        language: whose verbs they are.
    """
    core = (min(x.start for x in passage.sightings), max(x.end for x in passage.sightings))
    if passage.act not in DONE and _said(finder, "resolved", passage.start, passage.end + AFTERWARDS, sentences=1):
        return "resolved"
    if passage.act == "RET-01" and any("threat-if" in s.written for s in passage.sightings):
        return "feared"
    if passage.act not in ("THR-01", "SUI-01") and _said(finder, "feared", passage.start - NEARBY, passage.start + 4):
        return "feared"
    if passage.act == "THR-01" and not _said(finder, "attack-done", *core):
        return "current"
    over = tells_past(words, language=language)
    still = bool(_said(finder, "still-so", passage.start, passage.end))
    days = when.when if when is not None else None
    if days is not None and notes.written is not None and days.latest >= notes.written.earliest:
        return "current"
    if passage.act in told_once():
        return "past" if over or days is not None else "current"
    if passage.act in UNMET or still or not over:
        return "current"
    return "past" if days is not None or _said(finder, "long-ago", passage.start, passage.end) else "current"


def _said(finder: Finder, concept: str, start: int, end: int, *, sentences: int = 0) -> list[int]:
    wording = finder.wording
    start, end = max(0, start), min(end, len(wording.words))
    if start >= end:
        return []
    first = wording.sentence[start]
    return [
        seen.start
        for seen in finder.said(concept)
        if start <= seen.start and seen.end <= end and wording.sentence[seen.start] <= first + sentences + 1
    ]


def find_denials(notes: Notes, finder: Finder) -> list[Denial]:
    """What authorities, their lawyers and accused staff are reported to deny.

    Args:
        notes: with claims and people.
        finder: what is said in the text.
    """
    wording = finder.wording
    denials = []
    for claim in notes.claims:
        if claim.stance != "denies" or not _by_authority(claim, notes):
            continue
        low = min(q.start for q in (*claim.contents, *((claim.cue,) if claim.cue else ())))
        high = max(q.end for q in (*claim.contents, *((claim.cue,) if claim.cue else ())))
        start, end = wording.between(low, high)
        denials.append(Denial(start, end, bool(_said(finder, "all-of-it", start, end + 4))))
    for seen in finder.said("denial-cue"):
        if any(d.start <= seen.start < d.end for d in denials):
            continue
        if notes.genre == "letter":
            continue
        end = seen.end
        while (
            end < len(wording.words) and wording.sentence[end] == wording.sentence[seen.start] and end - seen.end < 40
        ):
            end += 1
        denials.append(Denial(seen.start, end, bool(_said(finder, "all-of-it", seen.start, seen.end + 5))))
    return sorted(denials)


def _by_authority(claim: Claim, notes: Notes) -> bool:
    person = claim.source.person
    if claim.source.kind == "author":
        return notes.genre == "official"
    return person is None or notes.people[person].role in DENIERS


def inside(passage: Passage, denials: list[Denial]) -> bool:
    """Whether the passage is what a denial denies."""
    return any(d.start <= passage.start + 3 and passage.end - 3 <= d.end for d in denials)


def answered(
    passage: Passage, denials: list[Denial], denied_acts: dict[str, int], wording: Wording, *, bare: bool
) -> bool:
    """Whether a denial answers this passage: it denies the same act, or denies what was said just before it.

    Args:
        passage: the words that tell the act.
        denials: in order.
        denied_acts: acts told inside denials, with where.
        wording: the text, word by word.
        bare: a denial that does not say of what counts for what stands just before it; in letters it does not.
    """
    if passage.act in denied_acts:
        return True
    topics = {
        wording.words[at][:SAME_TOPIC] for s in passage.sightings for e in s.elements for at in range(e.start, e.end)
    }
    topics = {topic for topic in topics if len(topic) == SAME_TOPIC}
    for denial in denials:
        if not bare or denial.start < passage.end:
            continue
        last = min(denial.start, len(wording.words) - 1)
        apart = wording.sentence[last] - wording.sentence[passage.end - 1]
        short = denial.end - denial.start <= BARE
        if apart <= (ALL_DENIED_WITHIN if denial.everything else DENIED_WITHIN) and (denial.everything or short):
            return True
        if topics & {word[:SAME_TOPIC] for word in wording.words[denial.start : denial.end]}:
            return True
    return False
