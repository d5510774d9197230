"""The words that tell one act: the shortest run that holds every element, kept within natural clauses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from amparo.extraction.acts.concepts import Hit
from amparo.extraction.acts.signs import Scope, Seen
from amparo.extraction.acts.wording import Wording

WIDENED = 12
"""How many words a passage may be widened on either side to reach the end of its clause."""
SHORT, FILLED = 12, 22
"""A passage shorter than the first is filled out with neighbouring clauses up to the second, in words."""
LONGEST = 48
"""Sightings are joined into one passage up to so many words."""
APART = 6
"""Sightings of one act in one sentence that lie no further apart tell one thing."""


class Sighting(NamedTuple):
    """A sign of an act seen in the text: the words it spans, by number, half-open.

    Args:
        start, end: the words it spans.
        act: the act it tells.
        elements: the words that say its elements.
        scope: how far apart they may stand.
        written: the sign.
        listed: it is a later item of a list.
        alone: its circumstance is told elsewhere, so that it needs no more words than these.
    """

    start: int
    end: int
    act: str
    elements: tuple[Hit, ...]
    scope: Scope
    written: str
    listed: bool = False
    alone: bool = False


class Passage(NamedTuple):
    """The words that tell one act, with the sightings it rests on."""

    start: int
    end: int
    act: str
    sightings: tuple[Sighting, ...]


def sighting(
    act: str, seen: Seen, *, scope: Scope, written: str, listed: bool = False, alone: bool = False
) -> Sighting:
    """A sighting of an act, limited to the words of its elements."""
    return Sighting(seen.start, seen.end, act, seen.elements, scope, written, listed, alone)


def to_passages(sightings: Iterable[Sighting], wording: Wording, *, joining: frozenset[str]) -> list[Passage]:
    """Join the sightings of each act into passages, and widen them to the clauses they stand in.

    Args:
        sightings: signs that were seen, in any order.
        wording: the text, word by word.
        joining: words that begin a clause, left out at a passage's head.
    """
    by_act: dict[str, list[Sighting]] = {}
    for one in sightings:
        by_act.setdefault(one.act, []).append(one)
    passages = []
    for act, several in by_act.items():
        for group in _groups(_without_circumstance(several), wording):
            start, end = min(s.start for s in group), max(s.end for s in group)
            # A list of what is lacking is not widened: its other items tell other acts.
            if not any(s.listed for s in group):
                start, end = _widened(start, end, wording, joining)
            passages.append(Passage(start, end, act, tuple(group)))
    return sorted(passages)


def _without_circumstance(several: list[Sighting]) -> list[Sighting]:
    """Leave out a sighting that holds, beside what another tells by itself, only its circumstance."""
    alone = [s for s in several if s.alone]
    return [s for s in several if s.alone or not any(s.start <= a.start and a.end <= s.end for a in alone)]


def _groups(several: list[Sighting], wording: Wording) -> list[list[Sighting]]:
    close = [s for s in several if s.scope != "passage"]
    # What is told within one sentence needs no help from its neighbours.
    wide = [s for s in several if s.scope == "passage" and not any(c.start < s.end and s.start < c.end for c in close)]
    groups: list[list[Sighting]] = []
    for one in sorted((*close, *_shortest(wide)), key=lambda s: (s.end - s.start, s.start)):
        for group in groups:
            low, high = min(s.start for s in group), max(s.end for s in group)
            together = max(high, one.end) - min(low, one.start) <= LONGEST
            inside = low <= one.start and one.end <= high
            touching = one.start < high and low < one.end
            near = (
                wording.sentence[one.start] == wording.sentence[low] and max(one.start - high, low - one.end) <= APART
            )
            if inside or (together and (touching or near)):
                group.append(one)
                break
            if touching:
                break
        else:
            groups.append([one])
    return groups


def _shortest(wide: list[Sighting]) -> list[Sighting]:
    kept: list[Sighting] = []
    for one in sorted(wide, key=lambda s: (s.end - s.start, s.start)):
        if not any(k.start < one.end and one.start < k.end for k in kept):
            kept.append(one)
    return kept


def _widened(start: int, end: int, wording: Wording, joining: frozenset[str]) -> tuple[int, int]:
    first, last = start, end
    while (
        first > 0
        and start - first < WIDENED
        and wording.sentence[first - 1] == wording.sentence[start]
        and wording.clause[first - 1] == wording.clause[first]
    ):
        first -= 1
    while (
        last < len(wording.words)
        and last - end < WIDENED
        and wording.sentence[last] == wording.sentence[end - 1]
        and wording.clause[last] == wording.clause[last - 1]
    ):
        last += 1
    first, last = _filled_out(first, last, wording)
    while first < start and wording.words[first] in joining:
        first += 1
    return first, last


def _filled_out(first: int, last: int, wording: Wording) -> tuple[int, int]:
    """A passage of a few words is told together with the clauses beside it, those after it first."""
    words, sentence, clause = wording.words, wording.sentence, wording.clause
    while last - first < SHORT and last < len(words) and sentence[last] == sentence[first]:
        end = last
        while end < len(words) and clause[end] == clause[last]:
            end += 1
        if end - first > FILLED:
            break
        last = end
    while last - first < SHORT and first > 0 and sentence[first - 1] == sentence[first]:
        start = first - 1
        while start > 0 and clause[start - 1] == clause[first - 1]:
            start -= 1
        if last - start > FILLED:
            break
        first = start
    return first, last
