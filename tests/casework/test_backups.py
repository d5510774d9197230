"""A backup is whole or is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.casework.backups import read_backup, write_backup
from amparo.casework.models import Document, User
from amparo.errors import BrokenBackup


@pytest.fixture
def backup(person: Callable[..., User], letter: Callable[[User], Document], settings: object, tmp_path: Path) -> Path:
    letter(person("caseworker"))
    home = settings.AMPARO_HOME  # type: ignore[attr-defined]
    (home / "secret.key").write_text("k" * 60)
    target = tmp_path / "office.zip"
    assert write_backup(home, target) == 1
    return target


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_the_record_and_every_original(backup: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        names = packed.namelist()
    assert {"record.sqlite3", "manifest.json", "secret.key"} <= set(names)
    assert sum(name.startswith("originals/") for name in names) == 1
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_put_back_is_what_was_kept(backup: Path, tmp_path: Path) -> None:
    document = Document.objects.get()
    folder = tmp_path / "elsewhere"
    assert read_backup(backup, folder) == 1
    path = folder / "originals" / str(document.team_id) / document.digest[:2] / document.digest
    letters = Path(__file__).resolve().parents[2] / "src" / "amparo" / "data" / "letters"
    assert path.read_bytes() == (letters / "01-judge-no-lawyer.txt").read_bytes()
    with pytest.raises(BrokenBackup):
        read_backup(backup, folder)


@pytest.mark.django_db(transaction=True)
def test_a_backup_with_a_changed_file_is_refused_before_anything_is_written(backup: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data + b" " if name.startswith("originals/") else data)
    folder = tmp_path / "elsewhere"
    with pytest.raises(BrokenBackup):
        read_backup(changed, folder)
    assert not folder.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")
    with pytest.raises(BrokenBackup):
        read_backup(path, tmp_path / "elsewhere")
