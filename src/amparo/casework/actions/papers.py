"""Taking a paper out: as a draft for the team's own eyes, or the approved bytes through the gate of consent."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from amparo.casework import store
from amparo.casework.actions.dispatch import through_the_gate
from amparo.casework.actions.drafting import Desk, kind_of_paper, lay_out
from amparo.casework.actions.letterhead import logo_for
from amparo.casework.actions.templates import template_of
from amparo.casework.consent import Permit
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Filing, User
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.domain.drafts import Draft
from amparo.drafting import draft as compose
from amparo.drafting import load_papers
from amparo.drafting.reading_copy import reading_copy
from amparo.drafting.sheet import filing_sheet
from amparo.drafting.to_docx import to_docx
from amparo.drafting.to_pdf import PageKey, to_pdf
from amparo.errors import AmparoError, NotAllowed, NotInThatState
from amparo.reading import page_image

Copy = Literal["draft", "annex", "reading", "sheet"]
"""Draft: the paper with DRAFT across it. Annex: the same with its sources. Reading: in the person's own language.
Sheet: how to file it."""


@transaction.atomic
def working_copy(filing_id: int, copy: Copy, *, by: User) -> bytes:
    """A paper for the team's own people, marked DRAFT on each page, so that it cannot be taken for what was approved.

    Raises:
        NotAllowed: the case is not theirs to see.
        NotInThatState: the paper was not written here, or no door tells how to file it.
    """
    desk = _desk(filing_id, by)
    filing = desk.filing
    match copy:
        case "draft":
            data = to_pdf(desk.draft, logo=logo_for(filing, desk.draft))
        case "annex":
            data = to_pdf(
                desk.draft, annex=True, images=_pages(desk.draft, filing, by), logo=logo_for(filing, desk.draft)
            )  # fmt: skip
        case "reading":
            data = to_pdf(_reading_copy(desk), logo=logo_for(filing, desk.draft))
        case "sheet":
            if desk.channel is None or filing.reminds_id is not None:
                raise NotInThatState(filing=filing.reference, state=str(filing.state))
            to_person = filing.means == Filing.Means.SPECIAL_MAIL
            data = to_pdf(
                filing_sheet(desk.draft, desk.channel, language=by.language, to_person=to_person), approved=True
            )
    _seal("paper.opened", filing, by, copy=copy, version=desk.version.number)
    return data


@transaction.atomic
def word_copy(filing_id: int, *, permit: Permit, by: User) -> bytes:
    """A paper as Word, which bears no mark and may be changed anywhere: only through the gate.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ConsentMissing: the permit is for something else, or no longer stands.
        NotInThatState: the paper was not written here.
        BrokenTemplate: the office's template cannot be filled with this paper.
        OriginalLost: the office's template is not in the store.
    """
    require(by, "export")
    desk = _desk(filing_id, by)
    through_the_gate(desk.filing, permit)
    kept = desk.version.template
    data = to_docx(
        desk.draft, template=template_of(desk.version), paper=load_papers()[desk.draft.paper],
        logo=logo_for(desk.filing, desk.draft),
    )  # fmt: skip
    used = kept.number if kept is not None else 0
    _seal("paper.taken-out", desk.filing, by, copy="word", version=desk.version.number, template=used, **permit.told())
    return data


@transaction.atomic
def printed(filing_id: int, *, permit: Permit, by: User) -> bytes:
    """The very bytes that were approved, to be printed, posted or attached.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        ConsentMissing: the permit is for something else, or no longer stands.
        NotInThatState: the paper is not approved.
        OriginalLost: the bytes are not in the store, or not those that were approved.
    """
    require(by, "export")
    filing = _mine(filing_id, by)
    kept = filing.printed.last()
    if kept is None or not filing.content_digest:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    through_the_gate(filing, permit)
    data = store.fetch(kept.digest, team=filing.team_id)
    _seal("paper.taken-out", filing, by, copy="printed", digest=kept.digest, **permit.told())
    return data


def _mine(filing_id: int, by: User) -> Filing:
    filing = Filing.objects.filter(pk=filing_id, case__in=cases_for(by)).first()
    if filing is None:
        raise NotAllowed
    return filing


def _desk(filing_id: int, by: User) -> Desk:
    filing = _mine(filing_id, by)
    desk = lay_out(filing, user=by)
    if desk is None:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    return desk


def _reading_copy(desk: Desk) -> Draft:
    """The paper in the other language, for the person to check; what somebody worded stands as they worded it."""
    filing, book = desk.filing, rulebook_of(desk.filing.team_id)
    titles = {step.id: step.title for procedure in book.procedures for step in procedure.step}
    own, other = (
        compose(
            desk.matter, kind_of_paper(filing, desk.draft.paper), day=desk.draft.day, language=language,
            channel=desk.channel, kinds=book.facts, titles=titles, to=desk.draft.to,
        )
        for language in (desk.draft.language, "es" if desk.draft.language == "en" else "en")
    )  # fmt: skip
    return reading_copy(desk.draft, own, other)


def _pages(draft: Draft, filing: Filing, by: User) -> dict[PageKey, bytes]:
    """A picture of each page that a sentence rests on, for documents that have pages."""
    wanted = {(s.document, s.page): s for one in draft.sentences() for s in one.supports}
    seen = {d.digest: d for d in documents_for(by).filter(digest__in={digest for digest, _ in wanted})}
    images: dict[PageKey, bytes] = {}
    for (digest, page), support in wanted.items():
        document = seen.get(digest)
        if document is None:
            continue
        reading = document.readings.filter(pk=int(support.text.partition(":")[2] or 0)).first()
        pages = reading.pages if reading is not None else []
        turned = next((p.get("turned", 0.0) for p in pages if p["number"] == (page or 1)), 0.0)
        try:
            images[digest, page] = page_image(
                store.fetch(digest, team=filing.team_id), page or 1, turned=turned
            )  # fmt: skip
        except (AmparoError, IndexError):
            continue
    return images


def _seal(kind: str, filing: Filing, by: User, **more: object) -> None:
    seal(
        kind, by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, **more},
    )  # fmt: skip
