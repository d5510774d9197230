"""In which country an attack took place, told from the countries, peoples and cities a report names."""

from __future__ import annotations

import math
import re
from functools import cache

from amparo.extraction.attacks.harm import near_harm, places_of_harm
from amparo.extraction.attacks.weights import Weights
from amparo.extraction.vocabulary import vocabulary

LEAD, NEAR, DATELINE = 600, 60, 60
"""Characters: the lead of a report, a name beside a word of harm, a dateline."""
MARK = " (country)"


def country_code(name: str) -> str | None:
    """The ISO 3166 code of a country, people or well-known place; none for what is not in the list.

    >>> country_code("the Netherlands"), country_code("People's Republic of China"), country_code("Atlantis")
    ('NL', 'CN', None)
    """
    plain = re.sub(r"^the ", "", name.strip(), flags=re.IGNORECASE).casefold()
    names, pattern, whatever_case = _gazetteer()
    if plain in whatever_case:
        return whatever_case[plain]
    named = pattern.search(name)
    return names[named.group()][0] if named else None


def country_name(code: str) -> str:
    """What a country is called in English.

    >>> country_name("GE")
    'Georgia'
    """
    called: str = vocabulary("en/countries")[code][0]
    return called.removesuffix(MARK)


def signs_of_countries(content: str) -> dict[str, dict[str, float]]:
    """Every country a report names, with the signs that it is the place of the attack.

    Args:
        content: a report, its headline in the first line.
    """
    names, pattern, _ = _gazetteer()
    headline = max(0, content.find("\n"))
    named: dict[str, list[tuple[int, str]]] = {}
    for found in pattern.finditer(_without_shouting(content, headline, names)):
        named.setdefault(names[found.group()][0], []).append((found.start(), found.group()))
    if not named:
        return {}
    counts = sorted((len(where) for where in named.values()), reverse=True)
    total, first = sum(counts), min(where[0][0] for where in named.values())
    harm = places_of_harm(content)
    close = {code: sum(near_harm(at, harm) < NEAR for at, _ in where) for code, where in named.items()}
    signs = {}
    for code, where in named.items():
        count, forms = len(where), {form for _, form in where}
        leading = bool(count == counts[0])
        in_headline = where[0][0] < headline
        words = "|".join(re.escape(form) for form in sorted(forms))
        signs[code] = {
            "often": math.log(count),
            "share": count / total,
            "most": float(leading),
            "rank": 1 / (1 + counts.index(count)),
            "headline": float(in_headline),
            "dateline": float(any(headline <= at < headline + DATELINE for at, _ in where)),
            "lead": float(where[0][0] < headline + LEAD),
            "lead often": math.log1p(sum(at < headline + LEAD for at, _ in where)),
            "first": float(where[0][0] == first),
            "own name": float(any(names[form][1] == 0 for form in forms)),
            "own name's share": sum(names[form][1] == 0 for _, form in where) / total,
            "forms": math.log(len(forms)),
            "near harm": float(close[code] > 0),
            "near harm often": math.log1p(close[code]),
            "near harm's share": close[code] / max(1, sum(close.values())),
            "told as in": math.log1p(len(re.findall(rf"\b[Ii]n\s+(?:\w+\s+)?(?:{words})(?!\w)", content))),
            "spread": (where[-1][0] - where[0][0]) / len(content),
            "US": float(code == "US"),
            "US share": float(code == "US") * count / total,
            "US headline": float(code == "US" and in_headline),
            "US most": float(code == "US" and leading),
            "most and headline": float(leading and in_headline),
        }
    return signs


def find_country(content: str, weights: Weights) -> str | None:
    """The code of the country in which the attack a report tells of most likely took place; none if it names none."""
    scored = {code: weights.score(signs)[0] for code, signs in signs_of_countries(content).items()}
    return max(scored, key=lambda code: scored[code]) if scored else None


def _without_shouting(content: str, headline: int, names: dict[str, tuple[str, int]]) -> str:
    """A headline and dateline in capitals, as names are written otherwise."""
    top = headline + 400
    calmed = re.sub(
        r"\b[A-Z]{4,}\b", lambda m: m.group().title() if m.group().title() in names else m.group(), content[:top]
    )
    return calmed + content[top:]


@cache
def _gazetteer() -> tuple[dict[str, tuple[str, int]], re.Pattern[str], dict[str, str]]:
    """Code and place in the list by name, a pattern that finds the names, and codes by name in any case.

    A name marked as a country's is also something else (Georgia, Jordan, Niger) and is not searched for by itself.
    """
    listed = {
        name: (code, place) for code, names in vocabulary("en/countries").items() for place, name in enumerate(names)
    }
    names = {name: known for name, known in listed.items() if not name.endswith(MARK)}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?!\w)")
    return names, pattern, {name.removesuffix(MARK).casefold(): code for name, (code, _) in listed.items()}
