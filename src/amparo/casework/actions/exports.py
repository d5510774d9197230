"""Whatever is given out of a case: each function needs a permit of the gate, and each is a line of history."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from amparo.casework import days
from amparo.casework.consent import TEAM, Permit, confirm, require_consent
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, DoorDay, User
from amparo.casework.permissions import cases_for, require
from amparo.errors import ConsentMissing, NotAllowed
from amparo.interchange.icalendar import FeedDay, write_calendar, write_feed
from amparo.rules import find_channels
from amparo.rules.phrases import day_in_words
from amparo.rules.places import places

_COUNTED_FOR_A_FEED = 2000
_MOST_IN_A_FEED = 1000
_SOON = dt.timedelta(days=14)


class Letter(NamedTuple):
    """A digest, ready to print or send."""

    subject: str
    body: str
    cases: int


def own_calendar(case: Case, *, today: dt.date) -> Permit:
    """The gate's permit for the team's own calendar: by reference and procedure, never by name.

    Raises:
        ConsentMissing: the vocabulary holds no such rule.
    """
    return require_consent(case, purpose="calendar", recipient=TEAM, identity="reference", on=today)


def own_permits(user: User, *, today: dt.date) -> dict[int, Permit]:
    """Permits for the days of every open case somebody may see, for their own calendar."""
    cases = cases_for(user).filter(closed_at__isnull=True)
    return {case.pk: own_calendar(case, today=today) for case in cases}


@transaction.atomic
def case_calendar(case_id: int, *, permit: Permit, by: User) -> bytes:
    """The days of a case as an iCalendar file.

    Args:
        case_id: which.
        permit: for the team's own calendar.
        by: who takes it out.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ConsentMissing: the permit does not cover it.
    """
    require(by, "export")
    case = cases_for(by).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    today = timezone.localdate()
    _own(permit, case, today)
    book = rulebook_of(case.team_id)
    doors = find_channels(facts_of(case, book), book, today=today)
    data = write_calendar(doors, case=case.reference, today=today, language=by.language)
    seal("case.calendar-exported", by=by, team=case.team, subject=f"case:{case.pk}", details=permit.told())
    return data


def feed(user: User, *, permits: Mapping[int, Permit]) -> bytes | None:
    """Somebody's running days as iCalendar, the soonest thousand; nothing while cases are still being counted.

    Args:
        user: whose days.
        permits: by case; a case without one is left out.

    Raises:
        ConsentMissing: a permit does not cover its case.
    """
    found = _running(user, permits, most=_COUNTED_FOR_A_FEED)
    if found is None:
        return None
    language, titles = user.language, _titles(user)
    entries = (
        FeedDay(
            case=row.case.reference, step=row.step, title=titles.get(row.step, {}).get(language, row.step),
            whose=row.whose, last=row.last, sure=row.certain, posts=row.send_by is not None,
            plan=(row.send_by or row.safe) if row.whose == "person" else None,
        )
        for row in found[:_MOST_IN_A_FEED]
    )  # fmt: skip
    return write_feed(entries, name="amparo", today=timezone.localdate(), language=language)


def digest(user: User, *, permits: Mapping[int, Permit]) -> Letter | None:
    """Somebody's digest of days; nothing while cases are still being counted.

    Args:
        user: whose days.
        permits: by case; a case without one is left out.

    Raises:
        ConsentMissing: a permit does not cover its case.
    """
    found = _running(user, permits, most=_COUNTED_FOR_A_FEED)
    if found is None:
        return None
    words, language, today = _words(), user.language, timezone.localdate()

    def say(key: str, **filled: object) -> str:
        return words[key][language].format(**filled)

    foot = ["", say("foot")]
    if not found:
        return Letter(say("subject-none"), "\n".join([say("none"), *foot]), 0)
    subject = say("subject", count=len(found), day=day_in_words(found[0].last, language))
    lines: list[str] = []
    past = [row for row in found if row.last <= today]
    soon = [row for row in found if today < row.last <= today + _SOON]
    titles = _titles(user)
    for head, rows in (("head-past", past), ("head-soon", soon)):
        if rows:
            lines += [say(head), *_told(rows, titles, language), ""]
    later = len(found) - len(past) - len(soon)
    if later:
        lines.append(say("head-later", count=later))
    return Letter(subject, "\n".join([*lines, *foot]), len({row.case_id for row in found}))


def _told(rows: list[DoorDay], titles: Mapping[str, Mapping[str, str]], language: str) -> Iterator[str]:
    words = _words()
    for row in rows:
        yield words[row.whose][language].format(
            day=day_in_words(row.last, language), reference=row.case.reference,
            step=titles.get(row.step, {}).get(language, row.step),
        )  # fmt: skip
        plan = row.send_by or row.safe
        if row.whose == "person" and plan != row.last:
            yield words["safe"][language].format(day=day_in_words(plan, language))
        if not row.certain:
            yield words["unsure"][language]


def _running(user: User, permits: Mapping[int, Permit], *, most: int) -> list[DoorDay] | None:
    """The running days of the cases for which there is a permit, the soonest first."""
    today = timezone.localdate()
    cases = cases_for(user).filter(closed_at__isnull=True, pk__in=list(permits))
    for case in cases:
        _own(permits[case.pk], case, today)
    membership = getattr(user, "membership", None)
    if membership is None:
        return []
    book = rulebook_of(membership.team_id)
    if days.catch_up(cases, today=today, rulebook=book, most=most):
        return None
    rows = DoorDay.objects.filter(case__in=days.fresh(cases, today=today, rulebook=book))
    return list(rows.select_related("case").order_by("last", "case__reference", "step"))


def _own(permit: Permit, case: Case, today: dt.date) -> None:
    """Confirm a permit for the team's own calendar."""
    if (permit.purpose, permit.recipient, permit.identity) != ("calendar", TEAM, "reference"):
        raise ConsentMissing("This permit is not for a calendar, so nothing was given out.", why="unsure")
    confirm(permit, case, on=today)


def _titles(user: User) -> dict[str, dict[str, str]]:
    book = rulebook_of(user.membership.team_id)
    return {
        step: {"en": found[-1].step.title.en, "es": found[-1].step.title.es} for step, found in places(book).items()
    }


@cache
def _words() -> dict[str, dict[str, str]]:
    path = resources.files("amparo") / "data" / "vocabulary" / "digest.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))
