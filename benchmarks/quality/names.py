"""How well names are found: kind and both ends right, against a corpus of names.

python -m benchmarks.quality.names --data FILE.jsonl[.gz] [--mentions] [--json]

The file holds one document a line, in the shape of the Worldwide newswire corpus: id, text, and annotations with
start, end and label. By default the reading model's names are scored as it gives them; with ``--mentions`` the
pipeline's mentions are, for the four kinds that both know.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.quality.attribution import READER, as_read, documents, notes_up_to
from benchmarks.quality.score_names import Named, score_names

from amparo.domain.text import Text
from amparo.extraction import load_pipeline
from amparo.extraction.encoder.names import find_labels

LABELS = {
    "person": "Person",
    "organisation": "Organization",
    "authority": "Organization",
    "place": "Location",
    "facility": "Facility",
}


def by_model(text: Text) -> list[Named]:
    """The model's own labels."""
    sentences = notes_up_to(load_pipeline("en-news"), text, "sentences").sentences
    return [(start, end, label) for start, end, label, _ in find_labels(text, sentences)]


def by_mentions(text: Text) -> list[Named]:
    """The pipeline's mentions, under the corpus's labels."""
    mentions = notes_up_to(load_pipeline("en-news"), text, "mentions").mentions
    return [(m.quote.start, m.quote.end, LABELS[m.kind]) for m in mentions if m.kind in LABELS]


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--mentions", action="store_true")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    gold: dict[str, list[Named]] = {}
    found: dict[str, list[Named]] = {}
    for document in documents(given.data):
        names = [_named(a) for a in document["annotations"]]
        gold[document["id"]] = [n for n in names if not given.mentions or n[2] in LABELS.values()]
        try:
            content, back = as_read(document["text"])
            text = Text.of(content, document="0" * 64, maker=READER, language="en")
        except ValueError:
            continue
        names = by_mentions(text) if given.mentions else by_model(text)
        found[document["id"]] = [(back[start], back[end], label) for start, end, label in names]
    scores = score_names(gold, found)
    if given.json:
        print(json.dumps({kind: dict(zip(("p", "r", "f1"), score, strict=True)) for kind, score in scores.items()}))
        return
    for kind, (precision, recall, f1) in scores.items():
        print(f"{kind:14s} P={precision:.4f} R={recall:.4f} F1={f1:.4f}")


def _named(annotation: dict[str, Any]) -> Named:
    return annotation["start"], annotation["end"], annotation["label"]


if __name__ == "__main__":
    main()
