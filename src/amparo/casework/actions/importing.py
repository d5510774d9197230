"""Bringing an office's old spreadsheet into the record: planned row by row, done in one piece, and taken back whole."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone

from amparo.casework import search, store
from amparo.casework.actions import cases
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, CaseFact, DoorDay, ImportBatch, SearchEntry, User
from amparo.casework.permissions import cases_for, require
from amparo.domain.rulebook import Rulebook
from amparo.errors import BrokenFacts, BuiltUpon, NotAllowed, NotInThatState
from amparo.interchange.cells import Table, read_table
from amparo.interchange.old_cases import ColumnMap, Row, fold, plan_rows, suggest_columns
from amparo.rules.facilities import load_facilities
from amparo.rules.facts import facts_from

MOST = 5_000
"""How many cases one spreadsheet may make."""


class Plan(NamedTuple):
    """What a spreadsheet would make.

    Args:
        headings: its columns.
        columns: what each is taken to hold.
        rows: what each row would make, with what is unclear and why it is refused.
    """

    headings: tuple[str, ...]
    columns: ColumnMap
    rows: tuple[Row, ...]

    @property
    def makes(self) -> tuple[Row, ...]:
        """The rows that make a case."""
        return tuple(row for row in self.rows if not row.refused)


@transaction.atomic
def take_up_sheet(data: bytes, *, name: str, by: User) -> ImportBatch:
    """Keep a spreadsheet and suggest what its columns hold; nothing is made yet.

    Raises:
        NotAllowed: their role may not.
        BrokenTable: it is no spreadsheet.
        StoreFull: it could not be kept.
    """
    _may(by)
    table, team = read_table(data), by.membership.team
    columns = suggest_columns(table.headings, rulebook_of(team.pk).facts)
    digest = store.keep(data, team=team.pk)
    batch = ImportBatch.objects.create(
        team=team, digest=digest, name=name[:255], columns=columns.columns, by=by, at=timezone.now()
    )
    seal("import.taken-up", by=by, team=team, subject=f"import:{batch.pk}", details={"digest": digest})
    return batch


@transaction.atomic
def say_columns(batch_id: int, columns: ColumnMap, *, by: User) -> ImportBatch:
    """Say what the columns of a planned spreadsheet hold.

    Raises:
        NotAllowed: their role may not, or it is not of their team.
        NotInThatState: it has been brought in already.
        ColumnsUnclear: no column holds the person, or a column holds nothing amparo knows.
    """
    batch = batch_of(batch_id, by=by, state=ImportBatch.State.PLANNED)
    plan_rows(_table(batch), columns, rulebook_of(batch.team_id).facts)
    batch.columns, batch.order = columns.columns, columns.order
    batch.save(update_fields=["columns", "order"])
    seal("import.columns-said", by=by, team=batch.team, subject=f"import:{batch.pk}",
         details={"columns": len(columns.columns)})  # fmt: skip
    return batch


def headings_of(batch: ImportBatch) -> tuple[str, ...]:
    """The headings of a kept spreadsheet."""
    return _table(batch).headings


def plan_of(batch_id: int, *, by: User) -> Plan:
    """A dry run: what each row would make, what is unclear and what is refused. Nothing is written.

    Raises:
        NotAllowed: their role may not, or it is not of their team.
        ColumnsUnclear: it has not been said which column holds the person.
    """
    return _plan(batch_of(batch_id, by=by), by)


def plan_sheet(data: bytes, *, columns: ColumnMap | None = None, by: User) -> Plan:
    """A dry run of a spreadsheet that has not been kept; without columns said, those suggested.

    Raises:
        NotAllowed: their role may not.
        BrokenTable: it is no spreadsheet.
        ColumnsUnclear: no column is known to hold the person.
    """
    _may(by)
    table, book = read_table(data), rulebook_of(by.membership.team_id)
    return _planned(table, columns or suggest_columns(table.headings, book.facts), book, by)


@transaction.atomic
def bring_in_sheet(data: bytes, *, name: str, columns: ColumnMap | None = None, by: User) -> ImportBatch:
    """Keep a spreadsheet, say what its columns hold and bring it in, all at once or not at all.

    Raises:
        NotAllowed: their role may not.
        BrokenTable: it is no spreadsheet.
        ColumnsUnclear: no column is known to hold the person.
        NotInThatState: it makes nothing.
    """
    batch = take_up_sheet(data, name=name, by=by)
    if columns is not None:
        say_columns(batch.pk, columns, by=by)
    return bring_in(batch.pk, by=by)


@transaction.atomic
def bring_in(batch_id: int, *, by: User) -> ImportBatch:
    """Make the cases and facts of a planned spreadsheet, all of them or none; one line of history names its digest.

    Raises:
        NotAllowed: their role may not, or it is not of their team.
        NotInThatState: it has been brought in already, or makes nothing.
        ColumnsUnclear: it has not been said which column holds the person.
    """
    batch = batch_of(batch_id, by=by, state=ImportBatch.State.PLANNED)
    plan = _plan(batch, by)
    if not plan.makes or len(plan.makes) > MOST:
        raise NotInThatState(state="nothing-to-make" if not plan.makes else "too-many")
    batch.made = [_make(row, batch, by) for row in plan.makes]
    batch.state, batch.at, batch.by = ImportBatch.State.DONE, timezone.now(), by
    batch.save(update_fields=["made", "state", "at", "by"])
    seal(
        "import.done", by=by, team=batch.team, subject=f"import:{batch.pk}",
        details={"digest": batch.digest, "cases": len(batch.made), "refused": len(plan.rows) - len(plan.makes),
                 "facts": sum(len(one["facts"]) for one in batch.made)},
    )  # fmt: skip
    return batch


@transaction.atomic
def take_back(batch_id: int, *, by: User) -> ImportBatch:
    """Take back exactly what a spreadsheet made, if nothing was built on any of it since.

    Raises:
        NotAllowed: their role may not, or it is not of their team.
        NotInThatState: it was not brought in, or is taken back already.
        BuiltUpon: something has been built on one of its cases; the fact ``cases`` names their references.
    """
    batch = batch_of(batch_id, by=by, state=ImportBatch.State.DONE)
    made = {one["case"]: one for one in batch.made}
    rows = list(Case.objects.select_for_update().filter(pk__in=made, team_id=batch.team_id))
    grown = [case.reference for case in rows if _grown(case, made[case.pk])]
    if grown or len(rows) != len(made):
        raise BuiltUpon(cases=", ".join(grown[:20]))
    CaseFact.objects.filter(case__in=rows).delete()
    Case.objects.filter(pk__in=made).delete()
    batch.state, batch.undone_by, batch.undone_at = ImportBatch.State.UNDONE, by, timezone.now()
    batch.save(update_fields=["state", "undone_by", "undone_at"])
    seal("import.taken-back", by=by, team=batch.team, subject=f"import:{batch.pk}",
         details={"digest": batch.digest, "cases": len(made)})  # fmt: skip
    return batch


def batch_of(batch_id: int, *, by: User, state: str = "") -> ImportBatch:
    """A spreadsheet of somebody's team.

    Raises:
        NotAllowed: their role may not, or it is not of their team.
        NotInThatState: it is in another state than the one asked for.
    """
    _may(by)
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, team_id=by.membership.team_id)
    row = (batch if state else ImportBatch.objects.filter(pk=batch_id, team_id=by.membership.team_id)).first()
    if row is None:
        raise NotAllowed(verb="manage-team")
    if state and row.state != state:
        raise NotInThatState(state=row.state)
    return row


def batches_for(by: User) -> list[ImportBatch]:
    """The spreadsheets of somebody's team, the newest first."""
    _may(by)
    return list(ImportBatch.objects.filter(team_id=by.membership.team_id).select_related("by").order_by("-pk")[:50])


def _may(by: User) -> None:
    require(by, "manage-team")
    require(by, "open-case")


def _table(batch: ImportBatch) -> Table:
    return read_table(store.fetch(batch.digest, team=batch.team_id))


def _plan(batch: ImportBatch, by: User) -> Plan:
    columns = ColumnMap(columns=batch.columns, order=batch.order)  # type: ignore[arg-type]
    return _planned(_table(batch), columns, rulebook_of(batch.team_id), by)


def _planned(table: Table, columns: ColumnMap, book: Rulebook, by: User) -> Plan:
    taken = set(Case.objects.filter(team_id=by.membership.team_id).values_list("reference", flat=True))
    there = {(fold(c.person), fold(c.register_number)) for c in cases_for(by)}
    names = _facility_names()
    rows = []
    for row in plan_rows(table, columns, book.facts):
        checked = _sound(row, columns, book, names)
        reference = checked.fields.get("reference")
        who = (fold(checked.fields.get("person", "")), fold(checked.fields.get("register_number", "")))
        why = checked.refused or ("reference-taken" if reference in taken else "") or ("there" if who in there else "")
        rows.append(checked._replace(refused=why))
        if not why:
            taken.add(reference or "")
            there.add(who)
    return Plan(table.headings, columns, tuple(rows))


def _sound(row: Row, columns: ColumnMap, book: Rulebook, names: dict[str, str]) -> Row:
    """A row with facilities by code, and without facts the rulebook would not take."""
    facts: dict[str, Any] = {}
    unclear = list(row.unclear)
    headings = {field: heading for heading, field in columns.columns.items()}
    for name, value in row.facts.items():
        kept = names.get(fold(str(value))) if name in ("facility", "incident-facility") else value
        if name in ("nationality", "state") and isinstance(value, str):
            kept = value.lower() if len(value) == 2 and value.isalpha() else None
        try:
            if kept is None:
                raise BrokenFacts
            facts_from({name: kept}, book.facts)
        except BrokenFacts:
            unclear.append((headings[name], "no-such-value"))
        else:
            facts[name] = kept
    return row._replace(facts=facts, unclear=tuple(unclear))


def _facility_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, place in load_facilities().items():
        for words in (code, place.name, *place.aliases):
            found.setdefault(fold(words), code)
    return found


def _make(row: Row, batch: ImportBatch, by: User) -> dict[str, Any]:
    """One case with its facts; called within the transaction that brings the sheet in."""
    told = row.fields
    now = timezone.now()
    case = Case.objects.create(
        team=batch.team, reference=told.get("reference") or cases.next_reference(batch.team),
        person=told["person"], register_number=told.get("register_number", ""), born=told.get("born", ""),
        opened_at=_noon(told.get("opened")) or now, opened_by=by, closed_at=_noon(told.get("closed")),
    )  # fmt: skip
    known_from = f"{batch.name}, row {row.number}"
    facts = [
        CaseFact.objects.create(case=case, name=name, value=value, known_from=known_from, by=by, at=now).pk
        for name, value in row.facts.items()
    ]
    search.index_case(case)
    return {"case": case.pk, "row": row.number, "facts": facts}


def _noon(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12))) if day is not None else None


def _grown(case: Case, made: dict[str, Any]) -> bool:
    """Whether anything but what the sheet made, or a mere cache, hangs on a case."""
    caches = (DoorDay, SearchEntry)
    for relation in Case._meta.related_objects:
        model = relation.related_model
        if model in caches or isinstance(model, str):
            continue
        rows = model._default_manager.filter(**{relation.field.name: case})
        if model is CaseFact:
            rows = rows.exclude(pk__in=made["facts"])
        if rows.exists():
            return True
    return False


def columns_as_toml(columns: ColumnMap) -> str:
    """A mapping as the file that :func:`amparo.interchange.old_cases.read_map` reads."""
    lines = [f'order = "{columns.order}"', "", "[columns]"]
    lines += [f"{msgspec.json.encode(heading).decode()} = {msgspec.json.encode(field).decode()}"
              for heading, field in columns.columns.items()]  # fmt: skip
    return "\n".join(lines) + "\n"
