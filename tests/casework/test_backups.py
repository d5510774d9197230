"""A backup is whole or is refused, and goes back into either database."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.office import LETTERS
from tests.other_desk import OtherDesk, database, kind_of_this_run

from amparo.casework.backups import write_backup
from amparo.casework.models import Document, HistoryLine, Note, User

ASK = """
from amparo.casework.history import verify
from amparo.casework.models import Document, HistoryLine, Note, User
from amparo.casework.actions import intake
import json
keeper = User.objects.get(username="caseworker-clinic")
print(json.dumps([Document.objects.count(), Note.objects.count(), HistoryLine.objects.count(), verify(),
                  HistoryLine.objects.last().at.isoformat(), keeper.check_password("a long phrase for tests")]))
intake.receive(b"one more", name="more.txt", by=keeper)
print(verify())
"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(person: Callable[..., User], letter: Callable[[User], Document], settings: object, tmp_path: Path) -> Path:
    letter(person("caseworker"))
    home = settings.AMPARO_HOME  # type: ignore[attr-defined]
    (home / "secret.key").write_text("k" * 60)
    target = tmp_path / "office.zip"
    assert write_backup(home, target) == 1
    return target


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[OtherDesk]:
    """An empty desk on the kind of database that this run sits on."""
    with database(kind_of_this_run()) as address:
        yield OtherDesk(tmp_path / "elsewhere", address)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OtherDesk]:
    """An empty desk on SQLite, and where this run has a PostgreSQL server also one there."""
    if request.param == "postgresql" and kind_of_this_run() != "postgresql":
        pytest.skip("this run has no PostgreSQL server; `make postgres` has one")
    with database(request.param) as address:
        yield OtherDesk(tmp_path / "elsewhere", address)


def test_a_backup_holds_the_record_and_every_original(backup: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        names = packed.namelist()
        lines = [json.loads(line)[0] for line in packed.read("record.jsonl").decode().splitlines()]
    assert {"record.jsonl", "manifest.json", "secret.key"} <= set(names)
    assert sum(name.startswith("originals/") for name in names) == 1
    assert lines.count("casework.note") == Note.objects.count()
    assert backup.stat().st_mode & 0o077 == 0


def test_what_is_put_back_is_what_was_kept_and_goes_on(backup: Path, anywhere: OtherDesk) -> None:
    document, last = Document.objects.get(), HistoryLine.objects.order_by("-number").first()
    counts = [Document.objects.count(), Note.objects.count(), HistoryLine.objects.count(), None]
    told = anywhere.amparo("restore", str(backup))
    assert told.returncode == 0, told.stderr
    assert "the history holds" in told.stderr
    path = anywhere.home / "originals" / str(document.team_id) / document.digest[:2] / document.digest
    assert path.read_bytes() == (LETTERS / "01-judge-no-lawyer.txt").read_bytes()
    first, second = anywhere.run(ASK).splitlines()
    assert last is not None
    assert json.loads(first) == [*counts, last.at.isoformat(), False]
    assert second == "None"
    again = anywhere.amparo("restore", str(backup))
    assert again.returncode == 1
    assert "There is a desk already" in again.stderr


def test_a_backup_with_a_changed_file_is_refused_before_anything_is_written(backup: Path, elsewhere: OtherDesk) -> None:
    changed = backup.with_name("changed.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data + b" " if name.startswith("originals/") else data)
    told = elsewhere.amparo("restore", str(changed))
    assert told.returncode == 1
    assert "not whole" in told.stderr
    assert not (elsewhere.home / "originals").exists()
    assert elsewhere.amparo("restore", str(backup)).returncode == 0


def test_a_backup_by_a_newer_amparo_is_refused_in_words(backup: Path, elsewhere: OtherDesk) -> None:
    newer = backup.with_name("newer.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                manifest["migrations"].append(["casework", "9999_from_the_future"])
                data = json.dumps(manifest).encode()
            new.writestr(name, data)
    told = elsewhere.amparo("restore", str(newer))
    assert told.returncode == 1
    assert "newer amparo" in told.stderr


def test_what_is_no_backup_is_refused(elsewhere: OtherDesk, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")
    assert elsewhere.amparo("restore", str(path)).returncode == 1


def test_a_file_that_would_lie_outside_the_folder_is_refused(backup: Path, elsewhere: OtherDesk) -> None:
    sly = backup.with_name("sly.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(sly, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                manifest["files"]["../outside"] = manifest["files"]["secret.key"]
                data = json.dumps(manifest).encode()
            new.writestr(name, data)
        new.writestr("../outside", b"k" * 60)
    assert elsewhere.amparo("restore", str(sly)).returncode == 1
    assert not (elsewhere.home.parent / "outside").exists()
