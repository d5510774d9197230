"""Ten thousand appearances to suggestions, beside rapidfuzz comparing all names with all, in the same run.

python -m benchmarks.speed.linking [--appearances 10000] [--subset 2000] [--json]

All people are fictional. rapidfuzz's `cdist` gives a bare ratio for each pair; amparo gives grounds in two languages
and a score, for the pairs that share enough to be worth comparing. Both run on one core. On the subset both are timed
on the same names; `ratio` is cdist's seconds over amparo's there, and `found` how many of the people written in two
ways on purpose are suggested.
"""

from __future__ import annotations

import argparse
import json
import random
import time

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from amparo.domain.identities import Appearance, RegisterNumber, Stay
from amparo.linking import names, spelling, suggest

_SYLLABLES = (
    "ba",
    "ca",
    "da",
    "fe",
    "gui",
    "jo",
    "la",
    "mi",
    "no",
    "pe",
    "qui",
    "ra",
    "sa",
    "ta",
    "ve",
    "xi",
    "yo",
    "zu",
)
_ENDINGS = ("", "n", "r", "s", "l", "z", "rdo", "nez", "lez", "mar")


def _word(dice: random.Random) -> str:
    return ("".join(dice.choices(_SYLLABLES, k=dice.choice((2, 2, 3)))) + dice.choice(_ENDINGS)).capitalize()


def fictional(count: int) -> tuple[list[Appearance], list[tuple[str, str]]]:
    """Appearances of made-up people, every fourth in two documents; and the pairs that are one."""
    dice = random.Random(11)  # noqa: S311 – names, not secrets
    given, surnames = [_word(dice) for _ in range(400)], [_word(dice) for _ in range(3000)]
    # A few surnames are common, most are rare, as in any country.
    weights = [1 / (rank + 5) for rank in range(len(surnames))]
    found: list[Appearance] = []
    same: list[tuple[str, str]] = []
    while len(found) < count:
        first, second = dice.choice(given), dice.choice(given)
        father, mother = dice.choices(surnames, weights, k=2)
        document = f"{len(found):06d}"
        stay = (Stay(facility=f"us.bop/{dice.randrange(120):03d}"),)
        number = (RegisterNumber(number=f"{dice.randrange(10**5):05d}-{dice.randrange(10**3):03d}", system="us.bop"),)
        found.append(
            Appearance(
                document=document, person=0, name=f"{first} {second} {father} {mother}", role="detained", stays=stay
            )
        )
        if len(found) % 4 == 1 and len(found) < count:
            other = dice.choice((f"{first} {father}", f"{first} {second[0]}. {father}", f"{father} {mother}, {first}"))
            found.append(
                Appearance(document=f"{document}b", person=0, name=other, role="detained", numbers=number, stays=stay)
            )
            same.append((found[-2].id, found[-1].id))
    return found, same


def timed(appearances: list[Appearance]) -> tuple[float, dict[tuple[str, str], float]]:
    """Seconds for the suggestions, from cold caches, and the suggestions."""
    for cached in (spelling.latin, spelling.sound, spelling.consonants, spelling.likeness):
        cached.cache_clear()
    for kept in (names.name_parts, names.compare_names):
        kept.cache_clear()
    begun = time.perf_counter()
    suggested = suggest(appearances)
    return time.perf_counter() - begun, {(c.left, c.right): c.score for c in suggested}


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--appearances", type=int, default=10_000)
    asked.add_argument("--subset", type=int, default=2_000)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    everybody, same = fictional(given.appearances)
    seconds, suggested = timed(everybody)
    subset = everybody[: given.subset]
    subset_seconds, _ = timed(subset)
    written = [one.name for one in subset]
    begun = time.perf_counter()
    cdist(written, written, scorer=fuzz.token_sort_ratio, workers=1)
    plain = time.perf_counter() - begun
    figures = {
        "appearances": len(everybody),
        "seconds": seconds,
        "suggested": len(suggested),
        "found": sum(pair in suggested for pair in same) / len(same),
        "subset": len(subset),
        "subset_seconds": subset_seconds,
        "cdist_seconds": plain,
        "ratio": plain / subset_seconds,
        "cdist_seconds_for_all": plain * (len(everybody) / len(subset)) ** 2,
    }
    if given.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:22s} {value:,.3f}" if isinstance(value, float) else f"{name:22s} {value:,}")


if __name__ == "__main__":
    main()
