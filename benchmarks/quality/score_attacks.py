"""Scores of what a report tells of an attack: kinds, victims, place and day, pooled over reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.quality.score_attribution import Score, f_score

from amparo.extraction.attacks.countries import country_code

FIELDS = ("country", "year")
"""Fields that are answered; each counts only where the annotation is filled."""
Counts = Counter[str]


def count(gold: Mapping[str, Any], found: Mapping[str, Any] | None) -> Counts:
    """What is right, said and there in one report.

    Args:
        gold: the annotation: violation_types, victims, country, year.
        found: kinds, victims, country and year as told; none where the report could not be read.
    """
    told = found or {"kinds": (), "victims": (), "country": None, "year": None}
    counts: Counts = Counter()
    victims = {victim["victim_name"] for victim in gold["victims"] if victim["victim_name"]}
    for measure, there, said in (
        ("violations", set(gold["violation_types"]), set(told["kinds"])),
        ("victims", victims, set(told["victims"])),
        ("victims_loosely", _loosely(victims), _loosely(told["victims"])),
    ):
        counts[f"{measure} right"] = len(there & said)
        counts[f"{measure} said"] = len(said)
        counts[f"{measure} there"] = len(there)
    for kind in gold["violation_types"]:
        counts[f"{kind} there"] += 1
        counts[f"{kind} right"] += kind in told["kinds"]
    for kind in told["kinds"]:
        counts[f"{kind} said"] += 1
    for field in FIELDS:
        if gold[field]:
            counts[f"{field} there"] = 1
            counts[f"{field} right"] = same(field, str(gold[field]), told[field])
    if gold["country"]:
        counts["country_as_written there"] = 1
        counts["country_as_written right"] = gold["country"] == told["country"]
    return counts


def same(field: str, gold: str, told: object) -> int:
    """Whether an answer is right; a country may be written in any of its names (USA, United States)."""
    if told is None:
        return 0
    if field != "country":
        return int(gold == str(told))
    known = country_code(gold)
    return int(known == country_code(str(told)) if known else gold.casefold() == str(told).casefold())


def _loosely(names: Sequence[str] | set[str]) -> set[str]:
    return {" ".join(re.findall(r"\w+", name.casefold())) for name in names}


def pooled(counts: Sequence[Counts]) -> dict[str, Score | float]:
    """Figures over reports: precision, recall and F1 of kinds and victims, accuracy of place and day."""
    total: Counts = sum(counts, Counter())
    scores: dict[str, Score | float] = {
        name: f_score(total[f"{name} right"], total[f"{name} said"], total[f"{name} there"])
        for name in ("violations", "victims", "victims_loosely")
    }
    kinds = sorted({name.removesuffix(" there") for name in total if name.endswith(" there")})
    for name in kinds:
        if name in (*FIELDS, "country_as_written"):
            scores[name] = total[f"{name} right"] / total[f"{name} there"]
        elif name not in scores:
            scores[name] = f_score(total[f"{name} right"], total[f"{name} said"], total[f"{name} there"])
    return scores
