"""Trouble of the machine told from mistakes: others are writing, the disk is full."""

from __future__ import annotations

import errno
import sqlite3

from django.db import OperationalError

from amparo.errors import AmparoError, Busy, DiskFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SQLITE = {
    sqlite3.SQLITE_BUSY: Busy, sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_FULL: DiskFull, sqlite3.SQLITE_IOERR: DiskFull,
}  # fmt: skip
_POSTGRESQL = {"55P03": Busy, "40P01": Busy, "40001": Busy, "57P03": Busy, "53300": Busy, "53100": DiskFull}
"""PostgreSQL's codes: lock not available, deadlock, serialization, starting up, too many connections, disk full."""


def trouble_of(problem: BaseException) -> AmparoError | None:
    """What an error of the machine means for the person; nothing when it is a mistake of ours.

    >>> trouble_of(OSError(errno.ENOSPC, "No space left on device")).code
    'disk-full'
    """
    if isinstance(problem, Busy | DiskFull):
        return problem
    if isinstance(problem, OSError) and problem.errno in _FULL:
        return DiskFull()
    if not isinstance(problem, OperationalError):
        return None
    cause = problem.__cause__
    kind = _SQLITE.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF)
    kind = kind or _POSTGRESQL.get(getattr(cause, "sqlstate", None) or "")
    return kind() if kind is not None else None
