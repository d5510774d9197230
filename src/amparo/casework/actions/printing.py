"""What is printed around a paper: labels for its envelopes and a declaration of its mailing, through the gate."""

from __future__ import annotations

from typing import Literal

import msgspec
from django.db import transaction
from django.utils import timezone

from amparo.casework.actions.dispatch import through_the_gate
from amparo.casework.actions.drafting import door_of
from amparo.casework.consent import Permit
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.matters import matter_of, subject_of
from amparo.casework.models import Filing, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.drafting import draft as compose
from amparo.drafting import load_papers
from amparo.drafting.labels import Label, labels_pdf
from amparo.drafting.to_pdf import to_pdf
from amparo.errors import NotAllowed, NotInThatState

Declaration = Literal["declaration-of-mailing", "declaration-of-posting"]
"""Of mailing: the detained person put it into the legal mail. Of posting: somebody of the office posted it."""


@transaction.atomic
def labels(filing_id: int, *, permit: Permit, by: User, to_person: bool = False) -> bytes:
    """Labels for a paper: one for its recipient, and one for the person who is to sign it, marked as special mail.

    Args:
        filing_id: which.
        permit: for this case, purpose, recipient, identity level and day.
        by: who prints them.
        to_person: whether the paper goes to the detained person first.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was withdrawn.
        ConsentMissing: the permit is for something else, or no longer stands.
    """
    filing = _mine(filing_id, by)
    through_the_gate(filing, permit)
    made = [Label(to=(filing.recipient, *filing.address), receipt=True)]
    if to_person:
        facts = facts_of(filing.case, rulebook_of(filing.team_id))
        person = subject_of(filing.case, facts, "full", filing.language)
        lines = (person.name, person.number, *(person.address or (person.facility,)))
        made.append(Label(to=tuple(line for line in lines if line), special=True))
    data = labels_pdf(
        made, sender=(filing.team.name, *filing.team.letterhead), reference=filing.reference,
        language=filing.language, tracking=filing.tracking, american=filing.procedure.startswith("us."),
    )  # fmt: skip
    _seal(filing, by, copy="labels", to_person=to_person, **permit.told())
    return data


@transaction.atomic
def declaration(filing_id: int, kind: Declaration, *, permit: Permit, by: User) -> bytes:
    """A declaration that a paper was mailed, with blanks for the day and the signature of whoever mails it.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was withdrawn.
        ConsentMissing: the permit is for something else, or no longer stands.
    """
    filing = _mine(filing_id, by)
    through_the_gate(filing, permit)
    book = rulebook_of(filing.team_id)
    matter = matter_of(filing, documents_for(by).filter(links__case=filing.case_id), book)
    matter = msgspec.structs.replace(matter, earlier=filing.reference, tracking=filing.tracking)
    door = door_of(filing, book)
    channel = msgspec.structs.replace(door, enclose=()) if door is not None else None
    made = compose(
        matter, load_papers()[kind], day=timezone.localdate(), channel=channel, to=(filing.recipient, *filing.address)
    )
    data = to_pdf(made, approved=True)
    _seal(filing, by, copy=kind, **permit.told())
    return data


def _mine(filing_id: int, by: User) -> Filing:
    require(by, "export")
    rows = Filing.objects.filter(pk=filing_id, case__in=cases_for(by)).select_related("case", "team")
    filing = rows.first()
    if filing is None:
        raise NotAllowed
    if filing.state == Filing.State.WITHDRAWN:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    return filing


def _seal(filing: Filing, by: User, **more: object) -> None:
    seal(
        "paper.taken-out", by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, **more},
    )  # fmt: skip
