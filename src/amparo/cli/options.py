"""Options and habits that the commands of the rulebook share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from amparo.errors import AmparoError

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
facts_option = click.option(
    "--facts", "facts_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file of what is known of the case.",
)  # fmt: skip
rules_option = click.option(
    "--rules", "folder", type=FOLDER,
    help="Folder of rule files to use instead of those that ship with amparo.",
)  # fmt: skip
lang_option = click.option(
    "--lang", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Language of the page."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON even to a terminal.")


class Misused(click.ClickException):
    """What was given cannot be used."""

    exit_code = 2


def guarded(act: Callable[[], Any]) -> Any:
    """Run, turning an error of ours into one line on standard error and exit code 2."""
    try:
        return act()
    except AmparoError as problem:
        raise Misused(str(problem)) from problem


def write_json(value: object) -> None:
    """Write a value as JSON to standard output."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
    sys.stdout.buffer.flush()
