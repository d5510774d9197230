"""How well two written names are told to be one or two: F1 of "same", for people and for all, and the score curve.

python -m benchmarks.quality.pairs --data FILE.jsonl[.gz] [--curve] [--misses] [--json]

The file holds one pair a line: name1, name2, schema (Person or an institution) and match. `f1` is at amparo's own
threshold, which was set once; `cross_validated` chooses the threshold anew on four fifths of the pairs and scores the
last fifth, five times over. rapidfuzz's plain ratio, with the threshold that suits this very file best, stands beside.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.attribution import documents
from benchmarks.quality.intervals import by_document
from benchmarks.quality.score_attribution import f_score
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from amparo.linking.institutions import compare_institutions
from amparo.linking.names import LIKELY, compare_names

FOLDS = 5
STEPS = tuple(step / 100 for step in range(5, 100, 5))
Scored = Sequence[tuple[float, bool]]
"""Score of a pair, and whether it is the same."""


def amparo_score(pair: dict[str, Any]) -> float:
    """amparo's score; a crash is a complete miss."""
    compare = compare_names if pair["schema"] == "Person" else compare_institutions
    try:
        return compare(pair["name1"], pair["name2"]).score
    except Exception:
        return 0.0 if pair["match"] else 1.0


def plain_score(pair: dict[str, Any]) -> float:
    """rapidfuzz's ratio of the two names as they stand, case and punctuation left out."""
    return fuzz.ratio(pair["name1"], pair["name2"], processor=default_process) / 100


def measures(scored: Scored, threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of "same" at a threshold."""
    right = sum(same and score >= threshold for score, same in scored)
    said = sum(score >= threshold for score, _ in scored)
    true = sum(same for _, same in scored)
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    return {"p": precision, "r": recall, "f1": 2 * right / (said + true) if said + true else 0.0}


def f_of(counts: Sequence[Counter[str]]) -> float:
    """F1 of some counts."""
    total: Counter[str] = sum(counts, Counter())
    return f_score(total["right"], total["said"], total["there"])[2]


def best_threshold(scored: Scored) -> float:
    """The threshold with the best F1; the middle one where several share it."""
    by_step = {step: measures(scored, step)["f1"] for step in STEPS}
    best = [step for step, f1 in by_step.items() if f1 == max(by_step.values())]
    return best[len(best) // 2]


def cross_validated(scored: Scored) -> float:
    """F1 where each fifth is scored with the threshold chosen on the others."""
    decided: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        threshold = best_threshold([s for i, s in enumerate(scored) if i % FOLDS != fold])
        decided += [(float(score >= threshold), same) for i, (score, same) in enumerate(scored) if i % FOLDS == fold]
    return measures(decided, 0.5)["f1"]


def figures(pairs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Every figure for some pairs."""
    scored = [(amparo_score(p), bool(p["match"])) for p in pairs]
    plain = [(plain_score(p), bool(p["match"])) for p in pairs]
    counts = [
        Counter({"right": same and score >= LIKELY, "said": score >= LIKELY, "there": same}) for score, same in scored
    ]
    return {
        "pairs": len(pairs),
        **measures(scored, LIKELY),
        "interval95": by_document(counts, lambda all_: {"f1": f_of(all_)})["f1"] if counts else None,
        "cross_validated": cross_validated(scored),
        "rapidfuzz": measures(plain, best_threshold(plain))["f1"],
        "curve": {f"{step:.2f}": measures(scored, step) for step in STEPS},
    }


def misses(pairs: Iterable[dict[str, Any]]) -> list[str]:
    """The pairs told wrongly, by their ids."""
    return [p["id"] for p in pairs if (amparo_score(p) >= LIKELY) != bool(p["match"])]


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--curve", action="store_true", help="also print the figures at every threshold")
    asked.add_argument("--misses", action="store_true", help="also print the ids of the pairs told wrongly")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    pairs = list(documents(given.data))
    people = [p for p in pairs if p["schema"] == "Person"]
    others = [p for p in pairs if p["schema"] != "Person"]
    found = {"all": figures(pairs), "persons": figures(people), "institutions": figures(others)}
    if given.json:
        print(json.dumps(found))
        return
    for name, of in found.items():
        print(
            f"{name:13s} n={of['pairs']:4d} P={of['p']:.3f} R={of['r']:.3f} F1={of['f1']:.3f}"
            f" (95 %: {of['interval95'][0]:.3f} to {of['interval95'][1]:.3f})"
            f"  cross-validated F1={of['cross_validated']:.3f}  rapidfuzz F1={of['rapidfuzz']:.3f}"
        )
    if given.curve:
        for step, at in found["persons"]["curve"].items():
            print(f"  persons from {step}: P={at['p']:.3f} R={at['r']:.3f} F1={at['f1']:.3f}")
    if given.misses:
        print(" ".join(misses(pairs)))


if __name__ == "__main__":
    main()
