"""The office's own Word templates: kept after a check, version by version, and back to the one amparo ships."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.casework import store
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import DraftVersion, PaperTemplate, Team, User
from amparo.casework.permissions import require
from amparo.drafting import load_papers
from amparo.drafting.own_template import check_template
from amparo.drafting.papers import Paper
from amparo.drafting.to_docx import word_template
from amparo.errors import IncompleteEntry, UnknownPaper

LANGUAGES = ("en", "es")


def template_for(team: Team | int, paper: str, language: str) -> PaperTemplate | None:
    """The office's own template that holds for a kind of paper; nothing where amparo's does."""
    number = team.pk if isinstance(team, Team) else team
    last = PaperTemplate.objects.filter(team=number, paper=paper, language=language).last()
    return last if last is not None and last.digest else None


def template_of(version: DraftVersion) -> bytes | None:
    """The Word template recorded with a version of a paper; nothing where amparo's is used.

    Raises:
        OriginalLost: it is not in the store.
    """
    kept = version.template
    return store.fetch(kept.digest, team=kept.team_id) if kept is not None else None


@transaction.atomic
def keep_template(paper: str, language: str, data: bytes, *, name: str, by: User) -> PaperTemplate:
    """Make a Word file the office's own template for a kind of paper; papers composed from now on use it.

    Args:
        paper: which kind.
        language: of its wording.
        data: the DOCX.
        name: of the file.
        by: who brings it.

    Raises:
        NotAllowed: their role may not.
        UnknownPaper: there is no such kind, or language.
        BrokenTemplate: it holds code, or tags that cannot be filled; nothing was kept.
        StoreFull: it could not be kept.
    """
    require(by, "manage-team")
    kind = _kind(paper, language)
    team = Team.objects.select_for_update().get(pk=by.membership.team_id)
    check_template(data, kind, language=language, facts=rulebook_of(team.pk).facts)
    made = _next(team, kind, language, by, digest=store.keep(data, team=team.pk), name=name.strip()[:200])
    _seal("template.kept", made, by)
    return made


@transaction.atomic
def back_to_ours(paper: str, language: str, *, by: User) -> PaperTemplate:
    """Go back to the template amparo ships; the office's versions stay in the record.

    Raises:
        NotAllowed: their role may not.
        UnknownPaper: there is no such kind, or language.
        IncompleteEntry: it is amparo's already.
    """
    require(by, "manage-team")
    kind = _kind(paper, language)
    team = Team.objects.select_for_update().get(pk=by.membership.team_id)
    if template_for(team, paper, language) is None:
        raise IncompleteEntry(field="template")
    made = _next(team, kind, language, by, digest="", name="")
    _seal("template.given-up", made, by)
    return made


@transaction.atomic
def take_template(paper: str, language: str, *, number: int | None = None, by: User) -> bytes:
    """A template to edit in Word: one of the office's own versions, or amparo's.

    Args:
        paper: which kind.
        language: of its wording.
        number: which version; none for amparo's.
        by: who takes it.

    Raises:
        NotAllowed: their role may not.
        UnknownPaper: there is no such kind, language or version.
        OriginalLost: it is not in the store.
    """
    require(by, "manage-team")
    kind = _kind(paper, language)
    if number is None:
        return word_template(kind, language=language)
    rows = PaperTemplate.objects.filter(team=by.membership.team_id, paper=paper, language=language).exclude(digest="")
    kept = rows.filter(number=number).first()
    if kept is None:
        raise UnknownPaper(paper=paper)
    return store.fetch(kept.digest, team=kept.team_id)


def _kind(paper: str, language: str) -> Paper:
    kind = load_papers().get(paper)
    if kind is None or language not in LANGUAGES:
        raise UnknownPaper(paper=paper)
    return kind


def _next(team: Team, kind: Paper, language: str, by: User, *, digest: str, name: str) -> PaperTemplate:
    rows = PaperTemplate.objects.filter(team=team, paper=kind.id, language=language)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    return PaperTemplate.objects.create(
        team=team, paper=kind.id, language=language, number=number, digest=digest, name=name, by=by,
        at=timezone.now(),
    )  # fmt: skip


def _seal(kind: str, made: PaperTemplate, by: User) -> None:
    seal(
        kind, by=by, team=made.team, subject=f"team:{made.team_id}",
        details={"paper": made.paper, "language": made.language, "version": made.number, "digest": made.digest},
    )  # fmt: skip
