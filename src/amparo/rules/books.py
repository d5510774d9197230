"""Small books of facts that ship with amparo, each read strictly into one type."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import TypeVar

from amparo.errors import BrokenRule
from amparo.rules.files import Located, decode

T = TypeVar("T")


def read_books(folder: str, kind: type[T], *, but: tuple[str, ...] = ()) -> Iterator[T]:
    """Every file of a folder of ``data`` as a value of one type, in the order of their names.

    Args:
        folder: its name below ``data``.
        kind: the type each file must have, every key known.
        but: names of files that are of another type.

    Raises:
        BrokenRule: a file has a mistake; the error names file and line.
    """
    root = resources.files("amparo") / "data" / folder
    for path in sorted(root.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml") and path.name not in but:
            yield read_book(f"{folder}/{path.name}", kind)


def read_book(name: str, kind: type[T]) -> T:
    """One file of ``data`` as a value of a type.

    Args:
        name: its place below ``data``.
        kind: the type it must have, every key known.

    Raises:
        BrokenRule: the file has a mistake; the error names file and line.
    """
    path = resources.files("amparo").joinpath("data", *name.split("/"))
    book, mistakes = decode(Located(name, path.read_text(encoding="utf8")), kind)
    if book is None:
        raise BrokenRule(f"{mistakes[0].says} {mistakes[0].mend}", file=name, line=mistakes[0].line)
    return book
