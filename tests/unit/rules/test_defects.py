"""Why a planned paper would come back, with the code the Bureau would print."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from amparo.errors import UnknownRule
from amparo.rules import facts_from, load_rules
from amparo.rules.defects import find_defects

BOOK = load_rules()
CASE: dict[str, Any] = {"system": "us.bop", "matter": "conditions", "incident": "2025-03-03"}


def found(step: str, today: str, **given: Any) -> dict[str, str]:
    """Codes with their weight."""
    facts = facts_from({"system": "us.bop", **given}, BOOK.facts)
    defects = find_defects(facts, BOOK, step=step, today=dt.date.fromisoformat(today))
    return {defect.code: defect.weight for defect in defects}


def test_an_unsigned_paper_comes_back_as_sig() -> None:
    assert found("request", "2025-03-09", **CASE, **{"filing.signed": False})["SIG"] == "bounces"
    assert "SIG" not in found("request", "2025-03-09", **CASE, **{"filing.signed": True})


def test_what_is_not_known_of_the_paper_is_asked_and_not_held_against_it() -> None:
    assert found("request", "2025-03-09", **CASE)["SIG"] == "ask"


@pytest.mark.parametrize(("today", "late"), [("2025-03-23", False), ("2025-03-24", True)])
def test_a_request_on_the_twentieth_day_is_in_time_and_on_the_next_is_utf(today: str, late: bool) -> None:
    assert ("UTF" in found("request", today, **CASE)) == late


@pytest.mark.parametrize(("arrives", "late"), [("2025-05-15", False), ("2025-05-16", True)])
def test_an_appeal_counts_by_the_day_it_arrives(arrives: str, late: bool) -> None:
    given = {"request.answered": "2025-04-25", "filing.handed-in": "2025-05-05", "filing.arrives": arrives}
    assert (found("regional-appeal", "2025-05-05", **given).get("UTR") == "bounces") == late


def test_without_a_day_of_arrival_the_days_of_the_mail_are_added() -> None:
    given = {"request.answered": "2025-04-25"}
    assert "UTR" not in found("regional-appeal", "2025-05-05", **given, **{"filing.handed-in": "2025-05-08"})
    assert found("regional-appeal", "2025-05-05", **given, **{"filing.handed-in": "2025-05-09"})["UTR"] == "bounces"


def test_a_rejected_request_handed_in_within_its_five_days_is_in_time() -> None:
    given = {**CASE, "request.filed": "2025-03-20", "request.rejected": "2025-03-25"}
    assert "UTF" not in found("request", "2025-03-30", **given)
    assert found("request", "2025-03-31", **given)["UTF"] == "bounces"


def test_between_the_first_and_the_last_possible_day_lateness_is_asked() -> None:
    assert found("request", "2025-03-25", **{**CASE, "incident": "2025-03"})["UTF"] == "ask"


def test_a_relative_may_not_file_a_request_and_the_person_may() -> None:
    assert found("request", "2025-03-09", **CASE, **{"filing.by": "family"})["third-party"] == "bounces"
    assert "third-party" not in found("request", "2025-03-09", **CASE, **{"filing.by": "detained-person"})


def test_an_appeal_before_any_answer_skips_a_rung() -> None:
    assert found("regional-appeal", "2025-03-09", **CASE, **{"request.answered": False})["INS"] == "bounces"
    assert "INS" not in found("regional-appeal", "2025-05-01", **{"request.answered": "2025-04-25"})


def test_what_surely_bounces_stands_first_and_each_says_how_to_mend_it() -> None:
    facts = facts_from({**CASE, "filing.signed": False, "filing.by": "family"}, BOOK.facts)
    defects = find_defects(facts, BOOK, step="request", today=dt.date(2025, 3, 24))
    order = ["bounces", "may-bounce", "ask"]
    weights = [order.index(defect.weight) for defect in defects]
    assert weights == sorted(weights)
    assert {defect.code for defect in defects if defect.weight == "bounces"} == {"UTF", "third-party", "SIG"}
    for defect in defects:
        assert defect.cites
        assert defect.mend.en
        assert defect.mend.es
        assert defect.says.es


@pytest.mark.parametrize(("pages", "long"), [(20, False), (21, True)])
def test_twenty_added_pages_are_allowed_before_the_european_court_and_the_next_is_too_many(
    pages: int, long: bool
) -> None:
    facts = facts_from({"state": "gb", "filing": {"extra-pages": pages}}, BOOK.facts)
    defects = find_defects(facts, BOOK, step="ecthr-application", today=dt.date(2025, 3, 9))
    assert ("too-long" in {defect.code for defect in defects}) == long


def test_no_step_of_that_name_is_an_error_that_says_where_to_look() -> None:
    with pytest.raises(UnknownRule, match="amparo rules list"):
        found("no-such-step", "2025-03-09", **CASE)


@pytest.mark.parametrize("step", sorted({s.id for p in BOOK.procedures for s in p.step}))
def test_every_step_can_be_checked_from_no_facts_at_all(step: str) -> None:
    for defect in find_defects(facts_from({}, BOOK.facts), BOOK, step=step, today=dt.date(2025, 3, 9)):
        assert defect.fact in BOOK.facts
