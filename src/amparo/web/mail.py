"""The mail server, from one address of it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class MailServer(NamedTuple):
    """A mail server as Django asks for it."""

    host: str
    port: int
    ssl: bool
    tls: bool
    user: str
    password: str


def mail_server(address: str) -> MailServer:
    """Read the address of a mail server.

    Args:
        address: ``smtp://user:password@host:587``, which turns to TLS when it signs in; ``smtps://`` is TLS throughout.

    >>> mail_server("smtp://desk:a%40b@mail.example.org")
    MailServer(host='mail.example.org', port=587, ssl=False, tls=True, user='desk', password='a@b')
    >>> mail_server("smtp://localhost:25").tls, mail_server("smtps://u:p@h").port
    (False, 465)
    """
    parts = urlsplit(address)
    ssl = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(
        parts.hostname or "localhost", parts.port or (465 if ssl else 587), ssl, bool(user) and not ssl, user, password
    )
