"""Who was attacked: the people a report names, by what is told beside their names."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from amparo.domain.notes import Stretch
from amparo.domain.text import Text
from amparo.extraction.attacks.harm import harm, tells_harm
from amparo.extraction.attacks.weights import Weights
from amparo.extraction.encoder.names import find_labels
from amparo.extraction.vocabulary import vocabulary

LEAD, BESIDE, WORDS = 500, 40, 6
_EDGES = " .,;:“”\"'’‘()[]"
_TOKEN = re.compile(r"[a-z]+|\d+|[^\w\s]")
_INITIALS = re.compile(r"(?:\b[A-Z]\.\s?){1,3}$")
_AGE = re.compile(r"\W*,?\s*\(?\d{2}\b")


class Named(NamedTuple):
    """One place where a person is named: code points, half-open, the name without its edges, and how sure that is."""

    start: int
    end: int
    name: str
    chance: float


def people_named(text: Text, sentences: Sequence[Stretch]) -> tuple[Named, ...]:
    """Every place where an English text names a person, by the reading model.

    Args:
        text: a report.
        sentences: in order, not overlapping.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    found = []
    for begin, end, label, chance in find_labels(text, sentences):
        if label != "Person":
            continue
        initials = _INITIALS.search(text.content, max(0, begin - 12), begin)
        start = initials.start() if initials else begin
        name = re.sub(r"['’]s?$", "", text.content[start:end]).strip(_EDGES)
        if len(name) > 1:
            found.append(Named(start, end, name, chance))
    return tuple(found)


def by_person(named: Iterable[Named]) -> dict[str, list[Named]]:
    """Places by person, under the fullest form of the name: every word of the shorter one stands in it.

    >>> people = by_person([Named(0, 9, "Ada Pike", 1.0), Named(20, 24, "Pike", 1.0), Named(30, 33, "Bea", 1.0)])
    >>> {name: len(places) for name, places in people.items()}
    {'Ada Pike': 2, 'Bea': 1}
    """
    places = list(named)
    often = Counter(place.name for place in places)
    fullest: dict[str, str] = {}
    ordered = sorted(often, key=lambda name: (-len(name.split()), -often[name]))
    for at, name in enumerate(ordered):
        words = set(name.lower().split())
        hosts = (
            other
            for other in ordered[:at]
            if len(other.split()) > len(name.split()) and words <= set(other.lower().split())
        )
        host = next(hosts, name)
        fullest[name] = fullest.get(host, host)
    people: dict[str, list[Named]] = {}
    for place in places:
        people.setdefault(fullest[place.name], []).append(place)
    return people


def signs_of_victims(
    content: str, sentences: Sequence[Stretch], people: dict[str, list[Named]]
) -> dict[str, dict[str, float]]:
    """For every person, the signs that it is who was attacked.

    Args:
        content: a report, its headline in the first line.
        sentences: in order, not overlapping.
        people: places by name.
    """
    headline = content.find("\n") if "\n" in content else 100
    counts = sorted((len(places) for places in people.values()), reverse=True)
    starts = [s.start for s in sentences]
    signs = {}
    for name, places in people.items():
        count, first = len(places), min(p.start for p in places)
        found: dict[str, float] = {
            "often": math.log(count),
            "share": count / sum(counts),
            "rank": 1 / (1 + counts.index(count)),
            "most": float(count == counts[0]),
            "once": float(count == 1),
            "headline": float(first < headline),
            "lead": float(first < headline + LEAD),
            "early": 1 - first / len(content),
            "late": max(p.start for p in places) / len(content),
            f"words in the name: {min(4, len(name.split()))}": 1.0,
            "sure": max(p.chance for p in places),
            "people": math.log(len(people)),
            "alone": float(len(people) == 1),
            "capitals": float(name.isupper()),
        }
        told: Counter[str] = Counter()
        for place in places:
            at = bisect_right(starts, place.start) - 1
            begin, end = (sentences[at].start, sentences[at].end) if at >= 0 else (place.start - 100, place.end + 100)
            before = content[max(0, min(begin, place.start)) : place.start]
            after = content[place.end : max(end, place.end)]
            told.update(_told(before, after, content[place.end - 2 : place.end]))
            found |= _words(before, after)
        for sign in TOLD:
            found[f"told: {sign}"] = float(told[sign] > 0)
            found[f"share told: {sign}"] = told[sign] / count
            found[f"often told: {sign}"] = math.log1p(told[sign])
        signs[name] = found
    return signs


TOLD = (
    "harm in the sentence",
    "harm beside",
    "harm before",
    "harm after",
    "speaks",
    "office",
    "standing",
    "age",
    "harm suffered",
    "harm of",
    "own harm",
)
"""What may be told in the sentence that names a person."""


def find_victims(text: Text, sentences: Sequence[Stretch], weights: Weights) -> tuple[tuple[str, float], ...]:
    """The people a report names as attacked, in the order in which they are named, each with its score.

    Args:
        text: a report, its headline in the first line.
        sentences: in order, not overlapping.
        weights: of the signs.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    people = by_person(people_named(text, sentences))
    scored = {
        name: weights.score(signs)[0] for name, signs in signs_of_victims(text.content, sentences, people).items()
    }
    return tuple((name, score) for name, score in scored.items() if score >= weights.enough)


def _told(before: str, after: str, ending: str) -> Iterable[str]:
    """What is told in the words before and after one place of a name; its own last characters may be a possessive."""
    speaks, office, standing, suffered, harm_of, own_harm = _beside()
    left, right = before[-BESIDE:], after[:BESIDE]
    patterns = {
        "harm in the sentence": tells_harm(before + after),
        "harm beside": tells_harm(f"{left} {right}"),
        "harm before": tells_harm(left),
        "harm after": tells_harm(right),
        "speaks": speaks.search(f"{before[-25:]} | {after[:25]}"),
        "office": office.search(before),
        "standing": standing.search(before),
        "age": _AGE.match(after),
        "harm suffered": suffered.match(after),
        "harm of": harm_of.search(before),
        "own harm": own_harm.match(ending + after),
    }
    return (sign for sign, there in patterns.items() if there)


def _words(before: str, after: str) -> dict[str, float]:
    """The words beside one place of a name."""
    left, right = _TOKEN.findall(before.lower())[-WORDS:], _TOKEN.findall(after.lower())[:WORDS]
    beside = {f"before: {word}" for word in left} | {f"after: {word}" for word in right}
    beside |= {f"just before: {' '.join(left[-n:])}" for n in (1, 2) if len(left) >= n}
    beside |= {f"just after: {' '.join(right[:n])}" for n in (1, 2, 3) if len(right) >= n}
    sentence = {word for word in _TOKEN.findall(f"{before} {after}".lower()) if len(word) > 3}
    return dict.fromkeys(beside | {f"sentence: {word}" for word in sentence}, 1.0)


@cache
def _beside() -> tuple[re.Pattern[str], ...]:
    """Patterns for who speaks, an office, a standing, harm suffered, harm of and one's own harm."""
    lists = vocabulary("en/attacks")["beside"]
    speaks, office, standing = ("|".join(map(re.escape, lists[name])) for name in ("speaks", "office", "standing"))
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b(?:{speaks})\b",
            rf"(?:{office})\W*$",
            rf"(?:{standing})\W*$",
            rf"\s*,?[^.]{{0,40}}\b(?:was|were|been|is|are|being)\b\s+(?:\w+ly\s+)?{harm()}",
            rf"{harm()}\s+(?:of|against|on|to|for)\s+(?:\S+\s+){{0,4}}$",
            rf".?['’]s?\s+(?:\w+\s+){{0,2}}{harm()}",
        )
    )
