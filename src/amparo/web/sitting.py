"""A request by somebody who has signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from amparo.casework.models import User

P = ParamSpec("P")


class Sitting(HttpRequest):
    """A request whose person is known."""

    user: User


def signed_in(
    view: Callable[Concatenate[Sitting, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let a page be seen only by somebody who has signed in."""

    @login_required
    @wraps(view)
    def show(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(cast(Sitting, request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", show)
