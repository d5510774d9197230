"""Pages for what is not there and for what went wrong."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from amparo.casework.trouble import trouble_of
from amparo.errors import AmparoError, Busy

RETRY_SECONDS = 5


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here, or nothing for this person: the same page for both."""
    return render(request, "desk/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong; nothing that was saved is lost. Trouble of the machine is told as what it is."""
    problem = sys.exc_info()[1]
    trouble = trouble_of(problem) if problem is not None else None
    if trouble is not None:
        return in_trouble(trouble)
    return render(request, "desk/broken.html", status=500)


def in_trouble(trouble: AmparoError) -> HttpResponse:
    """The desk is busy or its disk is full; the page asks nothing of the database, which has the trouble."""
    page = render_to_string("desk/trouble.html", {"trouble": trouble.code})
    response = HttpResponse(page, status=503 if isinstance(trouble, Busy) else 507)
    if isinstance(trouble, Busy):
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
