"""The Bureau's records of grievances, read row by row."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from amparo.errors import TruncatedDocument, UnknownFormat
from amparo.interchange.filings import read_filings, shape

HEADING = (
    "CASENBR,ITERLVL,CDFCLEVN,CDFCLRCV,CDOFCRCV,CDSTATUS,STATRSN1,STATRSN2,STATRSN3,STATRSN4,STATRSN5,"
    "sdtdue,sdtstat,sitdtrcv,cdsub1cb"
)
ROW = "100001,R,CNK,FLM,NCR,REJ,FRM,RSR,,,,,2024-05-24,2024-05-22,20D"


def filings(tmp_path: Path, *rows: str, heading: str = HEADING) -> Path:
    path = tmp_path / "filings.csv"
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf8")
    return path


def test_a_record_says_where_when_and_why(tmp_path: Path) -> None:
    (record,) = read_filings(filings(tmp_path, ROW))
    assert (record.row, record.case, record.level, record.status) == (2, "100001", "R", "REJ")
    assert (record.received, record.due, record.closed) == (dt.date(2024, 5, 22), None, dt.date(2024, 5, 24))
    assert (record.incident_facility, record.facility, record.office) == ("CNK", "FLM", "NCR")
    assert (record.subject, record.reasons) == ("20D", ("FRM", "RSR"))


def test_a_day_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (record,) = read_filings(filings(tmp_path, ROW.replace("2024-05-22", "2024-02-31")))
    assert record.received is None


def test_a_broken_row_is_passed_over_and_still_counted(tmp_path: Path) -> None:
    assert [record.row for record in read_filings(filings(tmp_path, ROW, "1,2,3", ROW))] == [2, 4]


def test_columns_that_are_not_needed_may_be_missing(tmp_path: Path) -> None:
    path = filings(tmp_path, "2024-05-22,REJ,R,,7", heading="sitdtrcv,CDSTATUS,ITERLVL,sdtdue,CASENBR")
    (record,) = read_filings(path)
    assert (record.case, record.subject, record.reasons, record.closed) == ("7", "", (), None)


def test_a_packed_file_and_one_with_a_byte_order_mark_read_alike(tmp_path: Path) -> None:
    plain = filings(tmp_path, ROW)
    packed, marked = tmp_path / "packed.csv.gz", tmp_path / "marked.csv"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))
    assert list(read_filings(packed)) == list(read_filings(marked)) == list(read_filings(plain))


def test_a_file_in_small_letters_is_not_taken_for_the_agency_s(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="ITERLVL"):
        list(read_filings(filings(tmp_path, heading=HEADING.lower())))


def test_a_packed_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "filings.csv.gz"
    rows = "\n".join(ROW.replace("100001", str(n * 7919)) for n in range(3000))
    path.write_bytes(gzip.compress(f"{HEADING}\n{rows}".encode())[:-300])
    with pytest.raises(TruncatedDocument):
        list(read_filings(path))


def test_each_level_is_a_step_of_the_rulebook() -> None:
    from amparo.rules import load_rules

    book = load_rules()
    steps = {step.id for p in book.procedures if p.id == shape().procedure for step in p.step}
    assert set(shape().steps.values()) <= steps
