"""What a reading's notes become in the record, and how they follow a corrected transcription."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils import timezone

from amparo.casework import search
from amparo.casework.identities import move_appearances, write_appearances
from amparo.casework.models import Decision, Document, Note, Reading, User
from amparo.domain.dossier import Dossier
from amparo.domain.text import Maker, Page, Quote, Text
from amparo.dossier import act_labels
from amparo.interchange.lines import Line, line_of
from amparo.reading.anchor import carry

_HAND = Maker(component="reading.by-hand", version="1")


def write_dossier(reading: Reading, dossier: Dossier) -> dict[str, int]:
    """Put a dossier into a claimed reading and its notes; called within a transaction.

    Returns:
        How many notes of each kind were written.
    """
    line = line_of(dossier)
    reading.content = line.text.content
    reading.language = line.text.language
    reading.genre = line.genre
    reading.written = msgspec.to_builtins(line.written)
    reading.pages = msgspec.to_builtins(line.text.pages)
    reading.remarks = msgspec.to_builtins(line.text.remarks)
    reading.people = msgspec.to_builtins(line.people)
    reading.maker = msgspec.to_builtins(line.text.maker)
    reading.pipeline = line.pipeline
    reading.state = Reading.State.READ
    reading.done_at = timezone.now()
    reading.save()
    notes = list(_notes(reading, line))
    Note.objects.bulk_create(notes, batch_size=500)
    write_appearances(reading.document, dossier)
    search.index_document(reading.document, reading)
    search.index_people(reading.document)
    return {kind: sum(note.kind == kind for note in notes) for kind in Note.Kind.values}


def _notes(reading: Reading, line: Line) -> list[Note]:
    labels = act_labels()
    made: list[Note] = []
    for number, allegation in enumerate(line.allegations):
        quote = allegation.quotes[0]
        made.append(
            Note(reading=reading, kind=Note.Kind.ALLEGATION, number=number, code=allegation.act, start=quote.start,
                 end=allegation.quotes[-1].end, payload=msgspec.to_builtins(allegation),
                 maker=_maker(line, "allegations"),
                 confidence=allegation.confidence, urgency=labels[allegation.act].urgency)
        )  # fmt: skip
    for number, claim in enumerate(line.claims):
        first = claim.contents[0]
        made.append(
            Note(reading=reading, kind=Note.Kind.CLAIM, number=number, code=claim.stance, start=first.start,
                 end=claim.contents[-1].end, payload=msgspec.to_builtins(claim), maker=_maker(line, "claims"),
                 confidence=claim.confidence)
        )  # fmt: skip
    for number, event in enumerate(line.events):
        made.append(
            Note(reading=reading, kind=Note.Kind.EVENT, number=number, code=event.kind, start=event.start,
                 end=event.end,
                 payload=msgspec.to_builtins(event), maker=_maker(line, "events"))
        )  # fmt: skip
    for number, proposal in enumerate(line.proposals):
        quote = proposal.quotes[0]
        made.append(
            Note(reading=reading, kind=Note.Kind.PROPOSAL, number=number, code=proposal.fact, start=quote.start,
                 end=quote.end, payload=msgspec.to_builtins(proposal), maker=_maker(line, "proposals"))
        )  # fmt: skip
    return made


def _maker(line: Line, layer: str) -> str:
    maker = line.makers.get(layer)
    return f"{maker.component}@{maker.version}" if maker is not None else ""


def text_of(reading: Reading) -> Text:
    """A reading's words as a text of the library."""
    pages = tuple(msgspec.convert(page, Page) for page in reading.pages)
    return Text.of(reading.content, document=reading.document.digest, maker=_HAND, pages=pages or None)


def write_correction(document: Document, content: str, by: User) -> tuple[Reading, int]:
    """Make the corrected reading and move the notes to it, with what was decided about them.

    Returns:
        The new reading, and how many notes could not be found again in the corrected words.
    """
    old = document.readings.filter(state=Reading.State.READ).order_by("-number").first()
    number = (document.readings.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    new_text = Text.of(content, document=document.digest, maker=_HAND)
    made = Reading.objects.create(
        document=document, number=number, state=Reading.State.READ, asked_at=timezone.now(), done_at=timezone.now(),
        content=new_text.content, language=old.language if old else "", genre=old.genre if old else "",
        written=old.written if old else None, pages=msgspec.to_builtins(new_text.pages),
        people=old.people if old else [],
        maker=msgspec.to_builtins(_HAND), pipeline=old.pipeline if old else "", by=by,
    )  # fmt: skip
    move_appearances(document, made.content)
    search.index_document(document, made)
    if old is None:
        return made, 0
    lost = 0
    old_text = text_of(old)
    for note in old.notes.exclude(state=Note.State.REJECTED):
        payload, kept = _carried(note.payload, old_text, new_text)
        if not kept:
            lost += 1
            continue
        start, end = _reach(payload)
        moved = Note.objects.create(
            reading=made, kind=note.kind, number=note.number, code=note.code, start=start, end=end, payload=payload,
            maker=note.maker, confidence=note.confidence, urgency=note.urgency, state=note.state,
            made_by=note.made_by, original=note.original,
        )  # fmt: skip
        if note.state != Note.State.PROPOSED:
            last = note.decisions.last()
            if last is not None:
                Decision.objects.create(
                    note=moved, verdict=last.verdict, by=last.by, at=last.at, payload=last.payload,
                    reason=f"carried from reading {old.number}: {last.reason}".rstrip(": "),
                )  # fmt: skip
    return made, lost


def _carried(payload: dict[str, Any], old: Text, new: Text) -> tuple[dict[str, Any], bool]:
    """The same payload with each span moved to the corrected words; whether its main words were found again."""
    spans = [part for key in ("quotes", "contents") for part in payload.get(key, ())]
    if not spans and "start" in payload:
        spans = [payload]
    quotes: list[Quote] = [old.quote(span["start"], span["end"]) for span in spans]
    found = carry(quotes, old, new)
    if len(found.kept) != len(quotes):
        return payload, False
    moved = dict(payload)
    where = iter(found.kept)
    for key in ("quotes", "contents"):
        if key in moved:
            moved[key] = [
                {"start": q.start, "end": q.end, "exact": q.exact} for q, _ in zip(where, moved[key], strict=False)
            ]
    if "start" in moved:
        quote = next(where)
        moved |= {"start": quote.start, "end": quote.end, "exact": quote.exact}
    return moved, True


def _reach(payload: dict[str, Any]) -> tuple[int, int]:
    parts = payload.get("quotes") or payload.get("contents") or [payload]
    return parts[0]["start"], parts[-1]["end"]
