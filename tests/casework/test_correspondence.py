"""A paper and what came back, for mail programs and address books: through the gate, and read back again."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.casework.test_drafting import agree, case, filing, ready, seen, worker  # noqa: F401

from amparo.casework import store
from amparo.casework.actions import cases, consents, correspondence, dispatch, drafting, filings, intake, responses
from amparo.casework.consent import Permit, require_consent
from amparo.casework.history import verify
from amparo.casework.models import Filing, HistoryLine, User
from amparo.errors import ConsentMissing, NotAllowed, NotInThatState
from amparo.interchange.vcard import read_vcard
from amparo.reading import kinds, parts_of

TODAY = timezone.localdate()
ANSWER = b"From: the Warden\n\nFrom now on the insulin is given on time.\n"


def leave(of: Filing) -> Permit:
    return require_consent(
        of.case, purpose=of.purpose, recipient=dispatch.recipient_of(of), identity=of.identity, on=TODAY
    )  # fmt: skip


@pytest.fixture
def answered(filing: Filing, worker: User, person: Callable[..., User]) -> Filing:  # noqa: F811
    ready(filing, worker)
    drafting.approve(filing.pk, seen=seen(filing), by=person("supervisor"))
    dispatch.mark_sent(filing.pk, permit=leave(filing), means="mail", sent_on=TODAY, by=worker)
    came = intake.receive(ANSWER, name="answer.txt", by=worker).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    cases.link(filing.case_id, came.pk, by=worker)
    responses.record_response(filing.pk, "answer", by=worker, document=came.pk, dated=TODAY, received_on=TODAY)
    filing.refresh_from_db()
    return filing


def test_the_paper_and_its_answer_come_out_as_a_mailbox_and_go_in_again(answered: Filing, worker: User) -> None:  # noqa: F811
    parcel = correspondence.correspondence(answered.pk, "mbox", permit=leave(answered), by=worker)
    assert (parcel.media_type, parcel.name) == ("application/mbox", f"{answered.reference.replace('/', '-')}.mbox")
    parts = [part for part in parts_of(parcel.data) if part.media_type == kinds.MAIL]
    messages = [email.message_from_bytes(part.data, policy=email.policy.default) for part in parts]
    assert len(messages) == 2
    assert messages[1]["In-Reply-To"] == messages[0]["Message-ID"]
    paper = next(messages[0].iter_attachments())
    kept = answered.printed.get()
    assert paper.get_content() == store.fetch(kept.digest, team=answered.team_id)
    answer = next(messages[1].iter_attachments())
    assert answer.get_payload(decode=True) == ANSWER
    line = HistoryLine.objects.filter(kind="paper.taken-out").order_by("number").last()
    assert line is not None
    assert (line.details["copy"], line.details["messages"]) == ("mbox", 2)
    assert verify() is None
    with zipfile.ZipFile(
        io.BytesIO(correspondence.correspondence(answered.pk, "eml", permit=leave(answered), by=worker).data)
    ) as folder:
        assert [name.endswith(".eml") for name in folder.namelist()] == [True, True]


def test_the_recipient_comes_out_as_a_contact_with_nothing_of_the_case(answered: Filing, worker: User) -> None:  # noqa: F811
    Filing.objects.filter(pk=answered.pk).update(address=["PO Box 8500", "Florence, CO 81226"])
    parcel = correspondence.contact_card(answered.pk, permit=leave(answered), by=worker)
    (card,) = read_vcard(parcel.data)
    assert (card.name, card.kind, card.lines) == (answered.recipient, "org", ("PO Box 8500", "Florence, CO 81226"))
    assert b"Dunmore" not in parcel.data
    assert answered.case.reference.encode() not in parcel.data


def test_nothing_comes_out_without_a_consent_before_it_is_sent_or_below_the_full_identity(
    answered: Filing,
    worker: User,  # noqa: F811
    person: Callable[..., User],
) -> None:
    permit = leave(answered)
    for stranger in (person("supervisor", "Other"), person("viewer")):
        with pytest.raises(NotAllowed):
            correspondence.correspondence(answered.pk, "mbox", permit=permit, by=stranger)
        with pytest.raises(NotAllowed):
            correspondence.contact_card(answered.pk, permit=permit, by=stranger)
    draft = filings.begin(
        answered.case_id, filings.Paper(recipient="Warden", kind="authority", purpose="complain"), by=worker
    )
    with pytest.raises(NotInThatState):
        correspondence.correspondence(draft.pk, "mbox", permit=leave(draft), by=worker)
    Filing.objects.filter(pk=answered.pk).update(identity="name")
    named = Filing.objects.get(pk=answered.pk)
    with pytest.raises(ConsentMissing):
        correspondence.correspondence(answered.pk, "mbox", permit=leave(named), by=worker)
    Filing.objects.filter(pk=answered.pk).update(identity="full")
    for row in answered.case.consents.all():
        consents.withdraw_consent(row.pk, reason="he is afraid", by=worker)
    for give in (
        lambda: correspondence.correspondence(answered.pk, "mbox", permit=permit, by=worker),
        lambda: correspondence.contact_card(answered.pk, permit=permit, by=worker),
    ):
        with pytest.raises(ConsentMissing):
            give()
