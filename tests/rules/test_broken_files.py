"""One broken rule file for each finding: each is refused, with the finding, the file, the line and what to do.

The line that is wrong ends in ``# here:`` and the name of the finding; the rest of the file is sound.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from amparo.errors import BrokenRule
from amparo.rules import load_rules, read_rules
from amparo.rules.book import DATA
from amparo.rules.files import Mistake

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").rglob("*.toml"))
ONLY_POINTED_OUT = {"review-due"}
TODAY = dt.date(2026, 1, 1)
_MARK = re.compile(r"# here: ([a-z-]+)$")


def shelf(tmp_path: Path, *files: Path) -> Path:
    """A folder of rules: the sound file, the calendars that ship, and the files given."""
    (tmp_path / "procedures").mkdir()
    shutil.copytree(DATA / "calendars", tmp_path / "calendars")
    shutil.copy(HERE / "sound.toml", tmp_path / "procedures" / "a-sound.toml")
    for file in files:
        kind = "calendars" if file.parent.name == "calendars" else "procedures"
        shutil.copy(file, tmp_path / kind / f"broken-{file.name}")
    return tmp_path


def marked(file: Path) -> list[tuple[str, int]]:
    """The findings a broken file is marked with, and their lines."""
    lines = file.read_text(encoding="utf8").splitlines()
    return [(found[1], number) for number, line in enumerate(lines, start=1) if (found := _MARK.search(line))]


def found_in(tmp_path: Path, file: Path) -> list[Mistake]:
    return list(read_rules(shelf(tmp_path, file), today=TODAY).mistakes)


def test_the_sound_file_is_sound(tmp_path: Path) -> None:
    assert read_rules(shelf(tmp_path), today=TODAY).mistakes == ()


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_file_is_found_out_with_the_right_finding_file_and_line(tmp_path: Path, file: Path) -> None:
    found = found_in(tmp_path, file)
    kind = "calendars" if file.parent.name == "calendars" else "procedures"
    assert {mistake.file for mistake in found} == {f"{kind}/broken-{file.name}"}
    assert [(mistake.code, mistake.line) for mistake in found] == marked(file) != []


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_finding_says_what_is_wrong_and_what_to_do(tmp_path: Path, file: Path) -> None:
    for mistake in found_in(tmp_path, file):
        assert mistake.says.endswith(".")
        assert mistake.mend.endswith(".")
        assert mistake.says != mistake.mend
        assert str(mistake).startswith(f"{mistake.file}:{mistake.line}: {mistake.code}: ")


@pytest.mark.parametrize("file", [f for f in BROKEN if f.stem not in ONLY_POINTED_OUT], ids=lambda file: file.stem)
def test_one_broken_file_keeps_the_whole_book_out_and_the_error_names_file_and_line(tmp_path: Path, file: Path) -> None:
    with pytest.raises(BrokenRule) as refused:
        load_rules(shelf(tmp_path, file))
    _, line = marked(file)[0]
    assert str(refused.value.facts["file"]).endswith(f"/broken-{file.name}")
    assert refused.value.facts["line"] == line
    assert f"line: {line}" in str(refused.value)


def test_a_day_of_review_gone_by_is_pointed_out_but_does_not_keep_the_book_out(tmp_path: Path) -> None:
    folder = shelf(tmp_path, HERE / "broken" / "review-due.toml")
    (mistake,) = read_rules(folder, today=TODAY).mistakes
    assert not mistake.grave
    assert {procedure.id for procedure in load_rules(folder).procedures} == {"test.sound", "test.broken"}


def test_a_day_of_review_yet_to_come_is_not_pointed_out(tmp_path: Path) -> None:
    folder = shelf(tmp_path, HERE / "broken" / "review-due.toml")
    assert read_rules(folder, today=dt.date(2021, 1, 1)).mistakes == ()


def test_of_many_broken_files_the_first_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    folder = shelf(tmp_path, HERE / "broken" / "bad-limit.toml", HERE / "broken" / "gap.toml")
    with pytest.raises(BrokenRule, match="There are 1 more"):
        load_rules(folder)


def test_every_mistake_of_many_files_is_kept(tmp_path: Path) -> None:
    files = [HERE / "broken" / f"{name}.toml" for name in ("bad-limit", "gap", "unknown-office")]
    found = {(mistake.file, mistake.code) for mistake in read_rules(shelf(tmp_path, *files)).mistakes}
    assert found >= {
        ("procedures/broken-bad-limit.toml", "bad-limit"),
        ("procedures/broken-gap.toml", "gap"),
        ("procedures/broken-unknown-office.toml", "unknown-office"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing-key"),
        ("\x00", "not-toml"),
        ("id = ", "not-toml"),
        ("[[step]\n", "not-toml"),
        ("id = 3", "bad-value"),
    ],
)
def test_what_is_hardly_a_file_is_refused_too(tmp_path: Path, text: str, code: str) -> None:
    folder = shelf(tmp_path)
    (folder / "procedures" / "z.toml").write_text(text, encoding="utf8")
    (mistake,) = read_rules(folder).mistakes
    assert (mistake.file, mistake.code) == ("procedures/z.toml", code)


def test_a_file_that_is_not_utf8_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    folder = shelf(tmp_path)
    (folder / "procedures" / "z.toml").write_bytes('id = "x"\ntitle = "Señor"'.encode("latin-1"))
    (mistake,) = read_rules(folder).mistakes
    assert (mistake.file, mistake.line, mistake.code) == ("procedures/z.toml", 2, "not-utf8")
