"""Sending papers by e-mail: queued through the gate, claimed before the server is spoken to, and never sent twice."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from amparo.casework import store
from amparo.casework.actions.dispatch import has_left, recipient_of, through_the_gate
from amparo.casework.actions.filings import in_state, mine, on_its_way
from amparo.casework.actions.mailing import Handed, compose_message, hand_over
from amparo.casework.consent import Permit, require_consent
from amparo.casework.history import seal
from amparo.casework.models import Filing, Outgoing, Printed, Proof, User
from amparo.casework.permissions import cases_for, may, require
from amparo.errors import AmparoError, IncompleteEntry, MailNotSet, NotAllowed, NotInThatState

LEASE = dt.timedelta(minutes=15)
"""How long a worker may speak to the mail server over one message; afterwards nobody knows what came of it."""
_READY = (Filing.State.APPROVED, Filing.State.UNDELIVERED)


def mail_is_set() -> bool:
    """Whether papers can go by e-mail at all."""
    return bool(settings.AMPARO_SMTP_URL)


@transaction.atomic
def queue_mail(filing_id: int, *, permit: Permit, to: str, by: User) -> Outgoing:
    """Put an approved paper into the outbox; the worker sends it, and asks the gate again before it does.

    Args:
        filing_id: which.
        permit: for this case, purpose, recipient, identity level and day.
        to: the recipient's e-mail address.
        by: who sends it.

    Raises:
        MailNotSet: no mail server is set.
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was not written and approved here, has left, or is on its way.
        ConsentMissing: the permit is for something else, or no longer stands.
        IncompleteEntry: this is no address.
        StoreFull: the message could not be kept; nothing was queued.
    """
    if not mail_is_set():
        raise MailNotSet
    require(by, "export")
    filing = mine(filing_id, by)
    in_state(filing, *_READY)
    on_its_way(filing)
    try:
        validate_email(to.strip())
    except ValidationError as problem:
        raise IncompleteEntry(field="to") from problem
    kept = _frozen(filing)
    through_the_gate(filing, permit)
    message = compose_message(
        store.fetch(kept.digest, team=filing.team_id), to=to.strip(), reference=filing.reference,
        office=filing.team.name, language=filing.language, pages=kept.pages,
    )  # fmt: skip
    made = Outgoing.objects.create(
        team=filing.team, filing=filing, to=to.strip(), subject=message.subject, message_id=message.id,
        digest=store.keep(message.raw, team=filing.team_id), printed=kept.digest, queued_at=timezone.now(),
        queued_by=by,
    )  # fmt: skip
    _seal("mail.queued", made, by, digest=made.digest, **permit.told())
    return made


def send_next() -> bool:
    """Send the next message of the outbox; whether there was one."""
    claimed = claim_next() if mail_is_set() else None
    if claimed is None:
        return False
    send_claimed(claimed)
    return True


@transaction.atomic
def claim_next() -> Outgoing | None:
    """Take the next message and write down that it is being sent; nothing when there is none."""
    now = timezone.now()
    for lost in Outgoing.objects.select_for_update().filter(
        state=Outgoing.State.SENDING, claimed_at__lt=now - LEASE
    ):  # fmt: skip
        _settle(lost, Outgoing.State.UNSURE, "worker-lost", "mail.unsure", None)
    found = Outgoing.objects.select_for_update().filter(state=Outgoing.State.QUEUED).order_by("queued_at", "pk").first()
    if found is None:
        return None
    found.state, found.claimed_at, found.attempts = Outgoing.State.SENDING, now, found.attempts + 1
    found.save(update_fields=["state", "claimed_at", "attempts"])
    return found


@transaction.atomic
def release_claims() -> int:
    """Say of what a worker that is gone was sending that nobody knows; called when a worker starts alone."""
    lost = list(Outgoing.objects.select_for_update().filter(state=Outgoing.State.SENDING))
    for one in lost:
        _settle(one, Outgoing.State.UNSURE, "worker-lost", "mail.unsure", None)
    return len(lost)


def send_claimed(one: Outgoing) -> None:
    """Send a claimed message: the gate first, then the server, then the record of what came of it."""
    try:
        permit = _let_through(one)
        raw = store.fetch(one.digest, team=one.team_id)
    except AmparoError as problem:
        with transaction.atomic():
            _settle(_held(one.pk), Outgoing.State.FAILED, problem.code, "mail.stopped", None)
        return
    handed = hand_over(raw, to=one.to)
    with transaction.atomic():
        _write_down(_held(one.pk), handed, permit)


@transaction.atomic
def arrived(outgoing_id: int, *, by: User) -> Outgoing:
    """Say that a message of which nobody knew did arrive; the paper counts as sent on the day it was tried.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: what became of it is known.
    """
    one = _mine(outgoing_id, by, Outgoing.State.UNSURE)
    filing = one.filing
    told: dict[str, object] = {"purpose": filing.purpose, "recipient": filing.recipient_kind}
    _gone(one, by, {**told, "identity": filing.identity, "consent": filing.consent_id, "said": "arrived"})
    return one


@transaction.atomic
def send_again(outgoing_id: int, *, permit: Permit, by: User) -> Outgoing:
    """Put a message back into the outbox that failed, or of which somebody found out that it did not arrive.

    It keeps its Message-ID, so that a server which has it after all can tell that it is the same.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it went, it is on its way, or the paper is no longer the one that was approved.
        ConsentMissing: the permit is for something else, or no longer stands.
    """
    require(by, "export")
    one = _mine(outgoing_id, by, Outgoing.State.UNSURE, Outgoing.State.FAILED)
    in_state(one.filing, *_READY)
    if one.state == Outgoing.State.FAILED:
        on_its_way(one.filing)
    if _frozen(one.filing).digest != one.printed:
        raise NotInThatState(filing=one.filing.reference, state=str(one.filing.state))
    through_the_gate(one.filing, permit)
    one.state, one.error_code, one.queued_by, one.queued_at = Outgoing.State.QUEUED, "", by, timezone.now()
    one.save(update_fields=["state", "error_code", "queued_by", "queued_at"])
    _seal("mail.queued-again", one, by, **permit.told())
    return one


@transaction.atomic
def take_back(outgoing_id: int, *, by: User) -> Outgoing:
    """Take a message out of the outbox that has not been tried yet, or settle that an unsure one did not go.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it went, or is being sent just now.
    """
    one = _mine(outgoing_id, by, Outgoing.State.QUEUED, Outgoing.State.UNSURE)
    _settle(one, Outgoing.State.FAILED, "taken-back", "mail.taken-back", by)
    return one


@transaction.atomic
def raw_message(outgoing_id: int, *, by: User) -> bytes:
    """The message as it went over the wire, with its headers: the team's own proof; reading it is a line of history.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it has not left.
        OriginalLost: the message is not in the store.
    """
    require(by, "export")
    one = Outgoing.objects.filter(pk=outgoing_id, filing__case__in=cases_for(by)).select_related("filing").first()
    if one is None:
        raise NotAllowed
    if one.state not in (Outgoing.State.SENT, Outgoing.State.UNSURE):
        raise NotInThatState(filing=one.filing.reference, state=str(one.state))
    _seal("mail.message-opened", one, by, digest=one.digest)
    return store.fetch(one.digest, team=one.team_id)


def needs_somebody(user: User) -> list[Outgoing]:
    """Messages that did not go, or of which nobody knows, of papers that somebody may work on; the oldest first."""
    if not may(user, "edit-case"):
        return []
    later = Outgoing.objects.filter(filing=OuterRef("filing"), pk__gt=OuterRef("pk"))
    rows = Outgoing.objects.filter(
        ~Exists(later), state__in=[Outgoing.State.FAILED, Outgoing.State.UNSURE], filing__state__in=_READY,
        filing__case__in=cases_for(user),
    )  # fmt: skip
    return list(rows.exclude(error_code="taken-back").select_related("filing").order_by("pk")[:50])


def _frozen(filing: Filing) -> Printed:
    kept = filing.printed.last()
    if kept is None or not filing.content_digest:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    return kept


@transaction.atomic
def _let_through(one: Outgoing) -> Permit:
    """Ask the gate once more, and that the paper is still the one that was approved, just before it leaves."""
    filing = Filing.objects.select_for_update().select_related("case").get(pk=one.filing_id)
    in_state(filing, *_READY)
    if _frozen(filing).digest != one.printed:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    permit = require_consent(
        filing.case, purpose=filing.purpose, recipient=recipient_of(filing), identity=filing.identity,
        on=timezone.localdate(),
    )  # fmt: skip
    through_the_gate(filing, permit)
    filing.consent_id = permit.consent
    filing.save(update_fields=["consent"])
    return permit


def _write_down(one: Outgoing, handed: Handed, permit: Permit) -> None:
    """What came of it; a message that went is sent, whatever somebody supposed of it meanwhile."""
    if handed.state == "sent" and one.state != Outgoing.State.SENT:
        _gone(one, one.queued_by, permit.told())
    elif one.state == Outgoing.State.SENDING:
        kind = "mail.failed" if handed.state == "failed" else "mail.unsure"
        _settle(one, handed.state, handed.code, kind, None)


def _gone(one: Outgoing, by: User, told: dict[str, object]) -> None:
    tried = one.claimed_at or one.queued_at
    one.state, one.error_code, one.done_at = Outgoing.State.SENT, "", timezone.now()
    one.save(update_fields=["state", "error_code", "done_at"])
    has_left(
        one.filing, means=Filing.Means.E_MAIL, sent_on=timezone.localdate(tried), by=by,
        proof=Proof.Kind.MESSAGE, proof_note=one.message_id, told={**told, "message": one.pk},
    )  # fmt: skip


def _settle(one: Outgoing, state: str, code: str, kind: str, by: User | None) -> None:
    one.state, one.error_code, one.done_at = state, code, timezone.now()
    one.save(update_fields=["state", "error_code", "done_at"])
    _seal(kind, one, by, code=code)


def _held(outgoing_id: int) -> Outgoing:
    return Outgoing.objects.select_for_update().get(pk=outgoing_id)


def _mine(outgoing_id: int, by: User, *states: str) -> Outgoing:
    found = Outgoing.objects.filter(pk=outgoing_id).first()
    if found is None:
        raise NotAllowed(verb="edit-case")
    filing = mine(found.filing_id, by)
    one = _held(found.pk)
    one.filing = filing
    if one.state not in states:
        raise NotInThatState(filing=filing.reference, state=str(one.state))
    return one


def _seal(kind: str, one: Outgoing, by: User | None, **more: object) -> None:
    filing = one.filing
    seal(
        kind, by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, "message": one.pk, **more},
    )  # fmt: skip
