"""Commands of the rulebook: which doors are open, by when, why, and what a change moves."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from amparo.cli import doors, terminal
from amparo.cli.library import SOME_FAILED, amparo, today_option
from amparo.cli.options import FOLDER, facts_option, guarded, json_option, lang_option, rules_option, write_json
from amparo.cli.words import say
from amparo.domain.remedies import Channel, Facts
from amparo.domain.rulebook import Rulebook
from amparo.rules import find_channels, load_rules, read_facts
from amparo.rules.defects import find_defects
from amparo.rules.explain import explain as explained
from amparo.rules.facts import facts_from
from amparo.rules.recompute import correct
from amparo.rules.recompute import recompute as recomputed


def _case(facts_file: Path, folder: Path | None) -> tuple[Facts, Rulebook]:
    rulebook = load_rules(folder)
    return read_facts(facts_file, rulebook.facts), rulebook


@amparo.command()
@facts_option
@click.option("--full", is_flag=True, help="Show every open door in full, also those without a time limit.")
@today_option
@rules_option
@json_option
@lang_option
def channels(facts_file: Path, *, full: bool, today: dt.date, folder: Path | None, as_json: bool, lang: str) -> None:
    """Find every door: open, awaited, not yet, closed, or not to be told, with reasons and days.

    \b
    Examples:
      amparo channels --facts case.toml
      amparo channels --facts case.toml --today 2026-06-10 --json
    """

    def act() -> None:
        facts, rulebook = _case(facts_file, folder)
        found = find_channels(facts, rulebook, today=today)
        if as_json or not sys.stdout.isatty():
            write_json({"today": today, "rulebook": rulebook.digest, "channels": found})
        else:
            doors.show_channels(found, lang=lang, full=full)

    guarded(act)


@amparo.command()
@facts_option
@click.option("--step", help="The step whose day to explain. Default: every open or awaited one.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to read in a browser.")
@today_option
@rules_option
@json_option
@lang_option
def explain(
    facts_file: Path,
    *,
    step: str | None,
    html: Path | None,
    today: dt.date,
    folder: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Show how a date came about: trigger, rule, every day counted or skipped, doubts, provisions.

    \b
    Examples:
      amparo explain --facts case.toml --step regional-appeal
      amparo explain --facts case.toml --html dates.html --lang es
    """

    def act() -> None:
        facts, rulebook = _case(facts_file, folder)
        found = [c for c in find_channels(facts, rulebook, today=today) if _asked(c, step)]
        told = [
            page
            for channel in found
            for authority in (False, True)
            if (authority or channel.state != "pending" or step)
            and (page := explained(channel, facts, rulebook, authority=authority)) is not None
        ]
        if not told:
            raise click.ClickException(_why_nothing(found, step, lang))
        from amparo.interchange.explanation import explanation_page, explanation_text

        if html is not None:
            html.write_text(explanation_page(told, language=lang), encoding="utf8")
            terminal.tell(f"Wrote {html}: {len(told)} date{'' if len(told) == 1 else 's'}.")
        elif as_json:
            write_json(told)
        else:
            click.echo("\n\n".join(explanation_text(page, language=lang) for page in told), nl=False)

    guarded(act)


def _asked(channel: Channel, step: str | None) -> bool:
    return channel.step == step if step else channel.state in ("open", "pending")


def _why_nothing(found: list[Channel], step: str | None, lang: str) -> str:
    if not found:
        return (
            f"There is no such step in this case: {step}. `amparo channels` shows those there are."
            if step
            else say("no-doors", lang)
        )
    reasons = " ".join(reason.say.in_(lang) for reason in found[0].because)
    asks = " ".join(question.ask.in_(lang) for question in found[0].ask)
    return f"{found[0].title.in_(lang)}: {reasons} {asks}".strip()


@amparo.command()
@click.option(
    "--facts", "facts_files", required=True, multiple=True, type=click.Path(exists=True, path_type=Path),
    help="File of facts, or a folder of them; may be given again.",
)  # fmt: skip
@click.option(
    "--set", "corrections", multiple=True, metavar="FACT=VALUE", help="A corrected fact, such as incident=2026-05-02."
)
@click.option("--before", type=FOLDER, help="Folder of rules as they were. Default: as shipped.")
@click.option("--after", type=FOLDER, help="Folder of rules as they are. Default: as shipped.")
@today_option
@json_option
@lang_option
def recompute(
    facts_files: tuple[Path, ...], *, corrections: tuple[str, ...], before: Path | None, after: Path | None,
    today: dt.date, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Show which days move when a rule, a calendar or a date changes, from when to when, and why.

    \b
    Examples:
      amparo recompute --facts case.toml --set incident=2026-05-02
      amparo recompute --facts cases/ --before rules-2025/
    """

    def act() -> None:
        if not corrections and before is None and after is None:
            raise click.UsageError("Say what changed: --set FACT=VALUE, --before DIR or --after DIR.")
        was, now = load_rules(before), load_rules(after)
        cases = [(path.stem, read_facts(path, was.facts)) for path in _fact_files(facts_files)]
        moved = list(recomputed(cases, was, now, today=today))
        if corrections:
            for name, facts in cases:
                corrected = facts.holding(**_corrections(corrections, now))
                moved += correct(name, facts, corrected, now, today=today)
        if as_json or not sys.stdout.isatty():
            write_json({"cases": len(cases), "moved": moved})
        else:
            doors.show_moved(moved, lang=lang)

    guarded(act)


def _fact_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.toml")) if path.is_dir() else [path]


def _corrections(written: tuple[str, ...], rulebook: Rulebook) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for one in written:
        name, equals, value = one.partition("=")
        if not equals:
            raise click.UsageError(f"{one!r} is not FACT=VALUE.")
        given[name.strip()] = _plain(value.strip())
    return facts_from(given, rulebook.facts).values


def _plain(value: str) -> bool | int | str:
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value.isdecimal() and len(value) < 4 else value


@amparo.command("check-filing")
@facts_option
@click.option("--step", help="The step the paper is meant for. Default: the fact filing.step.")
@today_option
@rules_option
@json_option
@lang_option
def check_filing(
    facts_file: Path, *, step: str | None, today: dt.date, folder: Path | None, as_json: bool, lang: str
) -> None:
    """Find why a planned filing would be sent back, with the rejection code each reason would earn.

    Exit code: 0 nothing speaks against it, 1 something does, 2 wrong use.
    """

    def act() -> bool:
        facts, rulebook = _case(facts_file, folder)
        meant = step or facts.get("filing.step")
        if not isinstance(meant, str):
            raise click.UsageError(
                "Say which step the paper is meant for: --step request, or filing.step in the facts."
            )
        found = find_defects(facts, rulebook, step=meant, today=today)
        if as_json or not sys.stdout.isatty():
            write_json({"step": meant, "today": today, "rulebook": rulebook.digest, "defects": found})
        else:
            doors.show_defects(found, lang=lang)
        return any(defect.weight != "ask" for defect in found)

    if guarded(act):
        sys.exit(SOME_FAILED)


@amparo.command()
@facts_option
@click.option("--case", help="Name of the case. Default: the fact case, else the file's name.")
@click.option(
    "--previous", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file written before: what moved gets a new sequence number, what is gone is cancelled.",
)  # fmt: skip
@today_option
@rules_option
@lang_option
def calendar(
    facts_file: Path, *, case: str | None, previous: Path | None, today: dt.date, folder: Path | None, lang: str
) -> None:
    """Write the days of a case as iCalendar, with reminders, to standard output.

    \b
    Examples:
      amparo calendar --facts case.toml > case.ics
      amparo calendar --facts case.toml --previous case.ics > new.ics
    """

    def act() -> None:
        from amparo.interchange.icalendar import write_calendar

        facts, rulebook = _case(facts_file, folder)
        name = case or str(facts.get("case") or facts_file.stem)
        found = find_channels(facts, rulebook, today=today)
        before = previous.read_bytes() if previous is not None else None
        sys.stdout.buffer.write(write_calendar(found, case=name, today=today, previous=before, language=lang))
        sys.stdout.buffer.flush()

    guarded(act)
