"""Writing a paper: the draft on one side, what a sentence rests on and what must still hold on the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amparo.casework.actions import drafting, papers
from amparo.casework.actions.dispatch import recipient_of
from amparo.casework.actions.drafting import Desk
from amparo.casework.actions.templates import template_for
from amparo.casework.approvals import REPRISALS, approvable, questions
from amparo.casework.consent import Permit, require_consent
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, Filing
from amparo.casework.permissions import cases_for, documents_for, may
from amparo.drafting import load_papers
from amparo.errors import AmparoError, ChangedMeanwhile, NotAllowed, UnknownPaper
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import told, why_shut
from amparo.web.words import WORDS


def _filing(request: Sitting, pk: int, filing: int) -> tuple[Case, Filing]:
    rows = Filing.objects.filter(pk=filing, case_id=pk, case__in=cases_for(request.user))
    found = rows.select_related("case", "author", "approved_by", "team").first()
    if found is None:
        raise NotAllowed
    return found.case, found


@signed_in
def show(request: Sitting, pk: int, filing: int) -> HttpResponse:
    """A paper as it is written: its sentences, the one that was chosen with its sources, and what must still hold."""
    case, one = _filing(request, pk, filing)
    desk = drafting.lay_out(one, user=request.user)
    editable = may(request.user, "edit-case") and one.state == Filing.State.DRAFT
    given: dict[str, Any] = {"case": case, "filing": one, "editable": editable, "desk": desk}
    if desk is None:
        try:
            given["paper"] = drafting.kind_of_paper(one)
        except UnknownPaper:
            given["kinds"] = [paper for paper in load_papers().values() if not paper.steps]
        return render(request, "desk/paper.html", given)
    return render(request, "desk/paper.html", given | _shown(request, desk))


def _shown(request: Sitting, desk: Desk) -> dict[str, Any]:
    draft, language = desk.draft, request.user.language
    flagged = {check.sentence: check for check in reversed(desk.checks) if check.sentence and check.state != "done"}
    chosen = next((s for s in draft.sentences() if s.id == request.GET.get("s")), None)
    digests = {support.document for sentence in draft.sentences() for support in sentence.supports}
    documents = {d.digest: d for d in documents_for(request.user).filter(digest__in=digests)}
    return {
        "blocks": [(block, [[(s, flagged.get(s.id)) for s in cell] for cell in block.cells]) for block in draft.blocks],
        "chosen": chosen,
        "sources": [(support, documents.get(support.document)) for support in chosen.supports] if chosen else [],
        "flaw": flagged.get(chosen.id) if chosen else None,
        "notes": _notes(desk) if chosen else [],
        "used": {support.note for support in chosen.supports} if chosen else set(),
        "checks": [(c, why_shut(c.problem, language) if c.problem else "") for c in desk.checks],
        "asks": [(c.code, c.say, desk.version.answers.get(c.code)) for c in desk.checks if c.code in REPRISALS],
        "questions": questions(rulebook_of(desk.filing.team_id), desk.filing.step, desk.checks),
        "open_questions": len({c.fact for c in desk.checks if c.state == "ask"}),
        "template": desk.version.template,
        "newer": template_for(desk.filing.team_id, draft.paper, draft.language) != desk.version.template,
        "ready": approvable(desk.checks),
        "may_approve": may(request.user, "approve-paper"),
        "first_stop": next((c for c in desk.checks if c.state in ("stop", "ask")), None),
        "versions": desk.filing.versions.select_related("by").order_by("-number")[:12],
        "permit": _permit(desk.filing) if desk.filing.content_digest else None,
        "answered": [
            (fact, rulebook_of(desk.filing.team_id).facts[fact], value)
            for fact, value in desk.version.answers.items()
            if fact in rulebook_of(desk.filing.team_id).facts
        ],
    }


def _notes(desk: Desk) -> list[tuple[int, str, str]]:
    """Every confirmed note that a sentence could rest on: number, exact words, document."""
    found: dict[int, tuple[int, str, str]] = {}
    passages = [p for t in desk.matter.told for p in t.passages] + [p for h in desk.matter.happened for p in h.passages]
    for passage in passages:
        number = int(passage.note.partition(":")[2])
        found.setdefault(number, (number, passage.exact, passage.called.in_(desk.draft.language)))
    return list(found.values())


def _permit(filing: Filing) -> Permit | None:
    try:
        return require_consent(
            filing.case, purpose=filing.purpose, recipient=recipient_of(filing), identity=filing.identity,
            on=timezone.localdate(),
        )  # fmt: skip
    except AmparoError:
        return None


@signed_in
@require_POST
def act(request: Sitting, pk: int, filing: int, verb: str) -> HttpResponse:
    """Compose, reword, add, rest on, remove, undo, answer, approve or take an approval back."""
    _, one = _filing(request, pk, filing)
    doing: dict[str, Callable[[Sitting, Filing], object]] = {
        "write": _write, "reword": _reword, "add": _add, "rest": _rest, "remove": _remove, "undo": _undo,
        "answer": _answer, "approve": _approve, "reopen": _reopen,
        "template": lambda r, f: drafting.renew_template(f.pk, seen=_seen(r), by=r.user),
    }  # fmt: skip
    if verb not in doing:
        raise NotAllowed
    try:
        doing[verb](request, one)
    except NotAllowed as problem:
        if "approve" not in verb:
            raise
        messages.error(request, problem.message)
    except ChangedMeanwhile as problem:
        words = WORDS["paper-was-changed"][request.user.language]
        messages.error(request, words.format(who=problem.facts.get("by", "")))
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
    sentence = request.POST.get("sentence", "")
    keep = f"?s={sentence}#{sentence}" if sentence and verb in ("reword", "rest") else ""
    return redirect(f"/cases/{pk}/filings/{filing}/paper/{keep}")


def _seen(request: Sitting) -> int:
    return int(seen) if (seen := request.POST.get("seen", "")).isdecimal() else 0


def _chosen_notes(request: Sitting) -> list[int]:
    return [int(number) for number in request.POST.getlist("note") if number.isdecimal()]


def _write(request: Sitting, filing: Filing) -> None:
    drafting.write(filing.pk, by=request.user, paper=request.POST.get("paper", ""))
    messages.success(request, WORDS["paper-is-composed"][request.user.language])


def _reword(request: Sitting, filing: Filing) -> None:
    sent = request.POST
    drafting.reword(filing.pk, sent.get("sentence", ""), sent.get("text", ""), seen=_seen(request), by=request.user)


def _add(request: Sitting, filing: Filing) -> None:
    sent = request.POST
    drafting.add(
        filing.pk, sent.get("sentence", ""), sent.get("text", ""), notes=_chosen_notes(request),
        tells_fact=sent.get("tells") != "wording", seen=_seen(request), by=request.user,
    )  # fmt: skip


def _rest(request: Sitting, filing: Filing) -> None:
    sent = request.POST
    drafting.rest_on(
        filing.pk, sent.get("sentence", ""), _chosen_notes(request), seen=_seen(request), by=request.user
    )  # fmt: skip


def _remove(request: Sitting, filing: Filing) -> None:
    drafting.remove(filing.pk, request.POST.get("sentence", ""), seen=_seen(request), by=request.user)


def _undo(request: Sitting, filing: Filing) -> None:
    drafting.undo(filing.pk, seen=_seen(request), by=request.user)


def _answer(request: Sitting, filing: Filing) -> None:
    book = rulebook_of(filing.team_id)
    given: dict[str, Any] = {}
    for name, value in request.POST.items():
        written = str(value).strip()
        kind = book.facts.get(name)
        if name not in REPRISALS and kind is None:
            continue
        if written in ("true", "false"):
            given[name] = written == "true"
        elif kind is not None and kind.kind == "number" and written.isdecimal():
            given[name] = int(written)
        elif kind is not None and kind.kind in ("event", "choice") and written:
            given[name] = written
        elif written == "open":
            given[name] = None
    if given:
        drafting.answer(filing.pk, given, seen=_seen(request), by=request.user)


def _approve(request: Sitting, filing: Filing) -> None:
    drafting.approve(filing.pk, seen=_seen(request), by=request.user)
    messages.success(request, WORDS["paper-is-approved"][request.user.language])


def _reopen(request: Sitting, filing: Filing) -> None:
    drafting.reopen(filing.pk, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, WORDS["paper-is-reopened"][request.user.language])


@signed_in
def copy(request: Sitting, pk: int, filing: int, kind: str) -> HttpResponse:
    """A copy of a paper: draft, annex, reading and sheet for the team; Word and the approved bytes through the gate."""
    case, one = _filing(request, pk, filing)
    try:
        if kind in ("draft", "annex", "reading", "sheet"):
            data = papers.working_copy(one.pk, kind, by=request.user)  # type: ignore[arg-type]
        elif kind in ("word", "printed"):
            permit = require_consent(
                case, purpose=one.purpose, recipient=recipient_of(one), identity=one.identity, on=timezone.localdate()
            )
            give = papers.word_copy if kind == "word" else papers.printed
            data = give(one.pk, permit=permit, by=request.user)
        else:
            raise NotAllowed
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("paper", pk=pk, filing=filing)
    word = kind == "word"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    response = HttpResponse(data, content_type=office if word else "application/pdf")
    name = f"{one.reference.replace('/', '-')}-{kind}.{'docx' if word else 'pdf'}"
    response["Content-Disposition"] = f'{"attachment" if word else "inline"}; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response
