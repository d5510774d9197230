"""A second desk in a folder and a database of its own, worked from other processes as in life."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.db import connection

SET_UP = "import django; django.setup()\n"


class OtherDesk:
    """A desk that is not the one of this test's own process.

    Args:
        home: its folder.
        address: of its database; SQLite in its folder when empty.
    """

    def __init__(self, home: Path, address: str = "") -> None:
        self.home = home
        home.mkdir(mode=0o700, exist_ok=True)
        self.environment = {**os.environ, "AMPARO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "amparo.web.settings"}
        self.environment["DATABASE_URL"] = address

    def started(self, words: str, **more: str) -> subprocess.Popen[str]:
        """Begin a script at this desk."""
        return subprocess.Popen(
            [sys.executable, "-c", SET_UP + words], env={**self.environment, **more}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def tried(self, words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a script at this desk, however it ends."""
        process = self.started(words, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def run(self, words: str, **more: str) -> str:
        """Run a script at this desk that must end well, and give what it printed."""
        done = self.tried(words, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def amparo(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the command for this desk."""
        command, environment = self._command(*words, **more)
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    def begun(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Begin the command for this desk, and leave it running."""
        command, environment = self._command(*words, **more)
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _command(self, *words: str, **more: str) -> tuple[list[str], dict[str, str]]:
        environment = {**self.environment, **more}
        environment.pop("DJANGO_SETTINGS_MODULE")
        return [sys.executable, "-m", "amparo", words[0], "--home", str(self.home), *words[1:]], environment


@contextmanager
def database(kind: str, *, like: str = "template1") -> Iterator[str]:
    """The address of an empty database: nothing for SQLite, a new one beside this run's on PostgreSQL.

    Args:
        kind: sqlite or postgresql.
        like: the database it is a copy of; an empty one when it is not given.
    """
    if kind == "sqlite":
        yield ""
        return
    name = f"other_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def new_desk(home: Path, begun: str = "") -> Iterator[OtherDesk]:
    """A desk that was just set up, on the kind of database that this run's own tests sit on.

    Setting one up takes seconds, so that it is done once and copied.

    Args:
        home: its folder.
        begun: a script that was run at it; nobody has come in yet when there is none.
    """
    made = _set_up_once(begun)
    shutil.copytree(made.home, home, dirs_exist_ok=True)
    home.chmod(0o700)
    if kind_of_this_run() == "sqlite":
        yield OtherDesk(home)
        return
    with database("postgresql", like=made.environment["DATABASE_URL"].rsplit("/", 1)[1]) as address:
        yield OtherDesk(home, address)


@cache
def _set_up_once(begun: str) -> OtherDesk:
    """A desk that was set up, and at which the script was run; it goes with the run."""
    folder = Path(tempfile.mkdtemp(prefix="amparo-set-up-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = ""
    if kind_of_this_run() != "sqlite":
        name = f"set_up_{secrets.token_hex(4)}"
        like = _set_up_once("").environment["DATABASE_URL"].rsplit("/", 1)[1] if begun else "template1"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    elif begun:
        shutil.copytree(_set_up_once("").home, folder, dirs_exist_ok=True)
    desk = OtherDesk(folder, address)
    desk.run(begun or "from django.core.management import call_command\ncall_command('migrate', verbosity=0)")
    return desk


def kind_of_this_run() -> str:
    """The kind of database this run's own tests sit on."""
    return connection.vendor
