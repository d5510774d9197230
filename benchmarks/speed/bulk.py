"""Documents a second of bulk runs: in this process, in two, and on a local Dask cluster of two workers, in one run.

python -m benchmarks.speed.bulk [--documents 200] [--json]

The documents are the fictional letters that ship with amparo as text, repeated; each engine reads the same list.
"""

from __future__ import annotations

import argparse
import functools
import json
import resource
import time
from importlib import resources
from typing import Any

from amparo.bulk import Received, Settings, examine_many


def _bytes(name: str, copy: int) -> bytes:
    # A copy differs by one line, so that nothing remembered from the first reading helps with the next.
    data = (resources.files("amparo") / "data" / "letters" / name).read_bytes()
    return data + f"\n\ncopy {copy}\n".encode()


def documents(count: int) -> list[Received]:
    """A list of letters in plain text."""
    names = sorted(
        p.name for p in (resources.files("amparo") / "data" / "letters").iterdir() if p.name.endswith(".txt")
    )
    return [
        Received(f"{i}-{name}", functools.partial(_bytes, name, i))
        for i in range(count)
        for name in [names[i % len(names)]]
    ]


def timed(received: list[Received], **how: Any) -> dict[str, float]:
    """Documents a second over the whole run, the start of the engine included, and seconds to the first result."""
    began = time.perf_counter()
    first = 0.0
    for count, outcome in enumerate(examine_many(received, settings=Settings(), **how), start=1):
        if outcome.failure is not None:
            raise SystemExit(f"{outcome.name}: {outcome.failure.message}")
        if count == 1:
            first = time.perf_counter() - began
    taken = time.perf_counter() - began
    return {"documents_per_second": round(len(received) / taken, 1), "seconds_to_first": round(first, 2)}


def measure(count: int) -> dict[str, Any]:
    """Every engine over the same documents."""
    from distributed import LocalCluster

    received = documents(count)
    figures: dict[str, Any] = {
        "documents": count,
        "one process": timed(received),
        "two processes": timed(received, processes=2),
    }
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:  # type: ignore[no-untyped-call]
        figures["dask, two workers"] = timed(received, cluster=cluster.scheduler_address)
    for engine in ("two processes", "dask, two workers"):
        figures[engine]["times one process"] = round(
            figures[engine]["documents_per_second"] / figures["one process"]["documents_per_second"], 2
        )
    figures["peak_mb_of_this_process"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    figures["peak_mb_of_largest_worker"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.documents)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:28s} {value}")


if __name__ == "__main__":
    main()
