"""Write the reference pages that are made from the code and the data: commands, errors, acts, rule files, the law.

Run as ``python docs/generate.py``; a test fails when a page is out of date.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from amparo import errors
from amparo.cli.library import amparo
from amparo.domain import law, rulebook
from amparo.domain.law import Procedure, Step, TimeRule, cited
from amparo.extraction.vocabulary import vocabulary
from amparo.rules import load_rules
from amparo.rules.standards import load_standards

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/generate.py; do not edit. -->\n\n"


def commands() -> str:
    """Every command with its help, as it prints it."""
    parts = [MADE, "# Commands\n"]
    for path, command in _walk(amparo, ("amparo",)):
        context = click.Context(
            command, info_name=" ".join(path), max_content_width=100, terminal_width=100,
            help_option_names=amparo.context_settings["help_option_names"],
        )  # fmt: skip
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


_RULE_FILE = (
    law.Procedure, law.Validity, law.Review, law.Standing, law.Step, law.TimeRule, law.Variant, law.Toll, law.Silence,
    law.Test, law.Check, law.Enclosure, law.Note, law.Detour, law.Post, law.Outcome, law.Citation, law.Bilingual,
    rulebook.FactKind, rulebook.Calendar, rulebook.Holiday, rulebook.AddedDay, law.Office, law.Standard,
)  # fmt: skip


def rule_files() -> str:
    """Every key a rule file may hold, from the types it is read into."""
    parts = [
        MADE,
        "# Rule files\n\nOne TOML file is one wording of one procedure. Every key is known, every limit cites, and "
        "`amparo rules check` names the file, the line and what to do. How to write one: "
        "[Add a procedure](../how-to/add-a-procedure.md).\n",
    ]
    for kind in _RULE_FILE:
        doc = inspect.getdoc(kind) or ""
        parts.append(f"\n## {kind.__name__}\n\n{doc.split('Args:')[0].strip()}\n\n")
        told = _told(doc)
        parts.append("| key | needed | what it says |\n|---|---|---|\n")
        for field in msgspec.structs.fields(kind):
            needed = "yes" if field.required else ""
            parts.append(f"| `{field.encode_name}` | {needed} | {told.get(field.name, '')} |\n")
    return "".join(parts)


def _told(doc: str) -> dict[str, str]:
    """What a docstring says of each field; fields named together share it."""
    _, _, args = doc.partition("Args:")
    found: dict[str, str] = {}
    for entry in re.split(r"\n    (?=\S)", args):
        names, colon, words = entry.strip().partition(":")
        if colon and re.fullmatch(r"[a-z_, ]+", names):
            found |= {name.strip(): " ".join(words.split()) for name in names.split(",")}
    return found


def procedures() -> str:
    """Every procedure with its steps, limits and provisions, as the rulebook holds them."""
    book = load_rules()
    wordings = sorted(book.procedures, key=lambda p: (p.id, p.valid.since))
    steps = {step.id for procedure in wordings for step in procedure.step}
    parts = [
        MADE,
        f"# Procedures\n\n{len({p.id for p in wordings})} procedures in {len(wordings)} wordings, {len(steps)} steps. "
        "No rule has been reviewed by a lawyer yet: every file says `draft`. Marks: **verified** means that the "
        "sentence was read in the source; *secondary*, in a commentary or a part of it; *from memory*, not read; "
        "*choice*, the source is silent and this is the cautious reading.\n",
    ]
    for procedure in wordings:
        parts.append(_procedure(procedure))
    return "".join(parts)


def _procedure(procedure: Procedure) -> str:
    until = f" to {procedure.valid.to}" if procedure.valid.to else ""
    in_force = f"from {procedure.valid.since}{until}"
    head = f"\n## {procedure.title.en}\n\n*{procedure.title.es}* · `{procedure.id}` · {in_force}\n\n"
    table = ["| step | to | the person | the authority |\n|---|---|---|---|\n"]
    for step in procedure.step:
        answer = _limit(step.answer) if step.answer else ""
        person = f"{_limit(step.file)}{_others(step)}"
        table.append(f"| {step.title.en}<br>`{step.id}` | {step.to} | {person} | {answer} |\n")
    cites = "".join(
        f"- {cite.ref} ({cite.mark.replace('-', ' ')}, {cite.read_on})\n" for cite in procedure.cite.values()
    )
    return head + "".join(table) + "\n" + cites


def _limit(rule: TimeRule) -> str:
    of = f" of `{'` or `'.join(cited(rule.of))}`" if cited(rule.of) else ""
    return f"{rule.within}{of}, {rule.counts}" + (f"; once {rule.extend} more" if rule.extend else "")


def _others(step: Step) -> str:
    return "".join(f"<br>if `{'`, `'.join(cited(v.when))}`: {v.within or 'another trigger'}" for v in step.unless)


def standards() -> str:
    """Every standard with what it asks and how it is known."""
    parts = [
        MADE,
        "# Standards\n\nWhat an allegation may engage. That it does is for an authority to find. Mandela Rules carry "
        "their 2015 numbers.\n\n| standard | what it asks | mark |\n|---|---|---|\n",
    ]
    for standard in load_standards().values():
        mark = standard.cite.mark.replace("-", " ")
        parts.append(f"| {standard.ref}<br>`{standard.id}` | {standard.duty.en}<br>*{standard.duty.es}* | {mark} |\n")
    return "".join(parts)


def facts() -> str:
    """Every fact a case file may hold, the events of steps left out: they are named alike for all."""
    book = load_rules()
    steps = {step.id for procedure in book.procedures for step in procedure.step}
    parts = [
        MADE,
        "# Facts\n\nWhat a file of facts may hold; what is absent is unknown and becomes a question. Besides "
        "these, each step has its events: `<step>.filed`, `.logged`, `.rejected`, `.extended`, `.granted-time`, "
        '`.answered`, `.notified`. An event takes a day (`2026-05-01`), a month (`"2026-05"`), a span '
        '(`"2026-05-01/2026-05-10"`), `true` (it happened, the day is not known) or `false` (it has not).\n\n'
        "| fact | kind | the question |\n|---|---|---|\n",
    ]
    for kind in book.facts.values():
        if kind.name.rpartition(".")[0] in steps:
            continue
        options = f"<br>{', '.join(f'`{option}`' for option in kind.options)}" if kind.options else ""
        parts.append(f"| `{kind.name}` | {kind.kind} | {kind.ask.en}<br>*{kind.ask.es}*{options} |\n")
    return "".join(parts)


def api() -> str:
    """Everything a program can ask of the desk, from its OpenAPI document."""
    document = json.loads((Path(__file__).parents[1] / "schema" / "openapi.json").read_text("utf8"))
    parts = [
        MADE,
        "# The API\n\nPrograms speak JSON with the desk under `/api/`. A person makes a token under their name › "
        "Tokens for programs; it may do what its person may, is kept as a digest, and every look is a line of "
        "history.\n\n"
        '```sh\ncurl -H "Authorization: Bearer $TOKEN" https://desk.example.org/api/cases\n```\n\n'
        "Lists take `page` and `size` and answer `{items, page, size, total}`. Errors answer `{code, message, fields}` "
        "with the codes of [errors](errors.md), and `no-token` (401), `broken-request` (400, 422), "
        "`too-many-requests` (429, with `Retry-After`). What is not yours to see answers 404 like what does not "
        "exist; what was shredded answers 410; a busy desk answers 503 with `Retry-After`. The whole description "
        "lies at `/api/openapi.json` and in `schema/openapi.json`.\n",
    ]
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            parts.append(f"\n## `{method.upper()} {path}`\n\n{one['summary']}. {one.get('description', '')}\n")
            names = [f"`{each['name']}`" for each in one.get("parameters", ()) if each["in"] == "query"]
            if names:
                parts.append(f"\nQuery: {', '.join(names)}.\n")
            for kind, body in one.get("requestBody", {}).get("content", {}).items():
                parts.append(f"\nSend ({kind}): {_fields(document, body['schema'])}.\n")
            good = one["responses"].get("200") or one["responses"]["201"]
            schema = good["content"]["application/json"]["schema"]
            listed = "a list of " if schema.get("type") == "array" else ""
            parts.append(f"\nAnswer: {listed}{_fields(document, schema.get('items', schema))}.\n")
    return "".join(parts)


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return ", ".join(f"`{name}`" for name in schema.get("properties", {}))


PAGES = {
    "api.md": api,
    "commands.md": commands,
    "errors.md": error_page,
    "acts.md": acts,
    "rule-files.md": rule_files,
    "procedures.md": procedures,
    "standards.md": standards,
    "facts.md": facts,
}


def outdated() -> list[str]:
    """Names of the pages that differ from what the code says."""
    return [n for n, make in PAGES.items() if not (FOLDER / n).is_file() or (FOLDER / n).read_text("utf8") != make()]


if __name__ == "__main__":
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf8")
    sys.stdout.write(f"wrote {', '.join(PAGES)}\n")
