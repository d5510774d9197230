"""Papers sent for somebody: the ledger in their case, a page for each, and what came back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import dispatch, responses
from amparo.casework.actions import filings as acts
from amparo.casework.actions.correspondence import recipient_from
from amparo.casework.consent import Permit, consent_words, require_consent
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, Document, Filing, HistoryLine, Proof, Reading
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.casework.replies import replies
from amparo.domain.remedies import Channel
from amparo.errors import BrokenInterchange, ConsentMissing, IncompleteEntry, NotAllowed, NotInThatState
from amparo.rules import find_channels
from amparo.rules.answers import CAME, codes_of
from amparo.rules.offices import load_offices
from amparo.web.ledger import next_of
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import day_given, number_given, tell_moved, tell_next, told
from amparo.web.views import sending
from amparo.web.words import WORDS

LARGEST_CARD = 1_000_000
"""No more bytes than this of a contact file are looked at."""
_ORDER = ("open", "pending", "cannot-tell", "not-yet", "closed")


def _case(request: Sitting, pk: int) -> Case:
    case = cases_for(request.user).filter(pk=pk).first()
    if case is None:
        raise NotAllowed
    return case


def _doors(case: Case) -> tuple[Channel, ...]:
    book = rulebook_of(case.team_id)
    return find_channels(facts_of(case, book), book, today=timezone.localdate())


@signed_in
def find(request: Sitting, pk: int) -> HttpResponse:
    """The page of a filing by its number alone, as history names it."""
    filing = Filing.objects.filter(pk=pk, case__in=cases_for(request.user)).first()
    if filing is None:
        raise NotAllowed
    return redirect("filing", pk=filing.case_id, filing=filing.pk)


@signed_in
def enter(request: Sitting, pk: int) -> HttpResponse:
    """A form to enter a paper that was sent, or one that is being written; the door fills in what it knows."""
    require(request.user, "edit-case")
    case = _case(request, pk)
    card: dict[str, str] = {}
    if request.method == "POST":
        try:
            if request.POST.get("as") != "card":
                return _entered(request, case)
            card = _carded(request)
        except (IncompleteEntry, BrokenInterchange) as problem:
            messages.error(request, told(problem, request.user.language))
    doors = sorted(_doors(case), key=lambda door: _ORDER.index(door.state))
    asked = request.POST if request.method == "POST" else request.GET
    chosen = next((door for door in doors if door.step == asked.get("step")), None)
    usual = consent_words().usual_for(chosen.procedure if chosen else "")
    filled: dict[str, Any] = {"kind": usual.recipient, "purpose": usual.purpose, "identity": "full"}
    if chosen is not None and chosen.to is not None:
        filled |= {
            "recipient": chosen.to.name.in_(request.user.language), "address": "\n".join(chosen.to.lines),
        }  # fmt: skip
    if request.method == "POST":
        filled |= {name: request.POST.get(name, "") for name in request.POST} | card
    return render(
        request, "desk/filing_new.html",
        {
            "case": case, "doors": doors, "chosen": chosen, "filled": filled, "words": consent_words(),
            "means": Filing.Means.values, "proof_kinds": Proof.Kind.values, "today": timezone.localdate(),
            "documents": documents_for(request.user).filter(links__case=case).order_by("-received_at"),
        },
        status=422 if request.method == "POST" and not card else 200,
    )  # fmt: skip


def _carded(request: Sitting) -> dict[str, str]:
    """The recipient as the first card of a contact file tells it; nothing is entered yet."""
    file = request.FILES.get("card")
    if file is None:
        raise IncompleteEntry(field="card")
    name, lines, language = recipient_from(file.read(LARGEST_CARD))
    filled = {"recipient": name, "address": "\n".join(lines)}
    return filled | ({"language": language} if language else {})


def _entered(request: Sitting, case: Case) -> HttpResponse:
    sent = request.POST
    door = next((one for one in _doors(case) if one.step == sent.get("step")), None)
    offices = {office.name.in_(request.user.language): name for name, office in load_offices().items()}
    paper = acts.Paper(
        recipient=sent.get("recipient", ""), kind=sent.get("kind", ""), purpose=sent.get("purpose", ""),
        identity=sent.get("identity", ""), procedure=door.procedure if door else "", step=door.step if door else "",
        office=offices.get(sent.get("recipient", ""), ""), language=sent.get("language", "en"),
        address=[line.strip() for line in sent.get("address", "").splitlines() if line.strip()],
    )  # fmt: skip
    if sent.get("as") == "draft":
        filing = acts.begin(case.pk, paper, by=request.user)
        messages.success(request, WORDS["filing-begun"][request.user.language].format(reference=filing.reference))
        return redirect("filing", pk=case.pk, filing=filing.pk)
    day = day_given(sent.get("sent_on", ""))
    if day is None:
        raise IncompleteEntry(field="sent_on")
    done = acts.enter_sent(
        case.pk, paper, means=sent.get("means", ""), sent_on=day, by=request.user, tracking=sent.get("tracking", ""),
        **_proof(request),
    )  # fmt: skip
    messages.success(request, WORDS["filing-entered"][request.user.language].format(reference=done.filing.reference))
    tell_moved(request, done.put.moved if done.put else ())
    return redirect("filing", pk=case.pk, filing=done.filing.pk)


def _proof(request: Sitting) -> dict[str, Any]:
    sent = request.POST
    return {
        "proof": sent.get("proof", ""), "proof_document": number_given(sent.get("proof_document", "")),
        "proof_note": sent.get("proof_note", ""),
    }  # fmt: skip


def _filing(case: Case, pk: int) -> Filing:
    rows = Filing.objects.filter(pk=pk, case=case).select_related("author", "approved_by", "consent", "team", "reminds")
    found = rows.first()
    if found is None:
        raise NotAllowed
    return found


def _written(seen: QuerySet[Document], asked: int | None) -> dt.date | None:
    """The day a paper bears, as it was read on it; nothing when it was not, or not to the day."""
    if asked is None:
        return None
    found = Reading.objects.filter(document__in=seen.filter(pk=asked), state=Reading.State.READ).order_by("-number")
    written = found.values_list("written", flat=True).first()
    if not isinstance(written, dict) or written.get("earliest") != written.get("latest"):
        return None
    return dt.date.fromisoformat(str(written["earliest"]))


def _permit(filing: Filing) -> Permit:
    return require_consent(
        filing.case, purpose=filing.purpose, recipient=dispatch.recipient_of(filing), identity=filing.identity,
        on=timezone.localdate(),
    )  # fmt: skip


@signed_in
def show(request: Sitting, pk: int, filing: int) -> HttpResponse:
    """One paper on one page: where it stands, what is next, what came back, what shows it, and its story."""
    case = _case(request, pk)
    one = _filing(case, filing)
    seal("filing.opened", by=request.user, team=case.team, subject=f"filing:{one.pk}", details={"case": case.pk})
    return _page(request, case, one)


def _page(request: Sitting, case: Case, one: Filing) -> HttpResponse:
    """The page of a paper; after something was missing, with what was written in its forms."""
    book, doors = rulebook_of(case.team_id), _doors(case)
    shut, permit = "", None
    try:
        permit = _permit(one)
    except ConsentMissing as problem:
        shut = told(problem, request.user.language)
    seen = documents_for(request.user)
    own = seen.filter(links__case=case).order_by("-received_at")
    offered = [reply for reply in replies(case, own) if reply.filing is None or reply.filing.pk == one.pk]
    codes = codes_of(one.step, book, today=timezone.localdate())
    asked = number_given((request.POST or request.GET).get("document", ""))
    return render(
        request, "desk/filing.html",
        {
            "case": case, "filing": one, "permit": permit, "shut": shut, "offered": offered, "codes": codes,
            "came": CAME, "door": next((door for door in doors if door.step == one.step), None),
            "next": next_of(one, doors, book),
            "responses": one.responses.select_related("document", "by"),
            "proofs": one.proofs.select_related("document", "by"),
            "seen": set(seen.filter(links__case=case).values_list("pk", flat=True)),
            "documents": own, "means": Filing.Means.values, "proof_kinds": Proof.Kind.values,
            "today": timezone.localdate(), "may_edit": may(request.user, "edit-case"),
            "has_words": one.versions.exists(),
            "asked": asked, "written": _written(seen, asked), "entered": request.POST,
            "lines": HistoryLine.objects.filter(subject=f"filing:{one.pk}").exclude(kind="filing.opened")
            .order_by("number"),
            **sending.part(one, doors, request),
        },
        status=422 if request.POST else 200,
    )  # fmt: skip


@signed_in
@require_POST
def act(request: Sitting, pk: int, filing: int, verb: str) -> HttpResponse:
    """Approve, send, prove, classify an answer or withdraw; the page comes back with what followed."""
    case = _case(request, pk)
    one = _filing(case, filing)
    doing = {"approve": _approve, "send": _send, "proof": _attach, "answer": _answer, "withdraw": _withdraw}.get(verb)
    if doing is None:
        raise NotAllowed
    try:
        doing(request, one)
    except (IncompleteEntry, NotInThatState, ConsentMissing) as problem:
        messages.error(request, told(problem, request.user.language))
        return _page(request, case, _filing(case, filing))
    return redirect("filing", pk=pk, filing=filing)


def _approve(request: Sitting, filing: Filing) -> None:
    acts.approve(filing.pk, by=request.user)
    messages.success(request, WORDS["filing-approved"][request.user.language])


def _send(request: Sitting, filing: Filing) -> None:
    sent = request.POST
    day = day_given(sent.get("sent_on", ""))
    if day is None:
        raise IncompleteEntry(field="sent_on")
    done = dispatch.mark_sent(
        filing.pk, permit=_permit(filing), means=sent.get("means", ""), sent_on=day, by=request.user,
        tracking=sent.get("tracking", ""), **_proof(request),
    )  # fmt: skip
    messages.success(request, WORDS["filing-sent"][request.user.language])
    tell_moved(request, done.put.moved if done.put else ())


def _attach(request: Sitting, filing: Filing) -> None:
    sent = request.POST
    dispatch.attach_proof(
        filing.pk, sent.get("proof", ""), day=day_given(sent.get("day", "")) or timezone.localdate(), by=request.user,
        document=number_given(sent.get("proof_document", "")), note=sent.get("proof_note", ""),
    )  # fmt: skip
    messages.success(request, WORDS["proof-kept"][request.user.language])


def _answer(request: Sitting, filing: Filing) -> None:
    sent = request.POST
    kind, _, code = sent.get("came", "").partition("|")
    done = responses.record_response(
        filing.pk, kind, by=request.user, code=code, document=number_given(sent.get("document", "")),
        dated=day_given(sent.get("dated", "")), signed_on=day_given(sent.get("signed_on", "")),
        received_on=day_given(sent.get("received_on", "")), note=sent.get("note", ""),
    )  # fmt: skip
    messages.success(request, WORDS["answer-kept"][request.user.language])
    tell_next(request, done.next)
    following = {door.step for door in done.next}
    moved = done.put.moved if done.put else ()
    tell_moved(request, (one for one in moved if one.step not in following))


def _withdraw(request: Sitting, filing: Filing) -> None:
    acts.withdraw(filing.pk, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, WORDS["filing-withdrawn"][request.user.language])
