"""Commands to browse and verify the rulebook: what it holds, one wording whole, the facts it asks for."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table

from amparo.cli.library import SOME_FAILED, amparo, today_option
from amparo.cli.options import FOLDER, guarded, json_option, lang_option, rules_option, write_json
from amparo.cli.words import say
from amparo.domain.law import Procedure, Step, TimeRule, cited
from amparo.domain.rulebook import Rulebook
from amparo.errors import UnknownRule
from amparo.rules import load_rules, read_rules
from amparo.rules.cases import check_cases


def procedure_rows(rulebook: Rulebook) -> list[dict[str, Any]]:
    """Each wording with its days in force and its steps."""
    return [
        {
            "id": procedure.id,
            "title": procedure.title,
            "from": procedure.valid.since,
            "to": procedure.valid.to,
            "status": procedure.status,
            "steps": [step.id for step in procedure.step],
            "marks": _marks(procedure),
        }
        for procedure in sorted(rulebook.procedures, key=lambda p: (p.id, p.valid.since))
    ]


def _marks(procedure: Procedure) -> dict[str, int]:
    marks: dict[str, int] = {}
    for cite in procedure.cite.values():
        marks[cite.mark] = marks.get(cite.mark, 0) + 1
    return marks


def show_list(rulebook: Rulebook, *, lang: str) -> None:
    """Every procedure, its days in force, its steps and how surely its provisions are known."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("procedure", "in-force", "steps", "provisions"):
        table.add_column(say(head, lang), overflow="fold")
    for row in procedure_rows(rulebook):
        marks = ", ".join(f"{number} {say(f'mark-{mark}', lang)}" for mark, number in row["marks"].items())
        name = f"[bold]{escape(row['title'].in_(lang))}[/]\n[dim]{row['id']}[/]"
        table.add_row(name, f"{row['from']} – {row['to'] or ''}", "\n".join(row["steps"]), marks)
        table.add_row()
    Console(highlight=False).print(table)


def find_wording(rulebook: Rulebook, name: str, day: dt.date) -> Procedure:
    """A procedure by its name or that of one of its steps, in the wording in force on a day.

    Raises:
        UnknownRule: the book holds no such procedure, or no wording of it for that day.
    """
    owners = {step.id: procedure.id for procedure in rulebook.procedures for step in procedure.step}
    wordings = rulebook.wordings(owners.get(name, name))
    if not wordings:
        raise UnknownRule(procedure=name)
    found = next((wording for wording in wordings if wording.valid.holds_on(day)), None)
    if found is None:
        spans = ", ".join(f"{w.valid.since} to {w.valid.to or 'now'}" for w in wordings)
        raise UnknownRule(f"Amparo holds no wording of {name} for {day}; it holds {spans}.")
    return found


def show_wording(procedure: Procedure, *, lang: str) -> None:
    """One wording whole: who may file, each step with its limits, and every provision with its mark."""
    console = Console(highlight=False)
    until = f" – {procedure.valid.to}" if procedure.valid.to else ""
    console.print(Rule(f"[bold]{escape(procedure.title.in_(lang))}[/] · {procedure.id}", align="left"))
    console.print(f"[dim]{say('in-force', lang)} {procedure.valid.since}{until} · {procedure.status}[/]")
    if procedure.summary is not None:
        console.print(Padding(escape(procedure.summary.in_(lang)), (1, 0)))
    for step in procedure.step:
        console.print(Padding(Group(f"[bold]{escape(step.title.in_(lang))}[/]  [dim]{step.id} → {step.to}[/]",
                                    _step_table(step, lang)), (0, 0, 1, 0)))  # fmt: skip
    if procedure.outcome:
        console.print(Rule(say("outcomes", lang), align="left"))
        for outcome in procedure.outcome:
            console.print(f"  [dim]{outcome.code}[/] {escape(outcome.means.in_(lang))}")
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, cite in procedure.cite.items():
        link = f" [dim]{escape(cite.url)}[/]" if cite.url else ""
        mark = say(f"mark-{cite.mark}", lang)
        table.add_row(f"[dim]{name}[/]", f"{escape(cite.ref)}{link}", f"{mark}, {cite.read_on}", escape(cite.note))
    console.print(Rule(say("provisions", lang), align="left"))
    console.print(table)


def _step_table(step: Step, lang: str) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for key, words in _limits(step):
        table.add_row(key, escape(words))
    for note in step.note:
        table.add_row(say("note", lang), escape(note.say.in_(lang)))
    return Padding(table, (0, 0, 0, 2))


def _limits(step: Step) -> Iterator[tuple[str, str]]:
    for key, rule in (("wait", step.wait), ("file", step.file), ("answer", step.answer), ("resubmit", step.resubmit)):
        if rule is not None:
            yield key, _limit(rule)
    for key, variants in (("unless", step.unless), ("urgent", step.urgent), ("sooner", step.sooner)):
        for variant in variants:
            conditions = " and ".join(cited(variant.when))
            yield key, f"if {conditions}: {variant.within or 'as usual'} [{', '.join(cited(variant.cite))}]"
    if step.silence is not None:
        yield "silence", f"{step.silence.means} [{', '.join(cited(step.silence.cite))}]"


def _limit(rule: TimeRule) -> str:
    of = f" of {' or '.join(cited(rule.of))}" if cited(rule.of) else ""
    more = f", once {rule.extend} more" if rule.extend else ""
    roll = f", rolls to the {rule.roll}" if rule.roll != "none" else ""
    return f"{rule.within}{of}{more}, {rule.counts}{roll} [{', '.join(cited(rule.cite))}]"


def show_facts(rulebook: Rulebook, *, lang: str) -> None:
    """Every fact by name and kind, with the question that settles it."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for kind in rulebook.facts.values():
        options = f" [dim]({', '.join(kind.options)})[/]" if kind.options else ""
        table.add_row(f"[bold]{escape(kind.name)}[/]", kind.kind, f"{escape(kind.ask.in_(lang))}{options}")
    Console(highlight=False).print(table)


@amparo.group()
def rules() -> None:
    """Browse and verify the rulebook."""


@rules.command("list")
@rules_option
@json_option
@lang_option
def list_rules(*, folder: Path | None, as_json: bool, lang: str) -> None:
    """List every procedure with its wordings and steps."""

    def act() -> None:
        rulebook = load_rules(folder)
        if as_json or not sys.stdout.isatty():
            write_json(procedure_rows(rulebook))
        else:
            show_list(rulebook, lang=lang)

    guarded(act)


@rules.command("show")
@click.argument("name")
@click.option("--on", "day", metavar="DATE", help="The wording in force on DATE. Default: today.")
@today_option
@rules_option
@json_option
@lang_option
def show_rule(name: str, *, day: str | None, today: dt.date, folder: Path | None, as_json: bool, lang: str) -> None:
    """Show a procedure, or the procedure of a step, in the wording in force on a day.

    \b
    Examples:
      amparo rules show us.bop.administrative-remedy
      amparo rules show coe.ecthr --on 2021-05-01
    """

    def act() -> None:
        try:
            on = dt.date.fromisoformat(day) if day else today
        except ValueError:
            raise click.BadParameter(f"{day!r} is not a day. Write it as 2001-05-01.") from None
        wording = find_wording(load_rules(folder), name, on)
        if as_json or not sys.stdout.isatty():
            write_json(wording)
        else:
            show_wording(wording, lang=lang)

    guarded(act)


@rules.command("facts")
@rules_option
@json_option
@lang_option
def list_facts(*, folder: Path | None, as_json: bool, lang: str) -> None:
    """List every fact a case may hold, with the question that settles it."""

    def act() -> None:
        rulebook = load_rules(folder)
        if as_json or not sys.stdout.isatty():
            write_json(list(rulebook.facts.values()))
        else:
            show_facts(rulebook, lang=lang)

    guarded(act)


@rules.command("check")
@click.argument("folder", required=False, type=FOLDER)
@today_option
def check_rules(folder: Path | None, *, today: dt.date) -> None:
    """Check every rule file and run every worked case; FOLDER instead of the rules that ship.

    Exit code: 0 all well, 1 there are mistakes, 2 wrong use.
    """
    rulebook, mistakes = read_rules(folder, today=today)
    grave = [mistake for mistake in mistakes if mistake.grave]
    ran, failing = (0, ()) if grave else check_cases(rulebook, folder)
    for mistake in (*mistakes, *failing):
        click.echo(str(mistake))
    wordings = len(rulebook.procedures)
    steps = len({step.id for procedure in rulebook.procedures for step in procedure.step})
    limits = f"{wordings} wordings of {len({p.id for p in rulebook.procedures})} procedures, {steps} steps"
    click.echo(f"{limits}; {ran} worked cases; {len(grave) + len(failing)} mistakes. Digest {rulebook.digest[:16]}.")
    if grave or failing:
        sys.exit(SOME_FAILED)
