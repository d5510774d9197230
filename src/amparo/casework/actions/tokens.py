"""Tokens for programs: made and taken back by the person they work for, told once, kept as a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.models import ApiToken, User
from amparo.casework.permissions import require
from amparo.errors import NotAllowed

PREFIX = "amparo_"
"""By which a token left lying in a file is found by those who look for such things."""


class Made(NamedTuple):
    """A token and its secret, which nobody can be told again."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(name: str, *, by: User, until: dt.datetime | None = None) -> Made:
    """Make a token for oneself: a program that shows it may do what its person may.

    Args:
        name: what it is for.
        by: whose it is.
        until: when it ends; nothing for as long as nobody takes it back.

    Raises:
        NotAllowed: their role may not.
    """
    require(by, "make-token")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=by, name=name.strip()[:80] or "token", digest=_digest(secret), made_at=timezone.now(), until=until
    )
    details = {"token": token.pk, "until": until.isoformat() if until else ""}
    seal("token.made", by=by, team=by.membership.team, subject=f"user:{by.pk}", details=details)
    return Made(token, secret)


@transaction.atomic
def revoke_token(token_id: int, *, by: User) -> None:
    """Take one of one's own tokens back, at once.

    Raises:
        NotAllowed: there is no such token of theirs.
    """
    require(by, "make-token")
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user=by).first()
    if token is None:
        raise NotAllowed(verb="make-token")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        details = {"token": token.pk}
        seal("token.taken-back", by=by, team=by.membership.team, subject=f"user:{by.pk}", details=details)


def token_shown(secret: str) -> ApiToken | None:
    """The token somebody shows, when it holds and its person may still come in; the day it was used is kept."""
    now = timezone.now()
    valid = ApiToken.objects.filter(Q(until__isnull=True) | Q(until__gt=now), revoked_at__isnull=True)
    token = valid.select_related("user__membership__team").filter(digest=_digest(secret), user__is_active=True).first()
    if token is None or not hasattr(token.user, "membership"):
        return None
    if token.used_on != timezone.localdate():
        ApiToken.objects.filter(pk=token.pk).update(used_on=timezone.localdate())
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
