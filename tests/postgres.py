"""A PostgreSQL server for one run of tests: made in a temporary folder, reached by a socket there, gone afterwards.

    python -m tests.postgres pytest tests/casework tests/web

runs a command with ``DATABASE_URL`` set, and returns what it returned.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL's server is missing; the desk is tested on it too. On Debian: apt-get install postgresql"


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs: on the path, or where Debian puts the newest."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return kept[-1].parent if kept else None


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give its address; it refuses to run as root, so then it runs as ``postgres``."""
    folder = programs()
    if folder is None:
        sys.exit(MISSING)
    home = Path(tempfile.mkdtemp(prefix="amparo-pg-"))
    owner = pwd.getpwnam("postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name)
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    os.chown(home, owner.pw_uid, owner.pw_gid)
    data, log = home / "data", home / "log"
    make = [folder / "initdb", "-D", data, "-U", "amparo", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    set_up = f"-c fsync=off -c full_page_writes=off -c listen_addresses='' -c unix_socket_directories={home}"
    control = [folder / "pg_ctl", "-D", data, "-w"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": home, **who}
    try:
        subprocess.run(make, check=True, **quiet)  # type: ignore[call-overload]
        subprocess.run([*control, "-l", log, "-o", set_up, "start"], check=True, **quiet)  # type: ignore[call-overload]
        yield f"postgres://amparo@{str(home).replace('/', '%2F')}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command beside a server; without a command, only say whether there could be one."""
    if programs() is None:
        sys.stderr.write(f"{MISSING}\n")
        return 2
    if not command:
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server goes too
    with server() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
