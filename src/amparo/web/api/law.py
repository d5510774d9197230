"""The rulebook for programs: procedures and standards."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import Field, Path, Query, Router

from amparo.domain.law import Procedure, Standard
from amparo.errors import NotAllowed
from amparo.rules import load_rules
from amparo.rules.standards import load_standards, match_standards
from amparo.web.api.entry import Paged, PageOf, paged
from amparo.web.api.problems import PROBLEMS
from amparo.web.api.shapes import Page, ProcedureOut, ProcedureWhole, StandardOut

router = Router()


class ProceduresPage(Page):
    """A page of procedures."""

    items: list[ProcedureOut]


class StandardsPage(Page):
    """A page of standards."""

    items: list[StandardOut]


class StandardsAsked(PageOf):
    """Which standards: all, or those an act may engage."""

    act: str = Field("", max_length=20, pattern=r"^[A-Z0-9-]*$")


@router.get("/procedures", response={200: ProceduresPage, **PROBLEMS}, summary="Procedures, in every wording")
def procedures(request: HttpRequest, asked: Paged) -> Page:
    """Every wording of every procedure, by name and first day in force."""
    rows = sorted(load_rules().procedures, key=lambda one: (one.id, one.valid.since))
    return paged(rows, asked, lambda one: ProcedureOut(**_procedure(one)))


@router.get("/procedures/{name}", response={200: list[ProcedureWhole], **PROBLEMS}, summary="One procedure")
def procedure(request: HttpRequest, name: Path[str]) -> list[ProcedureWhole]:
    """Its wordings, each with its whole rule file as data."""
    wordings = load_rules().wordings(name)
    if not wordings:
        raise NotAllowed
    return [ProcedureWhole(**_procedure(one), rule=msgspec.to_builtins(one)) for one in wordings]


@router.get("/standards", response={200: StandardsPage, **PROBLEMS}, summary="Standards")
def standards(request: HttpRequest, asked: Query[StandardsAsked]) -> Page:
    """Standards an allegation may engage; that it does is for an authority to find."""
    rows = list(match_standards(asked.act)) if asked.act else list(load_standards().values())
    return paged(rows, asked, _standard)


def _procedure(one: Procedure) -> dict[str, Any]:
    return {
        "id": one.id, "title": msgspec.to_builtins(one.title), "status": one.status, "valid_from": one.valid.since,
        "valid_to": one.valid.to, "steps": [step.id for step in one.step],
    }  # fmt: skip


def _standard(one: Standard) -> StandardOut:
    return StandardOut(id=one.id, ref=one.ref, duty=msgspec.to_builtins(one.duty), mark=one.cite.mark)
