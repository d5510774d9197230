"""How well scans are read: character error rate by kind of page, through ``amparo.reading.read``.

``python -m benchmarks.quality.ocr`` writes its own pages (fictional letters in print and handwriting fonts, clean and
spoiled) and reads them back. ``--data DIR`` reads a folder of images, each beside a ``.txt`` of what it says.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality.intervals import by_document
from benchmarks.quality.pages import PaperPage, make_pages
from PIL import Image

from amparo.errors import AmparoError
from amparo.reading import read


class Score(NamedTuple):
    """How one page was read; a page that failed is a complete miss."""

    name: str
    group: str
    errors: int
    letters: int
    seconds: float
    failed: str = ""


def edit_distance(read_words: str, true_words: str) -> int:
    """Levenshtein's distance: how many letters must be put in, taken out or changed.

    >>> edit_distance("insuline", "insulin")
    1
    """
    before = list(range(len(true_words) + 1))
    for row, mine in enumerate(read_words, 1):
        now = [row]
        for column, theirs in enumerate(true_words, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (mine != theirs)))
        before = now
    return before[-1]


def score_page(name: str, group: str, data: bytes, words: str) -> Score:
    """Read a page and count its errors; white space counts as one blank, however wide."""
    begun = time.perf_counter()
    try:
        content, failed = read(data).content, ""
    except AmparoError as problem:
        content, failed = "", problem.code
    seconds = time.perf_counter() - begun
    seen, true = " ".join(content.split()), " ".join(words.split())
    if "humor" in name:  # a font of capitals says nothing about case
        seen, true = seen.lower(), true.lower()
    return Score(name, group, edit_distance(seen, true), len(true), seconds, failed)


def own_pages(*, full: bool) -> Iterator[tuple[str, str, bytes, str]]:
    """The pages of the benchmark as files."""
    for page in make_pages(full=full):
        yield page.name, page.group, _png(page), page.words


def folder_pages(folder: Path) -> Iterator[tuple[str, str, bytes, str]]:
    """Images in a folder and what they say; the folder an image lies in is its group."""
    for words in sorted(folder.rglob("*.txt")):
        for image in sorted(words.parent.glob(f"{words.stem}.*")):
            if image.suffix.lower() != ".txt":
                yield image.name, image.parent.name, image.read_bytes(), words.read_text(encoding="utf8")


def summary(scores: list[Score]) -> dict[str, dict[str, Any]]:
    """Character error rate and seconds for each page, by group."""
    table = {}
    for group in sorted({score.group for score in scores}):
        of_group = [score for score in scores if score.group == group]
        letters = sum(score.letters for score in of_group)
        table[group] = {
            "pages": len(of_group),
            "cer": round(sum(score.errors for score in of_group) / max(letters, 1), 4),
            "interval95": by_document([{"errors": s.errors, "letters": s.letters} for s in of_group], _error_rate)[
                "cer"
            ],
            "seconds_per_page": round(sum(score.seconds for score in of_group) / len(of_group), 2),
            "failed": sum(bool(score.failed) for score in of_group),
        }
    return table


def _error_rate(counts: Sequence[Counter[str]]) -> dict[str, float]:
    total: Counter[str] = sum(counts, Counter())
    return {"cer": total["errors"] / max(1, total["letters"])}


def main() -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of images, each beside a .txt of what it says")
    parser.add_argument("--full", action="store_true", help="every font in both languages and both states")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    try:
        pages = folder_pages(options.data) if options.data else own_pages(full=options.full)
        # The first page pays for loading the models; a small one is read before the clock is looked at.
        read(_png(PaperPage("", "", Image.new("L", (400, 200), 255), "")))
        scores = []
        for page in pages:
            scores.append(score_page(*page))
            if sys.stderr.isatty():
                print(f"\r{len(scores)} pages", end="", file=sys.stderr)
    except AmparoError as problem:
        print(problem, file=sys.stderr)
        return 1
    if not scores:
        print("no images with a .txt beside them", file=sys.stderr)
        return 1
    table = summary(scores)
    if options.json:
        print(json.dumps({"ocr": table, "pages": [score._asdict() for score in scores]}, ensure_ascii=False))
        return 0
    for score in scores:
        print(f"{score.name:24} {score.errors / max(score.letters, 1):7.4f}  {score.seconds:5.1f} s  {score.failed}")
    print()
    for group, row in table.items():
        print(f"{group:14} pages {row['pages']:3.0f}   CER {row['cer']:.4f}   {row['seconds_per_page']:.1f} s a page")
    return 0


def _png(page: PaperPage) -> bytes:
    written = io.BytesIO()
    page.image.save(written, format="PNG")
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
