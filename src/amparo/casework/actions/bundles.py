"""The evidence bundle of a case: one ZIP for a court or a body, which can be checked without us, through the gate."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from amparo.casework import store
from amparo.casework.consent import Permit, confirm
from amparo.casework.history import extract
from amparo.casework.matters import CONFIRMED
from amparo.casework.models import Case, ChainHead, Document, Filing, HistoryLine, Note, Outgoing, Reading, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.domain.law import Bilingual
from amparo.domain.text import CONTEXT
from amparo.drafting.bundle import Exhibit, Shelf, bundle
from amparo.errors import ConsentMissing, IncompleteEntry, NotAllowed, OversizedBundle

MOST_BYTES = 256 * 1024 * 1024
"""How much one bundle may hold: it is made in memory while somebody waits."""
MOST_DOCUMENTS = 300
_SAFE = re.compile(r"[^\w.() -]+", re.UNICODE)


def chosen(case_id: int, documents: Sequence[int], *, permit: Permit, by: User) -> tuple[Case, list[Document]]:
    """The case and the documents of a bundle, once everything speaks for making it.

    A bundle names the person throughout, so only a consent to tell everything of who they are covers it.

    Args:
        case_id: which.
        documents: of the case, those to go in.
        permit: for a purpose and a recipient, at the identity level ``full``, and for this day.
        by: who asks for it.

    Raises:
        NotAllowed: their role may not, or the case or a document is not theirs to see.
        ConsentMissing: the permit is for less than the full identity, or no longer stands.
        IncompleteEntry: nothing is chosen.
        OversizedBundle: it would be more than one file can hold.
    """
    require(by, "export")
    case = cases_for(by).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    still_through(case, permit)
    rows = list(documents_for(by).filter(pk__in=documents, links__case=case).order_by("pk"))
    if len(rows) != len(set(documents)):
        raise NotAllowed
    if not rows:
        raise IncompleteEntry(field="documents")
    if len(rows) > MOST_DOCUMENTS or sum(row.size for row in rows) > MOST_BYTES:
        raise OversizedBundle(documents=len(rows), most=MOST_DOCUMENTS)
    return case, rows


def bind(
    case_id: int, documents: Sequence[int], *, permit: Permit, by: User, tell: Callable[[int], None] = lambda _: None
) -> bytes:
    """Bind originals, readings, confirmed passages, approved papers, proofs and the case's history into one ZIP.

    Called by whoever keeps the outcome and seals the line; nothing is given out by this.

    Args:
        case_id: which.
        documents: of the case, those to go in.
        permit: as for :func:`chosen`.
        by: for whom it is bound.
        tell: called with the number of documents done so far.

    Raises:
        NotAllowed, ConsentMissing, IncompleteEntry, OversizedBundle: as for :func:`chosen`.
        OriginalLost: an original or an approved paper is not in the store; nothing is bound.
    """
    with transaction.atomic():  # the gate holds the consent it asks for
        case, rows = chosen(case_id, documents, permit=permit, by=by)
    head = ChainHead.objects.filter(pk=1).first()
    lines = list(_lines(case, rows))
    exhibits: list[Exhibit] = []
    for number, row in enumerate(rows, start=1):
        exhibits += _of_documents([row])
        tell(number)
    exhibits += [*_of_filings(case, rows), _history(lines)]
    title = Bilingual(en=f"Case {case.reference}: {case.person}", es=f"Asunto {case.reference}: {case.person}")
    facts = {
        "amparo": case.team.name,
        "made · hecho": timezone.now().isoformat(timespec="seconds"),
        "history · historial": f"{len(lines)} lines · líneas; head · cabeza {head.number if head else 0}",
        "seal · sello": head.digest if head else "",
    }
    return bundle(exhibits, title=title, facts=facts)


def still_through(case: Case, permit: Permit) -> None:
    """Make sure that a permit covers a bundle and still stands.

    Raises:
        ConsentMissing: it is for less than the full identity, or does not stand.
    """
    if permit.identity != "full":
        raise ConsentMissing(
            "A bundle names the person throughout, so it needs a consent to tell everything of who they are.",
            why="identity", case=case.reference, purpose=permit.purpose, recipient=permit.recipient.kind,
            identity="full",
        )  # fmt: skip
    confirm(permit, case, on=timezone.localdate())


def _of_documents(rows: Sequence[Document]) -> Iterator[Exhibit]:
    for row in rows:
        stem = f"{row.pk:06d}"
        yield _exhibit(
            "originals", f"{stem} {row.name}", store.fetch(row.digest, team=row.team_id),
            en=f"as received {row.received_at:%Y-%m-%d}", es=f"como se recibió {row.received_at:%Y-%m-%d}",
        )  # fmt: skip
        for reading in row.readings.filter(state=Reading.State.READ).order_by("number"):
            place = f"{stem}-{reading.number}"
            hand = reading.by_id is not None
            yield _exhibit(
                "readings", f"{place}.txt", reading.content.encode(),
                en=f"reading {reading.number} of {row.name}, {'corrected by a person' if hand else 'by program'}",
                es=f"lectura {reading.number} de {row.name}, "
                f"{'corregida por una persona' if hand else 'hecha por programa'}",
            )  # fmt: skip
            notes = list(reading.notes.filter(state__in=CONFIRMED).order_by("start", "pk"))
            if notes:
                found = [annotation(note, reading, f"../readings/{place}.txt") for note in notes]
                yield _exhibit(
                    "passages", f"{place}.json", _packed(found),
                    en=f"what people confirmed in it: {len(notes)}",
                    es=f"lo que personas confirmaron en ella: {len(notes)}",
                )  # fmt: skip


def annotation(note: Note, reading: Reading, source: str) -> dict[str, Any]:
    """A confirmed note as a W3C web annotation: what it says, and its passages by position and by quote.

    Args:
        note: the note.
        reading: whose words it stands on.
        source: place of the reading's text, seen from the folder of passages.
    """
    payload = note.payload
    parts = payload.get("quotes") or payload.get("contents") or ([payload] if "start" in payload else [])
    last = note.decisions.select_related("by").last()
    told = json.dumps({"kind": note.kind, "code": note.code, "state": note.state}, ensure_ascii=False)
    made: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:amparo:note:{note.pk}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": note.code or note.kind},
            {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": told},
        ],
        "target": [
            {
                "type": "SpecificResource",
                "source": source,
                "selector": [
                    {"type": "TextPositionSelector", "start": part["start"], "end": part["end"]},
                    {
                        "type": "TextQuoteSelector",
                        "exact": reading.content[part["start"] : part["end"]],
                        "prefix": reading.content[max(0, part["start"] - CONTEXT) : part["start"]],
                        "suffix": reading.content[part["end"] : part["end"] + CONTEXT],
                    },
                ],
            }
            for part in parts
        ]
        or [{"type": "SpecificResource", "source": source}],
    }
    if last is not None:  # who confirmed it, and when
        made["creator"] = {"type": "Person", "nickname": last.by.get_username()}
        made["created"] = last.at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if note.maker:
        made["generator"] = {"type": "Software", "name": note.maker}
    return made


def _of_filings(case: Case, rows: Sequence[Document]) -> Iterator[Exhibit]:
    """The approved papers as they were frozen, and what shows that they went; proofs among the documents chosen."""
    chosen = {row.pk: row for row in rows}
    for filing in case.filings.order_by("number"):
        name = filing.reference.replace("/", "-")
        kept = filing.printed.last() if filing.content_digest else None
        if kept is not None:
            yield _exhibit(
                "drafts", f"{name}.pdf", store.fetch(kept.digest, team=filing.team_id),
                en=f"paper {filing.reference} as approved, to {filing.recipient}",
                es=f"escrito {filing.reference} como se aprobó, a {filing.recipient}",
            )  # fmt: skip
        for sent in filing.outgoing.filter(state=Outgoing.State.SENT):
            yield _exhibit(
                "proofs", f"{name}-{sent.pk}.eml", store.fetch(sent.digest, team=filing.team_id),
                en="the e-mail as it was sent", es="el correo electrónico como se envió",
            )  # fmt: skip
        if filing.proofs.exists():
            yield _exhibit(
                "proofs", f"{name}.json", _packed(_proofs(filing, chosen)), en=f"proofs of {filing.reference}",
                es=f"constancias de {filing.reference}",
            )  # fmt: skip


def _proofs(filing: Filing, chosen: dict[int, Document]) -> list[dict[str, Any]]:
    found = []
    for proof in filing.proofs.select_related("by"):
        row = chosen.get(proof.document_id or 0)
        found.append(
            {"kind": proof.kind, "day": proof.day.isoformat(), "by": proof.by.get_username(), "note": proof.note,
             "tracking": filing.tracking, "original": _name(f"{row.pk:06d} {row.name}") if row else ""}
        )  # fmt: skip
    return found


def _lines(case: Case, rows: Sequence[Document]) -> Iterator[HistoryLine]:
    """Every line about the case, its papers, its releases and the documents chosen, without those of other cases."""
    subjects = [f"case:{case.pk}", *(f"document:{row.pk}" for row in rows)]
    subjects += [f"filing:{number}" for number in case.filings.values_list("pk", flat=True)]
    subjects += [f"release:{number}" for number in case.releases.values_list("pk", flat=True)]
    for line in HistoryLine.objects.filter(subject__in=subjects, team=case.team).order_by("number"):
        if line.details.get("case", case.pk) in (case.pk, case.reference):
            yield line


def _history(lines: Sequence[HistoryLine]) -> Exhibit:
    return _exhibit(
        "history", "history.jsonl", extract(lines), en="the lines of history about this case, as sealed",
        es="las líneas del historial de este asunto, como se sellaron",
    )  # fmt: skip


def _exhibit(shelf: Shelf, name: str, data: bytes, *, en: str, es: str) -> Exhibit:
    return Exhibit(shelf=shelf, name=_name(name), data=data, says=Bilingual(en=en, es=es))


def _name(written: str) -> str:
    """A file name that every system takes and ``sha256sum`` reads as it stands."""
    stem, dot, ending = _SAFE.sub("_", written).strip(" .").rpartition(".")
    return f"{stem[:100]}{dot}{ending[:12]}" if dot else ending[:100]


def _packed(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
