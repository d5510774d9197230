"""Whatever a file of grievance records looks like: it is read, or refused with an error of ours."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.agency import Verification, verify_filings
from amparo.errors import AmparoError
from amparo.interchange.filings import read_filings, shape
from amparo.rules import load_rules

BOOK = load_rules()
COLUMNS = shape().columns
NEEDED = (COLUMNS.case, COLUMNS.level, COLUMNS.status, COLUMNS.received, COLUMNS.due)
OTHERS = (COLUMNS.closed, COLUMNS.subject, COLUMNS.office, *COLUMNS.reasons, "submit", "remarks")
LAWFUL = {"F": {20, 40, 3}, "R": {30, 60}, "A": {40, 60}}
CODES = {"due-not-lawful", "due-missing", "due-on-rejected", "unreadable-date", "unknown-level", "broken-row"}

FOLDER = tempfile.TemporaryDirectory(prefix="amparo-filings-")


def file() -> Path:
    """A file to write over; one is enough, since it is read before the next is written."""
    return Path(FOLDER.name) / "filings.csv"


day = st.dates(dt.date(2000, 1, 1), dt.date(2024, 12, 31)).map(dt.date.isoformat)
words = st.text(st.sampled_from("abc ñ\",;\n\t'0"), max_size=12)
level = st.one_of(st.sampled_from("FRA"), st.sampled_from(["f", "", "X", "B"]))
status = st.sampled_from(["REJ", "ACC", "CLD", "CLG", "CLO", "VOID", "rej", ""])


@st.composite
def records(draw: st.DrawFn) -> dict[str, str]:
    received = draw(
        st.one_of(day, day, day, st.sampled_from(["", "yesterday", "2023-02-30", "9999-12-20", "0001-01-01"]))
    )
    due = draw(st.one_of(day, st.sampled_from(["", "", "soon"]), st.integers(0, 70).map(str)))
    if due.isdecimal() and received[:2] == "20" and received != "2023-02-30":
        due = (dt.date.fromisoformat(received) + dt.timedelta(days=int(due))).isoformat()
    return {
        COLUMNS.case: draw(st.integers(1, 10**6).map(str)),
        COLUMNS.level: draw(level),
        COLUMNS.status: draw(status),
        COLUMNS.received: received,
        COLUMNS.due: due,
        **{name: draw(words) for name in ("remarks", COLUMNS.subject)},
    }


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[dict[str, str]], str, bool]:
    """Columns in any order, records, how lines end, and whether the file begins with a byte-order mark."""
    more = draw(st.lists(st.sampled_from(OTHERS), max_size=4, unique=True))
    order = draw(st.permutations([*NEEDED, *more]))
    return (
        list(order),
        draw(st.lists(records(), max_size=8)),
        draw(st.sampled_from(["\n", "\r\n"])),
        draw(st.booleans()),
    )


def written(
    order: list[str], rows: list[dict[str, str]], end: str, bom: bool, quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, order, restval="", extrasaction="ignore", lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf8")


def expected(record: dict[str, str]) -> str:
    """What must come of one record, judged by hand: ``ok``, ``none`` where nothing is due, or the oddity."""
    due, received = record[COLUMNS.due], record[COLUMNS.received]
    if not due:
        return "none" if record[COLUMNS.status] in ("REJ", "VOID") else "due-missing"
    if record[COLUMNS.status] == "REJ":
        return "due-on-rejected"
    if record[COLUMNS.level] not in LAWFUL:
        return "unknown-level"
    try:
        start = dt.date.fromisoformat(received)
        start + dt.timedelta(days=60)
        lawful = {(start + dt.timedelta(days=n)).isoformat() for n in LAWFUL[record[COLUMNS.level]]}
    except (ValueError, OverflowError):
        return "unreadable-date"
    return "ok" if due in lawful else "due-not-lawful"


@settings(max_examples=70)
@given(table=tables(), packed=st.booleans(), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_every_record_is_judged_as_by_hand_however_the_table_is_written(
    table: tuple[list[str], list[dict[str, str]], str, bool], packed: bool, quoting: int
) -> None:
    order, rows, end, bom = table
    data = written(order, rows, end, bom, quoting)
    path = file()
    path.write_bytes(gzip.compress(data) if packed else data)
    found: Verification = verify_filings(path, BOOK)
    outcomes = [expected(row) for row in rows]
    assert found.rows == len(rows)
    assert found.dated == sum(bool(row[COLUMNS.due]) for row in rows)
    assert found.reproduced == outcomes.count("ok") == sum(found.shows.values())
    assert found.oddities == {code: outcomes.count(code) for code in CODES if code in outcomes}
    assert [(odd.row, odd.code, odd.case) for odd in found.named] == [
        (number, outcome, row[COLUMNS.case])
        for number, (row, outcome) in enumerate(zip(rows, outcomes, strict=True), start=2)
        if outcome in CODES
    ]


@settings(max_examples=50)
@given(table=tables())
def test_every_record_is_read_as_it_was_written(table: tuple[list[str], list[dict[str, str]], str, bool]) -> None:
    order, rows, end, bom = table
    path = file()
    path.write_bytes(written(order, rows, end, bom))
    found = list(read_filings(path))
    assert [record.row for record in found] == list(range(2, len(rows) + 2))
    for record, row in zip(found, rows, strict=True):
        assert (record.case, record.level, record.status) == (
            row[COLUMNS.case],
            row[COLUMNS.level],
            row[COLUMNS.status],
        )
        assert record.subject == (row[COLUMNS.subject] if COLUMNS.subject in order else "")
        assert record.due is None or record.due.isoformat() == row[COLUMNS.due]


def survives(data: bytes) -> None:
    path = file()
    path.write_bytes(data)
    for act in (lambda: verify_filings(path, BOOK), lambda: list(read_filings(path))):
        try:
            act()
        except AmparoError as problem:
            assert problem.facts["file"] == path.name


@settings(max_examples=70)
@given(table=tables(), cut=st.floats(0, 1), packed=st.booleans(), broken=st.binary(max_size=6), at=st.floats(0, 1))
def test_a_file_cut_off_or_damaged_anywhere_is_read_as_far_as_it_goes_or_refused(
    table: tuple[list[str], list[dict[str, str]], str, bool], cut: float, packed: bool, broken: bytes, at: float
) -> None:
    data = written(*table)
    data = gzip.compress(data) if packed else data
    where = int(len(data) * at)
    survives(data[: int(len(data) * cut)])
    survives(data[:where] + broken + data[where + len(broken) :])


@settings(max_examples=50)
@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(st.sampled_from('CASENBR,ITERLVL"\n\r\0'), max_size=80).map(str.encode)
    )
)
def test_bytes_of_any_kind_are_no_crash(data: bytes) -> None:
    survives(data)
    survives((",".join(NEEDED) + "\n").encode() + data)
