"""An evidence bundle can be checked with the programs every system has."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import subprocess
import zipfile
from html import unescape
from pathlib import Path

import pytest

from amparo.domain.law import Bilingual
from amparo.drafting.bundle import Exhibit, bundle

TITLE = Bilingual(en="Case 2026-0041", es="Caso 2026-0041")


def exhibit(shelf: str, name: str, data: bytes) -> Exhibit:
    return Exhibit(shelf=shelf, name=name, data=data, says=Bilingual(en=f"file {name}", es=f"archivo {name}"))  # type: ignore[arg-type]


def sealed(lines: int) -> bytes:
    previous, out = "0" * 64, []
    for number in range(5, 5 + lines):
        row = {
            "number": number, "at": dt.datetime(2026, 5, 1, tzinfo=dt.UTC).isoformat(), "kind": "case.opened",
            "team": 1, "who": "inés", "subject": "case:1", "details": {"reference": "2026-0041"}, "previous": previous,
        }  # fmt: skip
        packed = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(packed.encode()).hexdigest()
        out.append(json.dumps({**row, "digest": previous}, ensure_ascii=False))
    return ("\n".join(out) + "\n").encode()


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as bound:
        bound.extractall(folder)
    return folder


def made(history: bytes) -> bytes:
    letter = exhibit("originals", "letter ñ.txt", b"Dear Judge")
    return bundle([letter, exhibit("history", "history.jsonl", history)], title=TITLE, facts={"seal": "abc"})


def recompute(folder: Path) -> subprocess.CompletedProcess[str]:
    page = (folder / "verify.html").read_text(encoding="utf8")
    program = unescape(re.search(r"END'\n(.*)END</pre>", page, re.S)[1])  # type: ignore[index]
    return subprocess.run(
        ["python3", "-", "history/history.jsonl"],
        input=program,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_sha256sum_finds_every_file_whole_and_names_the_one_that_was_changed(tmp_path: Path) -> None:
    folder = unpacked(made(sealed(3)), tmp_path)
    check = ["sha256sum", "--check", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 0
    changed = folder / "originals" / "letter ñ.txt"
    changed.chmod(0o600)
    changed.write_bytes(b"Dear judge")
    told = subprocess.run(check, cwd=folder, check=False, capture_output=True, text=True)
    assert told.returncode == 1
    assert "letter" in told.stdout
    assert "FAILED" in told.stdout


def test_the_page_tells_how_to_recompute_the_history_and_what_it_tells_works(tmp_path: Path) -> None:
    whole = recompute(unpacked(made(sealed(4)), tmp_path / "whole"))
    assert whole.stdout.strip() == "4 lines hold"
    broken = sealed(4).replace(b'"case:1"', b'"case:2"', 1)
    assert recompute(unpacked(made(broken), tmp_path / "broken")).returncode != 0


def test_the_same_exhibits_give_the_same_bytes() -> None:
    assert made(sealed(2)) == made(sealed(2))


def test_two_exhibits_cannot_stand_in_one_place_and_none_outside_its_shelf() -> None:
    with pytest.raises(ValueError, match="same place"):
        bundle([exhibit("drafts", "a", b"1"), exhibit("drafts", "a", b"2")], title=TITLE, facts={})
    for name in ("../a", "a/b", "", ".hidden", "a\\b"):
        with pytest.raises(ValueError, match="plain file name"):
            exhibit("drafts", name, b"")


def test_names_are_shown_as_words_not_as_markup(tmp_path: Path) -> None:
    folder = unpacked(bundle([exhibit("proofs", "<b>.txt", b"x")], title=TITLE, facts={"<i>": "&"}), tmp_path)
    page = (folder / "verify.html").read_text(encoding="utf8")
    assert "<b>" not in page
    assert "&lt;i&gt;" in page
