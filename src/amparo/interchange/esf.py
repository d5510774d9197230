"""Allegations in the codes of the HURIDOCS Events Standard Formats, as far as its published microthesauri have a term.

What has no term is said to have none; no code is made up. See ``data/vocabulary/esf.toml``.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from amparo.domain.claims import Allegation
from amparo.domain.dossier import Dossier
from amparo.domain.law import Bilingual
from amparo.domain.notes import Notes
from amparo.errors import BrokenInterchange, BrokenVocabulary


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A term of a microthesaurus: which list, its number there, its English words."""

    list: int
    code: str
    term: str


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one of our codes stands to the microthesauri.

    Args:
        code: ours.
        mark: verified against the source, or unmapped.
        fit: how near the terms are: close, broader or related.
        terms: theirs.
        why: why there is none.
    """

    code: str
    mark: Literal["verified", "unmapped"]
    fit: Literal["close", "broader", "related", ""] = ""
    terms: tuple[Term, ...] = ()
    why: Bilingual | None = None

    def __post_init__(self) -> None:
        verified = self.mark == "verified"
        if verified != bool(self.terms) or verified != bool(self.fit) or verified != (self.why is None):
            raise ValueError("a verified mapping has terms and their fit, an unmapped one says why")


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the terms were read."""

    title: str
    url: str
    version: str
    read_on: dt.date


class Thesauri(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every mapping, by what it is about."""

    source: Published
    act: tuple[Mapping, ...]
    stance: tuple[Mapping, ...]
    status: tuple[Mapping, ...]
    perpetrator: tuple[Mapping, ...]
    connection: tuple[Mapping, ...]
    material: tuple[Mapping, ...]

    def terms(self, group: str, code: str) -> tuple[Term, ...]:
        """The terms for one of our codes; none where there is none."""
        mappings: tuple[Mapping, ...] = getattr(self, group)
        return next((one.terms for one in mappings if one.code == code), ())


class EsfAct(msgspec.Struct, frozen=True, kw_only=True):
    """One act, its fields by the numbers of the Events Standard Formats.

    Args:
        document: digest of the document that tells of it.
        act: our own code, which is kept beside theirs.
        fields: terms by field: 2109 type of act, 2114 method, 2115 attribution, 2412 perpetrator, 2509 the source's
            connection, 2512 source material.
        initial, final: first and last day it may have been, fields 2111 and 2121.
        place: in the document's words.
        quotes: the words it rests on.
        unmapped: fields for which the microthesauri have no term.
    """

    document: str
    act: str
    fields: dict[str, tuple[Term, ...]]
    initial: dt.date | None
    final: dt.date | None
    place: str
    quotes: tuple[str, ...]
    unmapped: tuple[str, ...]


@cache
def thesauri() -> Thesauri:
    """The mappings as they ship.

    Raises:
        BrokenVocabulary: the file has a mistake.

    >>> thesauri().terms("act", "GRV-01")[0].code
    '36010206000004'
    """
    path = resources.files("amparo") / "data" / "vocabulary" / "esf.toml"
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf8")), Thesauri)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as problem:
        raise BrokenVocabulary(str(problem), file="vocabulary/esf.toml") from problem


def esf_of(dossier: Dossier) -> tuple[EsfAct, ...]:
    """The allegations of a document as acts in ESF's codes, in order.

    Args:
        dossier: one document with its reading and notes.
    """
    document = dossier.text.document
    return tuple(_act(allegation, dossier.notes, document) for allegation in dossier.notes.allegations)


def acts_from(terms: Iterable[Term]) -> frozenset[str]:
    """Our acts that a set of terms may stand for: those whose terms are all among them; often several, for their terms
    are broader.

    >>> "LEG-03" in acts_from(thesauri().terms("act", "LEG-03"))
    True
    """
    given = {(term.list, term.code) for term in terms}
    return frozenset(
        one.code for one in thesauri().act if one.terms and {(term.list, term.code) for term in one.terms} <= given
    )


def write_esf(acts: Iterable[EsfAct]) -> bytes:
    """Acts as JSON lines."""
    return b"".join(msgspec.json.encode(act) + b"\n" for act in acts)


def read_esf(data: bytes) -> tuple[EsfAct, ...]:
    """Acts out of JSON lines.

    Raises:
        BrokenInterchange: a line is no such act.
    """
    try:
        return tuple(msgspec.json.decode(line, type=EsfAct) for line in data.split(b"\n") if line.strip())
    except msgspec.MsgspecError as problem:
        raise BrokenInterchange(format="esf") from problem


def _act(allegation: Allegation, notes: Notes, document: str) -> EsfAct:
    book = thesauri()
    typed = book.terms("act", allegation.act)
    fields = {
        "2109": tuple(term for term in typed if term.list == 4),
        "2114": tuple(term for term in typed if term.list == 5),
        "2115": book.terms("status", allegation.status),
        "2412": book.terms("perpetrator", _role(allegation, notes)),
        "2509": book.terms("connection", _speaker(allegation, notes)),
        "2512": book.terms("material", notes.genre),
    }
    when = allegation.when
    return EsfAct(
        document=document, act=allegation.act, fields={name: found for name, found in fields.items() if found},
        initial=when.earliest if when else None, final=when.latest if when else None, place=allegation.place or "",
        quotes=tuple(quote.exact for quote in allegation.quotes),
        unmapped=tuple(name for name in ("2109", "2412", "2509", "2512") if not fields[name]),
    )  # fmt: skip


def _role(allegation: Allegation, notes: Notes) -> str:
    actor = allegation.role("actor")
    return notes.people[actor.person].role if actor is not None and actor.person is not None else ""


def _speaker(allegation: Allegation, notes: Notes) -> str:
    """What the first speaker of the claim is, as far as the document tells."""
    source = notes.claims[allegation.claims[0]].source
    index = notes.author if source.kind == "author" else source.person
    return notes.people[index].role if index is not None else "unknown" if source.kind == "unknown" else ""
