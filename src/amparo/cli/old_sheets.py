"""The command that brings an office's old spreadsheet into the record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.cli.desk import home_option, ready
from amparo.cli.library import SOME_FAILED
from amparo.cli.options import guarded
from amparo.cli.records import import_

if TYPE_CHECKING:
    from amparo.casework.actions.importing import Plan


@import_.command("cases")
@click.argument("path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@click.option("--by", "username", required=True, help="The supervisor in whose name it is done.")
@click.option("--map", "mapping", type=click.Path(dir_okay=False, path_type=Path),
              help="TOML file that says what the columns hold; written, as suggested, if there is none.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only tell, row by row, what would be made.")
@click.option("--undo", type=click.IntRange(1), metavar="ID", help="Take back what an import made.")
def import_cases(
    path: Path | None, *, home: Path, username: str, mapping: Path | None, dry_run: bool, undo: int | None
) -> None:
    """Bring an office's old spreadsheet (CSV or XLSX) into the desk as cases.

    \b
    Examples:
      amparo import cases old.xlsx --by maria --map columns.toml --dry-run
      amparo import cases old.xlsx --by maria --map columns.toml
      amparo import cases --by maria --undo 3

    Exit code: 0 all well, 1 some rows were refused, 2 wrong use.
    """
    ready(home)
    from amparo.casework.actions import importing
    from amparo.casework.models import User
    from amparo.interchange.old_cases import read_map

    if (path is None) == (undo is None):
        raise click.UsageError("Give a file, or --undo with the number of an import.")
    who = User.objects.filter(username=username, is_active=True).first()
    if who is None:
        raise click.UsageError(f"Nobody here is called {username}.")
    if path is None:
        batch = guarded(lambda: importing.take_back(undo or 0, by=who))
        click.echo(f"Import {batch.pk} is taken back: {len(batch.made)} cases.")
        return
    columns = None
    if mapping is not None and mapping.exists():
        columns = guarded(lambda: read_map(mapping.read_text(encoding="utf8")))
    plan = guarded(lambda: importing.plan_sheet(path.read_bytes(), columns=columns, by=who))
    if not dry_run:
        batch = guarded(lambda: importing.bring_in_sheet(path.read_bytes(), name=path.name, columns=columns, by=who))
        click.echo(f"Import {batch.pk} is done. To take it back: amparo import cases --by {username} --undo {batch.pk}")
    if mapping is not None and not mapping.exists():
        mapping.write_text(importing.columns_as_toml(plan.columns), encoding="utf8")
        click.echo(f"Wrote {mapping}: look it over.", err=True)
    _tell(plan)
    if len(plan.makes) < len(plan.rows):
        sys.exit(SOME_FAILED)


def _tell(plan: Plan) -> None:
    for row in plan.rows:
        state = f"refused: {row.refused}" if row.refused else "a case"
        doubts = "".join(f"; unclear: {heading} ({why})" for heading, why in row.unclear)
        facts = f" with {', '.join(sorted(row.facts))}" if row.facts and not row.refused else ""
        click.echo(f"row {row.number}: {state}{facts}{doubts}")
    refused = len(plan.rows) - len(plan.makes)
    unclear = sum(bool(row.unclear) for row in plan.makes)
    click.echo(f"{len(plan.makes)} cases, {unclear} of them with something unclear; {refused} rows refused")
