"""Records a second of `amparo import bop-filings --verify`, beside a plain pandas script that does the same check.

python -m benchmarks.speed.filings --data ../shared/data/bop-filings.csv.gz [--rows 400000] [--repeat 3] [--json]
    [--pandas-python PATH]

The file is repeated to about so many rows in a temporary file. Each program runs in a process of its own, pinned to one
core, with one thread, and they take turns; the time is that of the whole process, its start included, and the median
of the repeats counts. The pandas script knows the lawful numbers of days by heart; amparo counts them by the rulebook
and names each record that does not fit. A repeated file has no more different days of receipt than the file itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_AMPARO = "from amparo.cli import main; main()"

_PANDAS = """
import sys
import pandas
columns = ["CASENBR", "ITERLVL", "CDSTATUS", "sitdtrcv", "sdtdue"]
records = pandas.read_csv(sys.argv[1], usecols=columns, dtype={"CASENBR": str, "ITERLVL": str, "CDSTATUS": str})
due = pandas.to_datetime(records["sdtdue"], format="ISO8601", errors="coerce")
received = pandas.to_datetime(records["sitdtrcv"], format="ISO8601", errors="coerce")
records["days"] = (due - received).dt.days
dated = records[records["sdtdue"].notna()]
lawful = {"F": (20, 40, 3), "R": (30, 60), "A": (40, 60)}
good = 0
for level, group in dated.groupby("ITERLVL"):
    fits = group["days"].isin(lawful.get(level, ())) & (group["CDSTATUS"] != "REJ")
    good += int(fits.sum())
    for row in group[~fits].head(100).itertuples():
        print(row.CASENBR, row.sdtdue)
undated = records[records["sdtdue"].isna()]
print(int((~undated["CDSTATUS"].isin(["REJ", "VOID"])).sum()), "without a due date that should have one")
print(f"reproduced {good} of {len(dated)}")
"""
_REPRODUCED = re.compile(r"^reproduced (\d+) of (\d+)$", re.MULTILINE)


def repeated(path: Path, rows: int, target: Path) -> int:
    """The file's records over and over under one heading; how many came of it."""
    data = path.read_bytes()
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    heading, _, body = plain.partition(b"\n")
    body = body if body.endswith(b"\n") else body + b"\n"
    times = max(1, round(rows / body.count(b"\n")))
    target.write_bytes(heading + b"\n" + body * times)
    return times * body.count(b"\n")


def timed(command: list[str], core: int) -> tuple[float, list[int]]:
    """Seconds of one run on one core, and what it says it reproduced."""
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")}
    began = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, **one}, capture_output=True, text=True, check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )  # fmt: skip
    seconds = time.perf_counter() - began
    said = _REPRODUCED.search(done.stdout)
    if said is None:
        raise SystemExit(f"{command[0]} said nothing of what it reproduced: {done.stderr[-500:]}")
    return seconds, [int(said[1]), int(said[2])]


def measure(data: Path, *, rows: int, repeat: int, core: int, pandas_python: str) -> dict[str, Any]:
    """Both programs over the same file, by turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filings.csv"
        count = repeated(data, rows, path)
        programs = {
            "amparo": [sys.executable, "-c", _AMPARO, "import", "bop-filings", str(path), "--verify"],
            "pandas": [pandas_python, "-c", _PANDAS, str(path)],
        }
        seconds: dict[str, list[float]] = {name: [] for name in programs}
        said: dict[str, list[int]] = {}
        for _ in range(repeat):
            for name, command in programs.items():
                took, said[name] = timed(command, core)
                seconds[name].append(took)
    if said["amparo"] != said["pandas"]:
        raise SystemExit(f"the two do not agree on what is reproduced: {said}")
    figures: dict[str, Any] = {"rows": count}
    for name in programs:
        median = statistics.median(seconds[name])
        figures[name] = {"median_s": round(median, 2), "rows_per_second": round(count / median)}
    figures["amparo_over_pandas"] = round(
        figures["amparo"]["rows_per_second"] / figures["pandas"]["rows_per_second"], 2
    )
    figures["reproduced_dates"], figures["dated"] = said["amparo"]
    return figures


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--pandas-python", default=".venv-peers/bin/python", help="an interpreter that has pandas")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(
        options.data, rows=options.rows, repeat=options.repeat, core=options.core, pandas_python=options.pandas_python
    )
    if options.json:
        print(json.dumps(figures))
        return
    for name in ("amparo", "pandas"):
        print(f"{name:8s} {figures[name]['rows_per_second']:9d} rows/s   {figures[name]['median_s']:6.2f} s")
    print(f"amparo / pandas: {figures['amparo_over_pandas']}   ({figures['rows']} rows, one core each)")
    print(f"reproduced {figures['reproduced_dates']} of {figures['dated']}")


if __name__ == "__main__":
    main()
