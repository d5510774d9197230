"""Commands of the library: they need no server and no Django."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import click

from amparo import __version__
from amparo.bulk import Outcome, Received, Settings, examine_many
from amparo.cli import terminal
from amparo.dossier import act_labels
from amparo.errors import AmparoError
from amparo.extraction import pipeline_names
from amparo.interchange.lines import FailedDocument, FailedLine, LineError, encode_line, line_of
from amparo.rules import load_rules

SOME_FAILED = 1
SKIPPED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def amparo() -> None:
    """Turn letters and news about people in detention into sourced allegations.

    Nothing leaves this machine: amparo uses no network.
    """


def _today(_: click.Context, __: click.Parameter, written: str | None) -> dt.date:
    if written is None:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(f"{written!r} is not a day. Write it as 2026-11-21.") from None


today_option = click.option(
    "--today", metavar="DATE", callback=_today, help="Read as if today were DATE (2026-11-21). Default: this day."
)


@amparo.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--pipeline",
    type=click.Choice(["auto", *pipeline_names()]),
    default="auto",
    show_default=True,
    help="How to read; auto chooses by language and kind of paper.",
)
@today_option
@click.option("--jsonl", is_flag=True, help="Write JSON lines even to a terminal.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page to read in a browser.")
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True, help="Processes to read with.")
@click.option("--cluster", metavar="ADDRESS", help="Read on a Dask cluster instead, such as tcp://10.0.0.5:8786.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Language of the page.")
def examine(
    paths: tuple[Path, ...],
    *,
    pipeline: str,
    today: dt.date,
    jsonl: bool,
    html: Path | None,
    processes: int,
    cluster: str | None,
    lang: str,
) -> None:
    """Read documents: who says what about whom, what is alleged, what happened.

    PATHS are files or folders, of any kind: text, PDF, scans and photos, e-mail, web pages, DOCX. On a terminal each
    document becomes a readable page, in a pipe one JSON line. A file that cannot be read never stops the others.

    \b
    Examples:
      amparo examine letter.pdf scan.jpg mail.eml
      amparo examine inbox/ --html inbox.html
      amparo examine inbox/ --processes 2 > notes.jsonl

    Exit code: 0 all read, 1 some could not be read, 2 wrong use.
    """
    files = list(files_of(paths))
    received = [Received(name, functools.partial(path.read_bytes)) for name, path in files]
    as_lines = jsonl or not sys.stdout.isatty()
    settings = Settings(pipeline=pipeline, today=today)
    outcomes = examine_many(received, settings=settings, processes=processes, cluster=cluster)
    failed = False
    kept: list[Outcome] = []
    try:
        for outcome in terminal.with_progress(outcomes, total=len(files)):
            failed = failed or outcome.failure is not None
            if html is not None:
                kept.append(outcome)
            if as_lines:
                _write_line(outcome)
            elif html is None:
                terminal.show(outcome, lang=lang)
            if outcome.failure is not None:
                terminal.warn(f"{outcome.name}: {outcome.failure.message}")
    except AmparoError as problem:
        raise click.ClickException(str(problem)) from problem
    if html is not None:
        _write_page(html, kept, lang)
        terminal.tell(f"Wrote {html}: {len(kept)} document{'' if len(kept) == 1 else 's'}.")
    if failed:
        sys.exit(SOME_FAILED)


@amparo.command()
@today_option
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Language of the pages.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page to read in a browser.")
def demo(*, today: dt.date, lang: str, html: Path | None) -> None:
    """Read the fictional letters that ship with amparo and show what they say."""
    folder = resources.files("amparo") / "data" / "letters"
    with resources.as_file(folder) as letters:
        received = [Received(p.name, functools.partial(p.read_bytes)) for p in sorted(letters.iterdir()) if p.is_file()]
        outcomes = []
        settings = Settings(today=today)
        for outcome in terminal.with_progress(examine_many(received, settings=settings), total=len(received)):
            outcomes.append(outcome)
            terminal.show(outcome, lang=lang)
    terminal.summary(outcomes, lang=lang)
    if html is not None:
        _write_page(html, outcomes, lang)
        terminal.tell(f"Wrote {html}.")


def files_of(paths: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    """Every file named, and every file in the folders named, in order."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                inside = file.relative_to(path)
                if (
                    file.is_file()
                    and file.name not in SKIPPED
                    and not any(part.startswith(".") for part in inside.parts)
                ):
                    yield str(inside), file
        else:
            yield path.name, path


def _write_line(outcome: Outcome) -> None:
    if outcome.dossier is not None:
        line = encode_line(line_of(outcome.dossier))
    else:
        failure = outcome.failure
        error = LineError(code=failure.code if failure else "", message=failure.message if failure else "")
        line = encode_line(FailedLine(document=FailedDocument(name=outcome.name, part_of=outcome.part_of), error=error))
    try:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read our lines has had enough (`| head`): not an error of ours. Nothing more may be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _write_page(path: Path, outcomes: list[Outcome], lang: str) -> None:
    from amparo.interchange.page import page

    dossiers = [outcome.dossier for outcome in outcomes if outcome.dossier is not None]
    failures = [(o.name, o.failure.message) for o in outcomes if o.failure is not None]
    facts = {name: kind.label for name, kind in load_rules().facts.items()}
    made = page(dossiers, labels=act_labels(), language=lang, failures=failures, facts=facts)
    path.write_text(made, encoding="utf8")
