"""Whose token it is, and what was done and looked at."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Query, Router

from amparo.casework.models import HistoryLine
from amparo.casework.permissions import TABLE, require, role_of
from amparo.web.api.entry import PageOf, paged, person_of, token_of
from amparo.web.api.problems import PROBLEMS
from amparo.web.api.shapes import LineOut, MeOut, Page
from amparo.web.views.history import Asked, lines_of

router = Router()
_WORD = Field("", max_length=150, pattern=r"^[^\x00]*$")


class LinesPage(Page):
    """A page of history."""

    items: list[LineOut]


class HistoryAsked(PageOf):
    """Which lines of history; days are first and last included."""

    who: str = _WORD
    kind: str = _WORD
    case: str = _WORD
    document: str = _WORD
    since: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    until: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")


@router.get("/me", response={200: MeOut, **PROBLEMS}, summary="Whose token this is")
def me(request: HttpRequest) -> MeOut:
    """The person, their team and role, and what the role may do."""
    person, token = person_of(request), token_of(request)
    role = role_of(person) or ""
    return MeOut(
        username=person.username, team=person.membership.team.name, role=role, language=person.language,
        may=sorted(TABLE.get(role, ())), token=token.name, token_until=token.until,
    )  # fmt: skip


@router.get("/history", response={200: LinesPage, **PROBLEMS}, summary="The history, the latest first")
def history(request: HttpRequest, asked: Query[HistoryAsked]) -> Page:
    """Lines of the team's history, for supervisors and auditors."""
    person = person_of(request)
    require(person, "see-history")
    wanted = Asked(**{name: getattr(asked, name) for name in Asked._fields})
    return paged(lines_of(person.membership.team, wanted), asked, _line)


def _line(line: HistoryLine) -> LineOut:
    return LineOut(
        number=line.number, at=line.at, who=line.who, kind=line.kind, subject=line.subject, details=line.details,
        previous=line.previous, digest=line.digest,
    )  # fmt: skip
