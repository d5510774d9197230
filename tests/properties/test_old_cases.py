"""Whatever an old spreadsheet holds, each row is told once; nothing is guessed."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from amparo.interchange.cells import Table
from amparo.interchange.old_cases import ColumnMap, plan_rows, suggest_columns
from amparo.rules import load_rules

KINDS = load_rules().facts
HEADINGS = ("Name", "Opened", "Incident", "Facility", "strikes", "released", "matter")
MAP = ColumnMap(columns={
    "Name": "person", "Opened": "opened", "Incident": "incident", "Facility": "facility", "strikes": "strikes",
    "released": "released", "matter": "matter",
})  # fmt: skip
CELLS = (
    st.none() | st.text(max_size=12) | st.integers() | st.floats() | st.booleans() | st.dates()
    | st.builds("{}/{}/{}".format, st.integers(0, 32), st.integers(0, 32), st.integers(1, 2100))
)  # fmt: skip


@given(st.lists(st.tuples(*[CELLS] * len(HEADINGS)), max_size=5))
def test_every_row_is_told_once_and_what_is_not_sure_is_not_taken(rows: list[tuple[object, ...]]) -> None:
    told = plan_rows(Table("", HEADINGS, tuple(rows)), MAP, KINDS)  # type: ignore[arg-type]
    assert [row.number for row in told] == list(range(2, len(rows) + 2))
    for row in told:
        assert bool(row.refused) is not bool(row.fields.get("person"))
        for heading, _ in row.unclear:
            assert MAP.columns[heading] not in row.facts
            assert MAP.columns[heading] not in row.fields


@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), st.sampled_from(("dmy", "mdy", "")))
def test_a_day_is_read_as_said_or_not_at_all(day: dt.date, order: str) -> None:
    written = f"{day.day}/{day.month}/{day.year}" if order != "mdy" else f"{day.month}/{day.day}/{day.year}"
    columns = ColumnMap(columns={"Name": "person", "Opened": "opened"}, order=order)  # type: ignore[arg-type]
    (row,) = plan_rows(Table("", ("Name", "Opened"), (("Ada Pike", written),)), columns, KINDS)
    if order or day.day > 12 or day.day == day.month:
        assert row.fields["opened"] == day
    else:
        assert row.unclear == (("Opened", "day-order"),)


def test_headings_of_both_languages_are_known_once() -> None:
    found = suggest_columns(("Nº DE EXPEDIENTE", "Nombre", "Name", "D.O.B.", "what is this"), KINDS)
    assert found.columns == {"Nº DE EXPEDIENTE": "reference", "Nombre": "person"}
