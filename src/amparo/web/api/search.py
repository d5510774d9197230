"""Searching the record, for programs: the same words, the same limits of sight as at the desk."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from amparo.casework.models import SearchEntry
from amparo.casework.permissions import require
from amparo.casework.search import Asked, find
from amparo.web.api.entry import OnlyKnown, person_of
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


class SearchAsked(OnlyKnown):
    """What is looked for, and what narrows it."""

    q: str = Field("", max_length=400)
    person: str = Field("", max_length=200)
    place: str = Field("", max_length=200)
    act: str = Field("", max_length=12)
    state: Literal["", "proposed", "accepted", "corrected", "rejected"] = ""
    kind: Literal["", "document", "case", "person"] = ""
    genre: Literal["", "letter", "news", "official"] = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = Field(1, ge=1, le=1000)


@router.get("/search", response={200: FoundOut, **PROBLEMS}, summary="Search the record")
def search(request: HttpRequest, asked: Query[SearchAsked]) -> FoundOut:
    """Documents, cases and people by words, without accents mattering; only what this person may see is counted."""
    by = person_of(request)
    require(by, "see-documents")
    words, person, place = (one.replace("\0", "").strip() for one in (asked.q, asked.person, asked.place))
    found = find(
        Asked(words=words, person=person, place=place, act=asked.act, state=asked.state, kind=asked.kind,
              genre=asked.genre, since=asked.since, until=asked.until, page=asked.page), by=by,
    )  # fmt: skip
    rows = [*found.cases, *found.people, *found.documents]
    return FoundOut(hits=[_hit(row) for row in rows], documents=found.number, more=found.more)


def _hit(row: SearchEntry) -> HitOut:
    number = {"document": row.document_id, "case": row.case_id, "person": row.appearance_id}[row.kind]
    return HitOut(kind=row.kind, id=number or row.pk, document=row.document_id, day=row.day)  # type: ignore[arg-type]
