"""How well letters, news and official papers are read: allegations, roles, claims, people, events, false alarms.

python -m benchmarks.quality.letters --data FILE.jsonl [--json] [--alone] [--errors] [--pipeline NAME]

The file holds one annotated document a line: id, kind, lang, text, allegations, not_allegations, claims, people and
events.
``--alone`` prints the figures of the allegations component only; ``--errors`` lists what was missed and made up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.quality.score_letters import Compared, compare, interval, pooled

from amparo.dossier import examine
from amparo.errors import AmparoError
from amparo.interchange.lines import line_of

ALONE = ("unread", "allegations", "acts", "false_alarms", "status", "affected", "actor", "date")


def read(document: dict[str, Any], pipeline: str, today: dt.date) -> dict[str, Any] | None:
    """One document's reading in the shape of a line; none if it cannot be read."""
    try:
        dossier = examine(document["text"].encode(), name=f"{document['id']}.txt", pipeline=pipeline, today=today)
    except (AmparoError, ValueError):
        return None
    line: dict[str, Any] = msgspec.to_builtins(line_of(dossier))
    return line


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--pipeline", default="auto")
    asked.add_argument("--today", type=dt.date.fromisoformat, default=dt.datetime.now(tz=dt.UTC).date())
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--alone", action="store_true")
    asked.add_argument("--errors", action="store_true")
    given = asked.parse_args()
    gold = [json.loads(line) for line in given.data.read_text(encoding="utf8").splitlines() if line.strip()]
    began = time.perf_counter()
    readings = [read(document, given.pipeline, given.today) for document in gold]
    seconds = time.perf_counter() - began
    compared = [compare(document, reading) for document, reading in zip(gold, readings, strict=True)]
    counts = [c.counts for c in compared]
    figures = pooled(counts)
    low, high = interval(counts)
    if given.alone:
        figures = {name: score for name, score in figures.items() if name in ALONE}
    words = sum(len(document["text"].split()) for document in gold)
    if given.json:
        shaped = {
            name: dict(zip(("p", "r", "f1"), score, strict=True)) if isinstance(score, tuple) else score
            for name, score in figures.items()
        }
        print(json.dumps(shaped | {"interval95": [low, high], "documents": len(gold), "seconds": seconds}))
        return
    for name, score in figures.items():
        shown = "P={:.4f} R={:.4f} F1={:.4f}".format(*score) if isinstance(score, tuple) else f"{score:.4f}"
        print(f"{name:14s} {shown}")
    print(f"allegations F1, 95 % interval by document: {low:.4f} to {high:.4f}")
    print(f"{len(gold)} documents, {words} words, {seconds:.1f} s")
    if given.errors:
        for document, one in zip(gold, compared, strict=True):
            _list_errors(document, one)


def _list_errors(document: dict[str, Any], one: Compared) -> None:
    print(f"\n{document['id']} ({document['kind']})")
    for missed in one.missed:
        print(f"  missed   {missed['act']} {missed['status']}: {missed['exact']}")
    for surplus in one.surplus:
        words = " … ".join(q["exact"] for q in surplus["quotes"])
        print(f"  made up  {surplus['act']} {surplus['status']} ({surplus['confidence']}): {words}")
    for alarm in one.alarms:
        print(f"  alarm    {alarm['why']}: {alarm['exact']}")


if __name__ == "__main__":
    main()
