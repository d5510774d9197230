"""Scores of names: kind and both ends right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.quality.score_attribution import Score, f_score

Named = tuple[int, int, str]


def score_names(gold: Mapping[str, Sequence[Named]], found: Mapping[str, Sequence[Named]]) -> dict[str, Score]:
    """Precision, recall and F1 of names by kind and over all; a document without answer is a complete miss."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for document, names in gold.items():
        answers = set(found.get(document, ()))
        known.update(kind for _, _, kind in set(names))
        said.update(kind for _, _, kind in answers)
        right.update(kind for _, _, kind in answers & set(names))
    scores = {"all": f_score(right.total(), said.total(), known.total())}
    return scores | {kind: f_score(right[kind], said[kind], known[kind]) for kind in sorted(known)}
