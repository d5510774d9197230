"""Learn what a report tells of an attack: kinds, victims, country and year, as plain weights in JSON.

python -m training.attacks --data hrdsattack.train.jsonl.gz --out src/amparo/data/models/attacks-en [--check]

Takes a minute or two on one core and gives the same weights each time. ``--check`` trains on nine tenths and scores the
tenth left out, ten times over, and writes nothing.
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from benchmarks.quality.attribution import READER, as_read, documents

from amparo.domain.notes import Notes
from amparo.domain.text import Text
from amparo.extraction.attacks.countries import country_code, signs_of_countries
from amparo.extraction.attacks.kinds import signs_of_kinds, words_of, words_weighed
from amparo.extraction.attacks.victims import by_person, people_named, signs_of_victims
from amparo.extraction.attacks.weights import Weights
from amparo.extraction.attacks.years import signs_of_years
from amparo.extraction.paper.sentences import by_rules

KINDS = (
    "arbitrary detention",
    "other",
    "killing",
    "kidnapping",
    "torture",
    "enforced disappearance",
    "unknown",
)
LEAST_REPORTS, LEAST_PLACES = 3, 6
"""In how many reports a word must stand, and beside how many people, to be weighed."""
ENOUGH_KIND, ENOUGH_VICTIM = 0.36, 0.25
"""The scores from which a kind and a victim hold, chosen on reports left out of training in turn."""
KIND_LOSS, VICTIM_LOSS, CHOICE_LOSS = 4.0, 3.0, 20.0
BESIDE = 0.5
"""How much a word beside a name may count against the other signs."""


class Report(NamedTuple):
    """One annotated report, its signs worked out."""

    kinds: dict[str, float]
    words: Counter[str]
    victims: dict[str, dict[str, float]]
    countries: dict[str, dict[str, float]]
    years: dict[int, dict[str, float]]
    known: dict[str, Any]


def look_at(row: dict[str, Any]) -> Report:
    """Work out the signs of one report."""
    content, _ = as_read(row["text"])
    text = Text.of(content, document="0" * 64, maker=READER, language="en")
    sentences = by_rules("en", {})(text, Notes()).sentences
    return Report(
        kinds=signs_of_kinds(content),
        words=words_of(content),
        victims=signs_of_victims(content, sentences, by_person(people_named(text, sentences))),
        countries=signs_of_countries(content),
        years=signs_of_years(content, published=dt.date.fromisoformat(row["publish_date"][:10])),
        known=row["doc"] | {"content": content},
    )


def table(examples: Sequence[Mapping[str, float]], signs: Sequence[str]) -> Any:
    """Examples × signs."""
    place = {sign: i for i, sign in enumerate(signs)}
    numbers = np.zeros((len(examples), len(signs)))
    for row, example in enumerate(examples):
        for sign, strength in example.items():
            if sign in place:
                numbers[row, place[sign]] = strength
    return numbers


def least_squares(numbers: Any, wanted: Any, *, loss: float) -> tuple[Any, Any]:
    """Weights and starts that come closest to what is wanted while staying small; solved by examples, who are fewer."""
    middle = numbers.mean(axis=0)
    spread = numbers - middle
    start = wanted.mean(axis=0)
    dual = np.linalg.solve(spread @ spread.T + loss * np.eye(len(spread)), wanted - start)
    weights = spread.T @ dual
    return weights, start - middle @ weights


def learn_kinds(reports: Sequence[Report]) -> Weights:
    """Weights of the signs and words for each kind."""
    often = Counter(word for report in reports for word in report.words)
    idf = {
        word: round(math.log((1 + len(reports)) / (1 + n)) + 1, 3) for word, n in often.items() if n >= LEAST_REPORTS
    }
    signs = sorted({sign for report in reports for sign in report.kinds})
    numbers = table([report.kinds for report in reports], signs)
    phrase = np.array([sign.startswith("phrase:") for sign in signs])
    scale = numbers.std(axis=0) + 0.05
    scale *= np.where(phrase, math.sqrt(phrase.sum()), math.sqrt((~phrase).sum()))
    words = sorted(f"word:{word}" for word in idf)
    weighed = table([words_weighed(report.known["content"], idf) for report in reports], words)
    wanted = np.array([[kind in report.known["violation_types"] for kind in KINDS] for report in reports], dtype=float)
    weights, start = least_squares(np.hstack([numbers / scale, weighed]), wanted, loss=KIND_LOSS)
    weights[: len(signs)] /= scale[:, None]
    return _weights(KINDS, (*signs, *words), weights, start, enough=ENOUGH_KIND, idf=idf)


def learn_victims(reports: Sequence[Report]) -> Weights:
    """Weights of the signs that a person was attacked."""
    people = [(signs, name in _victims(report)) for report in reports for name, signs in report.victims.items()]
    often = Counter(sign for signs, _ in people for sign in signs)
    signs = sorted(sign for sign, n in often.items() if n >= LEAST_PLACES or not _is_word(sign))
    numbers = table([found for found, _ in people], signs)
    word = np.array([_is_word(sign) for sign in signs])
    scale = np.where(word, 1 / BESIDE, numbers.std(axis=0) + 1e-6) * math.sqrt((~word).sum())
    wanted = np.array([[attacked] for _, attacked in people], dtype=float)
    weights, start = least_squares(numbers / scale, wanted, loss=VICTIM_LOSS)
    return _weights(("victim",), signs, weights / scale[:, None], start, enough=ENOUGH_VICTIM)


def learn_choice(choices: Sequence[tuple[Mapping[Any, Mapping[str, float]], Any]]) -> Weights:
    """Weights of the signs by which one of several candidates is chosen: a softmax over each report's candidates."""
    usable = [(candidates, right) for candidates, right in choices if right in candidates]
    signs = sorted({sign for candidates, _ in usable for found in candidates.values() for sign in found})
    rows = [found for candidates, _ in usable for found in candidates.values()]
    numbers = table(rows, signs)
    scale = numbers.std(axis=0) + 1e-6
    numbers = (numbers - numbers.mean(axis=0)) / scale
    group = np.repeat(np.arange(len(usable)), [len(candidates) for candidates, _ in usable])
    right = np.array([candidate == answer for candidates, answer in usable for candidate in candidates], dtype=float)
    weights, pace = np.zeros(len(signs)), np.zeros(len(signs))
    for _ in range(500):
        powers = np.exp(numbers @ weights - (numbers @ weights).max())
        chance = powers / np.bincount(group, powers)[group]
        pace = 0.9 * pace - 0.002 * (numbers.T @ (chance - right) + CHOICE_LOSS * weights)
        weights = weights + pace
    return _weights(("right",), signs, (weights / scale)[:, None], np.zeros(1))


def _weights(
    labels: Sequence[str], signs: Sequence[str], weights: Any, start: Any, *, enough: float = 0.5, idf: Any = None
) -> Weights:
    kept = {sign: tuple(float(f"{w:.4g}") for w in row) for sign, row in zip(signs, weights, strict=True) if row.any()}
    return Weights(
        labels=tuple(labels),
        start=tuple(round(float(s), 5) for s in start),
        signs=kept,
        idf=idf or {},
        enough=enough,
    )


def _is_word(sign: str) -> bool:
    return sign.startswith(("before: ", "after: ", "just before: ", "just after: ", "sentence: "))


def _victims(report: Report) -> set[str]:
    return {v["victim_name"] for v in report.known["victims"] if v["victim_name"]}


def _country(report: Report) -> str | None:
    return country_code(report.known["country"]) if report.known["country"] else None


def _year(report: Report) -> int | None:
    year = report.known["year"] or ""
    return int(year) if year.isdigit() else None


def learn(reports: Sequence[Report]) -> dict[str, Weights]:
    """All weights from some reports."""
    return {
        "kinds": learn_kinds(reports),
        "victims": learn_victims(reports),
        "countries": learn_choice([(report.countries, _country(report)) for report in reports]),
        "years": learn_choice([(report.years, _year(report)) for report in reports]),
    }


def check(reports: Sequence[Report]) -> dict[str, float]:
    """Figures on reports left out of training, each once."""
    parts = np.random.default_rng(0).permutation(len(reports)) % 10
    kinds, victims, places, years = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for part in range(10):
        learnt = learn([report for report, its in zip(reports, parts, strict=True) if its != part])
        for report in (report for report, its in zip(reports, parts, strict=True) if its == part):
            weights = learnt["kinds"]
            scores = weights.score(report.kinds | words_weighed(report.known["content"], weights.idf))
            said = {k for k, s in zip(KINDS, scores, strict=True) if s >= weights.enough or s == max(scores)}
            _count(kinds, said, set(report.known["violation_types"]))
            weights = learnt["victims"]
            named = {name for name, signs in report.victims.items() if weights.score(signs)[0] >= weights.enough}
            _count(victims, named, _victims(report))
            for counts, candidates, answer, part_of in (
                (places, report.countries, _country(report), "countries"),
                (years, report.years, _year(report), "years"),
            ):
                if answer is not None:
                    best = max(candidates, key=lambda c: learnt[part_of].score(candidates[c]), default=None)  # type: ignore[attr-defined]
                    counts["there"] += 1
                    counts["right"] += best == answer
    f1 = [2 * c["right"] / max(1, c["said"] + c["there"]) for c in (kinds, victims)]
    return {
        "kinds F1": f1[0],
        "victims F1": f1[1],
        "country": places["right"] / places["there"],
        "year": years["right"] / years["there"],
    }


def _count(counts: Counter[str], said: set[str], there: set[str]) -> None:
    counts.update(right=len(said & there), said=len(said), there=len(there))


def main() -> None:
    """Read the command line, learn, write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--out", type=Path)
    asked.add_argument("--check", action="store_true")
    given = asked.parse_args()
    reports = [look_at(row) for row in documents(given.data)]
    if given.check or not given.out:
        for name, figure in check(reports).items():
            print(f"{name:12s} {figure:.4f}")
        return
    given.out.mkdir(parents=True, exist_ok=True)
    for part, weights in learn(reports).items():
        path = given.out / f"{part}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=0) + b"\n")
        print(f"{path}: {path.stat().st_size:,} bytes, {len(weights.signs):,} signs")


if __name__ == "__main__":
    main()
