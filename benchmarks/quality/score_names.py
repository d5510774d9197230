"""Scores of names: kind and both ends right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.quality.score_attribution import Score, f_score

Named = tuple[int, int, str]


def score_names(gold: Mapping[str, Sequence[Named]], found: Mapping[str, Sequence[Named]]) -> dict[str, Score]:
    """Precision, recall and F1 of names by kind and over all; a document without answer is a complete miss."""
    return pooled([count(names, found.get(document, ())) for document, names in gold.items()])


def count(gold: Iterable[Named], found: Iterable[Named]) -> Counter[str]:
    """What is right, said and there in one document, by kind."""
    there, said = set(gold), set(found)
    counts: Counter[str] = Counter()
    for part, names in (("there", there), ("said", said), ("right", there & said)):
        counts.update(f"{kind} {part}" for _, _, kind in names)
        counts[f"all {part}"] = len(names)
    return counts


def pooled(counts: Sequence[Mapping[str, int]]) -> dict[str, Score]:
    """Precision, recall and F1 of names over all and by kind, of the kinds that are there."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    kinds = sorted(name.removesuffix(" there") for name in total if name.endswith(" there") and total[name])
    return {
        kind: f_score(total[f"{kind} right"], total[f"{kind} said"], total[f"{kind} there"])
        for kind in sorted(kinds, key=lambda kind: (kind != "all", kind))
    }
