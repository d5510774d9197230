"""Bytes → Text: plain text, web pages, mail and mailboxes, PDF, office papers, scans."""

from __future__ import annotations

import hashlib

from amparo.domain.text import Language, Page, Remark, Text
from amparo.errors import AmparoError, EmptyDocument, EncryptedDocument, UnknownFormat, UnreadableDocument
from amparo.reading import kinds, mail
from amparo.reading.kinds import detect
from amparo.reading.language import find_language
from amparo.reading.limits import Limits
from amparo.reading.mail import Attachment, read_mail
from amparo.reading.mbox import parts_of, read_mailbox
from amparo.reading.office import read_office
from amparo.reading.pageimage import page_image
from amparo.reading.pdf import read_pdf
from amparo.reading.plain import read_plain
from amparo.reading.scan import read_scan
from amparo.reading.seen import Reading
from amparo.reading.web import read_web

__all__ = ["Attachment", "Limits", "attachments", "detect", "page_image", "read"]

_ADVICE = {
    kinds.DOC: "This is a Word file of before 2007. Open it in Word or LibreOffice and save it as DOCX or PDF.",
    kinds.MSG: "This is an Outlook message. Save it from Outlook as .eml, or print it to PDF.",
    "application/rtf": "This is a rich-text file. Open it in Word or LibreOffice and save it as DOCX or PDF.",
    "application/vnd.oasis.opendocument.text": "This is an OpenDocument file. Save it as DOCX or PDF.",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "This is a spreadsheet. Print it to PDF.",
    "application/vnd.ms-excel": "This is a spreadsheet. Print it to PDF.",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "These are slides. Print them to PDF.",
    "application/zip": "This is an archive. Unpack it and read the files in it one by one.",
    "application/gzip": "This is an archive. Unpack it and read the files in it one by one.",
    "application/x-7z-compressed": "This is an archive. Unpack it and read the files in it one by one.",
    "application/vnd.rar": "This is an archive. Unpack it and read the files in it one by one.",
}


def attachments(data: bytes) -> tuple[Attachment, ...]:
    """What came with or in some bytes, each a document of its own: a mail's files, a mailbox's messages with theirs.

    Args:
        data: the bytes of an e-mail or a mailbox; anything else has none.

    >>> attachments(b"Dear Judge, there is nothing with this letter.")
    ()
    """
    return parts_of(data) if detect(data) == kinds.MAILBOX else mail.attachments(data)


def read(
    data: bytes,
    *,
    media_type: str | None = None,
    name: str = "",
    language: Language | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Text:
    r"""Read a document of any kind amparo knows, by what it holds and never by its name.

    Args:
        data: the bytes, which are not changed.
        media_type: what the sender said they are; a remark tells if that is not so.
        name: the name they arrived under; a remark tells if its ending says something else.
        language: the language, if known; found from the words otherwise.
        limits: how much may be unpacked and how many scanned pages are read.

    Returns:
        The text, with its pages, its language, the day its carrier states, and remarks on how it was read.

    Raises:
        UnreadableDocument: or the kind of it that says why: EmptyDocument, TruncatedDocument, EncryptedDocument,
            OversizedDocument, UnknownFormat.
        MissingExtra: the extra for this kind of document is not installed.

    >>> text = read(b"Dear Judge,\n\nThey have taken my papers and I have no lawyer.\n", name="letter.txt")
    >>> text.language, text.quote(5, 10).exact, text.remarks
    ('en', 'Judge', ())
    """
    if not data:
        raise EmptyDocument
    kind = detect(data, name=name)
    try:
        reading = _read_as(kind, data, limits, language)
    except AmparoError:
        raise
    except Exception as problem:
        # The parsers below are many and hostile bytes make them fail in every way: one document's failure is one error.
        raise UnreadableDocument(kind=kind, because=type(problem).__name__) from problem
    remarks = reading.remarks
    said = kinds.mismatch(kind, media_type, name)
    if said is not None:
        detail = f"The file calls itself {said} but holds {kind}; it was read as what it holds."
        remarks = (Remark(code="type-mismatch", detail=detail), *remarks)
    pages = reading.pages or (Page(number=1, start=0, end=len(reading.content)),)
    if not reading.content.strip() and not any(page.unread for page in pages):
        remarks = (*remarks, Remark(code="no-words", detail="No words were found in this document."))
    return Text.of(
        reading.content,
        document=hashlib.sha256(data).hexdigest(),
        maker=reading.maker,
        language=language or find_language(reading.content),
        pages=pages,
        sent=reading.sent,
        remarks=remarks,
    )


def _read_as(kind: str, data: bytes, limits: Limits, language: Language | None) -> Reading:
    if kind == kinds.PLAIN:
        return read_plain(data)
    if kind == kinds.HTML:
        return read_web(data)
    if kind == kinds.MAIL:
        return read_mail(data)
    if kind == kinds.MAILBOX:
        return read_mailbox(data)
    if kind == kinds.PDF:
        return read_pdf(data, limits=limits, language=language)
    if kind == kinds.DOCX:
        return read_office(data, limits=limits)
    if kind in kinds.IMAGES:
        return read_scan(data, limits=limits, language=language)
    if kind == kinds.ENCRYPTED_OFFICE:
        raise EncryptedDocument(kind=kind)
    raise UnknownFormat(_ADVICE[kind], kind=kind) if kind in _ADVICE else UnknownFormat(kind=kind)
