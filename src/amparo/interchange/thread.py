"""A letter and what followed it as e-mail messages (EML), one file each, tied so that mail programs thread them."""

from __future__ import annotations

import datetime as dt
import email.policy
import email.utils
import hashlib
import re
from collections.abc import Sequence
from email.message import EmailMessage

import msgspec


class Enclosed(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with a letter."""

    name: str
    media_type: str
    data: bytes


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One letter of a thread.

    Args:
        sender, to: a name, or a name with an address: ``Clinic <desk@example.org>``.
        subject: what it is about.
        day: the day it was written; nothing when it is not known.
        words: its body.
        enclosed: what goes with it.
    """

    sender: str
    to: str
    subject: str
    words: str
    day: dt.date | None = None
    enclosed: tuple[Enclosed, ...] = ()


def write_thread(letters: Sequence[Letter], *, thread: str) -> tuple[bytes, ...]:
    """The letters as messages in order, each answering the one before.

    Args:
        letters: the first first.
        thread: its name, such as a case's reference; with a letter's place it gives the message its identifier.
    """
    ids = [_id(thread, number) for number in range(len(letters))]
    made = []
    for number, letter in enumerate(letters):
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"], message["To"] = _address(letter.sender), _address(letter.to)
        message["Subject"] = _line(letter.subject)
        if letter.day is not None:
            # Noon: the same day wherever a mail program shows it, but for the far Pacific.
            message["Date"] = email.utils.format_datetime(dt.datetime.combine(letter.day, dt.time(12), tzinfo=dt.UTC))
        message["Message-ID"] = ids[number]
        if number:
            message["In-Reply-To"], message["References"] = ids[number - 1], " ".join(ids[:number])
        message.set_content(letter.words.replace("\r\n", "\n").replace("\r", "\n"), cte="base64")
        for one in letter.enclosed:
            main, _, sub = one.media_type.partition("/")
            message.add_attachment(one.data, maintype=main, subtype=sub or "octet-stream", filename=_line(one.name))
        made.append(message.as_bytes())
    return tuple(made)


def write_mbox(messages: Sequence[bytes]) -> bytes:
    r"""Messages as one mailbox file (mboxrd): a line that looks like the start of a message is set off by a sign.

    >>> write_mbox([b"Subject: x\r\n\r\nFrom here\r\n"]).splitlines()[-2]
    b'>From here'
    """
    return b"".join(_boxed(message) for message in messages)


def _boxed(message: bytes) -> bytes:
    lines = re.sub(rb"\r\n?", b"\n", message)
    quoted = re.sub(rb"^(>*From )", rb">\1", lines, flags=re.MULTILINE)
    return b"From amparo@amparo.invalid Thu Jan  1 00:00:00 1970\n" + quoted.rstrip(b"\n") + b"\n\n"


def _id(thread: str, number: int) -> str:
    return f"<{hashlib.sha256(f'{thread} {number}'.encode()).hexdigest()[:32]}@amparo.invalid>"


def _line(words: str) -> str:
    """One line without control characters: a line break in a header would begin another header."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u2028\u2029\x85]", " ", words).split())


def _address(words: str) -> str:
    name, address = email.utils.parseaddr(_line(words))
    if "@" not in address or not re.fullmatch(r"[\x21-\x7e]+@[\x21-\x7e]+", address):
        return email.utils.formataddr((_line(words), "unknown@amparo.invalid"))
    return email.utils.formataddr((name, address))
