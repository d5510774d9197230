"""What a sentence sums up as lacking: "no access to sunlight, clean water or a dentist" tells three acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from amparo.extraction.acts.concepts import Hit
from amparo.extraction.acts.signs import Finder, Seen

REACH = 45
"""How many words after the words of lacking a list may go on."""
HEAD = 5
"""How many words of an item ("any kind of medical ...") may stand before what is lacking."""
STRANGE = 3
"""After so many items in a row that name nothing an act is about, the list is over."""
DEPRIVED, WITHOUT, LIST_WORDS, LIST_END = "deprived-of", "without-all", "list-words", "list-end"
"""The concepts of the vocabulary: what is lacking follows; so it does, where several things follow; joins; ends."""


class Lacking(NamedTuple):
    """One thing named as lacking.

    Args:
        act: the act that its lack is.
        seen: from the words of lacking to the thing.
        first: nothing else stands between the two.
    """

    act: str
    seen: Seen
    first: bool


def concept_of(act: str) -> str:
    """The name under which the things are looked for whose lack is an act."""
    return f"lacking {act}"


def find_lacking(finder: Finder, acts: Iterable[str]) -> Iterator[Lacking]:
    """Every thing that a text names as lacking, alone or in a list.

    Words of lacking that stand before much else ("no", "without") count only where they govern two such things.

    Args:
        finder: what is said in the text.
        acts: those whose things are looked for.
    """
    governing = [(seen, 1) for seen in finder.said(DEPRIVED)] + [(seen, 2) for seen in finder.said(WITHOUT)]
    if not governing:
        return
    things: dict[int, list[tuple[int, str]]] = {}
    for act in acts:
        for seen in finder.said(concept_of(act)):
            things.setdefault(seen.start, []).append((seen.end, act))
    joins = {at for seen in finder.said(LIST_WORDS) for at in range(seen.start, seen.end)}
    ends = {seen.start for seen in finder.said(LIST_END)}
    for cue, least in governing:
        found = list(_follow(cue, finder, things, joins, ends))
        if len({one.act for one in found}) >= least:
            yield from found


def _follow(
    cue: Seen, finder: Finder, things: dict[int, list[tuple[int, str]]], joins: set[int], ends: set[int]
) -> Iterator[Lacking]:
    wording = finder.wording
    sentence, clause, last = wording.sentence, wording.clause, min(len(wording.words), cue.end + REACH)
    at, strange, first = cue.end, 0, True
    while at < last and sentence[at] == sentence[cue.start] and (at not in wording.stops or first):
        while at < last and at in joins:
            at += 1
        named, head = False, at
        while at < last and (at == head or (clause[at] == clause[at - 1] and at not in joins)):
            if at in ends or (at in wording.stops and at > cue.end) or sentence[at] != sentence[cue.start]:
                return
            if not named and at - head < HEAD and at in things:
                end = max(end for end, _ in things[at])
                for stop, act in things[at]:
                    if stop == end:
                        yield Lacking(act, Seen(cue.start, end, (*cue.elements, Hit(at, end))), first)
                named, at = True, end
                continue
            at += 1
        strange = 0 if named else strange + 1
        if strange >= STRANGE or (not named and at - head > HEAD):
            return
        first = False
