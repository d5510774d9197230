"""How doors stand, in cases that a toy gets wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from amparo.domain.remedies import Channel
from amparo.rules import facts_from, find_channels, load_rules

BOOK = load_rules()


def doors(today: str, **given: Any) -> dict[str, Channel]:
    facts = facts_from(given, BOOK.facts)
    return {channel.step: channel for channel in find_channels(facts, BOOK, today=dt.date.fromisoformat(today))}


def bureau(today: str, **given: Any) -> dict[str, Channel]:
    return doors(today, system="us.bop", **given)


@pytest.mark.parametrize(
    ("today", "state", "because"),
    [("2025-04-09", "pending", "answer-awaited"), ("2025-04-10", "pending", "silence-refused")],
)
def test_silence_speaks_from_the_day_after_the_answer_was_due(today: str, state: str, because: str) -> None:
    request = bureau(today, **{"request.logged": "2025-03-20", "request.extended": False})["request"]
    assert (request.state, request.because[0].code) == (state, because)


def test_silence_opens_the_next_rung_but_nobody_need_take_it() -> None:
    found = bureau("2025-04-10", **{"request.logged": "2025-03-20", "request.extended": False})
    assert found["regional-appeal"].state == "open"
    assert "need not" in found["request"].because[0].say.en


def test_a_rejection_is_no_denial_and_no_clock_runs_on_it() -> None:
    found = bureau("2025-09-01", **{"request.filed": "2025-03-10", "request.rejected": "2025-03-12"})
    assert found["request"].answer_due is None
    assert found["request"].because[0].code == "rejected-late"
    assert found["regional-appeal"].state == "not-yet"


@pytest.mark.parametrize(("today", "state"), [("2025-03-17", "open"), ("2025-03-18", "closed")])
def test_a_rejected_request_may_be_handed_in_again_until_the_fifth_day(today: str, state: str) -> None:
    found = bureau(today, **{"request.filed": "2025-03-10", "request.rejected": "2025-03-12"})["request"]
    assert (found.state, found.deadline and found.deadline.last) == (state, dt.date(2025, 3, 17))


def test_a_paper_accepted_after_it_was_sent_back_is_filed() -> None:
    given = {"request.rejected": "2025-03-12", "request.logged": "2025-03-15", "request.extended": False}
    request = bureau("2025-03-20", **given)["request"]
    assert request.answer_due is not None
    assert (request.state, request.answer_due.last) == ("pending", dt.date(2025, 4, 4))


def test_an_informal_attempt_does_not_stop_the_clock_of_the_request() -> None:
    found = bureau("2025-03-20", incident="2025-03-03", **{"informal-resolution.filed": "2025-03-10"})
    assert found["request"].deadline is not None
    assert found["request"].deadline.last == dt.date(2025, 3, 23)


def test_the_emergency_s_three_days_are_the_warden_s_alone() -> None:
    given = {"immediate-danger": True, "request.answered": "2025-03-20", "regional-appeal.logged": "2025-03-25"}
    due = bureau("2025-03-26", **given)["regional-appeal"].answer_due
    assert due is not None
    assert due.last == dt.date(2025, 4, 24)


def test_a_relative_never_files_for_a_person_in_the_ladder() -> None:
    request = bureau("2025-03-09", incident="2025-03-03")["request"]
    assert "family" not in request.who
    assert "family" in request.helpers


def test_the_last_legal_day_and_the_safe_day_are_shown_apart() -> None:
    deadline = bureau("2025-06-10", **{"regional-appeal.answered": "2025-06-05"})["central-appeal"].deadline
    assert deadline is not None
    assert (deadline.last, deadline.safe) == (dt.date(2025, 7, 5), dt.date(2025, 7, 3))


def test_each_door_waits_with_the_name_of_what_it_waits_for() -> None:
    appeal = bureau("2025-03-09", incident="2025-03-03")["regional-appeal"]
    assert appeal.state == "not-yet"
    assert "Request to the Warden" in appeal.because[0].say.en
    assert "Solicitud al director" in appeal.because[0].say.es


def test_open_doors_come_first_and_among_them_the_soonest() -> None:
    found = list(bureau("2025-03-09", incident="2025-03-03", matter="conditions", sensitive=True).values())
    order = ["open", "pending", "cannot-tell", "not-yet", "closed"]
    ranks = [order.index(channel.state) for channel in found]
    assert ranks == sorted(ranks)
    days = [c.deadline.last if c.deadline else dt.date.max for c in found if c.state == "open"]
    assert days == sorted(days)


def test_the_wording_is_chosen_by_the_day_of_the_trigger_and_not_by_today() -> None:
    for decided, last in (("2022-01-20", "2022-07-20"), ("2025-10-15", "2026-02-15")):
        found = doors(decided, state="gb", **{"final-domestic-decision": decided})["ecthr-application"].deadline
        assert found is not None
        assert str(found.last) == last


def test_the_european_court_is_closed_against_states_that_did_not_ratify() -> None:
    for system in ("us.bop", "mx.federal"):
        found = doors("2025-10-20", system=system, **{"final-domestic-decision": "2025-10-15"})
        assert found["ecthr-application"].state == "closed"


def test_without_any_fact_every_door_says_what_to_ask_and_none_shows_a_day() -> None:
    for channel in doors("2025-03-09").values():
        assert channel.deadline is None
        assert channel.state != "cannot-tell" or channel.ask


def test_when_it_is_not_known_whether_more_time_was_taken_the_answer_s_day_is_not_certain() -> None:
    due = bureau("2025-03-25", **{"request.logged": "2025-03-20"})["request"].answer_due
    assert due is not None
    assert not due.certain
    assert [doubt.code for doubt in due.doubts] == ["extension-unknown"]
