"""Searching the record, for programs: the same words, the same limits of sight as at the desk."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from amparo.casework.models import SearchEntry
from amparo.casework.permissions import require
from amparo.casework.search import Asked, find
from amparo.web.api.entry import person_of
from amparo.web.api.problems import PROBLEMS

router = Router()


class HitOut(Schema):
    """One thing found: its kind, its number, and for a person the document that names them."""

    kind: Literal["document", "case", "person"]
    id: int
    document: int | None
    day: dt.date | None


class FoundOut(Schema):
    """What was found, the newest first; documents come page by page."""

    hits: list[HitOut]
    documents: int
    more: bool


@router.get("/search", response={200: FoundOut, **PROBLEMS}, summary="Search the record")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=400)] = "",
    act: Annotated[str, Query(max_length=12)] = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> FoundOut:
    """Documents, cases and people by words, without accents mattering; only what this person may see is counted."""
    person = person_of(request)
    require(person, "see-documents")
    words = q.replace("\0", "").strip()
    found = find(Asked(words=words, act=act, page=page), by=person)
    rows = [*found.cases, *found.people, *found.documents]
    return FoundOut(hits=[_hit(row) for row in rows], documents=found.number, more=found.more)


def _hit(row: SearchEntry) -> HitOut:
    number = {"document": row.document_id, "case": row.case_id, "person": row.appearance_id}[row.kind]
    return HitOut(kind=row.kind, id=number or row.pk, document=row.document_id, day=row.day)  # type: ignore[arg-type]
