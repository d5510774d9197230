"""The history of a team: who did what, who looked at what."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.models import Case, HistoryLine, Team
from amparo.casework.permissions import may, require
from amparo.web.sitting import Sitting, signed_in

PAGE = 100
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Asked(NamedTuple):
    """What somebody wants to see of the history: a person, a kind of act, a case, a document, days."""

    who: str = ""
    kind: str = ""
    case: str = ""
    document: str = ""
    since: str = ""
    until: str = ""

    @property
    def some(self) -> bool:
        """Whether anything is left out."""
        return any(self)


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for."""
    return Asked(**{name: request.GET.get(name, "").strip()[:150] for name in Asked._fields})


def lines_of(team: Team, asked: Asked) -> QuerySet[HistoryLine]:
    """A team's lines, the latest first, as far as they were asked for; what cannot be understood finds nothing."""
    rows = HistoryLine.objects.filter(team=team).order_by("-number")
    if asked.who:
        rows = rows.filter(who=asked.who)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.case:
        found = Case.objects.filter(team=team, reference=asked.case).values_list("pk", flat=True).first()
        rows = rows.filter(subject=f"case:{found if found is not None else asked.case}")
    if asked.document:
        rows = rows.filter(subject=f"document:{asked.document}")
    for day, late in ((asked.since, False), (asked.until, True)):
        if day:
            rows = rows.filter(**_on(day, late=late)) if _day(day) else rows.none()
    return rows


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _on(written: str, *, late: bool) -> dict[str, dt.datetime]:
    day = dt.date.fromisoformat(written)
    if late:
        return {"at__lte": timezone.make_aware(dt.datetime.combine(day, dt.time.max))}
    return {"at__gte": timezone.make_aware(dt.datetime.combine(day, dt.time.min))}


@signed_in
def show(request: Sitting) -> HttpResponse:
    """The lines that were asked for, a hundred at a time."""
    require(request.user, "see-history")
    team, asked = request.user.membership.team, asked_of(request)
    rows = lines_of(team, asked)
    every = HistoryLine.objects.filter(team=team).order_by()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "desk/history.html",
        {
            "page": page, "asked": asked, "may_export": may(request.user, "export-history"),
            "people": sorted(every.values_list("who", flat=True).distinct()),
            "kinds": sorted(every.values_list("kind", flat=True).distinct()),
        },
    )  # fmt: skip


@signed_in
def export(request: Sitting) -> StreamingHttpResponse:
    """The lines that were asked for as CSV; taking them out is itself a line of history."""
    require(request.user, "export-history")
    team, asked = request.user.membership.team, asked_of(request)
    rows = lines_of(team, asked)
    last = rows.values_list("number", flat=True).first() or 0
    details = {"lines": rows.count(), "by": [name for name in Asked._fields if getattr(asked, name)]}
    seal("history.exported", by=request.user, team=team, subject=f"team:{team.pk}", details=details)
    response = StreamingHttpResponse(_csv(rows.filter(number__lte=last)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="history-{timezone.localdate()}.csv"'
    return response


class _Echo:
    """Gives back each row that the writer of CSV would write."""

    def write(self, row: str) -> str:
        return row


def _csv(rows: QuerySet[HistoryLine]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write(["number", "at", "who", "kind", "subject", "details", "digest"])
    for line in rows.order_by("number").iterator(chunk_size=2000):
        told = json.dumps(line.details, ensure_ascii=False, sort_keys=True)
        cells = [line.number, line.at.isoformat(), line.who, line.kind, line.subject, told, line.digest]
        yield write([safe_cell(str(cell)) for cell in cells])


def safe_cell(written: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("ana")
    ("'=1+1", 'ana')
    """
    return f"'{written}" if written.startswith(_FORMULA) else written
