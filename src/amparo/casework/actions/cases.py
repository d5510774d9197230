"""Opening cases, putting documents into them, entering and correcting facts, letting people in."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.casework import search
from amparo.casework.actions.facts import put
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseAccess, CaseDocument, CaseFact, Document, Team, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.casework.queue import settle
from amparo.domain.remedies import Moved
from amparo.errors import NotAllowed, Shredded, UnknownFact
from amparo.rules.facts import facts_from

GLASS = dt.timedelta(hours=24)
"""How long a broken glass lets somebody see a restricted case."""


class Entered(NamedTuple):
    """A fact as entered, and the days that moved because of it."""

    fact: CaseFact
    moved: tuple[Moved, ...]


@transaction.atomic
def open_case(*, person: str, by: User, restricted: bool = False) -> Case:
    """Open a case; its reference is the next number of the team's year.

    Raises:
        NotAllowed: their role may not.
    """
    require(by, "open-case")
    team = Team.objects.select_for_update().get(pk=by.membership.team_id)
    case = Case.objects.create(
        team=team, reference=next_reference(team), person=person.strip()[:200],
        opened_at=timezone.now(), opened_by=by, restricted=restricted,
    )  # fmt: skip
    if restricted:
        CaseAccess.objects.create(case=case, user=by, given_by=by, given_at=timezone.now(), reason="opened it")
    search.index_case(case)
    seal("case.opened", by=by, team=team, subject=f"case:{case.pk}", details={"reference": case.reference})
    return case


def next_reference(team: Team) -> str:
    """The next number of a team's year; references of other shapes, brought in from elsewhere, do not count."""
    year = timezone.localdate().year
    ours = Case.objects.filter(team=team, reference__regex=rf"^{year}-[0-9]{{4}}$")
    last = ours.aggregate(last=Max("reference"))["last"]
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04d}"


@transaction.atomic
def link(case_id: int, document_id: int, *, by: User) -> CaseDocument:
    """Put a document into a case.

    Raises:
        NotAllowed: their role may not, or one of the two is not theirs to see.
    """
    case, document = _case(case_id, by), documents_for(by).filter(pk=document_id).first()
    if document is None:
        raise NotAllowed(verb="edit-case")
    if document.shredded_at is not None:
        raise Shredded
    made, new = CaseDocument.objects.get_or_create(
        case=case, document=document, defaults={"by": by, "at": timezone.now()}
    )
    if new:
        seal(
            "case.document-linked", by=by, team=case.team, subject=f"case:{case.pk}", details={"document": document.pk}
        )
        settle(document)
    return made


@transaction.atomic
def enter_fact(
    case_id: int, name: str, value: Any, *, by: User, known_from: str = "", document: Document | None = None
) -> Entered:
    """Enter or correct a fact; the former row stays, and the days that move are told.

    Args:
        case_id: which case.
        name: of the fact, in the vocabulary.
        value: as in a file of facts; nothing takes the fact back.
        by: who enters it.
        known_from: where it is known from.
        document: the document it is known from.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        UnknownFact: there is no such fact.
        BrokenFacts: the value is not of its kind.
    """
    case = _case(case_id, by)
    rulebook = rulebook_of(case.team_id)
    if name not in rulebook.facts:
        raise UnknownFact
    if value is not None:
        facts_from({name: value}, rulebook.facts)
    entered = put(case, {name: value}, by=by, known_from=known_from, document=document)
    seal(
        "case.fact-entered",
        by=by,
        team=case.team,
        subject=f"case:{case.pk}",
        details={"fact": name, "moved": len(entered.moved)},
    )
    return Entered(entered.facts[0], entered.moved)


@transaction.atomic
def break_glass(case_id: int, *, by: User, reason: str) -> CaseAccess:
    """Look at a restricted case for a day, saying why; the line of history names it.

    Raises:
        NotAllowed: their role may not, there is no such case in their team, or no reason is given.
    """
    require(by, "break-glass")
    case = Case.objects.filter(pk=case_id, team_id=by.membership.team_id).first()
    if case is None or not reason.strip():
        raise NotAllowed(verb="break-glass")
    now = timezone.now()
    until = now + GLASS
    access = CaseAccess.objects.create(
        case=case, user=by, given_by=by, given_at=now, until=until, reason=reason.strip(), broke_glass=True
    )
    seal("case.glass-broken", by=by, team=case.team, subject=f"case:{case.pk}", details={"until": until.isoformat()})
    return access


def _case(case_id: int, by: User) -> Case:
    require(by, "edit-case")
    case = cases_for(by).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb="edit-case")
    if case.shredded_at is not None:
        raise Shredded
    return case
