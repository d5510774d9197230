"""No cell that leaves is ever a formula, however a program splits the file; what went comes back."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from amparo.errors import BrokenTable
from amparo.interchange.cells import Table, guard, read_table, unguard, write_csv, write_xlsx

EVIL = st.text(alphabet=st.sampled_from("=+-@\t\r\n;,|'\" aé=1＝\u00a0"), max_size=14)
ANY = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@given(EVIL | ANY)
@example("=cmd|' /C calc'!A0")
@example("'\t=1")
@example('x;"=1"')
def test_guarded_words_come_back_as_they_were(words: str) -> None:
    assert unguard(guard(words)) == words


@given(EVIL | ANY)
def test_guarded_words_never_begin_as_a_formula_or_with_tab_or_line_break(words: str) -> None:
    made = guard(words)
    assert not made.startswith(("\t", "\r", "\n"))
    assert not made.lstrip(' "\u00a0').startswith(FORMULA)


@settings(max_examples=300)
@given(st.lists(st.tuples(EVIL, EVIL), min_size=1, max_size=3))
def test_no_program_finds_a_formula_whichever_separator_it_expects(rows: list[tuple[str, str]]) -> None:
    words = write_csv(Table("t", ("one", "two"), tuple(rows))).decode()
    for separator in ",;\t|":
        naive = [cell for line in words.splitlines() for cell in line.split(separator)]
        parsed = [cell for row in csv.reader(io.StringIO(words, newline=""), delimiter=separator) for cell in row]
        for cell in (*naive, *parsed):
            assert not cell.lstrip(' "\t\r\n\u00a0').startswith(FORMULA), (separator, cell)


@given(st.lists(st.tuples(EVIL | ANY, EVIL), max_size=4), st.booleans())
def test_a_csv_comes_back_as_it_went(rows: list[tuple[str, str]], for_excel: bool) -> None:
    table = Table("", ("one", "two"), tuple(rows))
    data = write_csv(table, for_excel=for_excel)
    assert data.startswith(b"\xef\xbb\xbf") is for_excel
    assert read_table(data).rows == tuple(row for row in rows if any(row))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(EVIL | ANY, st.dates(dt.date(1901, 1, 1)), st.integers(-9, 9)), min_size=1, max_size=4))
def test_a_workbook_holds_no_formula_keeps_days_as_days_and_comes_back(rows: list[tuple[str, dt.date, int]]) -> None:
    data = write_xlsx([Table("t", ("words", "day", "count"), tuple(rows))])
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        assert row[0].data_type != "f"
        assert row[1].is_date
        assert row[2].data_type == "n"
    for back, went in zip(read_table(data).rows, rows, strict=True):
        assert back[1:] == went[1:]
        assert (back[0] or "").count("=") == went[0].count("=")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04broken", b"\0\1\2", b'"open\n'])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenTable):
        read_table(data)


def test_an_old_csv_in_windows_letters_with_semicolons_is_read() -> None:
    table = read_table("Nombre;Número\r\nÍñigo Peña;12345-678\r\n".encode("cp1252"))
    assert table.headings == ("Nombre", "Número")
    assert table.rows == (("Íñigo Peña", "12345-678"),)


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (201 * 1024 * 1024))
    with pytest.raises(BrokenTable):
        read_table(out.getvalue())
