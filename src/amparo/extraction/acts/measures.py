"""Numbers with a unit: hours a day, days in a row, pounds lost, people in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from amparo.domain.text import Language
from amparo.extraction.acts.wording import Wording, speller
from amparo.extraction.vocabulary import vocabulary


class Measure(NamedTuple):
    """A number with what it counts.

    Args:
        kind: hours, days (weeks, months and years are turned into days), pounds, degrees, times, people or number.
        value: how many.
        start, end: the words, half-open by number.
    """

    kind: str
    value: float
    start: int
    end: int


class _Words(NamedTuple):
    numbers: dict[str, float]
    units: dict[str, tuple[str, float]]
    between: frozenset[str]
    whole: dict[tuple[str, ...], tuple[str, float]]


_AND = frozenset({"and", "y"})
KINDS = frozenset({"hours", "days", "pounds", "degrees", "times", "people", "number"})


def measures(wording: Wording, *, language: Language) -> Iterator[Measure]:
    """Every number in a text, bare and with its unit.

    Args:
        wording: the text, word by word.
        language: whose numbers and units to read.

    >>> from amparo.extraction.acts.wording import word_by_word
    >>> words = word_by_word("locked in twenty-three hours a day for 3 long weeks", (), language="en")
    >>> [(m.kind, m.value) for m in measures(words, language="en") if m.kind != "number"]
    [('hours', 23.0), ('days', 21.0)]
    """
    table = _table(language)
    words, at = wording.words, 0
    while at < len(words):
        for size in range(min(4, len(words) - at), 0, -1):
            told = table.whole.get(words[at : at + size])
            if told is not None:
                yield Measure(told[0], told[1], at, at + size)
                break
        value, end = _number(words, at, table)
        if end == at:
            at += 1
            continue
        yield Measure("number", value, at, end)
        unit = end
        while unit < len(words) and unit - end < 3 and words[unit] in table.between:
            unit += 1
        if unit < len(words) and words[unit] in table.units and wording.sentence[unit] == wording.sentence[at]:
            kind, factor = table.units[words[unit]]
            yield Measure(kind, value * factor, at, unit + 1)
        at = end


def _number(words: tuple[str, ...], at: int, table: _Words) -> tuple[float, int]:
    if words[at][0].isdigit():
        return _digits(words[at]), at + 1
    total, end = 0.0, at
    while end < len(words):
        joined = end > at and words[end] in _AND and end + 1 < len(words)
        word = words[end + 1] if joined else words[end]
        value = table.numbers.get(word)
        if value is None or (end > at and not _goes_on(total, value)):
            break
        total = total * value if value >= 100 and 0 < total < value else total + value
        end += 2 if joined else 1
    return total, end


def _digits(written: str) -> float:
    """Digits with points or commas: three digits after the last one are thousands, fewer are a fraction."""
    parts = re.split(r"[.,]", written)
    if len(parts) == 1 or len(parts) > 2 or len(parts[1]) == 3:
        return float("".join(parts))
    return float(".".join(parts))


def _goes_on(total: float, value: float) -> bool:
    """Whether a number in words goes on: "twenty" with "three", "two" with "hundred", "two hundred" with "ten"."""
    return value >= 100 or (total % 100 == 0 and total >= 100) or (total % 100 >= 20 and total % 10 == 0 and value < 10)


@cache
def _table(language: Language) -> _Words:
    data, spell = vocabulary("measures", language), speller(language)
    units = {spell(w): (kind, factor) for kind, factor, written in data["units"] for w in written}
    whole = {tuple(map(spell, w.split())): (kind, float(value)) for w, kind, value in data["whole"]}
    return _Words(
        numbers={spell(w): float(v) for w, v in data["numbers"].items()},
        units=units,
        between=frozenset(map(spell, data["between"])),
        whole=whole,
    )
