"""Who sits at the desk now: open sessions, told without the secret that opens them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from amparo.casework.models import User


class Sitting(NamedTuple):
    """One open session.

    Args:
        name: a digest to speak of it by; the session's own key would let anybody in.
        user: whose it is.
        seen: when it was last begun or renewed.
    """

    name: str
    user: int
    seen: dt.datetime


def _open() -> Iterator[tuple[Session, int]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        user = str(session.get_decoded().get(SESSION_KEY, ""))
        if user.isdecimal():
            yield session, int(user)


def _name(session: Session) -> str:
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:16]


def sittings_of(user: User) -> list[Sitting]:
    """Somebody's open sittings, the latest first."""
    age = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = [Sitting(_name(row), pk, row.expire_date - age) for row, pk in _open() if pk == user.pk]
    return sorted(found, key=lambda sitting: sitting.seen, reverse=True)


def end_all(user: User, *, only: str = "") -> int:
    """End somebody's sittings, or the one named; how many that were."""
    ended = 0
    for session, pk in _open():
        if pk == user.pk and only in ("", _name(session)):
            session.delete()
            ended += 1
    return ended
