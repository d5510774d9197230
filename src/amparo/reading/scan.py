"""Scans and photographs of pages: cleaned, turned upright, and read by two engines that check each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from amparo.domain.text import Box, Language, Maker, Remark
from amparo.errors import MissingProgram
from amparo.reading.columns import has_columns, in_lines
from amparo.reading.engines import Fragment, Look, look_with_rapidocr, read_with_tesseract
from amparo.reading.flow import lay_out
from amparo.reading.images import open_image
from amparo.reading.limits import Limits
from amparo.reading.seen import Reading, SeenLine, SeenPage, SeenWord
from amparo.reading.voting import VotedLine, vote

if TYPE_CHECKING:
    from PIL import Image

    from amparo.reading.cleaning import CleanPage, Dots

MAKER = Maker(
    component="reading.scan", version="1", settings={"first": "rapidocr PP-OCRv6 small", "second": "tesseract"}
)

_DOUBTFUL = 0.88
"""Mean confidence of the first engine below which it looks a second time."""
_HEADLONG = 0.75
"""Mean confidence below which the page is also tried the other way up; upright writing is seldom read so unsurely."""
_HARD = 0.5
"""Mean legibility below which a person is told to transcribe the page by hand."""


class ReadPage(NamedTuple):
    """A page read from an image, with what should be said about it."""

    page: SeenPage
    remarks: tuple[Remark, ...]


def read_scan(data: bytes, *, limits: Limits, language: Language | None = None) -> Reading:
    """Read every page of an image file.

    Args:
        data: the image file.
        limits: how large it may be and how many pages are read.
        language: the language, if known; both are tried otherwise.

    Raises:
        MissingExtra: the scans extra is not installed.
        OversizedDocument: it is larger than the limits allow.
        TruncatedDocument: it ends before its end.
    """
    file = open_image(data, limits=limits)
    pages: list[SeenPage] = []
    remarks: list[Remark] = []
    for number in range(1, file.pages + 1):
        if number > limits.scanned_pages:
            pages.append(SeenPage(number=number, unread=True, from_image=True))
            continue
        read = read_page(file.page(number, limits=limits), number=number, limits=limits, language=language)
        pages.append(read.page)
        remarks += read.remarks
    if file.pages > limits.scanned_pages:
        remarks.append(past_limit(limits.scanned_pages + 1, file.pages))
    content, tiles = lay_out(pages)
    return Reading(content=content, maker=MAKER, pages=tiles, remarks=tuple(dict.fromkeys(remarks)))


def past_limit(first: int, last: int) -> Remark:
    """The remark for scanned pages that were left for want of time."""
    detail = f"Scanned pages from {first} to {last} were not read: the limit on scanned pages was reached."
    return Remark(code="scanned-pages-limit", detail=detail, page=first)


def read_page(image: Image.Image, *, number: int, limits: Limits, language: Language | None = None) -> ReadPage:
    """Read one page image.

    The page is cleaned and turned upright first. RapidOCR reads it; Tesseract reads it too, and confirms or mends the
    words (see ``voting``). A page on which nothing can be read is marked unread: it is not therefore blank.
    """
    import numpy as np

    quarter, cleaned, look = _upright(np.asarray(image, dtype=np.uint8), limits)
    remarks: list[Remark] = []
    lines = in_lines(look.strips)
    try:
        second = read_with_tesseract(
            cleaned.smooth, language=language or "und", columns=has_columns(look.strips), seconds=limits.seconds
        )
    except MissingProgram as missing:
        second = ()
        remarks.append(Remark(code="one-reader-only", detail=missing.message))
    # With nothing from the first engine, the second one's lines are all there is.
    voted = vote(lines, second) if lines else [VotedLine(strip.words, None) for strip in second if strip.sure > 0.5]
    seen = tuple(_seen(line, cleaned) for line in voted)
    turned = round(quarter + cleaned.skew, 2)
    if not any(ch.isalnum() for line in seen for ch in line.text):
        remarks.append(
            Remark(code="page-unread", detail="Nothing could be read here; look at the page itself.", page=number)
        )
        return ReadPage(SeenPage(number=number, from_image=True, unread=True, turned=turned), tuple(remarks))
    legibility = sum(line.legibility * len(line.text) for line in seen) / sum(len(line.text) for line in seen)
    if legibility < _HARD:
        detail = "This page is hard to read; transcribe it by hand with the machine's reading beside it."
        remarks.append(Remark(code="page-hard-to-read", detail=detail, page=number))
    return ReadPage(SeenPage(number=number, lines=seen, from_image=True, turned=turned), tuple(remarks))


def _upright(dots: Dots, limits: Limits) -> tuple[int, CleanPage, Look]:
    """Turn a page until its lines are level and on their feet; degrees turned, the clean page, and a look at it."""
    import numpy as np

    from amparo.reading.cleaning import clean

    def looked(quarter: int, *, believe_feet: bool = False) -> tuple[int, CleanPage, Look]:
        cleaned = clean(np.ascontiguousarray(np.rot90(dots, -quarter // 90)))
        return quarter, cleaned, look_with_rapidocr(cleaned.grey, threads=limits.threads, believe_feet=believe_feet)

    best = looked(0)
    if best[2].sideways:
        best = looked(90)
    if best[2].upside_down:
        best = looked((best[0] + 180) % 360, believe_feet=True)
    if best[2].strips and _sure(best[2]) < _HEADLONG:
        # Writing read upside down comes out as gibberish the engine itself does not believe.
        best = max(best, looked((best[0] + 180) % 360, believe_feet=True), key=lambda one: _worth(one[2]))
    quarter, cleaned, look = best
    if look.strips and _sure(look) < _DOUBTFUL:
        look = _through_haze(cleaned, look, limits)
    return quarter, cleaned, look


def _through_haze(cleaned: CleanPage, sharp: Look, limits: Limits) -> Look:
    """Look again at the page blurred: noise that breaks thin strokes averages out. The surer look is kept."""
    import cv2

    hazy = cv2.GaussianBlur(cleaned.grey, (0, 0), 1.6).astype("uint8")
    return max(sharp, look_with_rapidocr(hazy, threads=limits.threads, believe_feet=True), key=_worth)


def _letters(look: Look) -> int:
    return sum(len(word.text) for strip in look.strips for word in strip.words)


def _worth(look: Look) -> float:
    return _sure(look) * _letters(look)


def _sure(look: Look) -> float:
    letters = _letters(look)
    return (
        sum(word.sure * len(word.text) for strip in look.strips for word in strip.words) / letters if letters else 0.0
    )


def _seen(line: VotedLine, cleaned: CleanPage) -> SeenLine:
    words = tuple(SeenWord(word.text, _place(word, cleaned), round(word.sure, 3)) for word in line.words)
    letters = sum(len(word.text) for word in words)
    legibility = sum(word.legibility * len(word.text) for word in words) / max(letters, 1)
    return SeenLine(words=words, legibility=round(legibility, 3), other_reading=line.other)


def _place(word: Fragment, cleaned: CleanPage) -> Box:
    """Where a word stands on the page before it was made level: its middle turned back, its size kept."""
    height, width = cleaned.grey.shape
    turn = math.radians(-cleaned.skew)
    across, down = (word.left + word.right) / 2 - (width - 1) / 2, word.middle - (height - 1) / 2
    x = across * math.cos(turn) - down * math.sin(turn) + (width - 1) / 2
    y = across * math.sin(turn) + down * math.cos(turn) + (height - 1) / 2
    half_width, half_height = max(word.right - word.left, 0) / 2, max(word.bottom - word.top, 0) / 2

    def share(value: float, whole: int) -> float:
        return round(min(1.0, max(0.0, value / whole)), 5)

    return Box(
        left=share(x - half_width, width),
        top=share(y - half_height, height),
        right=share(x + half_width, width),
        bottom=share(y + half_height, height),
    )
