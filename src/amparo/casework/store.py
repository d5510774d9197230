"""Originals on disk, by digest: written once, whole or not at all, and never altered."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from amparo.errors import OriginalLost, StoreFull


def folder_for(team: int, digest: str) -> Path:
    """Where an original lies."""
    return Path(settings.AMPARO_HOME) / "originals" / str(team) / digest[:2]


def keep(data: bytes, *, team: int) -> str:
    """Write an original so that it is there whole or not at all, and return its digest.

    Raises:
        StoreFull: the disk is full, or cannot be written; nothing was kept.
    """
    digest = hashlib.sha256(data).hexdigest()
    folder = folder_for(team, digest)
    path = folder / digest
    if path.exists():
        return digest
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o400)
            Path(name).rename(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise StoreFull(reason=problem.strerror or "unknown") from problem
    return digest


def derived_folder(team: int, digest: str) -> Path:
    """Where pictures of pages and the like may be kept of an original; shredding it takes this folder along."""
    return Path(settings.AMPARO_HOME) / "derived" / str(team) / digest[:2] / digest


def destroy(digest: str, *, team: int) -> None:
    """Overwrite and unlink an original and everything derived from it; doing it again does no harm.

    On a disk that writes elsewhere what is overwritten (flash, copy-on-write) old blocks may outlive this: encrypt it.
    """
    derived = derived_folder(team, digest)
    found = [folder_for(team, digest) / digest, *(path for path in derived.rglob("*") if path.is_file())]
    for path in found:
        if path.exists():
            _overwrite(path)
    shutil.rmtree(derived, ignore_errors=True)


def _overwrite(path: Path) -> None:
    path.chmod(0o600)
    left = path.stat().st_size
    with path.open("r+b", buffering=0) as stream:
        while left > 0:
            left -= stream.write(os.urandom(min(left, 1 << 20)))
        os.fsync(stream.fileno())
    path.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def fetch(digest: str, *, team: int) -> bytes:
    """Read an original back, and make sure that it is still what it was.

    Raises:
        OriginalLost: it is not there, or its bytes are not those that were received.
    """
    try:
        data = (folder_for(team, digest) / digest).read_bytes()
    except OSError as problem:
        raise OriginalLost(digest=digest[:12]) from problem
    if hashlib.sha256(data).hexdigest() != digest:
        raise OriginalLost("An original is not what was received. Restore it from a backup.", digest=digest[:12])
    return data
