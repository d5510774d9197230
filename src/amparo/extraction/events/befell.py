"""Whom a custody event befell."""

from __future__ import annotations

import re

from amparo.domain.notes import Notes, Stretch
from amparo.domain.text import Language, Text
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives

_DONE_TO = frozenset({"arrest", "transfer", "placed-in-segregation", "release", "charge", "injury"})
BESIDE = 25
"""How far behind an active verb ("arrested his son") the person it befell may be named."""
BACK = 400
"""How far before the words, in characters, "he" may have been named."""


def whom_it_befell(
    kind: str, start: int, end: int, *, text: Text, notes: Notes, sentence: Stretch, language: Language
) -> int | None:
    """The person, as an index into the notes' people, or None where that cannot be told.

    The writer of a letter means himself unless the words are about a third person; a relative means the one held.
    In reports it is the one named after an active verb ("arrested his son"), else the held person named before.

    Args:
        kind: the kind of event.
        start: where the words that tell it begin.
        end: where they end.
        text: the reading.
        notes: with mentions and people.
        sentence: the sentence that holds the words.
        language: whose pronouns to look for.
    """
    words = vocabulary("events", language)["words"]
    folded = fold(text.content)
    placed = sorted(
        (notes.mentions[m].quote.start, index) for index, person in enumerate(notes.people) for m in person.mentions
    )
    clause = folded[max(sentence.start, start - 40) : min(sentence.end, end + 25)]
    held = [i for _, i in placed if notes.people[i].role == "detained"]

    def says(group: str, where: str) -> bool:
        return re.search(rf"(?<!\w)(?:{alternatives(dict.fromkeys(words[group]))})(?!\w)", where) is not None

    if kind == "death":
        here = [i for at, i in placed if sentence.start <= at < end]
        return here[-1] if here else _before(placed, start, held)
    if notes.genre == "letter" and notes.author is not None:
        subject = [(at, i) for at, i in placed if sentence.start <= at < start and i != notes.author]
        if subject and notes.people[subject[-1][1]].role == "family":
            between = folded[subject[-1][0] : start]
            if not re.search(r"[,;:.\n]", between) and not says("own", between.partition(" ")[2]):
                return subject[-1][1]
        own = says("own", folded[start:end]) or (says("own", clause) and not says("others", folded[start:end]))
        kin_writes = notes.people[notes.author].role != "detained"
        if own and (not kin_writes or kind in {"filing", "response", "hearing"}):
            return notes.author
        others = [i for i in held if i != notes.author]
        if kin_writes:
            return _before(placed, end, others) if others else notes.author
        if not says("others", clause):
            return notes.author
        unplaced = [i for _, i in placed if notes.people[i].role == "other" and i != notes.author]
        for among in (others, unplaced):
            if (whom := _before(placed, start, among, within=BACK)) is not None:
                return whom
        return notes.author
    passive = says("passive", folded[max(sentence.start, start - 12) : end])
    after = [i for at, i in placed if 0 <= at - end <= BESIDE and at < sentence.end]
    if kind in _DONE_TO and not passive and after:
        return after[0]
    able = [i for _, i in placed if notes.people[i].role in {"detained", "other", "family"}]
    here = [i for at, i in placed if sentence.start <= at <= start and i in able]
    here_held = [i for i in here if notes.people[i].role == "detained"]
    if here:
        return (here_held or here)[-1]
    return _before(placed, start, held) if held else _before(placed, start, able)


def _before(placed: list[tuple[int, int]], start: int, among: list[int], *, within: int | None = None) -> int | None:
    near = [i for at, i in placed if at <= start and i in among and (within is None or start - at <= within)]
    return near[-1] if near else (among[0] if among and within is None else None)
