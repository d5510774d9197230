"""What speaks for and against two appearances being one person, in English and Spanish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.identities import Appearance, Ground, GroundCode, Sex, Stay
from amparo.domain.law import Bilingual
from amparo.linking.institutions import compare_institutions
from amparo.linking.names import Comparison, NameParts, as_nickname, compare_names, is_description, name_parts
from amparo.linking.spelling import consonants

STAFF = frozenset({"guard", "doctor", "official", "judge", "lawyer", "journalist"})
"""Roles of people who work with detained people."""
ONE_FACILITY = 0.9
"""Score from which two names of facilities are taken for one when stays are compared."""


class Known(NamedTuple):
    """An appearance made ready for comparison.

    Args:
        appearance: as it is.
        names: its names, without descriptions, the fullest first; single words only where it has no other: that two
            people are both called "Soto" somewhere tells little.
        parts: the same names in parts.
        outlines: the consonants of the words of each, initials left out.
        nicknames: in plain Latin letters.
        numbers: register numbers, letters and digits only, each with its system.
        sex: as told, or by a title.
    """

    appearance: Appearance
    names: tuple[str, ...]
    parts: tuple[NameParts, ...]
    outlines: tuple[frozenset[str], ...]
    nicknames: frozenset[str]
    numbers: Mapping[str, str]
    sex: Sex | None


def known(appearance: Appearance) -> Known:
    """Make an appearance ready for comparison.

    >>> known(Appearance(document="1", person=0, name="Wilmar «El Mono» Soto", aliases=("my brother",))).nicknames
    frozenset({'mono'})
    """
    borne = (appearance.name, *appearance.aliases)
    named = [
        name for name in dict.fromkeys(borne) if not is_description(name) and _is_written_as_name(name, appearance)
    ]
    nicknames = {nick for name in named for nick in name_parts(name).nicknames}
    nicknames |= {as_nickname(name) for name in named if _is_nickname(name)}
    full = {
        parts.words: name for name in reversed(named) if not _is_nickname(name) and (parts := name_parts(name)).words
    }
    names = tuple(sorted(full.values(), key=lambda name: (-len(name_parts(name).words), named.index(name))))
    names = tuple(name for name in names if len(name_parts(name).words) > 1) or names
    told = {parts.sex for name in (*names, *named) if (parts := name_parts(name)).sex}
    return Known(
        appearance,
        names,
        tuple(name_parts(name) for name in names),
        tuple(frozenset(consonants(word) for word in name_parts(name).words if len(word) > 1) for name in names),
        frozenset(nick for nick in nicknames if len(nick) > 1),
        {plain_number(n.number): n.system for n in appearance.numbers},
        appearance.sex or (told.pop() if len(told) == 1 else None),
    )


def _is_written_as_name(name: str, appearance: Appearance) -> bool:
    """Whether an alias begins with a capital, or is in a script that has none; a main name need not."""
    return name == appearance.name or not name[:1].islower()


def _is_nickname(name: str) -> bool:
    first, *others = name.strip('“”"«» ').split() or [""]
    return first.lower() in {"el", "la"} and bool(others) and not others[0][:1].islower()


def plain_number(number: str) -> str:
    """A register number with nothing but its letters and digits.

    >>> plain_number("91-562 a")
    '91562A'
    """
    return "".join(c for c in number.upper() if c.isalnum())


def best_comparison(left: Known, right: Known) -> tuple[Comparison, str, str]:
    """The best agreement of any name of one with any name of the other."""
    best = Comparison(0.0, "other-name", 0)
    words = (left.names[0], right.names[0]) if left.names and right.names else ("", "")
    for one, its in zip(left.names, left.outlines, strict=True):
        for other, others in zip(right.names, right.outlines, strict=True):
            if _may_agree(its, others) and (compared := compare_names(one, other)).score > best.score:
                best, words = compared, (one, other)
    return best, *words


def _may_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """A quick look: whether all words of the shorter name but one, or three, have the consonants of the other's."""
    return len(one & other) >= min(3, len(one) - 1, len(other) - 1)


def grounds(left: Known, right: Known) -> Iterator[Ground]:
    """Everything but the names that speaks for or against, from the two appearances alone.

    >>> one = known(Appearance(document="1", person=0, name="Ada Pike", role="detained"))
    >>> other = known(Appearance(document="2", person=3, name="Ada Pike", role="guard"))
    >>> [g.say.en for g in grounds(one, other)]
    ['The one is detained, the other is a guard.']
    """
    for find in _FIND:
        ground = find(left, right)
        if ground is not None:
            yield ground


def _ground(code: GroundCode, en: str, es: str) -> Ground:
    return Ground(code=code, say=Bilingual(en=en, es=es))


def _number(left: Known, right: Known) -> Ground | None:
    for number in sorted(left.numbers.keys() & right.numbers.keys()):
        if left.numbers[number] == right.numbers[number] or not (left.numbers[number] and right.numbers[number]):
            return _ground(
                "same-register-number",
                f"Both bear the register number {number}.",
                f"Ambas llevan el número de registro {number}.",
            )
    for number, system in sorted(left.numbers.items()):
        others = sorted(n for n, s in right.numbers.items() if system and s == system)
        if others:
            return _ground(
                "other-register-number",
                f"In one system ({system}) the one bears the number {number}, the other {others[0]}.",
                f"En un mismo sistema ({system}) una lleva el número {number}, la otra {others[0]}.",
            )
    return None


def _nickname(left: Known, right: Known) -> Ground | None:
    shared = sorted(left.nicknames & right.nicknames)
    if not shared:
        return None
    return _ground("same-nickname", f"Both are called “{shared[0]}”.", f"A ambas les dicen «{shared[0]}».")


def _stay(left: Known, right: Known) -> Ground | None:
    found = None
    for one in left.appearance.stays:
        for other in right.appearance.stays:
            if not _one_facility(one.facility, other.facility):
                continue
            if one.when and other.when and _overlap(one.when, other.when):
                return _ground(
                    "same-facility-then",
                    f"Both were held at {one.facility} at the same time.",
                    f"Ambas estaban en {one.facility} al mismo tiempo.",
                )
            found = _ground(
                "same-facility", f"Both were held at {one.facility}.", f"Ambas estuvieron en {one.facility}."
            )
    return found or _elsewhere(left.appearance.stays, right.appearance.stays)


def _elsewhere(left: tuple[Stay, ...], right: tuple[Stay, ...]) -> Ground | None:
    for one in left:
        for other in right:
            one_day = _same_day(one.when, other.when)
            if one_day and one.when is not None and not _one_facility(one.facility, other.facility):
                day = one.when.earliest
                return _ground(
                    "elsewhere-then",
                    f"On {day} the one was held at {one.facility}, the other at {other.facility}.",
                    f"El {day} una estaba en {one.facility}, la otra en {other.facility}.",
                )
    return None


@lru_cache(maxsize=16384)
def _one_facility(left: str, right: str) -> bool:
    return left == right or ("/" not in left + right and compare_institutions(left, right).score >= ONE_FACILITY)


def _overlap(left: PartialDate, right: PartialDate) -> bool:
    return left.earliest <= right.latest and right.earliest <= left.latest


def _same_day(left: PartialDate | None, right: PartialDate | None) -> bool:
    return bool(left and right and left.certain and right.certain and left.earliest == right.earliest)


def _happening(left: Known, right: Known) -> Ground | None:
    for one in left.appearance.happenings:
        for other in right.appearance.happenings:
            if (
                one.kind == other.kind
                and one.when.certain
                and one.when.earliest == other.when.earliest == other.when.latest
            ):
                return _ground(
                    "same-dated-event",
                    f"Both have a step in custody ({one.kind}) on {one.when.earliest}.",
                    f"Ambas tienen un paso de la custodia ({one.kind}) el {one.when.earliest}.",
                )
    return None


def _birth(left: Known, right: Known) -> Ground | None:
    one, other = left.appearance.born, right.appearance.born
    if one is None or other is None:
        return None
    if not _overlap(one, other):
        return _ground(
            "other-birth",
            f"The one was born {one}, the other {other}.",
            f"Una nació {one}, la otra {other}.",
        )
    if one.certain and other.certain:
        return _ground("same-birth", f"Both were born on {one}.", f"Ambas nacieron el {one}.")
    return None


def _sex(left: Known, right: Known) -> Ground | None:
    if left.sex and right.sex and left.sex != right.sex:
        return _ground("other-sex", "The one is a woman, the other a man.", "Una es mujer, la otra es hombre.")
    return None


_SPANISH = {
    "guard": "custodia a personas",
    "doctor": "atiende como personal médico",
    "official": "trabaja para la autoridad",
    "judge": "juzga",
    "lawyer": "ejerce la abogacía",
    "journalist": "trabaja para un medio",
}


def _role(left: Known, right: Known) -> Ground | None:
    roles = {left.appearance.role, right.appearance.role}
    if roles == {"detained", "family"}:
        return _ground(
            "relative",
            "The one is detained, the other is a relative of somebody detained.",
            "Una está detenida, la otra es familiar de alguien detenido.",
        )
    staff = roles & STAFF
    if "detained" in roles and staff:
        role = staff.pop()
        article = "an" if role[0] in "aeiou" else "a"
        return _ground(
            "other-role",
            f"The one is detained, the other is {article} {role}.",
            f"Una está detenida, la otra {_SPANISH[role]}.",
        )
    return None


_FIND: tuple[Callable[[Known, Known], Ground | None], ...] = (
    _number,
    _nickname,
    _stay,
    _happening,
    _birth,
    _sex,
    _role,
)
