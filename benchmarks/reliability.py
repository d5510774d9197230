"""Whether notes are right as often as they say: of claims marked 0.9, nine in ten. A diagram and a table.

python -m benchmarks.reliability OUTCOME.json ... [--out docs/explanation/reliability.svg]

Each file is what a benchmark of quality wrote with ``--outcome``. The diagram holds numbers only, no word of a text.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Outcome, Sure

STEPS = 10
LEAST = 8
"""A dot stands for at least so many notes."""
SIZE, EDGE, PANELS = 220, 46, 3


class Bin(NamedTuple):
    """Notes of about one confidence: how many, how sure they say they are, and what share was right."""

    notes: int
    said: float
    right: float


def bins(sure: Sequence[Sure]) -> list[Bin]:
    """Notes by tenths of confidence; tenths without notes are left out."""
    found = []
    for step in range(STEPS):
        here = [one for one in sure if min(STEPS - 1, int(one.confidence * STEPS)) == step]
        if here:
            said, right = sum(one.confidence for one in here), sum(one.right for one in here)
            found.append(Bin(len(here), said / len(here), right / len(here)))
    return found


def distance(sure: Sequence[Sure]) -> float:
    """The expected calibration error: how far notes are from as often right as they say, by tenths, on average.

    >>> distance([Sure(document="a", what="claim", confidence=0.9, right=right) for right in (True, False)])
    0.4
    """
    return sum(one.notes * abs(one.said - one.right) for one in bins(sure)) / max(1, len(sure))


def between(sure: Sequence[Sure]) -> tuple[float, float]:
    """The 95 % interval of the distance, documents drawn again with replacement."""
    counts: dict[str, Counter[str]] = {}
    for one in sure:
        step = min(STEPS - 1, int(one.confidence * STEPS))
        counts.setdefault(one.document, Counter()).update(
            {f"{step} n": 1, f"{step} said": round(one.confidence * 1000), f"{step} right": int(one.right)}
        )

    def pooled(documents: Sequence[Counter[str]]) -> dict[str, float]:
        total: Counter[str] = sum(documents, Counter())
        gaps = (abs(total[f"{s} said"] / 1000 - total[f"{s} right"]) for s in range(STEPS))
        return {"distance": sum(gaps) / max(1, sum(total[f"{s} n"] for s in range(STEPS)))}

    return by_document(list(counts.values()), pooled)["distance"]


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, list[Sure]]:
    """Notes with a confidence, by what they are."""
    kinds: dict[str, list[Sure]] = {}
    for one in outcomes:
        for note in one.sure:
            kinds.setdefault(note.what, []).append(note)
    return dict(sorted(kinds.items()))


def diagram(kinds: Mapping[str, Sequence[Sure]]) -> str:
    """A small diagram for each kind of note, complete in itself; a dot on the line is as sure as it should be."""
    rows = -(-len(kinds) // PANELS)
    width, height = PANELS * (SIZE + EDGE) + 10, rows * (SIZE + 2 * EDGE)
    panels = "".join(
        _panel(name, sure, x=EDGE + (n % PANELS) * (SIZE + EDGE), y=EDGE + (n // PANELS) * (SIZE + 2 * EDGE))
        for n, (name, sure) in enumerate(kinds.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="11"><title>How often notes of each confidence are right'
        f'</title><rect width="{width}" height="{height}" fill="#fbfaf8"/>{panels}</svg>\n'
    )


def _panel(name: str, sure: Sequence[Sure], *, x: int, y: int) -> str:
    told = f"{len(sure)} notes, off by {distance(sure):.2f}"
    parts = [
        f'<g transform="translate({x} {y})"><rect width="{SIZE}" height="{SIZE}" fill="#fff" stroke="#c9ced4"/>',
        f'<path d="M0 {SIZE}L{SIZE} 0" stroke="#8a929b" stroke-dasharray="4 4" fill="none"/>',
        f'<text x="0" y="-10" font-weight="600" fill="#1f2328">{escape(name)}</text>',
        f'<text x="{SIZE}" y="-10" text-anchor="end" fill="#5b636d">{told}</text>',
    ]
    for tenth in (0, 5, 10):
        at = SIZE * tenth / 10
        parts.append(f'<text x="{at:.0f}" y="{SIZE + 15}" text-anchor="middle" fill="#5b636d">{tenth / 10:.1f}</text>')
        parts.append(f'<text x="-6" y="{SIZE - at + 4:.0f}" text-anchor="end" fill="#5b636d">{tenth / 10:.1f}</text>')
    parts.append(f'<text x="{SIZE / 2:.0f}" y="{SIZE + 29}" text-anchor="middle" fill="#5b636d">confidence</text>')
    shown = [one for one in bins(sure) if one.notes >= LEAST]
    places = [(SIZE * one.said, SIZE * (1 - one.right)) for one in shown]
    if places:
        line = "L".join(f"{a:.1f} {b:.1f}" for a, b in places)
        parts.append(f'<path d="M{line}" fill="none" stroke="#1d4e89" stroke-width="1.5"/>')
    most = max((one.notes for one in shown), default=1)
    for one, (a, b) in zip(shown, places, strict=True):
        size = 3 + 5 * (one.notes / most) ** 0.5
        told = f"{one.notes} notes at {one.said:.2f}: {one.right:.2f} right"
        parts.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{size:.1f}" fill="#1d4e89"><title>{told}</title></circle>')
    return "".join(parts) + "</g>"


def table(kinds: Mapping[str, Sequence[Sure]]) -> str:
    """What the diagram shows, as a table in Markdown."""
    rows = ["| notes | confidence | how many | right |\n|---|---|---|---|\n"]
    for name, sure in kinds.items():
        rows += [f"| {name} | {one.said:.2f} | {one.notes} | {one.right:.2f} |\n" for one in bins(sure)]
        low, high = between(sure)
        rows.append(f"| **{name}, off by** | | {len(sure)} | **{distance(sure):.3f}** ({low:.3f} to {high:.3f}) |\n")
    return "".join(rows)


def main() -> None:
    """Read the command line, write the diagram, print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("outcomes", type=Path, nargs="+")
    asked.add_argument("--out", type=Path, default=Path("build/bench/reliability.svg"))
    given = asked.parse_args()
    kinds = by_kind([msgspec.json.decode(path.read_bytes(), type=Outcome) for path in given.outcomes])
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(diagram(kinds), encoding="utf8")
    print(table(kinds), end="")
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
