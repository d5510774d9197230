"""An old spreadsheet comes in row by row as it was told, in one piece, and goes unless something was built on it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from amparo.casework.actions import cases, importing
from amparo.casework.history import verify
from amparo.casework.models import Case, CaseFact, HistoryLine, ImportBatch, SearchEntry, User
from amparo.errors import BuiltUpon, ColumnsUnclear, NotAllowed, NotInThatState
from amparo.interchange.old_cases import ColumnMap

SHEET = (
    "Nombre del interno;Nº de expediente;Centro;Fecha de los hechos;Fecha de apertura;Notas\r\n"
    "Íñigo Ortega Ruiz;A-17;us.bop/FLM;2026-05-01;13/02/2026;llama los lunes\r\n"
    "Ada Pike;A-18;no such place;03/04/2026;;\r\n"
    ";A-19;;;;sin nombre\r\n"
    "Noah Reed;A-17;;;;misma referencia\r\n"
).encode("cp1252")


@pytest.fixture
def boss(person: Callable[..., User]) -> User:
    return person("supervisor")


def test_the_columns_are_known_by_spanish_headings(boss: User) -> None:
    batch = importing.take_up_sheet(SHEET, name="viejo.csv", by=boss)
    assert batch.columns == {
        "Nombre del interno": "person", "Nº de expediente": "reference", "Centro": "facility",
        "Fecha de los hechos": "incident", "Fecha de apertura": "opened",
    }  # fmt: skip


def test_a_dry_run_tells_each_row_and_makes_nothing(boss: User) -> None:
    plan = importing.plan_sheet(SHEET, by=boss)
    assert [row.refused for row in plan.rows] == ["", "", "no-person", "reference-taken"]
    assert [row.unclear for row in plan.rows[:2]] == [
        (), (("Centro", "no-such-value"), ("Fecha de los hechos", "day-order"))
    ] or set(plan.rows[1].unclear) == {("Centro", "no-such-value"), ("Fecha de los hechos", "day-order")}  # fmt: skip
    assert plan.rows[0].facts == {"facility": "us.bop/FLM", "incident": "2026-05-01"}
    assert plan.rows[0].fields["opened"] == dt.date(2026, 2, 13)
    assert not Case.objects.exists()
    assert not HistoryLine.objects.filter(kind__startswith="import").exists()


def test_a_sheet_is_brought_in_with_one_line_that_names_its_digest(boss: User) -> None:
    batch = importing.bring_in_sheet(SHEET, name="viejo.csv", by=boss)
    assert sorted(Case.objects.values_list("reference", flat=True)) == ["A-17", "A-18"]
    case = Case.objects.get(reference="A-17")
    assert case.opened_at.date() == dt.date(2026, 2, 13)
    assert {fact.name: fact.known_from for fact in case.facts.all()} == {
        "facility": "viejo.csv, row 2", "incident": "viejo.csv, row 2"
    }  # fmt: skip
    line = HistoryLine.objects.get(kind="import.done")
    assert line.details == {"digest": batch.digest, "cases": 2, "refused": 2, "facts": 2}
    assert not HistoryLine.objects.filter(kind="case.opened").exists()
    assert verify() is None
    assert cases.open_case(person="Eve Moss", by=boss).reference.endswith("-0001")


def test_the_same_sheet_a_second_time_makes_nothing(boss: User) -> None:
    importing.bring_in_sheet(SHEET, name="viejo.csv", by=boss)
    with pytest.raises(NotInThatState):
        importing.bring_in_sheet(SHEET, name="viejo.csv", by=boss)
    assert ImportBatch.objects.count() == 1


def test_what_was_made_is_taken_back_and_nothing_else(boss: User) -> None:
    other = cases.open_case(person="Eve Moss", by=boss)
    cases.enter_fact(other.pk, "incident", "2026-05-01", by=boss)
    batch = importing.bring_in_sheet(SHEET, name="viejo.csv", by=boss)
    importing.take_back(batch.pk, by=boss)
    assert list(Case.objects.all()) == [other]
    assert CaseFact.objects.filter(case=other).count() == 1
    assert CaseFact.objects.count() == 1
    assert list(SearchEntry.objects.filter(kind="case").values_list("case", flat=True)) == [other.pk]
    assert HistoryLine.objects.filter(kind="import.taken-back").count() == 1
    with pytest.raises(NotInThatState):
        importing.take_back(batch.pk, by=boss)


def test_what_something_was_built_on_stays_whole(boss: User) -> None:
    batch = importing.bring_in_sheet(SHEET, name="viejo.csv", by=boss)
    cases.enter_fact(Case.objects.get(reference="A-18").pk, "incident", "2026-04-03", by=boss)
    with pytest.raises(BuiltUpon) as told:
        importing.take_back(batch.pk, by=boss)
    assert told.value.facts["cases"] == "A-18"
    assert Case.objects.count() == 2


def test_only_a_supervisor_brings_in_and_another_team_never_learns_of_it(
    boss: User, person: Callable[..., User]
) -> None:
    batch = importing.take_up_sheet(SHEET, name="viejo.csv", by=boss)
    for somebody in (person("caseworker"), person("auditor"), person("supervisor", "Other")):
        for act in (importing.plan_of, importing.bring_in, importing.take_back):
            with pytest.raises(NotAllowed):
                act(batch.pk, by=somebody)


def test_a_workbook_with_real_days_is_read_and_the_person_must_be_said(boss: User) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Who", "When"])
    book.active.append(["Ada Pike", dt.date(2026, 5, 1)])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ColumnsUnclear):
        importing.plan_sheet(out.getvalue(), by=boss)
    plan = importing.plan_sheet(
        out.getvalue(), columns=ColumnMap(columns={"Who": "person", "When": "incident"}), by=boss
    )
    assert plan.rows[0].facts == {"incident": "2026-05-01"}


@pytest.mark.django_db
def test_the_command_tells_does_and_undoes(boss: User, tmp_path: Path) -> None:
    from amparo.cli.library import amparo

    sheet, mapping = tmp_path / "old.csv", tmp_path / "columns.toml"
    sheet.write_bytes(SHEET)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(
            amparo, ["import", "cases", "--by", boss.username, "--home", str(tmp_path), *arguments]
        )
        return done.exit_code, done.output

    code, told = run(str(sheet), "--map", str(mapping), "--dry-run")
    assert code == 1
    assert "row 4: refused: no-person" in told
    assert "2 cases, 1 of them with something unclear; 2 rows refused" in told
    assert not Case.objects.exists()
    code, told = run(str(sheet), "--map", str(mapping))
    batch = ImportBatch.objects.get()
    assert f"--undo {batch.pk}" in told
    assert Case.objects.count() == 2
    assert run("--undo", str(batch.pk))[0] == 0
    assert not Case.objects.exists()
    assert run()[0] == 2
