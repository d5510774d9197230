"""How much of a document amparo will open: sizes are checked before anything is unpacked."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much a reader may unpack and how long it may look.

    Args:
        unpacked: bytes that an office file may unpack to.
        pixels: dots that one image may hold.
        pages: pages of a PDF or of an image file.
        scanned_pages: pages that are read from an image; the rest are marked unread, with a remark.
        threads: processor threads for one page; 1 suits many documents at once.
        seconds: how long the second reader may take over one page.

    >>> Limits(scanned_pages=10).pages
    5000
    """

    unpacked: int = 200_000_000
    pixels: int = 120_000_000
    pages: int = 5_000
    scanned_pages: int = 200
    threads: int = 1
    seconds: float = 60.0
