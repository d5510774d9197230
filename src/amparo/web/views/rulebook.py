"""The rulebook to browse: procedures, wordings, provisions and how surely each is known."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amparo.errors import NotAllowed
from amparo.rules import load_rules
from amparo.web.sitting import Sitting, signed_in


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """Every procedure in its newest wording."""
    book = load_rules()
    newest = [book.wordings(name)[-1] for name in sorted({procedure.id for procedure in book.procedures})]
    return render(request, "desk/rulebook.html", {"procedures": newest, "digest": book.digest})


@signed_in
def show(request: Sitting, name: str) -> HttpResponse:
    """One procedure in the wording in force on a day."""
    book = load_rules()
    wordings = book.wordings(name)
    if not wordings:
        raise NotAllowed
    try:
        on = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    found = next((w for w in wordings if w.valid.holds_on(on)), wordings[-1])
    return render(
        request, "desk/procedure.html",
        {"procedure": found, "wordings": wordings, "on": on, "kinds": book.facts, "offices": book.offices},
    )  # fmt: skip
