"""A reading's rows as a dossier of the library, as people left it; what was rejected is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from amparo.casework.models import Appearance, Note, Reading
from amparo.domain.claims import Allegation, Claim, CustodyEvent, Mention, Role, RoleKind, Source
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Document, Maker, Quote, Text

T = TypeVar("T")
_HAND = Maker(component="casework.notes", version="1")
_KINDS = {Appearance.About.PERSON: "person", Appearance.About.FACILITY: "facility"}


def dossier_of(reading: Reading) -> Dossier:
    """One reading with its notes as the library has them.

    Args:
        reading: one that has been read.
    """
    row = reading.document
    maker = msgspec.convert(reading.maker, Maker) if reading.maker else _HAND
    language = reading.language if reading.language in ("en", "es") else "und"
    text = Text.of(reading.content, document=row.digest, maker=maker, language=language)  # type: ignore[arg-type]
    people = [Person(name=p["name"], aliases=tuple(p["aliases"]), role=p["role"]) for p in reading.people]
    rows = list(reading.notes.order_by("kind", "number"))
    kept = [note for note in rows if note.state != Note.State.REJECTED]
    alleged = [note for note in kept if note.kind == Note.Kind.ALLEGATION]
    needed = {number for note in alleged for number in note.payload.get("claims", ())}
    spoken = [n for n in rows if n.kind == Note.Kind.CLAIM and (n in kept or n.number in needed)]
    claims = [_claim(note, text) for note in spoken]
    where = {note.number: at for at, note in enumerate(spoken)}
    allegations = []
    for note in alleged:
        rests = tuple(where[number] for number in note.payload.get("claims", ()) if number in where)
        if not rests:  # added by hand: nobody said who says it
            claims.append(_bare(note, text))
            rests = (len(claims) - 1,)
        allegations.append(_allegation(note, text, people, rests))
    notes = Notes(
        genre=reading.genre or "letter",  # type: ignore[arg-type]
        written=_date(reading.written), mentions=tuple(_mentions(row.appearances.all(), text)), people=tuple(people),
        claims=tuple(claims), allegations=tuple(allegations),
        events=tuple(_event(note, text) for note in kept if note.kind == Note.Kind.EVENT),
    )  # fmt: skip
    document = Document(id=row.digest, media_type=row.media_type, name=row.name, size=row.size)
    return Dossier(document=document, text=text, notes=notes, pipeline=reading.pipeline)


def _mentions(rows: Iterable[Appearance], text: Text) -> Iterable[Mention]:
    for one in rows:
        for start, end in one.spans:
            if 0 <= start < end <= len(text.content):
                normal = one.code or one.name
                yield Mention(quote=text.quote(start, end), kind=_KINDS[one.about], normal=normal, maker=_HAND)  # type: ignore[index,arg-type]


def _maker(note: Note) -> Maker:
    component, _, version = note.maker.partition("@")
    return Maker(component=component or _HAND.component, version=version or "1")


def _claim(note: Note, text: Text) -> Claim:
    told = note.payload
    return Claim(
        contents=_quotes(told["contents"], text) or (text.quote(note.start, note.end),),
        cue=next(iter(_quotes([told["cue"]] if told.get("cue") else [], text)), None),
        source=_source(told.get("source"), text), chain=tuple(_source(one, text) for one in told.get("chain", ())),
        form=told.get("form", "narrated"), stance=told.get("stance", "alleges"), confidence=note.confidence,
        maker=_maker(note),
    )  # fmt: skip


def _bare(note: Note, text: Text) -> Claim:
    return Claim(
        contents=_quotes(note.payload["quotes"], text) or (text.quote(note.start, note.end),), form="narrated",
        source=Source(kind="unknown"), stance="alleges", confidence=note.confidence, maker=_maker(note),
    )  # fmt: skip


def _source(told: Mapping[str, Any] | None, text: Text) -> Source:
    spans = _quotes(told.get("spans", ()), text) if told else ()
    if told is None or (told["kind"] == "mention" and not spans):
        return Source(kind="unknown")
    return Source(kind=told["kind"], quotes=spans if told["kind"] == "mention" else (), person=told.get("person"))


def _allegation(note: Note, text: Text, people: list[Person], claims: tuple[int, ...]) -> Allegation:
    told = note.payload
    roles = tuple(role for kind in ("affected", "actor") if (role := _role(kind, told.get(kind), people)))
    return Allegation(
        act=note.code, quotes=_quotes(told["quotes"], text) or (text.quote(note.start, note.end),),
        status=told.get("status", "past"), claims=claims, confidence=note.confidence, maker=_maker(note), roles=roles,
        place=told.get("place") or None, when=_date(told.get("when")),
    )  # fmt: skip


def _role(kind: RoleKind, who: int | str | None, people: list[Person]) -> Role | None:
    if isinstance(who, int):
        return Role(kind=kind, words=people[who].name, person=who) if who < len(people) else None
    return Role(kind=kind, words=who) if who else None


def _event(note: Note, text: Text) -> CustodyEvent:
    told = note.payload
    return CustodyEvent(
        kind=note.code, quote=text.quote(note.start, note.end), maker=_maker(note),  # type: ignore[arg-type]
        who=told.get("who", ""), when=_date(told.get("when")),
    )  # fmt: skip


def _quotes(spans: Iterable[Mapping[str, Any]], text: Text) -> tuple[Quote, ...]:
    """The quotes whose words still stand there: spans beside the main words are not moved with a corrected reading."""
    return tuple(
        text.quote(one["start"], one["end"]) for one in spans
        if one["start"] < one["end"] and text.content[one["start"] : one["end"]] == one["exact"]
    )  # fmt: skip


def _date(told: Mapping[str, Any] | None) -> PartialDate | None:
    if not told or not told.get("earliest"):
        return None
    return msgspec.convert(
        {
            "earliest": told["earliest"],
            "latest": told["latest"] or told["earliest"],
            "written": told.get("written", ""),
        },
        PartialDate,
    )
