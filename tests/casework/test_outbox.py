"""Papers by e-mail: through the gate twice, once and no more, and nobody is left to guess what became of one."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from tests.casework.test_drafting import answer_all, case, filing, ready, seen, worker  # noqa: F401
from tests.mailserver import MailServer, mail_server, point_at

from amparo.casework import store
from amparo.casework.actions import dispatch, drafting, filings, outbox, responses
from amparo.casework.actions.consents import withdraw_consent
from amparo.casework.consent import Permit, require_consent
from amparo.casework.history import verify
from amparo.casework.models import Consent, Filing, HistoryLine, Outgoing, User
from amparo.errors import ConsentMissing, IncompleteEntry, MailNotSet, NotAllowed, NotInThatState
from amparo.web.tasks import tasks_for

TODAY = timezone.localdate()


@pytest.fixture
def server(settings) -> Iterator[MailServer]:  # type: ignore[no-untyped-def]
    with mail_server() as made:
        point_at(settings, made)
        yield made


@pytest.fixture
def approved(filing: Filing, worker: User, person: Callable[..., User]) -> Filing:  # noqa: F811
    ready(filing, worker)
    drafting.approve(filing.pk, seen=seen(filing), by=person("supervisor"))
    filing.refresh_from_db()
    return filing


def leave(filing: Filing) -> Permit:  # noqa: F811
    return require_consent(
        filing.case, purpose="complain", recipient=dispatch.recipient_of(filing), identity="full", on=TODAY
    )


def queue(filing: Filing, by: User) -> Outgoing:  # noqa: F811
    return outbox.queue_mail(filing.pk, permit=leave(filing), to="warden@example.org", by=by)


def again(one: Outgoing) -> Outgoing:
    return Outgoing.objects.get(pk=one.pk)


def test_the_approved_bytes_go_out_with_our_reference_and_nothing_else_of_the_case(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    one = queue(approved, worker)
    assert outbox.send_next()
    assert not outbox.send_next()
    assert len(server.letters) == 1
    message = email.message_from_bytes(server.letters[0], policy=email.policy.default)
    printed = approved.printed.last()
    assert printed is not None
    paper = next(message.iter_attachments())
    assert paper.get_content() == store.fetch(printed.digest, team=approved.team_id)
    words = message.get_body().get_content()  # type: ignore[union-attr]
    assert approved.reference in words
    assert approved.reference in message["Subject"]
    assert message["Message-ID"] == one.message_id
    for told in ("Dunmore", "Calvin", approved.case.reference + " "):
        assert told not in words
        assert told not in message["Subject"]
    approved.refresh_from_db()
    assert (approved.state, approved.means, approved.sent_on) == ("sent", "e-mail", TODAY)
    assert approved.proofs.get().kind == "raw-message"
    assert approved.consent_id == Consent.objects.get().pk
    assert approved.case.facts.filter(name="request.filed").exists()
    raw = outbox.raw_message(one.pk, by=worker)
    assert raw.replace(b"\r\n", b"\n").strip() == server.letters[0].replace(b"\r\n", b"\n").strip()
    assert verify() is None


def test_a_consent_taken_back_after_queueing_stops_the_message_before_the_server_hears_of_it(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    one = queue(approved, worker)
    withdraw_consent(Consent.objects.get().pk, reason="he is afraid", by=worker)
    assert outbox.send_next()
    assert server.letters == []
    assert (again(one).state, again(one).error_code) == ("failed", "consent-missing")
    approved.refresh_from_db()
    assert approved.state == "approved"
    assert HistoryLine.objects.filter(kind="mail.stopped").count() == 1


@pytest.mark.parametrize(("mood", "code"), [("refuses-recipient", "refused-550"), ("refuses-letter", "refused-554")])
def test_a_refusal_in_so_many_words_is_a_failure_and_can_be_sent_again(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
    mood: str,
    code: str,
) -> None:
    server.mood = mood  # type: ignore[assignment]
    one = queue(approved, worker)
    assert outbox.send_next()
    assert (again(one).state, again(one).error_code) == ("failed", code)
    approved.refresh_from_db()
    assert approved.state == "approved"
    server.mood = "well"
    outbox.send_again(one.pk, permit=leave(approved), by=worker)
    assert outbox.send_next()
    assert len(server.letters) == 1
    assert again(one).state == "sent"


def test_a_server_that_is_not_there_has_got_nothing_for_certain(
    approved: Filing,
    worker: User,  # noqa: F811
    settings,  # type: ignore[no-untyped-def]
) -> None:
    with mail_server() as gone:
        point_at(settings, gone)
    one = queue(approved, worker)
    assert outbox.send_next()
    assert (again(one).state, again(one).error_code) == ("failed", "server-unreachable")


@pytest.mark.parametrize("mood", ["silent", "hangs-up"])
def test_silence_after_the_letter_leaves_it_unsure_and_no_worker_tries_it_again(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
    settings,  # type: ignore[no-untyped-def]
    mood: str,
) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    server.mood = mood  # type: ignore[assignment]
    one = queue(approved, worker)
    assert outbox.send_next()
    assert (again(one).state, again(one).error_code) == ("unsure", "no-reply")
    server.mood = "well"
    assert not outbox.send_next()
    assert len(server.letters) == 1
    for blocked in (
        lambda: dispatch.mark_sent(approved.pk, permit=leave(approved), means="mail", sent_on=TODAY, by=worker),
        lambda: filings.withdraw(approved.pk, reason="x", by=worker),
        lambda: drafting.reopen(approved.pk, reason="x", by=worker),
        lambda: queue(approved, worker),
    ):
        with pytest.raises(NotInThatState):
            blocked()
    outbox.arrived(one.pk, by=worker)
    approved.refresh_from_db()
    assert (approved.state, again(one).state) == ("sent", "sent")
    assert len(server.letters) == 1


def test_somebody_who_learns_that_it_did_not_arrive_sends_it_again_under_the_same_number(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    server.mood = "hangs-up"
    one = queue(approved, worker)
    outbox.send_next()
    server.mood = "well"
    outbox.send_again(one.pk, permit=leave(approved), by=worker)
    outbox.send_next()
    assert again(one).state == "sent"
    assert again(one).attempts == 2
    assert {email.message_from_bytes(letter)["Message-ID"] for letter in server.letters} == {one.message_id}


def test_a_worker_that_was_lost_is_noticed_by_its_silence(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    one = queue(approved, worker)
    claimed = outbox.claim_next()
    assert claimed is not None
    assert outbox.claim_next() is None
    assert again(one).state == "sending"
    Outgoing.objects.filter(pk=one.pk).update(claimed_at=timezone.now() - outbox.LEASE - dt.timedelta(seconds=1))
    assert outbox.claim_next() is None
    assert again(one).state == "unsure"
    outbox.send_claimed(claimed)
    assert again(one).state == "sent"
    with pytest.raises(NotInThatState):
        outbox.send_again(one.pk, permit=leave(approved), by=worker)


def test_a_message_is_taken_back_while_it_waits_and_the_paper_can_go_another_way(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    one = queue(approved, worker)
    outbox.take_back(one.pk, by=worker)
    assert not outbox.send_next()
    dispatch.mark_sent(approved.pk, permit=leave(approved), means="mail", sent_on=TODAY, by=worker)
    assert server.letters == []
    with pytest.raises(NotInThatState):
        outbox.send_again(one.pk, permit=leave(approved), by=worker)


def test_what_came_back_undelivered_goes_out_again_as_a_new_message(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    queue(approved, worker)
    outbox.send_next()
    responses.undelivered(approved.pk, dated=TODAY, note="mailbox is full", by=worker)
    queue(approved, worker)
    outbox.send_next()
    approved.refresh_from_db()
    assert (approved.state, len(server.letters)) == ("sent", 2)


def test_nothing_is_queued_without_a_server_an_address_a_permit_or_an_approval(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
    person: Callable[..., User],
    settings,  # type: ignore[no-untyped-def]
) -> None:
    permit = leave(approved)
    for wrong in ("nobody", "a@b.org\r\nBcc: c@d.org", ""):
        with pytest.raises(IncompleteEntry):
            outbox.queue_mail(approved.pk, permit=permit, to=wrong, by=worker)
    with pytest.raises(NotAllowed):
        outbox.queue_mail(approved.pk, permit=permit, to="a@example.org", by=person("viewer"))
    with pytest.raises(NotAllowed):
        outbox.queue_mail(approved.pk, permit=permit, to="a@example.org", by=person("supervisor", "Other"))
    with pytest.raises(ConsentMissing):
        outbox.queue_mail(
            approved.pk, permit=Permit(**{**_fields(permit), "purpose": "press"}),
            to="a@example.org", by=worker,
        )  # fmt: skip
    drafting.reopen(approved.pk, reason="a date", by=worker)
    with pytest.raises(NotInThatState):
        outbox.queue_mail(approved.pk, permit=permit, to="a@example.org", by=worker)
    settings.AMPARO_SMTP_URL = ""
    with pytest.raises(MailNotSet):
        outbox.queue_mail(approved.pk, permit=permit, to="a@example.org", by=worker)
    assert not Outgoing.objects.exists()


def _fields(permit: Permit) -> dict[str, object]:
    return {name: getattr(permit, name) for name in permit.__struct_fields__}


def test_history_names_no_address(approved: Filing, worker: User, server: MailServer) -> None:  # noqa: F811
    queue(approved, worker)
    outbox.send_next()
    assert "example.org" not in repr(list(HistoryLine.objects.values_list("details", flat=True)))


def test_a_paper_in_the_mail_no_longer_waits_to_be_sent(
    approved: Filing,
    worker: User,  # noqa: F811
    server: MailServer,
) -> None:
    def told() -> list[str]:
        return [task.key for task in tasks_for(worker, today=TODAY, titles={})]

    assert "to-send" in told()
    one = queue(approved, worker)
    assert "to-send" not in told()
    outbox.take_back(one.pk, by=worker)
    assert "to-send" in told()
