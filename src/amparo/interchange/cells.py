"""Tables that are safe to open: CSV and XLSX whose cells never run, out, and spreadsheets back in as rows of cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from amparo.errors import BrokenTable, MissingExtra

Cell = str | int | float | bool | dt.date | None
"""What a cell may hold."""

MOST_ROWS = 20_000
MOST_COLUMNS = 200
_MOST_UNPACKED = 200 * 1024 * 1024
_LONGEST_IN_EXCEL = 32_767
_SITE = re.compile(r"(^|[;,|\t\r\n])([\s\"]*)('*)(?=[=+\-@＝＋－＠])")
"""Where a program could take up a formula: at the start, or after anything it may take for the end of a cell."""
_GUARDED = re.compile(r"(^|[;,|\t\r\n])([\s\"]*)('+)(?=[=+\-@＝＋－＠])")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FIRST_EXCEL_YEAR = 1901


class Table(NamedTuple):
    """Rows under headings.

    Args:
        name: what the sheet or file is called.
        headings: one for each column, in words.
        rows: as many cells each.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def guard(words: str) -> str:
    """Words that no spreadsheet takes for a formula, however it splits them; :func:`unguard` gives them back.

    >>> guard("=HYPERLINK(1)"), guard("wait;=1+1"), guard("plain")
    ("'=HYPERLINK(1)", "wait;'=1+1", 'plain')
    """
    made = _SITE.sub(r"\1\2'\3", words)
    return f"'{made}" if re.match(r"'*[\t\r\n]", made) else made


def unguard(words: str) -> str:
    """The words as they were before :func:`guard`."""
    found = words[1:] if re.match(r"'+[\t\r\n]", words) else words
    return _GUARDED.sub(lambda m: m[1] + m[2] + m[3][1:], found)


def write_csv(table: Table, *, for_excel: bool = False) -> bytes:
    """A table as CSV in UTF-8: every cell in quotes, none a formula, days as ISO 8601.

    Args:
        table: what to write.
        for_excel: begin with a byte-order mark, without which Excel misreads accents.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (table.headings, *table.rows):
        writer.writerow([_written(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig" if for_excel else "utf-8", "replace")


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """Tables as the sheets of one workbook: words as words, never formulas; days as days.

    Args:
        tables: one for each sheet.

    Raises:
        MissingExtra: the tables extra is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Font
    except ImportError:
        raise MissingExtra("Writing XLSX needs more: pip install 'amparo[tables]'") from None
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", table.name)[:31] or "1")
        for at, row in enumerate((table.headings, *table.rows), 1):
            for column, value in enumerate(row, 1):
                _fill(sheet.cell(row=at, column=column), value)
                if at == 1:
                    sheet.cell(row=at, column=column).font = Font(bold=True)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_table(data: bytes) -> Table:
    """The first sheet of a spreadsheet, or a CSV of any usual encoding and separator; rows without content left out.

    Args:
        data: the bytes of a file; its kind is told by what it holds.

    Raises:
        BrokenTable: it is no spreadsheet, is empty, is too large, or has no headings.
        MissingExtra: the tables extra is not installed.
    """
    zipped = data.startswith(b"PK\x03\x04")
    rows = _xlsx_rows(data) if zipped else _csv_rows(data)
    kept = [row for row in rows if any(cell not in (None, "") for cell in row)]
    if not kept or not any(isinstance(cell, str) and cell.strip() for cell in kept[0]):
        raise BrokenTable("The spreadsheet holds no headings. Its first row must say what each column holds.")
    width = max(at + 1 for row in kept for at, cell in enumerate(row) if cell not in (None, ""))
    if len(kept) > MOST_ROWS + 1 or width > MOST_COLUMNS:
        raise BrokenTable("The spreadsheet is too large. Split it.", rows=len(kept), columns=width)
    even = [tuple((*row, *(None,) * width)[:width]) for row in kept]
    headings = tuple(str(cell).strip() if cell is not None else "" for cell in even[0])
    return Table("", headings, tuple(even[1:]))


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guard(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _fill(cell: Any, value: Cell) -> None:
    """One cell of a workbook; the type is set, so that words that look like a formula stay words."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value.year >= _FIRST_EXCEL_YEAR:
        cell.value, cell.number_format = value, "yyyy-mm-dd"
        return
    if value is None or isinstance(value, int | float):
        cell.value = value
        return
    words = value if isinstance(value, str) else value.isoformat()
    words = _UNPRINTABLE.sub("�", words.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST_IN_EXCEL]
    cell.value = words
    cell.data_type = "s"
    cell.quotePrefix = bool(_SITE.match(words))


def _csv_rows(data: bytes) -> list[tuple[Cell, ...]]:
    words = _decoded(data)
    first = next((line for line in words.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=first.count)
    try:
        rows = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
        return [tuple(unguard(cell) for cell in row) for row in _few(rows)]
    except csv.Error as problem:
        raise BrokenTable from problem


def _few(rows: Iterable[Any]) -> Iterable[Any]:
    for at, row in enumerate(rows):
        if at > MOST_ROWS + 1000:
            raise BrokenTable("The spreadsheet is too large. Split it.", rows=at)
        yield row


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise BrokenTable
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _xlsx_rows(data: bytes) -> list[tuple[Cell, ...]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtra("Reading XLSX needs more: pip install 'amparo[tables]'") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
                raise BrokenTable("The spreadsheet unpacks to more than amparo will open. Split it.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
        return [tuple(_known(cell) for cell in row[: MOST_COLUMNS + 1]) for row in _few(sheet.values)]
    except BrokenTable:
        raise
    except Exception as problem:  # a broken workbook fails in every way
        raise BrokenTable from problem


def _known(cell: Any) -> Cell:
    if isinstance(cell, dt.datetime):
        return cell.date()
    return cell if cell is None or isinstance(cell, str | int | float | bool | dt.date) else str(cell)
