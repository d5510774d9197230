"""E-mail: the headers a reader needs, the best body, and each attachment as a document of its own."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, Message
from typing import NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.text import Maker, Remark
from amparo.reading import kinds
from amparo.reading.plain import decode, tidy
from amparo.reading.seen import Reading
from amparo.reading.web import decode_page, visible_text

MAKER = Maker(component="reading.mail", version="1")

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


class Attachment(NamedTuple):
    """A file that came with a message.

    Args:
        name: the name the sender gave it; may be empty.
        media_type: what its bytes are, by their content.
        data: the bytes.
    """

    name: str
    media_type: str
    data: bytes


def read_mail(data: bytes) -> Reading:
    """Read a message: From, To, Cc, Date and Subject as its first lines, a blank line, then its body.

    The plain body is taken where there is one, the HTML body otherwise. Attachments are not read here.
    """
    message = _parse(data)
    body, remarks = _body(message)
    headers = [f"{name}: {value}" for name in _SHOWN if (value := _header(message, name))]
    apart = sum(1 for _ in _attached(message))
    if apart:
        detail = f"{apart} file{'s' if apart > 1 else ''} came with this message; each is a document of its own."
        remarks.append(Remark(code="attachments-apart", detail=detail))
    content = tidy("\n".join(headers) + "\n\n" + body.strip("\r\n") + "\n").replace("\0", "")
    return Reading(content=content, maker=MAKER, sent=_sent(message), remarks=tuple(remarks))


def headers_of(data: bytes, names: Iterable[str]) -> tuple[str, ...]:
    """Some headers of a message as words, those it has."""
    message = _parse(data)
    return tuple(words for name in names if (words := _header(message, name)))


def attachments(data: bytes) -> tuple[Attachment, ...]:
    """The files that came with a message, forwarded messages among them; none if the bytes are no message.

    Args:
        data: the bytes of an e-mail.

    >>> attachments(b"Dear Judge, there is nothing with this letter.")
    ()
    """
    if kinds.detect(data) != kinds.MAIL:
        return ()
    found = []
    for part in _attached(_parse(data)):
        inside = part.get_payload(0) if part.get_content_type() == "message/rfc822" and part.is_multipart() else None
        if isinstance(inside, Message):
            content, name = inside.as_bytes(policy=email.policy.compat32), _name(part) or "message.eml"
        else:
            content, name = _bytes(part), _name(part)
        found.append(Attachment(name=name, media_type=kinds.detect(content, name=name), data=content))
    return tuple(found)


def _parse(data: bytes) -> EmailMessage:
    # compat32 keeps headers as they are written: the newer policy raises on some broken ones when they are read.
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    return email.message_from_bytes(
        data.removeprefix(b"\xef\xbb\xbf"), _class=EmailMessage, policy=email.policy.default
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as words; as it is written where the standard library cannot take it apart."""
    try:
        value = message[name]
        words = "" if value is None else str(value)
    except (ValueError, LookupError, TypeError, AttributeError, UnicodeError):
        words = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    words = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(words.split())


def _sent(message: EmailMessage) -> PartialDate | None:
    written = _header(message, "Date")
    try:
        return PartialDate.of_day(email.utils.parsedate_to_datetime(written).date(), written=written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a forwarded message is one part and is not opened."""
    pending: list[Message] = [message]
    while pending:
        part = pending.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inside = part.get_payload()
            if isinstance(inside, list):
                pending.extend(one for one in reversed(inside) if isinstance(one, Message))
        else:
            yield part


def _chosen(message: Message) -> tuple[Message | None, Message | None]:
    """The first plain and the first HTML part that are body, not attachment."""
    plain = html = None
    for part in _leaves(message):
        if _is_attachment(part):
            continue
        if part.get_content_type() == "text/plain" and plain is None:
            plain = part
        elif part.get_content_type() == "text/html" and html is None:
            html = part
    return plain, html


def _body(message: Message) -> tuple[str, list[Remark]]:
    plain, html = _chosen(message)
    if plain is not None:
        words = _text(plain)
        if words.strip():
            return (_reflow(words) if plain.get_param("format") == "flowed" else words), []
    if html is not None:
        return visible_text(decode_page(_bytes(html), _charset(html))), []
    return "", [Remark(code="body-missing", detail="This message has no body of words.")]


def _attached(message: Message) -> Iterator[Message]:
    body = [part for part in _chosen(message) if part is not None]
    for part in _leaves(message):
        if any(part is one for one in body):
            continue
        if part is message and not _is_attachment(part):
            continue
        if part.get_content_maintype() == "text" and not _is_attachment(part) and not _bytes(part).strip():
            continue
        yield part


def _is_attachment(part: Message) -> bool:
    return (
        part.get_content_type() == "message/rfc822"
        or "attachment" in str(part.get("Content-Disposition", "")).lower()
        or bool(_name(part))
    )


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, UnicodeError):
        return ""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _charset(part: Message) -> str | None:
    try:
        charset = part.get_content_charset()
    except (ValueError, LookupError, TypeError, UnicodeError):
        return None
    return charset if isinstance(charset, str) else None


def _text(part: Message) -> str:
    content, charset = _bytes(part), _charset(part)
    if charset and charset not in ("us-ascii", "iso-8859-1"):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode(content)[0]


def _reflow(words: str) -> str:
    r"""Join the lines that RFC 3676 marks as wrapped by a blank at their end.

    >>> _reflow("I have been \nhere a year.\n-- \nWendell")
    'I have been here a year.\n-- \nWendell'
    """
    lines: list[str] = []
    for line in re.split(r"\r?\n", words):
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- " and line != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)
