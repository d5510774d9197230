"""In which year an attack took place, told from the years a report names and the day it was published."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache

from amparo.extraction.attacks.harm import near_harm, places_of_harm
from amparo.extraction.attacks.weights import Weights
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

LEAD = 700
_YEAR = re.compile(r"\b(?:19[3-9]\d|20\d\d)\b")
_LAST_YEAR = re.compile(r"\blast year\b", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|until)\s+(?:\w+\s+)?$", re.IGNORECASE)
_IN = re.compile(r"\bin\s+(?:\w+\s+)?$", re.IGNORECASE)


def signs_of_years(content: str, *, published: dt.date) -> dict[int, dict[str, float]]:
    """Every year that may be meant, with the signs that it is the year of the attack.

    Args:
        content: a report, its headline in the first line.
        published: the day it was published, whose year is always tried.
    """
    after_month, recent = _months(), _recent()
    places: dict[int, list[int]] = {published.year: []}
    if published.month <= 2:
        places[published.year - 1] = []
    for found in _YEAR.finditer(content):
        if int(found.group()) <= published.year + 1:
            places.setdefault(int(found.group()), []).append(found.start())
    for found in _LAST_YEAR.finditer(content):
        places.setdefault(published.year - 1, []).append(found.start())
    headline = max(0, content.find("\n"))
    everywhere = [at for where in places.values() for at in where]
    named = [year for year, where in places.items() if where]
    often = math.log1p(sum(1 for _ in recent.find(content)))
    soon = math.log1p(sum(1 for _ in recent.find(content[: headline + LEAD])))
    harm = places_of_harm(content)
    signs = {}
    for year, where in places.items():
        same, lead = float(year == published.year), any(at < headline + LEAD for at in where)
        distances = [near_harm(at, harm) for at in where]
        before = [content[max(0, at - 20) : at] for at in where]
        signs[year] = {
            "published then": same,
            "the year before": float(year == published.year - 1),
            "years ago": math.log1p(max(0, published.year - year)),
            "often": math.log1p(len(where)),
            "share": len(where) / max(1, len(everywhere)),
            "headline": float(any(at < headline for at in where)),
            "lead": float(lead),
            "first": float(bool(where) and min(where) == min(everywhere)),
            "named": float(bool(where)),
            "near harm": float(any(d < 50 for d in distances)),
            "near harm often": math.log1p(sum(d < 80 for d in distances)),
            "with a month": float(any(after_month.search(words) for words in before)),
            "since": float(any(_SINCE.search(words) for words in before)),
            "in": float(any(_IN.search(words) for words in before)),
            "published then, tells of last days": same * often,
            "published then, leads with last days": same * soon,
            "published then, names no year": same * float(not everywhere),
            "published then, names other years": same * math.log1p(len([y for y in named if y != year])),
            "the year before, told early in a year": float(year == published.year - 1 and published.month <= 2),
            "near harm in the lead": float(lead and any(d < 50 for d in distances)),
            "spread": (max(where) - min(where)) / len(content) if where else 0.0,
            "early": 1 - min(where) / len(content) if where else 0.0,
            "latest": float(bool(where) and year == max(named)),
        }
    return signs


def find_year(content: str, weights: Weights, *, published: dt.date) -> int:
    """The year in which the attack a report tells of most likely took place."""
    signs = signs_of_years(content, published=published)
    return max(signs, key=lambda year: (weights.score(signs[year])[0], year))


@cache
def _months() -> re.Pattern[str]:
    known = vocabulary("en/attacks")["dates"]
    names = "|".join(sorted({*known["months"], *known["short_months"], "sept"}, key=len, reverse=True))
    return re.compile(rf"(?:{names})\.?\s*(?:\d{{1,2}},?\s*)?$", re.IGNORECASE)


@cache
def _recent() -> Phrases:
    return Phrases.of(vocabulary("en/attacks")["dates"]["recent"])
