"""Sending a paper by e-mail, printing what goes around it, and reminding who did not answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import correspondence, outbox, printing, reminders
from amparo.casework.actions.dispatch import recipient_of
from amparo.casework.consent import Permit, require_consent
from amparo.casework.models import Filing, Outgoing
from amparo.casework.permissions import cases_for, may
from amparo.domain.remedies import Channel
from amparo.errors import AmparoError, NotAllowed
from amparo.rules.offices import load_offices
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import told
from amparo.web.words import WORDS

SHAPES = {"queued": "later", "sending": "busy", "sent": "done", "failed": "urgent", "unsure": "ask"}


def part(filing: Filing, doors: Sequence[Channel], request: Sitting) -> dict[str, Any]:
    """What the page of a paper needs to show its e-mail, its labels and its silence."""
    rows = list(filing.outgoing.select_related("queued_by").order_by("-pk"))
    mine = Outgoing.objects.filter(filing__case__in=cases_for(request.user), filing__recipient=filing.recipient)
    before = mine.last()
    office = load_offices().get(filing.office)
    return {
        "mails": [(one, SHAPES[one.state]) for one in rows],
        "on_its_way": any(one.state in ("queued", "sending", "unsure") for one in rows),
        "mail_is_set": outbox.mail_is_set(),
        "mail_to": before.to if before is not None else office.email if office is not None else "",
        "overdue": reminders.overdue(filing, doors, today=timezone.localdate()),
        "reminder": reminders.being_written(filing),
        "may_export": may(request.user, "export"),
    }


def _filing(request: Sitting, pk: int, filing: int) -> Filing:
    rows = Filing.objects.filter(pk=filing, case_id=pk, case__in=cases_for(request.user))
    found = rows.select_related("case", "team").first()
    if found is None:
        raise NotAllowed
    return found


def _permit(filing: Filing) -> Permit:
    return require_consent(
        filing.case, purpose=filing.purpose, recipient=recipient_of(filing), identity=filing.identity,
        on=timezone.localdate(),
    )  # fmt: skip


@signed_in
@require_POST
def mail(request: Sitting, pk: int, filing: int, verb: str) -> HttpResponse:
    """Queue a message, take it back, send it again, or say that it arrived."""
    one = _filing(request, pk, filing)
    doing: dict[str, Callable[[Sitting, Filing], Outgoing]] = {
        "queue": lambda r, f: outbox.queue_mail(f.pk, permit=_permit(f), to=r.POST.get("to", ""), by=r.user),
        "again": lambda r, f: outbox.send_again(_message(r, f), permit=_permit(f), by=r.user),
        "arrived": lambda r, f: outbox.arrived(_message(r, f), by=r.user),
        "take-back": lambda r, f: outbox.take_back(_message(r, f), by=r.user),
    }
    if verb not in doing:
        raise NotAllowed
    try:
        doing[verb](request, one)
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
    else:
        messages.success(request, WORDS[f"mail-did-{verb}"][request.user.language])
    return redirect(f"/cases/{pk}/filings/{filing}/#mail")


def _message(request: Sitting, filing: Filing) -> int:
    number = request.POST.get("message", "")
    if not number.isdecimal() or not filing.outgoing.filter(pk=int(number)).exists():
        raise NotAllowed
    return int(number)


@signed_in
def message(request: Sitting, pk: int, filing: int, number: int) -> HttpResponse:
    """A message as it went over the wire, with its headers."""
    one = _filing(request, pk, filing)
    if not one.outgoing.filter(pk=number).exists():
        raise NotAllowed
    try:
        data = outbox.raw_message(number, by=request.user)
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("filing", pk=pk, filing=filing)
    return _file(data, f"{one.reference.replace('/', '-')}.eml", "message/rfc822")


@signed_in
def printed(request: Sitting, pk: int, filing: int, kind: str) -> HttpResponse:
    """Labels for a paper, or a declaration of its mailing, through the gate."""
    one = _filing(request, pk, filing)
    try:
        match kind:
            case "labels" | "labels-special-mail":
                to_person = kind == "labels-special-mail"
                data = printing.labels(one.pk, permit=_permit(one), by=request.user, to_person=to_person)
            case "declaration-of-mailing" | "declaration-of-posting":
                data = printing.declaration(one.pk, kind, permit=_permit(one), by=request.user)
            case _:
                raise NotAllowed
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("filing", pk=pk, filing=filing)
    return _file(data, f"{one.reference.replace('/', '-')}-{kind}.pdf", "application/pdf", inline=True)


@signed_in
def contact(request: Sitting, pk: int, filing: int) -> HttpResponse:
    """The recipient of a paper for an address book."""
    return _parcel(request, pk, filing, "vcard")


@signed_in
def thread(request: Sitting, pk: int, filing: int, kind: str) -> HttpResponse:
    """A paper and what came back, for a mail program."""
    if kind not in ("mbox", "eml"):
        raise NotAllowed
    return _parcel(request, pk, filing, kind)


def _parcel(request: Sitting, pk: int, filing: int, kind: str) -> HttpResponse:
    one = _filing(request, pk, filing)
    try:
        permit = _permit(one)
        if kind == "vcard":
            parcel = correspondence.contact_card(one.pk, permit=permit, by=request.user)
        else:
            parcel = correspondence.correspondence(one.pk, kind, permit=permit, by=request.user)  # type: ignore[arg-type]
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("filing", pk=pk, filing=filing)
    return _file(parcel.data, parcel.name, parcel.media_type)


def _file(data: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


@signed_in
@require_POST
def remind(request: Sitting, pk: int, filing: int) -> HttpResponse:
    """Begin a reminder of a paper that was not answered in time."""
    one = _filing(request, pk, filing)
    try:
        made = reminders.remind(one.pk, by=request.user)
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("filing", pk=pk, filing=filing)
    messages.success(request, WORDS["reminder-begun"][request.user.language].format(reference=made.reference))
    return redirect("paper", pk=pk, filing=made.pk)
