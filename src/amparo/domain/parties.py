"""People as one document knows them."""

from __future__ import annotations

from typing import Literal

import msgspec

from amparo.domain.law import Bilingual, Citation

PersonRole = Literal["detained", "lawyer", "family", "judge", "guard", "doctor", "official", "journalist", "other"]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody a document speaks of, under all the names it uses.

    Args:
        name: the fullest name the document gives.
        aliases: every form of words used for this person, pronouns left out.
        role: what this person is in this document.
        mentions: indices into the notes' mentions.
    """

    name: str
    aliases: tuple[str, ...]
    role: PersonRole = "other"
    mentions: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a person has a name or a description")


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Who receives a filing, and where, as far as it is known.

    Args:
        name: what to write on the envelope.
        lines: the address; empty when it is not known.
        email, phone, url: other ways to reach them.
        cite: where the address was read.
        ask: the fact to find out before it can be told.
    """

    name: Bilingual
    cite: Citation
    lines: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    url: str = ""
    ask: str = ""


class Facility(msgspec.Struct, frozen=True, kw_only=True):
    """A place where people are held, or an office of a prison system, and how surely each fact about it is known.

    Args:
        code: its code in its system's own records, or amparo's.
        system: the prison system that runs it, ``us.bop``; empty when amparo keeps none for it.
        name: what it is called.
        kind: the system's own short word for its kind: ``USP``, ``HMP``; empty when there is none.
        address: where parcels and papers go, line by line, without the town.
        mail: where letters to the people held go, when that is elsewhere.
        city, state, zip, country: the town; the State, in the United States by two letters; the code; the ISO country.
        region: the regional office that appeals from it go to.
        region_cite: how that is known.
        security: the security level in the system's words.
        aliases: other names people use.
        formerly: names it had before.
        opened, closed: years.
        cite: where the address was read, or how surely the town is known.
        note: what remains to be checked.
    """

    code: str
    name: str
    cite: Citation
    system: str = ""
    kind: str = ""
    address: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    region: str = ""
    region_cite: Citation | None = None
    security: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    opened: int | None = None
    closed: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not (self.code and self.name):
            raise ValueError("a facility has a code and a name")
        if self.region and self.region_cite is None:
            raise ValueError("a region says how it is known")
