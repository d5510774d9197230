"""How well names are found: kind and both ends right, against a corpus of names.

python -m benchmarks.quality.names --data FILE.jsonl[.gz] [--mentions] [--json] [--outcome FILE]

The file holds one document a line, in the shape of the Worldwide newswire corpus: id, text, and annotations with
start, end and label. By default the reading model's names are scored as it gives them; with ``--mentions`` the
pipeline's mentions are, for the four kinds that both know.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.quality.attribution import READER, as_read, documents, notes_up_to
from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, arguments, around, tell
from benchmarks.quality.score_names import Named, count, pooled

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


def find(document: dict[str, Any], *, mentions: bool) -> list[Named] | None:
    """The names found in one document; none if it cannot be read."""
    try:
        content, back = as_read(document["text"])
        text = Text.of(content, document="0" * 64, maker=READER, language="en")
    except ValueError:
        return None
    names = by_mentions(text) if mentions else by_model(text)
    return [(back[start], back[end], label) for start, end, label in names]


def outcome(gold: list[dict[str, Any]], wanted: list[list[Named]], found: list[list[Named] | None]) -> Outcome:
    """Every document's names, and every one missed, made up or of another kind."""
    cases, misses = [], []
    for document, there, told in zip(gold, wanted, found, strict=True):
        said = told or []
        right = len(set(there) & set(said))
        cases.append(Case(document=document["id"], right=right, said=len(set(said)), there=len(set(there))))
        for one in sorted({*there} ^ {*said}):
            missed = one in there
            others = said if missed else there
            near = next((other for other in others if other[0] < one[1] and one[0] < other[1]), None)
            if near and not missed:
                continue
            ours, known = (near, one) if missed else (one, near)
            misses.append(
                Miss(
                    document=document["id"],
                    words=around(document["text"], [one[:2]]),
                    ours=_shown(document["text"], ours),
                    gold=_shown(document["text"], known),
                    why="other ends or another kind" if near else "a name missed" if missed else "no name",
                    weight=0.6 if one[2] in ("Person", "Facility") else 0.3,
                )
            )
    return Outcome(cases=tuple(cases), misses=tuple(misses))


def _shown(text: str, name: Named | None) -> str:
    return f"{text[name[0] : name[1]]} ({name[2]})" if name else "nothing"


def main() -> None:
    """Read the command line, run and report."""
    asked = arguments(__doc__)
    asked.add_argument("--mentions", action="store_true")
    given = asked.parse_args()
    gold = list(documents(given.data))
    kept = set(LABELS.values())
    every = [[(a["start"], a["end"], a["label"]) for a in document["annotations"]] for document in gold]
    wanted = [[name for name in names if not given.mentions or name[2] in kept] for names in every]
    began = time.perf_counter()
    found = [find(document, mentions=given.mentions) for document in gold]
    seconds = time.perf_counter() - began
    counts = [count(there, said or ()) for there, said in zip(wanted, found, strict=True)]
    told = outcome(gold, wanted, found)
    unread = found.count(None)
    tell(given, pooled(counts), by_document(counts, pooled), told, documents=len(gold), unread=unread, seconds=seconds)


if __name__ == "__main__":
    main()
