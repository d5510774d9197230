"""Commands to read other people's records and to verify an agency's against the rulebook."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from amparo.agency import Verification, verify_filings
from amparo.cli.library import SOME_FAILED, amparo
from amparo.cli.options import guarded, json_option, rules_option, write_json
from amparo.interchange.filings import read_filings
from amparo.rules import load_rules

_SHOWN = 20
_ODD = {
    "due-not-lawful": "the due date follows from no rule",
    "due-missing": "no due date, though the filing was not rejected",
    "due-on-rejected": "a due date on a rejected filing, which is not filed",
    "unreadable-date": "the day of receipt cannot be read",
    "unknown-level": "the level is none the agency has",
    "broken-row": "the row has not as many columns as the heading",
}
_SHOWS = {
    "usual": "show the usual date",
    "extended": "show the date after an extension",
    "urgent": "show the date of an emergency",
}


def show_verification(found: Verification) -> None:
    """Tell how many due dates were reproduced, what they show, and name those that were not."""
    click.echo(f"{found.rows} records read; {found.rejected} were rejected and rightly have no due date")
    click.echo(f"reproduced {found.reproduced} of {found.dated}")
    for how, words in _SHOWS.items():
        if found.shows.get(how):
            click.echo(f"  {found.shows[how]} {words}")
    for code, number in found.oddities.items():
        click.echo(f"  {number} {_ODD[code]} ({code})")
    for odd in found.named[:_SHOWN]:
        lawful = f"; lawful would be {' or '.join(odd.lawful)}" if odd.lawful else ""
        click.echo(f"    record {odd.row}, case {odd.case or '?'}: {odd.code} {odd.recorded}{lawful}")
    hidden = sum(found.oddities.values()) - min(len(found.named), _SHOWN)
    if hidden > 0:
        click.echo(f"    and {hidden} more; --json names up to a hundred")


@amparo.group("import")
def import_() -> None:
    """Read other people's records."""


@import_.command("bop-filings")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--verify", is_flag=True, help="Recompute every recorded due date from receipt, level and the rulebook.")
@rules_option
@json_option
def bop_filings(path: Path, *, verify: bool, folder: Path | None, as_json: bool) -> None:
    """Read the US Bureau of Prisons' grievance records; JSON lines, or with --verify what its due dates show.

    \b
    Examples:
      amparo import bop-filings filings.csv.gz --verify
      amparo import bop-filings filings.csv.gz > filings.jsonl

    Exit code: 0 all well, 1 some records do not fit, 2 wrong use.
    """

    def act() -> bool:
        if not verify:
            encoder = msgspec.json.Encoder()
            for record in read_filings(path):
                sys.stdout.buffer.write(encoder.encode(record) + b"\n")
            return False
        found = verify_filings(path, load_rules(folder))
        if as_json:
            write_json(found)
        else:
            show_verification(found)
        return bool(found.oddities)

    if guarded(act):
        sys.exit(SOME_FAILED)
