"""Where each word of a text stands, so that a pattern need only be tried where its first word is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

WORTH_IT = 400
"""How many characters a text has from which on it is quicker to look its words up than to search it."""
_RUN = re.compile(r"\w+")


class WordPlaces(NamedTuple):
    """The runs of letters, digits and underscores in a text, and where each begins.

    Args:
        runs: the beginnings of each run, in order.
        numbers: the beginnings of runs that begin with a digit, and of the apostrophes before such: "'16".
    """

    runs: dict[str, list[int]]
    numbers: list[int]


class Openings(NamedTuple):
    """What the matches of a pattern may begin with.

    Args:
        words: whole runs.
        stems: beginnings of runs.
        numbers: whether a match may begin with a digit, or with an apostrophe before one.
    """

    words: frozenset[str]
    stems: tuple[str, ...] = ()
    numbers: bool = False

    def places(self, content: str) -> list[int]:
        """Where a match may begin, in order.

        Args:
            content: a text, folded as the openings are.

        >>> Openings(frozenset({"no"}), ("visit",), numbers=True).places("no mail, no visits in 2026")
        [0, 9, 12, 22]
        """
        return _places(self, content)


@lru_cache(maxsize=128)
def _places(openings: Openings, content: str) -> list[int]:
    known = _word_places(content)
    chosen = [known.runs[word] for word in openings.words & known.runs.keys()]
    if openings.stems:
        chosen += [at for run, at in known.runs.items() if run.startswith(openings.stems) and run not in openings.words]
    if openings.numbers:
        chosen.append(known.numbers)
    return sorted(set(chain.from_iterable(chosen)))


@lru_cache(maxsize=4)
def _word_places(content: str) -> WordPlaces:
    runs: dict[str, list[int]] = {}
    numbers = []
    for run in _RUN.finditer(content):
        runs.setdefault(run.group(), []).append(run.start())
        if run.group()[0].isdigit():
            numbers += (
                [run.start()] if content[run.start() - 1 : run.start()] != "'" else [run.start() - 1, run.start()]
            )
    return WordPlaces(runs, numbers)


def matches(
    pattern: re.Pattern[str], openings: Openings | None, content: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    """Every match of a pattern that begins where a word does, in order and not overlapping, as ``finditer`` gives.

    Args:
        pattern: not matching anything empty.
        openings: what its matches begin with; None where that cannot be told.
        content: the text, folded as the openings are.
        start: where to begin.
        end: where to stop.
    """
    last = len(content) if end is None else end
    if openings is None or len(content) < WORTH_IT:
        yield from pattern.finditer(content, start, last)
        return
    done = start
    places = openings.places(content)
    for place in places[bisect_left(places, start) : bisect_left(places, last)]:
        if place >= done and (match := pattern.match(content, place, last)) is not None:
            done = match.end()
            yield match
