"""Papers from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from amparo.cli import library

LETTER = Path(__file__).resolve().parents[3] / "src" / "amparo" / "data" / "letters" / "01-judge-no-lawyer.txt"
FACTS = Path(__file__).resolve().parents[3] / "docs" / "examples" / "case.toml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(library.amparo, [str(one) for one in arguments])


def drafted(out: Path, *more: object) -> Result:
    return run(
        "draft", LETTER, "--facts", FACTS, "--name", "Calvin Dunmore", "--today", "2026-06-10", "--out", out, *more
    )


def test_a_letter_and_facts_become_a_pdf_and_a_sheet(tmp_path: Path) -> None:
    told = drafted(tmp_path / "a.pdf", "--step", "regional-appeal", "--sheet", tmp_path / "sheet.pdf", "--annex")
    assert told.exit_code == 0, told.output
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "how to file it" in told.output


def test_a_template_taken_out_can_be_given_back(tmp_path: Path) -> None:
    assert run("papers", "template", "judge-letter", "--to", tmp_path / "own.docx").exit_code == 0
    told = drafted(tmp_path / "b.docx", "--step", "letter-to-judge", "--template", tmp_path / "own.docx")
    assert told.exit_code == 0, told.output
    assert (tmp_path / "b.docx").read_bytes().startswith(b"PK")


def test_the_list_names_every_paper() -> None:
    assert '"bp-9"' in run("papers", "list").output


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--step", "no-such-step"), "amparo papers list"),
        (("--step", "request", "--template", __file__), "Word template has a mistake"),
    ],
)
def test_misuse_says_what_to_do(tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    told = drafted(tmp_path / "c.docx", *more)
    assert told.exit_code == 2
    assert says in told.output


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert drafted(tmp_path / "c.txt", "--step", "request").exit_code == 2


def test_a_paper_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert run("papers", "template", "poem", "--to", tmp_path / "x.docx").exit_code == 2
