"""What people confirmed in a case, gathered into the matter a paper is written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from amparo.casework.facts import facts_of
from amparo.casework.models import Case, Document, Filing, Note, Reading, Team
from amparo.domain.dates import PartialDate
from amparo.domain.drafts import Happened, Matter, Preparer, Subject, Support, Told
from amparo.domain.rulebook import Rulebook
from amparo.drafting.telling import called, initials_of, nation, word
from amparo.matters import same_name
from amparo.rules.facilities import load_facilities
from amparo.rules.standards import match_standards

CONFIRMED = (Note.State.ACCEPTED, Note.State.CORRECTED)


def matter_of(filing: Filing, documents: Iterable[Document], rulebook: Rulebook) -> Matter:
    """The matter a filing is written from: only what people confirmed, told as far as its identity level allows.

    Args:
        filing: the paper.
        documents: of its case, those that the writer may see.
        rulebook: the team's.
    """
    case = filing.case
    facts = facts_of(case, rulebook)
    told: list[Told] = []
    happened: list[Happened] = []
    by_document: dict[int, Support] = {}
    for reading in _latest(documents):
        notes = list(reading.notes.filter(state__in=CONFIRMED).order_by("start", "pk"))
        claims = {note.number: note.payload for note in reading.notes.filter(kind=Note.Kind.CLAIM)}
        for note in notes:
            if note.kind == Note.Kind.ALLEGATION and (one := _told(note, reading, claims, case, facts)) is not None:
                told.append(one)
            if note.kind == Note.Kind.EVENT and (event := _happened(note, reading, case)) is not None:
                happened.append(event)
        if reading.content.strip():
            by_document[reading.document_id] = _whole(reading)
    rows = case.facts.select_related("document")
    sources = {
        row.name: by_document[row.document_id]
        for row in rows
        if row.document_id is not None and row.document_id in by_document
    }
    earlier = filing.reminds
    return Matter(
        subject=subject_of(case, facts, filing.identity, filing.language), told=tuple(told), happened=tuple(happened),
        facts=facts, sources=sources, preparer=_preparer(filing), reference=filing.reference,
        earlier=earlier.reference if earlier is not None else "",
        tracking=earlier.tracking if earlier is not None else "",
    )  # fmt: skip


def subject_of(case: Case, facts: Any, identity: str, language: str) -> Subject:
    """The person as a paper may name them.

    Args:
        case: whose.
        facts: of the case.
        identity: none, reference, initials, name or full.
        language: of the paper.
    """
    place = load_facilities().get(str(facts.get("facility") or ""))
    held = place.name if place is not None else ""
    names = {
        "none": word("subject", "nobody", language),
        "reference": case.reference,
        "initials": initials_of(case.person),
        "name": case.person,
        "full": case.person,
    }
    if identity != "full":
        return Subject(name=names.get(identity, names["none"]), facility=held, language=language)
    nationality = nation(str(facts.get("nationality") or ""), language)
    lines = (place.mail or place.address) if place is not None else ()
    return Subject(
        name=case.person, number=case.register_number, facility=held, address=lines, nationality=nationality,
        born=case.born, language=language,
    )  # fmt: skip


def _latest(documents: Iterable[Document]) -> list[Reading]:
    readings: dict[int, Reading] = {}
    rows = Reading.objects.filter(document__in=list(documents), state=Reading.State.READ).select_related("document")
    for one in rows.order_by("number"):
        readings[one.document_id] = one
    return [readings[key] for key in sorted(readings)]


def _support(note: Note, reading: Reading, part: Mapping[str, Any]) -> Support:
    pages = reading.pages
    page = next((p["number"] for p in pages if p["start"] <= part["start"] < p["end"]), None)
    return Support(
        document=reading.document.digest, text=f"reading:{reading.pk}", start=part["start"], end=part["end"],
        exact=part["exact"], called=called(reading.genre or "letter", _when(reading.written)),
        page=page if len(pages) > 1 else None, language=reading.language or "und", note=f"note:{note.pk}",
    )  # fmt: skip


def _whole(reading: Reading) -> Support:
    """A document as the source of a fact that somebody entered from it: its first words stand for it."""
    first = reading.content.strip().splitlines()[0]
    start = reading.content.index(first)
    return Support(
        document=reading.document.digest, text=f"reading:{reading.pk}", start=start, end=start + len(first),
        exact=first, called=called(reading.genre or "letter", _when(reading.written)),
        language=reading.language or "und", note=f"document:{reading.document_id}",
    )  # fmt: skip


def _when(value: Mapping[str, Any] | None) -> PartialDate | None:
    return msgspec.convert(dict(value), PartialDate) if value else None


def _name(value: Any, reading: Reading) -> str:
    if isinstance(value, int) and 0 <= value < len(reading.people):
        return str(reading.people[value]["name"])
    return str(value) if value else ""


def _told(note: Note, reading: Reading, claims: Mapping[int, Mapping[str, Any]], case: Case, facts: Any) -> Told | None:
    payload = note.payload
    affected = _name(payload.get("affected"), reading)
    if affected and not same_name(affected, case.person):
        return None
    claim = next((claims[number] for number in payload.get("claims", ()) if number in claims), None)
    standards = match_standards(payload.get("act", note.code), state=str(facts.get("state") or ""))
    return Told(
        act=payload.get("act", note.code),
        passages=tuple(_support(note, reading, part) for part in payload["quotes"]),
        status=payload.get("status") or "past",
        when=_when(payload.get("when")),
        place=payload.get("place") or "",
        affected_known=bool(affected),
        actor=_name(payload.get("actor"), reading),
        speaker=_speaker(claim["source"], reading, case) if claim else "",
        chain=tuple(name for hop in claim.get("chain", ()) if (name := _speaker(hop, reading, case))) if claim else (),
        stance=claim["stance"] if claim else "asserts",
        standards=tuple(one.ref for one in standards if one.cite.mark == "verified")[:4],
    )


def _speaker(source: Mapping[str, Any], reading: Reading, case: Case) -> str:
    """Who says so; empty when it is the person the paper is for."""
    name = _name(source.get("person"), reading) if source.get("person") is not None else ""
    name = name or " ".join(part["exact"] for part in source.get("spans", ()))
    return "" if name and same_name(name, case.person) else name


def _happened(note: Note, reading: Reading, case: Case) -> Happened | None:
    payload = note.payload
    who = _name(payload.get("who"), reading)
    if who and not same_name(who, case.person):
        return None
    return Happened(
        kind=payload.get("kind", note.code), passages=(_support(note, reading, payload),), who=who,
        when=_when(payload.get("when")),
    )  # fmt: skip


def _preparer(filing: Filing) -> Preparer:
    author = filing.author
    return Preparer(
        name=author.get_full_name() or author.get_username(), organisation=filing.team.name,
        lines=letterhead_of(filing.team),
    )  # fmt: skip


def letterhead_of(team: Team) -> tuple[str, ...]:
    """What stands below the office's name at the head of its papers: address, telephone, where to reply."""
    return tuple(line for line in (*team.letterhead, team.phone, team.reply_to) if line)
