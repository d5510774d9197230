"""The same searches in PostgreSQL find the same, in a cluster of its own that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

BIN = Path("/usr/lib/postgresql/15/bin")
ROOT = Path(__file__).resolve().parents[2]
SEARCHES = Path(__file__).with_name("test_search.py")
pytestmark = pytest.mark.skipif(not (BIN / "initdb").exists(), reason="PostgreSQL is not installed")


@pytest.fixture
def cluster() -> Iterator[str]:
    """A PostgreSQL that listens on a socket in a folder of its own; it never runs as root."""
    folder = Path(tempfile.mkdtemp(prefix="amparo-pg-"))
    as_postgres: dict[str, object] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "check": True}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_postgres["user"] = "postgres"
    data = folder / "data"
    subprocess.run([BIN / "initdb", "-D", data, "-U", "amparo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], **as_postgres)  # type: ignore[call-overload]  # noqa: E501  # fmt: skip
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    subprocess.run([BIN / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"], **as_postgres)  # type: ignore[call-overload]
    yield f"postgres://amparo@%2F{str(folder).strip('/').replace('/', '%2F')}/postgres"
    subprocess.run([BIN / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **as_postgres)  # type: ignore[call-overload]
    shutil.rmtree(folder)


def test_what_is_found_in_sqlite_is_found_in_postgresql(cluster: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(SEARCHES)],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": cluster}, capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]
    assert "[100%]" in run.stdout
