"""Whether what somebody is reported to have said is found, and how the speaker is told to stand to it.

python -m benchmarks.quality.statements --data tests/statements/test [--json] [--errors]

The folder holds one file a hand: stance, kind of document, and a sentence or two with the words said in curly brackets.
A statement is found when more than half of a claim's words and of the words said are the same.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.intervals import by_document
from benchmarks.quality.outcome import Case, Miss, Outcome, arguments, tell

from amparo.domain.claims import Claim
from amparo.domain.text import Language, Maker, Text
from amparo.extraction.pipeline import load_pipeline

MAKER = Maker(component="benchmarks", version="1")


class Statement(NamedTuple):
    """Words with what was said in them, by whose hand, and how its speaker stands to it.

    Args:
        hand, language, kind: who writes, in which language and kind of document.
        stance: of the speaker.
        words: the sentences.
        start, end: what was said in them, in code points, half-open.
    """

    hand: str
    language: Language
    kind: str
    stance: str
    words: str
    start: int
    end: int


def statements(folder: Path) -> Iterator[Statement]:
    """The statements of every file in a folder, in order."""
    for path in sorted(folder.glob("*.toml")):
        hand = tomllib.loads(path.read_text(encoding="utf8"))
        for stance, kind, marked in hand["cases"]:
            start, end = marked.index("{"), marked.index("}") - 1
            words = marked.replace("{", "").replace("}", "")
            yield Statement(path.stem, hand["lang"], kind, stance, words, start, end)


def found(one: Statement) -> Claim | None:
    """The reported claim that holds what was said, if one does."""
    text = Text.of(one.words, document="0" * 64, maker=MAKER, language=one.language)
    notes = load_pipeline(f"{one.language}-{'news' if one.kind == 'news' else 'letters'}").run(text)

    def shared(claim: Claim) -> float:
        both = sum(max(0, min(one.end, q.end) - max(one.start, q.start)) for q in claim.contents)
        return both / max(one.end - one.start, sum(q.end - q.start for q in claim.contents))

    reported = [(shared(claim), -number, claim) for number, claim in enumerate(notes.claims) if claim.cue is not None]
    best = max(reported, default=None, key=lambda r: r[:2])
    return best[2] if best is not None and best[0] > 0.5 else None


def pooled(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Shares of all statements: found, and found with the right stance; and of those found, the right stance."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    told = {"found": ("found", "there"), "right": ("right", "there"), "stance": ("right", "found")}
    figures = {name: total[over] / max(1, total[under]) for name, (over, under) in told.items()}
    for language in ("en", "es"):
        if total[f"found {language}"]:
            figures[f"stance_{language}"] = total[f"right {language}"] / total[f"found {language}"]
    return figures


def main() -> None:
    """Read the command line, run and report."""
    asked = arguments(__doc__)
    asked.add_argument("--errors", action="store_true")
    given = asked.parse_args()
    counts, cases, misses = [], [], []
    for number, one in enumerate(statements(given.data)):
        claim = found(one)
        right = claim is not None and claim.stance == one.stance
        count = Counter(there=1, found=int(claim is not None), right=int(right))
        count.update({f"{name} {one.language}": count[name] for name in ("found", "right")})
        counts.append(count)
        name = f"{one.hand}-{number}"
        cases.append(Case(document=name, right=int(right), said=int(claim is not None), there=1))
        if not right:
            misses.append(
                Miss(
                    document=name,
                    words=one.words,
                    ours=claim.stance if claim is not None else "nothing",
                    gold=one.stance,
                    why="a claim has another stance" if claim is not None else "a claim was missed",
                    weight=0.4,
                )
            )
    if given.errors:
        for miss in misses:
            print(f"{miss.gold} told as {miss.ours}: {miss.words}")
    outcome = Outcome(cases=tuple(cases), misses=tuple(misses))
    tell(given, pooled(counts), by_document(counts, pooled), outcome, statements=len(counts))


if __name__ == "__main__":
    main()
