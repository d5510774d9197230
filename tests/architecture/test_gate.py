"""What holds a case's content leaves by one door: no page and no command of the desk calls a writer by itself."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "src" / "amparo"
WRITERS = "amparo.interchange"
WORDS_ONLY = {"amparo.interchange.words"}
"""Nothing leaves by these."""
READS_ONLY = {"amparo.interchange.old_cases"}
"""What reads an old spreadsheet, or says what its columns hold."""
GATE = ("amparo.casework.actions.exports", "amparo.casework.actions.dispatch", "amparo.casework.actions.taking_out")


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{one.name}" for one in node.names}
    return found


def writers(path: Path) -> set[str]:
    named = {one for one in imported(path) if one.startswith(WRITERS)}
    return {
        one for one in named if not any(one == word or one.startswith(f"{word}.") for word in WORDS_ONLY | READS_ONLY)
    }


def test_no_page_calls_a_writer() -> None:
    assert {str(path): sorted(writers(path)) for path in (ROOT / "web").rglob("*.py") if writers(path)} == {}


def test_no_command_that_opens_the_record_calls_a_writer() -> None:
    found = {}
    for path in (ROOT / "cli").rglob("*.py"):
        opens_record = any(one.startswith("amparo.casework") for one in imported(path))
        if opens_record and writers(path):
            found[path.name] = sorted(writers(path))
    assert found == {}


def test_within_the_record_only_exports_writes_for_others() -> None:
    # notes.py turns a dossier into rows and importing.py a spreadsheet; nothing leaves by them
    allowed = {"exports.py", "taking_out.py", "correspondence.py", "notes.py", "importing.py"}
    calling = {path.name for path in (ROOT / "casework").rglob("*.py") if writers(path)}
    assert calling <= allowed


@pytest.mark.django_db
def test_every_sending_and_export_has_a_permit_in_its_signature() -> None:
    from importlib import import_module

    acts = "amparo.casework.actions"
    for name, verbs in (
        (GATE[0], {"case_calendar", "feed", "digest"}),
        (GATE[1], {"mark_sent"}),
        (f"{acts}.outbox", {"queue_mail", "send_again"}),
        (f"{acts}.printing", {"labels", "declaration"}),
        (f"{acts}.releasing", {"begin", "approve", "give"}),
        (f"{acts}.redacting", {"build", "keep_built", "make"}),
        (f"{acts}.making", {"ask_for_release", "ask_for_bundle", "give_bundle"}),
        (f"{acts}.bundles", {"chosen", "bind"}),
        (f"{acts}.correspondence", {"contact_card", "correspondence"}),
        (GATE[2], {"take_out"}),
    ):
        module = import_module(name)
        for verb in verbs:
            assert {"permit", "permits"} & set(inspect.signature(getattr(module, verb)).parameters), verb
