"""What authorities deny, and which acts a denial answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from amparo.domain.claims import Claim
from amparo.domain.notes import Notes
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.wording import Wording

DENIED_WITHIN, BACK_WITHIN, ALL_DENIED_WITHIN = 3, 5, 8
"""How many sentences back a denial answers that does not say what it denies, that says "no such thing", or that denies
everything."""
SAME_TOPIC = 5
"""Words that begin with so many like letters speak of one thing (hearing, hearings)."""
DENIERS = frozenset({"official", "guard", "lawyer", "doctor", "judge"})
BARE = 6
"""A denial of no more words than this does not say what it denies."""


class Denial(NamedTuple):
    """An authority's denial.

    Args:
        start, end: the words of its contents, by number, half-open.
        everything: it denies everything before it.
        back: it points back to what was just said ("no such request").
        claimed: somebody is told to deny; otherwise only its words sound like it.
    """

    start: int
    end: int
    everything: bool
    back: bool
    claimed: bool


def find_denials(notes: Notes, finder: Finder) -> list[Denial]:
    """What authorities, their lawyers and accused staff are reported to deny.

    Args:
        notes: with claims and people.
        finder: what is said in the text.
    """
    wording = finder.wording
    denials = []
    for claim in notes.claims:
        if claim.stance != "denies" or not _by_authority(claim, notes, finder):
            continue
        low = min(q.start for q in (*claim.contents, *((claim.cue,) if claim.cue else ())))
        high = max(q.end for q in (*claim.contents, *((claim.cue,) if claim.cue else ())))
        start, end = wording.between(low, high)
        if start < end and not _of_rumour(start, notes, wording):
            denials.append(_denial(finder, start, end, end + 4, claimed=True))
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
        denials.append(_denial(finder, seen.start, end, seen.end + 5, claimed=False))
    return sorted(denials)


def _denial(finder: Finder, start: int, end: int, until: int, *, claimed: bool) -> Denial:
    everything = finder.says("all-of-it", start, until)
    return Denial(start, end, everything, finder.says("points-back", start, end), claimed)


def _of_rumour(start: int, notes: Notes, wording: Wording) -> bool:
    """Whether what was said just before a denial is a rumour, so that it answers that."""
    place = wording.starts[start]
    before = [c for c in notes.claims if max(q.end for q in c.contents) <= place]
    last = max(before, key=lambda c: max(q.end for q in c.contents), default=None)
    return last is not None and last.stance == "rumour"


def _by_authority(claim: Claim, notes: Notes, finder: Finder) -> bool:
    person = claim.source.person
    if person is None and claim.source.kind == "mention":
        spans = [finder.wording.between(q.start, q.end) for q in claim.source.quotes]
        if any(finder.says("laypeople", start, end) for start, end in spans):
            return False
    if claim.source.kind == "author":
        return notes.genre == "official"
    return person is None or notes.people[person].role in DENIERS


def inside(passage: Passage, denials: list[Denial]) -> bool:
    """Whether the passage is what a denial denies."""
    return any(d.start <= passage.start + 3 and passage.end - 3 <= d.end for d in denials)


def answered(
    passage: Passage,
    denials: list[Denial],
    denied_acts: dict[str, int],
    wording: Wording,
    *,
    bare: bool,
    told: Sequence[Passage],
) -> bool:
    """Whether a denial answers this passage: it denies the same act, or denies what was said just before it.

    Args:
        passage: the words that tell the act.
        denials: in order.
        denied_acts: acts told inside denials, with where.
        wording: the text, word by word.
        bare: a denial that does not say of what counts for what stands just before it; in letters it does not.
        told: every passage, among which a denial that points back answers those of the last paragraph before it.
    """
    if passage.act in denied_acts and (bare or passage.start < denied_acts[passage.act]):
        return True
    topics = {
        wording.words[at][:SAME_TOPIC] for s in passage.sightings for e in s.elements for at in range(e.start, e.end)
    }
    topics = {topic for topic in topics if len(topic) == SAME_TOPIC}
    for denial in denials:
        if denial.start < passage.end or not (bare or denial.claimed):
            continue
        last = min(denial.start, len(wording.words) - 1)
        apart = wording.sentence[last] - wording.sentence[passage.end - 1]
        short = denial.end - denial.start <= BARE
        if denial.claimed and denial.back and apart <= BACK_WITHIN and _last_told(passage, denial, wording, told):
            return True
        if (
            bare
            and apart <= (ALL_DENIED_WITHIN if denial.everything else DENIED_WITHIN)
            and (denial.everything or short)
        ):
            return True
        if topics & {word[:SAME_TOPIC] for word in wording.words[denial.start : denial.end]}:
            return True
    return False


def told_not_so(notes: Notes, finder: Finder) -> list[tuple[int, int]]:
    """The words of authorities, by number, in which what is told not to be so is denied ("Nobody is tied down")."""
    return [
        finder.wording.between(quote.start, quote.end)
        for claim in notes.claims
        if claim.stance in ("asserts", "denies")
        and claim.source.kind == "mention"
        and _by_authority(claim, notes, finder)
        for quote in claim.contents
    ]


def _last_told(passage: Passage, denial: Denial, wording: Wording, told: Sequence[Passage]) -> bool:
    before = [wording.paragraph[p.start] for p in told if p.end <= denial.start]
    return wording.paragraph[passage.start] == max(before, default=-1)
