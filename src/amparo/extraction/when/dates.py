"""Dates as written, and the days they mean: "since Christmas", "hace como tres semanas", "April 7 or 8"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when import meanings
from amparo.extraction.when.seats import Seat, Values
from amparo.extraction.when.shapes import alternatives, compile_shape, openings_of
from amparo.extraction.word_places import Openings, matches

LOOK_BACK = 48
"""How many characters before a date are searched for "since" and for signs of something still to come."""


_BY_FEAST = frozenset(
    {"holiday", "week-of-holiday", "week-before-holiday", "week-after-holiday", "holiday-weekend", "season"}
)
"""Who names a feast has not yet said a month to which "the 29th" might belong."""
_NUMERIC = (
    r"(?:19|20)\d\d-\d\d?-\d\d?"
    r"|\d\d?[/.-]\d\d?[/.-](?:(?:19|20)\d\d|\d\d)"
    r"|(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])"
)


class DateFound(NamedTuple):
    """A date as written, and the days it means.

    Args:
        start, end: the words with their preposition; code points, half-open.
        named: the day or days named ("Christmas"), if they can be told.
        meant: the days meant ("since Christmas" runs to the day of writing), if they can be told.
    """

    start: int
    end: int
    named: PartialDate | None
    meant: PartialDate | None


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    openings: Openings | None
    means: str
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


class _Words(NamedTuple):
    shapes: tuple[_Shape, ...]
    values: Values
    since: re.Pattern[str]
    leads: re.Pattern[str]
    about: re.Pattern[str]
    joins: re.Pattern[str]
    scheduled: Phrases


class _Core(NamedTuple):
    start: int
    end: int
    match: re.Match[str]
    means: str


@cache
def _words(language: Language) -> _Words:
    file = vocabulary("dates", language)
    values = Values.of(file)
    number = rf"\d{{1,3}}|{alternatives(file['numbers'])}"
    slots = {
        "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|º|°)?|primero",
        "ordinal": r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)",
        "nth": alternatives(file["ordinals"]),
        "month": alternatives(file["months"]),
        "year": r"(?:19|20)\d\d|['’]\d\d",
        "weekday": alternatives(file["weekdays"]),
        "number": number,
        "unit": alternatives(file["units"]),
        "season": alternatives(file["seasons"]),
        "holiday": alternatives(file["holidays"]),
        "saint": alternatives(file.get("saints", {})),
        "numeric": _NUMERIC,
    }
    said = file["words"]
    return _Words(
        shapes=tuple(
            _Shape(
                compile_shape(shape["say"], slots),
                openings_of(shape["say"], slots),
                shape["means"],
                _before(shape["after"]) if "after" in shape else None,
                re.compile(rf"\s+(?:{alternatives(dict.fromkeys(shape['not_before']))})(?!\w)")
                if "not_before" in shape
                else None,
            )
            for shape in file["shapes"]
        ),
        values=values,
        since=_since(said["since"]),
        leads=_before(said["leads"]),
        about=_before(said["about"]),
        joins=re.compile(rf"[,\s]*(?:{alternatives(dict.fromkeys(said['joins']))})?[,\s]*"),
        scheduled=Phrases.of(said["scheduled"]),
    )


def _before(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(dict.fromkeys(phrases))})\s+$")


def _since(phrases: list[str]) -> re.Pattern[str]:
    """Words such as "since", also in "since I came on": up to six words of what happened then."""
    return re.compile(rf"(?<!\w)(?:{alternatives(dict.fromkeys(phrases))})\s+(?:[\w']+\s+){{0,6}}$")


def find_dates(
    content: str, *, language: Language, written: dt.date | None, printed: bool = False
) -> tuple[DateFound, ...]:
    """Every date as written, in order, with the days it means seen from the day of writing.

    Args:
        content: the words.
        language: whose words to look for.
        written: the day the document was written; without it relative words mean no day that can be told.
        printed: a news report, which says "on Thursday" of the very Thursday it is printed on.

    >>> found = find_dates("I have had no shower since Christmas.", language="en", written=dt.date(2026, 1, 11))
    >>> str(found[0].meant)
    '2025-12-25/2026-01-11'
    """
    words, folded = _words(language), fold(content)
    out: list[DateFound] = []
    before: PartialDate | None = None
    month: PartialDate | None = None
    for core in _cores(folded, words):
        lead = folded[max(0, core.start - LOOK_BACK) : core.start]
        clause = re.split(r"[.;:!?\n]", lead)[-1]
        scheduled = any(True for _ in words.scheduled.find(clause))
        start, since = core.start, False
        if about := words.about.search(lead):
            start, lead = start - len(about.group()), lead[: about.start()]
        if opening := words.since.search(lead):
            start, since = start - len(opening.group()), True
        elif opening := words.leads.search(lead):
            start -= len(opening.group())
        since = since or folded[core.start : core.end].split()[0] in {"since", "desde"}
        named = meanings.named_days(
            core.means,
            core.match,
            words.values,
            Seat(written=written, before=before, month=month, scheduled=scheduled, printed=printed),
        )
        if named is not None and about is not None and core.means in {"day", "numeric", "day-of-month", "holiday"}:
            named = meanings.widened(named, 7)
        meant = meanings.meant_days(core.means, named, since=since, written=written)
        out.append(DateFound(start, core.end, named, meant))
        if named is not None and core.means not in {"length"}:
            before = named
            month = month if core.means in _BY_FEAST else named
    return tuple(_joined(out, folded, words))


def _cores(folded: str, words: _Words) -> list[_Core]:
    found = [
        _Core(match.start(), match.end(), match, shape.means)
        for shape in words.shapes
        for match in matches(shape.pattern, shape.openings, folded)
        if (shape.after is None or shape.after.search(folded, max(0, match.start() - LOOK_BACK), match.start()))
        and (shape.not_before is None or not shape.not_before.match(folded, match.end()))
    ]
    found.sort(key=lambda core: (core.start - core.end, core.start))
    taken: list[_Core] = []
    for core in found:
        if not any(core.start < other.end and other.start < core.end for other in taken):
            taken.append(core)
    return sorted(taken)


def _joined(found: list[DateFound], folded: str, words: _Words) -> Iterator[DateFound]:
    """Put lists of dates ("May 20, June 3 and July 1") together: one stretch from the first day to the last."""
    held: DateFound | None = None
    for date in found:
        if held is None:
            held = date
        elif (
            held.meant is not None
            and date.meant is not None
            and date.meant.earliest >= held.meant.earliest
            and words.joins.fullmatch(folded, held.end, date.start)
        ):
            held = DateFound(held.start, date.end, _hull(held.named, date.named), _hull(held.meant, date.meant))
        else:
            yield held
            held = date
    if held is not None:
        yield held


def _hull(first: PartialDate | None, second: PartialDate | None) -> PartialDate | None:
    if first is None or second is None:
        return first or second
    return PartialDate(earliest=min(first.earliest, second.earliest), latest=max(first.latest, second.latest))
