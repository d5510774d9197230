"""How quickly each reader reads: pages (or documents) a second, and the most memory the process held.

``python -m benchmarks.speed.readers [--json] [--seconds 5]`` reads documents made by program on one thread.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable

from benchmarks import papers
from benchmarks.quality.pages import LETTERS, spoil, write_page

from amparo.reading import read

FULL_PAGE = [line for _ in range(4) for line in papers.LETTER][:42]


def workloads() -> dict[str, tuple[bytes, int]]:
    """Documents by reader, with how many pages each has."""
    clean = write_page(LETTERS["en"], "serif")
    hand = spoil(write_page(LETTERS["es"], "hand-dkg"), "noisy", seed=7)
    return {
        "plain (2 kB letter)": ((LETTERS["es"] * 2).encode(), 1),
        "web (article)": (papers.ARTICLE.encode(), 1),
        "mail (with attachments)": (papers.mail(), 1),
        "office (petition)": (papers.petition(), 1),
        "pdf (text, 500 pages)": (papers.text_pdf([FULL_PAGE] * 500), 500),
        "scan (print, clean)": (papers.image_file([clean], "PNG"), 1),
        "scan (handwriting font, noisy)": (papers.image_file([hand], "PNG"), 1),
    }


def pages_a_second(work: Callable[[], object], pages: int, *, seconds: float) -> float:
    """Repeat some work for a while after one unmeasured turn."""
    work()
    begun = time.perf_counter()
    turns = 0
    while (spent := time.perf_counter() - begun) < seconds or not turns:
        work()
        turns += 1
    return turns * pages / max(spent, 1e-9)


def main() -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    table = {}
    for name, (data, pages) in workloads().items():
        speed = pages_a_second(lambda data=data: read(data), pages, seconds=options.seconds)  # type: ignore[misc]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        table[name] = {"pages_per_second": round(speed, 2), "most_memory_mb": memory}
        if not options.json:
            print(f"{name:32} {speed:10.2f} pages/s   {memory:5} MB at most so far")
    if options.json:
        print(json.dumps({"readers": table}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
