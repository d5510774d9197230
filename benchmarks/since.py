"""What was gained and lost since the last release, document by document, on a fixed sample.

python -m benchmarks.since OUTCOME.json ... [--record] [--release NAME]

``benchmarks/last_release.json`` keeps, for every document of the sample, how many answers were right, told and to be
told; documents stand there by a digest of their id, and no word of them is kept. ``--record`` writes it anew, which is
done once for each release. The difference is given with its 95 % interval, the same documents drawn for both.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks.quality.intervals import DRAWS, SEED, Range, middle
from benchmarks.quality.outcome import Case, Outcome
from benchmarks.quality.score_attribution import f_score

RECORD = Path(__file__).with_name("last_release.json")
Told = tuple[float, float, float]
"""Right, said and there."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What a release made of the sample: its name, and each benchmark's documents by the digest of their ids."""

    release: str
    benchmarks: dict[str, dict[str, Told]]


class Change(NamedTuple):
    """How one benchmark moved between two releases on the documents both have read.

    Args:
        documents: how many both have read.
        before, now: F1 over these documents.
        between: the 95 % interval of the difference.
        better, worse: digests of documents whose own F1 rose or fell.
    """

    documents: int
    before: float
    now: float
    between: Range
    better: tuple[str, ...]
    worse: tuple[str, ...]


def digest(document: str) -> str:
    """What a document is called in the record."""
    return hashlib.sha256(document.encode()).hexdigest()[:12]


def told(cases: Sequence[Case]) -> dict[str, Told]:
    """A benchmark's documents as the record keeps them."""
    return {digest(case.document): (case.right, case.said, case.there) for case in cases}


def compare(before: Mapping[str, Told], now: Mapping[str, Told], *, draws: int = DRAWS) -> Change | None:
    """How a benchmark moved; none where no document was read both times.

    >>> change = compare({"a": (1, 2, 2), "b": (1, 1, 1)}, {"a": (2, 2, 2), "b": (1, 1, 1)})
    >>> change.better, change.worse, round(change.now - change.before, 3)
    (('a',), (), 0.333)
    """
    both = sorted(set(before) & set(now))
    if not both:
        return None
    old, new = (np.array([which[one] for one in both], dtype=float) for which in (before, now))
    dice = np.random.default_rng(SEED)
    drawn = []
    for _ in range(draws):
        some = dice.integers(len(both), size=len(both))
        drawn.append(_f1(new[some].sum(axis=0)) - _f1(old[some].sum(axis=0)))
    own = {one: _f1(new[place]) - _f1(old[place]) for place, one in enumerate(both)}
    return Change(
        documents=len(both),
        before=_f1(old.sum(axis=0)),
        now=_f1(new.sum(axis=0)),
        between=middle(drawn),
        better=tuple(one for one, moved in own.items() if moved > 0),
        worse=tuple(one for one, moved in own.items() if moved < 0),
    )


def _f1(parts: Sequence[float]) -> float:
    return f_score(*(int(part) for part in parts))[2]


def report(record: Release, outcomes: Mapping[str, Outcome]) -> list[tuple[str, Change]]:
    """Every benchmark that the record knows, with how it moved."""
    found = []
    for name, one in outcomes.items():
        change = compare(record.benchmarks.get(name, {}), told(one.cases))
        if change is not None:
            found.append((name, change))
    return found


def read_record(path: Path = RECORD) -> Release:
    """The last release, as recorded."""
    return msgspec.json.decode(path.read_bytes(), type=Release)


def record(outcomes: Mapping[str, Outcome], *, release: str, path: Path = RECORD) -> None:
    """Keep what this release makes of the sample."""
    kept = Release(release=release, benchmarks={name: told(one.cases) for name, one in outcomes.items()})
    path.write_bytes(msgspec.json.encode(kept, order="sorted").replace(b"},", b"},\n") + b"\n")


def lines(moved: Sequence[tuple[str, Change]], outcomes: Mapping[str, Outcome]) -> list[str]:
    """What moved, in words, with the documents that fell by their own ids."""
    out = []
    for name, change in moved:
        low, high = change.between
        by = Counter({"better": len(change.better), "worse": len(change.worse)})
        out.append(
            f"{name:28s} {change.before:.3f} → {change.now:.3f} ({change.now - change.before:+.3f}; 95 %: {low:+.3f} "
            f"to {high:+.3f}), {by['better']} better and {by['worse']} worse of {change.documents}"
        )
        own = {digest(case.document): case.document for case in outcomes[name].cases}
        if change.worse:
            out.append("    worse: " + ", ".join(own[one] for one in change.worse[:8]))
    return out


def main() -> None:
    """Read the command line, compare or record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("outcomes", type=Path, nargs="+")
    asked.add_argument("--record", action="store_true")
    asked.add_argument("--release", default="unreleased")
    given = asked.parse_args()
    read = {path.stem: msgspec.json.decode(path.read_bytes(), type=Outcome) for path in given.outcomes}
    if given.record:
        record(read, release=given.release)
        print(f"wrote {RECORD}")
        return
    last = read_record()
    print(f"since {last.release}")
    print("\n".join(lines(report(last, read), read)))


if __name__ == "__main__":
    main()
