"""Documents, the texts read from them, and quotes that point into a text."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Literal

import msgspec

from amparo.domain.dates import PartialDate

CONTEXT = 32
"""How many code points a quote keeps on either side, so that it can be found again."""

Language = Literal["en", "es", "und"]


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """Which component made a note, so that a machine's word is never taken for a person's.

    Args:
        component: dotted name of the component, such as ``reading.pdf``.
        version: the component's own version.
        settings: what it was set to, as plain strings.

    >>> Maker(component="reading.plain", version="1").settings
    {}
    """

    component: str
    version: str
    settings: dict[str, str] = {}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A thing received: its bytes never change, and its digest is its name.

    Args:
        id: SHA-256 of the bytes, as 64 hexadecimal digits.
        media_type: what the bytes are, by their content.
        name: the name it arrived under.
        size: length in bytes.
        part_of: digest of the message it was attached to, if any.

    >>> Document.of(b"Dear Judge", name="letter.txt", media_type="text/plain").size
    10
    """

    id: str
    media_type: str
    name: str = ""
    size: int = 0
    part_of: str | None = None

    def __post_init__(self) -> None:
        if len(self.id) != 64 or set(self.id) - set("0123456789abcdef"):
            raise ValueError("a document's id is the SHA-256 of its bytes, in hexadecimal")

    @classmethod
    def of(cls, data: bytes, *, name: str, media_type: str, part_of: str | None = None) -> Document:
        """Name a document by the digest of its bytes."""
        digest = hashlib.sha256(data).hexdigest()
        return cls(id=digest, media_type=media_type, name=name, size=len(data), part_of=part_of)


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """Where something stands on a page, as shares of its width and height (0 to 1) from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (self.left <= self.right and self.top <= self.bottom):
            raise ValueError("a box has its left before its right and its top above its bottom")


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the text with its place on the page image.

    Args:
        start, end: code points of the text's content, half-open.
        box: where it stands on the page.
        legibility: how surely it was read, 0 to 1.
    """

    start: int
    end: int
    box: Box
    legibility: float = 1.0


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the reader saw it, with what a second reader made of the same line.

    Args:
        start, end: code points of the text's content, half-open.
        legibility: how surely it was read, 0 to 1.
        other_reading: the second engine's words, where the two disagree.
    """

    start: int
    end: int
    legibility: float
    other_reading: str | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text that stood on one page.

    Args:
        number: from 1.
        start, end: code points of the text's content, half-open.
        words: word boxes, for pages that have them.
        lines: lines with their legibility, for pages read from an image.
        unread: nothing could be read here; the page is not therefore blank.
        turned: degrees the image was turned clockwise before it was read.
    """

    number: int
    start: int
    end: int
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    unread: bool = False
    turned: float = 0.0


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person should know about how a document was read.

    Args:
        code: kebab-case name, such as ``type-mismatch`` or ``page-unread``.
        detail: one sentence, without words of the document.
        page: the page it concerns, if one.
    """

    code: str
    detail: str
    page: int | None = None


class Text(msgspec.Struct, frozen=True, kw_only=True):
    r"""One reading of a document: its words in order, and which page each stood on.

    The content is NFC with ``\\n``; the pages tile it exactly. A new reading is a new Text; the old one stays.

    Args:
        id: digest over document, maker and content.
        document: the document's digest.
        content: the words.
        pages: tiles of the content, in order.
        language: ``en``, ``es`` or ``und``.
        maker: the reader.
        sent: the day the carrier states (mail header, article metadata), if it states one.
        remarks: what a person should know about the reading.
    """

    id: str
    document: str
    content: str
    pages: tuple[Page, ...]
    language: Language
    maker: Maker
    sent: PartialDate | None = None
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        if "\r" in self.content or not unicodedata.is_normalized("NFC", self.content):
            raise ValueError("a text is NFC and breaks its lines with \\n")
        at = 0
        for page in self.pages:
            if page.start != at or page.end < page.start:
                raise ValueError(f"page {page.number} does not begin where the one before it ends")
            at = page.end
        if at != len(self.content):
            raise ValueError("the pages do not tile the text")

    @classmethod
    def of(
        cls,
        content: str,
        *,
        document: str,
        maker: Maker,
        language: Language = "und",
        pages: tuple[Page, ...] | None = None,
        sent: PartialDate | None = None,
        remarks: tuple[Remark, ...] = (),
    ) -> Text:
        """Make a text, named by what it says and who read it.

        >>> maker = Maker(component="reading.plain", version="1")
        >>> Text.of("Dear Judge", document="0" * 64, maker=maker).quote(5, 10).exact
        'Judge'
        """
        digest = hashlib.sha256("\0".join((document, maker.component, maker.version, content)).encode()).hexdigest()
        return cls(
            id=digest,
            document=document,
            content=content,
            pages=(Page(number=1, start=0, end=len(content)),) if pages is None else pages,
            language=language,
            maker=maker,
            sent=sent,
            remarks=remarks,
        )

    def quote(self, start: int, end: int) -> Quote:
        """The words from start to end (code points, half-open), with enough around them to be found again."""
        if not 0 <= start < end <= len(self.content):
            raise ValueError("a quote lies inside its text and holds at least one character")
        return Quote(
            span=Span(text=self.id, start=start, end=end),
            exact=self.content[start:end],
            before=self.content[max(0, start - CONTEXT) : start],
            after=self.content[end : end + CONTEXT],
        )

    def page_of(self, position: int) -> Page:
        """The page on which a code point stands."""
        return next((p for p in self.pages if p.start <= position < p.end), self.pages[-1])


class Span(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A stretch of a text: code points, half-open."""

    text: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError("a span holds at least one character")


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The exact words at a span, with up to 32 characters on either side.

    These are the W3C TextPositionSelector and TextQuoteSelector in one.
    """

    span: Span
    exact: str
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        if len(self.exact) != self.span.end - self.span.start:
            raise ValueError("a quote is as long as its span")
        if len(self.before) > CONTEXT or len(self.after) > CONTEXT:
            raise ValueError(f"a quote keeps at most {CONTEXT} characters on either side")

    @property
    def start(self) -> int:
        """Where the words begin, in code points."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where the words end, in code points, not included."""
        return self.span.end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any character of this quote lies between start and end."""
        return self.span.start < end and start < self.span.end
