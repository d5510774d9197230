"""Every benchmark in one run: quality with 95 % intervals, what moved since the last release, speed beside named peers.

python -m benchmarks.report --shared ../shared --peers .venv-peers/bin/python
    [--quality | --measured] [--brief] [--record NAME]

Figures go to ``build/bench/figures.json`` and ``table.md``, how sure notes are and should be to ``reliability.svg``,
the errors most worth looking at to ``worst.html`` beside them. ``--quality`` leaves speed out; ``--measured`` takes the
quality that the gate has just measured; ``--brief`` measures speed on little, to see that it runs; ``--record`` also
keeps the outcome of every document as this release's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks import reliability, since, worst
from benchmarks.quality.kept import FOLDER, WITH_OUTCOME, asked_for_outcome, keep, kept, outcome_file, place
from benchmarks.quality.outcome import Outcome

TODAY = ("--today", "2026-11-21")
UNSEEN = "tests/letters/own/test"
"""Letters whose errors nobody looks at."""
QUALITY: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("attribution on polnear.dev", "attribution", "polnear.dev.jsonl.gz", ()),
    ("names on worldwide.dev", "names", "worldwide.dev.jsonl.gz", ()),
    ("violations on hrdsattack.dev", "violations", "hrdsattack.dev.jsonl.gz", ()),
    ("arguments on rmu_echr.val", "arguments", "rmu_echr.val.jsonl.gz", ()),
    ("letters on gold/en.dev", "letters", "gold/en.dev.jsonl", TODAY),
    ("letters on gold/es.dev", "letters", "gold/es.dev.jsonl", TODAY),
    ("letters of our own, to mend by", "letters", "tests/letters/own/train", TODAY),
    ("letters of our own, to measure by", "letters", UNSEEN, TODAY),
    ("statements by new hands", "statements", "tests/statements/test", ()),
    ("letters that ship, from paper", "shipped", "", ()),
    ("pairs of names", "pairs", "names.synth.jsonl.gz", ()),
    ("the two reports", "reports", "../seeds", ()),
    ("OCR", "ocr", "", ()),
    ("an agency's due dates", "filings", "bop-filings.csv.gz", ()),
)
"""What the table calls it, the benchmark, its data below ``data/`` of the shared folder, and further arguments."""


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


def rows(figures: dict[str, Any], prefix: str = "") -> list[tuple[str, str, str]]:
    """Figures by dotted name, as shown, each with its 95 % interval where it has one."""
    ranges = figures.get("interval95")
    ranges = ranges if isinstance(ranges, dict) else {"f1": ranges, "cer": ranges} if ranges else {}
    found: list[tuple[str, str, str]] = []
    for name, value in figures.items():
        between = " – ".join(f"{bound:.3f}" for bound in ranges.get(name, ()))
        if name == "interval95":
            continue
        if isinstance(value, dict) and set(value) == {"p", "r", "f1"}:
            found.append((f"{prefix}{name}", f"P {value['p']:.3f}  R {value['r']:.3f}  F1 {value['f1']:.3f}", between))
        elif isinstance(value, dict):
            found += rows(value, f"{prefix}{name}.")
        elif isinstance(value, float | int | bool):
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            found.append((f"{prefix}{name}", shown, between))
        elif isinstance(value, list) and len(value) <= 3 and all(isinstance(v, float | int) for v in value):
            found.append((f"{prefix}{name}", " – ".join(f"{v:.3f}" for v in value), ""))
    return found


def quality(shared: Path, *, measured: bool = False) -> tuple[dict[str, dict[str, Any]], dict[str, Outcome]]:
    """The benchmarks of quality: figures and outcomes, by benchmark and data.

    Args:
        shared: the folder that holds the data.
        measured: take what the gate has kept, where it has.
    """
    figures: dict[str, dict[str, Any]] = {}
    outcomes: dict[str, Outcome] = {}
    for title, name, data, arguments in QUALITY:
        there = kept(name, data) if measured else None
        if there is None:
            where = ["--data", str(place(shared, data))] if data else []
            there = run(f"benchmarks.quality.{name}", *where, *asked_for_outcome(name, data), *arguments)
            keep(there, name, data)
        figures[title] = there
        if name in WITH_OUTCOME:
            told = outcome_file(name, data)
            outcomes[told.stem] = msgspec.json.decode(told.read_bytes(), type=Outcome)
    return figures, outcomes


def speed(shared: Path, peers: str, *, brief: bool = False) -> dict[str, dict[str, Any]]:
    """The benchmarks of speed, each beside a peer in the same run.

    Args:
        shared: the folder that holds the data.
        peers: an interpreter that has the peers.
        brief: less of everything: whether each still runs and says about the same, not figures to quote.
    """
    news = str(shared / "data" / "polnear.dev.jsonl.gz")
    filings = str(shared / "data" / "bop-filings.csv.gz")

    def ran(name: str, *always: str, fully: tuple[str, ...] = (), briefly: tuple[str, ...] = ()) -> dict[str, Any]:
        return run(f"benchmarks.speed.{name}", *always, *(briefly if brief else fully))

    return {
        "words, beside textacy": ran(
            "words", "--data", news, "--textacy-python", peers,
            fully=("--repeat", "2"), briefly=("--repeat", "1", "--words", "20000"),
        ),
        "readers": ran("readers", fully=("--seconds", "2"), briefly=("--seconds", "0.5")),
        "bulk": ran("bulk", briefly=("--documents", "60")),
        "an agency's due dates, beside pandas": ran(
            "filings", "--data", filings, "--pandas-python", peers, briefly=("--repeat", "1")
        ),
        "days moved by a change of law": ran("rules", briefly=("--repeat", "1", "--cases", "3000")),
        "who is who, beside rapidfuzz": ran("linking", briefly=("--appearances", "3000")),
        "papers with their PDF, beside Chromium and LibreOffice": ran(
            "drafts", briefly=("--drafts", "30", "--peer-drafts", "5")
        ),
    }  # fmt: skip


def written(everything: dict[str, dict[str, Any]], moved: list[str]) -> str:
    """The table as a page of Markdown."""
    parts = ["# Benchmarks\n"]
    if moved:
        parts.append("\n## Since the last release, on the same documents\n\n```text\n" + "\n".join(moved) + "\n```\n")
    for title, figures in everything.items():
        parts.append(f"\n## {title[:1].upper() + title[1:]}\n\n| measure | value | 95 % |\n|---|---|---|\n")
        parts += [f"| {' | '.join(row)} |\n" for row in rows(figures)]
    return "".join(parts)


def main() -> int:
    """Run, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--peers", default=sys.executable, help="an interpreter with textacy, its model, and pandas")
    parser.add_argument("--quality", action="store_true", help="leave the benchmarks of speed out")
    parser.add_argument("--measured", action="store_true", help="take the quality that the gate has just measured")
    parser.add_argument("--brief", action="store_true", help="measure speed on little, to see that it runs")
    parser.add_argument("--record", metavar="RELEASE", help="also keep the outcome of every document as this release's")
    options = parser.parse_args()
    if not (options.shared / "data").is_dir():
        sys.stderr.write(
            f"{options.shared / 'data'} is not there; name the folder with SHARED=... A benchmark needs its data.\n"
        )
        return 2
    everything, outcomes = quality(options.shared, measured=options.measured)
    if not options.quality:
        everything |= speed(options.shared, options.peers, brief=options.brief)
    last = since.read_record() if since.RECORD.is_file() else None
    moved = [f"since {last.release}", *since.lines(since.report(last, outcomes), outcomes)] if last else []
    console = Console(width=110)
    for title, figures in everything.items():
        table = Table("measure", "value", "95 %", title=title, title_justify="left", title_style="bold")
        for row in rows(figures):
            table.add_row(*row)
        console.print(table)
    for line in moved:
        console.print(line, soft_wrap=True, highlight=False)
    (FOLDER / "figures.json").write_text(json.dumps(everything, indent=2), encoding="utf8")
    kinds = reliability.by_kind(list(outcomes.values()))
    (FOLDER / "reliability.svg").write_text(reliability.diagram(kinds), encoding="utf8")
    sure = "\n## As sure as they should be\n\n![](reliability.svg)\n\n" + reliability.table(kinds)
    (FOLDER / "table.md").write_text(written(everything, moved) + sure, encoding="utf8")
    looked_at = {name: told for name, told in outcomes.items() if name != outcome_file("letters", UNSEEN).stem}
    (FOLDER / "worst.html").write_text(worst.page(worst.pick(looked_at)), encoding="utf8")
    print(f"wrote {', '.join(str(FOLDER / name) for name in ('figures.json', 'table.md', 'worst.html'))}")
    if options.record:
        since.record(outcomes, release=options.record)
        print(f"wrote {since.RECORD}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
