"""Every benchmark in one run: quality with 95 % intervals, speed beside named peers, written to build/bench.json.

python -m benchmarks.report --shared ../shared --peers .venv-peers/bin/python
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

QUALITY: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("attribution", "polnear.dev.jsonl.gz", ()),
    ("names", "worldwide.dev.jsonl.gz", ()),
    ("violations", "hrdsattack.dev.jsonl.gz", ()),
    ("arguments", "rmu_echr.val.jsonl.gz", ()),
    ("letters", "gold/en.dev.jsonl", ("--today", "2026-11-21")),
    ("letters", "gold/es.dev.jsonl", ("--today", "2026-11-21")),
)
"""Benchmark, its data below ``data/`` of the shared folder, and further arguments."""


def run(module: str, *arguments: str) -> dict[str, Any]:
    """One benchmark as its own command; a crash stops the report, loudly."""
    command = [sys.executable, "-m", module, "--json", *arguments]
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[1:])} failed with exit code {done.returncode}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {module} {' '.join(arguments)}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return figures


def flat(figures: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Figures by dotted name, as shown."""
    rows: list[tuple[str, str]] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            rows += flat(value, f"{prefix}{name}.")
        elif isinstance(value, float | int | bool):
            rows.append((f"{prefix}{name}", f"{value:.3f}" if isinstance(value, float) else str(value)))
        elif isinstance(value, list) and len(value) <= 3 and all(isinstance(v, float | int) for v in value):
            rows.append((f"{prefix}{name}", " – ".join(f"{v:.3f}" for v in value)))
    return rows


def main() -> int:
    """Run, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--peers", default=sys.executable, help="an interpreter with textacy, its model, and pandas")
    options = parser.parse_args()
    if not (options.shared / "data").is_dir():
        sys.stderr.write(
            f"{options.shared / 'data'} is not there; name the folder with SHARED=... A benchmark needs its data.\n"
        )
        return 2
    everything: dict[str, dict[str, Any]] = {}
    for name, data, arguments in QUALITY:
        path = options.shared / "data" / data
        everything[f"{name} on {data}"] = run(f"benchmarks.quality.{name}", "--data", str(path), *arguments)
    everything["letters that ship, from paper"] = run("benchmarks.quality.shipped")
    everything["the two reports"] = run("benchmarks.quality.reports", "--data", str(options.shared / "seeds"))
    everything["OCR"] = run("benchmarks.quality.ocr")
    news = options.shared / "data" / "polnear.dev.jsonl.gz"
    everything["words, beside textacy"] = run(
        "benchmarks.speed.words", "--data", str(news), "--repeat", "2", "--textacy-python", options.peers
    )
    everything["readers"] = run("benchmarks.speed.readers", "--seconds", "2")
    everything["bulk"] = run("benchmarks.speed.bulk")
    filings = str(options.shared / "data" / "bop-filings.csv.gz")
    everything["an agency's due dates"] = run("benchmarks.quality.filings", "--data", filings)
    everything["an agency's due dates, beside pandas"] = run(
        "benchmarks.speed.filings", "--data", filings, "--pandas-python", options.peers
    )
    everything["days moved by a change of law"] = run("benchmarks.speed.rules")
    everything["who is who, beside rapidfuzz"] = run("benchmarks.speed.linking")
    everything["papers with their PDF, beside Chromium and LibreOffice"] = run("benchmarks.speed.drafts")
    console = Console(width=110)
    for title, figures in everything.items():
        table = Table("measure", "value", title=title, title_justify="left", title_style="bold")
        for name, value in flat(figures):
            table.add_row(name, value)
        console.print(table)
    target = Path("build") / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(everything, indent=2), encoding="utf8")
    print(f"wrote {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
