"""Every error as ``{code, message, fields}``, with our codes; never a word of what was sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from amparo.casework.trouble import trouble_of
from amparo.errors import (
    AmparoError,
    BrokenFacts,
    Busy,
    ChangedMeanwhile,
    DiskFull,
    NotAllowed,
    Shredded,
    StoreFull,
    UnknownFact,
)
from amparo.web.api.shapes import Problem
from amparo.web.views.errors import RETRY_SECONDS

_STATUS = {
    NotAllowed: 404, UnknownFact: 404, ChangedMeanwhile: 409, Shredded: 410, BrokenFacts: 422, Busy: 503,
    StoreFull: 507, DiskFull: 507,
}  # fmt: skip
PROBLEMS: dict[Any, Any] = {frozenset({400, 401, 404, 409, 410, 422, 429, 503, 507}): Problem}
"""What any request may be answered with besides what it asked for."""


def tell_problems(api: NinjaAPI) -> None:
    """Answer every error of this API in one shape."""

    def answer(request: HttpRequest, status: int, code: str, message: str, **fields: str) -> HttpResponse:
        return api.create_response(request, {"code": code, "message": message, "fields": fields}, status=status)

    @api.exception_handler(AmparoError)
    def ours(request: HttpRequest, problem: AmparoError) -> HttpResponse:
        status = next((number for kind, number in _STATUS.items() if isinstance(problem, kind)), 409)
        told = {} if isinstance(problem, NotAllowed) else {name: str(value) for name, value in problem.facts.items()}
        response = answer(request, status, problem.code, problem.message, **told)
        if status == 503:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response

    @api.exception_handler(ValidationError)
    def wrong(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        fields = {".".join(str(part) for part in one["loc"][1:]) or "request": one["msg"] for one in problem.errors}
        return answer(request, 422, "broken-request", "Mend the fields that are named.", **fields)

    @api.exception_handler(AuthenticationError)
    def nobody(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        response = answer(
            request, 401, "no-token", "Show a token that holds: Authorization: Bearer ... Make one at the desk."
        )
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Throttled)
    def too_many(request: HttpRequest, problem: Throttled) -> HttpResponse:
        response = answer(request, 429, "too-many-requests", "Wait, then ask less often.")
        response["Retry-After"] = str(max(1, round(problem.wait or 1)))
        return response

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, problem: HttpError) -> HttpResponse:
        return answer(request, problem.status_code, "broken-request", "This could not be understood as a request.")

    @api.exception_handler(Exception)
    def trouble(request: HttpRequest, problem: Exception) -> HttpResponse:
        told = trouble_of(problem)
        if told is None:
            raise problem
        return ours(request, told)
