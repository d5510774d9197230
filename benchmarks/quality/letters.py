"""How well letters, news and official papers are read: allegations, roles, claims, people, events, false alarms.

python -m benchmarks.quality.letters --data FILE.jsonl [--json] [--alone] [--errors] [--pipeline NAME] [--outcome FILE]

The file holds one annotated document a line, or a TOML table for each: id, kind, lang, text, allegations,
not_allegations, claims, people and events.
``--alone`` prints the figures of the allegations component only; ``--errors`` lists what was missed and made up.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import msgspec
from benchmarks.quality.attribution import documents
from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, Sure, arguments, around, tell
from benchmarks.quality.score_letters import Compared, compare, named, pooled, same_name

from amparo.dossier import examine
from amparo.errors import AmparoError
from amparo.extraction.vocabulary import vocabulary
from amparo.interchange.lines import line_of

ALONE = ("unread", "allegations", "acts", "false_alarms", "status", "affected", "actor", "actor_left_open", "date")
HEAVY = {"U0": 1.0, "U1": 0.9, "U2": 0.7, "U3": 0.5}
"""How much it matters that an allegation was missed, by its act's urgency."""


def read(document: dict[str, Any], pipeline: str, today: dt.date) -> dict[str, Any] | None:
    """One document's reading in the shape of a line; none if it cannot be read."""
    try:
        dossier = examine(document["text"].encode(), name=f"{document['id']}.txt", pipeline=pipeline, today=today)
    except (AmparoError, ValueError):
        return None
    line: dict[str, Any] = msgspec.to_builtins(line_of(dossier))
    return line


def outcome(gold: list[dict[str, Any]], readings: list[dict[str, Any] | None], compared: list[Compared]) -> Outcome:
    """Every document's allegations, every error, and how sure each note was."""
    cases, misses, sure = [], [], []
    for document, reading, one in zip(gold, readings, compared, strict=True):
        counts = one.counts
        cases.append(Case(document=document["id"], right=counts["al_tp"], said=counts["al_p"], there=counts["al_g"]))
        misses += list(_misses(document, reading, one))
        if reading is not None:
            again = {wanted["act"] for wanted, _ in one.pairs}
            told = [(said, True) for _, said in one.pairs]
            told += [(said, False) for said in one.surplus if said["act"] not in again]
            held = {place for _, place in one.claims}
            claims = [(claim, place in held) for place, claim in enumerate(reading["claims"])]
            for what, notes in (("allegation", told), (f"claim in {document['lang']}", claims)):
                for note, good in notes:
                    sure.append(Sure(document=document["id"], what=what, confidence=note["confidence"], right=good))
    return Outcome(cases=tuple(cases), misses=tuple(misses), sure=tuple(sure))


def _misses(document: dict[str, Any], reading: dict[str, Any] | None, one: Compared) -> Iterator[Miss]:
    name, text = document["id"], document["text"]
    urgency = {act["code"]: act["urgency"] for act in vocabulary("acts")["act"]}
    if reading is None:
        yield Miss(document=name, words=text[:200], ours="nothing", gold="a reading", why="not read", weight=1.0)
        return

    def at(exact: str) -> list[tuple[int, int]]:
        start = text.find(exact)
        return [(start, start + len(exact))] if start >= 0 else []

    for wanted in one.missed:
        yield Miss(
            document=name,
            words=around(text, at(wanted["exact"])),
            ours="nothing",
            gold=f"{wanted['act']}, {wanted['status']}: {wanted['exact']}",
            why="an allegation was missed",
            weight=HEAVY[urgency[wanted["act"]]],
        )
    lookalikes = {alarm["exact"]: alarm["why"] for alarm in one.alarms}
    told_again = {wanted["act"] for wanted, _ in one.pairs}
    for said in one.surplus:
        spans = [(q["start"], q["end"]) for q in said["quotes"]]
        words = " … ".join(q["exact"] for q in said["quotes"])
        like = next(
            (why for exact, why in lookalikes.items() if any(a < y and x < b for a, b in spans for x, y in at(exact))),
            "",
        )
        if said["act"] in told_again and not like:
            continue
        why = f"only looks like an allegation: {like}" if like else "an allegation was made up"
        shown = f"{said['act']}, {said['status']} ({said['confidence']:.2f}): {words}"
        yield Miss(
            document=name, words=around(text, spans), ours=shown, gold="nothing", why=why, weight=said["confidence"]
        )
    aliases = {p["name"]: {a.casefold() for a in p["aliases"]} for p in document["people"]}
    for wanted, said in one.pairs:
        affected = named(reading, said.get("affected"))
        if not same_name(wanted["affected"], affected, aliases):
            yield Miss(
                document=name,
                words=around(text, at(wanted["exact"])),
                ours=affected or "left open",
                gold=wanted["affected"],
                why=f"{wanted['act']} befell somebody else",
                weight=0.6,
            )
    for i, j in one.claims:
        claim, told = document["claims"][i], reading["claims"][j]
        if claim["stance"] != told["stance"]:
            yield Miss(
                document=name,
                words=around(text, at(claim["content"])),
                ours=told["stance"],
                gold=claim["stance"],
                why="a claim has another stance",
                weight=0.4,
            )


def main() -> None:
    """Read the command line, run and report."""
    asked = arguments(__doc__)
    asked.add_argument("--pipeline", default="auto")
    asked.add_argument("--today", type=dt.date.fromisoformat, default=dt.datetime.now(tz=dt.UTC).date())
    asked.add_argument("--alone", action="store_true")
    asked.add_argument("--errors", action="store_true")
    given = asked.parse_args()
    gold = list(documents(given.data))
    began = time.perf_counter()
    readings = [read(document, given.pipeline, given.today) for document in gold]
    seconds = time.perf_counter() - began
    compared = [compare(document, reading) for document, reading in zip(gold, readings, strict=True)]
    counts = [c.counts for c in compared]
    figures, ranges = pooled(counts), by_document(counts, pooled)
    if given.alone:
        figures = {name: score for name, score in figures.items() if name in ALONE}
    words = sum(len(document["text"].split()) for document in gold)
    told = outcome(gold, readings, compared)
    tell(given, figures, ranges, told, documents=len(gold), words=words, seconds=seconds)
    if given.errors:
        for miss in told.misses:
            print(f"{miss.document}  {miss.why}\n    ours  {miss.ours}\n    gold  {miss.gold}\n    {miss.words}")


if __name__ == "__main__":
    main()
