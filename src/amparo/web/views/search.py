"""Searching: one box, filters in the address, what was found with its passage."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from amparo.casework.identities import appearances_for
from amparo.casework.models import Appearance, Note, Reading, SearchEntry, User
from amparo.casework.permissions import require
from amparo.casework.search import Asked, Found, find, passage, terms
from amparo.casework.search.find import ENOUGH
from amparo.dossier import act_labels
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS

GENRES = ("letter", "news", "official")
_NAMES = {
    "q": "words", "person": "person", "place": "place", "act": "act", "state": "state", "kind": "kind",
    "genre": "genre", "since": "since", "until": "until",
}  # fmt: skip


@signed_in
def show(request: Sitting) -> HttpResponse:
    """What was found for the words and filters in the address."""
    require(request.user, "see-documents")
    asked = _asked(request)
    found = find(asked, by=request.user)
    return render(
        request, "desk/search.html",
        {
            "asked": asked,
            "found": found,
            "hits": _hits(asked, found, request.user),
            "acts": sorted(act_labels()),
            "states": Note.State.values,
            "kinds": SearchEntry.Kind.values,
            "genres": GENRES,
            "wider": _wider(request, asked) if found.empty else [],
            "enough": ENOUGH,
            "places": _places(request.user),
            "before": _address(request, page=asked.page - 1) if asked.page > 1 else "",
            "after": _address(request, page=asked.page + 1) if found.more else "",
            "narrowed": any(request.GET.get(name) for name in _NAMES if name != "q"),
        },
    )  # fmt: skip


def _asked(request: Sitting) -> Asked:
    """The address as a search; what is not on a list of choices is left out, and a day that is none is said."""
    given: dict[str, Any] = {
        field: request.GET.get(name, "").replace("\0", "").strip() for name, field in _NAMES.items()
    }
    for field in ("since", "until"):
        given[field] = _day(request, given[field])
    for field, choices in (("act", act_labels()), ("state", Note.State.values), ("kind", SearchEntry.Kind.values),
                           ("genre", GENRES)):  # fmt: skip
        if given[field] not in choices:
            given[field] = ""
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    typed = given["words"].upper()
    if typed in act_labels() and not given["act"]:
        given |= {"words": "", "act": typed}
    return Asked(**given, page=max(number, 1))


def _day(request: Sitting, written: str) -> dt.date | None:
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        messages.error(request, WORDS["wrong-day"][request.user.language].format(written=written[:40]))
        return None


def _address(request: Sitting, **changed: str | int) -> str:
    """This search's address with some of it changed, or left out where the new value is empty."""
    kept: dict[str, str | int] = {name: request.GET[name] for name in (*_NAMES, "page") if request.GET.get(name)}
    return "?" + urlencode({name: value for name, value in {**kept, **changed}.items() if value})


def _wider(request: Sitting, asked: Asked) -> list[tuple[str, str, str]]:
    """Ways to ask for less: each filter left out, each word left out. As address, word for the filter, its value."""
    ways = [
        (_address(request, **{name: "", "page": ""}), f"by-{name}", request.GET[name])
        for name in _NAMES
        if name != "q" and request.GET.get(name)
    ]
    parts = asked.looked_for
    if len(parts) > 1:
        for left_out in parts:
            rest = " ".join(f'"{term}"' if len(term.words) > 1 else str(term) for term in parts if term != left_out)
            ways.append((_address(request, q=rest, page=""), "search", str(left_out)))
    return ways


def _places(user: User) -> list[str]:
    """Names of facilities in the documents somebody may see, for choosing."""
    named = appearances_for(user).filter(about=Appearance.About.FACILITY)
    return sorted(set(named.values_list("name", flat=True)[:400]))


def _hits(asked: Asked, found: Found, user: User) -> list[dict[str, Any]]:
    looked_for = (*asked.looked_for, *terms(asked.person), *terms(asked.place))
    groups = [row.appearance.group for row in found.people if row.appearance is not None]
    named = dict(
        appearances_for(user).filter(about=Appearance.About.PERSON, group__in=groups)
        .values_list("group").annotate(n=Count("document", distinct=True))
    )  # fmt: skip
    noted: dict[int, Note] = {}
    if asked.act or asked.state:
        readings = [row.reading_id for row in found.documents if row.reading_id]
        notes = Note.objects.filter(reading__in=readings)
        notes = notes.filter(code=asked.act, kind=Note.Kind.ALLEGATION) if asked.act else notes
        notes = notes.filter(state=asked.state) if asked.state else notes.exclude(state=Note.State.REJECTED)
        for note in notes.order_by("start"):
            noted.setdefault(note.reading_id, note)
    hits: list[dict[str, Any]] = [
        {"kind": "person", "row": row, "count": named.get(row.appearance.group, 1)}
        for row in found.people if row.appearance is not None
    ]  # fmt: skip
    hits += [{"kind": "case", "row": row} for row in found.cases]
    for row in found.documents:
        by_note = noted.get(row.reading_id or 0)
        shown = passage(row.reading.content, looked_for) if row.reading is not None else None
        hits.append(
            {"kind": "document", "row": row, "passage": shown, "note": by_note,
             "unread": row.reading is None or row.reading.state != Reading.State.READ}
        )  # fmt: skip
    return hits
