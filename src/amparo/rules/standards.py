"""Norms an allegation may engage: treaties, statutes, regulations, case law, and what guides all and binds nobody."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from amparo.domain.law import Bilingual, Standard
from amparo.rules.books import read_book, read_books

InstrumentKind = Literal["treaty", "constitution", "statute", "regulation", "case", "soft"]
"""What sort of text a standard stands in, the weightiest first."""

_WEIGHT: dict[InstrumentKind, int] = {
    "treaty": 0, "constitution": 0, "statute": 0, "regulation": 1, "case": 2, "soft": 3,
}  # fmt: skip


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One instrument and the standards amparo takes from it.

    Args:
        instrument: its name, ``mandela``.
        kind: what sort of text it is.
        title: what it is called.
        standard: its standards.
    """

    instrument: str
    kind: InstrumentKind
    title: Bilingual
    standard: tuple[Standard, ...]

    def __post_init__(self) -> None:
        stray = [s.id for s in self.standard if s.instrument != self.instrument]
        if stray:
            raise ValueError(f"{stray[0]} names another instrument than {self.instrument}")


class EsfCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A type of act in the HURIDOCS Events Standard Formats: twelve digits, and our own words for it."""

    code: str
    label: Bilingual


class ActStandards(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an act may engage, and its nearest codes in the HURIDOCS formats.

    Args:
        code: the act, ``MED-04``, or the tag ``death-in-custody``.
        standards: ids of standards.
        esf: type-of-act codes, the nearest first.
    """

    code: str
    standards: tuple[str, ...]
    esf: tuple[EsfCode, ...] = ()


class _Acts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    act: tuple[ActStandards, ...]


@cache
def load_instruments() -> tuple[Instrument, ...]:
    """Every instrument with its standards.

    Raises:
        BrokenRule: a file of standards has a mistake.

    >>> {i.instrument: i.kind for i in load_instruments()}["mandela"]
    'soft'
    """
    return tuple(read_books("standards", Instrument, but=("acts.toml",)))


@cache
def load_standards() -> Mapping[str, Standard]:
    """Every standard by its id.

    Raises:
        BrokenRule: a file of standards has a mistake.

    >>> load_standards()["mandela.44"].cite.mark
    'verified'
    """
    return {standard.id: standard for instrument in load_instruments() for standard in instrument.standard}


@cache
def load_acts() -> Mapping[str, ActStandards]:
    """What each act may engage, by its code.

    Raises:
        BrokenRule: the file has a mistake.

    >>> load_acts()["MED-04"].esf[0].code
    '360102040000'
    """
    return {act.code: act for act in read_book("standards/acts.toml", _Acts).act}


@cache
def match_standards(act: str, *, state: str = "") -> tuple[Standard, ...]:
    """The standards an act may engage; never that one was breached, which only an authority finds.

    Treaties, constitutions and statutes come first, then regulations, then case law, then soft law; within each, what
    binds the State by name comes before what is addressed to all. Standards that bind other States alone are left out.

    Args:
        act: code of the act, or the tag ``death-in-custody``.
        state: the State that holds the person, by ISO code; every standard when it is not known.

    Returns:
        The standards in that order; none for an act amparo does not know.

    >>> [s.ref for s in match_standards("CON-01", state="US")][:2]
    ['VCCR, art. 36(1)(a)', 'VCCR, art. 36(1)(b)']
    >>> {s.instrument for s in match_standards("MED-04", state="MX")} & {"us.cfr", "achr"}
    {'achr'}
    >>> match_standards("no such act")
    ()
    """
    engaged = load_acts().get(act)
    if engaged is None:
        return ()
    known, weight = load_standards(), _weights()
    fitting = [known[name] for name in engaged.standards]
    if state:
        fitting = [s for s in fitting if not s.binds or state.upper() in s.binds]
    return tuple(sorted(fitting, key=lambda s: (weight[s.instrument], not s.binds if state else False)))


@cache
def _weights() -> Mapping[str, int]:
    return {i.instrument: _WEIGHT[i.kind] for i in load_instruments()}
