"""Where each step stands in the book: its procedure, its wording, its citations."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from amparo.domain.law import Citation, Procedure, Step, TimeRule, Variant, cited
from amparo.domain.rulebook import Rulebook
from amparo.rules.calendars import ClosedDays
from amparo.rules.facts import Option

NO_LIMIT = "no limit"


class Place:
    """A step in one wording of its procedure."""

    __slots__ = ("_cites", "own", "procedure", "step", "triggers")

    def __init__(self, procedure: Procedure, step: Step) -> None:
        self.procedure = procedure
        self.step = step
        triggers = [] if step.answer is None else [step.answer.of, *(variant.of for variant in step.urgent)]
        self.own = all(name.rpartition(".")[0] == step.id for of in triggers for name in cited(of))
        rules = (step.file, step.answer, step.wait, step.resubmit, *step.unless, *step.urgent, *step.sooner)
        names = [name for rule in rules if rule is not None for name in cited(rule.of)]
        self.triggers = frozenset([*names, *(name.rpartition(".")[0] for name in names), step.id]) - {""}
        self._cites: dict[str | tuple[str, ...], tuple[Citation, ...]] = {}

    def cites(self, names: str | tuple[str, ...]) -> tuple[Citation, ...]:
        """The citations of the wording, by the names its file gives them."""
        found = self._cites.get(names)
        if found is None:
            found = self._cites[names] = tuple(self.procedure.cite[name] for name in cited(names))
        return found


@lru_cache(maxsize=4096)
def varied(usual: TimeRule, variant: Variant) -> TimeRule:
    """A usual limit with what a variant puts in its place."""
    given = {
        field: getattr(variant, field)
        for field in ("within", "cite", "of", "pick", "counts", "roll", "calendar", "extend", "toll")
        if getattr(variant, field)
    }
    if variant.extend == "none":
        given["extend"] = ""
    return msgspec.structs.replace(usual, **given)


def closed_days(rulebook: Rulebook) -> dict[str, ClosedDays]:
    """The closed days of each calendar in the book."""
    return {name: ClosedDays(calendar) for name, calendar in rulebook.calendars.items()}


class Places(dict[str, list[Place]]):
    """Every step by its name, in each wording; ``foreign`` are steps whose answer runs from events not their own.

    ``options`` keeps which conditions are options of a choice, as each is first asked for.
    """

    foreign: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.options: dict[str, Option | None] = {}


_PLACES: dict[int, tuple[Rulebook, Places]] = {}


def places(rulebook: Rulebook) -> Places:
    """Every step by its name, in each wording, the oldest first."""
    kept = _PLACES.get(id(rulebook))
    if kept is not None and kept[0] is rulebook:
        return kept[1]
    found = Places()
    for procedure in sorted(rulebook.procedures, key=lambda p: (p.id, p.valid.since)):
        for step in procedure.step:
            found.setdefault(step.id, []).append(Place(procedure, step))
    found.foreign = frozenset(step for step, spots in found.items() if not all(place.own for place in spots))
    if len(_PLACES) > 8:
        _PLACES.clear()
    _PLACES[id(rulebook)] = (rulebook, found)
    return found
