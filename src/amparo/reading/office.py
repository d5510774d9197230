"""Word documents: paragraphs and tables in order, with headers, footers, text boxes and notes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from amparo.domain.text import Maker, Remark
from amparo.errors import EncryptedDocument, MissingExtra, OversizedDocument, TruncatedDocument, UnreadableDocument
from amparo.reading.limits import Limits
from amparo.reading.plain import tidy
from amparo.reading.seen import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

MAKER = Maker(component="reading.office", version="1")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_SPECIAL = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_DAMAGED = "This Word file is damaged. Ask for it to be sent again."
_DEPTH = 200
"""How deep tables may be nested in tables before the file is taken for a hostile one."""


def read_office(data: bytes, *, limits: Limits) -> Reading:
    """Read a DOCX: header, body, notes, footer; each different header and footer once.

    Deleted words of tracked changes are left out and inserted ones read, with a remark that there are some.

    Raises:
        TruncatedDocument: the package is cut short.
        OversizedDocument: it would unpack to more than the limits allow.
        EncryptedDocument: its parts are locked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read(package, limits)
    except zipfile.BadZipFile as problem:
        if "not a zip file" in str(problem):  # the list of its parts, which comes last, is gone
            raise TruncatedDocument from problem
        raise UnreadableDocument(_DAMAGED) from problem
    except (zlib.error, EOFError, ValueError, struct.error) as problem:
        raise UnreadableDocument(_DAMAGED) from problem
    except (NotImplementedError, RuntimeError) as problem:
        if "encrypted" in str(problem) or "password" in str(problem):
            raise EncryptedDocument from problem
        raise UnreadableDocument from problem


def _read(package: zipfile.ZipFile, limits: Limits) -> Reading:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if size > limits.unpacked or len(parts) > 10_000:
        raise OversizedDocument(unpacked=size, allowed=limits.unpacked, parts=len(parts))
    names = [part.filename for part in parts]
    if "word/document.xml" not in names:
        raise TruncatedDocument("This Word file has lost its main part. Ask for it to be sent again.")
    main = _parse(package, "word/document.xml")
    body = main.find(f"{_W}body")
    sections = _of_kind(package, names, "word/header")
    sections += [_blocks(main if body is None else body)]
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        if notes in names:
            sections.append(_notes(_parse(package, notes)))
    sections += _of_kind(package, names, "word/footer")
    content = "\n\n".join("\n".join(blocks).strip("\n") for blocks in sections if any(map(str.strip, blocks)))
    remarks = []
    if next(main.iter(f"{_W}del", f"{_W}ins", f"{_W}moveFrom"), None) is not None:
        detail = "This file holds tracked changes; it was read as if all were accepted."
        remarks.append(Remark(code="tracked-changes", detail=detail))
    if "word/comments.xml" in names:
        remarks.append(Remark(code="comments-left-out", detail="Comments in the margin of this file were not read."))
    return Reading(content=tidy(content), maker=MAKER, remarks=tuple(remarks))


def _parse(package: zipfile.ZipFile, name: str) -> _Element:
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtra("Reading Word files needs more: pip install 'amparo[documents]'") from None
    # Entities are not resolved and no tree may be huge: a kilobyte of XML can name a gigabyte of it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    xml = package.read(name).replace(_STRICT, _W[1:-1].encode())
    try:
        root: _Element = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableDocument("A part of this Word file is broken. Open it in Word and save it again.") from problem
    return root


def _of_kind(package: zipfile.ZipFile, names: list[str], start: str) -> list[list[str]]:
    """Headers or footers, each different one once: a file often holds the same for first, odd and even pages."""
    seen: list[list[str]] = []
    for name in sorted(name for name in names if name.startswith(start) and name.endswith(".xml")):
        blocks = _blocks(_parse(package, name))
        if any(map(str.strip, blocks)) and blocks not in seen:
            seen.append(blocks)
    return seen


def _notes(root: _Element) -> list[str]:
    blocks = []
    for note in root:
        if note.get(f"{_W}type") is None:  # separators carry a type; notes that people wrote do not
            blocks += [f"[{note.get(f'{_W}id')}] {line}" if not n else line for n, line in enumerate(_blocks(note))]
    return blocks


def _blocks(container: _Element, depth: int = 0) -> list[str]:
    """Paragraphs and table rows in order, each followed by the text boxes anchored in it."""
    if depth > _DEPTH:
        raise UnreadableDocument("This Word file is nested too deep. Print it to PDF and read that.", depth=depth)
    blocks: list[str] = []
    for part in container:
        if part.tag == f"{_W}p":
            blocks.append(_paragraph(part))
            for box in _boxes(part):
                blocks += _blocks(box, depth + 1)
        elif part.tag == f"{_W}tbl":
            for row in part.iterchildren(f"{_W}tr"):
                cells = (" ".join(filter(None, _blocks(cell, depth + 1))) for cell in row.iter(f"{_W}tc"))
                blocks.append("\t".join(cells))
        elif part.tag not in (f"{_W}del", f"{_W}moveFrom", _FALLBACK) and _holds_blocks(part):
            blocks += _blocks(part, depth + 1)
    return blocks


def _holds_blocks(part: _Element) -> bool:
    return isinstance(part.tag, str) and next(part.iter(f"{_W}p", f"{_W}tbl"), None) is not None


def _paragraph(paragraph: _Element) -> str:
    words: list[str] = []
    for part in _inside(paragraph):
        if part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            words.append(f"[{part.get(f'{_W}id')}]")
        else:
            words.append(_SPECIAL.get(str(part.tag), ""))
    return "".join(words)


def _inside(paragraph: _Element) -> Iterator[_Element]:
    """Everything in a paragraph that is its own: not text boxes, not deleted words, not the old-Word fallback."""
    left_out = (_BOX, f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr", f"{_W}rPr")
    pending = list(reversed(paragraph))
    while pending:
        part = pending.pop()
        if part.tag in left_out:
            continue
        yield part
        pending.extend(reversed(part))


def _boxes(paragraph: _Element) -> Iterator[_Element]:
    pending = list(reversed(paragraph))
    while pending:
        part = pending.pop()
        if part.tag == _BOX:
            yield part
        elif part.tag not in (_FALLBACK, f"{_W}del"):
            pending.extend(reversed(part))
