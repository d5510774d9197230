"""Everything the desk keeps in one file, and back, into either database."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from amparo.casework.rows import read_rows, write_rows
from amparo.errors import BrokenBackup

_RECORD, _MANIFEST, _KEY = "record.jsonl", "manifest.json", "secret.key"


def write_backup(home: Path, target: Path) -> int:
    """Write the record and every original into a ZIP file with a manifest of digests; whole or not at all.

    The rows are lines of JSON, so that they go back into SQLite or PostgreSQL, whichever they came from.

    Args:
        home: the desk's folder.
        target: the file to write; an existing one is replaced only when the new one is complete.

    Returns:
        How many originals it holds.
    """
    handle, name = tempfile.mkstemp(dir=target.resolve().parent, prefix=".amparo-backup-")
    os.close(handle)
    files: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as packed:
            record = Path(folder) / _RECORD
            with _unchanging(), record.open("w", encoding="utf8") as stream:
                migrations = sorted(MigrationRecorder(connection).applied_migrations())
                rows = write_rows(stream)
            files[_RECORD] = _digest(record)
            packed.write(record, _RECORD)
            originals = sorted(path for path in (home / "originals").rglob("*") if path.is_file())
            for path in originals:
                inside = path.relative_to(home).as_posix()
                files[inside] = _digest(path)
                packed.write(path, inside)
            files[_KEY] = _digest(home / _KEY)
            packed.write(home / _KEY, _KEY)
            manifest = {"files": files, "rows": rows, "migrations": migrations}
            packed.writestr(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        Path(name).chmod(0o600)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(originals)


@contextmanager
def _unchanging() -> Iterator[None]:
    """The record as it is at one moment, while the desk goes on: one reading transaction, which blocks no writer."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("COMMIT")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def read_backup(source: Path, home: Path) -> int:
    """Put a backup back; every file is checked against the manifest before anything is written.

    The tables are first made as they were when the backup was written, then filled, then brought up to date.

    Args:
        source: the ZIP file.
        home: an empty folder, or one that is not there yet.

    Returns:
        How many originals were put back.

    Raises:
        BrokenBackup: there is a desk already, a file in the backup is not what it was, or a newer amparo wrote it.
    """
    if (home / "originals").exists() or _people():
        raise BrokenBackup("There is a desk already. Restore into an empty folder or database, then compare.")
    try:
        with zipfile.ZipFile(source) as packed:
            manifest = _checked(packed)
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            _fill(packed, manifest)
            names = [name for name in manifest["files"] if name != _RECORD]
            for name in names:
                _put(home, name, packed)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as problem:
        raise BrokenBackup from problem
    return sum(name.startswith("originals/") for name in names)


def _people() -> bool:
    """Whether the database holds accounts, which a desk has from its first day."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM casework_user LIMIT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def _checked(packed: zipfile.ZipFile) -> dict[str, Any]:
    manifest = cast("dict[str, Any]", json.loads(packed.read(_MANIFEST)))
    for name, digest in manifest["files"].items():
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise BrokenBackup(file=name)
        with packed.open(name) as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                raise BrokenBackup(file=name)
    return manifest


def _fill(packed: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)  # step by step, as that desk went
    made_with = [(app, name) for app, name in manifest["migrations"] if not _stands_for_others(executor, (app, name))]
    if any(key not in executor.loader.graph.nodes for key in made_with):
        raise BrokenBackup("A newer amparo wrote this backup. Update amparo, then restore it.")
    leaves = [key for key in made_with if not any(child.key in made_with for child in _children(executor, key))]
    executor.migrate(leaves)
    state = executor.loader.project_state(leaves)
    with transaction.atomic(), packed.open(_RECORD) as record:
        rows = read_rows(io.TextIOWrapper(record, encoding="utf8"), apps=state.apps)
        if rows != manifest["rows"]:
            raise BrokenBackup(rows=sum(rows.values()))
    call_command("migrate", verbosity=0, interactive=False)


def _stands_for_others(executor: MigrationExecutor, key: tuple[str, str]) -> bool:
    return key in executor.loader.disk_migrations and bool(executor.loader.disk_migrations[key].replaces)


def _children(executor: MigrationExecutor, key: tuple[str, str]) -> list[Any]:
    return [child for child in executor.loader.graph.node_map[key].children if child.key[0] == key[0]]


def _put(home: Path, name: str, packed: zipfile.ZipFile) -> None:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with packed.open(name) as inside, path.open("wb") as stream:
        while piece := inside.read(1 << 20):
            stream.write(piece)
    path.chmod(0o400 if name.startswith("originals/") else 0o600)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
