"""A person's own notices: a private calendar address and the e-mail digest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from amparo.casework.actions import exports, feeds
from amparo.casework.models import Feed
from amparo.casework.permissions import require
from amparo.errors import AmparoError, IncompleteEntry
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import told
from amparo.web.views.errors import not_found
from amparo.web.words import WORDS


def _page(request: Sitting, *, address: str = "", status: int = 200) -> HttpResponse:
    user = request.user
    letter = exports.digest(user, permits=exports.own_permits(user, today=timezone.localdate()))
    response = render(
        request, "desk/notices.html",
        {
            "address": address, "letter": letter,
            "feed": Feed.objects.filter(user=user, revoked_at__isnull=True).order_by("-id").first(),
            "choices": ("never", "daily", "weekly"),
            "email": request.POST.get("email", user.email), "how_often": request.POST.get("how_often", user.digest),
        },
        status=status,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


@signed_in
def show(request: Sitting) -> HttpResponse:
    """What comes to somebody, where to, and how often; with the digest as it would come today."""
    require(request.user, "export")
    return _page(request)


@signed_in
@require_POST
def choose(request: Sitting) -> HttpResponse:
    """Choose how often the digest comes, and where to."""
    sent, language = request.POST, request.user.language
    try:
        feeds.choose_digest(
            how_often=sent.get("how_often", ""), email=sent.get("email", "").strip(), by=request.user
        )  # fmt: skip
    except IncompleteEntry as problem:
        messages.error(request, told(problem, language))
        return _page(request, status=422)
    messages.success(request, WORDS["digest-chosen"][language])
    return redirect("notices")


@signed_in
@require_POST
def make(request: Sitting) -> HttpResponse:
    """Make a private calendar address; it is shown on this page and never again."""
    made = feeds.make_feed(by=request.user)
    return _page(request, address=request.build_absolute_uri(f"/feeds/{made.token}.ics"))


@signed_in
@require_POST
def revoke(request: Sitting, pk: int) -> HttpResponse:
    """Close a private calendar address."""
    feeds.revoke_feed(pk, by=request.user)
    messages.success(request, WORDS["feed-closed"][request.user.language])
    return redirect("notices")


@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads at a private address; anything wrong looks like nothing there."""
    try:
        data = feeds.read_feed(token)
    except AmparoError:
        return not_found(request)
    if data is None:
        busy = HttpResponse(status=503)
        busy["Retry-After"] = "60"
        return busy
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="amparo.ics"'
    return response
