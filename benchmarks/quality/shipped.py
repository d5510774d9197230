"""How well the letters that ship with amparo are read from the paper they came on: every medium, whole chain.

python -m benchmarks.quality.shipped [--json] [--errors] [--outcome FILE]

What a careful reader finds stands in tests/letters/annotations.toml. An allegation counts when its act is right and the
words of its passage agree with the annotated ones (token F1 of 0.4 or more), words compared as they are spelt, so that
a misread word on a scan costs its token. A document that cannot be read is a complete miss.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, Sure, as_json
from benchmarks.quality.score_attribution import Score, f_score

from amparo.domain.dossier import Dossier
from amparo.dossier import examine_parcel
from amparo.errors import AmparoError

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "amparo" / "data" / "letters"
TODAY = dt.date(2026, 12, 10)
AGREE = 0.4


def annotated() -> list[dict[str, Any]]:
    """What a careful reader found, letter by letter."""
    book: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/letters/annotations.toml").read_text("utf8"))["letter"]
    return book


def dossiers() -> dict[str, Dossier]:
    """Every shipped letter as examined, attachments under the name of their letter and ``-attached``."""
    found: dict[str, Dossier] = {}
    for path in sorted(SHIPPED.iterdir()):
        try:
            whole, *parts = examine_parcel(path.read_bytes(), name=path.name, today=TODAY)
        except AmparoError:
            continue
        found[path.stem] = whole
        found |= {f"{path.stem}-attached": part for part in parts}
    return found


def _tokens(words: str) -> Counter[str]:
    plain = unicodedata.normalize("NFD", words.casefold())
    return Counter(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def agreement(first: str, second: str) -> float:
    """Token F1 of two passages."""
    one, other = _tokens(first), _tokens(second)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def compare(
    letter: dict[str, Any], dossier: Dossier | None
) -> tuple[list[tuple[int, int]], list[tuple[str, str, str]]]:
    """Pairs of annotated and found allegations that agree, and what was found."""
    found = [
        (a.act, " ".join(q.exact for q in a.quotes), str(a.status))
        for a in (dossier.notes.allegations if dossier else ())
    ]
    scored = sorted(
        (
            (agreement(gold["words"], words), i, j)
            for i, gold in enumerate(letter["allegations"])
            for j, (act, words, _) in enumerate(found)
            if act == gold["act"]
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for score, i, j in scored:
        if score >= AGREE and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs, found


def count(letter: dict[str, Any], dossier: Dossier | None, *, errors: bool) -> Counter[str]:
    """What is right, said and there in one letter; with ``errors`` also printed."""
    pairs, found = compare(letter, dossier)
    loose = [words for j, (_, words, _) in enumerate(found) if all(j != b for _, b in pairs)]
    if errors:
        for i, gold in enumerate(letter["allegations"]):
            if all(i != a for a, _ in pairs):
                print(f"{letter['name']:28s} missed   {gold['act']} {gold['words'][:90]}")
        for j, (act, words, _) in enumerate(found):
            if all(j != b for _, b in pairs):
                print(f"{letter['name']:28s} made up  {act} {words[:90]}")
    return Counter(
        {
            "right": len(pairs),
            "said": len(found),
            "there": len(letter["allegations"]),
            "status": sum(letter["allegations"][i]["status"] == found[j][2] for i, j in pairs),
            "alarms": sum(any(agreement(words, harmless) >= AGREE for words in loose) for harmless in letter["not"]),
            "spared": len(letter["not"]),
        }
    )


def pooled(counts: Sequence[Counter[str]]) -> dict[str, Score | float]:
    """Figures over letters."""
    total: Counter[str] = sum(counts, Counter())
    return {
        "allegations": f_score(total["right"], total["said"], total["there"]),
        "status": total["status"] / max(1, total["right"]),
        "false_alarms": total["alarms"] / max(1, total["spared"]),
    }


def outcome(read: Mapping[str, Dossier], counts: Sequence[Counter[str]]) -> Outcome:
    """Every letter's count, every allegation missed or made up, and how sure each was."""
    cases, misses, sure = [], [], []
    for letter, one in zip(annotated(), counts, strict=True):
        name, dossier = letter["name"], read.get(letter["name"])
        cases.append(Case(document=name, right=one["right"], said=one["said"], there=one["there"]))
        pairs, found = compare(letter, dossier)
        right = {j for _, j in pairs}
        acts = {found[j][0] for j in right}
        for i, gold in enumerate(letter["allegations"]):
            if all(i != a for a, _ in pairs):
                told, why = f"{gold['act']}, {gold['status']}", "an allegation was missed"
                misses.append(Miss(document=name, words=gold["words"], ours="nothing", gold=told, why=why, weight=0.7))
        for j, allegation in enumerate(dossier.notes.allegations if dossier else ()):
            act, words, status = found[j]
            if j in right or act not in acts:
                sure.append(Sure(document=name, what="allegation", confidence=allegation.confidence, right=j in right))
            if j not in right and act not in acts:
                told, why = f"{act}, {status}", "an allegation was made up"
                weight = allegation.confidence
                misses.append(Miss(document=name, words=words, ours=told, gold="nothing", why=why, weight=weight))
    return Outcome(cases=tuple(cases), misses=tuple(misses), sure=tuple(sure))


def measure(*, errors: bool = False) -> tuple[dict[str, Any], Outcome]:
    """Figures over all letters, with their intervals, and the outcome of each."""
    read = dossiers()
    counts = [count(letter, read.get(letter["name"]), errors=errors) for letter in annotated()]
    figures = {"documents": len(read)} | as_json(pooled(counts)) | {"interval95": by_document(counts, pooled)}
    return figures, outcome(read, counts)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--outcome", type=Path, help="also write every document's count and every miss as JSON")
    options = parser.parse_args()
    figures, told = measure(errors=options.errors)
    if options.outcome:
        options.outcome.write_bytes(msgspec.json.encode(told))
    print(json.dumps(figures) if options.json else json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
