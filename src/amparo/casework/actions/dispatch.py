"""Sending a paper: through the gate of consent, with proof; and sending it again when it came back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from amparo.casework.actions.filings import Sent, filed, in_state, left, mine, on_its_way, prove
from amparo.casework.consent import Permit, Recipient, confirm
from amparo.casework.history import seal
from amparo.casework.models import Filing, Proof, User
from amparo.casework.queue import settle_answers
from amparo.errors import ConsentMissing


def recipient_of(filing: Filing) -> Recipient:
    """To whom a filing goes, as consent speaks of recipients."""
    return Recipient(filing.recipient_kind, filing.recipient)


@transaction.atomic
def mark_sent(
    filing_id: int, *, permit: Permit, means: str, sent_on: dt.date, by: User, tracking: str = "",
    proof: str = "", proof_document: int | None = None, proof_note: str = "",
) -> Sent:  # fmt: skip
    """Send a paper that was approved, or send one again that came back; the line of history names the consent.

    Args:
        filing_id: which.
        permit: for this case, purpose, recipient, identity level and day.
        means: how it travels.
        sent_on: the day it leaves.
        by: who sends it.
        tracking: the post's number.
        proof: kind of proof; empty for none yet.
        proof_document: the document that shows it.
        proof_note: what shows it, where there is no document.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was not approved, has left already, or is on its way by e-mail.
        ConsentMissing: the permit is for something else, or no longer stands; nothing is written.
        IncompleteEntry: the means is not in the list, or the day lies ahead.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.APPROVED, Filing.State.UNDELIVERED)
    on_its_way(filing)
    through_the_gate(filing, permit)
    filing.consent_id = permit.consent
    filing.save(update_fields=["consent"])
    return has_left(
        filing, means=means, sent_on=sent_on, by=by, tracking=tracking, proof=proof, proof_document=proof_document,
        proof_note=proof_note, told=permit.told(),
    )  # fmt: skip


def through_the_gate(filing: Filing, permit: Permit) -> None:
    """Make sure, in the transaction in which a paper is let out, that a permit is for it and still stands.

    Raises:
        ConsentMissing: it is for something else, or no longer stands.
    """
    asked = (filing.purpose, recipient_of(filing), filing.identity)
    if asked != (permit.purpose, permit.recipient, permit.identity):
        raise ConsentMissing(
            "This permit is for something else, so nothing was given out. Ask the gate for this paper.", why="unsure"
        )
    confirm(permit, filing.case, on=timezone.localdate())


def has_left(
    filing: Filing, *, means: str, sent_on: dt.date, by: User, told: dict[str, object], tracking: str = "",
    proof: str = "", proof_document: int | None = None, proof_note: str = "",
) -> Sent:  # fmt: skip
    """Write down that a paper is out, with its proof and what that makes known; called within a transaction.

    Nothing is let out by this: the gate was asked before it left.

    Args:
        filing: which.
        means: how it travels.
        sent_on: the day it left.
        by: who sent it.
        told: what the line of history says of the consent.
        tracking: the post's number.
        proof: kind of proof; empty for none yet.
        proof_document: the document that shows it.
        proof_note: what shows it, where there is no document.

    Raises:
        NotAllowed: the document of the proof is not theirs to see.
        IncompleteEntry: the means is not in the list, or the day lies ahead.
    """
    left(filing, means=means, sent_on=sent_on, tracking=tracking)
    if proof:
        prove(filing, proof, day=sent_on, document=proof_document, note=proof_note, by=by)
    known = filed(filing, by)
    settle_answers(filing.case_id)
    seal(
        "filing.sent", by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, "means": means,
                 "moved": len(known.moved) if known else 0, **told},
    )  # fmt: skip
    return Sent(filing, known)


@transaction.atomic
def attach_proof(
    filing_id: int, kind: str, *, day: dt.date, by: User, document: int | None = None, note: str = ""
) -> Proof:
    """Put a receipt, a postal record, a declaration or another proof to a paper that was sent.

    Raises:
        NotAllowed: their role may not, or the case or the document is not theirs to see.
        NotInThatState: it has not left.
        IncompleteEntry: the kind is not in the list, or it shows nothing.
    """
    filing = mine(filing_id, by)
    in_state(
        filing, Filing.State.SENT, Filing.State.ACKNOWLEDGED, Filing.State.ANSWERED, Filing.State.UNDELIVERED
    )  # fmt: skip
    made = prove(filing, kind, day=day, document=document, note=note, by=by)
    seal(
        "filing.proof-attached", by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, "kind": kind, "document": document or ""},
    )  # fmt: skip
    return made
