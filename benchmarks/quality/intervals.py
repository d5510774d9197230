"""Between what bounds a figure lies: documents drawn again with replacement, the middle 95 % of what comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

Figures = Mapping[str, tuple[float, float, float] | float]
Range = tuple[float, float]
SEED, DRAWS = 20261121, 1000


def by_document(
    counts: Sequence[Mapping[str, int]],
    pooled: Callable[[Sequence[Counter[str]]], Figures],
    *,
    draws: int = DRAWS,
) -> dict[str, Range]:
    """The 95 % interval of every figure that is pooled from counts by document.

    Args:
        counts: of each document, by name.
        pooled: the figures of some counts; of precision, recall and F1, the F1 is drawn.
        draws: how often.

    >>> by_document([{"right": 1, "all": 2}] * 3, lambda c: {"share": c[0]["right"] / c[0]["all"]}, draws=20)
    {'share': (0.5, 0.5)}
    """
    names = sorted({name for one in counts for name in one})
    known = list(pooled([_total(names, [sum(one.get(name, 0) for one in counts) for name in names])]))
    table = np.array([[one.get(name, 0) for name in names] for one in counts])
    dice = np.random.default_rng(SEED)
    drawn: dict[str, list[float]] = {measure: [] for measure in known}
    for _ in range(draws):
        often = np.bincount(dice.integers(len(counts), size=len(counts)), minlength=len(counts))
        for measure, score in pooled([_total(names, (often @ table).tolist())]).items():
            if measure in drawn:
                drawn[measure].append(score[2] if isinstance(score, tuple) else score)
    return {measure: middle(values) for measure, values in drawn.items() if values}


def middle(drawn: Sequence[float]) -> Range:
    """The bounds that leave out a fortieth at either end."""
    ordered = sorted(drawn)
    return ordered[int(0.025 * len(ordered))], ordered[max(0, int(0.975 * len(ordered)) - 1)]


def _total(names: Sequence[str], numbers: Sequence[int]) -> Counter[str]:
    return Counter({name: number for name, number in zip(names, numbers, strict=True) if number})
