"""Through whom words came: who reported whom, where one report stands inside another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amparo.extraction.attribution.clauses import Said

NEIGHBOURS = 30
RELAY = 30
"""A report whose words begin with another report, within so many characters, only relays it."""


def _neighbours(number: int, said: Sequence[Said]) -> Iterator[tuple[int, Said]]:
    """The attributions near one, itself left out: none stands inside words told far away."""
    for other in range(max(0, number - NEIGHBOURS), min(len(said), number + NEIGHBOURS + 1)):
        if other != number:
            yield other, said[other]


def parents(said: Sequence[Said]) -> list[int | None]:
    """For each attribution the nearest one inside whose words it stands, if any."""
    found: list[int | None] = []
    for number, inner in enumerate(said):
        around = [
            (end - begin, other)
            for other, outer in _neighbours(number, said)
            for begin, end in outer.contents
            if begin <= inner.cue[0] and inner.cue[1] <= end and outer.cue != inner.cue
        ]
        found.append(min(around)[1] if around else None)
    return found


def reporters(number: int, above: Sequence[int | None]) -> list[int]:
    """The attributions that stand around one, outermost first."""
    chain: list[int] = []
    at = above[number]
    while at is not None and at not in chain:
        chain.append(at)
        at = above[at]
    return chain[::-1]


def only_relays(number: int, said: Sequence[Said], above: Sequence[int | None]) -> bool:
    """Whether all an attribution reports is another report: "He said the nurse told him …"."""
    outer = said[number]
    begin, end = outer.contents[0][0], outer.contents[-1][1]
    for inner_number, inner in _neighbours(number, said):
        if above[inner_number] != number or inner.whose == "unnamed":
            continue
        first = min(inner.cue[0], inner.source[0] if inner.source else inner.cue[0], inner.contents[0][0])
        last = max(inner.cue[1], inner.contents[-1][1])
        if first - begin <= RELAY and end - last <= RELAY and len(outer.contents) == 1:
            return True
    return False
