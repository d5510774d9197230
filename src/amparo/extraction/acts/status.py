"""How an act is told: still going on, past, put right, or feared."""

from __future__ import annotations

from amparo.domain.claims import Mention, Status
from amparo.domain.notes import Notes
from amparo.domain.text import Language
from amparo.extraction.acts.act_signs import told_once
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.wording import tells_past

NEARBY = 7
"""How many words before a passage a word of time or fear still belongs to it."""
AFTERWARDS = 14
"""How many words after a passage the remedy may be told."""


SINCE = frozenset({"since", "day", "until", "till", "before", "after", "desde", "hasta", "kuando"})
"""Before what was done, these words tell a day by it."""
HAPPENS = frozenset({"LEG-01"})
"""Acts that happen on an occasion: told in the past, they are past, unless asked for in vain or happening again."""
DONE = frozenset(
    {"FOR-01", "FOR-02", "SEX-01", "SEA-01", "THR-01", "RET-01", "MED-02", "MED-03", "LEG-02", "FMD-01", "SUI-01"}
)
"""Acts that no remedy undoes."""
UNMET = frozenset(
    {"MED-01", "MED-04", "MED-05", "DEN-01", "MEN-01", "GRV-01", "FOD-02", "RES-01", "RES-02", "LEG-03", "ISO-03"}
)
"""Acts that last until what was asked for or due is given."""


def tell_status(
    passage: Passage, finder: Finder, notes: Notes, when: Mention | None, words: tuple[str, str], language: Language
) -> Status:
    """The status of an act by the words of its passage and around it, denials left aside.

    Args:
        passage: the words that tell the act.
        finder: what is said in the text.
        notes: with the day it was written.
        when: the date that belongs to the act.
        words: what says the act, as written, and its whole passage.
        language: whose verbs they are.
    """
    core_words, told = words
    core = (min(x.start for x in passage.sightings), max(x.end for x in passage.sightings))
    if passage.act not in DONE and _put_right(passage, finder):
        return "resolved"
    if passage.act == "RET-01" and any("threat-if" in s.written for s in passage.sightings):
        return "feared"
    if passage.act not in ("THR-01", "SUI-01") and _said(finder, "feared", passage.start - NEARBY, passage.start + 4):
        return "feared"
    if passage.act == "THR-01" and not _said(finder, "attack-done", *core):
        return "current"
    over = tells_past(core_words, language=language) and not _said(finder, "made-for-fewer", *core)
    days = when.when if when is not None else None
    habit = set(_said(finder, "habit", passage.start, passage.end)) if over and days is not None else set()
    still = bool(set(_said(finder, "still-so", passage.start, passage.end)) - habit)
    lasts = passage.act not in told_once()
    if (lasts or passage.act == "MED-03") and _said(finder, "taken-away", passage.start, passage.end):
        return "current"
    if lasts and tells_past(told, language=language) and _ended(passage, finder):
        return "past"
    if days is not None and notes.written is not None and days.latest >= notes.written.earliest:
        return "current"
    if passage.act in HAPPENS and over and not _said(finder, "again-and-again", passage.start, passage.end):
        return "past"
    if passage.act in told_once():
        return "past" if over or days is not None else "current"
    if passage.act in UNMET or passage.act == "SUI-01" or still or not over:
        return "current"
    return "past" if days is not None or _said(finder, "long-ago", passage.start, passage.end) else "current"


def _put_right(passage: Passage, finder: Finder) -> bool:
    """Whether a remedy is told in the passage or just after it; "since it was fixed" tells a day, not a remedy."""
    words = finder.wording.words
    return any(
        words[at - 1] not in SINCE
        for at in _said(finder, "resolved", passage.start, passage.end + AFTERWARDS, sentences=1)
    )


def _ended(passage: Passage, finder: Finder) -> bool:
    """Whether the passage says how long something lasted that is over: "she slept eleven nights without a blanket"."""
    wording = finder.wording
    for seen in finder.said("length-told"):
        if not passage.start <= seen.start < passage.end:
            continue
        clause = [at for at in range(passage.start, passage.end) if wording.clause[at] == wording.clause[seen.start]]
        if not finder.says("lasting-still", clause[0], clause[-1] + 1):
            return True
    return False


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
