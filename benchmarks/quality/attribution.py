"""How well claims are found: precision, recall and F1 against a corpus of attributions.

python -m benchmarks.quality.attribution --data FILE.jsonl[.gz] [--pipeline en-news] [--json] [--outcome FILE]

The file holds one document a line, in the shape of the PolNeAR corpus: id, text, and annotations with lists of
``[start, end)`` for source, cue and content. A document that cannot be read is a complete miss.
"""

from __future__ import annotations

import gzip
import json
import time
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, Sure, arguments, around, tell
from benchmarks.quality.score_attribution import Compared, compare, pooled

from amparo.domain.claims import Claim
from amparo.domain.notes import Notes
from amparo.domain.text import Maker, Text
from amparo.errors import AmparoError
from amparo.extraction import Pipeline, load_pipeline

READER = Maker(component="benchmarks.quality", version="1")


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a JSON-lines file, packed or not, of a TOML file with a ``document`` table for each, or of both
    kinds of files in a folder, by name."""
    if path.is_dir():
        for file in sorted([*path.glob("*.toml"), *path.glob("*.jsonl"), *path.glob("*.jsonl.gz")]):
            yield from documents(file)
        return
    if path.suffix == ".toml":
        yield from tomllib.loads(path.read_text(encoding="utf8"))["document"]
        return
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


def as_attribution(claim: Claim, back: list[int]) -> dict[str, Any]:
    """A claim in the corpus's shape, in the places of the words as they were."""
    return {
        "source": [[back[q.start], back[q.end]] for q in claim.source.quotes],
        "cue": [[back[claim.cue.start], back[claim.cue.end]]] if claim.cue else [],
        "content": [[back[q.start], back[q.end]] for q in claim.contents],
        "confidence": claim.confidence,
    }


def read_all(gold: list[dict[str, Any]], pipeline: str) -> dict[str, list[dict[str, Any]]]:
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


def outcome(gold: list[dict[str, Any]], found: dict[str, Any], compared: list[Compared]) -> Outcome:
    """Every document's count, every attribution missed or made up, and how sure each was."""
    cases, misses, sure = [], [], []
    for document, one in zip(gold, compared, strict=True):
        name, text, told = document["id"], document["text"], found.get(document["id"], [])
        counts = (one.counts[f"attribution {part}"] for part in ("right", "said", "there"))
        cases.append(Case(document=name, **dict(zip(("right", "said", "there"), counts, strict=True))))
        sure += [
            Sure(document=name, what="claim in news", confidence=said["confidence"], right=place in one.pairs)
            for place, said in enumerate(told)
        ]
        loose = [said for place, said in enumerate(told) if place not in one.pairs]
        for number, wanted in enumerate(document["annotations"]):
            if number in one.pairs.values():
                continue
            near = next((said for said in loose if _touch(said["cue"], wanted["cue"])), None)
            why = _differs(near, wanted) if near else "nobody was taken to say this"
            words = around(text, wanted["cue"] + wanted["content"][:1])
            weight = near["confidence"] if near else 0.5
            misses.append(
                Miss(
                    document=name,
                    words=words,
                    ours=_shown(text, near),
                    gold=_shown(text, wanted),
                    why=why,
                    weight=weight,
                )
            )
        for said in loose:
            if not any(_touch(said["cue"], wanted["cue"]) for wanted in document["annotations"]):
                misses.append(
                    Miss(
                        document=name,
                        words=around(text, said["cue"] + said["content"][:1]),
                        ours=_shown(text, said),
                        gold="nothing",
                        why="taken for somebody's words, by no annotator",
                        weight=said["confidence"],
                    )
                )
    return Outcome(cases=tuple(cases), misses=tuple(misses), sure=tuple(sure))


def _touch(one: list[list[int]], other: list[list[int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _shown(text: str, attribution: dict[str, Any] | None) -> str:
    if attribution is None:
        return "nothing"
    source, cue, content = (" ".join(text[a:b] for a, b in attribution[role]) for role in ("source", "cue", "content"))
    return f"{source or 'nobody named'} · {cue} · {content}"


def _differs(ours: dict[str, Any], gold: dict[str, Any]) -> str:
    """What keeps two attributions with one cue apart."""
    if bool(ours["source"]) != bool(gold["source"]) or (ours["source"] and not _touch(ours["source"], gold["source"])):
        return "another source"
    return "other words than were said"


def main() -> None:
    """Read the command line, run and report."""
    asked = arguments(__doc__)
    asked.add_argument("--pipeline", default="en-news")
    given = asked.parse_args()
    gold = list(documents(given.data))
    began = time.perf_counter()
    found = read_all(gold, given.pipeline)
    seconds = time.perf_counter() - began
    compared = [compare(document, found.get(document["id"], ())) for document in gold]
    counts = [one.counts for one in compared]
    told = outcome(gold, found, compared)
    unread = len(gold) - len(found)
    tell(given, pooled(counts), by_document(counts, pooled), told, documents=len(gold), unread=unread, seconds=seconds)


if __name__ == "__main__":
    main()
