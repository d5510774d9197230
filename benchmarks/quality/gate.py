"""The quality gate: every score on named data against its floor; below one it fails, and a crash is a complete miss.

python -m benchmarks.quality.gate --shared ../shared [--only letters] [--write results.json]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from benchmarks.quality.kept import asked_for_outcome, keep, place
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
LIMIT = 1500
"""Seconds one benchmark may take before it counts as a crash."""


def run(benchmark: str, arguments: list[str]) -> dict[str, Any] | None:
    """Run one benchmark as its own command; None if it crashed or printed no figures."""
    command = [sys.executable, "-m", f"benchmarks.quality.{benchmark}", "--json", *arguments]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, timeout=LIMIT, check=False)
        figures: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return figures if done.returncode == 0 else None


def look_up(figures: dict[str, Any] | None, measure: str) -> float | None:
    """A figure by its dotted name, or None where there is none."""
    found: Any = figures
    for part in measure.split("."):
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    return float(found) if isinstance(found, int | float) else None


def holds(floor: dict[str, Any], value: float | None) -> bool:
    """Whether a figure keeps to its floor or ceiling; a figure that is missing does not."""
    if value is None:
        return False
    return bool(value >= floor["at_least"]) if "at_least" in floor else bool(value <= floor["at_most"])


def main() -> int:
    """Measure everything that has a floor, print the table, and fail below any of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that holds data/")
    parser.add_argument("--only", help="run one benchmark only")
    parser.add_argument("--write", type=Path, help="also write every figure as JSON")
    options = parser.parse_args()
    sets = tomllib.loads((HERE / "floors.toml").read_text("utf8"))["set"]
    table = Table("benchmark", "data", "measure", "floor", "measured", "")
    failed, everything = 0, {}
    for one in sets:
        if options.only and one["benchmark"] != options.only:
            continue
        arguments = [str(a) for a in one.get("arguments", [])]
        if "data" in one:
            data = place(options.shared, one["data"])
            if not data.exists():
                sys.stderr.write(
                    f"{data} is not there; name the folder with --shared. A gate that cannot measure fails.\n"
                )
                return 2
            arguments += ["--data", str(data)]
        named = one["benchmark"], one.get("data", "")
        figures = run(one["benchmark"], [*arguments, *asked_for_outcome(*named)])
        if figures is not None:
            keep(figures, *named)
        everything[f"{one['benchmark']} {one.get('data', '')}".strip()] = figures
        for floor in one["floor"]:
            value = look_up(figures, floor["measure"])
            good = holds(floor, value)
            failed += not good
            bound = f"≥ {floor['at_least']}" if "at_least" in floor else f"≤ {floor['at_most']}"
            shown = "crashed" if figures is None else "missing" if value is None else f"{value:.3f}"
            table.add_row(
                one["benchmark"], one.get("data", "own pages"), floor["measure"], bound, shown, "" if good else "BELOW"
            )
    Console(width=110).print(table)
    if options.write:
        options.write.write_text(json.dumps(everything, indent=2), encoding="utf8")
    print(f"{failed} figures below their floor" if failed else "every figure keeps its floor")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
