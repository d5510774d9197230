"""What the codes in an agency's own grievance records mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from amparo.domain.law import Bilingual, Citation
from amparo.rules.books import read_book


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code and its meaning in our own words.

    Args:
        code: as the records have it.
        means: what it stands for.
        status: for a reason, the status it belongs to.
    """

    code: str
    means: Bilingual
    status: str = ""


class AgencyCodes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agency's code lists.

    Args:
        system: the prison system.
        cite: where the lists were read.
        status: how a filing stands.
        reason: why it was closed or sent back.
        group: what subjects begin with, two digits.
        subject: what a filing is about.
    """

    system: str
    cite: Citation
    status: tuple[Code, ...]
    reason: tuple[Code, ...]
    group: tuple[Code, ...]
    subject: tuple[Code, ...]


@cache
def load_codes(system: str = "us.bop") -> AgencyCodes:
    """The code lists of a prison system.

    Raises:
        BrokenRule: the file has a mistake.

    >>> load_codes().cite.mark
    'verified'
    """
    return read_book(f"agencies/{system.replace('.', '-')}.toml", AgencyCodes)


def status(code: str) -> Code | None:
    """How a filing stands; nothing for a code that is not in the list.

    >>> status("CLD").means.es
    'Respondida: negada'
    """
    return _statuses().get(code)


def reason(code: str, *, status: str = "") -> Code | None:
    """Why a filing was closed or sent back; nothing for a code that is not in the list.

    Args:
        code: three letters.
        status: needed only for a code that stands under several, ``OTH``.

    >>> reason("UTR").status
    'REJ'
    >>> reason("OTH"), reason("OTH", status="CLO").means.en
    (None, 'Other; see the remarks')
    """
    found = [one for one in _reasons().get(code, ()) if status in ("", one.status)]
    return found[0] if len(found) == 1 else None


def subject(code: str) -> Code | None:
    """What a filing is about; for two digits alone, the group; nothing for a code that is not in the list.

    >>> subject("26D").means.en, subject("26").means.en
    ('Medicines', 'Medical care')
    """
    return _subjects().get(code)


@cache
def _statuses() -> Mapping[str, Code]:
    return {one.code: one for one in load_codes().status}


@cache
def _reasons() -> Mapping[str, tuple[Code, ...]]:
    every = load_codes().reason
    return {code: tuple(one for one in every if one.code == code) for code in {one.code for one in every}}


@cache
def _subjects() -> Mapping[str, Code]:
    codes = load_codes()
    return {one.code: one for one in (*codes.group, *codes.subject)}
