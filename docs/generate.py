"""Write the reference pages that are made from the code itself: commands, errors, acts.

Run as ``python docs/generate.py``; a test fails when a page is out of date.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from amparo import errors
from amparo.cli.library import amparo
from amparo.extraction.vocabulary import vocabulary

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/generate.py; do not edit. -->\n\n"


def commands() -> str:
    """Every command with its help, as it prints it."""
    parts = [MADE, "# Commands\n"]
    for path, command in _walk(amparo, ("amparo",)):
        context = click.Context(command, info_name=" ".join(path), max_content_width=100, terminal_width=100)
        parts.append(f"\n## `{' '.join(path)}`\n\n```text\n{command.get_help(context)}\n```\n")
    return "".join(parts)


def _walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _walk(command.commands[name], (*path, name))


def error_page() -> str:
    """Every error with its code and what it says to do."""
    parts = [
        MADE,
        "# Errors\n\nEvery error amparo raises belongs to one family. Its code stands in JSON lines; "
        "its message says what to do next.\n",
    ]
    parts.append("\n| code | class | message |\n|---|---|---|\n")
    family = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.AmparoError)]
    for error in sorted(family, key=lambda c: c.code):
        parts.append(f"| `{error.code}` | `{error.__name__}` | {' '.join((error.__doc__ or '').split())} |\n")
    return "".join(parts)


def acts() -> str:
    """Every act with its labels, definition and urgency."""
    parts = [
        MADE,
        "# Acts\n\nThe 42 acts that an allegation may name. The definition decides, never a word. Urgency: U0 act "
        "within hours; U1 within 3 days; U2 the ordinary window for a complaint; U3 a pattern or for the record.\n",
    ]
    parts.append("\n| code | English | español | definition | urgency |\n|---|---|---|---|---|\n")
    for act in vocabulary("acts")["act"]:
        label, definition = act["label"], act["definition"]
        parts.append(f"| `{act['code']}` | {label['en']} | {label['es']} | {definition['en']} | {act['urgency']} |\n")
    return "".join(parts)


PAGES = {"commands.md": commands, "errors.md": error_page, "acts.md": acts}


def outdated() -> list[str]:
    """Names of the pages that differ from what the code says."""
    return [n for n, make in PAGES.items() if not (FOLDER / n).is_file() or (FOLDER / n).read_text("utf8") != make()]


if __name__ == "__main__":
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf8")
    sys.stdout.write(f"wrote {', '.join(PAGES)}\n")
