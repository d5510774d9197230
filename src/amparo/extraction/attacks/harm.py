"""Words that tell of harm to a person: arrest, killing, abduction and the like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from amparo.extraction.vocabulary import vocabulary

FAR = 10**6


def harm() -> str:
    """A pattern for the beginnings of words of harm, without anything before or after.

    >>> bool(re.match(harm(), "arrested"))
    True
    """
    return _harm()[0]


def tells_harm(words: str) -> bool:
    """Whether any word of harm stands here.

    >>> tells_harm("was abducted by armed men")
    True
    """
    return _harm()[1].search(words) is not None


def places_of_harm(content: str) -> tuple[int, ...]:
    """Where words of harm begin, in order."""
    return tuple(found.start() for found in _harm()[1].finditer(content))


def near_harm(at: int, places: Sequence[int]) -> int:
    """How many characters lie between a place and the nearest word of harm.

    >>> near_harm(10, (3, 14)), near_harm(10, ()) == FAR
    (4, True)
    """
    after = bisect_left(places, at)
    return min((abs(places[i] - at) for i in (after - 1, after) if 0 <= i < len(places)), default=FAR)


@cache
def _harm() -> tuple[str, re.Pattern[str]]:
    beginnings: list[str] = vocabulary("en/attacks")["harm"]["beginnings"]
    pattern = r"(?:" + "|".join(sorted(map(re.escape, beginnings), key=len, reverse=True)) + r")\w*"
    return pattern, re.compile(rf"\b{pattern}", re.IGNORECASE)
