"""An office's old spreadsheet, read as cases: which column holds what, and row by row what can be made of it.

Nothing is guessed: a day that may be read two ways, a word that is not in the vocabulary, is *unclear* and left out; a
row without a person is *refused*. Both are told.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import msgspec

from amparo.domain.rulebook import FactKind
from amparo.errors import ColumnsUnclear
from amparo.interchange.cells import Cell, Table

Order = Literal["dmy", "mdy", ""]
ABOUT_THE_CASE = ("person", "reference", "register_number", "born", "opened", "closed")
"""What a column may hold besides a fact of the vocabulary."""
_LONGEST = {"person": 200, "reference": 40, "register_number": 40, "born": 60}
_THREE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")


class ColumnMap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column holds what.

    Args:
        columns: a field by heading: one of :data:`ABOUT_THE_CASE` or the name of a fact. A heading not named is left
            out.
        order: how days are written where that is open: day or month first.
    """

    columns: dict[str, str]
    order: Order = ""


class Row(NamedTuple):
    """What can be made of one row.

    Args:
        number: of the row among those with content, the headings being 1.
        fields: what is known of the case.
        facts: by name.
        unclear: headings whose cell could not be read surely, with why: day-order, no-day, no-such-value, too-long.
        refused: why no case can be made: no-person, or nothing.
    """

    number: int
    fields: dict[str, Any]
    facts: dict[str, Any]
    unclear: tuple[tuple[str, str], ...]
    refused: str


@cache
def _words() -> Mapping[str, Any]:
    path = resources.files("amparo") / "data" / "vocabulary" / "old-sheets.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


def fold(words: str) -> str:
    """Small letters and digits without accents, one blank between words.

    >>> fold("Nº de Expediente:")
    'no de expediente'
    """
    plain = unicodedata.normalize("NFKD", words.replace("º", "o").replace("°", "o"))
    kept = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", kept))


def suggest_columns(headings: Sequence[str], kinds: Mapping[str, FactKind]) -> ColumnMap:
    """What the headings say the columns hold, in English or Spanish; each field is given once, the first wins.

    Args:
        headings: of the spreadsheet.
        kinds: the vocabulary of facts.
    """
    known = {fold(word): field for field, words in _words()["headings"].items() for word in words}
    for name, kind in kinds.items():
        if kind.about == "case":
            for words in (name, kind.label.en, kind.label.es):
                known.setdefault(fold(words), name)
    found: dict[str, str] = {}
    for heading in headings:
        field = known.get(fold(heading))
        if field is not None and field not in found.values() and heading not in found:
            found[heading] = field
    return ColumnMap(columns=found)


def read_map(written: str) -> ColumnMap:
    """A mapping out of TOML: a table ``columns`` of headings and fields, and ``order`` (``dmy`` or ``mdy``).

    Raises:
        ColumnsUnclear: it cannot be read.
    """
    try:
        return msgspec.convert(tomllib.loads(written), ColumnMap)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise ColumnsUnclear(f"This mapping cannot be read: {problem}") from problem


def plan_rows(table: Table, columns: ColumnMap, kinds: Mapping[str, FactKind]) -> tuple[Row, ...]:
    """What each row would make.

    Args:
        table: the spreadsheet.
        columns: what its columns hold.
        kinds: the vocabulary of facts.

    Raises:
        ColumnsUnclear: no column or several hold the person, a heading is not in the sheet or twice in it, or a field
            is none.
    """
    at = _placed(table.headings, columns, kinds)
    return tuple(_row(number, cells, at, columns.order, kinds) for number, cells in enumerate(table.rows, 2))


def _placed(headings: Sequence[str], columns: ColumnMap, kinds: Mapping[str, FactKind]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for heading, field in columns.columns.items():
        if headings.count(heading) != 1:
            raise ColumnsUnclear(heading=heading)
        if field not in ABOUT_THE_CASE and field not in kinds:
            raise ColumnsUnclear("A column is said to hold something amparo does not know.", field=field)
        if field in found:
            raise ColumnsUnclear("Two columns are said to hold the same.", field=field)
        found[field] = (headings.index(heading), heading)
    if "person" not in found:
        raise ColumnsUnclear
    return found


def _row(
    number: int, cells: Sequence[Cell], at: Mapping[str, tuple[int, str]], order: Order, kinds: Mapping[str, FactKind]
) -> Row:
    fields: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    unclear: list[tuple[str, str]] = []
    for field, (column, heading) in at.items():
        cell = cells[column]
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        try:
            if field in kinds:
                facts[field] = _fact(cell, kinds[field], order)
            elif field in ("opened", "closed"):
                fields[field] = _day(cell, order)
            else:
                fields[field] = _short(cell, field)
        except ValueError as problem:
            unclear.append((heading, str(problem)))
    return Row(number, fields, facts, tuple(unclear), "" if fields.get("person") else "no-person")


def _short(cell: Cell, field: str) -> str:
    words = cell.isoformat() if isinstance(cell, dt.date) else " ".join(str(cell).split())
    if isinstance(cell, float) and cell.is_integer():
        words = str(int(cell))
    if len(words) > _LONGEST[field]:
        raise ValueError("too-long")
    return words


def _day(cell: Cell, order: Order) -> dt.date:
    """A day, where it can be read in one way only.

    Raises:
        ValueError: no-day, or day-order where day and month may be either.
    """
    if isinstance(cell, dt.date):
        return cell
    words = str(cell).strip()
    if iso := _ISO.fullmatch(words):
        return _real(int(iso[1]), int(iso[2]), int(iso[3]))
    if (found := _THREE.fullmatch(words)) is None or len(found[3]) == 2:
        raise ValueError("no-day")
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if order == "mdy" or (order == "" and second > 12):
        return _real(year, first, second)
    if order == "dmy" or first > 12 or first == second:
        return _real(year, second, first)
    raise ValueError("day-order")


def _real(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as problem:
        raise ValueError("no-day") from problem


def _fact(cell: Cell, kind: FactKind, order: Order) -> Any:
    if kind.kind in ("flag", "event"):
        said = cell if isinstance(cell, bool) else _yes_or_no(str(cell))
        if said is not None:
            return said
    if kind.kind == "event":
        return _day(cell, order).isoformat()
    words = str(cell).strip()
    if kind.kind == "number":
        whole = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else words
        if not whole.isdecimal():
            raise ValueError("no-such-value")
        return int(whole)
    if kind.kind == "choice" and kind.options:
        found = next((option for option in kind.options if fold(option) == fold(words)), None)
        if found is None:
            raise ValueError("no-such-value")
        return found
    if kind.kind == "flag":
        raise ValueError("no-such-value")
    return words


def _yes_or_no(words: str) -> bool | None:
    folded = fold(words)
    return True if folded in _words()["yes"]["words"] else False if folded in _words()["no"]["words"] else None
