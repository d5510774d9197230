"""What every quality benchmark tells in the same way: figures, their intervals, each document's count, each miss."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.quality.intervals import Figures, Range


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """How one document came out by the measure that its benchmark is named for.

    Args:
        document: its id in the file.
        right, said, there: how many were told rightly, told, and to be told.
    """

    document: str
    right: float
    said: float
    there: float


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    """One error, to be looked at.

    Args:
        document: its id in the file.
        words: the passage it is about, with some words around it.
        ours, gold: what was told, and what should have been.
        why: what kind of error it is.
        weight: how much it matters, 0 to 1; within one benchmark the heaviest are looked at first.
    """

    document: str
    words: str
    ours: str
    gold: str
    why: str
    weight: float


class Sure(msgspec.Struct, frozen=True, kw_only=True):
    """One note that says how sure it is, and whether it was right."""

    document: str
    what: str
    confidence: float
    right: bool


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a benchmark: every document, every miss, every note with a confidence."""

    cases: tuple[Case, ...] = ()
    misses: tuple[Miss, ...] = ()
    sure: tuple[Sure, ...] = ()


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """The arguments every benchmark takes."""
    asked = argparse.ArgumentParser(description=doc)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--json", action="store_true", help="one JSON object")
    asked.add_argument("--outcome", type=Path, help="also write every document's count and every miss as JSON")
    return asked


def tell(
    given: argparse.Namespace,
    figures: Figures,
    ranges: Mapping[str, Range],
    outcome: Outcome,
    **extra: Any,
) -> None:
    """Print the figures with their intervals, and write the outcome where that is asked for.

    Args:
        given: the command line.
        figures: by name.
        ranges: their 95 % intervals.
        outcome: of every document.
        extra: further facts of the run, such as its seconds.
    """
    if given.outcome:
        given.outcome.write_bytes(msgspec.json.encode(outcome))
    if given.json:
        print(json.dumps(as_json(figures) | {"interval95": ranges} | extra))
        return
    for name, score in figures.items():
        shown = "P={:.4f} R={:.4f} F1={:.4f}".format(*score) if isinstance(score, tuple) else f"{score:.4f}"
        between = "  (95 %: {:.3f} to {:.3f})".format(*ranges[name]) if name in ranges else ""
        print(f"{name:22s} {shown}{between}")
    print(
        ", ".join(
            f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}" for name, value in extra.items()
        )
    )


def as_json(figures: Figures) -> dict[str, Any]:
    """Figures as JSON holds them."""
    return {
        name: dict(zip(("p", "r", "f1"), score, strict=True)) if isinstance(score, tuple) else score
        for name, score in figures.items()
    }


def around(text: str, spans: Sequence[Sequence[int]], *, width: int = 90) -> str:
    """Some words with what stands before and after them, on one line.

    >>> around("Ada said that the heat was off. Tom slept.", [(14, 30)], width=9)
    '… aid that the heat was off. Tom sle …'
    """
    if not spans:
        return ""
    start, end = min(s[0] for s in spans), max(s[1] for s in spans)
    low, high = max(0, start - width), min(len(text), end + width)
    words = " ".join(text[low:high].split())
    return f"{'… ' if low else ''}{words}{' …' if high < len(text) else ''}"
