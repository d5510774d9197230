"""What needs a person beside the letters: days that come near, consents that run out, papers that came back or wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from amparo.casework import days
from amparo.casework.identities import open_pairs_for
from amparo.casework.law import rulebook_of
from amparo.casework.models import Consent, DoorDay, Filing, Outgoing, User
from amparo.casework.permissions import cases_for, may
from amparo.domain.law import Bilingual

NEAR = dt.timedelta(days=7)
CLOSE = 3
RUNS_OUT = dt.timedelta(days=14)
MOST = 30
"""How many are shown; the rest stands on the pages of deadlines and cases."""


class Task(NamedTuple):
    """One thing that needs a person.

    Args:
        key: why: deadline, overdue, consent-ends, undelivered, to-approve, to-send, pairs.
        title: what it is about.
        address: where to go.
        shape: of its mark.
        urgent: whether it comes before ordinary letters.
        day: the day it hangs on.
        step: title of the step, where it has one.
        number: how many, where it counts something.
    """

    key: str
    title: str
    address: str
    shape: str
    urgent: bool = False
    day: dt.date | None = None
    step: Bilingual | None = None
    number: int = 0


def tasks_for(user: User, *, today: dt.date, titles: Mapping[str, Bilingual]) -> list[Task]:
    """What needs this person in the cases they may see, the urgent first, then by day.

    Args:
        user: who looks.
        today: the day.
        titles: of steps.
    """
    if not may(user, "see-cases"):
        return []
    found = [*_near(user, today, titles), *_papers(user), *_consents(user, today), *_pairs(user)]
    found.sort(key=lambda task: (not task.urgent, task.day or dt.date.max))
    return found[:MOST]


def _near(user: User, today: dt.date, titles: Mapping[str, Bilingual]) -> Iterator[Task]:
    """Days of ours that are near, and days of theirs that have passed without an answer."""
    cases = cases_for(user).filter(closed_at__isnull=True)
    sound = days.fresh(cases, today=today, rulebook=rulebook_of(user.membership.team_id))
    rows = DoorDay.objects.filter(case__in=sound.values("pk")).select_related("case").order_by("last")
    ours = Q(whose="person", safe__lte=today + NEAR, last__gte=today)
    for row in rows.filter(ours | Q(whose="authority", last__lt=today))[:MOST]:
        mine = row.whose == "person"
        close = mine and (row.safe - today).days <= CLOSE
        yield Task(
            "deadline" if mine else "overdue", f"{row.case.reference} {row.case.person}",
            reverse("case", args=[row.case_id]) + "#doors", "urgent" if close else "soon", urgent=close, day=row.last,
            step=titles.get(row.step),
        )  # fmt: skip


def _papers(user: User) -> Iterator[Task]:
    rows = Filing.objects.filter(case__in=cases_for(user)).select_related("case").annotate(written=Count("versions"))
    back = rows.filter(state=Filing.State.UNDELIVERED)
    waits = rows.filter(state=Filing.State.DRAFT, written__gt=0).exclude(author=user)
    waits = waits if may(user, "approve-paper") else waits.none()
    in_the_mail = Outgoing.objects.filter(filing=OuterRef("pk")).exclude(error_code="taken-back")
    ready = rows.filter(~Exists(in_the_mail), state=Filing.State.APPROVED)
    kinds = (("undelivered", "urgent", back), ("to-approve", "confirm", waits), ("to-send", "soon", ready))
    for key, shape, some in kinds:
        for filing in some[:MOST]:
            page = "paper" if key == "to-approve" else "filing"
            yield Task(
                key, f"{filing.reference} {filing.recipient}", reverse(page, args=[filing.case_id, filing.pk]), shape,
                urgent=key == "undelivered",
            )  # fmt: skip


def _consents(user: User, today: dt.date) -> Iterator[Task]:
    cases = cases_for(user).filter(closed_at__isnull=True)
    rows = Consent.objects.filter(
        case__in=cases, withdrawn_at__isnull=True, given__lte=today, until__gte=today, until__lte=today + RUNS_OUT
    ).select_related("case").order_by(F("until").asc())  # fmt: skip
    for row in rows[:MOST]:
        page = reverse("case", args=[row.case_id]) + "#consents"
        yield Task("consent-ends", f"{row.case.reference} {row.case.person}", page, "later", day=row.until)


def _pairs(user: User) -> Iterator[Task]:
    if may(user, "decide") and (number := open_pairs_for(user).count()):
        yield Task("pairs", "", reverse("people"), "ask", number=number)
