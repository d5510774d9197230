"""Everything the desk keeps in one file, and back."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from amparo.errors import BrokenBackup

_RECORD, _MANIFEST = "record.sqlite3", "manifest.json"


def write_backup(home: Path, target: Path) -> int:
    """Write the record and every original into a ZIP file with a manifest of digests; whole or not at all.

    Args:
        home: the desk's folder.
        target: the file to write; an existing one is replaced only when the new one is complete.

    Returns:
        How many originals it holds.
    """
    handle, name = tempfile.mkstemp(dir=target.resolve().parent, prefix=".amparo-backup-")
    os.close(handle)
    manifest: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as packed:
            record = Path(folder) / _RECORD
            _copy_record(record)
            manifest[_RECORD] = _digest(record)
            packed.write(record, _RECORD)
            originals = sorted(path for path in (home / "originals").rglob("*") if path.is_file())
            for path in originals:
                inside = path.relative_to(home).as_posix()
                manifest[inside] = _digest(path)
                packed.write(path, inside)
            packed.write(home / "secret.key", "secret.key")
            packed.writestr(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        Path(name).chmod(0o600)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(originals)


def _copy_record(target: Path) -> None:
    """A consistent copy while the desk goes on: SQLite's own backup, or for another database its rows as data."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    call_command("dumpdata", output=str(target), natural_foreign=True, verbosity=0)


def read_backup(source: Path, home: Path) -> int:
    """Put a backup back; every file is checked against the manifest before anything is written.

    Args:
        source: the ZIP file.
        home: an empty folder, or one that is not there yet.

    Returns:
        How many originals were put back.

    Raises:
        BrokenBackup: the folder holds a desk already, or a file in the backup is not what it was.
    """
    if (home / "originals").exists() or (home / "desk.sqlite3").exists():
        raise BrokenBackup("This folder holds a desk already. Restore into an empty folder, then compare.")
    try:
        with zipfile.ZipFile(source) as packed:
            manifest: dict[str, str] = json.loads(packed.read(_MANIFEST))
            for name, digest in manifest.items():
                if hashlib.sha256(packed.read(name)).hexdigest() != digest:
                    raise BrokenBackup(file=name)
            connection.close()
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in (*manifest, "secret.key"):
                _put(home, name, packed.read(name))
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as problem:
        raise BrokenBackup from problem
    if connection.vendor != "sqlite":
        call_command("loaddata", str(home / "desk.sqlite3"), verbosity=0)
    return sum(name.startswith("originals/") for name in manifest)


def _put(home: Path, name: str, data: bytes) -> None:
    path = home / ("desk.sqlite3" if name == _RECORD else name)
    if not path.resolve().is_relative_to(home.resolve()):
        raise BrokenBackup(file=name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    path.chmod(0o600)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
