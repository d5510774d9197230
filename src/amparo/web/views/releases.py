"""Releases: begun for a reader, looked at, made, approved by another, and only then given out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import making, releasing, sights
from amparo.casework.actions.releasing import Choice
from amparo.casework.consent import Permit, Recipient, consent_words, require_consent
from amparo.casework.history import seal
from amparo.casework.models import Case, Filing, HistoryLine, Making, Release, ReleasePart
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.casework.pictures import has_pictures
from amparo.errors import AmparoError, IncompleteEntry, NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import number_given, told, told_again
from amparo.web.words import WORDS

MAKING = {"queued": "later", "making": "busy", "done": "done", "failed": "urgent", "gone": "closed"}
RUNNING = (Making.State.QUEUED, Making.State.MAKING)
MOST_BUNDLES = 20
SHAPES = {"open": "confirm", "made": "later", "approved": "done", "withdrawn": "closed"}


def part(case: Case) -> dict[str, Any]:
    """What the page of a case needs to show its releases."""
    rows = case.releases.prefetch_related("parts").order_by("-number")
    return {"releases": [(one, SHAPES[one.state], len(one.parts.all())) for one in rows]}


def _case(request: Sitting, pk: int) -> Case:
    require(request.user, "export")
    case = cases_for(request.user).filter(pk=pk).select_related("team").first()
    if case is None:
        raise NotAllowed
    return case


def _release(request: Sitting, pk: int, release: int) -> tuple[Case, Release]:
    case = _case(request, pk)
    found = case.releases.filter(pk=release).select_related("begun_by", "made_by", "approved_by").first()
    if found is None:
        raise NotAllowed
    return case, found


def _asked(request: Sitting, case: Case, *, identity: str) -> Permit:
    sent = request.POST
    kind = sent.get("kind", "")
    for field, group in (("purpose", "purpose"), ("recipient_kind", "recipient")):
        written = kind if field == "recipient_kind" else sent.get(field, "")
        if consent_words().label(group, written) is None:
            raise IncompleteEntry(field=field)
    if consent_words().level(identity) is None:
        raise IncompleteEntry(field="identity")
    reader = Recipient(kind, sent.get("recipient", "").strip())
    return require_consent(
        case, purpose=sent.get("purpose", ""), recipient=reader, identity=identity, on=timezone.localdate()
    )


def _permit(one: Release) -> Permit:
    return require_consent(
        one.case, purpose=one.purpose, recipient=releasing.recipient_of(one), identity=one.identity,
        on=timezone.localdate(),
    )  # fmt: skip


def _numbers(request: Sitting, name: str) -> list[int]:
    return [int(number) for number in request.POST.getlist(name) if number.isdecimal()]


def _form(request: Sitting, case: Case, template: str, **more: object) -> HttpResponse:
    documents = documents_for(request.user).filter(links__case=case).order_by("-received_at")
    papers = Filing.objects.filter(case=case).exclude(content_digest="").order_by("number")
    chosen = {"document": _numbers(request, "document"), "paper": _numbers(request, "paper")}
    asked = number_given(request.GET.get("document", ""))
    given = {
        "case": case, "documents": documents, "papers": papers, "words": consent_words(), "filled": request.POST,
        "chosen": chosen if request.POST else {"document": [asked] if asked else []}, **more,
    }  # fmt: skip
    return render(request, template, given, status=422 if request.POST else 200)


@signed_in
def begin(request: Sitting, pk: int) -> HttpResponse:
    """A form to begin a release; the gate is asked before anything is done."""
    case = _case(request, pk)
    if request.method == "POST":
        try:
            permit = _asked(request, case, identity=request.POST.get("identity", ""))
            choice = Choice(documents=_numbers(request, "document"), papers=_numbers(request, "paper"))
            made = releasing.begin(
                case.pk, choice, permit=permit, language=request.POST.get("language", "en"), by=request.user
            )
        except NotAllowed:
            raise
        except AmparoError as problem:
            messages.error(request, told(problem, request.user.language))
        else:
            messages.success(request, WORDS["release-begun"][request.user.language])
            return redirect("release", pk=pk, release=made.pk)
    return _form(request, case, "desk/release_new.html")


@signed_in
def find(request: Sitting, pk: int) -> HttpResponse:
    """The page of a release by its number alone, as history names it."""
    require(request.user, "export")
    one = Release.objects.filter(pk=pk, case__in=cases_for(request.user)).first()
    if one is None:
        raise NotAllowed
    return redirect("release", pk=one.case_id, release=one.pk)


@signed_in
def show(request: Sitting, pk: int, release: int) -> HttpResponse:
    """One release: its documents, who is hidden in them, what is left to do, and who agreed."""
    case, one = _release(request, pk, release)
    seal(
        "release.opened", by=request.user, team=case.team, subject=f"release:{one.pk}",
        details={"case": case.pk, "release": one.number},
    )  # fmt: skip
    permit, shut = None, ""
    try:
        permit = _permit(one)
    except AmparoError as problem:
        shut = told(problem, request.user.language)
    is_open = one.state in (Release.State.OPEN, Release.State.MADE)
    parts = one.parts.select_related("document", "printed__filing")
    rows = [(each, releasing.to_look_at(each) if is_open else (), _pictured(each)) for each in parts]
    cast = releasing.everybody(one, request.user)
    own = request.user.pk in (one.begun_by_id, one.made_by_id)
    latest = one.makings.last() if is_open else None
    seen = sights.in_sight(one)
    return render(
        request, "desk/release.html",
        {
            "case": case, "release": one, "shape": SHAPES[one.state], "parts": rows, "people": cast.people,
            "described": cast.described, "permit": permit, "shut": shut, "is_open": is_open, "own": own,
            "waits": any(pages for _, pages, _ in rows), "may_approve": may(request.user, "approve-release"),
            "new_people": [p.shown_as for p in cast.people] != [p["shown_as"] for p in one.people],
            "seen": seen, "may_be_seen": [p for p in cast.people if p.known_from != "case" and p.shown_as not in seen],
            "making": _made(latest, request.user.language), "busy": latest is not None and latest.state in RUNNING,
            "lines": HistoryLine.objects.filter(subject=f"release:{one.pk}").exclude(kind="release.opened")
            .order_by("number"),
        },
    )  # fmt: skip


def _made(one: Making | None, language: str) -> dict[str, Any] | None:
    """How far a making has come, and why it failed, for a page; nothing for one that is done with."""
    if one is None or one.state == Making.State.GONE:
        return None
    why = told_again(one.error_code, one.error_facts, language) if one.state == Making.State.FAILED else ""
    return {"row": one, "shape": MAKING[one.state], "why": why}


def _pictured(each: ReleasePart) -> bool:
    return each.document is not None and has_pictures(each.document)


@signed_in
@require_POST
def act(request: Sitting, pk: int, release: int, verb: str) -> HttpResponse:
    """Hide somebody more or let them be seen, say that a page was looked at, make, approve or withdraw."""
    _, one = _release(request, pk, release)
    doing: dict[str, Callable[[Sitting, Release], object]] = {
        "hide": _hide, "look": _look, "make": lambda r, o: making.ask_for_release(o.pk, permit=_permit(o), by=r.user),
        "approve": _approve, "withdraw": lambda r, o: releasing.withdraw(o.pk, by=r.user),
        "take-back": _take_back, "see": _see,
        "hide-again": lambda r, o: sights.hide_again(o.pk, r.POST.get("shown_as", ""), by=r.user),
    }  # fmt: skip
    if verb not in doing:
        raise NotAllowed
    try:
        doing[verb](request, one)
    except NotAllowed:
        if verb != "approve" or not may(request.user, "approve-release"):
            raise
        messages.error(request, WORDS["release-own"][request.user.language])
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
    else:
        messages.success(request, WORDS[f"release-did-{verb}"][request.user.language])
    return redirect("release", pk=pk, release=release)


def _hide(request: Sitting, one: Release) -> None:
    sent = request.POST
    releasing.hide(
        one.pk, names=sent.get("names", "").splitlines(), numbers=sent.get("numbers", "").splitlines(),
        shown_as=sent.get("shown_as", ""), by=request.user,
    )  # fmt: skip


def _see(request: Sitting, one: Release) -> None:
    sent = request.POST
    sights.let_be_seen(one.pk, sent.get("shown_as", ""), reason=sent.get("reason", ""), by=request.user)


def _take_back(request: Sitting, one: Release) -> None:
    found = one.makings.last()
    if found is None:
        raise NotAllowed
    making.take_back(found.pk, by=request.user)


def _look(request: Sitting, one: Release) -> None:
    found = one.parts.filter(pk=number_given(request.POST.get("part", "")) or 0).first()
    pages = _numbers(request, "page")
    if found is None:
        raise NotAllowed
    if not pages:
        raise IncompleteEntry(field="page")
    releasing.look_at(found.pk, pages, by=request.user)


def _approve(request: Sitting, one: Release) -> None:
    seen = number_given(request.POST.get("seen", ""))
    releasing.approve(one.pk, seen=-1 if seen is None else seen, permit=_permit(one), by=request.user)


def _part(request: Sitting, pk: int, release: int, number: int) -> tuple[Release, ReleasePart]:
    _, one = _release(request, pk, release)
    found = one.parts.filter(number=number).first()
    if found is None:
        raise NotAllowed
    return one, found


@signed_in
def preview(request: Sitting, pk: int, release: int, part: int) -> HttpResponse:
    """A document as it would leave, page by page."""
    case, one = _release(request, pk, release)
    _, found = _part(request, pk, release, part)
    if not found.outcome:
        raise NotAllowed
    given = {"case": case, "release": one, "part": found, "pages": range(1, found.pages + 1)}
    return render(request, "desk/release_preview.html", given)


@signed_in
def page(request: Sitting, pk: int, release: int, part: int, number: int) -> HttpResponse:
    """The picture of one page as it would leave."""
    _, found = _part(request, pk, release, part)
    response = HttpResponse(releasing.preview(found.pk, number, by=request.user), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def give(request: Sitting, pk: int, release: int, part: int) -> HttpResponse:
    """A document of an approved release, for its reader; the gate is asked again."""
    one, found = _part(request, pk, release, part)
    try:
        data = releasing.give(found.pk, permit=_permit(one), by=request.user)
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("release", pk=pk, release=release)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="release-{one.number}-{found.number}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@signed_in
def bundle(request: Sitting, pk: int) -> HttpResponse:
    """The evidence bundles of a case, and a form for another; the worker makes it."""
    case = _case(request, pk)
    if request.method == "POST":
        try:
            permit = _asked(request, case, identity="full")
            making.ask_for_bundle(case.pk, _numbers(request, "document"), permit=permit, by=request.user)
        except NotAllowed:
            raise
        except AmparoError as problem:
            messages.error(request, told(problem, request.user.language))
        else:
            messages.success(request, WORDS["bundle-did-ask"][request.user.language])
            return redirect("bundle", pk=pk)
    rows = case.makings.filter(release=None).exclude(state=Making.State.GONE).select_related("asked_by").order_by("-pk")
    made = [found for one in rows[:MOST_BUNDLES] if (found := _made(one, request.user.language))]
    busy = any(one["row"].state in RUNNING for one in made)
    return _form(request, case, "desk/bundle.html", bundle=True, made=made, busy=busy)


@signed_in
def bundle_file(request: Sitting, pk: int, number: int) -> HttpResponse:
    """A finished bundle, for its reader; the gate is asked again."""
    case, one = _bundle(request, pk, number)
    try:
        permit = require_consent(
            case, purpose=one.purpose, recipient=making.recipient_of(one), identity=one.identity,
            on=timezone.localdate(),
        )  # fmt: skip
        data = making.give_bundle(one.pk, permit=permit, by=request.user)
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("bundle", pk=pk)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}-evidence.zip"'
    return response


@signed_in
@require_POST
def bundle_remove(request: Sitting, pk: int, number: int) -> HttpResponse:
    """Do not make a bundle that waits, or remove a finished one from the desk."""
    _, one = _bundle(request, pk, number)
    finished = one.state == Making.State.DONE
    try:
        making.take_back(one.pk, by=request.user)
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
    else:
        key = "bundle-did-remove" if finished else "bundle-did-take-back"
        messages.success(request, WORDS[key][request.user.language])
    return redirect("bundle", pk=pk)


def _bundle(request: Sitting, pk: int, number: int) -> tuple[Case, Making]:
    case = _case(request, pk)
    found = case.makings.filter(pk=number, release=None).first()
    if found is None:
        raise NotAllowed
    return case, found
