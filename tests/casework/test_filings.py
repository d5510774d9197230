"""Papers: written, approved by another, sent through the gate, proved, answered; and what each makes known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from django.utils import timezone

from amparo.casework.actions import cases, consents, dispatch, filings, intake, responses
from amparo.casework.actions.filings import Paper
from amparo.casework.consent import Permit, Recipient, require_consent
from amparo.casework.history import verify
from amparo.casework.models import Case, DoorDay, Filing, HistoryLine, Note, Reading, User
from amparo.casework.replies import names, replies
from amparo.errors import ConsentMissing, IncompleteEntry, NotAllowed, NotInThatState

TODAY = timezone.localdate()
BP9 = Paper(
    recipient="Warden, FCI Florence", kind="authority", purpose="complain", procedure="us.bop.administrative-remedy",
    step="request",
)  # fmt: skip


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    worker = person("caseworker")
    case = cases.open_case(person="Ada Pike", by=worker)
    for name, value in (("facility", "us.bop/FLM"), ("matter", "conditions"), ("incident", ago(30).isoformat())):
        cases.enter_fact(case.pk, name, value, by=worker)
    return case


def sent(case: Case, days: int = 25) -> Filing:
    return filings.enter_sent(
        case.pk, BP9, means="hand-to-counselor", sent_on=ago(days), by=case.opened_by, proof="receipt",
        proof_note="receipt of the counselor",
    ).filing  # fmt: skip


def known(case: Case, name: str) -> object:
    return case.facts.filter(name=name).values_list("value", flat=True).last()


def agree(case: Case) -> None:
    consents.record_consent(
        case.pk, purpose="complain", recipients=[Recipient("authority")], identity="full", given=TODAY,
        noted="oral, noted by R.", by=case.opened_by,
    )  # fmt: skip


def permit(filing: Filing) -> Permit:
    return require_consent(
        filing.case, purpose=filing.purpose, recipient=dispatch.recipient_of(filing), identity=filing.identity, on=TODAY
    )


def approved(case: Case, supervisor: User) -> Filing:
    draft = filings.begin(case.pk, BP9, by=case.opened_by)
    return filings.approve(draft.pk, by=supervisor, content_digest="a" * 64)


def test_a_paper_made_outside_enters_as_sent_with_its_proof_and_its_fact(case: Case) -> None:
    filing = sent(case)
    assert (filing.state, filing.reference) == ("sent", f"{case.reference}/1")
    assert filing.proofs.get().kind == "receipt"
    assert known(case, "request.filed") == ago(25).isoformat()
    assert verify() is None
    assert [line.kind for line in HistoryLine.objects.filter(subject=f"filing:{filing.pk}")] == ["filing.entered"]


def test_references_follow_each_other_within_a_case(case: Case) -> None:
    assert [sent(case).reference[-2:] for _ in range(3)] == ["/1", "/2", "/3"]


def test_an_answer_enters_its_days_and_opens_the_next_remedy_with_its_date(case: Case) -> None:
    filing = sent(case)
    responses.acknowledge(filing.pk, dated=ago(24), by=case.opened_by)
    recorded = responses.record_response(
        filing.pk, "answer", code="CLD DNY", signed_on=ago(5), received_on=ago(2), by=case.opened_by
    )
    filing.refresh_from_db()
    assert filing.state == "answered"
    assert recorded.response.means["es"].startswith("Negada")
    assert (known(case, "request.logged"), known(case, "request.answered")) == (ago(24).isoformat(), ago(5).isoformat())
    assert known(case, "request.notified") == ago(2).isoformat()
    assert [door.step for door in recorded.next] == ["regional-appeal"]
    assert recorded.next[0].deadline is not None
    assert recorded.next[0].deadline.last == ago(5) + dt.timedelta(days=20)
    assert DoorDay.objects.get(case=case, step="regional-appeal").last == ago(5) + dt.timedelta(days=20)


def test_a_rejection_opens_the_time_to_mend(case: Case) -> None:
    recorded = responses.record_response(sent(case).pk, "rejection", code="SIG", dated=ago(1), by=case.opened_by)
    assert [door.step for door in recorded.next] == ["request"]
    assert known(case, "request.rejected") == ago(1).isoformat()


def test_what_came_back_unopened_is_not_filed_and_can_be_sent_again(case: Case) -> None:
    agree(case)
    filing = sent(case, days=12)
    responses.undelivered(filing.pk, dated=ago(2), note="returned to sender", by=case.opened_by)
    filing.refresh_from_db()
    assert (filing.state, known(case, "request.filed")) == ("undelivered", False)
    again = dispatch.mark_sent(filing.pk, permit=permit(filing), means="mail", sent_on=TODAY, by=case.opened_by)
    assert (again.filing.state, known(case, "request.filed")) == ("sent", TODAY.isoformat())


@pytest.mark.parametrize(
    ("kind", "fact", "value"),
    [
        ("acknowledgement", "request.logged", ago(3).isoformat()),
        ("extension", "request.extended", ago(3).isoformat()),
        ("silence", "request.answered", False),
    ],
)
def test_each_kind_of_answer_makes_its_fact_known(case: Case, kind: str, fact: str, value: object) -> None:
    responses.record_response(sent(case).pk, kind, dated=ago(3), by=case.opened_by)
    assert known(case, fact) == value


@pytest.mark.parametrize(
    ("kind", "how", "field"),
    [
        ("answer", {}, "dated"),
        ("answer", {"dated": TODAY + dt.timedelta(days=1)}, "dated"),
        ("answer", {"dated": TODAY, "code": "SIG"}, "code"),
        ("rejection", {"dated": TODAY, "code": "NOPE"}, "code"),
        ("applause", {"dated": TODAY}, "kind"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(case: Case, kind: str, how: dict[str, object], field: str) -> None:
    filing = sent(case)
    lines = HistoryLine.objects.count()
    with pytest.raises(IncompleteEntry) as told:
        responses.record_response(filing.pk, kind, by=case.opened_by, **how)  # type: ignore[arg-type]
    assert told.value.facts == {"field": field}
    assert (filing.responses.count(), HistoryLine.objects.count()) == (0, lines)


def test_nobody_approves_their_own_paper(case: Case, person: Callable[..., User]) -> None:
    draft = filings.begin(case.pk, BP9, by=case.opened_by)
    with pytest.raises(NotAllowed):
        filings.approve(draft.pk, by=case.opened_by)
    assert filings.approve(draft.pk, by=person("supervisor"), content_digest="a" * 64).content_digest == "a" * 64


def test_sending_needs_approval_and_a_standing_consent(case: Case, person: Callable[..., User]) -> None:
    filing = approved(case, person("supervisor"))
    with pytest.raises(ConsentMissing):
        permit(filing)
    agree(case)
    leave = permit(filing)
    dispatch.mark_sent(filing.pk, permit=leave, means="mail", sent_on=TODAY, by=case.opened_by, tracking="RR1")
    line = HistoryLine.objects.get(kind="filing.sent")
    assert line.details["consent"] == leave.consent
    assert Filing.objects.get(pk=filing.pk).consent_id == leave.consent
    draft = filings.begin(case.pk, BP9, by=case.opened_by)
    with pytest.raises(NotInThatState):
        dispatch.mark_sent(draft.pk, permit=permit(draft), means="mail", sent_on=TODAY, by=case.opened_by)


def test_a_consent_withdrawn_meanwhile_stops_what_has_not_been_sent(case: Case, person: Callable[..., User]) -> None:
    agree(case)
    filing = approved(case, person("supervisor"))
    leave = permit(filing)
    consents.withdraw_consent(case.consents.get().pk, reason="he is afraid", by=case.opened_by)
    with pytest.raises(ConsentMissing) as told:
        dispatch.mark_sent(filing.pk, permit=leave, means="mail", sent_on=TODAY, by=case.opened_by)
    assert told.value.facts["why"] == "withdrawn"
    filing.refresh_from_db()
    assert (filing.state, known(case, "request.filed")) == ("approved", None)


def test_a_permit_for_another_recipient_sends_nothing(case: Case, person: Callable[..., User]) -> None:
    agree(case)
    filing = approved(case, person("supervisor"))
    other = require_consent(
        case, purpose="complain", recipient=Recipient("authority", "Somebody"), identity="full", on=TODAY
    )
    with pytest.raises(ConsentMissing):
        dispatch.mark_sent(filing.pk, permit=other, means="mail", sent_on=TODAY, by=case.opened_by)


def test_a_withdrawn_paper_stays_and_goes_nowhere(case: Case, person: Callable[..., User]) -> None:
    agree(case)
    filing = approved(case, person("supervisor"))
    with pytest.raises(IncompleteEntry):
        filings.withdraw(filing.pk, reason="", by=case.opened_by)
    filings.withdraw(filing.pk, reason="settled", by=case.opened_by)
    with pytest.raises(NotInThatState):
        dispatch.mark_sent(filing.pk, permit=permit(filing), means="mail", sent_on=TODAY, by=case.opened_by)
    with pytest.raises(NotInThatState):
        responses.record_response(filing.pk, "answer", dated=TODAY, by=case.opened_by)


def test_proof_shows_something_and_is_of_a_paper_that_left(case: Case) -> None:
    filing = sent(case)
    with pytest.raises(IncompleteEntry):
        dispatch.attach_proof(filing.pk, "scan", day=TODAY, by=case.opened_by)
    dispatch.attach_proof(filing.pk, "declaration", day=TODAY, note="sworn by R.", by=case.opened_by)
    assert filing.proofs.count() == 2
    with pytest.raises(NotInThatState):
        draft = filings.begin(case.pk, BP9, by=case.opened_by)
        dispatch.attach_proof(draft.pk, "scan", day=TODAY, note="x", by=case.opened_by)


@pytest.mark.parametrize("role", ["viewer", "intake", "auditor", "stranger"])
def test_others_neither_see_nor_touch_a_filing(case: Case, person: Callable[..., User], role: str) -> None:
    filing = sent(case)
    somebody = person("caseworker", "Consulate") if role == "stranger" else person(role)
    for act in (
        lambda: filings.begin(case.pk, BP9, by=somebody),
        lambda: filings.withdraw(filing.pk, reason="x", by=somebody),
        lambda: responses.record_response(filing.pk, "answer", dated=TODAY, by=somebody),
        lambda: dispatch.attach_proof(filing.pk, "scan", day=TODAY, note="x", by=somebody),
    ):
        with pytest.raises(NotAllowed):
            act()


def answer(case: Case, words: str) -> None:
    document = intake.receive(words.encode(), name="answer.txt", by=case.opened_by).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    cases.link(case.pk, document.pk, by=case.opened_by)


OFFICIAL = """RESPONSE TO ADMINISTRATIVE REMEDY
Part B - Response

This is in response to your request. The Warden has reviewed the record pursuant to policy.
Your request is denied. If dissatisfied, you may appeal to the Regional Director.
"""


def test_a_paper_that_names_our_number_is_offered_beside_its_filing(case: Case) -> None:
    sent(case)
    second = sent(case, days=20)
    answer(case, f"Dear Sir, about your {second.reference}: we have it.")
    (found,) = replies(case, case.team.documents.all())
    assert (found.filing, found.why) == (second, "reference")
    responses.record_response(second.pk, "acknowledgement", document=found.document.pk, dated=TODAY, by=case.opened_by)
    assert replies(case, case.team.documents.all()) == []


def test_an_official_paper_is_offered_beside_the_only_filing_that_waits(case: Case) -> None:
    filing = sent(case)
    answer(case, OFFICIAL)
    (found,) = replies(case, case.team.documents.all())
    assert (found.filing, found.why) == (filing, "only")
    sent(case, days=20)
    (found,) = replies(case, case.team.documents.all())
    assert (found.filing, found.why) == (None, "official")


def test_an_official_paper_is_offered_beside_the_filing_of_the_step_it_speaks_of(case: Case) -> None:
    sent(case)
    appeal = filings.enter_sent(
        case.pk, msgspec.structs.replace(BP9, step="regional-appeal", recipient="Regional Director"), means="mail",
        sent_on=ago(3), by=case.opened_by,
    ).filing  # fmt: skip
    answer(case, OFFICIAL)
    reading = Reading.objects.latest("pk")
    Note.objects.filter(reading=reading).delete()
    Note.objects.create(
        reading=reading, kind="proposal", number=0, code="regional-appeal.answered", start=0, end=8, payload={},
        maker="test",
    )  # fmt: skip
    Reading.objects.filter(pk=reading.pk).update(content=reading.content.replace("Regional Director", "next office"))
    (found,) = replies(case, case.team.documents.all())
    assert (found.filing, found.why) == (appeal, "step")


def test_a_receipt_that_comes_after_the_answer_leaves_the_paper_answered(case: Case) -> None:
    filing = sent(case)
    responses.record_response(filing.pk, "answer", dated=ago(2), by=case.opened_by)
    responses.acknowledge(filing.pk, dated=ago(20), by=case.opened_by)
    filing.refresh_from_db()
    assert filing.state == "answered"


@pytest.mark.parametrize(
    ("words", "named"),
    [("ref. 2026-0004/2.", True), ("2026-0004 / 2", True), ("2026-0004/21", False), ("12026-0004/2", False)],
)
def test_a_number_is_named_whole(words: str, named: bool) -> None:
    assert names(words, "2026-0004/2") is named
