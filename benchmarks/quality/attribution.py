"""How well claims are found: precision, recall and F1 against a corpus of attributions.

python -m benchmarks.quality.attribution --data FILE.jsonl[.gz] [--pipeline en-news] [--json]

The file holds one document a line, in the shape of the PolNeAR corpus: id, text, and annotations with lists of
``[start, end)`` for source, cue and content. A document that cannot be read is a complete miss.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality.score_attribution import interval, score_attributions

from amparo.domain.claims import Claim
from amparo.domain.notes import Notes
from amparo.domain.text import Maker, Text
from amparo.errors import AmparoError
from amparo.extraction import Pipeline, load_pipeline

READER = Maker(component="benchmarks.quality", version="1")


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a JSON-lines file, packed or not."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines)


def as_read(words: str) -> tuple[str, list[int]]:
    """Words as a reader would give them (NFC, ``\\n``), and for each code point its place in the words as they were."""
    content: list[str] = []
    back: list[int] = []
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and unicodedata.combining(words[end]):
            end += 1
        piece = "\n" if words[at:end] == "\r" else unicodedata.normalize("NFC", words[at:end])
        content.append(piece)
        back.extend([at] * len(piece))
        at = end
    return "".join(content), [*back, len(words)]


def notes_up_to(pipeline: Pipeline, text: Text, layer: str) -> Notes:
    """Run a pipeline's components up to the one that gives a layer."""
    last = [fitted.layer for fitted in pipeline.components].index(layer)  # type: ignore[arg-type]
    return pipeline._replace(components=pipeline.components[: last + 1]).run(text)


def as_attribution(claim: Claim, back: list[int]) -> dict[str, list[list[int]]]:
    """A claim in the corpus's shape, in the places of the words as they were."""
    return {
        "source": [[back[q.start], back[q.end]] for q in claim.source.quotes],
        "cue": [[back[claim.cue.start], back[claim.cue.end]]] if claim.cue else [],
        "content": [[back[q.start], back[q.end]] for q in claim.contents],
    }


def read_all(gold: list[dict[str, Any]], pipeline: str) -> dict[str, list[dict[str, list[list[int]]]]]:
    """Attributions by document id; the writer's own overall claim, which has no cue, is no attribution."""
    loaded = load_pipeline(pipeline)
    found = {}
    for document in gold:
        try:
            content, back = as_read(document["text"])
            text = Text.of(content, document="0" * 64, maker=READER, language=loaded.language)
            claims = notes_up_to(loaded, text, "claims").claims
        except (AmparoError, ValueError):
            continue
        found[document["id"]] = [as_attribution(c, back) for c in claims if c.cue is not None]
    return found


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--pipeline", default="en-news")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    gold = list(documents(given.data))
    began = time.perf_counter()
    found = read_all(gold, given.pipeline)
    seconds = time.perf_counter() - began
    scores = score_attributions(gold, found)
    low, high = interval(gold, found)
    if given.json:
        figures = {name: dict(zip(("p", "r", "f1"), score, strict=True)) for name, score in scores.items()}
        extra = {
            "interval95": [low, high],
            "documents": len(gold),
            "unread": len(gold) - len(found),
            "seconds": seconds,
        }
        print(json.dumps(figures | extra))
        return
    for name, (precision, recall, f1) in scores.items():
        print(f"{name:20s} P={precision:.4f} R={recall:.4f} F1={f1:.4f}")
    print(f"attribution F1, 95 % interval by document: {low:.4f} to {high:.4f}")
    print(f"{len(gold)} documents, {len(gold) - len(found)} unread, {seconds:.1f} s")


if __name__ == "__main__":
    main()
