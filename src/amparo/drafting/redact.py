"""Pages with what must not be known burned away: pictures without text behind them, without metadata."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from amparo.domain.text import Box, Page
from amparo.drafting.hiding import Found
from amparo.errors import MissingExtra, PageNotCovered

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

_QUALITY = 82
_DPI = 150
_SMALLEST = 9
_PAD = 0.004
"""How far a bar reaches beyond the word's box, as a share of the page: letters stand out of their boxes."""


def burn(pages: Sequence[tuple[Page, bytes]], found: Iterable[Found]) -> bytes:
    """Draw the pages anew with a solid bar over each stretch, and bind the pictures into a PDF.

    What was under a bar is not in the file: the pictures are flattened before they are written, there is no text layer,
    and neither the producer nor a date is kept.

    Args:
        pages: each page of the reading with its picture, PNG, as its word boxes lie on it.
        found: stretches of the reading that must not be known.

    Raises:
        PageNotCovered: a stretch stands on a page whose words have no places; nothing is written.
        MissingExtra: the extra ``drafting`` is not installed.
    """
    try:
        from PIL import Image
    except ImportError as problem:
        raise MissingExtra("Releases need more: pip install 'amparo[drafting,documents]'") from problem

    stretches = tuple(found)
    drawn: list[Image.Image] = []
    for page, picture in pages:
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        for one in stretches:
            if one.start < page.end and page.start < one.end:
                _cover(image, page, one)
        drawn.append(image)
    out = io.BytesIO()
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:], resolution=_DPI, quality=_QUALITY)
    return without_metadata(out.getvalue())


def without_metadata(pdf: bytes) -> bytes:
    """The same PDF without author, title, producer, dates, XMP, attachments or scripts."""
    try:
        import pikepdf
    except ImportError as problem:
        raise MissingExtra("Releases need more: pip install 'amparo[drafting,documents]'") from problem

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name in ("/Info",):
            if name in document.trailer:
                del document.trailer[name]
        for name in ("/Metadata", "/Names", "/OpenAction", "/AA", "/AcroForm", "/PieceInfo"):
            if name in document.Root:
                del document.Root[name]
        document.remove_unreferenced_resources()
        document.save(out, deterministic_id=True, linearize=False)
    return out.getvalue()


def _cover(image: Image.Image, page: Page, one: Found) -> None:
    from PIL import ImageDraw

    words = [word for word in page.words if word.start < one.end and one.start < word.end]
    if not words:
        raise PageNotCovered(page=page.number)
    pen = ImageDraw.Draw(image)
    for place, bar in enumerate(_bars([word.box for word in words])):
        left, top = (bar.left - _PAD) * image.width, (bar.top - _PAD) * image.height
        right, bottom = (bar.right + _PAD) * image.width, (bar.bottom + _PAD) * image.height
        pen.rectangle((left, top, right, bottom), fill="black")
        if place == 0:
            _write(pen, one.shown_as, (left, top, right, bottom))


def _write(pen: ImageDraw.ImageDraw, words: str, bar: tuple[float, float, float, float]) -> None:
    """What stands in somebody's place, on the bar, as large as fits; a bar too small for it stays plain."""
    from PIL import ImageFont

    left, top, right, bottom = bar
    for size in range(max(_SMALLEST, int((bottom - top) * 0.6)), _SMALLEST - 1, -1):
        font = ImageFont.load_default(size)
        if pen.textlength(words, font=font) < (right - left) * 0.94:
            pen.text(((left + right) / 2, (top + bottom) / 2), words, fill="white", font=font, anchor="mm")
            return


def _bars(boxes: Sequence[Box]) -> Iterable[Box]:
    """One bar for the words of a line; a stretch over two lines has two."""
    line: list[Box] = []
    for box in boxes:
        if line and box.top > line[-1].bottom - (line[-1].bottom - line[-1].top) * 0.3:
            yield _around(line)
            line = []
        line.append(box)
    if line:
        yield _around(line)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        left=min(b.left for b in boxes), top=min(b.top for b in boxes), right=max(b.right for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )  # fmt: skip
