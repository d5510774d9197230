"""The command a caseworker types, and what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from amparo.cli.library import amparo

LETTER = """March 3, 2026

Dear Judge Orme,

I have had no insulin since February 27. Nurse Tolland told me that the pharmacy was closed.

Respectfully,
Ada Moreno-Pike
Reg. No. 00123-456
"""
DAY = ("--today", "2026-03-09")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf8")
    (folder / "note.txt").write_text(
        "Estimada licenciada:\n\nNo me dan mis pastillas desde enero.\n\nSu servidor,\nIker Prado", encoding="utf8"
    )
    return folder


def run(*arguments: str | Path) -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(amparo, ["examine", *map(str, arguments), *DAY])
    return (
        result.exit_code,
        [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")],
        result.stderr,
    )


def test_a_pipe_gets_one_json_line_for_each_document(inbox: Path) -> None:
    code, lines, _ = run(inbox)
    assert code == 0
    assert [line["document"]["name"] for line in lines] == ["letter.txt", "note.txt"]  # type: ignore[index]
    assert [line["text"]["language"] for line in lines] == ["en", "es"]  # type: ignore[index]


def test_every_span_of_a_line_holds_the_very_words_of_the_text(inbox: Path) -> None:
    _, lines, _ = run(inbox)

    def spans(node: object) -> list[dict[str, object]]:
        if isinstance(node, dict):
            here = [node] if {"start", "end", "exact"} <= node.keys() else []
            return here + [s for child in node.values() for s in spans(child)]
        return [s for child in node for s in spans(child)] if isinstance(node, list) else []

    for line in lines:
        content = line["text"]["content"]  # type: ignore[index]
        found = spans(line)
        assert found
        for span in found:
            assert content[span["start"] : span["end"]] == span["exact"]  # type: ignore[misc]


def test_a_plain_text_keeps_its_very_characters(inbox: Path) -> None:
    _, lines, _ = run(inbox / "letter.txt")
    assert lines[0]["text"]["content"] == LETTER  # type: ignore[index]


def test_a_file_that_cannot_be_read_is_a_line_and_a_warning_and_never_stops_the_others(inbox: Path) -> None:
    (inbox / "a-empty.pdf").write_bytes(b"")
    (inbox / "rubbish.doc").write_bytes(bytes(range(256)) * 8)
    code, lines, warnings = run(inbox)
    assert code == 1
    assert [("error" in line) for line in lines] == [True, False, False, True]
    assert lines[0]["error"]["code"] == "empty-document"  # type: ignore[index]
    assert "a-empty.pdf" in warnings


def test_nothing_to_read_and_a_wrong_day_are_misuse() -> None:
    assert CliRunner().invoke(amparo, ["examine"]).exit_code == 2
    assert CliRunner().invoke(amparo, ["examine", "no-such-file.pdf"]).exit_code == 2
    result = CliRunner().invoke(amparo, ["examine", ".", "--today", "March 3"])
    assert result.exit_code == 2
    assert "2026-11-21" in result.stderr


def test_the_attachment_of_a_message_is_a_document_of_its_own_tied_to_it(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "clinic@example.org", "desk@example.org", "A letter came"
    message["Date"] = "Mon, 09 Mar 2026 10:00:00 +0000"
    message.set_content("Please see the letter. It came today.")
    message.add_attachment(LETTER.encode(), maintype="text", subtype="plain", filename="letter.txt")
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    code, lines, _ = run(tmp_path / "mail.eml")
    assert code == 0
    assert [line["document"]["name"] for line in lines] == ["mail.eml", "letter.txt"]  # type: ignore[index]
    assert lines[1]["document"]["part_of"] == lines[0]["document"]["id"]  # type: ignore[index]


def test_the_page_holds_the_text_and_the_allegation_and_asks_nothing_of_any_server(inbox: Path, tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    code, _, _ = run(inbox, "--html", page)
    content = page.read_text("utf8")
    assert code == 0
    assert "MED-04" in content
    assert "I have had no insulin" in content
    assert "<script" not in content
    assert "http://" not in content.replace("http://www.w3.org", "")
    assert "https://" not in content


def test_two_processes_give_the_same_lines_in_the_same_order_as_one(inbox: Path) -> None:
    command = [sys.executable, "-m", "amparo", "examine", str(inbox), *DAY]
    one = subprocess.run(command, capture_output=True, check=True)
    two = subprocess.run([*command, "--processes", "2"], capture_output=True, check=True)
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") == 2


def test_a_reader_of_our_lines_may_stop_early(inbox: Path) -> None:
    for copy in range(30):
        (inbox / f"copy-{copy}.txt").write_text(LETTER, encoding="utf8")
    piped = f"{sys.executable} -m amparo examine {inbox} --today 2026-03-09 | head -n 1"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, check=True)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_the_original_is_never_altered(inbox: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in inbox.iterdir()}
    run(inbox)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in inbox.iterdir()} == before
