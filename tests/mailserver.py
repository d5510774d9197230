"""As much of a real mail server as these tests need (RFC 5321), on a port of this machine, in whatever mood."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

Mood = Literal["well", "refuses-recipient", "refuses-letter", "silent", "hangs-up"]
"""What it does: takes a letter, refuses whom it is for, refuses it once it has it, never answers, or hangs up."""


class _Answers(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 here")
        while (line := self.rfile.readline().decode().strip().upper()) != "QUIT" and line:
            if line.startswith("RCPT") and self.server.mood == "refuses-recipient":
                self.say("550 nobody of that name")
            elif line == "DATA":
                self.say("354 go on")
                if not self.letter():
                    return
            else:
                self.say("250 well")
        self.say("221 bye")

    def letter(self) -> bool:
        letter = b""
        while (part := self.rfile.readline()) != b".\r\n":
            if not part:
                return False
            letter += part
        if self.server.mood == "refuses-letter":
            self.say("554 not this one")
            return True
        self.server.letters.append(letter)
        self.server.came.set()
        if self.server.mood == "silent":
            self.server.closing.wait(60)
            return False
        if self.server.mood == "hangs-up":
            return False
        self.say("250 kept")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """A server that keeps every letter it took."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.mood: Mood = "well"
        self.letters: list[bytes] = []
        self.came, self.closing = threading.Event(), threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server for as long as it is needed."""
    server = MailServer()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()


def point_at(settings: Any, server: MailServer) -> None:
    """Set a desk to this server."""
    settings.AMPARO_SMTP_URL = f"smtp://127.0.0.1:{server.port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 2
    settings.DEFAULT_FROM_EMAIL = "Clinic <desk@example.org>"
