"""What a case holds, given out in the field's formats: through the gate, and told only as far as was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from amparo.casework.consent import Permit, confirm
from amparo.casework.dossiers import dossier_of
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Appearance, Case, Document, Reading, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.disclosure import disclose, hide_words
from amparo.domain.dossier import Dossier
from amparo.domain.remedies import Channel
from amparo.dossier import act_labels
from amparo.drafting.hiding import Hidden
from amparo.errors import ConsentMissing, NotAllowed
from amparo.interchange import cells, esf, followthemoney, tables
from amparo.interchange.annotations import annotations_of, write_annotations
from amparo.rules import find_channels
from amparo.rules.standards import match_standards

_OFFICIALS = ("guard", "judge", "official", "doctor")
"""People told by name even where the person is not: what they are said to have done is what is complained of."""
_NO_NAMES = ("the", "my", "our", "his", "her", "a", "an", "el", "la", "los", "mi", "su", "un", "una", "i", "yo")


class Parcel(NamedTuple):
    """What is given out."""

    data: bytes
    media_type: str
    name: str


class _Told(NamedTuple):
    """A case as far as it may be told."""

    row: tables.CaseRow
    dossiers: list[Dossier]
    doors: list[Channel]
    reference: str
    acts: dict[str, str]
    language: str


@transaction.atomic
def take_out(case_id: int, kind: str, *, permit: Permit, by: User, on: dt.date | None = None) -> Parcel:
    """A case in one of the formats, told as far as the permit's identity level goes; a line of history says so.

    Below ``full``, register numbers, places and ways to reach anybody go. Below ``name``, the person's name is replaced
    by initials, the reference or nothing, and everybody else but officials by "Person 1", in quotes as everywhere.

    Args:
        case_id: which.
        kind: one of :data:`KINDS`.
        permit: of the gate, for this case and day.
        by: who takes it out.
        on: the day; today.

    Raises:
        NotAllowed: their role may not, the case is not theirs to see, or there is no such format.
        ConsentMissing: the permit does not stand.
        IdentityKept: somebody who must not be told could still be known; nothing is given out.
    """
    require(by, "export")
    case = cases_for(by).filter(pk=case_id).first()
    if case is None or kind not in KINDS:
        raise NotAllowed(verb="export")
    today = on or timezone.localdate()
    if permit.case != case.pk:
        raise ConsentMissing(why="unsure")
    confirm(permit, case, on=today)
    told = _told(case, permit.identity, by, today)
    write = KINDS[kind]
    data, ending, media_type = write(told)
    seal("case.taken-out", by=by, team=case.team, subject=f"case:{case.pk}",
         details={"format": kind, "documents": len(told.dossiers), **permit.told()})  # fmt: skip
    return Parcel(data, media_type, f"{told.reference or 'case'}-{kind}.{ending}")


def _told(case: Case, identity: str, by: User, today: dt.date) -> _Told:
    documents = list(documents_for(by).filter(links__case=case).order_by("received_at"))
    book = rulebook_of(case.team_id)
    facts = facts_of(case, book)
    hidden = _hidden(case, documents, identity)
    made = []
    for document in documents:
        reading = document.readings.filter(state=Reading.State.READ).order_by("-number").first()
        if reading is not None:
            made.append(_disclosed(dossier_of(reading), hidden, document, identity, str(facts.get("state") or "")))
    reference = "" if identity == "none" else hide_words(case.reference, hidden) if hidden else case.reference
    named = {"full": case.person, "name": case.person, "initials": initials(case.person)}.get(identity, "")
    row = tables.CaseRow(
        reference, named, case.register_number if identity == "full" else "", case.opened_at.date(),
        case.closed_at.date() if case.closed_at else None,
    )  # fmt: skip
    acts = {code: label.es if by.language == "es" else label.en for code, label in act_labels().items()}
    doors = find_channels(facts, book, today=today)
    return _Told(row, made, list(doors), reference, acts, by.language)


def _disclosed(dossier: Dossier, hidden: Sequence[Hidden], document: Document, identity: str, state: str) -> Dossier:
    if identity != "full":
        size = len(dossier.text.content)
        named = document.appearances.filter(about=Appearance.About.FACILITY)
        places = [(start, min(end, size)) for one in named for start, end in one.spans if start < min(end, size)]
        dossier = disclose(dossier, hidden, places=places)
    standards = tuple(tuple(match_standards(one.act, state=state)) for one in dossier.notes.allegations)
    return Dossier(
        document=dossier.document, text=dossier.text, notes=dossier.notes, pipeline=dossier.pipeline,
        standards=standards,
    )  # fmt: skip


def _hidden(case: Case, documents: Sequence[Document], identity: str) -> list[Hidden]:
    """Who must not be known at an identity level, the person of the case first."""
    if identity in ("full", "name"):
        return []
    said = case.identities.select_related("appearance").last()
    group = said.appearance.group if said is not None and said.appearance is not None else 0
    people = list(Appearance.objects.filter(document__in=documents, about=Appearance.About.PERSON).order_by("pk"))
    own = [one for one in people if one.group == group]
    shown = {"initials": initials(case.person), "reference": case.reference}.get(identity, "[…]")
    numbers = [case.register_number, *(str(number) for one in own for number in one.numbers)]
    first = Hidden(
        shown_as=shown, names=(case.person, *_names(own)), numbers=tuple(number for number in numbers if number)
    )
    others: dict[int, list[Appearance]] = {}
    for one in people:
        if one.group != group and one.role not in _OFFICIALS:
            others.setdefault(one.group, []).append(one)
    found = [first]
    for rows in others.values():
        if names := _names(rows):
            found.append(Hidden(shown_as=f"[{len(found)}]", names=names))
    return found


def _names(rows: Sequence[Appearance]) -> tuple[str, ...]:
    """The proper names among what people are called; ``the writer`` or ``my cellmate`` is none."""
    kept = []
    for words in (words for one in rows for words in (one.name, *one.aliases)):
        proper = [word for word in words.split() if word[:1].isupper() and word.casefold() not in _NO_NAMES]
        if proper:
            kept.append(" ".join(proper))
    return tuple(dict.fromkeys(kept))


def initials(name: str) -> str:
    """The initials of a name.

    >>> initials("Ramiro Lazcano Betanzos")
    'R. L. B.'
    """
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def _tables(told: _Told) -> dict[str, cells.Table]:
    doors = [(told.reference, door) for door in told.doors]
    language = told.language
    return {
        "cases": tables.cases_table([told.row], language=language),
        "deadlines": tables.deadlines_table(doors, language=language),
        "documents": tables.documents_table(told.dossiers, language=language),
        "allegations": tables.allegations_table(told.dossiers, acts=told.acts, language=language),
        "claims": tables.claims_table(told.dossiers, language=language),
    }


def _xlsx(told: _Told) -> tuple[bytes, str, str]:
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return cells.write_xlsx(list(_tables(told).values())), "xlsx", media_type


def _csv(name: str) -> Callable[[_Told], tuple[bytes, str, str]]:
    return lambda told: (cells.write_csv(_tables(told)[name], for_excel=True), "csv", "text/csv; charset=utf-8")


def _annotated(told: _Told) -> tuple[bytes, str, str]:
    lines = (
        write_annotations(annotations_of(one), of=one.document.id, label=one.document.name) for one in told.dossiers
    )
    return b"".join(lines), "jsonl", "application/ld+json"


def _entities(told: _Told) -> tuple[bytes, str, str]:
    made = (entity for one in told.dossiers for entity in followthemoney.entities_of(one, acts=told.acts))
    return followthemoney.write_entities(made), "jsonl", "application/x-ndjson"


def _acts(told: _Told) -> tuple[bytes, str, str]:
    return esf.write_esf(act for one in told.dossiers for act in esf.esf_of(one)), "jsonl", "application/x-ndjson"


KINDS: Mapping[str, Callable[[_Told], tuple[bytes, str, str]]] = {
    "xlsx": _xlsx, "allegations": _csv("allegations"), "claims": _csv("claims"), "deadlines": _csv("deadlines"),
    "documents": _csv("documents"), "annotations": _annotated, "ftm": _entities, "esf": _acts,
}  # fmt: skip
"""The formats a case can be given out in."""
