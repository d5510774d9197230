"""Prisons and other places of detention, by code and by any of their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from amparo.domain.law import Citation, Mark
from amparo.domain.parties import Facility
from amparo.rules.books import read_book, read_books


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    kind: str
    place: str
    name: str = ""
    system: str = ""
    address: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    town_mark: Mark | None = None
    security: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    opened: int | None = None
    closed: int | None = None
    note: str = ""


class _Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    states: tuple[str, ...]
    cite: Citation


class _Book(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    system: str
    cite: Citation
    facility: tuple[_Entry, ...]
    country: str = ""
    region: tuple[_Region, ...] = ()


_NOT_IN_A_REGION = frozenset({"HQ"})


@cache
def load_facilities() -> Mapping[str, Facility]:
    """Every facility by its code: ``us.bop/FLM`` where a system gives codes of its own, ``gb.belmarsh`` elsewhere.

    Raises:
        BrokenRule: a list has a mistake.

    >>> load_facilities()["us.bop/FLM"].region
    'NCR'
    """
    found: dict[str, Facility] = {}
    for book in read_books("facilities", _Book):
        regions = {state: region for region in book.region for state in region.states}
        for entry in book.facility:
            found[f"{book.system}/{entry.code}".lstrip("/")] = _facility(entry, book, regions.get(entry.state))
    return found


def _facility(entry: _Entry, book: _Book, region: _Region | None) -> Facility:
    cite = book.cite if entry.town_mark is None else msgspec.structs.replace(book.cite, mark=entry.town_mark)
    if entry.kind in _NOT_IN_A_REGION:
        region = None
    return Facility(
        code=entry.code,
        name=entry.name or f"{entry.kind} {entry.place}".strip(),
        cite=cite,
        system=entry.system or book.system,
        kind=entry.kind,
        address=entry.address,
        mail=entry.mail,
        city=entry.city,
        state=entry.state,
        zip=entry.zip,
        country=entry.country or book.country,
        region=region.code if region else "",
        region_cite=region.cite if region else None,
        security=entry.security,
        aliases=tuple(dict.fromkeys((*_written_out(entry), *entry.aliases))),
        formerly=entry.formerly,
        opened=entry.opened,
        closed=entry.closed,
        note=entry.note,
    )


def _written_out(entry: _Entry) -> Iterator[str]:
    """The names that follow from kind and place: "FCI Danbury", "Federal Correctional Institution, Danbury"."""
    if not entry.kind:
        yield entry.place
        return
    yield f"{entry.kind} {entry.place}"
    yield f"{entry.place} {entry.kind}"
    long = _long_kinds().get(entry.kind)
    if long:
        yield from (f"{long} {entry.place}", f"{long}, {entry.place}", f"{long} in {entry.place}")


@cache
def _long_kinds() -> Mapping[str, str]:
    words: Mapping[str, Any] = read_book("vocabulary/en/institutions.toml", dict[str, Any])
    return dict(words["facility_long"])


def facility(code: str) -> Facility | None:
    """A facility by its code; nothing when there is none.

    Args:
        code: ``us.bop/FLM``, ``gb.belmarsh``, or a system's own code alone, ``FLM``, when one system alone has it.

    >>> facility("us.bop/FLM").name
    'USP Florence ADMAX'
    >>> facility("FLM").state, facility("XYZ")
    ('CO', None)
    """
    return load_facilities().get(code) or _by_own_code().get(code)


@cache
def _by_own_code() -> Mapping[str, Facility]:
    codes: dict[str, list[Facility]] = {}
    for one in load_facilities().values():
        codes.setdefault(one.code, []).append(one)
    return {code: ones[0] for code, ones in codes.items() if len(ones) == 1}


def find_facility(name: str) -> Facility | None:
    """A facility by any of its names, whatever the case and accents; nothing when none or several bear it.

    Args:
        name: as a letter gives it.

    >>> find_facility("Alcatraz of the Rockies").code
    'FLM'
    >>> find_facility("el altiplano").country
    'MX'
    >>> find_facility("the prison")
    """
    return _by_name().get(_folded(name))


@cache
def _by_name() -> Mapping[str, Facility]:
    names: dict[str, set[str]] = {}
    listed = load_facilities()
    for key, one in listed.items():
        for name in (one.name, *one.aliases, *one.formerly):
            names.setdefault(_folded(name), set()).add(key)
    return {name: listed[next(iter(keys))] for name, keys in names.items() if len(keys) == 1}


def _folded(name: str) -> str:
    """Lower case, no accents, single spaces, straight apostrophes, no full stop or comma."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return " ".join(plain.lower().replace("’", "'").replace(".", "").replace(",", "").split())
