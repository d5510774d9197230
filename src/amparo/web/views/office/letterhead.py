"""The head of the office's papers, and its own Word templates."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import letterhead, templates
from amparo.casework.models import PaperTemplate
from amparo.casework.permissions import require
from amparo.drafting import load_papers
from amparo.errors import AmparoError, BrokenTemplate, NotAllowed, UnknownPaper
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import told
from amparo.web.words import WORDS

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@signed_in
def show(request: Sitting) -> HttpResponse:
    """Address, telephone, where to reply, and the office's mark."""
    require(request.user, "manage-team")
    team, language = request.user.membership.team, request.user.language
    filled = {"lines": "\n".join(team.letterhead), "phone": team.phone, "reply_to": team.reply_to}
    if request.method == "POST":
        filled = {name: request.POST.get(name, "") for name in filled}
        try:
            letterhead.change_letterhead(
                lines=filled["lines"].splitlines(), phone=filled["phone"], reply_to=filled["reply_to"],
                by=request.user,
            )  # fmt: skip
            file = request.FILES.get("logo")
            if file is not None:
                letterhead.change_logo(file.read(), by=request.user)
            elif request.POST.get("no_logo"):
                letterhead.change_logo(b"", by=request.user)
        except NotAllowed:
            raise
        except AmparoError as problem:
            messages.error(request, told(problem, language))
        else:
            messages.success(request, WORDS["letterhead-kept"][language])
            return redirect("office-letterhead")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/office/letterhead.html", {"team": team, "filled": filled}, status=status)


@signed_in
def logo(request: Sitting) -> HttpResponse:
    """The office's mark as it is kept."""
    require(request.user, "manage-team")
    data = letterhead.logo_of(request.user.membership.team)
    if data is None:
        raise NotAllowed
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """Every kind of paper, and whose template its Word copies use."""
    require(request.user, "manage-team")
    team = request.user.membership.team_id
    latest = {(row.paper, row.language): row for row in PaperTemplate.objects.filter(team=team)}
    rows = [
        (paper, [(language, latest.get((paper.id, language))) for language in templates.LANGUAGES])
        for paper in load_papers().values()
    ]
    return render(request, "desk/office/templates.html", {"rows": rows})


@signed_in
def template(request: Sitting, paper: str, language: str) -> HttpResponse:
    """The versions of one template, with the way to bring another and to go back."""
    require(request.user, "manage-team")
    kind = load_papers().get(paper)
    if kind is None or language not in templates.LANGUAGES:
        raise NotAllowed
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise BrokenTemplate(why="no-docx")
            templates.keep_template(paper, language, file.read(), name=file.name or "", by=request.user)
        except NotAllowed:
            raise
        except AmparoError as problem:
            messages.error(request, _why(problem, request.user.language))
        else:
            messages.success(request, WORDS["template-kept"][request.user.language])
            return redirect("office-template", paper=paper, language=language)
    rows = PaperTemplate.objects.filter(team=request.user.membership.team_id, paper=paper, language=language)
    current = templates.template_for(request.user.membership.team_id, paper, language)
    given = {
        "paper": kind, "language": language, "current": current, "rows": rows.select_related("by").order_by("-number"),
    }  # fmt: skip
    return render(request, "desk/office/template.html", given, status=422 if request.method == "POST" else 200)


@signed_in
@require_POST
def give_up(request: Sitting, paper: str, language: str) -> HttpResponse:
    """Back to the template amparo ships."""
    try:
        templates.back_to_ours(paper, language, by=request.user)
    except (NotAllowed, UnknownPaper):
        raise NotAllowed from None
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
    else:
        messages.success(request, WORDS["template-given-up"][request.user.language])
    return redirect("office-template", paper=paper, language=language)


@signed_in
def take(request: Sitting, paper: str, language: str, number: int) -> HttpResponse:
    """A template to edit in Word; number nought is the one amparo ships."""
    try:
        data = templates.take_template(paper, language, number=number or None, by=request.user)
    except UnknownPaper:
        raise NotAllowed from None
    except NotAllowed:
        raise
    except AmparoError as problem:
        messages.error(request, told(problem, request.user.language))
        return redirect("office-template", paper=paper, language=language)
    response = HttpResponse(data, content_type=_WORD)
    response["Content-Disposition"] = f'attachment; filename="{paper}-{language}.docx"'
    return response


def _why(problem: AmparoError, language: str) -> str:
    key = f"template-why-{problem.facts.get('why', '')}"
    if isinstance(problem, BrokenTemplate) and key in WORDS:
        return WORDS[key][language].format(tags=problem.facts.get("tags", ""))
    return told(problem, language)
