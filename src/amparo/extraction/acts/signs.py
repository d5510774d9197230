"""Signs: combinations of concepts that together say every element of an act.

A sign is written in a small closed notation::

    medicine + withheld | ran-out          both, in any order, close together
    legal-mail > opened                    in this order
    nobody >3 told + consulate             at most 3 words between the two
    showers + {times<3} + a-week           a number with its unit
    beaten - sport                         and no word of sport nearby
    nobody > told > when-out ~ solitary    and solitary is spoken of nearby, outside the passage or in it
    'cop out' + never-answered             words in the notation of concepts
    my-papers + not-given @ passage        within three sentences

``@ near`` (16 words in one sentence) is meant when nothing is said; ``@ sentence`` is 40 words in one sentence,
``@ passage`` 60 words in three sentences of one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from amparo.errors import BrokenVocabulary
from amparo.extraction.acts.concepts import Hit
from amparo.extraction.acts.measures import KINDS, Measure
from amparo.extraction.acts.wording import Wording

Scope = Literal["near", "sentence", "passage"]
REACH: dict[Scope, tuple[int, int]] = {"near": (16, 0), "sentence": (40, 0), "passage": (60, 2)}
"""How many words, and how many ends of sentences, the elements of a sign may lie apart."""
OTHER_PARAGRAPH = 99
"""What lies in another paragraph is out of reach of every sign."""
EXCLUDED_WITHIN = 6
"""How many words around a sign an excluded concept is looked for."""

SPOKEN_WITHIN = 80
"""How many words before or after a sign its circumstance is looked for."""

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z][a-z0-9-]*[a-z0-9])|'(?P<words>[^']+)'|\{(?P<measure>[^}]*)\}"
    r"|(?P<op>\+|>\d*|\||- |~|@\s*\w+))\s*"
)
_MEASURE = re.compile(r"(?P<kind>[a-z]+)(?:(?P<op>>=|<=|<|>|=)(?P<value>\d+(?:\.\d+)?))?")


class Atom(NamedTuple):
    """One concept (by name) or one measure within limits."""

    concept: str = ""
    kind: str = ""
    low: float = 0.0
    high: float = float("inf")


class Chain(NamedTuple):
    """Alternatives in a stated order, each with how many words may lie before it (none: the sign's reach)."""

    steps: tuple[tuple[Atom, ...], ...]
    within: tuple[int | None, ...]


class Sign(NamedTuple):
    """A sign ready to be looked for.

    Args:
        written: as it stands in the vocabulary.
        chains: what must all be there, in any order.
        excluded: what must not be near.
        circumstance: what must be spoken of nearby, without being told by the sign; none: anything.
        scope: how far the elements may lie apart.
    """

    written: str
    chains: tuple[Chain, ...]
    excluded: tuple[Atom, ...]
    circumstance: tuple[Atom, ...]
    scope: Scope


class Seen(NamedTuple):
    """A sign seen in a text: the words it spans and those that say its elements, by number."""

    start: int
    end: int
    elements: tuple[Hit, ...]


def parse_sign(written: str, *, literal: Callable[[str], str], where: str = "") -> Sign:
    """Read a sign from its notation.

    Args:
        written: the sign.
        literal: gives the name under which words written in quotes will be looked for.
        where: file and entry, for messages.

    Raises:
        BrokenVocabulary: it is not in the notation.

    >>> parse_sign("medicine + withheld | ran-out @ sentence", literal=str).scope
    'sentence'
    """

    def broken(problem: str) -> BrokenVocabulary:
        return BrokenVocabulary(f"This sign cannot be read: {problem}. Mend it.", sign=written, entry=where)

    chains: list[Chain] = []
    aside: dict[str, tuple[Atom, ...]] = {}
    scope: Scope = "near"
    steps: list[tuple[Atom, ...]] = []
    within: list[int | None] = []
    choices: list[Atom] = []
    expecting, setting, at = True, "", 0
    while at < len(written):
        match = _TOKEN.match(written, at)
        if match is None:
            raise broken(f"at {written[at:]!r}")
        at = match.end()
        op = match["op"]
        if op is None:
            if not expecting:
                raise broken("two concepts stand side by side without a mark between them")
            choices.append(_atom(match, literal, broken))
            expecting = False
            continue
        if expecting:
            raise broken(f"a concept is missing before {op.strip()!r}")
        if op == "|":
            expecting = True
            continue
        if setting:
            aside[setting], setting = tuple(choices), ""
        else:
            steps.append(tuple(choices))
        choices = []
        if op.startswith("@"):
            name = op[1:].strip()
            if name not in REACH or at < len(written):
                raise broken("@ comes last and is followed by near, sentence or passage")
            scope = name
            break
        expecting = True
        if op.startswith(">"):
            within.append(int(op[1:]) if op[1:] else None)
            continue
        if steps:
            chains.append(Chain(tuple(steps), tuple(within)))
        steps, within = [], []
        setting = op.strip() if op.strip() in ("-", "~") else ""
    if expecting:
        raise broken("it ends where a concept should stand")
    if choices and setting:
        aside[setting] = tuple(choices)
    elif choices:
        steps.append(tuple(choices))
    if steps:
        chains.append(Chain(tuple(steps), tuple(within)))
    return Sign(written, tuple(chains), aside.get("-", ()), aside.get("~", ()), scope)


def _atom(match: re.Match[str], literal: Callable[[str], str], broken: Callable[[str], BrokenVocabulary]) -> Atom:
    if match["name"]:
        return Atom(concept=match["name"])
    if match["words"]:
        return Atom(concept=literal(match["words"]))
    measure = _MEASURE.fullmatch(match["measure"].replace(" ", ""))
    if measure is None or measure["kind"] not in KINDS:
        raise broken(f"{{{match['measure']}}} is not one of {', '.join(sorted(KINDS))} with a limit")
    value = float(measure["value"] or 0)
    tiny = 1e-6
    low, high = {
        None: (0.0, float("inf")),
        ">": (value + tiny, float("inf")),
        ">=": (value, float("inf")),
        "<": (0.0, value - tiny),
        "<=": (0.0, value),
        "=": (value, value),
    }[measure["op"]]
    return Atom(kind=measure["kind"], low=low, high=high)


class Finder:
    """What is said in one text: looks up hits by concept, measure or joined concept, and finds signs.

    Args:
        wording: the text, word by word.
        hits: hits of plain concepts.
        measured: numbers with their units.
        joined: concepts that are themselves signs.
    """

    def __init__(
        self,
        wording: Wording,
        hits: dict[str, list[Hit]],
        measured: Sequence[Measure],
        joined: dict[str, tuple[Sign, ...]],
    ) -> None:
        self.wording = wording
        self._hits = hits
        self._measured = measured
        self._joined = joined
        self._alternatives: dict[tuple[Atom, ...], list[Seen]] = {}

    def said(self, concept: str) -> list[Seen]:
        """Every place that says a concept."""
        return self._of((Atom(concept=concept),))

    def says(self, concept: str, start: int, end: int) -> bool:
        """Whether some words, half-open by number, say a concept."""
        return any(start <= seen.start and seen.end <= end for seen in self.said(concept))

    def find(self, sign: Sign) -> Iterator[Seen]:
        """Every place where a sign is seen; one for each hit of its rarest element."""
        rows = []
        for chain in sign.chains:
            row = self._chain(chain, sign.scope)
            if not row:
                return
            rows.append(row)
        rows.sort(key=len)
        seen: dict[tuple[int, int], Seen] = {}
        for anchor in rows[0]:
            found = self._around(anchor, rows[1:], sign.scope)
            if found is None or self._excluded(found, sign.excluded):
                continue
            if self._in_circumstance(found, sign.circumstance):
                seen.setdefault((found.start, found.end), found)
        yield from seen.values()

    def _of(self, choices: tuple[Atom, ...]) -> list[Seen]:
        known = self._alternatives.get(choices)
        if known is not None:
            return known
        found: dict[Seen, None] = {}
        for atom in choices:
            if atom.kind:
                for m in self._measured:
                    if m.kind == atom.kind and atom.low <= m.value <= atom.high:
                        found[Seen(m.start, m.end, (Hit(m.start, m.end),))] = None
                continue
            for hit in self._hits.get(atom.concept, ()):
                found[Seen(hit.start, hit.end, (hit,))] = None
            for sign in self._joined.get(atom.concept, ()):
                for seen in self.find(sign):
                    found[seen] = None
        ordered = sorted(found)
        self._alternatives[choices] = ordered
        return ordered

    def _chain(self, chain: Chain, scope: Scope) -> list[Seen]:
        heads = self._of(chain.steps[0])
        for step, within in zip(chain.steps[1:], chain.within, strict=True):
            following = self._of(step)
            if not heads or not following:
                return []
            grown = []
            for head in heads:
                limit = head.end + (REACH[scope][0] if within is None else within)
                for tail in following:
                    if tail.start < head.end:
                        continue
                    if tail.start > limit:
                        break
                    if self._crossed(head.start, tail.end - 1) <= REACH[scope][1]:
                        grown.append(Seen(head.start, tail.end, head.elements + tail.elements))
                        break
            heads = grown
        return heads

    def _around(self, anchor: Seen, rows: list[list[Seen]], scope: Scope) -> Seen | None:
        start, end, elements = anchor
        for row in rows:
            best, distance = None, 10_000
            for other in row:
                if (
                    other.start < end
                    and start < other.end
                    and any(a.start < b.end and b.start < a.end for a in elements for b in other.elements)
                ):
                    continue
                away = max(other.start - end, start - other.end, 0)
                if (
                    away < distance
                    and self._crossed(min(start, other.start), max(end, other.end) - 1) <= REACH[scope][1]
                ):
                    best, distance = other, away
            if best is None:
                return None
            start, end = min(start, best.start), max(end, best.end)
            elements = elements + best.elements
            if end - start > REACH[scope][0]:
                return None
        return Seen(start, end, tuple(sorted(elements)))

    def _excluded(self, seen: Seen, excluded: tuple[Atom, ...]) -> bool:
        if not excluded:
            return False
        low, high = seen.start - EXCLUDED_WITHIN, seen.end + EXCLUDED_WITHIN
        first, last = self.wording.sentence[seen.start], self.wording.sentence[seen.end - 1]
        return any(
            low <= other.start and other.end <= high and first <= self.wording.sentence[other.start] <= last
            for other in self._of(excluded)
        )

    def _in_circumstance(self, seen: Seen, circumstance: tuple[Atom, ...]) -> bool:
        low, high = seen.start - SPOKEN_WITHIN, seen.end + SPOKEN_WITHIN
        return not circumstance or any(low <= other.start and other.end <= high for other in self._of(circumstance))

    def _crossed(self, first: int, last: int) -> int:
        if self.wording.paragraph[last] != self.wording.paragraph[first]:
            return OTHER_PARAGRAPH
        return self.wording.sentence[last] - self.wording.sentence[first]
