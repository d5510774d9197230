"""The command that writes what documents hold in the field's formats; it needs no server and no Django."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from amparo.bulk import Received, Settings, examine_many
from amparo.cli import terminal
from amparo.cli.library import SOME_FAILED, amparo, files_of, today_option
from amparo.cli.options import lang_option
from amparo.domain.dossier import Dossier
from amparo.dossier import act_labels
from amparo.errors import MissingExtra
from amparo.interchange import cells, citron, esf, followthemoney, tables
from amparo.interchange.annotations import annotations_of, write_annotations

FORMATS = ("ftm", "ftm-statements", "annotations", "citron", "esf", "csv", "xlsx")


@amparo.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write; for csv a folder. Needed for csv and xlsx."
)
@click.option("--excel", is_flag=True, help="Begin CSV files with the mark by which Excel knows UTF-8.")
@today_option
@lang_option
def export(paths: tuple[Path, ...], *, kind: str, out: Path | None, excel: bool, today: dt.date, lang: str) -> None:
    """Read documents and write what they hold for other programs.

    Names and words leave as they stand: nobody's consent is asked here. From the desk, the gate of consent asks.

    \b
    Formats:
      ftm, ftm-statements  FollowTheMoney entities or statements, JSON lines
      annotations          W3C Web Annotations, one collection a line
      citron               quotes as Citron has them, one document a line
      esf                  acts in HURIDOCS codes, JSON lines
      csv, xlsx            tables of documents, allegations and claims

    \b
    Example:
      amparo export --format xlsx --out letters.xlsx inbox/

    Exit code: 0 all read, 1 some could not be read, 2 wrong use.
    """
    if kind in ("csv", "xlsx") and out is None:
        raise click.UsageError(f"--format {kind} needs --out.")
    files = list(files_of(paths))
    received = [Received(name, functools.partial(path.read_bytes)) for name, path in files]
    dossiers: list[Dossier] = []
    failed = False
    for outcome in terminal.with_progress(examine_many(received, settings=Settings(today=today)), total=len(files)):
        if outcome.dossier is not None:
            dossiers.append(outcome.dossier)
        if outcome.failure is not None:
            failed = True
            terminal.warn(f"{outcome.name}: {outcome.failure.message}")
    if kind in ("csv", "xlsx") and out is not None:
        _write_tables(dossiers, kind, out, excel, lang)
    else:
        data = _WRITERS[kind](dossiers, lang)
        if out is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            out.write_bytes(data)
    if out is not None:
        terminal.tell(f"Wrote {out}: {len(dossiers)} document{'' if len(dossiers) == 1 else 's'}.")
    if failed:
        sys.exit(SOME_FAILED)


def _acts(lang: str) -> dict[str, str]:
    return {code: label.es if lang == "es" else label.en for code, label in act_labels().items()}


def _write_tables(dossiers: Sequence[Dossier], kind: str, out: Path, excel: bool, lang: str) -> None:
    made = {
        "documents": tables.documents_table(dossiers, language=lang),
        "allegations": tables.allegations_table(dossiers, acts=_acts(lang), language=lang),
        "claims": tables.claims_table(dossiers, language=lang),
    }
    if kind == "xlsx":
        try:
            out.write_bytes(cells.write_xlsx(list(made.values())))
        except MissingExtra as problem:
            raise click.ClickException(str(problem)) from problem
        return
    out.mkdir(exist_ok=True)
    for name, table in made.items():
        (out / f"{name}.csv").write_bytes(cells.write_csv(table, for_excel=excel))


def _entities(dossiers: Sequence[Dossier], lang: str) -> list[followthemoney.Entity]:
    return [entity for one in dossiers for entity in followthemoney.entities_of(one, acts=_acts(lang))]


def _annotated(dossiers: Sequence[Dossier], _: str) -> bytes:
    return b"".join(
        write_annotations(annotations_of(one), of=one.document.id, label=one.document.name) for one in dossiers
    )


_WRITERS: dict[str, Callable[[Sequence[Dossier], str], bytes]] = {
    "ftm": lambda dossiers, lang: followthemoney.write_entities(_entities(dossiers, lang)),
    "ftm-statements": lambda dossiers, lang: followthemoney.write_statements(
        followthemoney.statements_of(_entities(dossiers, lang))
    ),
    "annotations": _annotated,
    "citron": lambda dossiers, _: b"".join(citron.write_citron(citron.citron_of(one)) for one in dossiers),
    "esf": lambda dossiers, _: esf.write_esf(act for one in dossiers for act in esf.esf_of(one)),
}
