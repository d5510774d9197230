"""Two accounts of the same incident side by side."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect, render

from amparo.casework.history import seal
from amparo.casework.identities import latest_reading
from amparo.casework.models import Document, Note, Reading
from amparo.casework.permissions import documents_for, require
from amparo.domain.dates import PartialDate
from amparo.errors import NotAllowed
from amparo.linking.accounts import Point, align
from amparo.web.sitting import Sitting, signed_in


@signed_in
def choose(request: Sitting) -> HttpResponse:
    """Go to the two documents that were chosen."""
    require(request.user, "see-documents")
    one, other = request.GET.get("one", ""), request.GET.get("other", "")
    if not (one.isdecimal() and other.isdecimal()) or max(len(one), len(other)) > 15:
        raise NotAllowed
    return redirect("beside", one=int(one), other=int(other))


@signed_in
def show(request: Sitting, one: int, other: int) -> HttpResponse:
    """What two documents allege and tell, aligned; looking at them is a line of history for each."""
    left, right = _read(request, one), _read(request, other)
    for document in dict.fromkeys((left.document, right.document)):
        seal("document.opened", by=request.user, team=document.team, subject=f"document:{document.pk}", details={})
    notes = {str(note.pk): note for reading in (left, right) for note in _notes(reading)}
    rows = align(_points(left), _points(right))
    shown = [
        {
            "row": row,
            "left": notes[row.left.id] if row.left is not None else None,
            "right": notes[row.right.id] if row.right is not None else None,
            "sides": [(reading, point, notes[point.id] if point is not None else None)
                      for reading, point in ((left, row.left), (right, row.right))],
            "particulars": list(row.said.items()),
        }
        for row in rows
    ]  # fmt: skip
    both = [row for row in rows if row.left is not None and row.right is not None]
    return render(
        request, "desk/beside.html",
        {"left": left, "right": right, "rows": shown, "both": len(both), "alone": len(rows) - len(both),
         "contradicted": sum(row.contradicts for row in rows)},
    )  # fmt: skip


def _read(request: Sitting, pk: int) -> Reading:
    document: Document | None = documents_for(request.user).select_related("team").filter(pk=pk).first()
    reading = latest_reading(document) if document is not None else None
    if reading is None:
        raise NotAllowed
    return reading


def _notes(reading: Reading) -> list[Note]:
    kinds = (Note.Kind.ALLEGATION, Note.Kind.EVENT)
    return list(reading.notes.filter(kind__in=kinds).exclude(state=Note.State.REJECTED).order_by("start"))


def _points(reading: Reading) -> list[Point]:
    def named(value: Any) -> str:
        if isinstance(value, int):
            return str(reading.people[value]["name"]) if value < len(reading.people) else ""
        return str(value or "")

    points = []
    for note in _notes(reading):
        said = note.payload
        when = said.get("when")
        known = bool(when and when.get("earliest"))
        points.append(
            Point(
                id=str(note.pk), act=note.code, when=msgspec.convert(when, PartialDate) if known else None,
                place=said.get("place") or "",
                actor=said.get("who") or "" if note.kind == Note.Kind.EVENT else named(said.get("actor")),
                status=said.get("status") or "",
            )
        )  # fmt: skip
    return points
