"""Asking the database's own full-text index: FTS5 in SQLite, tsvector in PostgreSQL. Both keep plain folded words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from amparo.casework.models import SearchEntry
from amparo.casework.search.words import Term

_SQLITE = ["casework_searchwords.rowid = casework_searchentry.id", "casework_searchwords MATCH %s"]
_POSTGRESQL = "casework_searchentry.vector @@ to_tsquery('simple', %s)"
_WORDS = "{title names places body}"
_WEIGHTS = {"": "", "title": "A", "names": "B", "places": "C"}


def matching(
    kind: str,
    rows: QuerySet[SearchEntry],
    everywhere: Sequence[Term],
    names: Sequence[Term] = (),
    places: Sequence[Term] = (),
) -> QuerySet[SearchEntry]:
    """The rows in which every term stands, the newest first.

    Args:
        kind: the kind of all these rows, so that the index itself passes over the others.
        rows: among these.
        everywhere: anywhere in the row.
        names: among the names of people.
        places: among the names of facilities.
    """
    asked = [*((term, "") for term in everywhere), *((term, "names") for term in names),
             *((term, "places") for term in places)]  # fmt: skip
    if not asked:
        return rows.order_by("-pk")
    if connection.vendor == "postgresql":
        words = " & ".join(_lexemes(term, _WEIGHTS[column]) for term, column in asked)
        return rows.extra(where=[_POSTGRESQL], params=[words]).order_by("-pk")  # noqa: S610
    words = " AND ".join([f'(kind : "{kind}")', *(_strings(term, column) for term, column in asked)])
    # FTS5 gives its rows by number from either end, so a common word is read no further than one page needs.
    return rows.extra(tables=["casework_searchwords"], where=_SQLITE, params=[words]).extra(  # noqa: S610
        order_by=["-casework_searchwords.rowid"]
    )


def _strings(term: Term, column: str) -> str:
    """A term as FTS5 writes it; words hold only letters and digits, so nothing in them can be syntax."""
    said = f'"{" ".join(term.words)}"' + (" *" if term.open_ended else "")
    return f"({column or _WORDS} : {said})"


def _lexemes(term: Term, weight: str) -> str:
    """A term as PostgreSQL writes it."""
    last = ":" + ("*" if term.open_ended else "") + weight
    before = f":{weight}" if weight else ""
    words = [f"'{word}'{before}" for word in term.words[:-1]]
    words.append(f"'{term.words[-1]}'" + (last if last != ":" else ""))
    return "(" + " <-> ".join(words) + ")"


def wipe() -> None:
    """Take words whose rows are gone out of the index itself; FTS5 keeps them until it is written anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO casework_searchwords (casework_searchwords) VALUES ('rebuild')")
