"""What follows from a case's facts alone: what happened, what is due, what is not known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from amparo.domain.dates import PartialDate
from amparo.rules import facts_from, load_rules
from amparo.rules.reckoning import Reckoning

BOOK = load_rules()


def reckoned(today: str = "2025-06-01", **given: Any) -> Reckoning:
    return Reckoning(facts_from(given, BOOK.facts), BOOK, today=dt.date.fromisoformat(today))


def test_what_is_absent_is_unknown_and_not_false() -> None:
    case = reckoned()
    assert case.happening("request.answered").happened is None
    assert case.all_hold("sexual-abuse") is None
    assert case.unknown(("sexual-abuse", "sensitive")) == ("sexual-abuse", "sensitive")


def test_of_several_conditions_one_that_fails_settles_it_and_one_unknown_leaves_it_open() -> None:
    case = reckoned(**{"sexual-abuse": True, "sensitive": False})
    assert case.all_hold(("sexual-abuse", "immediate-danger")) is None
    assert case.all_hold(("sensitive", "immediate-danger")) is False
    assert case.all_hold(("sexual-abuse",)) is True


def test_an_option_of_a_choice_is_a_condition() -> None:
    case = reckoned(matter="sexual-abuse")
    assert case.happening("matter.sexual-abuse").happened is True
    assert case.happening("matter.conditions").happened is False
    assert reckoned().happening("matter.conditions").happened is None


def test_what_came_later_tells_that_the_earlier_came_too() -> None:
    case = reckoned(**{"request.answered": "2025-04-25"})
    assert case.happening("request.filed").happened is True
    assert case.happening("request.filed").when is None
    assert case.happening("request.silent").happened is False


def test_an_answer_that_reached_the_person_was_given_though_its_day_is_not_known() -> None:
    case = reckoned(**{"request.notified": "2025-05-05"})
    assert case.happening("request.answered").happened is True
    assert case.file_by("regional-appeal") is None


def test_silence_is_known_only_when_the_time_to_answer_has_run_out() -> None:
    given = {"request.logged": "2025-03-20", "request.extended": False}
    assert reckoned("2025-04-09", **given).happening("request.silent").happened is False
    assert reckoned("2025-04-10", **given).happening("request.silent").happened is True


def test_an_extension_puts_the_silence_off() -> None:
    given = {"request.logged": "2025-03-20", "request.extended": True}
    assert reckoned("2025-04-29", **given).happening("request.silent").happened is False
    assert reckoned("2025-04-30", **given).happening("request.silent").happened is True


def test_from_a_receipt_known_in_part_silence_waits_for_the_latest_day() -> None:
    given = {"request.logged": "2025-03-10/2025-03-20", "request.extended": False}
    assert reckoned("2025-04-09", **given).happening("request.silent").happened is False
    assert reckoned("2025-04-10", **given).happening("request.silent").happened is True


def test_a_day_that_is_known_to_have_been_but_not_when_counts_nothing() -> None:
    case = reckoned(incident=True)
    assert case.happening("incident").happened is True
    assert case.file_by("request") is None
    assert case.file_day("request") is None


def test_the_day_alone_is_the_day_with_its_working() -> None:
    case = reckoned(incident="2025-03", **{"request.logged": "2025-03-20"})
    deadline, due = case.file_by("request"), case.answer_due("request")
    assert deadline is not None
    assert due is not None
    assert case.file_day("request") == deadline.last == dt.date(2025, 3, 21)
    assert case.answer_by("request") == due.last


def test_a_longer_limit_that_may_hold_never_shortens_the_day_and_no_limit_leaves_none() -> None:
    assert reckoned(incident="2025-03-03").file_day("request") == dt.date(2025, 3, 23)
    assert reckoned(incident="2025-03-03", **{"sexual-abuse": True}).file_day("request") is None


def test_a_claim_counts_from_the_earlier_of_harm_and_knowledge_when_that_is_how_it_may_be() -> None:
    """A later day of knowledge may hold, but nobody should rely on it unknown."""
    case = reckoned(incident="2024-03-01")
    deadline = case.file_by("tort-claim")
    assert deadline is not None
    assert deadline.last == dt.date(2026, 3, 1)


def test_an_unknown_step_is_no_step() -> None:
    case = reckoned()
    assert case.current("no-such-step") is None
    assert case.file_by("no-such-step") is None
    assert case.place("no-such-step", dt.date(2025, 1, 1)) is None


def test_a_wording_is_found_by_the_day_or_not_at_all() -> None:
    case = reckoned()
    early, late = (
        case.place("ecthr-application", dt.date(2021, 5, 1)),
        case.place("ecthr-application", dt.date(2023, 5, 1)),
    )
    assert early is not None
    assert late is not None
    assert (early.step.file.within, late.step.file.within) == ("6 months", "4 months")
    assert case.place("ecthr-application", dt.date(1950, 1, 1)) is None


def test_a_rejected_paper_is_rejected_until_it_is_taken_in() -> None:
    assert reckoned(**{"request.rejected": "2025-03-12"}).rejected("request")
    assert not reckoned(**{"request.rejected": "2025-03-12", "request.logged": "2025-03-15"}).rejected("request")
    assert reckoned(**{"request.rejected": "2025-03-12", "request.logged": "2025-03-10"}).rejected("request")
    assert reckoned(**{"request.rejected": "2025-03-12", "request.logged": "2025-03-12"}).rejected("request")
    assert reckoned(**{"request.rejected": "2025-03", "request.logged": "2025-03-20"}).rejected("request")


def test_a_partial_date_given_as_one_is_used_as_it_is() -> None:
    case = reckoned(incident=PartialDate.of_month(2025, 2))
    assert case.file_day("request") == dt.date(2025, 2, 21)
