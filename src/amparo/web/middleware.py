"""What every request passes: the person's language, the second factor, and errors said in our own words."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from amparo.casework.permissions import one_look
from amparo.casework.trouble import trouble_of
from amparo.errors import (
    AmparoError,
    ChangedMeanwhile,
    LastSupervisor,
    NameTaken,
    NeedsAnother,
    NotAllowed,
    OnHold,
    ReasonMissing,
    StillOpen,
)  # fmt: skip
from amparo.web.views.errors import in_trouble
from amparo.web.words import told

_TOLD_WHERE_ONE_WAS = (LastSupervisor, NameTaken, NeedsAnother, OnHold, ReasonMissing, StillOpen)
Next = Callable[[HttpRequest], HttpResponse]


def own_language(get_response: Next) -> Next:
    """Show each person the desk in their language; before they are known, in that of the browser."""

    def show(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = getattr(user, "language", "") or translation.get_language_from_request(request)
        with translation.override("es" if language.startswith("es") else "en"):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            return get_response(request)

    return show


def second_factor(get_response: Next) -> Next:
    """Let nobody further than their own account page until a second factor is set up."""

    def show(request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            user.is_authenticated
            and settings.AMPARO_SECOND_FACTOR == "required"
            and not request.path.startswith(("/accounts/", "/static/"))
            and not is_mfa_enabled(user)
        ):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return show


def looking(get_response: Next) -> Next:
    """A page that is only looked at asks once what is shut to whoever looks."""

    def show(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with one_look():
            return get_response(request)

    return show


class our_errors:
    """Say an error of ours on the page, and never whether what somebody may not see exists."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass."""
        return self._next(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Turn an error of ours into a page, or into a message where somebody was working."""
        if isinstance(problem, NotAllowed):
            return render(request, "desk/not_found.html", status=404)
        back = request.META.get("HTTP_REFERER", "")
        if isinstance(problem, ChangedMeanwhile) and back:
            messages.warning(request, str(problem))
            return redirect(back)
        if isinstance(problem, _TOLD_WHERE_ONE_WAS) and back.startswith(request.build_absolute_uri("/")):
            messages.error(request, told(problem, request.LANGUAGE_CODE))
            return redirect(back)
        if (trouble := trouble_of(problem)) is not None:
            return in_trouble(trouble)
        if isinstance(problem, AmparoError):
            return render(request, "desk/problem.html", {"problem": told(problem, request.LANGUAGE_CODE)}, status=409)
        return None
