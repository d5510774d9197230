"""Private calendar addresses and the e-mail digest: making, reading, sending, taking away."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from amparo.casework.actions import exports
from amparo.casework.history import seal
from amparo.casework.models import Feed, User
from amparo.casework.permissions import may, require
from amparo.errors import IncompleteEntry, NotAllowed

_WEEK = dt.timedelta(days=7)


class NewFeed(NamedTuple):
    """A feed and its token, which is shown once and kept nowhere."""

    feed: Feed
    token: str


@transaction.atomic
def make_feed(*, by: User) -> NewFeed:
    """Make a private address for somebody's own calendar; an address they had before is closed.

    Raises:
        NotAllowed: their role may not take days out.
    """
    require(by, "export")
    for old in Feed.objects.select_for_update().filter(user=by, revoked_at__isnull=True):
        _close(old, by)
    token = secrets.token_urlsafe(32)
    made = Feed.objects.create(user=by, token_hash=_hash(token), made_at=timezone.now())
    seal("feed.made", by=by, team=by.membership.team, subject=f"user:{by.pk}", details={"feed": made.pk})
    return NewFeed(made, token)


@transaction.atomic
def revoke_feed(feed_id: int, *, by: User) -> Feed:
    """Close an address of one's own for good.

    Raises:
        NotAllowed: it is not theirs, or there is none.
    """
    found = Feed.objects.select_for_update().filter(pk=feed_id, user=by).first()
    if found is None:
        raise NotAllowed
    if found.revoked_at is None:
        _close(found, by)
    return found


@transaction.atomic
def read_feed(token: str) -> bytes | None:
    """What a calendar program gets at a private address; the first reading of a day is a line of history.

    Returns:
        The calendar; nothing while cases are still being counted.

    Raises:
        NotAllowed: there is no such address, it was closed, or its person may no longer take days out.
        ConsentMissing: the gate is shut.
    """
    found = Feed.objects.select_related("user").filter(token_hash=_hash(token), revoked_at__isnull=True).first()
    if found is None or not may(found.user, "export"):
        raise NotAllowed
    user, today = found.user, timezone.localdate()
    permits = exports.own_permits(user, today=today)
    data = exports.feed(user, permits=permits)
    if data is not None and found.read_on != today:
        Feed.objects.filter(pk=found.pk).update(read_on=today)
        rules = sorted({permit.rule for permit in permits.values()})
        seal(
            "feed.read", by=user, team=user.membership.team, subject=f"user:{user.pk}",
            details={"feed": found.pk, "cases": len(permits), "rule": " ".join(rules)},
        )  # fmt: skip
    return data


@transaction.atomic
def choose_digest(*, how_often: str, email: str, by: User) -> User:
    """Choose how often the digest comes, and where to.

    Raises:
        NotAllowed: their role may not take days out.
        IncompleteEntry: the choice is not in the list, or the address is none.
    """
    require(by, "export")
    if how_often not in ("never", "daily", "weekly"):
        raise IncompleteEntry(field="how_often")
    if email or how_often != "never":
        try:
            validate_email(email)
        except ValidationError as problem:
            raise IncompleteEntry(field="email") from problem
    by.digest, by.email = how_often, email
    by.save(update_fields=["digest", "email"])
    seal("digest.chosen", by=by, team=by.membership.team, subject=f"user:{by.pk}", details={"how-often": how_often})
    return by


class Due(NamedTuple):
    """A digest that is due to somebody."""

    user: User
    letter: exports.Letter


def digests_due(*, today: dt.date) -> Iterator[Due]:
    """The digests due on a day: each day for those who chose so, on the first day of the week for others."""
    chosen = User.objects.filter(digest__in=["daily", "weekly"], is_active=True).exclude(email="").order_by("pk")
    for user in chosen:
        if not may(user, "export") or not _is_due(user, today):
            continue
        letter = exports.digest(user, permits=exports.own_permits(user, today=today))
        if letter is not None:
            yield Due(user, letter)


@transaction.atomic
def digest_sent(due: Due, *, today: dt.date) -> None:
    """Write down that a digest went out."""
    User.objects.filter(pk=due.user.pk).update(digest_sent_on=today)
    seal(
        "digest.sent", by=None, team=due.user.membership.team, subject=f"user:{due.user.pk}",
        details={"cases": due.letter.cases, "rule": "own-calendar"},
    )  # fmt: skip


def _is_due(user: User, today: dt.date) -> bool:
    last = user.digest_sent_on
    if last == today:
        return False
    return user.digest == "daily" or today.weekday() == 0 or last is None or today - last >= _WEEK


def _close(feed: Feed, by: User) -> None:
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    seal("feed.revoked", by=by, team=by.membership.team, subject=f"user:{by.pk}", details={"feed": feed.pk})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
