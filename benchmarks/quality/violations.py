"""How well news on attacks is told: what was done, to whom, in which country and year.

python -m benchmarks.quality.violations --data FILE.jsonl[.gz] [--json] [--outcome FILE]

The file holds one report a line, in the shape of the HRDsAttack corpus: id, publish_date, text, and doc with
violation_types, victims, country and year. A report that cannot be read is a complete miss.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from benchmarks.quality.attribution import READER, as_read, documents
from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, arguments, tell
from benchmarks.quality.score_attacks import Counts, count, pooled, same

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


def outcome(gold: list[dict[str, Any]], found: list[dict[str, Any] | None], counts: list[Counts]) -> Outcome:
    """Every report's count, and every answer that was wrong."""
    cases, misses = [], []
    for row, told, one in zip(gold, found, counts, strict=True):
        both = {p: sum(one[f"{m} {p}"] for m in ("violations", "victims")) for p in ("right", "said", "there")}
        cases.append(Case(document=row["id"], **both))
        known, said = row["doc"], told or {"kinds": (), "victims": (), "country": None, "year": None}
        lead = " ".join(row["text"][:260].split()) + " …"
        victims = {victim["victim_name"] for victim in known["victims"] if victim["victim_name"]}
        for why, there, here, weight in (
            ("kinds of attack", set(known["violation_types"]), set(said["kinds"]), 0.2),
            ("victims", victims, set(said["victims"]), 0.15),
        ):
            wrong = len(there ^ here)
            if wrong:
                ours, wanted = ("; ".join(sorted(names)) or "nobody" for names in (here, there))
                misses.append(_miss(row, lead, ours, wanted, f"{why}: {wrong} wrong", min(1.0, weight * wrong)))
        for field in ("country", "year"):
            if known[field] and not same(field, str(known[field]), said[field]):
                misses.append(_miss(row, lead, str(said[field]), str(known[field]), f"another {field}", 0.5))
    return Outcome(cases=tuple(cases), misses=tuple(misses))


def _miss(row: dict[str, Any], words: str, ours: str, gold: str, why: str, weight: float) -> Miss:
    return Miss(document=row["id"], words=words, ours=ours, gold=gold, why=why, weight=weight)


def main() -> None:
    """Read the command line, run and report."""
    given = arguments(__doc__).parse_args()
    gold = list(documents(given.data))
    began = time.perf_counter()
    found = [read(row) for row in gold]
    seconds = time.perf_counter() - began
    counts = [count(row["doc"], told) for row, told in zip(gold, found, strict=True)]
    told = outcome(gold, found, counts)
    unread = found.count(None)
    tell(given, pooled(counts), by_document(counts, pooled), told, documents=len(gold), unread=unread, seconds=seconds)


if __name__ == "__main__":
    main()
