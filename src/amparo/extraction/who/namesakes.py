"""Two of one family in a report: which of them is held, and whom the surname alone means."""

from __future__ import annotations

import re
from itertools import combinations

from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives
from amparo.extraction.who.cast import Cast, Somebody, gender_of
from amparo.extraction.who.naming import name_parts

NEAR = 110
"""How far behind a name a word of custody may stand, in characters."""
OPEN = frozenset({"other", "detained", "family"})


def tell_namesakes(cast: Cast) -> None:
    """Tell apart the one held and the relative who speaks, where two people of a report bear one surname."""
    named = [p for p in cast.everybody if p.names and len(name_parts(p.name)) > 1 and p.role in OPEN]
    pairs = [
        (one, other)
        for one, other in combinations(named, 2)
        if name_parts(one.name)[-1] == name_parts(other.name)[-1] and name_parts(one.name) != name_parts(other.name)
    ]
    if len(pairs) != 1:
        return
    low, high = sorted(pairs[0], key=lambda p: _held(cast, p))
    tells = _speaks(cast, low) or _kin_of(cast, low)
    if _held(cast, low) == _held(cast, high) or not tells or _held(cast, high) <= 0:
        return
    high.role, low.role = "detained", "family"
    _surname_alone(cast, low, high)
    _opening(cast, low, high)


def _held(cast: Cast, person: Somebody) -> int:
    """How much speaks for somebody's being the one held: an age, words of custody, being called a son, not speaking."""
    said = vocabulary("people", cast.language)["words"]
    custody = Phrases.of([*said["held_news"], *said["kin_held_news"]])
    folded, score = fold(cast.content), -_speaks(cast, person)
    for _, end in _full(cast, person):
        score += re.match(r", \d{2},|, de \d{2} a[ñn]os", folded[end : end + 16]) is not None
        score += next(custody.find(cast.content[end : end + NEAR]), None) is not None
    kin = {f.noun for f in cast.found if cast.whose(f) is person and f.determiner in cast.words.possessive}
    return score + 2 * bool(kin & set(said["held_relatives"])) - 3 * bool(_kin_of(cast, person))


def _speaks(cast: Cast, person: Somebody) -> int:
    """How often a verb of speaking stands beside somebody's name."""
    verbs = alternatives(dict.fromkeys(vocabulary("people", cast.language)["words"]["speaks"]))
    folded = fold(cast.content)
    return sum(
        re.match(rf",? (?:{verbs})(?!\w)", folded[end : end + 14]) is not None
        or re.search(rf"(?<!\w)(?:{verbs}) $", folded[max(0, start - 14) : start]) is not None
        for start, end in _full(cast, person)
    )


def _full(cast: Cast, person: Somebody) -> list[tuple[int, int]]:
    found = [f for f in cast.found if f.kind == "name" and cast.whose(f) is person]
    return [(f.start, f.end) for f in found if len(name_parts(f.name)) > 1]


def _kin_of(cast: Cast, person: Somebody) -> bool:
    """Whether somebody is called a relative of another: "Ana Pike, sister of the dead man"."""
    kin = alternatives({n: 0 for n, (role, _) in cast.words.nouns.items() if role == "family"})
    behind = re.compile(rf",? (?:the |la |el |his |her |su )?(?:{kin})(?: (?:of|de|del)(?!\w)|,)")
    return any(behind.match(fold(cast.content[end : end + 40])) for _, end in _full(cast, person))


def _surname_alone(cast: Cast, relative: Somebody, held: Somebody) -> None:
    """A surname alone means the one a report is about, unless a courtesy says otherwise."""
    for found in cast.found:
        if found.kind != "name" or cast.whose(found) is not relative or found.noun:
            continue
        if len(name_parts(found.name)) == 1 and name_parts(found.name)[0] in name_parts(held.name)[1:]:
            place = (found.start, found.end)
            relative.places.remove(place)
            relative.forms.pop(cast.said(found), None)
            relative.names = [n for n in relative.names if n != found.name]
            cast.give(held, found)
            held.names.append(found.name)


def _opening(cast: Cast, relative: Somebody, held: Somebody) -> None:
    """In "The mother of a man found hanging says ...", the two before they are named."""
    first = min(start for start, _ in (*relative.places, *held.places))
    kin = [
        f
        for f in cast.found
        if f.role == "family" and f.kind != "name" and f.determiner in {"the", "a", "el", "la", "un", "una"}
    ]
    for found in kin:
        somebody = cast.whose(found)
        of = re.match(r" (?:of|de|del) ", fold(cast.content[found.core : found.core + 5]))
        if somebody is None or somebody.names or of is None or not found.start <= first + 1200:
            continue
        if found.gender and gender_of(relative.name) and found.gender != gender_of(relative.name):
            continue
        cast.merge(relative, somebody)
        unnamed = [f for f in cast.found if f.kind != "name" and 0 <= f.start - found.core <= of.end() + 3]
        whom = cast.whose(unnamed[0]) if unnamed else None
        if whom is not None and whom is not held and not whom.names:
            relative.call(cast.content[found.start : unnamed[0].end])
            cast.merge(held, whom)
        return
