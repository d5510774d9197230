"""Whom a filing is sent to, and where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from amparo.domain.law import Bilingual, Citation, Office
from amparo.domain.parties import Address, Facility
from amparo.errors import UnknownRule
from amparo.rules.books import read_books


class _Book(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    office: tuple[Office, ...]


@cache
def load_offices() -> Mapping[str, Office]:
    """Every office by its id.

    Raises:
        BrokenRule: a file of offices has a mistake.

    >>> load_offices()["bop.region"].at
    'region'
    """
    return {office.id: office for book in read_books("offices", _Book) for office in book.office}


def resolve(office_id: str, *, facility: Facility | None = None, incident_facility: Facility | None = None) -> Address:
    """What to write on the envelope for an office, in this case.

    Args:
        office_id: as rule files name it.
        facility: where the person is held now.
        incident_facility: where the thing complained of happened, when that may be elsewhere.

    Returns:
        The address; when it hangs on a fact that is missing, an address without lines that names the fact to find out.

    Raises:
        UnknownRule: there is no such office.

    >>> from amparo.rules.facilities import facility
    >>> resolve("bop.region", facility=facility("us.bop/FLM")).lines[-1]
    'Kansas City, KS 66101'
    >>> resolve("bop.region").ask
    'facility'
    """
    office = load_offices().get(office_id)
    if office is None:
        raise UnknownRule(f"There is no office {office_id!r}; data/offices lists those there are.", office=office_id)
    if office.at == "facility":
        return _at_facility(office, facility)
    if office.at == "region":
        return _at_region(office, facility, "facility")
    if office.at == "incident-region":
        return _at_region(office, incident_facility, "incident-facility")
    if office.at == "ask":
        return _address(office, ask=office_id)
    return _address(office, lines=office.address)


def _at_facility(office: Office, place: Facility | None) -> Address:
    if place is None:
        return _address(office, ask="facility")
    town = _town(place)
    lines = (place.name, *place.address, *((town,) if town else ()))
    return _address(office, lines=lines, cite=place.cite, ask="" if place.address else "facility-address")


def _at_region(office: Office, place: Facility | None, question: str) -> Address:
    if place is None:
        return _address(office, ask=question)
    regional = load_offices().get(f"bop.region.{place.region}") if place.region else None
    if regional is None or place.region_cite is None:
        return _address(office, ask="region")
    return Address(
        name=Bilingual(en=f"{office.name.en}, {regional.name.en}", es=f"{office.name.es}, {regional.name.es}"),
        cite=_weaker(regional.cite, place.region_cite),
        lines=regional.address,
        email=regional.email,
        phone=regional.phone,
        url=regional.url,
    )


_WEIGHT = {"verified": 0, "secondary": 1, "choice": 2, "from-memory": 3}


def _weaker(one: Citation, other: Citation) -> Citation:
    """Of two things an address stands on, the one less surely known."""
    return max(one, other, key=lambda cite: _WEIGHT[cite.mark])


def _town(place: Facility) -> str:
    area = f"{place.state} {place.zip}".strip()
    return ", ".join(part for part in (place.city, area) if part)


def _address(office: Office, *, lines: tuple[str, ...] = (), cite: Citation | None = None, ask: str = "") -> Address:
    attention = (f"Attn: {office.attention}",) if office.attention and lines else ()
    return Address(
        name=office.name,
        cite=cite or office.cite,
        lines=(*attention, *lines),
        email=office.email,
        phone=office.phone,
        url=office.url,
        ask=ask,
    )
