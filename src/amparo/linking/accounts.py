"""Two accounts of the same incident side by side: where they agree, where they contradict, where one is silent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from amparo.domain.dates import PartialDate
from amparo.linking.facilities import SUGGEST_FROM
from amparo.linking.institutions import compare_institutions
from amparo.linking.names import LIKELY, compare_names, is_description
from amparo.linking.spelling import latin

Said = Literal["agree", "contradict", "left-silent", "right-silent", "cannot-tell"]
Field = Literal["when", "place", "actor", "status"]
FIELDS: tuple[Field, ...] = ("when", "place", "actor", "status")
SAME_INCIDENT = 31
"""Days apart from which two tellings of one act are taken for two incidents, not for a contradiction."""
_PAIRED_FROM = 2.0


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an account tells of.

    Args:
        id: the note it comes from.
        act: code of the act alleged, or kind of the step in custody.
        when: the days it may have been.
        place: where, in the account's words.
        actor: who is said to have acted, or to whom it happened.
        status: how the account has it stand.
    """

    id: str
    act: str
    when: PartialDate | None = None
    place: str = ""
    actor: str = ""
    status: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One thing told in one account, or in both.

    Args:
        left, right: as each account tells it; None where it is silent.
        said: for each particular that either tells: whether they agree, contradict, or one is silent.
    """

    left: Point | None = None
    right: Point | None = None
    said: dict[Field, Said] = {}

    @property
    def contradicts(self) -> bool:
        """Whether any particular is contradicted."""
        return "contradict" in self.said.values()


def align(left: Sequence[Point], right: Sequence[Point]) -> tuple[Row, ...]:
    """Lay two accounts beside each other, each thing told once, in the order of the left one.

    Two points are laid together when they speak of the same act and nothing says that they are two incidents. The
    best fits are taken first; what is left over stands alone, and the other side is silent.

    Args:
        left: what the one account tells.
        right: what the other tells.

    >>> import datetime as dt
    >>> day = lambda d: PartialDate.of_day(dt.date(2026, 5, d))
    >>> letter = Point(id="1", act="MED-04", when=day(3), actor="Nurse Pruitt")
    >>> answer = Point(id="2", act="MED-04", when=day(9), status="denied-by-authority")
    >>> [(row.said["when"], row.said["actor"]) for row in align([letter], [answer])]
    [('contradict', 'right-silent')]
    """
    fits = sorted(
        (-_fit(one, other), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if _fit(one, other) >= _PAIRED_FROM
    )
    beside: dict[int, int] = {}
    for _, i, j in fits:
        if i not in beside and j not in beside.values():
            beside[i] = j
    rows = [
        Row(left=one, right=right[beside[i]], said=_said(one, right[beside[i]])) if i in beside else Row(left=one)
        for i, one in enumerate(left)
    ]
    return (*rows, *(Row(right=other) for j, other in enumerate(right) if j not in beside.values()))


def _fit(one: Point, other: Point) -> float:
    if one.act != other.act:
        return 0.0
    fit = 3.0
    for field in FIELDS:
        said = _compared(field, one, other)
        fit += {"agree": 1.0, "contradict": -0.75}.get(said or "", 0.0)
    if one.when is not None and other.when is not None and _apart(one.when, other.when) > SAME_INCIDENT:
        return 0.0
    return fit


def _said(one: Point, other: Point) -> dict[Field, Said]:
    return {field: said for field in FIELDS if (said := _compared(field, one, other)) is not None}


def _compared(field: Field, one: Point, other: Point) -> Said | None:
    left, right = getattr(one, field), getattr(other, field)
    if not left and not right:
        return None
    if not left or not right:
        return "right-silent" if left else "left-silent"
    if field == "when":
        return "contradict" if _apart(left, right) else "agree"
    if field == "place":
        return _places(left, right)
    if field == "actor":
        return _people(left, right)
    if left == right:
        return "agree"
    return "contradict" if "denied-by-authority" in (left, right) else "cannot-tell"


def _apart(one: PartialDate, other: PartialDate) -> int:
    """Days between two spans of days; 0 when they meet."""
    return max((other.earliest - one.latest).days, (one.earliest - other.latest).days, 0)


def _places(one: str, other: str) -> Said:
    left, right = latin(one).split(), latin(other).split()
    if set(left) <= set(right) or set(right) <= set(left):
        return "agree"
    # A cell and a prison are both where it was: only two numbered places of one kind exclude each other.
    numbered = {word for word in left if word.isdecimal()}, {word for word in right if word.isdecimal()}
    shared = set(left) & set(right)
    if shared and all(numbered) and numbered[0] != numbered[1]:
        return "contradict"
    return "agree" if compare_institutions(one, other).score >= SUGGEST_FROM else "cannot-tell"


def _people(one: str, other: str) -> Said:
    if latin(one) == latin(other):
        return "agree"
    if is_description(one) or is_description(other):
        return "cannot-tell"
    return "agree" if compare_names(one, other).score >= LIKELY else "contradict"
