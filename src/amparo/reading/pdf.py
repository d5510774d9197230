"""PDF: the text of each page with a box for each word; pages without usable text are read as images."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.domain.text import Box, Language, Maker, Remark
from amparo.errors import (
    EncryptedDocument,
    MissingExtra,
    OversizedDocument,
    TruncatedDocument,
    UnreadableDocument,
)
from amparo.reading.flow import lay_out
from amparo.reading.limits import Limits
from amparo.reading.plausibility import is_garbled
from amparo.reading.scan import past_limit, read_page
from amparo.reading.seen import Reading, SeenLine, SeenPage, SeenWord

if TYPE_CHECKING:
    from PIL import Image

MAKER = Maker(component="reading.pdf", version="1")

DPI = 200
_DEVICE = 100_000
_PASSWORD = 4
_ONE_AT_A_TIME = threading.RLock()
"""pdfium is not thread-safe, not even over different documents."""


class _Loose(NamedTuple):
    """A character and the box of its font's full height, on the page as it is shown, as shares."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def read_pdf(data: bytes, *, limits: Limits, language: Language | None = None) -> Reading:
    """Read a PDF page by page.

    Text is taken as it stands where it makes sense; a page whose text is missing or garbled is read from its image.

    Args:
        data: the PDF.
        limits: how many pages are read, and how many of them from images.
        language: the language, if known, for pages read from images.

    Raises:
        EncryptedDocument: it opens only with a password.
        TruncatedDocument: it ends before its end and cannot be mended.
        OversizedDocument: it has more pages than the limits allow.
        MissingExtra: an extra that it needs is not installed.
    """
    pages: list[SeenPage] = []
    remarks: list[Remark] = []
    scanned: list[int] = []
    missing: MissingExtra | None = None
    with _opened(data) as document:
        count = len(document)
        if count > limits.pages:
            raise OversizedDocument(pages=count, allowed=limits.pages)
        for number in range(1, count + 1):
            page, image = _page(document, number, want_image=len(scanned) < limits.scanned_pages)
            if image is not None:
                scanned.append(number)
                try:
                    read = read_page(image, number=number, limits=limits, language=language)
                    page, remarks = read.page, remarks + list(read.remarks)
                except MissingExtra as problem:
                    missing, page = problem, page._replace(unread=True)
                    remarks.append(Remark(code="page-unread", detail=problem.message, page=number))
            pages.append(page)
    content, tiles = lay_out(pages)
    if missing is not None and not content:
        raise missing
    past = [page.number for page in pages if page.unread and page.number not in scanned]
    if past:
        remarks.append(past_limit(past[0], past[-1]))
    if b"%%EOF" not in data[-2048:]:
        remarks.append(Remark(code="file-mended", detail="This PDF is damaged and was mended; pages may be missing."))
    if scanned:
        remarks.append(
            Remark(code="read-from-image", detail=f"Pages read from their images: {len(scanned)} of {count}.")
        )
    return Reading(content=content, maker=MAKER, pages=tiles, remarks=tuple(dict.fromkeys(remarks)))


def pdf_page_image(data: bytes, number: int, *, dpi: int = DPI) -> Image.Image:
    """Draw one page (from 1) of a PDF in grey.

    Raises:
        IndexError: there is no such page.
    """
    with _opened(data) as document:
        if not 1 <= number <= len(document):
            raise IndexError(f"there is no page {number}")
        page = document[number - 1]
        try:
            return _draw(page, dpi)
        finally:
            page.close()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra("Reading PDF needs more: pip install 'amparo[documents]'") from None
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as problem:
            if getattr(problem, "err_code", None) == _PASSWORD or b"/Encrypt" in data[-4096:]:
                raise EncryptedDocument from problem
            if b"%%EOF" not in data[-2048:]:
                raise TruncatedDocument from problem
            raise UnreadableDocument from problem
        try:
            yield document
        except pypdfium2.PdfiumError as problem:
            raise UnreadableDocument from problem
        finally:
            document.close()


def _page(document: Any, number: int, *, want_image: bool) -> tuple[SeenPage, Image.Image | None]:
    """The text of a page, or its image where the text will not do."""
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return SeenPage(number=number, unread=True), None
    try:
        page = _with_filled_fields(document, page, number)
        lines = tuple(_lines(page))
        if not _needs_image(page, lines):
            return SeenPage(number=number, lines=lines), None
        if not want_image:
            return SeenPage(number=number, lines=lines, unread=not lines), None
        return SeenPage(number=number, lines=lines), _draw(page, DPI)
    finally:
        page.close()


def _with_filled_fields(document: Any, page: Any, number: int) -> Any:
    """Make what people typed into a form, or wrote as notes on the page, part of the page, as it looks."""
    import pypdfium2.raw as pdfium

    if not pdfium.FPDFPage_GetAnnotCount(page):
        return page
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number - 1]


def _needs_image(page: Any, lines: tuple[SeenLine, ...]) -> bool:
    words = [word.text for line in lines for word in line.words]
    if not words:
        return next(page.get_objects(max_depth=2), None) is not None
    if is_garbled(words):
        return True
    # A stamp or a file number over a scanned page is not the page's text.
    return sum(map(len, words)) < 60 and _picture_share(page) > 0.5


def _picture_share(page: Any) -> float:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    most = 0.0
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        most = max(most, (right - left) * (top - bottom) / max(width * height, 1.0))
    return most


def _draw(page: Any, dpi: int) -> Image.Image:
    width, height = page.get_size()
    scale = dpi / 72
    most = 12_000_000
    if width * height * scale * scale > most:
        scale = (most / (width * height)) ** 0.5
    if min(width, height) * scale < 1:
        raise UnreadableDocument("A page of this PDF has no size. Print it to PDF anew.")
    drawn: Image.Image = page.render(scale=scale, grayscale=True, may_draw_forms=True).to_pil()
    return drawn.convert("L")


def _lines(page: Any) -> Iterator[SeenLine]:
    """The page's words in the order pdfium gives them; a line ends where the next word stands elsewhere.

    pdfium's own line ends are taken for blanks only: it also ends a line between a form's label and what was typed in.
    """
    words: list[SeenWord] = []
    letters: list[_Loose] = []
    for mark in _characters(page):
        if letters and (mark is None or _breaks(letters[-1], mark)):
            words.append(_word(letters))
            letters = []
        if mark is None:
            continue
        if not letters and words and _breaks(_Loose("", *_sides(words[-1].box)), mark):
            yield SeenLine(tuple(words))
            words = []
        letters.append(mark)
    if letters:
        words.append(_word(letters))
    if words:
        yield SeenLine(tuple(words))


def _breaks(last: _Loose, mark: _Loose) -> bool:
    """Whether a character stands on another line than the one before it."""
    height = max(last.bottom - last.top, mark.bottom - mark.top, 1e-4)
    return abs((mark.top + mark.bottom) - (last.top + last.bottom)) / 2 > 0.6 * height or mark.right < last.left - 0.05


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def _word(letters: list[_Loose]) -> SeenWord:
    box = Box(
        left=min(mark.left for mark in letters),
        top=min(mark.top for mark in letters),
        right=max(mark.right for mark in letters),
        bottom=max(mark.bottom for mark in letters),
    )
    return SeenWord("".join(mark.text for mark in letters), box)


def _characters(page: Any) -> Iterator[_Loose | None]:
    """Each character with its box; None for a blank or a line's end."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        place = _Placer(page)
        box = pdfium.FS_RECTF()
        high = ""
        for at in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, at)
            if 0xD800 <= code < 0xDC00:
                high = chr(code)
                continue
            mark = (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            high = ""
            if mark.isspace() or mark == "\0":
                yield None
            elif pdfium.FPDFText_GetLooseCharBox(text, at, box):
                yield _Loose(mark, *place(box.left, box.top, box.right, box.bottom))
    finally:
        text.close()


class _Placer:
    """From a place in a page's own units, which may be cropped and turned, to shares of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self.corner, self.along, self.up = (self._ask(page, *at) for at in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)))

    @staticmethod
    def _ask(page: Any, x: float, y: float) -> tuple[float, float]:
        import pypdfium2.raw as pdfium

        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
        return across.value / _DEVICE, down.value / _DEVICE

    def __call__(self, x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = self._shown(x1, y1), self._shown(x2, y2)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        (x0, y0), (x1, y1), (x2, y2) = self.corner, self.along, self.up
        across = x0 + (x1 - x0) * x / 1000 + (x2 - x0) * y / 1000
        down = y0 + (y1 - y0) * x / 1000 + (y2 - y0) * y / 1000
        return min(1.0, max(0.0, across)), min(1.0, max(0.0, down))
