"""An authority that stays silent is reminded by a paper of its own; and what is printed around a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from amparo import reading
from amparo.casework.actions import cases, consents, drafting, filings, papers, printing, reminders, responses
from amparo.casework.actions.filings import Paper
from amparo.casework.approvals import approvable, draft_of
from amparo.casework.consent import Permit, Recipient, require_consent
from amparo.casework.facts import facts_of
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, Filing, HistoryLine, Team, User
from amparo.errors import ConsentMissing, NotAllowed, NotInThatState
from amparo.rules import find_channels

TODAY = timezone.localdate()
BP9 = Paper(
    recipient="Warden, FCI Englewood", kind="authority", purpose="complain",
    address=("9595 Quincy Avenue", "Littleton"),
    procedure="us.bop.administrative-remedy", step="request",
)  # fmt: skip


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    worker = person("caseworker")
    made = cases.open_case(person="Calvin Dunmore", by=worker)
    Case.objects.filter(pk=made.pk).update(register_number="41822-013")
    Team.objects.update(letterhead=["12 Elm Street", "Denver"])
    for name, value in (("facility", "us.bop/ENG"), ("matter", "conditions"), ("incident", ago(70))):
        cases.enter_fact(made.pk, name, value, by=worker)
    consents.record_consent(
        made.pk, purpose="complain", recipients=[Recipient("authority")], identity="full", given=TODAY, noted="oral",
        by=worker,
    )  # fmt: skip
    return Case.objects.get(pk=made.pk)


def ago(days: int) -> str:
    return (TODAY - dt.timedelta(days=days)).isoformat()


def sent(case: Case, days: int) -> Filing:
    day = TODAY - dt.timedelta(days=days)
    made = filings.enter_sent(case.pk, BP9, means="mail", sent_on=day, tracking="RR 12 US", by=case.opened_by).filing
    cases.enter_fact(case.pk, "request.logged", day.isoformat(), by=case.opened_by)
    return made


def due(filing: Filing) -> dt.date | None:
    book = rulebook_of(filing.team_id)
    found = reminders.overdue(filing, find_channels(facts_of(filing.case, book), book, today=TODAY), today=TODAY)
    return found.last if found is not None else None


def leave(filing: Filing) -> Permit:
    recipient = Recipient("authority", filing.recipient)
    return require_consent(filing.case, purpose="complain", recipient=recipient, identity="full", on=TODAY)


def test_a_paper_whose_last_day_went_by_is_reminded_of_by_a_paper_that_names_it(
    case: Case, person: Callable[..., User]
) -> None:
    earlier = sent(case, 60)
    assert due(earlier) is not None
    made = reminders.remind(earlier.pk, by=case.opened_by)
    assert (made.reminds, made.recipient, made.step) == (earlier, earlier.recipient, "")
    version = drafting.write(made.pk, by=case.opened_by)
    draft = draft_of(version)
    words = " ".join(one.text for one in draft.sentences())
    assert draft.paper == "chaser"
    assert earlier.reference in words
    assert "28 CFR 542.18" in words
    assert draft.reference == made.reference
    assert not draft.enclosures
    given = {"reprisal-asked": True, "reprisal-wants": True, "reprisal-plan": True}
    drafting.answer(made.pk, given, seen=1, by=case.opened_by)
    supervisor = person("supervisor")
    desk = drafting.lay_out(made, user=supervisor)
    assert desk is not None
    assert approvable(desk.checks), [(c.code, c.state) for c in desk.checks]
    assert "too-late" not in [check.code for check in desk.checks]
    with pytest.raises(NotInThatState):
        papers.working_copy(made.pk, "sheet", by=case.opened_by)
    earlier.refresh_from_db()
    assert earlier.state == "sent"
    assert responses.record_response(earlier.pk, "silence", by=case.opened_by).response.kind == "silence"
    assert HistoryLine.objects.get(kind="filing.reminder-begun").details["reminder"] == made.reference


def test_nobody_is_reminded_before_their_day_or_twice_at_once(case: Case, person: Callable[..., User]) -> None:
    early = sent(case, 5)
    assert due(early) is None
    with pytest.raises(NotInThatState):
        reminders.remind(early.pk, by=case.opened_by)
    late = sent(case, 60)
    reminders.remind(late.pk, by=case.opened_by)
    with pytest.raises(NotInThatState):
        reminders.remind(late.pk, by=case.opened_by)
    with pytest.raises(NotAllowed):
        reminders.remind(late.pk, by=person("supervisor", "Other"))


def test_an_answered_paper_needs_no_reminder(case: Case) -> None:
    late = sent(case, 60)
    responses.record_response(late.pk, "answer", dated=TODAY, by=case.opened_by)
    late.refresh_from_db()
    assert due(late) is None


def test_labels_bear_the_address_the_marking_and_a_line_for_the_receipt(case: Case) -> None:
    filing = sent(case, 5)
    plain = reading.read(printing.labels(filing.pk, permit=leave(filing), by=case.opened_by)).content
    assert "Warden, FCI Englewood" in plain
    assert "RR 12 US" in plain
    assert "12 Elm Street" in plain
    assert "SPECIAL MAIL" not in plain
    assert "Dunmore" not in plain
    marked = reading.read(
        printing.labels(filing.pk, permit=leave(filing), by=case.opened_by, to_person=True)
    ).content  # fmt: skip
    assert "SPECIAL MAIL - OPEN ONLY IN THE PRESENCE OF THE INMATE" in marked
    assert "41822-013" in marked


@pytest.mark.parametrize("kind", ["declaration-of-mailing", "declaration-of-posting"])
def test_a_declaration_names_the_paper_and_leaves_the_day_to_whoever_signs(case: Case, kind: str) -> None:
    filing = sent(case, 5)
    words = reading.read(
        printing.declaration(filing.pk, kind, permit=leave(filing), by=case.opened_by)  # type: ignore[arg-type]
    ).content
    assert "under penalty of perjury" in words
    assert filing.reference in words
    assert "RR 12 US" in words
    assert "DRAFT" not in words


def test_what_is_printed_passes_the_gate_like_the_paper_itself(case: Case, person: Callable[..., User]) -> None:
    filing = sent(case, 5)
    permit = leave(filing)
    with pytest.raises(NotAllowed):
        printing.labels(filing.pk, permit=permit, by=person("viewer"))
    consents.withdraw_consent(case.consents.get().pk, reason="he is afraid", by=case.opened_by)
    with pytest.raises(ConsentMissing):
        printing.labels(filing.pk, permit=permit, by=case.opened_by)
    with pytest.raises(ConsentMissing):
        printing.declaration(filing.pk, "declaration-of-mailing", permit=permit, by=case.opened_by)
    assert not HistoryLine.objects.filter(kind="paper.taken-out").exists()
