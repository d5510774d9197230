"""An agency's records recomputed: each date that follows from the law is known, each that does not is named."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from amparo.agency import Verification, verify_filings
from amparo.errors import TruncatedDocument, UnknownFormat
from amparo.rules import load_rules

BOOK = load_rules()
HEADING = "CASENBR,ITERLVL,CDSTATUS,sitdtrcv,sdtdue"


def verified(tmp_path: Path, *rows: str, heading: str = HEADING, end: str = "\n") -> Verification:
    path = tmp_path / "filings.csv"
    path.write_bytes(end.join([heading, *rows, ""]).encode())
    return verify_filings(path, BOOK)


@pytest.mark.parametrize(
    ("row", "shows"),
    [
        ("100001,F,CLD,2023-03-01,2023-03-21", "usual"),
        ("100001,F,CLD,2023-03-01,2023-04-10", "extended"),
        ("100001,F,CLD,2023-03-01,2023-03-04", "urgent"),
        ("100001,R,CLD,2023-03-01,2023-03-31", "usual"),
        ("100001,R,CLD,2023-03-01,2023-04-30", "extended"),
        ("100001,A,CLD,2023-03-01,2023-04-10", "usual"),
        ("100001,A,CLD,2023-03-01,2023-04-30", "extended"),
        ("100001,F,ACC,2023-12-05,2023-12-25", "usual"),
        ("100001,F,VOID,2023-03-01,2023-03-21", "usual"),
        ("100001,F,CLD,2023-03-01 00:00:00,2023-03-21 00:00:00", "usual"),
    ],
)
def test_a_lawful_date_is_reproduced_also_on_a_holiday(tmp_path: Path, row: str, shows: str) -> None:
    found = verified(tmp_path, row)
    assert (found.rows, found.dated, found.reproduced, found.shows) == (1, 1, 1, {shows: 1})
    assert found.oddities == {}


@pytest.mark.parametrize(
    ("row", "code", "lawful"),
    [
        ("100001,F,CLD,2023-03-01,2023-03-22", "due-not-lawful", ("2023-03-21", "2023-04-10", "2023-03-04")),
        ("100001,R,CLD,2023-03-01,2023-03-21", "due-not-lawful", ("2023-03-31", "2023-04-30")),
        ("100001,A,CLD,2023-03-01,2023-03-04", "due-not-lawful", ("2023-04-10", "2023-04-30")),
        ("100001,F,CLD,2023-03-01,next week", "due-not-lawful", ("2023-03-21", "2023-04-10", "2023-03-04")),
        ("100001,F,CLD,2023-03-01,", "due-missing", ()),
        ("100001,F,REJ,2023-03-01,2023-03-21", "due-on-rejected", ()),
        ("100001,F,CLD,,2023-03-21", "unreadable-date", ()),
        ("100001,F,CLD,2023-02-30,2023-03-21", "unreadable-date", ()),
        ("100001,f,CLD,2023-03-01,2023-03-21", "unknown-level", ()),
        ("100001,F,rej,2023-03-01,", "due-missing", ()),
    ],
)
def test_a_record_that_does_not_fit_is_named_with_what_would_be_lawful(
    tmp_path: Path, row: str, code: str, lawful: tuple[str, ...]
) -> None:
    found = verified(tmp_path, "100000,F,CLD,2023-03-01,2023-03-21", row)
    assert (found.rows, found.reproduced, found.oddities) == (2, 1, {code: 1})
    (odd,) = found.named
    assert (odd.row, odd.case, odd.code, odd.lawful) == (3, "100001", code, lawful)


@pytest.mark.parametrize("row", ["100001,F", "100001,F,CLD,2023-03-01,2023-03-21,more", '"100001,F,CLD"'])
def test_a_row_of_another_width_is_a_broken_row_and_the_next_is_read(tmp_path: Path, row: str) -> None:
    found = verified(tmp_path, row, "100002,F,CLD,2023-03-01,2023-03-21")
    assert (found.oddities, found.reproduced) == ({"broken-row": 1}, 1)
    assert (found.named[0].row, found.named[0].case) == (2, "")


@pytest.mark.parametrize("row", ["", "\r", "  "])
def test_an_empty_line_is_no_record(tmp_path: Path, row: str) -> None:
    found = verified(tmp_path, "100002,F,CLD,2023-03-01,2023-03-21", row)
    assert (found.rows, found.reproduced, found.oddities) == (1, 1, {})


def test_a_rejected_or_void_paper_rightly_has_no_due_date(tmp_path: Path) -> None:
    found = verified(tmp_path, "1,F,REJ,2023-03-01,", "2,F,VOID,2023-03-01,")
    assert (found.rows, found.dated, found.rejected, found.oddities) == (2, 0, 1, {})


def test_the_due_date_may_stand_in_the_last_column_of_a_file_with_windows_line_ends(tmp_path: Path) -> None:
    found = verified(tmp_path, "1,F,CLD,2023-03-01,2023-03-21", "2,F,REJ,2023-03-01,", end="\r\n")
    assert (found.dated, found.reproduced, found.rejected) == (1, 1, 1)


def test_a_remark_over_several_lines_is_one_record(tmp_path: Path) -> None:
    row = '1,F,CLD,2023-03-01,2023-03-21,"he said ""no"",\r\nand left"'
    found = verified(tmp_path, row, "2,F,CLD,2023-03-01,2023-03-22,x", heading=f"{HEADING},remarks")
    assert (found.rows, found.reproduced, found.named[0].row) == (2, 1, 3)


def test_only_a_hundred_records_are_named_but_all_are_counted(tmp_path: Path) -> None:
    found = verified(tmp_path, *(f"{n},F,CLD,2023-03-01,2023-03-22" for n in range(130)))
    assert found.oddities == {"due-not-lawful": 130}
    assert [odd.row for odd in found.named] == list(range(2, 102))


def test_a_file_that_is_no_such_table_says_which_columns_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="it lacks the columns CDSTATUS, sdtdue") as refused:
        verified(tmp_path, heading="CASENBR,ITERLVL,sitdtrcv")
    assert refused.value.facts == {"file": "filings.csv"}


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"\x1f\x8b\x08garbage that is no gzip", b"\x00\xff\xfe"])
def test_a_file_without_a_heading_is_no_table(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "filings.csv"
    path.write_bytes(data)
    with pytest.raises(UnknownFormat):
        verify_filings(path, BOOK)


def test_a_packed_file_that_breaks_off_is_refused_whole(tmp_path: Path) -> None:
    rows = "\n".join(f"{n},F,CLD,2023-03-{n % 28 + 1:02},2023-03-{n % 7 + 20}" for n in range(5000))
    path = tmp_path / "filings.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADING}\n{rows}".encode())[:-400])
    with pytest.raises(TruncatedDocument) as refused:
        verify_filings(path, BOOK)
    assert refused.value.facts == {"file": "filings.csv.gz"}
