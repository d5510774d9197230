"""An old spreadsheet: brought, its columns named, told row by row, made into cases, taken back."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import importing
from amparo.casework.law import rulebook_of
from amparo.casework.models import ImportBatch
from amparo.errors import AmparoError, BrokenTable, BuiltUpon, ColumnsUnclear, NotAllowed, NotInThatState, StoreFull
from amparo.interchange.old_cases import ABOUT_THE_CASE, ColumnMap
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS

SHOWN = 200
_TOLD: dict[type[AmparoError], str] = {
    BrokenTable: "import-no-table", ColumnsUnclear: "import-who", NotInThatState: "import-nothing",
}  # fmt: skip


class Column(NamedTuple):
    """A heading with what it is taken to hold."""

    number: int
    heading: str
    field: str


@signed_in
def start(request: Sitting) -> HttpResponse:
    """Bring a spreadsheet, or go on with one brought before."""
    batches = importing.batches_for(request.user)
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, WORDS["import-file-needed"][request.user.language])
            return redirect("import")
        try:
            batch = importing.take_up_sheet(file.read(), name=file.name or "", by=request.user)
        except (BrokenTable, StoreFull) as problem:
            _tell(request, problem)
            return redirect("import")
        return redirect("import-sheet", pk=batch.pk)
    return render(request, "desk/import.html", {"batches": batches})


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """A spreadsheet: what its columns hold, and what each row would make or has made."""
    batch = importing.batch_of(pk, by=request.user)
    kinds = rulebook_of(batch.team_id).facts
    held: dict[str, Any] = {"batch": batch, "columns": _columns(batch), "about": ABOUT_THE_CASE, "shown": SHOWN,
                            "kinds": [kind for kind in kinds.values() if kind.about == "case"], "all_kinds": kinds,
                            "planned": batch.state == ImportBatch.State.PLANNED}  # fmt: skip
    if batch.state == ImportBatch.State.PLANNED:
        try:
            plan = importing.plan_of(pk, by=request.user)
        except ColumnsUnclear:
            pass
        else:
            made = plan.makes
            held |= {"rows": plan.rows[:SHOWN], "total": len(plan.rows), "makes": len(made),
                     "refused": len(plan.rows) - len(made),
                     "unclear": sum(bool(row.unclear) for row in made)}  # fmt: skip
    return render(request, "desk/import_sheet.html", held)


@signed_in
@require_POST
def act(request: Sitting, pk: int, verb: str) -> HttpResponse:
    """Say what the columns hold, make the cases, or take them back."""
    language = request.user.language
    try:
        if verb == "columns":
            importing.say_columns(pk, _said(request, pk), by=request.user)
        elif verb == "do":
            batch = importing.bring_in(pk, by=request.user)
            messages.success(request, WORDS["import-done"][language].format(count=len(batch.made)))
        elif verb == "undo":
            batch = importing.take_back(pk, by=request.user)
            messages.success(request, WORDS["import-undone"][language].format(count=len(batch.made)))
        else:
            raise NotAllowed(verb="manage-team")
    except (ColumnsUnclear, BuiltUpon, NotInThatState) as problem:
        _tell(request, problem)
    return redirect("import-sheet", pk=pk)


def _columns(batch: ImportBatch) -> list[Column]:
    headings = importing.headings_of(batch)
    return [Column(at, heading, batch.columns.get(heading, "")) for at, heading in enumerate(headings)
            if heading and headings.count(heading) == 1]  # fmt: skip


def _said(request: Sitting, pk: int) -> ColumnMap:
    """The columns as the form has them; a field said twice is found by whoever plans the rows."""
    columns = _columns(importing.batch_of(pk, by=request.user))
    chosen = {one.heading: field for one in columns if (field := request.POST.get(f"column-{one.number}", ""))}
    order = request.POST.get("order", "")
    return ColumnMap(columns=chosen, order=order if order in ("dmy", "mdy") else "")  # type: ignore[arg-type]


def _tell(request: Sitting, problem: AmparoError) -> None:
    language = request.user.language
    if isinstance(problem, BuiltUpon):
        messages.error(request, WORDS["import-built-upon"][language].format(cases=problem.facts.get("cases", "")))
    else:
        key = _TOLD.get(type(problem))
        messages.error(request, WORDS[key][language] if key else problem.message)
