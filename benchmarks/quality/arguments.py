"""How well it is told who argues what in a court's ruling: applicant, State, court, commission, third party.

python -m benchmarks.quality.arguments --data FILE.jsonl[.gz] [--json]

The file holds one paragraph a line, in the shape of the RMU corpus of rulings of the European Court of Human Rights:
id (``ruling#paragraph``), text, and annotations with agent, start and end. Scored by words (runs without white space)
and by whole arguments; macro-F1 is the mean over the parties that the file knows.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.quality.attribution import documents
from benchmarks.quality.score_attribution import Score, f_score

from amparo.extraction.rulings.arguments import find_arguments

NONE = "no argument"
_WORD = re.compile(r"\S+")
Span = tuple[int, int, str]


def rulings(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The paragraphs of each ruling, in order."""
    for name, paragraphs in groupby(rows, key=lambda row: row["id"].partition("#")[0]):
        yield name, list(paragraphs)


def parties_by_word(words: str, spans: Sequence[Span]) -> list[str]:
    """Whose argument each word of a paragraph is."""
    found = []
    for word in _WORD.finditer(words):
        inside = (party for start, end, party in spans if start <= word.start() < end)
        found.append(next(inside, NONE))
    return found


def count(paragraphs: Sequence[dict[str, Any]]) -> Counter[str]:
    """What is right, said and there in one ruling, by party: words and whole arguments."""
    said: dict[int, list[Span]] = {}
    for argument in find_arguments([paragraph["text"] for paragraph in paragraphs]):
        said.setdefault(argument.paragraph, []).append((argument.start, argument.end, argument.party))
    counts: Counter[str] = Counter()
    for place, paragraph in enumerate(paragraphs):
        gold = [(a["start"], a["end"], a["agent"]) for a in paragraph["annotations"]]
        told = said.get(place, [])
        words = paragraph["text"]
        for there, here in zip(parties_by_word(words, gold), parties_by_word(words, told), strict=True):
            counts[f"{there} there"] += 1
            counts[f"{here} said"] += 1
            counts[f"{there} right"] += there == here
        counts["arguments there"] += len(set(gold))
        counts["arguments said"] += len(set(told))
        counts["arguments right"] += len(set(gold) & set(told))
    return counts


def pooled(counts: Sequence[Counter[str]]) -> dict[str, Score | float]:
    """Figures over rulings."""
    total: Counter[str] = sum(counts, Counter())
    names = sorted(name.removesuffix(" there") for name in total if name.endswith(" there") and total[name])
    scores: dict[str, Score | float] = {
        name: f_score(total[f"{name} right"], total[f"{name} said"], total[f"{name} there"]) for name in names
    }
    everybody = {name: score[2] for name, score in scores.items() if name != "arguments" and isinstance(score, tuple)}
    parties = [f1 for name, f1 in everybody.items() if name != NONE]
    words = [name for name in names if name != "arguments"]
    return {
        "macro_f1": sum(parties) / max(1, len(parties)),
        "macro_f1_with_none": sum(everybody.values()) / max(1, len(everybody)),
        "words_right": sum(total[f"{n} right"] for n in words) / max(1, sum(total[f"{n} there"] for n in words)),
        **scores,
    }


def interval(counts: Sequence[Counter[str]], *, draws: int = 1000) -> tuple[float, float]:
    """95 % interval of macro-F1, rulings drawn again with replacement."""
    dice = random.Random(20261121)  # noqa: S311 – a bootstrap, not a secret
    drawn = sorted(float(pooled(dice.choices(counts, k=len(counts)))["macro_f1"]) for _ in range(draws))  # type: ignore[arg-type]
    return drawn[int(0.025 * draws)], drawn[int(0.975 * draws) - 1]


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    began = time.perf_counter()
    counts = [count(paragraphs) for _, paragraphs in rulings(documents(given.data))]
    seconds = time.perf_counter() - began
    figures, (low, high) = pooled(counts), interval(counts)
    if given.json:
        shaped = {
            name: dict(zip(("p", "r", "f1"), score, strict=True)) if isinstance(score, tuple) else score
            for name, score in figures.items()
        }
        print(json.dumps(shaped | {"interval95": [low, high], "documents": len(counts), "seconds": seconds}))
        return
    for name, score in figures.items():
        shown = "P={:.4f} R={:.4f} F1={:.4f}".format(*score) if isinstance(score, tuple) else f"{score:.4f}"
        print(f"{name:18s} {shown}")
    print(f"macro-F1, 95 % interval by ruling: {low:.4f} to {high:.4f}")
    print(f"{len(counts)} rulings, {seconds:.1f} s")


if __name__ == "__main__":
    main()
