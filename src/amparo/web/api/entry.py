"""Who comes in by a token, how often, and how long lists are cut into pages."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle
from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from amparo.casework.actions.tokens import token_shown
from amparo.casework.models import ApiToken, User
from amparo.web.api.shapes import Page


class Bearer(HttpBearer):
    """A token in the header ``Authorization: Bearer ...``."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token, when it holds."""
        return token_shown(token)


class TokenRate(SimpleRateThrottle):
    """So many requests a minute for each token."""

    scope = "token"

    def __init__(self, rate: str | None = None) -> None:
        super().__init__(rate or settings.AMPARO_API_RATE)

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """One count for each token."""
        token = getattr(request, "auth", None)
        return f"api-rate-{token.pk}" if isinstance(token, ApiToken) else None


def person_of(request: HttpRequest) -> User:
    """Whose token it is."""
    return token_of(request).user


def token_of(request: HttpRequest) -> ApiToken:
    """The token that was shown."""
    return cast(ApiToken, request.auth)  # type: ignore[attr-defined]


class OnlyKnown(Schema):
    """What stands behind the question mark of an address: filters that are none are refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def only_what_is_known(self, info: ValidationInfo) -> OnlyKnown:
        """Refuse a filter that is none, so that a slip of the pen does not answer with everything."""
        asked = (info.context or {})["request"].GET
        unknown = sorted(set(asked) - set(type(self).model_fields))
        if unknown:
            message = f"unknown: {', '.join(unknown)[:200]}"
            raise ValueError(message)
        return self


class PageOf(OnlyKnown):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=200)


Paged = Query[PageOf]


def paged(rows: QuerySet[Any] | list[Any], asked: PageOf, shape: Any, *, of: type[Model] | None = None) -> Page:
    """One page of a list, each row in its shape."""
    total = len(rows) if isinstance(rows, list) else rows.count()
    first = (asked.page - 1) * asked.size
    return Page(
        items=[shape(row) for row in rows[first : first + asked.size]], page=asked.page, size=asked.size, total=total
    )
