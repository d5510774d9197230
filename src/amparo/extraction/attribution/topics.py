"""Whom "he", "ella" or an unnamed subject means: the person the sentences before were about.

A person who spoke or stands at the head of a sentence keeps the pronoun over people merely mentioned in it, over the
owner of a thing ("Lee's request") and over those in a by-phrase, in the manner of centering theory: Grosz, Joshi and
Weinstein, "Centering: A Framework for Modeling the Local Coherence of Discourse", Computational Linguistics 21 (1995).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from amparo.domain.notes import Stretch
from amparo.domain.text import Language, Text
from amparo.extraction.attribution.cues import lists
from amparo.extraction.phrases import fold

LONGEST = 200
"""No name is longer than this, in characters."""
REACH = 500
"""How far back, in characters, a pronoun looks for the person it stands for."""
UNKNOWN = -1
"""Somebody who spoke and is none of the document's people."""
HEADING = 110
"""A line by itself without a stop is no heading if it is longer than this, in characters."""
NOBODY, OWNER, BESIDE, NAMED, TOPIC, SPEAKER = range(-1, 5)
"""How much a person is what a sentence is about."""
_WORD = re.compile(r"\w+|[^\w\s]")
_OWNS = re.compile(r"['’]s?(?!\w)")


class Seen(NamedTuple):
    """A place where one of the document's people is named, or spoke: an index into the people, or `UNKNOWN`."""

    start: int
    end: int
    person: int


def pronoun(word: str, language: Language) -> str | None:
    """The gender a pronoun tells, nothing for "su", or None for a word that is no pronoun of one person.

    >>> [pronoun(word, "es") for word in ("ella", "él", "el")]
    ['f', 'm', None]
    """
    known, folded = lists(language), fold(word)
    if word.casefold() == "el":
        return None  # the article; the accent alone tells it from "él"
    told = {"he": "m", "she": "f", "somebodys": ""}
    return next((gender for group, gender in told.items() if known.has(group, folded)), None)


class Near(NamedTuple):
    """What stands around an attribution and tells whom "he", or an unnamed subject, means.

    Args:
        begin: where its sentence begins, or the words of the report it stands in.
        spoke: where people spoke before it, in order; those in a by-phrase left out.
        barred: people it cannot mean.
        said: stretches of others' words, whose people are passed over.
        sentences: of the text.
        headings: a report's headings, which no pronoun looks back to.
    """

    begin: int
    spoke: Sequence[Seen] = ()
    barred: frozenset[int | None] = frozenset()
    said: tuple[tuple[int, int], ...] = ()
    sentences: Sequence[Stretch] = ()
    headings: Sequence[Stretch] = ()


def headings(text: Text) -> tuple[Stretch, ...]:
    """The lines of a report that stand alone and end without a stop."""
    lines = re.finditer(rf"(?:^|(?<=\n\n))[^\n]{{1,{HEADING}}}(?=\n\n|$)", text.content)
    return tuple(Stretch(start=m.start(), end=m.end()) for m in lines if m.group().rstrip()[-1:] not in '.!?…:;,"”»')


def whom(
    text: Text,
    at: int,
    near: Near,
    seen: Sequence[Seen],
    genders: Sequence[str],
    *,
    gender: str,
    language: Language,
) -> int | None:
    """The person a pronoun, or a verb without a subject, stands for.

    Args:
        text: the reading.
        at: where the pronoun or the verb stands.
        near: what stands around it.
        seen: where people are named, in order.
        genders: of each person: m, f, or nothing where it is not told.
        gender: of the pronoun, or nothing.
        language: whose prepositions.

    Returns:
        The person's index, or None where nobody, or somebody not known, is meant.
    """
    spoke = [s for s in near.spoke if s.end <= at and at - s.end <= REACH]
    first = bisect_left(seen, at - REACH - LONGEST, key=lambda s: s.start)
    named = [
        s for s in seen[first : bisect_left(seen, at, key=lambda s: s.start)] if s.end <= at and at - s.end <= REACH
    ]
    fitting = [
        s
        for s in sorted({*named, *spoke})
        if s.person not in near.barred and (s.person < 0 or not gender or genders[s.person] in ("", gender))
    ]
    own = [s for s in fitting if s in spoke or not any(a <= s.start and s.end <= b <= at for a, b in near.said)]
    own = [s for s in own if not any(h.start <= s.start < h.end for h in near.headings)] or own or fitting
    best, reached = None, NOBODY
    for away, group in _by_sentence(own, near, at):
        begin = near.begin if away < 0 else _sentence_start(near, group[0].start)
        weighed = [(_weight(text, s, begin, away, spoke, gender, language), s) for s in group]
        weight, one = _foremost(weighed, genders, gender)
        if weight > reached:
            best, reached = one, weight
        if reached >= TOPIC or (away > 0 and reached >= NAMED):
            break
    return best.person if best is not None and best.person >= 0 else None


def _by_sentence(seen: Sequence[Seen], near: Near, at: int) -> Iterator[tuple[int, list[Seen]]]:
    """The people of each sentence, the nearest first, with how far away it is; -1 is the report around the point."""
    own = _sentence(near, at)
    groups: dict[int, list[Seen]] = {}
    for one in seen:
        away = own - _sentence(near, one.start)
        groups.setdefault(-1 if away <= 0 and one.start >= near.begin else away, []).append(one)
    yield from sorted(groups.items())


def _sentence(near: Near, at: int) -> int:
    return bisect_right(near.sentences, at, key=lambda s: s.start) - 1


def _sentence_start(near: Near, at: int) -> int:
    number = _sentence(near, at)
    return near.sentences[number].start if number >= 0 else 0


def _weight(
    text: Text, one: Seen, begin: int, away: int, spoke: Sequence[Seen], gender: str, language: Language
) -> int:
    """How much the sentence that begins at a point is about one of its people."""
    known = lists(language)
    if away > 1 and _just_met(text.content[one.start : one.end], language):
        return BESIDE
    if one in spoke:
        return SPEAKER
    before = text.content[begin : one.start]
    before = before[max((before.rfind(mark) for mark in '”»"'), default=-1) + 1 :]
    spelt = [w.casefold() for w in _WORD.findall(before)]
    ahead = [fold(w) for w in spelt]
    while ahead and known.has("determiners", ahead[-1]):
        ahead.pop()
    last = ahead[-1] if ahead else ""
    if _OWNS.match(text.content, one.end) or known.has("owning", last):
        return OWNER
    genders = {pronoun(w, language) for w in spelt}
    if known.has("by", last) or (gender in genders if gender else genders & {"m", "f"}):
        return BESIDE
    return NAMED if known.has("governing", last) else TOPIC


def _just_met(words: str, language: Language) -> bool:
    """Whether words speak of somebody new and nameless, who is soon forgotten: "an officer at the door"."""
    first, *others = words.split()
    return lists(language).has("indefinite", fold(first)) and not any(word[0].isupper() for word in others)


def _foremost(weighed: Sequence[tuple[int, Seen]], genders: Sequence[str], gender: str) -> tuple[int, Seen]:
    """Whom a sentence is most about: its speaker, else the one it names first, else the one it names last."""
    most = max(weight for weight, _ in weighed)
    alike = [s for weight, s in weighed if weight == most]
    chosen = alike[0] if most == TOPIC else alike[-1]
    if gender and chosen.person >= 0 and not genders[chosen.person]:
        surer = [s for weight, s in weighed if weight > OWNER and s.person >= 0 and genders[s.person] == gender]
        chosen = surer[-1] if surer else chosen
    return most, chosen
