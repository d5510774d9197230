"""Whether the two news reports that amparo began with are read as a careful reader would write them down.

python -m benchmarks.quality.reports --data DIR [--json]

DIR holds the two reports. The findings are told by act, stance and kind, not by the names of the real people in them;
nothing in amparo's code or vocabularies is made for these texts. Each finding is right or wrong; `found` is the share.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from amparo.domain.dossier import Dossier
from amparo.dossier import examine

Finding = tuple[str, Callable[[Dossier], bool]]


def _alleged(dossier: Dossier, acts: set[str], *words: str) -> bool:
    """Whether one of the acts is alleged in a passage that holds the words."""
    return any(
        a.act in acts and all(w in " ".join(q.exact for q in a.quotes).casefold() for w in words)
        for a in dossier.notes.allegations
    )


def _claimed(dossier: Dossier, words: str, *, stance: str | None = None, named: bool = True) -> bool:
    """Whether somebody's claim holds the words, with the stance, from a source that is named (or is not)."""
    return any(
        words in " ".join(q.exact for q in c.contents).casefold()
        and (stance is None or c.stance == stance)
        and (c.source.kind == "mention") == named
        for c in dossier.notes.claims
    )


def _speaks(dossier: Dossier, words: str, role: str) -> bool:
    """Whether the claim that holds the words belongs to a person of that role in the document."""
    return any(
        words in " ".join(q.exact for q in c.contents).casefold()
        and c.source.person is not None
        and dossier.notes.people[c.source.person].role == role
        for c in dossier.notes.claims
    )


def _source_words(dossier: Dossier, words: str, source: str) -> bool:
    """Whether the claim that holds the words has a source named by the other words."""
    return any(
        words in " ".join(q.exact for q in c.contents).casefold()
        and source in " ".join(q.exact for q in c.source.quotes).casefold()
        for c in dossier.notes.claims
    )


def _exactly(dossier: Dossier, words: str, never: str) -> bool:
    """Whether a claim holds the words without others that are no part of what was said."""
    held = [" ".join(q.exact for q in c.contents).casefold() for c in dossier.notes.claims]
    return any(words in one and never not in one for one in held)


def _told(dossier: Dossier, kind: str, least: int = 1) -> bool:
    return sum(e.kind == kind for e in dossier.notes.events) >= least


def _aside(dossier: Dossier, words: str) -> bool:
    content = dossier.text.content
    return any(words in content[f.start : f.end].casefold() for f in dossier.notes.filler)


def _one_facility(dossier: Dossier, *words: str) -> bool:
    """Whether names that hold these words are all mentioned as one and the same facility."""
    normals = {
        word: {m.normal for m in dossier.notes.mentions if m.kind == "facility" and word in m.quote.exact.casefold()}
        for word in words
    }
    return all(normals.values()) and len(set().union(*normals.values())) == 1


def _many_names(dossier: Dossier, least: int) -> bool:
    """Whether the person most spoken of is known under several names."""
    return any(len({a.casefold() for a in p.aliases}) >= least for p in dossier.notes.people)


def _alone(dossier: Dossier, kind: str) -> bool:
    """Whether events of a kind befall exactly one person, and nobody else's."""
    return len({e.person for e in dossier.notes.events if e.kind == kind}) == 1


LETTER: tuple[Finding, ...] = (
    ("lockdown 23 hours a day", lambda d: _alleged(d, {"ISO-01", "ISO-02"}, "23 hours")),
    ("bullying and lockdown, as somebody's words and no more", lambda d: _exactly(d, "lockdown 23 hours", "judge who")),
    ("lawyer's papers not received", lambda d: _alleged(d, {"LEG-02", "LEG-03", "LEG-01"}, "attorney documents")),
    ("the station's claim, by its name", lambda d: _claimed(d, "nobody has ever broken out")),
    (
        "the rumour, from nobody named",
        lambda d: _claimed(d, "leader of the murder squad", stance="rumour", named=False),
    ),
    ("the denial of the rumour", lambda d: _claimed(d, "claims", stance="denies")),
    ("the death of one person only", lambda d: _told(d, "death") and _alone(d, "death")),
    ("the two escapes", lambda d: _told(d, "escape")),
    ("the channel's advertisement set aside", lambda d: _aside(d, "subscribe")),
    ("the pointer to a video set aside", lambda d: _aside(d, "watch:")),
    ("the interview, by its speaker", lambda d: _claimed(d, "many good and beautiful things", stance="hopes")),
    (
        "no act alleged in the interview",
        lambda d: not any("beautiful" in q.exact for a in d.notes.allegations for q in a.quotes),
    ),
)
MESSAGE: tuple[Finding, ...] = (
    ("no sunlight", lambda d: _alleged(d, {"LIT-02"}, "sunlight")),
    ("no edible food", lambda d: _alleged(d, {"FOD-01"}, "food")),
    ("no medical attention", lambda d: _alleged(d, {"MED-01", "MED-02", "MED-03"}, "medical attention")),
    ("no human contact", lambda d: _alleged(d, {"ISO-05", "ISO-01"}, "human contact")),
    ("one person under all his names", lambda d: _many_names(d, 4)),
    ("the minister's words, as an official's", lambda d: _speaks(d, "i don’t see any possibilities", "official")),
    ("the embassy confirms", lambda d: _claimed(d, "reached out", stance="confirms")),
    ("the president's words, as an official's", lambda d: _speaks(d, "keep the door open", "official")),
    ("the lawyers' description, by the lawyers", lambda d: _source_words(d, "sos", "attorney")),
    (
        "the conviction of 2019",
        lambda d: any(e.kind == "conviction" and str(e.when).startswith("2019") for e in d.notes.events),
    ),
    ("the escapes", lambda d: _told(d, "escape")),
    (
        "the son's arrest, not the father's",
        lambda d: (
            _told(d, "arrest")
            and not any(
                e.kind == "arrest" and e.person is not None and len(d.notes.people[e.person].aliases) > 4
                for e in d.notes.events
            )
        ),
    ),
    ("the facility under its names is one", lambda d: _one_facility(d, "supermax", "alcatraz")),
)


def main() -> int:
    """Examine the reports and say which findings are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, bool] = {}
    for path, findings in zip(sorted(options.data.glob("*.txt")), (LETTER, MESSAGE), strict=True):
        dossier = examine(path.read_bytes(), name=path.name)
        found |= {f"{path.name[:3]} {what}": check(dossier) for what, check in findings}
    share = sum(found.values()) / len(found)
    if options.json:
        figures: dict[str, Any] = {"found": round(share, 4), "findings": found}
        print(json.dumps(figures))
    else:
        for what, right in found.items():
            print(f"{'yes' if right else 'NO ':4s} {what}")
        print(f"{sum(found.values())} of {len(found)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
