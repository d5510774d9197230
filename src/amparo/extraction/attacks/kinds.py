"""What kinds of attack a report tells of: arbitrary detention, killing, torture and the like."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

from amparo.extraction.attacks.weights import Weights
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

LEAD = 800
"""Characters from the start within which a report tells what it is about."""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def words_of(content: str) -> Counter[str]:
    """The words of a report and how often each stands there; a possessive counts as its word.

    >>> sorted(words_of("The editor’s arrest, the editor said").items())[:2]
    [('arrest', 1), ('editor', 2)]
    """
    plain = content.lower().replace("’", "'")
    return Counter(word.removesuffix("'s") for word in _WORD.findall(plain))


def signs_of_kinds(content: str) -> dict[str, float]:
    """Every sign in a report and how strongly it stands there.

    Args:
        content: a report, its headline in the first line.
    """
    topics, phrases = _topics()
    length, words = len(content), max(50, len(content.split()))
    headline = content.find("\n") if "\n" in content else length
    places: dict[str, list[int]] = {topic: [] for topic in topics}
    signs: dict[str, float] = {}
    for found in phrases.find(content):
        signs[f"phrase:{found.phrase}"] = signs.get(f"phrase:{found.phrase}", 0.0) + 1
        for topic, its_phrases in topics.items():
            if found.phrase in its_phrases:
                places[topic].append(found.start)
    signs = {phrase: math.log1p(count) for phrase, count in signs.items()}
    for topic, at in places.items():
        if at:
            signs |= {
                f"{topic}:told": 1.0,
                f"{topic}:often": math.log1p(len(at)),
                f"{topic}:share": 100 * len(at) / words,
                f"{topic}:headline": float(at[0] < headline),
                f"{topic}:lead": math.log1p(sum(place < LEAD for place in at)),
                f"{topic}:late": math.log1p(sum(place > length / 2 for place in at)),
                f"{topic}:thrice": float(len(at) >= 3),
            }
    signs["length"] = math.log(words)
    return signs


def words_weighed(content: str, idf: dict[str, float]) -> dict[str, float]:
    """The words of a report by how telling each is, as a vector of length one.

    Args:
        content: the report.
        idf: how telling each word is; others are left out.
    """
    weighed = {f"word:{w}": (1 + math.log(n)) * idf[w] for w, n in words_of(content).items() if w in idf}
    norm = math.sqrt(sum(v * v for v in weighed.values()))
    return {word: value / norm for word, value in weighed.items()}


def find_kinds(content: str, weights: Weights) -> tuple[tuple[str, float], ...]:
    """The kinds of attack a report tells of, likeliest first, each with its score; at least one.

    Args:
        content: a report, its headline in the first line.
        weights: of the signs.
    """
    scores = weights.score(signs_of_kinds(content) | words_weighed(content, weights.idf))
    ranked = sorted(zip(weights.labels, scores, strict=True), key=lambda scored: -scored[1])
    return tuple(one for place, one in enumerate(ranked) if place == 0 or one[1] >= weights.enough)


@cache
def _topics() -> tuple[dict[str, frozenset[str]], Phrases]:
    topics = {topic: frozenset(phrases) for topic, phrases in vocabulary("en/attacks")["topics"].items()}
    return topics, Phrases.of(sorted(frozenset[str]().union(*topics.values())))
