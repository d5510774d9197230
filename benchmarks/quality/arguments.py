"""How well it is told who argues what in a court's ruling: applicant, State, court, commission, third party.

python -m benchmarks.quality.arguments --data FILE.jsonl[.gz] [--json] [--outcome FILE]

The file holds one paragraph a line, in the shape of the RMU corpus of rulings of the European Court of Human Rights:
id (``ruling#paragraph``), text, and annotations with agent, start and end. Scored by words (runs without white space)
and by whole arguments; macro-F1 is the mean over the parties that the file knows.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from benchmarks.quality.attribution import documents
from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, arguments, tell
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


def count(name: str, paragraphs: Sequence[dict[str, Any]]) -> tuple[Counter[str], list[Miss]]:
    """What is right, said and there in one ruling, by party: words and whole arguments; and the runs told wrongly."""
    said: dict[int, list[Span]] = {}
    for argument in find_arguments([paragraph["text"] for paragraph in paragraphs]):
        said.setdefault(argument.paragraph, []).append((argument.start, argument.end, argument.party))
    counts: Counter[str] = Counter()
    misses: list[Miss] = []
    for place, paragraph in enumerate(paragraphs):
        gold = [(a["start"], a["end"], a["agent"]) for a in paragraph["annotations"]]
        told = said.get(place, [])
        words = paragraph["text"]
        there, here = parties_by_word(words, gold), parties_by_word(words, told)
        for one, other in zip(there, here, strict=True):
            counts[f"{one} there"] += 1
            counts[f"{other} said"] += 1
            counts[f"{one} right"] += one == other
        counts["arguments there"] += len(set(gold))
        counts["arguments said"] += len(set(told))
        counts["arguments right"] += len(set(gold) & set(told))
        misses += _misses(name, words, there, here)
    return counts, misses


def _misses(name: str, paragraph: str, there: Sequence[str], here: Sequence[str]) -> Iterator[Miss]:
    """The runs of words in one paragraph whose party is told wrongly; longer runs matter more."""
    words = paragraph.split()
    at = 0
    for (one, other), run in groupby(zip(there, here, strict=True)):
        length = len(list(run))
        if one != other:
            shown = " ".join(words[at : at + 40]) + (" …" if length > 40 else "")
            why = f"{length} words given to {'nobody' if other == NONE else 'another'}"
            why = why if one != NONE else f"{length} words that are nobody's argument"
            weight = min(1.0, length / 120)
            yield Miss(document=name, words=shown, ours=other, gold=one, why=why, weight=weight)
        at += length


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


def outcome(names: Sequence[str], counts: Sequence[Counter[str]], misses: Sequence[Miss]) -> Outcome:
    """Every ruling's words, and every run told wrongly."""
    cases = []
    for name, one in zip(names, counts, strict=True):
        parties = [key for key in one if key.split(" ")[0] not in ("arguments", "no")]
        parts = {part: sum(one[key] for key in parties if key.endswith(part)) for part in ("right", "said", "there")}
        cases.append(Case(document=name, **parts))
    return Outcome(cases=tuple(cases), misses=tuple(misses))


def main() -> None:
    """Read the command line, run and report."""
    given = arguments(__doc__).parse_args()
    began = time.perf_counter()
    read = list(rulings(documents(given.data)))
    compared = [count(name, paragraphs) for name, paragraphs in read]
    seconds = time.perf_counter() - began
    counts = [counts for counts, _ in compared]
    told = outcome([name for name, _ in read], counts, [miss for _, misses in compared for miss in misses])
    tell(given, pooled(counts), by_document(counts, pooled), told, documents=len(counts), seconds=seconds)


if __name__ == "__main__":
    main()
