"""How a day came about, told so that a person can count along."""

from __future__ import annotations

import datetime as dt
from typing import Any

from amparo.domain.remedies import Explanation
from amparo.rules import facts_from, find_channels, load_rules
from amparo.rules.explain import explain

BOOK = load_rules()


def told(step: str, today: str, *, authority: bool = False, **given: Any) -> Explanation:
    facts = facts_from({"system": "us.bop", **given}, BOOK.facts)
    found = find_channels(facts, BOOK, today=dt.date.fromisoformat(today))
    page = explain(next(c for c in found if c.step == step), facts, BOOK, authority=authority)
    assert page is not None
    return page


def lines(page: Explanation, language: str = "en") -> list[str]:
    return [line.say.in_(language) for line in page.lines]


def test_a_request_is_told_from_the_incident_to_the_safe_day() -> None:
    page = told("request", "2025-03-09", incident="2025-03-03")
    assert page.title.en == "Request to the Warden (BP-9)"
    assert "20 calendar days" in page.rule.en
    assert "must have arrived by then" in page.rule.en
    assert lines(page) == [
        "It runs from the day on which it happened: Mon 3 March 2025. That day is not counted.",
        "20 calendar days, counted from Tue 4 March 2025 to Sun 23 March 2025.",
        "No day is skipped and nothing rolls: the rule counts every day.",
        "Last legal day: Sun 23 March 2025.",
        "Safe day: Fri 21 March 2025, the last day on which the office is open for certain (US federal offices).",
    ]
    assert (page.certain, page.doubts, page.digest) == (True, (), BOOK.digest)


def test_the_same_is_told_in_spanish() -> None:
    page = told("request", "2025-03-09", incident="2025-03-03")
    assert lines(page, "es")[:2] == [
        "Corre desde el día en que ocurrió: lun 3 de marzo de 2025. Ese día no se cuenta.",
        "20 días naturales, contados del mar 4 de marzo de 2025 al dom 23 de marzo de 2025.",
    ]


def test_a_suit_that_rolls_names_each_closed_day_and_its_provision() -> None:
    page = told("tort-suit", "2025-09-09", matter="tort", **{"tort-claim.answered": "2025-08-15"})
    assert lines(page)[2:5] == [
        "Sun 15 February 2026 is skipped: Sunday.",
        "Mon 16 February 2026 is skipped: Washington's Birthday.",
        "The office is closed on Sun 15 February 2026; the day moves to Tue 17 February 2026 (US federal courts).",
    ]
    assert "No day is skipped" not in " ".join(lines(page))
    assert {"28 USC 2401(b)", "FRCP 6(a)(1)(C)", "5 USC 6103(a)"} <= {cite.ref for cite in page.cites}


def test_an_appeal_by_mail_names_the_day_to_post_it() -> None:
    page = told("regional-appeal", "2025-05-06", **{"request.answered": "2025-04-25"})
    assert page.send_by == dt.date(2025, 5, 8)
    assert lines(page)[-1] == "Post it by Thu 8 May 2025: 7 days are allowed for the mail."


def test_a_day_known_in_part_says_so_and_how_far_it_could_move() -> None:
    page = told("request", "2025-03-09", incident="2025-03", **{"known-from": {"incident": "letter of 9 March"}})
    assert "letter of 9 March" in page.known_from.en
    assert "the earliest possible day is taken" in page.known_from.en
    (doubt,) = page.doubts
    assert "Sun 20 April 2025" in doubt.en
    assert "20 de abril" in doubt.es
    assert not page.certain


def test_where_a_day_is_known_from_is_told_or_that_nobody_said() -> None:
    named = told("request", "2025-03-09", incident="2025-03-03", **{"known-from": {"incident": "a stamp"}})
    assert named.known_from.en == "a stamp"
    assert told("request", "2025-03-09", incident="2025-03-03").known_from.en == "as given; no source was named"


def test_the_authority_s_day_counts_from_the_latest_and_is_titled_as_theirs() -> None:
    page = told("request", "2025-03-21", authority=True, **{"request.logged": "2025-03-10/2025-03-20"})
    assert page.title.en.endswith("the authority's answer")
    assert page.last == dt.date(2025, 4, 9)
    assert "the latest possible day is taken" in page.known_from.en
    assert lines(page)[-1] == "Last legal day: Wed 9 April 2025."


def test_a_notice_of_extension_is_a_line_of_its_own() -> None:
    given = {"request.logged": "2025-12-05", "request.extended": True}
    page = told("request", "2025-12-20", authority=True, **given)
    assert "Extended by 20 calendar days, to Wed 14 January 2026." in lines(page)


def test_an_appeal_of_a_silence_is_worked_out_and_says_that_the_rule_is_silent() -> None:
    page = told("regional-appeal", "2025-04-12", **{"request.logged": "2025-03-20", "request.extended": False})
    assert page.known_from.en == "worked out from the other facts"
    assert any("amparo's choice" in doubt.en for doubt in page.doubts)


def test_time_granted_is_told() -> None:
    given = {"incident": "2025-03-03", "request.granted-time": "2025-04-10"}
    assert "Extra time was granted, to Thu 10 April 2025." in lines(told("request", "2025-03-09", **given))


def test_a_door_without_a_day_has_nothing_to_explain() -> None:
    facts = facts_from({"system": "us.bop", "matter": "conditions"}, BOOK.facts)
    found = find_channels(facts, BOOK, today=dt.date(2025, 3, 9))
    assert explain(next(c for c in found if c.step == "request"), facts, BOOK) is None


def test_the_wording_that_was_used_is_named() -> None:
    for decided, since in (("2021-12-01", "1998-11-01"), ("2022-03-01", "2022-02-01")):
        facts = facts_from({"state": "gb", "final-domestic-decision": decided}, BOOK.facts)
        today = dt.date.fromisoformat(decided) + dt.timedelta(days=10)
        channel = next(c for c in find_channels(facts, BOOK, today=today) if c.step == "ecthr-application")
        page = explain(channel, facts, BOOK)
        assert page is not None
        assert page.wording == f"coe.ecthr@{since}"
