"""Deadlines in a calendar: the same day keeps its name, what moved is told, what is gone is cancelled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar

from amparo.errors import UnknownFormat
from amparo.interchange.icalendar import ALARMS, write_calendar
from amparo.rules import facts_from, find_channels, load_rules

BOOK = load_rules()
TODAY = dt.date(2025, 3, 9)
SECRET = "they took my insulin and laughed about it"  # noqa: S105 - words of a letter
REQUEST: dict[str, Any] = {"system": "us.bop", "matter": "conditions", "incident": dt.date(2025, 3, 3)}


def written(
    given: dict[str, Any],
    previous: bytes | None = None,
    *,
    today: dt.date = TODAY,
    case: str = "Vidal",
    language: str = "en",
) -> bytes:
    """The days of the ladder of the Bureau alone."""
    found = find_channels(facts_from(given, BOOK.facts), BOOK, today=today)
    found = tuple(channel for channel in found if channel.procedure == "us.bop.administrative-remedy")
    return write_calendar(found, case=case, today=today, previous=previous, language=language)


def events(data: bytes) -> dict[str, Any]:
    """By what the calendar shows; each must have a name of its own."""
    walked = list(Calendar.from_ical(data).walk("VEVENT"))
    assert len({str(event["uid"]) for event in walked}) == len(walked)
    return {str(event["summary"]): event for event in walked}


def uids(data: bytes) -> dict[str, str]:
    return {title: str(event["uid"]) for title, event in events(data).items()}


def sequences(data: bytes) -> dict[str, int]:
    return {title: int(event["sequence"]) for title, event in events(data).items()}


def test_the_last_legal_day_and_the_safe_day_are_two_entries_with_reminders() -> None:
    found = events(written(REQUEST))
    last = found["last legal day: Request to the Warden (BP-9) · Vidal"]
    assert last.decoded("dtstart") == dt.date(2025, 3, 23)
    assert last.decoded("dtend") == dt.date(2025, 3, 24)
    alarms = [alarm.decoded("trigger") for alarm in last.walk("VALARM")]
    assert [-alarm.days if alarm.seconds == 9 * 3600 else None for alarm in alarms] == list(ALARMS)
    plan = next(event for title, event in found.items() if "Request to the Warden" in title and event is not last)
    assert plan.decoded("dtstart") == dt.date(2025, 3, 21)
    assert plan.walk("VALARM")


def test_the_file_is_whole_and_says_whose_it_is() -> None:
    calendar = Calendar.from_ical(written(REQUEST))
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    assert str(calendar["x-wr-calname"]) == "Vidal · amparo"
    assert all(len(line) <= 75 for line in written(REQUEST).split(b"\r\n"))


def test_every_entry_cites_its_rule_and_says_that_it_is_no_advice() -> None:
    for event in events(written(REQUEST)).values():
        assert "CFR" in str(event["description"])
        assert "legal advice" in str(event["description"])


def test_an_answer_that_is_due_is_put_in_too() -> None:
    found = events(written({"system": "us.bop", "request.logged": dt.date(2025, 3, 5), "request.extended": False}))
    (title,) = (title for title in found if title.startswith("answer due"))
    assert found[title].decoded("dtstart") == dt.date(2025, 3, 25)


def test_a_day_keeps_its_name_on_other_days_and_in_other_languages() -> None:
    first, later = written(REQUEST), written(REQUEST, today=TODAY + dt.timedelta(days=3))
    assert uids(first) == uids(later)
    assert set(uids(first).values()) == set(uids(written(REQUEST, language="es")).values())
    assert set(uids(first).values()).isdisjoint(uids(written(REQUEST, case="Prado")).values())


def test_writing_anew_with_nothing_changed_changes_nothing() -> None:
    first = written(REQUEST)
    again = written(REQUEST, first, today=TODAY + dt.timedelta(days=2))
    assert again == first
    assert set(sequences(again).values()) == {0}


def test_only_a_day_that_moved_gets_the_next_number() -> None:
    first = written(REQUEST)
    moved = written({**REQUEST, "incident": dt.date(2025, 3, 5)}, first)
    assert set(sequences(moved).values()) == {1}
    back = written(REQUEST, moved)
    assert set(sequences(back).values()) == {2}
    assert uids(first) == uids(back)


def test_an_uncertain_day_is_tentative_and_a_certain_one_confirmed() -> None:
    assert {str(event["status"]) for event in events(written(REQUEST)).values()} == {"CONFIRMED"}
    assert {str(event["status"]) for event in events(written({**REQUEST, "incident": "2025-03"})).values()} == {
        "TENTATIVE"
    }


def test_a_day_that_is_no_more_is_cancelled_once_and_reminds_no_more() -> None:
    first = written(REQUEST)
    gone = {**REQUEST, "held-in-other-facility": True}
    second = written(gone, first)
    for event in events(second).values():
        assert str(event["status"]) == "CANCELLED"
        assert int(event["sequence"]) == 1
        assert not event.walk("VALARM")
    third = written(gone, second)
    assert set(sequences(third).values()) == {1}
    assert uids(first) == uids(third)


def test_a_day_that_comes_back_after_it_was_cancelled_is_told() -> None:
    gone = written({**REQUEST, "held-in-other-facility": True}, written(REQUEST))
    back = written(REQUEST, gone)
    assert {str(event["status"]) for event in events(back).values()} == {"CONFIRMED"}
    assert set(sequences(back).values()) == {2}


def test_no_word_of_a_letter_gets_into_a_calendar() -> None:
    sourced = {**REQUEST, "known-from": {"incident": SECRET}}
    assert b"insulin" not in written(sourced)
    assert SECRET.encode() not in written(sourced).replace(b"\r\n ", b"")


@pytest.mark.parametrize("case", ["Vidal; Prado, and 3 others", "Ñuñez – 2ª", "x" * 300, "a\nb", "BEGIN:VEVENT"])
def test_any_name_of_a_case_comes_back_from_the_calendar(case: str) -> None:
    data = written(REQUEST, case=case)
    assert all(title.endswith(f"· {case}") for title in events(data))
    assert written(REQUEST, data, case=case) == data


@pytest.mark.parametrize("previous", [b"", b"not a calendar", b"\xff\xfe\x00", b"BEGIN:VEVENT"])
def test_a_file_before_that_is_no_calendar_is_refused(previous: bytes) -> None:
    with pytest.raises(UnknownFormat, match="no iCalendar"):
        written(REQUEST, previous)


def test_without_any_day_the_calendar_is_empty_and_still_a_calendar() -> None:
    assert events(write_calendar((), case="Vidal", today=TODAY)) == {}
