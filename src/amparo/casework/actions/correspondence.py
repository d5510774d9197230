"""What was written about one paper, as mail programs keep it, and its recipient as an address book does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Literal, NamedTuple

from django.db import transaction

from amparo.casework import store
from amparo.casework.actions.dispatch import through_the_gate
from amparo.casework.approvals import draft_of
from amparo.casework.consent import Permit
from amparo.casework.history import seal
from amparo.casework.models import Filing, Response, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.drafting.telling import word
from amparo.errors import ConsentMissing, NotAllowed, NotInThatState
from amparo.interchange.thread import Enclosed, Letter, write_mbox, write_thread
from amparo.interchange.vcard import Card, read_vcard, write_vcard
from amparo.rules.offices import load_offices

Kind = Literal["mbox", "eml"]
"""One mailbox file, or the messages one by one in a ZIP."""


class Parcel(NamedTuple):
    """What is given out."""

    data: bytes
    media_type: str
    name: str


@transaction.atomic
def contact_card(filing_id: int, *, permit: Permit, by: User) -> Parcel:
    """The recipient of a paper as a vCard: name, address and what the rulebook knows; nothing of the case or person.

    Args:
        filing_id: which.
        permit: for this paper's case, purpose, recipient, identity level and day.
        by: who takes it out.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ConsentMissing: the permit is for something else, or no longer stands.
    """
    filing = _mine(filing_id, by)
    through_the_gate(filing, permit)
    office = load_offices().get(filing.office)
    card = Card(
        name=filing.recipient, kind="individual" if filing.recipient_kind == "family" else "org",
        lines=tuple(filing.address), email=office.email if office is not None else "",
        phone=office.phone if office is not None else "", url=office.url if office is not None else "",
    )  # fmt: skip
    _seal(filing, by, copy="vcard", **permit.told())
    return Parcel(write_vcard([card]), "text/vcard; charset=utf-8", f"{_stem(filing)}-contact.vcf")


def recipient_from(card_file: bytes) -> tuple[str, list[str], str]:
    """Whom the first card of a contact file is of: name, lines of the address, language; nothing is entered.

    Args:
        card_file: a vCard.

    Raises:
        BrokenInterchange: it holds no card.

    >>> recipient_from(write_vcard([Card(name="Ruth Ackroyd", title="Clerk", lines=("1 Elm Street",), language="es")]))
    ('Ruth Ackroyd', ['Clerk', '1 Elm Street'], 'es')
    """
    card = read_vcard(card_file)[0]
    lines = dict.fromkeys(line for line in (card.title, card.organisation, *card.lines) if line and line != card.name)
    return card.name, list(lines), card.language if card.language in ("en", "es") else ""


@transaction.atomic
def correspondence(filing_id: int, kind: Kind, *, permit: Permit, by: User) -> Parcel:
    """A paper that was sent and everything that came back, as messages that mail programs thread.

    What came back names the person, so only a paper that tells everything of who they are is given out this way.

    Args:
        filing_id: which.
        kind: a mailbox, or single messages.
        permit: for this paper's case, purpose, recipient, identity level and day.
        by: who takes it out.

    Raises:
        NotAllowed: their role may not, the case is not theirs to see, or there is no such kind.
        NotInThatState: it has not left.
        ConsentMissing: the permit is for less than the full identity or something else, or no longer stands.
        OriginalLost: the paper or an answer is not in the store; nothing is given out.
    """
    filing = _mine(filing_id, by)
    if kind not in ("mbox", "eml"):
        raise NotAllowed(verb="export")
    if filing.sent_on is None:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    through_the_gate(filing, permit)
    if permit.identity != "full":
        raise ConsentMissing(
            "What came back names the person, so it needs a consent to tell everything of who they are.",
            why="identity", case=filing.case.reference, purpose=permit.purpose, recipient=permit.recipient.kind,
            identity="full",
        )  # fmt: skip
    letters = [_sent(filing), *_came_back(filing, by)]
    messages = write_thread(letters, thread=filing.reference)
    _seal(filing, by, copy=kind, messages=len(messages), **permit.told())
    if kind == "mbox":
        return Parcel(write_mbox(messages), "application/mbox", f"{_stem(filing)}.mbox")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for number, message in enumerate(messages, start=1):
            folder.writestr(f"{_stem(filing)}-{number}.eml", message)
    return Parcel(out.getvalue(), "application/zip", f"{_stem(filing)}-messages.zip")


def _sent(filing: Filing) -> Letter:
    kept = filing.printed.last() if filing.content_digest else None
    enclosed: tuple[Enclosed, ...] = ()
    words = word("mail", "sent", filing.language).format(reference=filing.reference)
    title = filing.reference
    if kept is not None:
        data = store.fetch(kept.digest, team=filing.team_id)
        enclosed = (Enclosed(name=f"{_stem(filing)}.pdf", media_type="application/pdf", data=data),)
        draft = draft_of(kept.version)
        title = f"{draft.title} ({filing.reference})"
        words = "\n\n".join(" ".join(one.text for cell in block.cells for one in cell) for block in draft.blocks)
    return Letter(
        sender=_us(filing), to=_them(filing), subject=title, words=words, day=filing.sent_on, enclosed=enclosed
    )  # fmt: skip


def _came_back(filing: Filing, by: User) -> Iterator[Letter]:
    seen = documents_for(by).in_bulk([row.document_id for row in filing.responses.all() if row.document_id])
    for row in filing.responses.exclude(kind=Response.Kind.SILENCE).select_related("document").order_by("pk"):
        document = seen.get(row.document_id or 0)
        if row.document_id is not None and document is None:
            raise NotAllowed(verb="export")
        enclosed: tuple[Enclosed, ...] = ()
        if document is not None:
            data = store.fetch(document.digest, team=document.team_id)
            kind = document.media_type or "application/octet-stream"
            enclosed = (Enclosed(name=document.name, media_type=kind.partition(";")[0], data=data),)
        yield Letter(
            sender=_them(filing), to=_us(filing), subject=f"Re: {filing.reference}", enclosed=enclosed,
            words=word("mail", str(row.kind), filing.language) + (f" ({row.code})" if row.code else ""),
            day=row.dated or row.received_on or row.signed_on,
        )  # fmt: skip


def _us(filing: Filing) -> str:
    name = filing.team.name.replace("<", " ").replace(">", " ")
    return f"{name} <{filing.team.reply_to}>" if filing.team.reply_to else name


def _them(filing: Filing) -> str:
    gone = filing.outgoing.filter(state="sent").last()
    name = filing.recipient.replace("<", " ").replace(">", " ")
    return f"{name} <{gone.to}>" if gone is not None and gone.to else name


def _stem(filing: Filing) -> str:
    return filing.reference.replace("/", "-")


def _mine(filing_id: int, by: User) -> Filing:
    require(by, "export")
    filing = Filing.objects.filter(pk=filing_id, case__in=cases_for(by)).select_related("case", "team").first()
    if filing is None:
        raise NotAllowed(verb="export")
    return filing


def _seal(filing: Filing, by: User, **more: object) -> None:
    seal(
        "paper.taken-out", by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, **more},
    )  # fmt: skip
