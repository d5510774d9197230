"""Every worked case that ships comes out as it says, and the rulebook hangs together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from amparo.rules import load_rules, read_rules
from amparo.rules.cases import WorkedCase, check_cases, differences, worked_cases
from amparo.rules.reckoning import closed_days

BOOK = load_rules()
DAYS = closed_days(BOOK)
FILES = [(where, found, wrong) for where, found, wrong in worked_cases()]
CASES = [
    pytest.param(found.procedure, case, id=f"{found.procedure}: {case.name}")
    for _, found, _ in FILES
    if found is not None
    for case in found.case
]


@pytest.mark.parametrize(("procedure", "case"), CASES)
def test_a_worked_case_comes_out_as_it_says(procedure: str, case: WorkedCase) -> None:
    assert list(differences(case, procedure, BOOK, DAYS)) == []


@pytest.mark.parametrize(("procedure", "case"), CASES)
def test_a_worked_case_expects_something(procedure: str, case: WorkedCase) -> None:
    assert any(getattr(case.expect, field) is not None for field in case.expect.__struct_fields__)


def test_every_file_of_worked_cases_can_be_read_and_speaks_of_a_procedure_there_is() -> None:
    names = {procedure.id for procedure in BOOK.procedures}
    assert [str(wrong) for _, _, mistakes in FILES for wrong in mistakes] == []
    assert {found.procedure for _, found, _ in FILES if found is not None} <= names


@pytest.mark.parametrize("procedure", sorted({procedure.id for procedure in BOOK.procedures}))
def test_every_procedure_has_a_worked_case(procedure: str) -> None:
    assert procedure in {found.procedure for _, found, _ in FILES if found is not None and found.case}


def test_no_two_worked_cases_of_a_procedure_have_one_name() -> None:
    for _, found, _ in FILES:
        assert found is not None
        names = [case.name for case in found.case]
        assert len(names) == len(set(names)), found.procedure


def test_the_rulebook_that_ships_has_no_grave_mistake() -> None:
    assert [str(mistake) for mistake in read_rules().mistakes if mistake.grave] == []


def test_no_rule_that_ships_calls_itself_checked_without_a_reviewer() -> None:
    assert all(procedure.review.by for procedure in BOOK.procedures if procedure.status == "checked")


def test_a_case_that_comes_out_otherwise_is_named_with_what_came_out() -> None:
    case = msgspec.convert(
        {
            "name": "a wrong expectation",
            "today": dt.date(2025, 3, 10),
            "facts": {"system": "us.bop", "matter": "conditions", "incident": dt.date(2025, 3, 3)},
            "expect": {
                "open": ["request"],
                "last": {"request": dt.date(2025, 3, 24)},
                "certain": {"request": False},
                "ask": ["incident"],
                "absent": ["request"],
                "closed": ["no-such-step"],
                "due": {"no-such-step": dt.date(2025, 3, 24)},
            },
        },
        WorkedCase,
    )
    assert list(differences(case, "us.bop.administrative-remedy", BOOK, DAYS)) == [
        "open are ['informal-resolution', 'request'], expected ['request']",
        "no-such-step is absent, expected closed",
        "request is shown as open, expected to have no part in the case",
        "request has last 2025-03-23, expected 2025-03-24",
        "no-such-step is absent, expected due 2025-03-24",
        "request is certain: True, expected False",
        "incident is not asked",
    ]


def test_a_case_with_a_fact_that_is_not_in_the_vocabulary_says_so() -> None:
    case = msgspec.convert(
        {"name": "misspelt", "today": dt.date(2025, 3, 10), "facts": {"incidnet": True}, "expect": {}}, WorkedCase
    )
    (says,) = differences(case, "us.bop.administrative-remedy", BOOK, DAYS)
    assert "did you mean incident?" in says


def test_a_failing_case_and_a_procedure_without_one_are_mistakes_of_the_book(tmp_path: Path) -> None:
    cases = tmp_path / "procedures" / "cases"
    cases.mkdir(parents=True)
    (cases / "remedy.toml").write_text(
        'procedure = "us.bop.administrative-remedy"\n\n[[case]]\nname = "wrong"\ntoday = 2025-03-10\n'
        'facts = { system = "us.bop", incident = 2025-03-03 }\nexpect = { last = { request = 2025-03-24 } }\n',
        encoding="utf8",
    )
    ran, mistakes = check_cases(BOOK, tmp_path)
    assert ran == 1
    failing = [mistake for mistake in mistakes if mistake.code == "case-fails"]
    assert [(mistake.file, mistake.line) for mistake in failing] == [("procedures/cases/remedy.toml", 3)]
    assert "2025-03-23" in failing[0].says
    missing = [mistake.says for mistake in mistakes if mistake.code == "no-worked-case"]
    assert "us.ftca has no worked case." in missing


def test_a_file_of_cases_that_cannot_be_read_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    cases = tmp_path / "procedures" / "cases"
    cases.mkdir(parents=True)
    (cases / "remedy.toml").write_text('procedure = "x"\n\n[[case]]\nname = "a"\nwhen = 1\n', encoding="utf8")
    _, mistakes = check_cases(BOOK, tmp_path)
    (first, *_) = mistakes
    assert (first.code, first.line) == ("unknown-key", 5)
