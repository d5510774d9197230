"""What kind of document some bytes are, by their content and never by their name."""

from __future__ import annotations

import io
import re
import struct
import zipfile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
DOC = "application/msword"
MSG = "application/vnd.ms-outlook"
HTML = "text/html"
MAIL = "message/rfc822"
MAILBOX = "application/mbox"
PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"

IMAGES = frozenset(
    {"image/png", "image/jpeg", "image/tiff", "image/heic", "image/bmp", "image/webp", "image/gif", "image/avif"}
)

ENDINGS = {
    PDF: (".pdf",),
    DOCX: (".docx", ".docm", ".dotx"),
    ENCRYPTED_OFFICE: (".docx", ".docm", ".dotx"),
    HTML: (".html", ".htm", ".xhtml"),
    MAIL: (".eml", ".mht", ".mhtml"),
    MAILBOX: (".mbox", ".mbx"),
    PLAIN: (".txt", ".text", ".md", ".asc", ".log"),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/tiff": (".tif", ".tiff"),
    "image/heic": (".heic", ".heif"),
    "image/avif": (".avif",),
    "image/bmp": (".bmp", ".dib"),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
}
"""The endings under which each kind usually travels; another known ending is a mismatch."""

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90", "application/x-executable"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1|meta|title)[\s>]", re.IGNORECASE)
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]?.*")
_SEPARATOR = re.compile(rb"\n\r?\nFrom [^\r\n]*\r?\n(?=[!-9;-~]+:)")
"""What sets the second message of a mailbox apart from the first."""
_MAIL_ONLY = frozenset(
    b"received message-id mime-version return-path delivered-to x-mailer dkim-signature in-reply-to references".split()
)


def detect(data: bytes, *, name: str = "") -> str:
    """The media type of some bytes, by what they hold.

    Args:
        data: the bytes.
        name: the name they arrived under; it never decides.

    Returns:
        A media type; ``application/octet-stream`` where the bytes are in no known format.

    >>> detect(b"%PDF-1.7 ...", name="letter.docx")
    'application/pdf'
    >>> detect("Estimada licenciada:".encode("cp1252"))
    'text/plain'
    """
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"BM") and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return _of_brand(data[8:40])
    if data.startswith(_OLE):
        return _of_ole(data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _of_zip(data)
    if b"%PDF-" in data[:1024]:
        return PDF
    return _of_text(data)


def mismatch(kind: str, stated: str | None, name: str) -> str | None:
    """What the name or the sender says the bytes are, where they say something else; None where they agree."""
    if stated and stated not in (kind, UNKNOWN) and not (kind == PLAIN and stated.startswith("text/")):
        return stated
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    known = {one for endings in ENDINGS.values() for one in endings} | {".doc", ".msg", ".rtf", ".xlsx", ".zip"}
    if ending in known and ending not in ENDINGS.get(kind, ()):
        return ending
    return None


def _of_brand(brands: bytes) -> str:
    if b"avif" in brands:
        return "image/avif"
    if any(brand in brands for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")):
        return "image/heic"
    return "video/mp4"


def _of_ole(data: bytes) -> str:
    """Word 97, Outlook and password-locked office files share one container; the streams inside tell."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return ENCRYPTED_OFFICE
    if holds("WordDocument"):
        return DOC
    if holds("__substg1.0_") or holds("__properties_version1.0"):
        return MSG
    return "application/vnd.ms-excel" if holds("Workbook") else "application/x-ole-storage"


def _of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError, struct.error):
        # Cut short: the list of contents at the end is gone, but each part still begins with its name.
        names = [found.decode("latin-1") for found in re.findall(rb"[\w\[\]]+/?[\w/.]*\.xml", data)]
    if any(name.startswith("word/") for name in names):
        return DOCX
    if any(name.startswith("xl/") for name in names):
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if any(name.startswith("ppt/") for name in names):
        return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    if "content.xml" in names:
        return "application/vnd.oasis.opendocument.text"
    return "application/zip"


def _of_text(data: bytes) -> str:
    if not looks_like_text(data):
        return UNKNOWN
    start = data[:65536]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[:200].count(0) > len(start[:200]) // 4:
        start = start.replace(b"\0", b"")
    start = start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if start.startswith(b"<") and _HTML.search(start[:8192]):
        return HTML
    if not _has_mail_header(start):
        return PLAIN
    return MAILBOX if _SEPARATOR.search(data, 5) and data.startswith(b"From ") else MAIL


def looks_like_text(data: bytes) -> bool:
    """Whether the bytes can be writing: few control characters, or the pattern of 16-bit characters."""
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    zeros = sample.count(0)
    if zeros and max(sample[0::2].count(0), sample[1::2].count(0)) > 0.35 * len(sample) / 2:
        return min(sample[0::2].count(0), sample[1::2].count(0)) < 0.05 * len(sample)
    controls = sum(sample.count(code) for code in range(1, 32) if code not in (9, 10, 11, 12, 13, 27))
    return zeros <= 0.1 * len(sample) and controls <= 0.02 * len(sample)


def _has_mail_header(start: bytes) -> bool:
    """A memo also says From and To; mail carries a header that only mail programs write, or an address and a date."""
    lines = start.split(b"\n", 100)
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    names: set[bytes] = set()
    address = False
    for line in lines[:100]:
        line = line.rstrip(b"\r")
        if not line:
            break
        if line[:1] in b" \t" and names:
            continue
        if not _HEADER.fullmatch(line):
            return False
        field = line.split(b":", 1)[0].lower()
        names.add(field)
        address = address or (field == b"from" and b"@" in line)
    if not names & {b"from", b"to", b"subject", b"received", b"date"}:
        return False
    return bool(names & _MAIL_ONLY) or (address and bool(names & {b"date", b"to", b"subject"}))
