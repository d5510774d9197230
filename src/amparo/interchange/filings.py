"""The US Bureau of Prisons' grievance records, as the agency releases them."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import gzip
import io
import itertools
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import IO, NamedTuple, cast

import msgspec

from amparo.errors import TruncatedDocument, UnknownFormat

_GZIP = b"\x1f\x8b"


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The agency's column for each thing we read."""

    case: str
    level: str
    status: str
    received: str
    due: str
    closed: str
    subject: str
    facility: str
    incident_facility: str
    office: str
    reasons: tuple[str, ...]


class _WithoutDue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    never: tuple[str, ...]
    maybe: tuple[str, ...]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the agency writes its records down, and which step each level is."""

    procedure: str
    columns: Columns
    steps: dict[str, str]
    without_due: _WithoutDue


@cache
def shape() -> Shape:
    """The shape of the records, from ``data/agencies/us-bop-filings.toml``.

    >>> shape().steps["R"]
    'regional-appeal'
    """
    path = resources.files("amparo") / "data" / "agencies" / "us-bop-filings.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf8")), Shape)


class FilingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One filing as the agency recorded it.

    Args:
        row: which record of the file it is, the heading being the first.
        case: number of the case; resubmissions and appeals share it.
        level: F to the facility, R to the region, A to the agency.
        status: the agency's code.
        received, due, closed: days, where they were recorded.
        subject: code of the subject.
        facility: where the person was; ``incident_facility`` where it happened.
        office: who entered it.
        reasons: codes of the reasons given.
    """

    row: int
    case: str
    level: str
    status: str
    received: dt.date | None
    due: dt.date | None
    closed: dt.date | None
    subject: str
    facility: str
    incident_facility: str
    office: str
    reasons: tuple[str, ...]


class Table(NamedTuple):
    """An open file of records: where each column stands, and its rows.

    A row has every column up to the last one that is read; a row of another width than the heading is empty.
    """

    places: dict[str, int]
    rows: Iterator[list[str]]


def read_filings(path: Path) -> Iterator[FilingRecord]:
    """Every filing of a file of records, plain or gzipped; a day that cannot be read is left out.

    Raises:
        UnknownFormat: the file is not such a table; the error names the columns it lacks.
        TruncatedDocument: the file breaks off.
    """
    with open_table(path) as table:
        columns, at = shape().columns, table.places
        for number, row in enumerate(table.rows, start=2):
            if not row:
                continue
            yield FilingRecord(
                row=number,
                case=row[at[columns.case]],
                level=row[at[columns.level]],
                status=row[at[columns.status]],
                received=_day(row[at[columns.received]]),
                due=_day(row[at[columns.due]]),
                closed=_day(_cell(row, at, columns.closed)),
                subject=_cell(row, at, columns.subject),
                facility=_cell(row, at, columns.facility),
                incident_facility=_cell(row, at, columns.incident_facility),
                office=_cell(row, at, columns.office),
                reasons=tuple(code for name in columns.reasons if (code := _cell(row, at, name))),
            )


@contextlib.contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a file of records and read its heading.

    Args:
        path: the file, plain or gzipped.

    Raises:
        UnknownFormat: it is no table with the columns needed.
    """
    with path.open("rb") as stream:
        packed = stream.read(2) == _GZIP
        stream.seek(0)
        plain = gzip.GzipFile(fileobj=stream) if packed else stream
        with io.TextIOWrapper(cast("IO[bytes]", plain), encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield _table(lines, path.name)


def _table(lines: Iterator[str], name: str) -> Table:
    try:
        heading = next(csv.reader(lines))
    except (StopIteration, csv.Error, OSError, EOFError, zlib.error) as problem:
        raise UnknownFormat("This file holds no table of records.", file=name) from problem
    needed = shape().columns
    places = {column: number for number, column in enumerate(heading)}
    lacking = [c for c in (needed.level, needed.status, needed.received, needed.due, needed.case) if c not in places]
    if lacking:
        raise UnknownFormat(
            f"This is no table of grievance records: it lacks the columns {', '.join(lacking)}. "
            "Use the file as the agency released it.",
            file=name,
        )
    used = [*(getattr(needed, field) for field in needed.__struct_fields__ if field != "reasons"), *needed.reasons]
    rows = _rows(lines, len(heading), max(places[column] for column in used if column in places))
    return Table(places, _whole(rows, name))


def _rows(lines: Iterator[str], width: int, last: int) -> Iterator[list[str]]:
    """Each record up to the last column used. Lines without quotes, nearly all, are cut at their commas."""
    commas, cut = width - 1, last + 1
    for line in lines:
        if width > 1 and not line.strip():
            continue
        if '"' not in line:
            yield line.rstrip("\r\n").split(",", cut) if line.count(",") == commas else []
        else:
            row = next(csv.reader(itertools.chain([line], lines)))
            yield row if len(row) == width else []


def _whole(rows: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    """The rows, as long as the file can be read."""
    try:
        yield from rows
    except (EOFError, OSError, csv.Error, zlib.error) as problem:
        raise TruncatedDocument(
            "This file of records breaks off or is damaged. Fetch it again from where it was released.", file=name
        ) from problem


def _cell(row: Sequence[str], places: dict[str, int], column: str) -> str:
    return row[places[column]] if column in places else ""


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
