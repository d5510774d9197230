"""What was noted, what is known of cases and their days, as tables of one row each: documents, allegations, claims."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from amparo.domain.claims import Allegation, Claim, Source
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.notes import Notes
from amparo.domain.remedies import Channel
from amparo.domain.text import Quote
from amparo.interchange.cells import Cell, Table

_BETWEEN = " … "


class CaseRow(NamedTuple):
    """A case as a table tells it; what is not told is left empty."""

    reference: str
    person: str
    number: str
    opened: dt.date | None
    closed: dt.date | None


@cache
def _words() -> Mapping[str, Any]:
    path = resources.files("amparo") / "data" / "vocabulary" / "tables.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


def table_names() -> tuple[str, ...]:
    """The tables there are.

    >>> table_names()
    ('documents', 'allegations', 'claims', 'cases', 'deadlines')
    """
    return tuple(_words()["sheets"])


def documents_table(dossiers: Iterable[Dossier], *, language: str = "en") -> Table:
    """One row for each document."""
    columns = ("document", "digest", "media-type", "language", "genre", "pages", "written-first", "written-last")
    rows = [
        (d.document.name, d.document.id, d.document.media_type, d.text.language, d.notes.genre, len(d.text.pages),
         *_ends(d.notes.written))
        for d in dossiers
    ]  # fmt: skip
    return _table("documents", columns, rows, language)


def allegations_table(dossiers: Iterable[Dossier], *, acts: Mapping[str, str], language: str = "en") -> Table:
    """One row for each allegation, with its exact words and where they stand.

    Args:
        dossiers: documents with their notes.
        acts: what each act is called, by its code.
        language: of headings.
    """
    columns = ("document", "act", "alleged", "status", "affected", "actor", "place", "first", "last", "when", "words",
               "start", "end", "standards")  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in dossiers:
        standards = one.standards or ((),) * len(one.notes.allegations)
        for allegation, norms in zip(one.notes.allegations, standards, strict=True):
            rows.append(
                (one.document.name, allegation.act, acts.get(allegation.act, allegation.act), allegation.status,
                 _role(allegation, "affected"), _role(allegation, "actor"), allegation.place,
                 *_ends(allegation.when), allegation.when.written if allegation.when else None,
                 _said(allegation.quotes), allegation.quotes[0].start, allegation.quotes[-1].end,
                 "; ".join(norm.ref for norm in norms))
            )  # fmt: skip
    return _table("allegations", columns, rows, language)


def claims_table(dossiers: Iterable[Dossier], *, language: str = "en") -> Table:
    """One row for each claim: who says it, through whom, how, and the exact words."""
    columns = ("document", "speaker", "chain", "cue", "stance", "form", "words", "start", "end", "confidence")
    rows = [
        (one.document.name, *_spoken(claim, one.notes, language), claim.stance, claim.form, _said(claim.contents),
         claim.contents[0].start, claim.contents[-1].end, round(claim.confidence, 3))
        for one in dossiers for claim in one.notes.claims
    ]  # fmt: skip
    return _table("claims", columns, rows, language)


def cases_table(cases: Iterable[CaseRow], *, language: str = "en") -> Table:
    """One row for each case."""
    return _table("cases", ("reference", "person", "number", "opened", "closed"), [tuple(c) for c in cases], language)


def deadlines_table(doors: Iterable[tuple[str, Channel]], *, language: str = "en") -> Table:
    """One row for each door that has a day: the last legal day, the safe day, the day an answer is due.

    Args:
        doors: a case's reference with each of its doors.
        language: of headings and titles.
    """
    columns = ("reference", "step", "state", "last-day", "safe-day", "due", "certain")
    said = _words()["said"]
    rows: list[tuple[Cell, ...]] = []
    for reference, door in doors:
        mine, theirs = door.deadline, door.answer_due
        if mine is None and theirs is None:
            continue
        certain = all(day.certain for day in (mine, theirs) if day is not None)
        rows.append(
            (reference, door.title.in_(language), door.state, mine.last if mine else None, mine.safe if mine else None,
             theirs.last if theirs else None, said["yes" if certain else "no"][language])
        )  # fmt: skip
    return _table("deadlines", columns, rows, language)


def _table(name: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]], language: str) -> Table:
    words = _words()
    headings = tuple(words["columns"][column][language] for column in columns)
    return Table(words["sheets"][name][language], headings, tuple(rows))


def _ends(when: PartialDate | None) -> tuple[dt.date | None, dt.date | None]:
    return (when.earliest, when.latest) if when is not None else (None, None)


def _said(quotes: Iterable[Quote]) -> str:
    return _BETWEEN.join(quote.exact for quote in quotes)


def _role(allegation: Allegation, kind: str) -> str | None:
    return next((role.words for role in allegation.roles if role.kind == kind), None)


def _spoken(claim: Claim, notes: Notes, language: str) -> tuple[str, str, str | None]:
    def who(source: Source) -> str:
        index = notes.author if source.kind == "author" and source.person is None else source.person
        if index is not None and index < len(notes.people):
            return notes.people[index].name
        return _said(source.quotes) if source.quotes else str(_words()["said"][source.kind][language])

    cue = claim.cue.exact if claim.cue is not None else None
    return who(claim.source), " > ".join(who(one) for one in claim.chain), cue
