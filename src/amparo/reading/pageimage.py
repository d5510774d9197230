"""The picture of a page, for a screen that shows where on the paper some words stand."""

from __future__ import annotations

import io

from amparo.errors import UnknownFormat
from amparo.reading import kinds
from amparo.reading.images import open_image
from amparo.reading.limits import Limits
from amparo.reading.pdf import pdf_page_image


def page_image(
    data: bytes,
    number: int,
    *,
    turned: float = 0.0,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> bytes:
    """Draw one page as PNG, upright, so that the word boxes of a reading lie on its words.

    Boxes are shares of the page as it is drawn here: upright by its camera's note, then turned to the nearest quarter
    by ``turned``. A few degrees of skew are not turned away: the boxes follow the lines as they lean.

    Args:
        data: the bytes of an image or a PDF.
        number: the page, from 1.
        turned: ``Page.turned`` of the reading.
        limits: how large the image may be.

    Raises:
        UnknownFormat: this kind of document has no page images.
        IndexError: there is no such page.
    """
    kind = kinds.detect(data)
    if kind == kinds.PDF:
        image = pdf_page_image(data, number)
    elif kind in kinds.IMAGES:
        file = open_image(data, limits=limits)
        if not 1 <= number <= file.pages:
            raise IndexError(f"there is no page {number}")
        image = file.page(number, limits=limits)
    else:
        raise UnknownFormat("This kind of document has no pictures of its pages.", kind=kind)
    quarter = round(turned / 90) * 90 % 360
    written = io.BytesIO()
    (image.rotate(-quarter, expand=True) if quarter else image).save(written, format="PNG")
    return written.getvalue()
