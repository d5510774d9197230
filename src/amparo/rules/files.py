"""Rule files read strictly: a mistake is named with its file, its line and what to do."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import TypeVar

import msgspec

T = TypeVar("T")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_AT = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`")
_STEP = re.compile(r"\.([A-Za-z0-9_-]+)|\[(\d+|\.\.\.)\]")
_ON_LINE = re.compile(r"line (\d+)")
_NOT_UTF8 = "\ufffd"
"""What stands in a text where its bytes could not be read as UTF-8."""


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong in a rule file, where, and what to do.

    Args:
        file: its name below the folder of rules.
        line: from 1; 0 when it is about the whole file.
        code: short name of the mistake.
        says: what is wrong.
        mend: what to do.
        grave: whether the file is refused; otherwise it is only pointed out.
    """

    file: str
    line: int
    code: str
    says: str
    mend: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.says} {self.mend}"


class Located:
    r"""The text of a rule file, able to tell on which line a key stands.

    >>> where = Located("a.toml", 'id = "x"\n[[step]]\nid = "s"\nfile = { within = "1 day" }\n')
    >>> where.line("step", 0, "file", "within")
    4
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def _lines(self) -> dict[tuple[str | int, ...], int]:
        """The line of every key, worked out when a mistake is to be named."""
        return _key_lines(self.text)

    def line(self, *path: str | int) -> int:
        """The line of a key, or of the nearest key above it that stands on a line of its own."""
        for length in range(len(path), 0, -1):
            found = self._lines.get(path[:length])
            if found is not None:
                return found
        return 0

    def mistake(self, code: str, says: str, mend: str, *path: str | int, grave: bool = True) -> Mistake:
        """A mistake at a key of this file."""
        return Mistake(file=self.name, line=self.line(*path), code=code, says=says, mend=mend, grave=grave)


def _key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    lines: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        header = _HEADER.fullmatch(line)
        if header is not None:
            table = _entered(_parts(header[2]), header[1] == "[[", counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_parts(key[1])), number)
    return lines


def _entered(names: tuple[str, ...], many: bool, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """The path of a table: each list of tables on the way stands at its latest entry."""
    path: tuple[str | int, ...] = ()
    for number, name in enumerate(names):
        path = (*path, name)
        last = number == len(names) - 1
        if last and many:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(written: str) -> tuple[str, ...]:
    return tuple(next(part for part in found if part) for found in _PART.findall(written))


def decode(where: Located, kind: type[T]) -> tuple[T | None, tuple[Mistake, ...]]:
    """A rule file as a value of one type, or the mistake that keeps it out.

    Args:
        where: the file.
        kind: the type its text must have, every key known and every value of its kind.
    """
    unreadable = where.text.find(_NOT_UTF8)
    if unreadable >= 0:
        line = where.text.count("\n", 0, unreadable) + 1
        return None, (
            Mistake(file=where.name, line=line, code="not-utf8", says="There are bytes here that are not UTF-8.",
                    mend="Save the file as UTF-8."),
        )  # fmt: skip
    try:
        return msgspec.convert(tomllib.loads(where.text), kind, strict=True), ()
    except tomllib.TOMLDecodeError as problem:
        on_line = _ON_LINE.search(str(problem))
        return None, (
            Mistake(file=where.name, line=int(on_line[1]) if on_line else 0, code="not-toml", says=f"{problem}.",
                    mend="Mend the line; dates are written 2026-05-01 and words stand in quotes."),
        )  # fmt: skip
    except msgspec.ValidationError as problem:
        return None, (_translated(where, str(problem)),)


def _translated(where: Located, problem: str) -> Mistake:
    at = _AT.search(problem)
    path: list[str | int] = []
    for name, index in _STEP.findall(at["path"] if at else ""):
        path.append(name if name else 0 if index == "..." else int(index))
    says = _AT.sub("", problem)
    unknown = re.search(r"unknown field `([^`]+)`", says)
    if unknown:
        return where.mistake("unknown-key", f"There is no key {unknown[1]!r} here.", _MEND_KEY, *path, unknown[1])
    missing = re.search(r"missing required field `([^`]+)`", says)
    if missing:
        code = "uncited" if missing[1] == "cite" else "missing-key"
        return where.mistake(code, f"The key {missing[1]!r} is missing.", _MEND_MISSING[code], *path)
    return where.mistake("bad-value", f"{says}.", "Write the value as the other rule files do.", *path)


_MEND_KEY = "Take it out, or correct its spelling; the keys are listed in docs/reference/rule-files.md."
_MEND_MISSING = {
    "uncited": "Name the provision this stands in; a limit without a citation is not taken in.",
    "missing-key": "Put it in; the keys are listed in docs/reference/rule-files.md.",
}
