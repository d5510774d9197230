"""How well news on attacks is told: what was done, to whom, in which country and year.

python -m benchmarks.quality.violations --data FILE.jsonl[.gz] [--json]

The file holds one report a line, in the shape of the HRDsAttack corpus: id, publish_date, text, and doc with
violation_types, victims, country and year. A report that cannot be read is a complete miss.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.quality.attribution import READER, as_read, documents
from benchmarks.quality.score_attacks import count, intervals, pooled

from amparo.domain.text import Text
from amparo.errors import AmparoError
from amparo.extraction.attacks.told import tell_attack


def read(row: dict[str, Any]) -> dict[str, Any] | None:
    """What one report tells; none if it cannot be read."""
    try:
        content, _ = as_read(row["text"])
        text = Text.of(content, document="0" * 64, maker=READER, language="en")
        published = dt.date.fromisoformat(row["publish_date"][:10]) if row.get("publish_date") else None
        return tell_attack(text, published=published)._asdict()
    except (AmparoError, ValueError):
        return None


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    gold = list(documents(given.data))
    began = time.perf_counter()
    found = [read(row) for row in gold]
    seconds = time.perf_counter() - began
    counts = [count(row["doc"], told) for row, told in zip(gold, found, strict=True)]
    figures, ranges = pooled(counts), intervals(counts)
    if given.json:
        shaped = {
            name: dict(zip(("p", "r", "f1"), score, strict=True)) if isinstance(score, tuple) else score
            for name, score in figures.items()
        }
        extra = {"interval95": ranges, "documents": len(gold), "unread": found.count(None), "seconds": seconds}
        print(json.dumps(shaped | extra))
        return
    for name, score in figures.items():
        shown = "P={:.4f} R={:.4f} F1={:.4f}".format(*score) if isinstance(score, tuple) else f"{score:.4f}"
        between = " (95 % by report: {:.3f} to {:.3f})".format(*ranges[name]) if name in ranges else ""
        print(f"{name:22s} {shown}{between}")
    print(f"{len(gold)} reports, {found.count(None)} unread, {seconds:.1f} s")


if __name__ == "__main__":
    main()
