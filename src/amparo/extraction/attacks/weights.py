"""Weights learnt from annotated reports: plain numbers by the name of a sign, so that every score can be recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """A linear score for each of some labels.

    Args:
        labels: what is scored.
        start: each label's score before any sign.
        signs: a sign's weight for each label.
        idf: how telling a word is, for signs that are words; empty where none are.
        enough: the score from which a label holds.
    """

    labels: tuple[str, ...]
    start: tuple[float, ...]
    signs: dict[str, tuple[float, ...]]
    idf: dict[str, float] = {}
    enough: float = 0.5

    def score(self, found: Mapping[str, float]) -> tuple[float, ...]:
        """The score of each label for signs found and how strongly; signs without a weight count for nothing.

        >>> weights = Weights(labels=("killing",), start=(0.1,), signs={"murder": (0.5,)})
        >>> weights.score({"murder": 1.0, "weather": 3.0})
        (0.6,)
        """
        scores = list(self.start)
        for sign, strength in found.items():
            for label, weight in enumerate(self.signs.get(sign, ())):
                scores[label] += strength * weight
        return tuple(scores)


class AttackModel(NamedTuple):
    """The weights of every question asked of a report."""

    kinds: Weights
    victims: Weights
    countries: Weights
    years: Weights


@cache
def attack_model(name: str = "attacks-en") -> AttackModel:
    """The weights that ship with amparo; the same are loaded once."""
    folder = resources.files("amparo") / "data" / "models" / name
    read = (msgspec.json.decode((folder / f"{part}.json").read_bytes(), type=Weights) for part in AttackModel._fields)
    return AttackModel(*read)
