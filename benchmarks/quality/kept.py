"""What the gate has just measured, kept for the report, so that one run of every check reads each set once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path("build") / "bench"
WITH_OUTCOME = frozenset({"attribution", "names", "violations", "arguments", "letters", "shipped"})
"""Benchmarks that also tell what came of each document."""


def place(shared: Path, data: str) -> Path:
    """Where a set lies: letters of our own under tests/, all others below data/ of the shared folder.

    >>> place(Path("../shared"), "tests/letters/own/test").name, str(place(Path("shared"), "gold/en.dev.jsonl"))
    ('test', 'shared/data/gold/en.dev.jsonl')
    """
    return ROOT / data if data.startswith("tests/") else shared / "data" / data


def stem(benchmark: str, data: str = "") -> str:
    """The name of a benchmark's files.

    >>> stem("letters", "gold/en.dev.jsonl"), stem("ocr")
    ('letters-gold-en', 'ocr')
    """
    named = data.removeprefix("../").split(".")[0].replace("/", "-")
    return f"{benchmark}-{named}" if named else benchmark


def outcome_file(benchmark: str, data: str = "") -> Path:
    """Where a benchmark tells what came of each document."""
    return FOLDER / f"{stem(benchmark, data)}.json"


def asked_for_outcome(benchmark: str, data: str = "") -> list[str]:
    """The arguments by which a benchmark tells it; none for those that do not."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return ["--outcome", str(outcome_file(benchmark, data))] if benchmark in WITH_OUTCOME else []


def keep(figures: dict[str, Any], benchmark: str, data: str = "") -> None:
    """Keep the figures of a benchmark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _figures_file(benchmark, data).write_text(json.dumps(figures), encoding="utf8")


def kept(benchmark: str, data: str = "") -> dict[str, Any] | None:
    """The figures of a benchmark, when they and all that belongs to them were kept."""
    path = _figures_file(benchmark, data)
    if not path.is_file() or (benchmark in WITH_OUTCOME and not outcome_file(benchmark, data).is_file()):
        return None
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
    return figures


def _figures_file(benchmark: str, data: str) -> Path:
    return FOLDER / f"{stem(benchmark, data)}.figures.json"
