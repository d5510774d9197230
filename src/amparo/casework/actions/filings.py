"""Papers before they leave: entered, approved, withdrawn; and papers that were made and sent outside the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.casework.actions.facts import Put, put
from amparo.casework.consent import consent_words
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, Filing, Outgoing, Proof, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.casework.queue import settle_answers
from amparo.errors import IncompleteEntry, NotAllowed, NotInThatState, PaperNotReady
from amparo.rules.places import places


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """What a filing is: for which step, to whom, for what purpose, telling how much.

    Args:
        recipient: name on the envelope.
        kind: of recipient, in the vocabulary of consent.
        purpose: what for, in that vocabulary.
        identity: how much of who the person is the paper tells.
        procedure, step: names in the rulebook; empty for a letter that is no step of a procedure.
        office: its name in the rulebook, where it has one.
        address: line by line.
        language: of the paper.
    """

    recipient: str
    kind: str
    purpose: str
    identity: str = "full"
    procedure: str = ""
    step: str = ""
    office: str = ""
    address: Sequence[str] = ()
    language: str = "en"


class Sent(NamedTuple):
    """A filing and what its going out made known: facts, days moved, doors opened."""

    filing: Filing
    put: Put | None


@transaction.atomic
def begin(case_id: int, paper: Paper, *, by: User) -> Filing:
    """Enter a paper that is being written; it has its reference from now on.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        IncompleteEntry: a code is not in the vocabulary, or nobody is named.
    """
    filing = _made(_case(case_id, by), paper, by)
    _seal("filing.begun", filing, by)
    return filing


@transaction.atomic
def approve(filing_id: int, *, by: User, content_digest: str = "") -> Filing:
    """Agree to a paper as it stands; from now on its content is frozen by its digest.

    Args:
        filing_id: which.
        by: who approves; never its author.
        content_digest: SHA-256 of the content; empty for a paper kept outside the desk.

    Raises:
        NotAllowed: their role may not, the case is not theirs to see, or they wrote it.
        NotInThatState: it is no draft.
        PaperNotReady: it was written at this desk, where its own page approves it.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.DRAFT)
    if not content_digest and filing.versions.exists():
        raise PaperNotReady("This paper was written here, so it is approved on its own page.", filing=filing.reference)
    if filing.author_id == by.pk:
        raise NotAllowed("Nobody approves a paper of their own. Ask a colleague to read it.", verb="edit-case")
    filing.state, filing.approved_by, filing.approved_at = Filing.State.APPROVED, by, timezone.now()
    filing.content_digest = content_digest
    filing.save(update_fields=["state", "approved_by", "approved_at", "content_digest"])
    _seal("filing.approved", filing, by)
    return filing


@transaction.atomic
def enter_sent(
    case_id: int, paper: Paper, *, means: str, sent_on: dt.date, by: User, tracking: str = "",
    proof: str = "", proof_document: int | None = None, proof_note: str = "",
) -> Sent:  # fmt: skip
    """Enter a paper that was made and sent outside the desk, with what shows that it went.

    Nothing leaves by this, so no consent is asked for; whether one stood is for the page to show.

    Args:
        case_id: whose.
        paper: what it is.
        means: how it travelled.
        sent_on: the day.
        by: who enters it.
        tracking: the post's number.
        proof: kind of proof; empty for none yet.
        proof_document: the document that shows it.
        proof_note: what shows it, where there is no document.

    Raises:
        NotAllowed: their role may not, or the case or the document is not theirs to see.
        IncompleteEntry: a code is not in the vocabulary, nobody is named, or the day lies ahead.
    """
    case = _case(case_id, by)
    filing = _made(case, paper, by)
    left(filing, means=means, sent_on=sent_on, tracking=tracking)
    if proof:
        prove(filing, proof, day=sent_on, document=proof_document, note=proof_note, by=by)
    known = filed(filing, by)
    settle_answers(case.pk)
    _seal("filing.entered", filing, by, means=means, moved=len(known.moved) if known else 0)
    return Sent(filing, known)


@transaction.atomic
def withdraw(filing_id: int, *, reason: str, by: User) -> Filing:
    """Take a paper back that has not left, or that the recipient is told to set aside; it keeps its reference.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        IncompleteEntry: no reason is given.
        NotInThatState: it was answered or withdrawn already, or is on its way by e-mail.
    """
    filing = mine(filing_id, by)
    in_state(
        filing, Filing.State.DRAFT, Filing.State.APPROVED, Filing.State.SENT, Filing.State.ACKNOWLEDGED,
        Filing.State.UNDELIVERED,
    )  # fmt: skip
    on_its_way(filing)
    if not reason.strip():
        raise IncompleteEntry(field="reason")
    filing.state, filing.withdrawn_why = Filing.State.WITHDRAWN, reason.strip()
    filing.save(update_fields=["state", "withdrawn_why"])
    _seal("filing.withdrawn", filing, by)
    return filing


def mine(filing_id: int, by: User) -> Filing:
    """A filing somebody may work on, held until the transaction ends.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
    """
    require(by, "edit-case")
    filing = Filing.objects.select_for_update().filter(pk=filing_id, case__in=cases_for(by)).first()
    if filing is None:
        raise NotAllowed(verb="edit-case")
    return filing


def in_state(filing: Filing, *states: str) -> None:
    """Refuse what cannot be done where a paper stands.

    Raises:
        NotInThatState: it stands elsewhere.
    """
    if filing.state not in states:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))


def on_its_way(filing: Filing) -> None:
    """Refuse what cannot be done while a paper waits in the outbox, is being sent, or may have been.

    Raises:
        NotInThatState: it is on its way.
    """
    waiting = (Outgoing.State.QUEUED, Outgoing.State.SENDING, Outgoing.State.UNSURE)
    if filing.outgoing.filter(state__in=waiting).exists():
        raise NotInThatState(
            "This paper is on its way by e-mail. Settle that message first.",
            filing=filing.reference,
            state="on-its-way",
        )


def left(filing: Filing, *, means: str, sent_on: dt.date, tracking: str = "") -> None:
    """Write down that a paper left, by what means and when.

    Raises:
        IncompleteEntry: the means is not in the list, or the day lies ahead.
    """
    if means not in Filing.Means.values:
        raise IncompleteEntry(field="means")
    if sent_on > timezone.localdate():
        raise IncompleteEntry(field="sent_on")
    filing.state, filing.means, filing.sent_on = Filing.State.SENT, means, sent_on
    filing.tracking = tracking.strip()[:120]
    filing.save(update_fields=["state", "means", "sent_on", "tracking"])


def filed(filing: Filing, by: User) -> Put | None:
    """Enter into the case that its step was filed; nothing for a paper that is no step."""
    if not filing.step or filing.sent_on is None:
        return None
    case = Case.objects.select_for_update().get(pk=filing.case_id)
    return put(case, {f"{filing.step}.filed": filing.sent_on.isoformat()}, by=by, known_from=filing.reference)


def prove(filing: Filing, kind: str, *, day: dt.date, document: int | None, note: str, by: User) -> Proof:
    """Put a proof to a filing; called within the transaction of an action, which seals the line.

    Raises:
        IncompleteEntry: the kind is not in the list, or it shows nothing.
        NotAllowed: the document is not theirs to see.
    """
    if kind not in Proof.Kind.values:
        raise IncompleteEntry(field="proof")
    if document is None and not note.strip() and not filing.tracking:
        raise IncompleteEntry(field="proof_document")
    if document is not None and not documents_for(by).filter(pk=document).exists():
        raise NotAllowed(verb="edit-case")
    return Proof.objects.create(
        filing=filing, kind=kind, document_id=document, note=note.strip(), day=day, by=by, at=timezone.now()
    )


def _case(case_id: int, by: User) -> Case:
    require(by, "edit-case")
    case = cases_for(by).select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb="edit-case")
    return case


def _made(case: Case, paper: Paper, by: User) -> Filing:
    words = consent_words()
    if not paper.recipient.strip():
        raise IncompleteEntry(field="recipient")
    if paper.kind not in {term.code for term in words.recipient}:
        raise IncompleteEntry(field="recipient_kind")
    if paper.purpose not in {term.code for term in words.purpose}:
        raise IncompleteEntry(field="purpose")
    if words.level(paper.identity) is None:
        raise IncompleteEntry(field="identity")
    spots = places(rulebook_of(case.team_id)).get(paper.step, [])
    if paper.step and not any(spot.procedure.id == paper.procedure for spot in spots):
        raise IncompleteEntry(field="step")
    number = (Filing.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    return Filing.objects.create(
        team=case.team, case=case, number=number, reference=f"{case.reference}/{number}", author=by,
        procedure=paper.procedure, step=paper.step, recipient=paper.recipient.strip()[:200],
        recipient_kind=paper.kind, office=paper.office, address=list(paper.address), language=paper.language,
        purpose=paper.purpose, identity=paper.identity, created_at=timezone.now(),
    )  # fmt: skip


def _seal(kind: str, filing: Filing, by: User, **more: object) -> None:
    seal(
        kind, by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, **more},
    )  # fmt: skip
