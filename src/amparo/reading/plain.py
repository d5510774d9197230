"""Plain text in any encoding; a UTF-8 file that is already NFC keeps its very characters and offsets."""

from __future__ import annotations

import re
import unicodedata

from amparo.domain.text import Maker, Page, Remark
from amparo.reading.seen import Reading

MAKER = Maker(component="reading.plain", version="1")

_SMALL_SETS = ("cp1252", "mac_roman")


def read_plain(data: bytes) -> Reading:
    r"""Read plain text: find its encoding, break its lines with ``\n``, split its pages at form feeds."""
    words, encoding = decode(data)
    remarks = []
    if encoding not in ("utf-8", "utf-16", "utf-32"):
        remarks.append(
            Remark(code="encoding-guessed", detail=f"The file does not say its encoding; read as {encoding}.")
        )
    if "\0" in words:
        words = words.replace("\0", "")
        remarks.append(Remark(code="nul-dropped", detail="The file holds NUL characters, which were left out."))
    content = tidy(words)
    return Reading(content=content, maker=MAKER, pages=_pages(content), remarks=tuple(remarks))


def tidy(words: str) -> str:
    r"""NFC, with ``\n`` at the end of each line; nothing else changes.

    >>> tidy("an\u0303o\r\n\t fin ") == "año\n\t fin "
    True
    """
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))


def decode(data: bytes) -> tuple[str, str]:
    """Decode bytes whose encoding nobody states.

    A byte order mark decides; then strict UTF-8; then the pattern of zeros in UTF-16; then the one of Windows-1252 and
    Mac Roman that makes letters, not symbols, of the high bytes.

    Returns:
        The words, and the name of the encoding.

    >>> decode("¿Dónde?".encode("mac_roman"))
    ('¿Dónde?', 'mac_roman')
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32")):
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) >= 4 and max(even, odd) > 0.35 * len(data) / 2 and min(even, odd) < 0.05 * len(data):
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as problem:
        # A file cut in the middle of its last character, or with one stray byte in many, is UTF-8 all the same.
        if _mostly_utf8(data, problem.start):
            return data.decode("utf-8", "replace"), "utf-8"
    return max(
        ((_decode_all(data, encoding), encoding) for encoding in _SMALL_SETS), key=lambda read: _likeness(read[0])
    )


def _mostly_utf8(data: bytes, first_fault: int) -> bool:
    if first_fault >= len(data) - 3 and any(byte > 0x7F for byte in data[:first_fault]):
        return True
    read = data.decode("utf-8", "replace")
    faults = read.count("\ufffd")
    return sum(ch > "\x7f" and ch != "\ufffd" for ch in read) > 4 * faults


def _decode_all(data: bytes, encoding: str) -> str:
    """Decode with the five bytes that Windows-1252 leaves empty kept as Latin-1 has them."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return "".join(bytes((b,)).decode(encoding, "ignore") or chr(b) for b in data)


def _likeness(words: str) -> float:
    """How much the high characters look like Western writing: letters inside words, opening marks before them."""
    score = 0.0
    for at, ch in enumerate(words):
        if ch < "\x80":
            continue
        before, after = words[at - 1 : at] if at else " ", words[at + 1 : at + 2]
        if ch in "áéíóúüñàèìòùçâêôïöäÁÉÍÓÚÜÑ":
            score += 2.0
        elif ch in "¿¡«“‘":
            score += 1.0 if after.isalpha() and not before.isalnum() else -0.5
        elif ch in "»”’—–…ºª°§":
            score += 1.0 if before.isalnum() or before in " .,!?" else -0.5
        else:
            score -= 1.0
    return score


def _pages(content: str) -> tuple[Page, ...]:
    """A form feed ends its page and stays in the text, so that no offset moves."""
    ends = [found.end() for found in re.finditer("\f", content)]
    ends = [end for end in ends if end < len(content)] + [len(content)]
    return tuple(
        Page(number=number, start=start, end=end)
        for number, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True), start=1)
    )
