"""What is known of a case, written in a file: taken in strictly, every mistake named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from amparo.domain.dates import PartialDate
from amparo.errors import BrokenFacts
from amparo.rules import facts_from, load_rules, read_facts
from amparo.rules.facts import partial_date

KINDS = load_rules().facts


def mistake(**given: Any) -> str:
    with pytest.raises(BrokenFacts) as refused:
        facts_from(given, KINDS)
    return str(refused.value)


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2026-05-01", "2026-05-01", "2026-05-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-05-01/2026-05-10", "2026-05-01", "2026-05-10"),
        ("2026-04/2026-05", "2026-04-01", "2026-05-31"),
    ],
)
def test_a_day_known_in_part_is_written_as_far_as_it_is_known(written: str, earliest: str, latest: str) -> None:
    found = partial_date(written)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13", "in May", "", "/", "2026-05-10/2026-05-01", "01.05.2026"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month|range"):
        partial_date(written)


def test_a_misspelt_fact_is_named_with_the_one_that_may_be_meant() -> None:
    said = mistake(incidnet=dt.date(2026, 5, 1))
    assert "no such fact: incidnet (did you mean incident?)" in said
    assert "amparo rules facts" in said


def test_every_mistake_is_named_at_once() -> None:
    said = mistake(incidnet=True, system="us.navy", sensitive="yes", incident=3)
    for name in ("incidnet", "system: write one of us.bop", "sensitive: write true or false", "incident: write a day"):
        assert name in said


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("filing.extra-pages", -1),
        ("filing.extra-pages", True),
        ("filing.extra-pages", "two"),
        ("system", 3),
        ("incident", 2.5),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(fact: str, value: object) -> None:
    assert fact in mistake(**{fact: value})


@pytest.mark.parametrize("year", ["0001-01-01", "0900-05-01", "9999-12-31"])
def test_a_year_out_of_all_measure_is_a_slip_of_the_pen_and_no_crash(year: str) -> None:
    assert "incident" in mistake(incident=year)
    assert "incident" in mistake(incident=dt.date.fromisoformat(year))


def test_tables_are_read_as_dotted_names() -> None:
    nested = facts_from({"request": {"logged": dt.date(2026, 5, 12), "answered": False}}, KINDS)
    dotted = facts_from({"request.logged": dt.date(2026, 5, 12), "request.answered": False}, KINDS)
    assert nested == dotted
    assert nested.get("request.logged") == PartialDate.of_day(dt.date(2026, 5, 12))


def test_a_moment_is_taken_as_its_day() -> None:
    moment = dt.datetime(2026, 5, 12, 23, 59)  # noqa: DTZ001 - as TOML gives a local time
    assert facts_from({"incident": moment}, KINDS).get("incident") == PartialDate.of_day(dt.date(2026, 5, 12))


def test_the_state_follows_from_the_prison_system_unless_it_is_given() -> None:
    assert facts_from({"system": "mx.federal"}, KINDS).get("state") == "mx"
    assert facts_from({"system": "us.bop", "state": "gb"}, KINDS).get("state") == "gb"
    assert facts_from({"system": "other"}, KINDS).get("state") is None


def test_where_a_fact_is_known_from_is_kept_and_must_belong_to_a_fact() -> None:
    facts = facts_from({"incident": "2026-05", "known-from": {"incident": "letter of 3 June"}}, KINDS)
    assert facts.known_from == {"incident": "letter of 3 June"}
    assert "known-from names no fact: incidnet" in mistake(**{"known-from": {"incidnet": "letter"}})


def test_a_correction_leaves_the_other_facts_as_they_were() -> None:
    before = facts_from({"system": "us.bop", "incident": "2026-05-01", "known-from": {"incident": "a stamp"}}, KINDS)
    after = before.holding(incident=PartialDate.of_day(dt.date(2026, 5, 2)))
    assert after.get("system") == "us.bop"
    assert after.known_from == before.known_from
    assert before.get("incident") == PartialDate(
        earliest=dt.date(2026, 5, 1), latest=dt.date(2026, 5, 1), written="2026-05-01"
    )


@pytest.mark.parametrize(
    "text", [b"incident = 2026-02-30", b"incident 3", b'x = "\xff"', b"incident = 1\nincident = 2"]
)
def test_a_file_that_is_not_toml_is_refused_and_named(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(text)
    with pytest.raises(BrokenFacts) as refused:
        read_facts(path, KINDS)
    assert refused.value.facts == {"file": "case.toml"}


def test_a_mistake_in_a_file_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("incidnet = 2026-05-01", encoding="utf8")
    with pytest.raises(BrokenFacts, match="did you mean incident") as refused:
        read_facts(path, KINDS)
    assert refused.value.facts == {"file": "case.toml"}
