"""Documents are written in the field's formats from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from amparo.cli.library import amparo
from amparo.interchange import annotations, citron, esf, followthemoney
from amparo.interchange.cells import read_table

LETTER = Path(__file__).resolve().parents[3] / "src" / "amparo" / "data" / "letters" / "01-judge-no-lawyer.txt"


def run(*arguments: str) -> tuple[int, bytes]:
    done = CliRunner().invoke(amparo, ["export", *arguments, str(LETTER)])
    return done.exit_code, done.stdout_bytes


@pytest.mark.parametrize(
    ("kind", "read"),
    [("ftm", followthemoney.read_entities), ("ftm-statements", followthemoney.read_statements),
     ("annotations", annotations.read_annotations), ("esf", esf.read_esf)],
)  # fmt: skip
def test_each_format_is_written_and_can_be_read_again(kind: str, read: object) -> None:
    code, data = run("--format", kind)
    assert code == 0
    assert len(read(data)) >= 3  # type: ignore[operator]


def test_citron_has_the_text_and_its_quotes() -> None:
    code, data = run("--format", "citron")
    assert code == 0
    assert citron.read_citron(data).text.startswith(json.loads(data)["text"][:20])


def test_tables_go_to_a_folder_or_a_workbook_and_nowhere_without_a_name(tmp_path: Path) -> None:
    assert run("--format", "csv", "--out", str(tmp_path / "tables"), "--excel", "--lang", "es")[0] == 0
    table = read_table((tmp_path / "tables" / "allegations.csv").read_bytes())
    assert table.headings[:3] == ("Documento", "Acto", "Alegado")
    assert run("--format", "xlsx", "--out", str(tmp_path / "t.xlsx"))[0] == 0
    assert read_table((tmp_path / "t.xlsx").read_bytes()).headings[0] == "Document"
    assert run("--format", "xlsx")[0] == 2
