"""Scores of who says what, by the measures of the PolNeAR corpus.

Source, cue and content each: exact sets of spans, and pooled word overlap. Attribution: one to one, cue sharing a
word with gold, content with word Jaccard of at least one half, source sharing a word (or both without a source).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Spans = Sequence[Sequence[int]]
Score = tuple[float, float, float]
ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+|[^\w\s]")


def score_attributions(
    gold: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Mapping[str, Spans]]]
) -> dict[str, Score]:
    """Precision, recall and F1 by measure.

    Args:
        gold: documents with id, text and annotations.
        found: attributions by document id; a missing document was not read and counts as a complete miss.
    """
    return pooled([compare(document, found.get(document["id"], ())).counts for document in gold])


class Compared(NamedTuple):
    """One document compared: counts by measure, and which found attribution is which of gold's."""

    counts: Counter[str]
    pairs: dict[int, int]


def compare(document: Mapping[str, Any], found: Sequence[Mapping[str, Spans]]) -> Compared:
    """Compare what was found in one document with its annotation."""
    text, gold = document["text"], document["annotations"]
    counts: Counter[str] = Counter()

    def add(measure: str, right: int, said: int, there: int) -> None:
        counts.update({f"{measure} right": right, f"{measure} said": said, f"{measure} there": there})

    for role in ROLES:
        here = [_trimmed(text, a[role]) for a in gold if a[role]]
        said = [_trimmed(text, a[role]) for a in found if a[role]]
        left = list(here)
        right = 0
        for span in said:
            if span in left:
                left.remove(span)
                right += 1
        add(f"{role}_exact", right, len(said), len(here))
        gold_words = words_of(text, [s for a in gold for s in a[role]])
        found_words = words_of(text, [s for a in found for s in a[role]])
        add(f"{role}_overlap", len(gold_words & found_words), len(found_words), len(gold_words))
    gold_sets = [{role: words_of(text, a[role]) for role in ROLES} for a in gold]
    found_sets = [{role: words_of(text, a[role]) for role in ROLES} for a in found]
    pairs = _paired(gold_sets, found_sets)
    add("attribution", len(pairs), len(found), len(gold))
    contents = [{"content": s["content"]} for s in gold_sets if s["content"]]
    said_contents = [{"content": s["content"]} for s in found_sets if s["content"]]
    add("content_detect_j50", len(_paired(contents, said_contents)), len(said_contents), len(contents))
    return Compared(counts, pairs)


def _paired(gold: Sequence[Mapping[str, set[int]]], found: Sequence[Mapping[str, set[int]]]) -> dict[int, int]:
    """Which found attribution pairs with which of gold, each with the best that is left."""
    used: set[int] = set()
    pairs: dict[int, int] = {}
    for place, one in enumerate(found):
        best = (0.0, -1)
        for number, other in enumerate(gold):
            if number in used:
                continue
            alike = _jaccard(one["content"], other["content"])
            if alike > best[0] and matches(one, other):
                best = (alike, number)
        if best[1] >= 0:
            used.add(best[1])
            pairs[place] = best[1]
    return pairs


def matches(one: Mapping[str, set[int]], other: Mapping[str, set[int]]) -> bool:
    """Whether two attributions are one: content alike by half, and cue and source, where given, sharing a word."""
    if _jaccard(one["content"], other["content"]) < 0.5:
        return False
    if "cue" not in one:
        return True
    sources = bool(one["source"] & other["source"]) or (not one["source"] and not other["source"])
    return bool(one["cue"] & other["cue"]) and sources


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / (len(one | other) or 1)


def words_of(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """The words and marks in some spans, by their first characters."""
    return {m.start() for start, end in spans for m in _WORD.finditer(text, start, end)}


def _trimmed(text: str, spans: Spans) -> tuple[tuple[int, int], ...]:
    out = []
    for start, end in spans:
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        if start < end:
            out.append((start, end))
    return tuple(out)


def pooled(counts: Sequence[Mapping[str, int]]) -> dict[str, Score]:
    """Figures over documents, by measure."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    measures = [f"{role}_{how}" for role in ROLES for how in ("exact", "overlap")] + [
        "attribution",
        "content_detect_j50",
    ]
    return {m: f_score(total[f"{m} right"], total[f"{m} said"], total[f"{m} there"]) for m in measures}


def f_score(right: int, found: int, gold: int) -> Score:
    """Precision, recall and their harmonic mean.

    >>> f_score(1, 2, 1)[2]
    0.6666666666666666
    """
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
