"""Writing a paper: composed from the record, reworded by people, answered about, approved by another, frozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone

from amparo.casework import store
from amparo.casework.actions.filings import approve as agree
from amparo.casework.actions.filings import in_state, mine, on_its_way
from amparo.casework.actions.letterhead import logo_for
from amparo.casework.actions.templates import template_for
from amparo.casework.approvals import REPRISALS, Check, approvable, draft_of, find_checks, writers_of
from amparo.casework.facts import facts_of
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.matters import matter_of
from amparo.casework.models import DraftVersion, Filing, Printed, User
from amparo.casework.permissions import documents_for, require
from amparo.domain.drafts import Draft, Matter, Support
from amparo.domain.remedies import Channel
from amparo.domain.rulebook import Rulebook
from amparo.drafting import draft as compose
from amparo.drafting import edit, load_papers, paper_for
from amparo.drafting.papers import Paper
from amparo.drafting.to_pdf import page_count, to_pdf
from amparo.errors import ChangedMeanwhile, IncompleteEntry, NotAllowed, NotInThatState, PaperNotReady, UnknownPaper
from amparo.rules import find_channels
from amparo.rules.facts import facts_from


class Desk(NamedTuple):
    """A paper as it lies on the desk.

    Args:
        filing: the row.
        version: its latest words.
        draft: these words as a draft.
        matter: the case as it is confirmed now.
        channel: the door it goes through.
        checks: what speaks for and against approving it.
        pages: how many pages it has.
    """

    filing: Filing
    version: DraftVersion
    draft: Draft
    matter: Matter
    channel: Channel | None
    checks: tuple[Check, ...]
    pages: int


def kind_of_paper(filing: Filing, wanted: str = "") -> Paper:
    """The kind of paper for a filing: the one asked for, or that of its step; for a reminder the reminder.

    Raises:
        UnknownPaper: there is none.
    """
    wanted = wanted or ("chaser" if filing.reminds_id is not None else "")
    if wanted:
        paper = load_papers().get(wanted)
        if paper is None or (paper.steps and filing.step not in paper.steps):
            raise UnknownPaper(paper=wanted)
        return paper
    return paper_for(filing.step)


@transaction.atomic
def write(filing_id: int, *, by: User, paper: str = "") -> DraftVersion:
    """Compose a paper from what is confirmed in its case; composing again makes a new version, the old ones stay.

    Args:
        filing_id: which.
        by: who writes.
        paper: kind of paper, for a filing that is no step of a procedure.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it is no draft.
        UnknownPaper: amparo has no paper for its step.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.DRAFT)
    book = rulebook_of(filing.team_id)
    matter = matter_of(filing, documents_for(by).filter(links__case=filing.case_id), book)
    titles = {step.id: step.title for procedure in book.procedures for step in procedure.step}
    made = compose(
        matter, kind_of_paper(filing, paper), day=timezone.localdate(), language=filing.language,
        channel=door_of(filing, book), kinds=book.facts, titles=titles,
        to=(filing.recipient, *filing.address),
    )  # fmt: skip
    last = filing.versions.last()
    version = _next(filing, made, last.answers if last else {}, "composed", by)
    _seal("draft.composed", filing, by, version=version.number, sentences=sum(1 for _ in made.sentences()))
    return version


@transaction.atomic
def reword(filing_id: int, sentence: str, text: str, *, seen: int, by: User) -> DraftVersion:
    """Put other words in a sentence's place; what it rests on stays.

    Args:
        filing_id: which paper.
        sentence: its name.
        text: the words.
        seen: the version the person had before them.
        by: who.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile, UnknownSentence: as their names say.
        IncompleteEntry: no words are given.
    """
    return _edited(filing_id, seen, by, "reworded", lambda d: edit.reword(d, sentence, text, by=by.get_username()))


@transaction.atomic
def add(
    filing_id: int, after: str, text: str, *, notes: Sequence[int] = (), tells_fact: bool = True, seen: int, by: User
) -> DraftVersion:
    """Put a new sentence after another, resting on confirmed notes of the case.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile, UnknownSentence: as their names say.
        IncompleteEntry: no words are given.
    """
    filing = mine(filing_id, by)
    supports = _supports(filing, notes, by)
    return _edited(
        filing_id, seen, by, "added",
        lambda d: edit.add_after(d, after, text, by=by.get_username(), tells_fact=tells_fact, supports=supports),
    )  # fmt: skip


@transaction.atomic
def rest_on(filing_id: int, sentence: str, notes: Sequence[int], *, seen: int, by: User) -> DraftVersion:
    """Say on which confirmed notes a sentence rests.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile, UnknownSentence: as their names say.
    """
    filing = mine(filing_id, by)
    supports = _supports(filing, notes, by)
    return _edited(
        filing_id, seen, by, "supported", lambda d: edit.rest_on(d, sentence, supports, by=by.get_username())
    )


@transaction.atomic
def remove(filing_id: int, sentence: str, *, seen: int, by: User) -> DraftVersion:
    """Take a sentence out.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile, UnknownSentence: as their names say.
    """
    return _edited(filing_id, seen, by, "removed", lambda d: edit.remove(d, sentence))


@transaction.atomic
def undo(filing_id: int, *, seen: int, by: User) -> DraftVersion:
    """Go back to the words before the last change; that too is a version, and nothing is lost.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile: as their names say.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.DRAFT)
    last = _seen(filing, seen)
    before = filing.versions.filter(number__lt=last.number).order_by("-number").first()
    if before is None:
        return last
    version = _next(filing, draft_of(before), before.answers, "undone", by)
    _seal("draft.undone", filing, by, version=version.number)
    return version


@transaction.atomic
def renew_template(filing_id: int, *, seen: int, by: User) -> DraftVersion:
    """Take up the Word template that the office uses now; the words stay.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile: as their names say.
    """
    return _edited(filing_id, seen, by, "template", lambda made: made)


@transaction.atomic
def answer(filing_id: int, given: dict[str, Any], *, seen: int, by: User) -> DraftVersion:
    """Answer what only a person can tell about the paper: signed, enclosed, reprisals talked about.

    Args:
        filing_id: which.
        given: answers by the name of the fact; nothing takes one back.
        seen: the version the person had before them.
        by: who answers.

    Raises:
        NotAllowed, NotInThatState, ChangedMeanwhile: as their names say.
        BrokenFacts: there is no such question, or the answer is not of its kind.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.DRAFT)
    last = _seen(filing, seen)
    book = rulebook_of(filing.team_id)
    plain = {name: value for name, value in given.items() if name not in REPRISALS and value is not None}
    facts_from(plain, book.facts)
    answers = {**last.answers, **given}
    version = _next(filing, draft_of(last), {n: v for n, v in answers.items() if v is not None}, "answered", by)
    _seal("draft.answered", filing, by, version=version.number, answers=sorted(given))
    return version


def lay_out(filing: Filing, *, user: User) -> Desk | None:
    """A paper with everything that speaks for and against approving it; nothing when it was not written here."""
    version = filing.versions.last()
    if version is None or not version.content:
        return None
    book = rulebook_of(filing.team_id)
    matter = matter_of(filing, documents_for(user).filter(links__case=filing.case_id), book)
    made = draft_of(version)
    channel = door_of(filing, book)
    pages = page_count(to_pdf(made, logo=logo_for(filing, made)))
    checks = find_checks(
        filing, version, matter, rulebook=book, channel=channel if filing.reminds is None else None, pages=pages,
        user=user, today=timezone.localdate(),
    )  # fmt: skip
    return Desk(filing, version, made, matter, channel, checks, pages)


@transaction.atomic
def approve(filing_id: int, *, seen: int, by: User) -> Printed:
    """Agree to a paper: its words are frozen by their digest, and the bytes that may go out are kept.

    Args:
        filing_id: which.
        seen: the version that was read; no other is approved.
        by: who approves; nobody who wrote any of it.

    Raises:
        NotAllowed: their role may not, the case is not theirs to see, or they wrote some of it.
        NotInThatState: it is no draft, or was not written here.
        ChangedMeanwhile: it was changed since it was read.
        PaperNotReady: something stops it or is left to ask.
        StoreFull: the bytes could not be kept; nothing was written.
    """
    require(by, "approve-paper")
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.DRAFT)
    version = _seen(filing, seen)
    if by.pk in writers_of(filing):
        raise NotAllowed("Nobody approves a paper of their own. Ask a colleague to read it.", verb="approve-paper")
    desk = lay_out(filing, user=by)
    if desk is None or not approvable(desk.checks):
        open_ones = [check.code for check in desk.checks if check.state in ("stop", "ask")] if desk else []
        raise PaperNotReady(filing=filing.reference, open=", ".join(open_ones[:6]))
    data = to_pdf(desk.draft, approved=True, logo=logo_for(filing, desk.draft))
    digest = store.keep(data, team=filing.team_id)
    printed = Printed.objects.create(
        filing=filing, version=version, digest=digest, pages=page_count(data), at=timezone.now()
    )
    agree(filing_id, by=by, content_digest=desk.draft.digest)
    _seal("draft.frozen", filing, by, version=version.number, content=desk.draft.digest, printed=digest)
    return printed


@transaction.atomic
def reopen(filing_id: int, *, reason: str, by: User) -> Filing:
    """Take an approval back before the paper has left; the frozen bytes stay in the record and go nowhere.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was not approved, has left, or is on its way by e-mail.
        IncompleteEntry: no reason is given.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.APPROVED)
    on_its_way(filing)
    if not reason.strip():
        raise IncompleteEntry(field="reason")
    filing.state, filing.approved_by, filing.approved_at, filing.content_digest = Filing.State.DRAFT, None, None, ""
    filing.save(update_fields=["state", "approved_by", "approved_at", "content_digest"])
    _seal("draft.reopened", filing, by)
    return filing


def door_of(filing: Filing, book: Rulebook) -> Channel | None:
    """The door a paper goes through; for a reminder that of the earlier paper, with the day the authority had."""
    step = filing.reminds.step if filing.reminds is not None else filing.step
    if not step:
        return None
    doors = find_channels(facts_of(filing.case, book), book, today=timezone.localdate())
    door = next((door for door in doors if door.step == step), None)
    if door is not None and filing.reminds is not None:
        return msgspec.structs.replace(door, deadline=door.answer_due, enclose=(), form="")
    return door


def _seen(filing: Filing, seen: int) -> DraftVersion:
    last = filing.versions.select_related("by").last()
    if last is None:
        raise NotInThatState(filing=filing.reference, state=str(filing.state))
    if last.number != seen:
        raise ChangedMeanwhile(by=last.by.get_username())
    return last


def _edited(filing_id: int, seen: int, by: User, did: str, change: Callable[[Draft], Draft]) -> DraftVersion:
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.DRAFT)
    last = _seen(filing, seen)
    try:
        changed = change(draft_of(last))
    except ValueError as problem:
        raise IncompleteEntry(field="text") from problem
    version = _next(filing, changed, last.answers, did, by)
    _seal(f"draft.{did}", filing, by, version=version.number)
    return version


def _supports(filing: Filing, notes: Sequence[int], by: User) -> tuple[Support, ...]:
    book = rulebook_of(filing.team_id)
    matter = matter_of(filing, documents_for(by).filter(links__case=filing.case_id), book)
    wanted = {f"note:{number}" for number in notes}
    every = [p for told in matter.told for p in told.passages]
    every += [p for event in matter.happened for p in event.passages]
    found = tuple(passage for passage in every if passage.note in wanted)
    if len({passage.note for passage in found}) != len(wanted):
        raise NotAllowed(verb="edit-case")
    return found


def _next(filing: Filing, made: Draft, answers: dict[str, Any], did: str, by: User) -> DraftVersion:
    last = filing.versions.last()
    return DraftVersion.objects.create(
        filing=filing, number=last.number + 1 if last else 1, content=msgspec.to_builtins(made), answers=answers,
        template=template_for(filing.team_id, made.paper, made.language), did=did, by=by, at=timezone.now(),
    )  # fmt: skip


def _seal(kind: str, filing: Filing, by: User, **more: object) -> None:
    seal(
        kind, by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, **more},
    )  # fmt: skip
