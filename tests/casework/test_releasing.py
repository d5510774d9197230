"""A release: somebody outside reads a document, and nobody in it can be known; or nothing leaves at all."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from django.utils import timezone

from amparo import reading
from amparo.casework import store
from amparo.casework.actions import cases, consents, drafting, filings, intake, redacting, releasing
from amparo.casework.actions.filings import Paper
from amparo.casework.actions.releasing import Choice
from amparo.casework.consent import Permit, Recipient, require_consent
from amparo.casework.history import verify
from amparo.casework.models import Case, Document, HistoryLine, Reading, Release, ReleasePart, User
from amparo.errors import (
    ChangedMeanwhile,
    ConsentMissing,
    IncompleteEntry,
    NameSurvived,
    NotAllowed,
    NotInThatState,
    OversizedBundle,
    PageNotCovered,
    ReleaseNotReady,
)

TODAY = timezone.localdate()
PRESS = Recipient("press", "The Daily Lantern")


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("caseworker")


@pytest.fixture
def supervisor(person: Callable[..., User]) -> User:
    return person("supervisor")


@pytest.fixture
def document(worker: User, letter: Callable[..., Document]) -> Document:
    return letter(worker)


@pytest.fixture
def case(worker: User, document: Document) -> Case:
    made = cases.open_case(person="Calvin Dunmore", by=worker)
    Case.objects.filter(pk=made.pk).update(register_number="41822-013")
    made.refresh_from_db()
    cases.link(made.pk, document.pk, by=worker)
    agree(made)
    return made


def agree(case: Case, identity: str = "none") -> None:
    consents.record_consent(
        case.pk, purpose="press", recipients=[Recipient("press")], identity=identity, given=TODAY, noted="oral",
        by=case.opened_by,
    )  # fmt: skip


def leave(case: Case, identity: str = "none") -> Permit:
    return require_consent(case, purpose="press", recipient=PRESS, identity=identity, on=TODAY)


def begun(case: Case, *documents: Document, identity: str = "none") -> Release:
    choice = Choice(documents=[one.pk for one in documents])
    return releasing.begin(
        case.pk, choice, permit=leave(case, identity), language="en", by=case.opened_by
    )  # fmt: skip


def part(one: Release, number: int = 1) -> ReleasePart:
    return one.parts.get(number=number)


def outcome(one: Release, number: int = 1) -> str:
    return reading.read(store.fetch(part(one, number).outcome, team=one.team_id)).content


def test_a_release_is_made_by_one_approved_by_another_and_only_then_given_out(
    case: Case, document: Document, worker: User, supervisor: User
) -> None:
    one = begun(case, document)
    redacting.make(one.pk, permit=leave(case), by=worker)
    one.refresh_from_db()
    assert one.state == "made"
    told = outcome(one)
    for name in ("Dunmore", "Calvin", "Ackroyd", "Sorley", "41822", "48213", "cv-02207"):
        assert name not in told
    assert "Person 1" in told
    with pytest.raises(NotInThatState):
        releasing.give(part(one).pk, permit=leave(case), by=worker)
    with pytest.raises(NotAllowed):
        releasing.approve(one.pk, seen=one.changes, permit=leave(case), by=worker)
    releasing.approve(one.pk, seen=one.changes, permit=leave(case), by=supervisor)
    data = releasing.give(part(one).pk, permit=leave(case), by=worker)
    assert data.startswith(b"%PDF")
    kinds = list(HistoryLine.objects.filter(subject=f"release:{one.pk}").values_list("kind", flat=True))
    assert kinds == ["release.begun", "release.made", "release.approved", "release.taken-out"]
    assert "Dunmore" not in repr(list(HistoryLine.objects.values_list("details", flat=True)))
    assert verify() is None


def test_the_same_people_bear_the_same_names_in_every_document_of_a_release(
    case: Case, document: Document, worker: User
) -> None:
    words = b"May 2, 2026\n\nDear Ms Vance,\n\nOn May 1 Lieutenant Sorley took the papers of Calvin Dunmore again.\n"
    other = intake.receive(words, name="second.txt", by=worker).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    cases.link(case.pk, other.pk, by=worker)
    one = begun(case, document, other)
    redacting.make(one.pk, permit=leave(case), by=worker)
    one.refresh_from_db()
    sorley = next(p.shown_as for p in releasing.people_of(one) if "Sorley" in p.names)
    assert f"Lieutenant {sorley}" in outcome(one, 1)
    assert f"Lieutenant {sorley}" in outcome(one, 2)
    assert "papers of Person 1" in outcome(one, 2)


def test_what_a_person_adds_is_hidden_too_and_what_was_made_before_is_forgotten(
    case: Case, document: Document, worker: User
) -> None:
    one = begun(case, document)
    redacting.make(one.pk, permit=leave(case), by=worker)
    assert "Tessler" in outcome(one)  # nobody was read by that name: the caption of the case alone has it
    releasing.hide(one.pk, names=["Tessler"], numbers=["B-12"], by=worker)
    one.refresh_from_db()
    assert (one.state, part(one).outcome) == ("open", "")
    redacting.make(one.pk, permit=leave(case), by=worker)
    assert "Tessler" not in outcome(one)


def test_somebody_named_by_a_paper_that_came_in_later_keeps_a_release_from_being_approved(
    case: Case, document: Document, worker: User, supervisor: User
) -> None:
    one = begun(case, document)
    redacting.make(one.pk, permit=leave(case), by=worker)
    later = intake.receive(
        b"Dear Ms Vance,\n\nOfficer Tindall wrote me up on May 1.\n", name="b.txt", by=worker
    ).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    cases.link(case.pk, later.pk, by=worker)
    with pytest.raises(ReleaseNotReady):
        releasing.approve(one.pk, seen=one.changes, permit=leave(case), by=supervisor)
    redacting.make(one.pk, permit=leave(case), by=worker)
    one.refresh_from_db()
    releasing.approve(one.pk, seen=one.changes, permit=leave(case), by=supervisor)


@pytest.mark.once
def test_a_name_our_reading_missed_is_found_in_the_picture_and_nothing_at_all_is_kept(
    case: Case, worker: User, document: Document, letter: Callable[..., Document]
) -> None:
    scan = letter(worker, "03-grievance-narrative.pdf")
    cases.link(case.pk, scan.pk, by=worker)
    row = scan.readings.get()
    row.content = row.content.replace("Whitfield", "Xxxxxxxxx")
    row.save()
    one = begun(case, document, scan)
    with pytest.raises(NameSurvived) as told:
        redacting.make(one.pk, permit=leave(case), by=worker)
    assert told.value.facts["part"] == 2
    one.refresh_from_db()
    assert one.state == "open"
    assert not one.parts.exclude(outcome="").exists()


@pytest.mark.once
def test_a_page_that_was_not_read_surely_is_looked_at_by_a_person_first(
    case: Case, worker: User, letter: Callable[..., Document]
) -> None:
    scan = letter(worker, "03-grievance-narrative.pdf")
    cases.link(case.pk, scan.pk, by=worker)
    row = scan.readings.get()
    row.pages[0]["lines"] = [{"start": 0, "end": 5, "legibility": 0.3}]
    row.save()
    one = begun(case, scan)
    assert releasing.to_look_at(part(one)) == (1,)
    with pytest.raises(PageNotCovered) as told:
        redacting.make(one.pk, permit=leave(case), by=worker)
    assert (told.value.facts["part"], told.value.facts["page"]) == (1, 1)
    releasing.look_at(part(one).pk, [1], by=worker)
    assert releasing.to_look_at(part(one)) == ()
    redacting.make(one.pk, permit=leave(case), by=worker)
    assert "Whitfield" not in outcome(one)
    assert releasing.preview(part(one).pk, 1, by=worker).startswith(b"\x89PNG")


@pytest.mark.once
def test_an_approved_paper_is_released_with_its_people_hidden(
    case: Case, worker: User, supervisor: User
) -> None:  # fmt: skip
    consents.record_consent(
        case.pk, purpose="complain", recipients=[Recipient("authority")], identity="full", given=TODAY, noted="oral",
        by=worker,
    )  # fmt: skip
    filing = filings.begin(case.pk, Paper(recipient="Warden", kind="authority", purpose="complain"), by=worker)
    drafting.write(filing.pk, by=worker, paper="chaser")
    given = {"reprisal-asked": True, "reprisal-wants": True, "reprisal-plan": True}
    drafting.answer(filing.pk, given, seen=1, by=worker)
    with pytest.raises(NotAllowed):
        releasing.begin(case.pk, Choice(papers=[filing.pk]), permit=leave(case), language="en", by=worker)
    drafting.approve(filing.pk, seen=2, by=supervisor)
    one = releasing.begin(case.pk, Choice(papers=[filing.pk]), permit=leave(case), language="en", by=worker)
    redacting.make(one.pk, permit=leave(case), by=worker)
    told = outcome(one)
    assert "Dunmore" not in told
    assert "Reminder" in told


@pytest.mark.parametrize(
    ("identity", "stands"), [("none", "Person 1"), ("reference", "2026-0001"), ("initials", "C.D.")]
)
def test_how_much_of_who_the_person_is_may_be_told_is_what_stands_in_their_place(
    case: Case, document: Document, worker: User, identity: str, stands: str
) -> None:
    agree(case, identity)
    one = begun(case, document, identity=identity)
    assert releasing.people_of(one)[0].shown_as.replace(" ", "") == stands.replace(" ", "")
    redacting.make(one.pk, permit=leave(case, identity), by=worker)
    assert "Dunmore" not in outcome(one)


def test_a_person_who_agreed_to_be_named_is_named_and_everybody_else_is_not(
    case: Case, document: Document, worker: User
) -> None:
    agree(case, "name")
    one = begun(case, document, identity="name")
    redacting.make(one.pk, permit=leave(case, "name"), by=worker)
    told = outcome(one)
    assert "Calvin Dunmore" in told
    assert "41822-013" not in told
    assert "Sorley" not in told


def test_the_gate_is_asked_at_every_step(case: Case, document: Document, worker: User, supervisor: User) -> None:
    one = begun(case, document)
    permit = leave(case)
    other = msgspec.structs.replace(permit, identity="initials")
    with pytest.raises(ConsentMissing):
        redacting.make(one.pk, permit=other, by=worker)
    redacting.make(one.pk, permit=permit, by=worker)
    releasing.approve(one.pk, seen=one.changes, permit=permit, by=supervisor)
    consents.withdraw_consent(case.consents.get().pk, reason="he is afraid", by=worker)
    with pytest.raises(ConsentMissing):
        releasing.give(part(one).pk, permit=permit, by=worker)
    with pytest.raises(ConsentMissing):
        begun(case, document)


def test_what_was_changed_since_it_was_looked_at_is_not_approved(
    case: Case, document: Document, worker: User, supervisor: User
) -> None:
    one = begun(case, document)
    redacting.make(one.pk, permit=leave(case), by=worker)
    one.refresh_from_db()
    seen = one.changes
    releasing.hide(one.pk, names=["Fairview"], by=worker)
    redacting.make(one.pk, permit=leave(case), by=worker)
    with pytest.raises(ChangedMeanwhile):
        releasing.approve(one.pk, seen=seen, permit=leave(case), by=supervisor)


def test_a_release_is_not_of_another_team_and_a_withdrawn_one_gives_nothing(
    case: Case, document: Document, worker: User, supervisor: User, person: Callable[..., User]
) -> None:
    one = begun(case, document)
    for stranger in (person("supervisor", "Other"), person("viewer"), person("intake")):
        with pytest.raises(NotAllowed):
            redacting.make(one.pk, permit=leave(case), by=stranger)
        with pytest.raises(NotAllowed):
            releasing.hide(one.pk, names=["x"], by=stranger)
        with pytest.raises(NotAllowed):
            releasing.look_at(part(one).pk, [1], by=stranger)
    redacting.make(one.pk, permit=leave(case), by=worker)
    releasing.approve(one.pk, seen=0, permit=leave(case), by=supervisor)
    with pytest.raises(NotInThatState):
        releasing.hide(one.pk, names=["x"], by=worker)
    releasing.withdraw(one.pk, by=worker)
    with pytest.raises(NotInThatState):
        releasing.give(part(one).pk, permit=leave(case), by=worker)


def test_nothing_chosen_too_much_or_nobody_named_is_told(
    case: Case, document: Document, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IncompleteEntry):
        begun(case)
    monkeypatch.setattr(releasing, "MOST_PAGES", 0)
    with pytest.raises(OversizedBundle):
        begun(case, document)
    monkeypatch.undo()
    one = begun(case, document)
    for wrong in ({"names": [" "]}, {"names": ["x"], "shown_as": "Person 99"}):
        with pytest.raises(IncompleteEntry):
            releasing.hide(one.pk, by=worker, **wrong)  # type: ignore[arg-type]
    Reading.objects.filter(document=document).update(state="failed")
    with pytest.raises(PageNotCovered):
        redacting.make(one.pk, permit=leave(case), by=worker)
