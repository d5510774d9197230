"""A message around a paper, and handing it to the mail server: whether it went, did not go, or nobody can tell."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import tomllib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from django.conf import settings


class Handed(NamedTuple):
    """What came of handing a message over.

    Args:
        state: sent, failed when the server has not got it for certain, unsure when it may have.
        code: why, where it was not sent.
    """

    state: Literal["sent", "failed", "unsure"]
    code: str = ""


class Message(NamedTuple):
    """A message as it will go over the wire."""

    raw: bytes
    id: str
    subject: str


def compose_message(paper: bytes, *, to: str, reference: str, office: str, language: str, pages: int) -> Message:
    """Put an approved paper into a message that names our reference and nothing else of the case.

    Args:
        paper: the approved bytes.
        to: the recipient's address.
        reference: our own number of the paper.
        office: who writes.
        language: of the recipient.
        pages: how many the paper has.
    """
    words, spoken = _words(), "es" if language == "es" else "en"
    counted = words["one-page" if pages == 1 else "more-pages"][spoken].format(pages=pages)
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, to
    message["Subject"] = words["subject"][spoken].format(reference=reference)
    message["Date"], message["Message-ID"] = formatdate(localtime=False), make_msgid(domain=domain)
    message["Content-Language"] = spoken
    message.set_content(words["body"][spoken].strip().format(reference=reference, office=office, pages=counted) + "\n")
    name = f"{reference.replace('/', '-')}.pdf"
    message.add_attachment(paper, maintype="application", subtype="pdf", filename=name)
    return Message(message.as_bytes(), str(message["Message-ID"]), str(message["Subject"]))


def hand_over(raw: bytes, *, to: str) -> Handed:
    """Speak to the mail server that is set, and say what came of it.

    Until the server was told that the words follow, nothing has left and any error is a plain failure. From there on a
    refusal in so many words is a failure, and everything else, silence above all, leaves it unsure.

    Args:
        raw: the message as it was kept, sent byte for byte.
        to: the recipient's address.
    """
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        server = _connected()
    except (OSError, smtplib.SMTPException) as problem:
        return Handed("failed", _code(problem, "server-unreachable"))
    try:
        try:
            for code, _ in (server.mail(sender), server.rcpt(to)):
                if not 200 <= code < 300:
                    return Handed("failed", f"refused-{code}")
        except (OSError, smtplib.SMTPException) as problem:
            return Handed("failed", _code(problem, "server-unreachable"))
        try:
            code, _ = server.data(raw)
        except smtplib.SMTPDataError as problem:
            return Handed("failed", f"refused-{problem.smtp_code}")
        except (OSError, smtplib.SMTPException):
            return Handed("unsure", "no-reply")
        return Handed("sent") if 200 <= code < 300 else Handed("failed", f"refused-{code}")
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()


def _connected() -> smtplib.SMTP:
    host, port, wait = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
    trusted = ssl.create_default_context()
    if getattr(settings, "EMAIL_USE_SSL", False):
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=wait, context=trusted)
    else:
        server = smtplib.SMTP(host, port, timeout=wait)
    try:
        server.ehlo_or_helo_if_needed()
        if getattr(settings, "EMAIL_USE_TLS", False):
            server.starttls(context=trusted)
            server.ehlo()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _code(problem: Exception, otherwise: str) -> str:
    code = getattr(problem, "smtp_code", None)
    return f"refused-{code}" if isinstance(code, int) and code > 0 else otherwise


@cache
def _words() -> dict[str, dict[str, str]]:
    path = resources.files("amparo") / "data" / "vocabulary" / "covering.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))
