"""Releases and bundles made behind the desk: the gate before and after, nothing half made, nothing left over."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone
from tests.casework.test_releasing import (  # noqa: F401
    agree,
    begun,
    case,
    document,
    leave,
    outcome,
    part,
    supervisor,
    worker,
)
from tests.other_desk import new_desk

from amparo.casework.actions import closing, consents, making, redacting, releasing, shredding, sights
from amparo.casework.consent import Permit, Recipient, require_consent
from amparo.casework.history import verify
from amparo.casework.models import Case, Document, HistoryLine, Making, Sight, User
from amparo.errors import ConsentMissing, IdentityKept, NotAllowed, NotInThatState, ReasonMissing

TODAY = timezone.localdate()


def files(home: Path) -> set[str]:
    """Every file in the store."""
    return {path.name for path in (home / "originals").rglob("*") if path.is_file()}


@pytest.fixture
def court(case: Case) -> Case:  # noqa: F811
    consents.record_consent(
        case.pk, purpose="represent", recipients=[Recipient("court")], identity="full", given=TODAY, noted="oral",
        by=case.opened_by,
    )  # fmt: skip
    return case


def full(of: Case) -> Permit:
    return require_consent(of, purpose="represent", recipient=Recipient("court"), identity="full", on=TODAY)


def asked_bundle(of: Case) -> Making:
    return making.ask_for_bundle(
        of.pk, list(of.links.values_list("document_id", flat=True)), permit=full(of), by=of.opened_by
    )


def test_a_release_is_made_by_the_worker_and_tells_how_far_it_is(case: Case, document: Document, worker: User) -> None:  # noqa: F811
    one = begun(case, document)
    asked = making.ask_for_release(one.pk, permit=leave(case), by=worker)
    with pytest.raises(NotInThatState):
        making.ask_for_release(one.pk, permit=leave(case), by=worker)
    assert (asked.state, asked.of, one.parts.exclude(outcome="").exists()) == ("queued", 1, False)
    assert making.make_next()
    assert not making.make_next()
    one.refresh_from_db()
    asked.refresh_from_db()
    assert (one.state, one.made_by, asked.state, asked.finished) == ("made", worker, "done", 1)
    assert "Dunmore" not in outcome(one)
    assert asked.about_to_keep == []
    kinds = list(HistoryLine.objects.filter(subject=f"release:{one.pk}").values_list("kind", flat=True))
    assert kinds == ["release.begun", "release.asked", "release.made"]
    assert verify() is None


def test_a_consent_taken_back_while_it_waits_keeps_anything_from_being_made(
    court: Case,
    document: Document,  # noqa: F811
    worker: User,  # noqa: F811
    settings,  # type: ignore[no-untyped-def]
) -> None:
    before = files(settings.AMPARO_HOME)
    one = begun(court, document)
    making.ask_for_release(one.pk, permit=leave(court), by=worker)
    asked_bundle(court)
    for row in court.consents.all():
        consents.withdraw_consent(row.pk, reason="he is afraid", by=worker)
    assert making.make_next()
    assert making.make_next()
    for row in Making.objects.all():
        assert (row.state, row.error_code, row.error_facts["why"]) == ("failed", "consent-missing", "withdrawn")
    one.refresh_from_db()
    assert one.state == "open"
    assert files(settings.AMPARO_HOME) == before


def test_a_consent_taken_back_while_it_is_made_undoes_it(
    court: Case,
    worker: User,  # noqa: F811
    settings,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = files(settings.AMPARO_HOME)
    asked = asked_bundle(court)
    whole = making.bundles.bind

    def then_regret(*given: object, **more: object) -> bytes:
        data = whole(*given, **more)  # type: ignore[arg-type]
        consents.withdraw_consent(court.consents.get(purpose="represent").pk, reason="he is afraid", by=worker)
        return data

    monkeypatch.setattr(making.bundles, "bind", then_regret)
    assert making.make_next()
    asked.refresh_from_db()
    assert (asked.state, asked.digest, asked.about_to_keep) == ("failed", "", [])
    assert files(settings.AMPARO_HOME) == before
    assert not HistoryLine.objects.filter(kind__in=["case.bundle-made", "case.bundle-taken-out"]).exists()


def test_a_mistake_of_ours_stops_one_making_and_lets_nothing_out(
    case: Case,  # noqa: F811
    document: Document,  # noqa: F811
    worker: User,  # noqa: F811
    settings,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = begun(case, document)
    before = files(settings.AMPARO_HOME)
    asked = making.ask_for_release(one.pk, permit=leave(case), by=worker)
    monkeypatch.setattr(redacting, "page_count", lambda _: 1 // 0)
    assert making.make_next()
    asked.refresh_from_db()
    one.refresh_from_db()
    assert (asked.state, asked.error_code, one.state) == ("failed", "making-broke", "open")
    assert files(settings.AMPARO_HOME) == before
    monkeypatch.undo()
    making.ask_for_release(one.pk, permit=leave(case), by=worker)
    assert making.make_next()
    one.refresh_from_db()
    assert one.state == "made"


def test_where_others_hold_the_record_it_waits_for_its_turn(
    case: Case,  # noqa: F811
    document: Document,  # noqa: F811
    worker: User,  # noqa: F811
    settings,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sqlite3

    one = begun(case, document)
    before = files(settings.AMPARO_HOME)
    asked = making.ask_for_release(one.pk, permit=leave(case), by=worker)

    def busy(*_: object, **__: object) -> None:
        cause = sqlite3.OperationalError("locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError from cause

    monkeypatch.setattr(redacting, "keep_built", busy)
    with pytest.raises(OperationalError):
        making.make_next()
    asked.refresh_from_db()
    assert (asked.state, asked.attempts) == ("queued", 0)
    assert files(settings.AMPARO_HOME) == before


def test_who_may_no_longer_see_the_case_gets_nothing_made(
    court: Case,
    worker: User,  # noqa: F811
    supervisor: User,  # noqa: F811
) -> None:
    asked = asked_bundle(court)
    User.objects.filter(pk=worker.pk).update(is_active=False)
    assert making.make_next()
    asked.refresh_from_db()
    assert (asked.state, asked.error_code) == ("failed", "not-allowed")


def test_a_bundle_is_given_only_through_the_gate_and_goes_after_a_week(
    court: Case,
    worker: User,  # noqa: F811
    person: Callable[..., User],
    settings,  # type: ignore[no-untyped-def]
) -> None:
    before = files(settings.AMPARO_HOME)
    asked = asked_bundle(court)
    with pytest.raises(NotInThatState):
        making.give_bundle(asked.pk, permit=full(court), by=worker)
    assert making.make_next()
    with pytest.raises(NotAllowed):
        making.give_bundle(asked.pk, permit=full(court), by=person("supervisor", "Other"))
    with pytest.raises(ConsentMissing):
        making.give_bundle(asked.pk, permit=leave(court), by=worker)
    assert making.give_bundle(asked.pk, permit=full(court), by=worker)[:2] == b"PK"
    assert making.clear_old(timezone.now()) == 0
    assert making.clear_old(timezone.now() + dt.timedelta(days=8)) == 1
    assert files(settings.AMPARO_HOME) == before
    with pytest.raises(NotInThatState):
        making.give_bundle(asked.pk, permit=full(court), by=worker)


def test_a_shredded_case_takes_its_bundles_along(
    court: Case,
    worker: User,  # noqa: F811
    supervisor: User,  # noqa: F811
    settings,  # type: ignore[no-untyped-def]
) -> None:
    asked_bundle(court)
    assert making.make_next()
    closing.close(court.pk, by=worker, reason="over")
    asked = shredding.ask_for_case(court.pk, by=worker, reason="its time is over")
    shredding.confirm(asked.pk, by=supervisor)
    assert files(settings.AMPARO_HOME) == set()
    assert Making.objects.get().state == "gone"


def test_what_a_worker_left_is_destroyed_and_it_is_given_up_the_second_time(
    court: Case,
    settings,  # type: ignore[no-untyped-def]
) -> None:
    before = files(settings.AMPARO_HOME)
    asked = asked_bundle(court)
    for state in ("queued", "failed"):
        claimed = making.claim_next()
        assert claimed is not None
        digest = making.store.keep(b"half a bundle", team=court.team_id)
        Making.objects.filter(pk=asked.pk).update(about_to_keep=[digest])
        making.release_claims()
        asked.refresh_from_db()
        assert asked.state == state
        assert files(settings.AMPARO_HOME) == before
    assert asked.error_code == "worker-lost"


def test_somebody_hidden_is_let_back_into_sight_for_a_reason_and_hidden_again(
    case: Case,  # noqa: F811
    document: Document,  # noqa: F811
    worker: User,  # noqa: F811
    supervisor: User,  # noqa: F811
) -> None:
    one = begun(case, document)
    judge = next(p.shown_as for p in releasing.people_of(one) if any("Ackroyd" in name for name in p.names))
    redacting.make(one.pk, permit=leave(case), by=worker)
    one.refresh_from_db()
    assert "Ackroyd" not in outcome(one)
    with pytest.raises(ReasonMissing):
        sights.let_be_seen(one.pk, judge, reason=" ", by=worker)
    with pytest.raises(IdentityKept):
        sights.let_be_seen(one.pk, "Person 1", reason="he would not mind", by=worker)
    sights.let_be_seen(one.pk, judge, reason="the judge the letter is to", by=worker)
    one.refresh_from_db()
    assert (one.state, part(one).outcome) == ("open", "")
    redacting.make(one.pk, permit=leave(case), by=worker)
    one.refresh_from_db()
    told = outcome(one)
    assert "Ackroyd" in told
    assert "Dunmore" not in told
    releasing.approve(one.pk, seen=one.changes, permit=leave(case), by=supervisor)
    with pytest.raises(NotInThatState):
        sights.hide_again(one.pk, judge, by=worker)
    other = begun(case, document)
    assert sights.in_sight(other) == {}
    sights.let_be_seen(other.pk, judge, reason="as above", by=worker)
    sights.hide_again(other.pk, judge, by=worker)
    redacting.make(other.pk, permit=leave(case), by=worker)
    assert "Ackroyd" not in outcome(other)
    assert Sight.objects.count() == 3
    lines = HistoryLine.objects.filter(kind__in=["release.seen", "release.hidden-again"])
    assert [line.details["stands"] for line in lines.order_by("number")] == [judge] * 3
    assert "letter is to" not in repr([line.details for line in lines])
    assert verify() is None


BEGIN = """
from django.utils import timezone
from amparo.casework.actions import cases, consents, intake, making
from amparo.casework.actions.accounts import add_account
from amparo.casework.consent import Recipient, require_consent
keeper = add_account("ana", team="Clinic", role="supervisor", language="en", password="a phrase for tests")
words = b"March 3, 2026\\n\\nDear Judge Orme,\\n\\nI have had no insulin since February 27.\\n\\nAda Pike"
document = intake.receive(words, name="letter.txt", by=keeper).document
intake.read_claimed(intake.claim_next())
case = cases.open_case(person="Ada Pike", by=keeper)
cases.link(case.pk, document.pk, by=keeper)
today = timezone.localdate()
consents.record_consent(case.pk, purpose="represent", recipients=[Recipient("court")], identity="full", given=today,
                        noted="oral", by=keeper)
permit = require_consent(case, purpose="represent", recipient=Recipient("court"), identity="full", on=today)
making.ask_for_bundle(case.pk, [document.pk], permit=permit, by=keeper)
"""
KILLED = """
import os, signal
from amparo.casework import store
from amparo.casework.actions import making
keep = store.keep
def die(*given, **more):
    keep(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
store.keep = die
making.make_next()
"""
LOOK = """
from pathlib import Path
from django.conf import settings
from amparo.casework.history import verify
from amparo.casework.models import Making
one = Making.objects.get()
kept = [path for path in (Path(settings.AMPARO_HOME) / "originals").rglob("*") if path.is_file()]
print(one.state, one.attempts, bool(one.digest), len(one.about_to_keep), len(kept), verify())
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_keeping_a_bundle_leaves_none_and_the_next_one_makes_it(tmp_path: Path) -> None:
    with new_desk(tmp_path / "killed") as desk:
        desk.run(BEGIN)
        assert desk.tried(KILLED).returncode == -signal.SIGKILL
        assert desk.run(LOOK) == "making 1 False 1 2 None"
        again = desk.amparo("worker", "--once")
        assert again.returncode == 0, again.stderr
        assert desk.run(LOOK) == "done 2 True 0 2 None"
