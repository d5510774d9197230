"""Scores of whole readings of letters: allegations, roles, claims, people and events against annotated documents.

An allegation is right when its act is gold's and its passage shares enough words with gold's; a second telling of an
act that was found is neutral, once for each found. False alarms are passages that only look like allegations and were
taken for one. Spans are code points, half-open.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

PASSAGE, CONTENT, EVENT = 0.4, 0.5, 0.3
"""Least word F1 of a passage, a claim's content and an event."""
_WORD = re.compile(r"\w+")
Document = Mapping[str, Any]
Score = tuple[float, float, float]


class Compared(NamedTuple):
    """One document compared: counts by measure, and what was missed, made up or falsely alarmed.

    ``pairs`` are allegations that agree, gold's first; ``claims`` gold's and found claims that agree, by their places.
    """

    counts: Counter[str]
    missed: list[Document]
    surplus: list[Document]
    alarms: list[Document]
    pairs: list[tuple[Document, Document]]
    claims: list[tuple[int, int]]


def compare(gold: Document, reading: Document | None) -> Compared:
    """Compare the reading of one document with its annotation; none, or one of another text, is a complete miss."""
    counts: Counter[str] = Counter()
    text = gold["text"]
    read: Document = reading or {}
    if (read.get("text") or {}).get("content") != text:
        read = {}
        counts["unread"] += 1
    aliases = {p["name"]: {_plain(a) for a in p["aliases"]} | {_plain(p["name"])} for p in gold["people"]}
    pairs, missed, surplus, alarms = _allegations(gold, read, text, counts)
    for wanted, said in pairs:
        _attributes(wanted, said, read, aliases, counts)
    claims = _claims(gold, read, text, aliases, counts)
    _people(gold, read, counts)
    _events(gold, read, text, counts)
    return Compared(counts, missed, surplus, alarms, pairs, claims)


def pooled(counts: Sequence[Counter[str]]) -> dict[str, Score | float]:
    """Figures over all documents: precision, recall and F1, or a share."""
    total: Counter[str] = sum(counts, Counter())

    def share(name: str) -> float:
        return total[f"{name}_ok"] / total[f"{name}_n"] if total[f"{name}_n"] else 0.0

    def f1(name: str) -> Score:
        right, said, gold = (total[f"{name}_{part}"] for part in ("tp", "p", "g"))
        precision, recall = right / said if said else 0.0, right / gold if gold else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0

    return {
        "unread": float(total["unread"]),
        "allegations": f1("al"),
        "acts": f1("act"),
        "false_alarms": total["na_hit"] / total["na_n"] if total["na_n"] else 0.0,
        "status": share("st"),
        "affected": share("af"),
        "actor": share("ac"),
        "actor_left_open": share("ao"),
        "date": share("wh"),
        "claims": f1("cl"),
        "speaker": share("sp"),
        "stance": share("sn"),
        "people": f1("pe"),
        "events": f1("ev"),
    }


def _allegations(
    gold: Document, read: Document, text: str, counts: Counter[str]
) -> tuple[list[tuple[Document, Document]], list[Document], list[Document], list[Document]]:
    wanted: list[Document] = list(gold["allegations"])
    found: list[Document] = [
        dict(a, words=words_in(text, _spans(a.get("quotes")))) for a in read.get("allegations") or []
    ]

    def good(want: Document, said: Document) -> float:
        if _act(want) != said.get("act"):
            return 0.0
        shared = overlap(best_place(text, want["exact"], said["words"]), said["words"])
        return shared if shared >= PASSAGE else 0.0

    matched = _pairs(wanted, found, good)
    taken = {j for _, j in matched}
    spare = Counter(_act(wanted[i]) for i, _ in matched)
    surplus = [a for j, a in enumerate(found) if j not in taken]
    again = sum(min(n, spare[act]) for act, n in Counter(_act(a) for a in surplus).items())
    counts["al_tp"] += len(matched)
    counts["al_p"] += len(found) - again
    counts["al_g"] += len(wanted)
    acts, said_acts = {_act(a) for a in wanted}, {a.get("act") for a in found}
    counts["act_tp"] += len(acts & said_acts)
    counts["act_p"] += len(said_acts)
    counts["act_g"] += len(acts)
    loose = [a for a in surplus if a.get("status") in ("current", "past")]
    alarms: list[Document] = []
    for lookalike in gold["not_allegations"]:
        counts["na_n"] += 1
        places = [(best_place(text, lookalike["exact"], a["words"]), a["words"]) for a in loose]
        if any(len(place & words) * 2 >= max(1, len(place)) for place, words in places):
            counts["na_hit"] += 1
            alarms.append(lookalike)
    missed = [a for i, a in enumerate(wanted) if i not in {i for i, _ in matched}]
    return [(wanted[i], found[j]) for i, j in matched], missed, surplus, alarms


def _attributes(
    want: Document, said: Document, read: Document, aliases: Mapping[str, set[str]], counts: Counter[str]
) -> None:
    counts["st_n"] += 1
    counts["st_ok"] += want["status"] == said.get("status")
    counts["af_n"] += 1
    counts["af_ok"] += same_name(want["affected"], named(read, said.get("affected")), aliases)
    if want.get("alleged_actor"):
        counts["ac_n"] += 1
        counts["ac_ok"] += same_name(want["alleged_actor"], named(read, said.get("actor")), aliases)
    else:
        counts["ao_n"] += 1
        counts["ao_ok"] += said.get("actor") is None
    days = want.get("when") or {}
    if days.get("earliest") or days.get("latest"):
        told = said.get("when") or {}
        counts["wh_n"] += 1
        counts["wh_ok"] += (days.get("earliest"), days.get("latest")) == (told.get("earliest"), told.get("latest"))


def _claims(
    gold: Document, read: Document, text: str, aliases: Mapping[str, set[str]], counts: Counter[str]
) -> list[tuple[int, int]]:
    found = [dict(c, words=words_in(text, _spans(c.get("contents")))) for c in read.get("claims") or []]

    def good(want: Document, said: Document) -> float:
        shared = overlap(best_place(text, want["content"], said["words"]), said["words"])
        return shared if shared >= CONTENT else 0.0

    matched = _pairs(gold["claims"], found, good)
    counts["cl_tp"] += len(matched)
    counts["cl_p"] += len(found)
    counts["cl_g"] += len(gold["claims"])
    for i, j in matched:
        want, said = gold["claims"][i], found[j]
        source = said.get("source") or {}
        name = _person(read, source.get("person")) or " ".join(s.get("exact", "") for s in source.get("spans") or [])
        by_author = want["speaker"] == "the writer"
        counts["sp_n"] += 1
        counts["sp_ok"] += source.get("kind") == "author" if by_author else same_name(want["speaker"], name, aliases)
        counts["sn_n"] += 1
        counts["sn_ok"] += want["stance"] == said.get("stance")
    return matched


def _people(gold: Document, read: Document, counts: Counter[str]) -> None:
    known = {_plain(a) for p in gold["people"] for a in p["aliases"]}
    wanted = {frozenset(x) for p in gold["people"] for x in combinations(sorted({_plain(a) for a in p["aliases"]}), 2)}
    found = {
        frozenset(x)
        for p in read.get("people") or []
        for x in combinations(sorted({_plain(a) for a in p.get("aliases") or []} & known), 2)
    }
    counts["pe_tp"] += len(wanted & found)
    counts["pe_p"] += len(found)
    counts["pe_g"] += len(wanted)


def _events(gold: Document, read: Document, text: str, counts: Counter[str]) -> None:
    found = [dict(e, words=words_in(text, [(e["start"], e["end"])])) for e in read.get("events") or []]

    def good(want: Document, said: Document) -> float:
        if want["type"] != said.get("kind"):
            return 0.0
        shared = overlap(best_place(text, want["exact"], said["words"]), said["words"])
        return shared if shared >= EVENT else 0.0

    counts["ev_tp"] += len(_pairs(gold["events"], found, good))
    counts["ev_p"] += len(found)
    counts["ev_g"] += len(gold["events"])


def _act(allegation: Document) -> str:
    return str(allegation["act"])


def words_in(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """The words in some spans, by their first characters."""
    return {m.start() for start, end in spans for m in _WORD.finditer(text, start, end)}


def overlap(one: set[int], other: set[int]) -> float:
    """F1 of two sets of words."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def best_place(text: str, exact: str, words: set[int]) -> set[int]:
    """The words of that telling of a passage that shares most with some words."""
    places, at = [], text.find(exact)
    while at >= 0:
        places.append(words_in(text, [(at, at + len(exact))]))
        at = text.find(exact, at + 1)
    return max(places, key=lambda place: len(place & words), default=set())


def _pairs(
    gold: Sequence[Document], found: Sequence[Document], good: Callable[[Document, Document], float]
) -> list[tuple[int, int]]:
    scored = sorted(((good(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    used_gold: set[int] = set()
    used_found: set[int] = set()
    out = []
    for score, i, j in scored:
        if score > 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((i, j))
    return out


def _spans(quotes: Sequence[Document] | None) -> list[tuple[int, int]]:
    return [(q["start"], q["end"]) for q in quotes or ()]


def _plain(name: str | None) -> str:
    letters = unicodedata.normalize("NFD", name or "").casefold()
    return " ".join(_WORD.findall("".join(c for c in letters if not unicodedata.combining(c))))


def same_name(gold: str, said: str, aliases: Mapping[str, set[str]]) -> bool:
    """Whether somebody is named by one of their names, or by a part of it."""
    wanted, told = set(_plain(gold).split()), set(_plain(said).split())
    if not told:
        return False
    return _plain(said) in aliases.get(gold, set()) or told <= wanted or wanted <= told


def _person(read: Document, index: object) -> str:
    people = read.get("people") or []
    return str(people[index]["name"]) if isinstance(index, int) and 0 <= index < len(people) else ""


def named(read: Document, value: object) -> str:
    """What a role is filled with: a person's name, or words."""
    return _person(read, value) if isinstance(value, int) else str(value or "")
