"""A mailbox file (mbox): many messages one after another, each a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from amparo.domain.text import Maker, Remark
from amparo.reading import kinds
from amparo.reading.mail import Attachment, attachments, headers_of
from amparo.reading.plain import tidy
from amparo.reading.seen import Reading

MAKER = Maker(component="reading.mbox", version="1")
# A separator begins the file or follows an empty line, and a header follows it: a sentence that begins with From does
# not, and one that a mail program quoted (">From") is left as it lies in the file, so that a message keeps its digest.
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=[!-9;-~]+:)")


class Boxed(NamedTuple):
    """One message of a mailbox, and the byte of the file at which it begins."""

    at: int
    data: bytes


def messages(data: bytes) -> Iterator[Boxed]:
    r"""The messages of a mailbox in order, each as it lies in the file, without the line that sets it apart.

    >>> box = b"From a\nTo: b@example.org\n\nOne\n\nFrom c\nTo: d@example.org\n\nTwo\n"
    >>> [message.at for message in messages(box)]
    [7, 38]
    """
    marks = list(_SEPARATOR.finditer(data))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following is not None else len(data)
        yield Boxed(mark.end(), data[mark.end() : end])


def read_mailbox(data: bytes) -> Reading:
    """A table of contents: each message with the byte at which it begins, From, Date and Subject."""
    lines, count = [], 0
    for count, message in enumerate(messages(data), 1):
        told = " · ".join(headers_of(message.data, ("From", "Date", "Subject")))
        lines.append(f"{count}. byte {message.at}: {told}")
    detail = f"This file holds {count} messages; each is a document of its own."
    content = tidy("\n".join(lines) + "\n").replace("\0", "")
    return Reading(content=content, maker=MAKER, remarks=(Remark(code="messages-apart", detail=detail),))


def parts_of(data: bytes) -> tuple[Attachment, ...]:
    """Each message of a mailbox, and after it the files that came with it."""
    found: list[Attachment] = []
    for number, message in enumerate(messages(data), 1):
        found.append(
            Attachment(name=f"message-{number:04d}-at-{message.at}.eml", media_type=kinds.MAIL, data=message.data)
        )
        found += attachments(message.data)
    return tuple(found)
