"""The whole book of law: procedures in every wording, the calendars they count by, and the facts they ask for."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from amparo.domain.law import Bilingual, Citation, Cites, Office, Procedure


class FactKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact a case may hold.

    Args:
        name: what rule files and case files call it.
        kind: an event has a day; a flag is so or not; a number counts; a choice is one of a list.
        label: what it is.
        ask: the question that settles it.
        options: for a choice, its values.
        about: whether it is about the case, or about the paper one plans to file.
    """

    name: str
    kind: Literal["event", "flag", "number", "choice"]
    label: Bilingual
    ask: Bilingual
    options: tuple[str, ...] = ()
    about: Literal["case", "filing"] = "case"


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A closed day that comes back every year.

    Args:
        on: ``1 january``, ``third monday of january`` or ``last monday of may``.
        since, until: first and last year in which it is kept.
        observed: for a weekend day on which it falls, the day that is closed in its place or besides.
        sure: whether it is beyond doubt that the office is closed; on a doubtful day the person's time runs on and
            the authority's stands still. ``observed_sure`` says the same of the day kept in its place.
    """

    name: Bilingual
    on: str
    cite: Cites
    since: int = 1
    until: int = 9999
    observed: dict[str, str] = {}
    sure: bool = True
    observed_sure: bool = True


class AddedDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A closed day added once, by order or statute."""

    day: dt.date
    name: Bilingual
    cite: Cites
    sure: bool = True


class Calendar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On which days an office is closed.

    Args:
        weekend: names of the weekdays on which it is closed.
        sources: the provisions the file names.
    """

    id: str
    title: Bilingual
    weekend: tuple[str, ...]
    weekend_cite: Cites
    cite: dict[str, Citation]
    holiday: tuple[Holiday, ...] = ()
    added: tuple[AddedDay, ...] = ()


class Rulebook(msgspec.Struct, frozen=True, kw_only=True):
    """Every procedure in every wording, with the calendars, offices and facts they speak of.

    Args:
        procedures: wordings, by procedure and first day in force.
        calendars, offices, facts: by name.
        digest: SHA-256 of the files it was read from, kept with every result.
    """

    procedures: tuple[Procedure, ...]
    calendars: dict[str, Calendar]
    offices: dict[str, Office]
    facts: dict[str, FactKind]
    digest: str = ""

    def wordings(self, procedure: str) -> tuple[Procedure, ...]:
        """Every wording of a procedure, the oldest first."""
        return tuple(sorted((p for p in self.procedures if p.id == procedure), key=lambda p: p.valid.since))

    def in_force(self, procedure: str, day: dt.date) -> Procedure | None:
        """The wording of a procedure in force on a day, if amparo holds one."""
        return next((p for p in self.wordings(procedure) if p.valid.holds_on(day)), None)
