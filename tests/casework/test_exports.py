"""What is given out: with a permit, by reference only, as a line of history; feeds and digests of one's own."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable

import pytest
from django.utils import timezone

from amparo.casework.actions import cases, exports, feeds
from amparo.casework.consent import TEAM, Permit, Recipient, require_consent
from amparo.casework.models import Case, Feed, HistoryLine, User
from amparo.errors import ConsentMissing, IncompleteEntry, NotAllowed

TODAY = timezone.localdate()


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    worker = person("caseworker")
    case = cases.open_case(person="Ada Pike", by=worker)
    for name, value in (
        ("facility", "us.bop/FLM"), ("matter", "conditions"),
        ("incident", (TODAY - dt.timedelta(days=10)).isoformat()),
    ):  # fmt: skip
        cases.enter_fact(case.pk, name, value, by=worker)
    return case


def own(case: Case) -> Permit:
    return exports.own_calendar(case, today=TODAY)


def test_a_case_calendar_names_its_rule_in_the_history_and_nobody_in_itself(case: Case) -> None:
    data = exports.case_calendar(case.pk, permit=own(case), by=case.opened_by)
    assert case.reference.encode() in data
    assert b"Pike" not in data
    line = HistoryLine.objects.get(kind="case.calendar-exported")
    assert line.details == {"purpose": "calendar", "recipient": "team", "identity": "reference", "rule": "own-calendar"}


def test_a_permit_for_something_else_takes_nothing_out(case: Case) -> None:
    other = cases.open_case(person="Noah Reed", by=case.opened_by)
    forged = Permit(case=case.pk, purpose="press", recipient=Recipient("press"), identity="full", on=TODAY)
    for wrong in (own(other), forged, exports.own_calendar(case, today=TODAY - dt.timedelta(days=1))):
        with pytest.raises(ConsentMissing):
            exports.case_calendar(case.pk, permit=wrong, by=case.opened_by)
    assert not HistoryLine.objects.filter(kind="case.calendar-exported").exists()


def test_every_function_that_gives_something_out_asks_for_a_permit() -> None:
    giving = [
        function for name, function in inspect.getmembers(exports, inspect.isfunction)
        if function.__module__ == exports.__name__ and not name.startswith("_")
        and not str(inspect.signature(function).return_annotation).endswith(("Permit", "Permit]"))
    ]  # fmt: skip
    assert {function.__name__ for function in giving} >= {"case_calendar", "feed", "digest"}
    assert [f.__name__ for f in giving if not {"permit", "permits"} & set(inspect.signature(f).parameters)] == []


def test_a_feed_holds_references_and_no_names_and_tells_its_reading_once_a_day(case: Case) -> None:
    made = feeds.make_feed(by=case.opened_by)
    assert made.token not in str(Feed.objects.values())
    for _ in range(3):
        data = feeds.read_feed(made.token)
        assert data is not None
    assert case.reference.encode() in data
    assert b"Pike" not in data
    assert [line.kind for line in HistoryLine.objects.filter(kind__startswith="feed.")] == ["feed.made", "feed.read"]
    assert made.token not in str(list(HistoryLine.objects.values()))


def test_a_feed_and_a_case_calendar_give_a_day_the_same_identifier(case: Case) -> None:
    made = feeds.make_feed(by=case.opened_by)
    ids = [
        {line for line in (data or b"").split(b"\r\n") if line.startswith(b"UID:")}
        for data in (feeds.read_feed(made.token), exports.case_calendar(case.pk, permit=own(case), by=case.opened_by))
    ]
    assert ids[0]
    assert ids[0] <= ids[1]


def test_a_feed_is_closed_when_revoked_replaced_or_its_person_is_gone(case: Case) -> None:
    worker = case.opened_by
    first = feeds.make_feed(by=worker)
    second = feeds.make_feed(by=worker)
    for token in (first.token, "no such token", ""):
        with pytest.raises(NotAllowed):
            feeds.read_feed(token)
    feeds.revoke_feed(second.feed.pk, by=worker)
    third = feeds.make_feed(by=worker)
    User.objects.filter(pk=worker.pk).update(is_active=False)
    for token in (second.token, third.token):
        with pytest.raises(NotAllowed):
            feeds.read_feed(token)


def test_nobody_closes_anothers_feed_and_a_viewer_has_none(case: Case, person: Callable[..., User]) -> None:
    made = feeds.make_feed(by=case.opened_by)
    with pytest.raises(NotAllowed):
        feeds.revoke_feed(made.feed.pk, by=person("supervisor"))
    with pytest.raises(NotAllowed):
        feeds.make_feed(by=person("viewer"))


def test_a_feed_waits_until_every_case_is_counted(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.open_case(person="Noah Reed", by=case.opened_by)
    made = feeds.make_feed(by=case.opened_by)
    monkeypatch.setattr(exports, "_COUNTED_FOR_A_FEED", 0)
    assert feeds.read_feed(made.token) is None
    assert not HistoryLine.objects.filter(kind="feed.read").exists()


def test_a_closed_case_leaves_the_feed(case: Case) -> None:
    made = feeds.make_feed(by=case.opened_by)
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
    assert case.reference.encode() not in (feeds.read_feed(made.token) or b"")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_digest_holds_references_and_no_names(case: Case, language: str) -> None:
    User.objects.filter(pk=case.opened_by_id).update(language=language)
    user = User.objects.get(pk=case.opened_by_id)
    letter = exports.digest(user, permits=exports.own_permits(user, today=TODAY))
    assert letter is not None
    assert case.reference in letter.body
    assert "Pike" not in letter.subject + letter.body


def test_a_case_without_a_permit_is_left_out_of_a_digest(case: Case) -> None:
    letter = exports.digest(case.opened_by, permits={})
    assert letter is not None
    assert case.reference not in letter.body


@pytest.mark.parametrize(
    ("how_often", "last", "due"),
    [("never", None, False), ("daily", None, True), ("daily", 0, False), ("daily", 1, True), ("weekly", None, True),
     ("weekly", 0, False), ("weekly", 7, True)],
)  # fmt: skip
def test_a_digest_comes_as_often_as_chosen(case: Case, how_often: str, last: int | None, due: bool) -> None:
    worker = feeds.choose_digest(how_often=how_often, email="desk@example.org", by=case.opened_by)
    if last is not None:
        User.objects.filter(pk=worker.pk).update(digest_sent_on=TODAY - dt.timedelta(days=last))
    assert bool(list(feeds.digests_due(today=TODAY))) is due


def test_a_weekly_digest_comes_on_mondays(case: Case) -> None:
    worker = feeds.choose_digest(how_often="weekly", email="desk@example.org", by=case.opened_by)
    monday = TODAY - dt.timedelta(days=TODAY.weekday())
    User.objects.filter(pk=worker.pk).update(digest_sent_on=monday - dt.timedelta(days=3))
    worker.refresh_from_db()
    assert [feeds._is_due(worker, monday + dt.timedelta(days=n)) for n in range(3)] == [True, False, False]


def test_an_address_that_is_none_is_refused(case: Case) -> None:
    for email in ("", "desk", "a b@example.org"):
        with pytest.raises(IncompleteEntry):
            feeds.choose_digest(how_often="daily", email=email, by=case.opened_by)


def test_the_gate_decides_about_the_calendar_too(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConsentMissing):
        require_consent(case, purpose="calendar", recipient=TEAM, identity="name", on=TODAY)

    def shut(*_: object, **__: object) -> None:
        raise ConsentMissing(why="unsure")

    made = feeds.make_feed(by=case.opened_by)
    monkeypatch.setattr(exports, "require_consent", shut)
    with pytest.raises(ConsentMissing):
        feeds.read_feed(made.token)
