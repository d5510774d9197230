"""A paper from the record: composed from what was confirmed, changed by people, approved by another, frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest
from django.utils import timezone

from amparo import reading
from amparo.casework import store
from amparo.casework.actions import cases, consents, dispatch, drafting, filings, intake, papers, review
from amparo.casework.actions.filings import Paper
from amparo.casework.approvals import answers_of, draft_of
from amparo.casework.consent import Recipient, require_consent
from amparo.casework.history import verify
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, Document, DraftVersion, Filing, HistoryLine, Note, User
from amparo.errors import (
    ChangedMeanwhile,
    ConsentMissing,
    IncompleteEntry,
    NotAllowed,
    NotInThatState,
    PaperNotReady,
    UnknownSentence,
)

TODAY = timezone.localdate()
BP9 = Paper(
    recipient="Warden, FCI Englewood", kind="authority", purpose="complain",
    procedure="us.bop.administrative-remedy", step="request",
)  # fmt: skip
ANSWERS = {
    "filing.signed": True, "filing.informal-shown": True, "filing.through-counselor": True, "filing.form-right": True,
    "filing.form-set": True, "filing.form-legible": True, "filing.one-matter": True, "filing.one-incident-report": True,
    "filing.specific": True, "filing.decent-words": True, "filing.proper-subject": True, "filing.has-exhibits": False,
    "reprisal-asked": True, "reprisal-wants": True, "reprisal-plan": True,
}  # fmt: skip


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("caseworker")


@pytest.fixture
def case(worker: User, letter: Callable[[User], Document]) -> Case:
    document = letter(worker)
    made = cases.open_case(person="Calvin Dunmore", by=worker)
    cases.link(made.pk, document.pk, by=worker)
    day = (TODAY - dt.timedelta(days=5)).isoformat()
    for name, value in (("facility", "us.bop/ENG"), ("matter", "conditions"), ("incident", day)):
        cases.enter_fact(made.pk, name, value, by=worker)
    for note in Note.objects.filter(reading__document=document, kind=Note.Kind.ALLEGATION):
        review.decide(note.pk, "accepted", by=worker)
    return made


@pytest.fixture
def filing(case: Case, worker: User) -> Filing:
    made = filings.begin(case.pk, BP9, by=worker)
    drafting.write(made.pk, by=worker)
    return made


def words(version: DraftVersion) -> str:
    return " ".join(one.text for one in draft_of(version).sentences())


def factual(filing: Filing) -> str:
    version = filing.versions.last()
    assert version is not None
    return next(one.id for one in draft_of(version).sentences() if one.kind == "fact" and not one.quotes)


def seen(filing: Filing) -> int:
    version = filing.versions.last()
    assert version is not None
    return version.number


def agree(case: Case) -> None:
    consents.record_consent(
        case.pk, purpose="complain", recipients=[Recipient("authority")], identity="full", given=TODAY,
        noted="oral, noted by R.", by=case.opened_by,
    )  # fmt: skip


def answer_all(filing: Filing, by: User) -> None:
    for _ in range(4):
        desk = drafting.lay_out(filing, user=by)
        assert desk is not None
        open_ones = {check.fact for check in desk.checks if check.state == "ask"}
        if not open_ones:
            return
        kinds = rulebook_of(filing.team_id).facts
        given = {
            name: ANSWERS.get(name, 0 if name in kinds and kinds[name].kind == "number" else True) for name in open_ones
        }
        drafting.answer(filing.pk, given, seen=seen(filing), by=by)


def ready(filing: Filing, by: User) -> None:
    agree(filing.case)
    answer_all(filing, by)


def test_a_paper_holds_what_was_confirmed_and_nothing_that_was_not(filing: Filing, worker: User) -> None:
    version = filing.versions.last()
    assert version is not None
    confirmed = Note.objects.filter(kind=Note.Kind.ALLEGATION, state=Note.State.ACCEPTED)
    for note in confirmed:
        assert " ".join(note.payload["quotes"][0]["exact"].split()) in words(version)
    first = confirmed.first()
    assert first is not None
    review.decide(first.pk, "rejected", by=worker, seen=1)
    again = drafting.write(filing.pk, by=worker)
    assert " ".join(first.payload["quotes"][0]["exact"].split()) not in words(again)


def test_every_factual_sentence_names_its_note_and_its_exact_place(filing: Filing) -> None:
    version = filing.versions.last()
    assert version is not None
    for sentence in draft_of(version).sentences():
        for support in sentence.supports:
            note = Note.objects.get(pk=int(support.note.partition(":")[2]))
            assert note.reading.content[support.start : support.end] == support.exact
            assert support.document == note.reading.document.digest


def test_a_change_makes_a_new_version_and_undo_brings_the_words_back(filing: Filing, worker: User) -> None:
    before = words(filing.versions.get(number=1))
    name = factual(filing)
    drafting.reword(filing.pk, name, "Papers were kept from me.", seen=1, by=worker)
    assert "Papers were kept from me." in words(filing.versions.get(number=2))
    drafting.undo(filing.pk, seen=2, by=worker)
    assert words(filing.versions.get(number=3)) == before
    assert [v.did for v in filing.versions.all()] == ["composed", "reworded", "undone"]
    assert verify() is None


def test_two_people_changing_one_paper_do_not_overwrite_each_other(
    filing: Filing, worker: User, person: Callable[..., User]
) -> None:
    other = person("supervisor")
    drafting.reword(filing.pk, factual(filing), "Papers were kept from me.", seen=1, by=other)
    with pytest.raises(ChangedMeanwhile):
        drafting.reword(filing.pk, factual(filing), "Papers were lost.", seen=1, by=worker)
    assert filing.versions.count() == 2


def test_a_sentence_added_without_a_source_stops_the_paper_until_it_has_one(filing: Filing, worker: User) -> None:
    drafting.add(filing.pk, factual(filing), "The counselor knew of it.", seen=1, by=worker)
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    stops = [(c.code, c.sentence) for c in desk.checks if c.state == "stop"]
    assert ("unsupported", "a001") in stops
    note = Note.objects.filter(kind=Note.Kind.ALLEGATION).first()
    assert note is not None
    drafting.rest_on(filing.pk, "a001", [note.pk], seen=2, by=worker)
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    assert "unsupported" not in [c.code for c in desk.checks]
    drafting.remove(filing.pk, "a001", seen=3, by=worker)
    assert "The counselor knew" not in words(filing.versions.get(number=4))


def test_a_sentence_cannot_rest_on_a_note_of_another_case(filing: Filing, worker: User) -> None:
    with pytest.raises(NotAllowed):
        drafting.rest_on(filing.pk, factual(filing), [999_999], seen=1, by=worker)


def test_a_note_taken_back_later_is_told_by_the_paper_that_used_it(filing: Filing, worker: User) -> None:
    note = Note.objects.filter(kind=Note.Kind.ALLEGATION).first()
    assert note is not None
    review.undo(note.pk, by=worker)
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    assert "source-withdrawn" in [c.code for c in desk.checks if c.state == "stop"]


def test_a_transcription_corrected_later_is_told_by_the_paper_that_used_it(filing: Filing, worker: User) -> None:
    note = Note.objects.filter(kind=Note.Kind.ALLEGATION).first()
    assert note is not None
    old = note.reading.content
    exact = note.payload["quotes"][0]["exact"]
    intake.read_again(note.reading.document, content=old.replace(exact, "something else entirely"), by=worker)
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    assert "source-corrected" in [c.code for c in desk.checks if c.state == "stop"]


def test_a_paper_is_approved_only_when_everything_holds(
    filing: Filing, worker: User, person: Callable[..., User]
) -> None:
    supervisor = person("supervisor")
    with pytest.raises(PaperNotReady) as told:
        drafting.approve(filing.pk, seen=seen(filing), by=supervisor)
    assert "consent-missing" in str(told.value)
    ready(filing, worker)
    with pytest.raises(NotAllowed):
        drafting.approve(filing.pk, seen=seen(filing), by=worker)
    with pytest.raises(ChangedMeanwhile):
        drafting.approve(filing.pk, seen=1, by=supervisor)
    printed = drafting.approve(filing.pk, seen=seen(filing), by=supervisor)
    filing.refresh_from_db()
    assert (filing.state, filing.approved_by) == (Filing.State.APPROVED, supervisor)
    data = store.fetch(printed.digest, team=filing.team_id)
    assert hashlib.sha256(data).hexdigest() == printed.digest
    text = reading.read(data).content
    assert "DRAFT" not in text
    assert filing.reference in text


def test_whoever_reworded_a_sentence_does_not_approve_it(
    filing: Filing, worker: User, person: Callable[..., User]
) -> None:
    supervisor = person("supervisor")
    drafting.reword(filing.pk, factual(filing), "Papers were kept from me.", seen=1, by=supervisor)
    ready(filing, worker)
    with pytest.raises(NotAllowed):
        drafting.approve(filing.pk, seen=seen(filing), by=supervisor)


def test_a_paper_written_here_cannot_be_approved_past_its_checks(filing: Filing, person: Callable[..., User]) -> None:
    with pytest.raises(PaperNotReady):
        filings.approve(filing.pk, by=person("supervisor"))


def test_an_approved_paper_is_frozen_until_the_approval_is_taken_back(
    filing: Filing, worker: User, person: Callable[..., User]
) -> None:
    supervisor = person("supervisor")
    ready(filing, worker)
    drafting.approve(filing.pk, seen=seen(filing), by=supervisor)
    with pytest.raises(NotInThatState):
        drafting.reword(filing.pk, factual(filing), "Other words.", seen=seen(filing), by=worker)
    with pytest.raises(IncompleteEntry):
        drafting.reopen(filing.pk, reason=" ", by=worker)
    drafting.reopen(filing.pk, reason="a date is wrong", by=worker)
    filing.refresh_from_db()
    assert (filing.state, filing.content_digest, filing.approved_by) == (Filing.State.DRAFT, "", None)
    assert filing.printed.count() == 1


def test_if_the_person_does_not_want_it_sent_the_paper_stops(filing: Filing, worker: User) -> None:
    ready(filing, worker)
    drafting.answer(filing.pk, {"reprisal-wants": False}, seen=seen(filing), by=worker)
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    assert "reprisal-stop" in [c.code for c in desk.checks if c.state == "stop"]


def test_the_rules_own_reasons_for_a_bounce_stop_the_paper(filing: Filing, worker: User) -> None:
    ready(filing, worker)
    drafting.answer(filing.pk, {"filing.signed": False}, seen=seen(filing), by=worker)
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    assert "defect-SIG" in [c.code for c in desk.checks if c.state == "stop"]
    version = filing.versions.last()
    assert version is not None
    assert answers_of(version, rulebook_of(filing.team_id))["filing.signed"] is False


def test_a_paper_by_initials_stops_where_the_name_still_stands(case: Case, worker: User) -> None:
    made = filings.begin(
        case.pk, Paper(recipient="A body", kind="un-body", purpose="complain", identity="initials"), by=worker
    )
    drafting.write(made.pk, by=worker, paper="chaser")
    version = made.versions.last()
    assert version is not None
    assert "Dunmore" not in words(version)
    name = next(one.id for one in draft_of(version).sentences())
    drafting.reword(made.pk, name, "About Calvin Dunmore.", seen=1, by=worker)
    desk = drafting.lay_out(made, user=worker)
    assert desk is not None
    assert ("name-shown", name) in [(c.code, c.sentence) for c in desk.checks if c.state == "stop"]


def test_working_copies_bear_draft_and_the_approved_bytes_pass_the_gate(
    filing: Filing, worker: User, person: Callable[..., User]
) -> None:
    for copy in ("draft", "annex", "reading"):
        data = papers.working_copy(filing.pk, copy, by=worker)  # type: ignore[arg-type]
        assert data.startswith(b"%PDF"), copy
    assert "How to file" in reading.read(papers.working_copy(filing.pk, "sheet", by=worker)).content
    with pytest.raises(ConsentMissing):
        require_consent(
            filing.case, purpose="complain", recipient=dispatch.recipient_of(filing), identity="full", on=TODAY
        )
    ready(filing, worker)
    printed = drafting.approve(filing.pk, seen=seen(filing), by=person("supervisor"))
    permit = require_consent(
        filing.case, purpose="complain", recipient=dispatch.recipient_of(filing), identity="full", on=TODAY
    )
    data = papers.printed(filing.pk, permit=permit, by=worker)
    assert hashlib.sha256(data).hexdigest() == printed.digest
    assert papers.word_copy(filing.pk, permit=permit, by=worker).startswith(b"PK")
    consent = filing.case.consents.get()
    consents.withdraw_consent(consent.pk, reason="he changed his mind", by=worker)
    with pytest.raises(ConsentMissing):
        papers.printed(filing.pk, permit=permit, by=worker)
    assert HistoryLine.objects.filter(kind="paper.taken-out").count() == 2


def test_another_teams_papers_are_not_there(filing: Filing, person: Callable[..., User]) -> None:
    stranger = person("supervisor", "Other")
    with pytest.raises(NotAllowed):
        drafting.reword(filing.pk, "s001", "x", seen=1, by=stranger)
    with pytest.raises(NotAllowed):
        papers.working_copy(filing.pk, "draft", by=stranger)


def test_a_sentence_that_is_gone_is_told(filing: Filing, worker: User) -> None:
    with pytest.raises(UnknownSentence):
        drafting.reword(filing.pk, "s999", "x", seen=1, by=worker)
    with pytest.raises(IncompleteEntry):
        drafting.reword(filing.pk, factual(filing), "  ", seen=1, by=worker)


def test_history_tells_each_step_without_a_word_of_the_paper(
    filing: Filing, worker: User, person: Callable[..., User]
) -> None:
    ready(filing, worker)
    drafting.approve(filing.pk, seen=seen(filing), by=person("supervisor"))
    kinds = set(HistoryLine.objects.filter(subject=f"filing:{filing.pk}").values_list("kind", flat=True))
    assert {"filing.begun", "draft.composed", "draft.answered", "draft.frozen", "filing.approved"} <= kinds
    told = str(list(HistoryLine.objects.values_list("details", flat=True)))
    assert "Dunmore" not in told
    assert "trial papers" not in told
    assert verify() is None
