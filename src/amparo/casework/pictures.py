"""Pictures of a document's pages, drawn once and kept beside the originals; only dots, nothing a camera wrote along."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from amparo.casework import store
from amparo.casework.models import Document, Reading
from amparo.errors import NotAllowed, UnknownFormat
from amparo.reading.pageimage import page_image

LONGEST = 1_800
"""Dots along the longer side: enough to read handwriting, little enough to send."""
DRAWN = ("application/pdf", "image/")


def has_pictures(document: Document) -> bool:
    """Whether a document is one whose pages can be looked at: a PDF, a scan, a photograph."""
    return document.media_type.startswith(DRAWN)


def picture(document: Document, number: int) -> bytes:
    """One page (from 1) as JPEG, upright, as the boxes of its words have it.

    Args:
        document: somebody may see it; that is not asked here.
        number: the page.

    Raises:
        NotAllowed: there is no such page, or this document has none.
        OriginalLost: the original is not in the store.
    """
    turned = _turned(document, number)
    folder = store.derived_folder(document.team_id, document.digest)
    kept = folder / f"{number}-{round(turned / 90) % 4}.jpg"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    try:
        drawn = _small(page_image(store.fetch(document.digest, team=document.team_id), number, turned=turned))
    except (IndexError, UnknownFormat):
        raise NotAllowed from None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as stream:
        stream.write(drawn)
    Path(name).rename(kept)
    return drawn


def _turned(document: Document, number: int) -> float:
    """By how much the machine turned the page when it read it; a person's transcription turns nothing."""
    for reading in document.readings.filter(state=Reading.State.READ, by=None).order_by("-number"):
        for page in reading.pages:
            if page["number"] == number:
                return float(page.get("turned", 0.0))
    return 0.0


def _small(png: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        image.thumbnail((LONGEST, LONGEST))
        written = io.BytesIO()
        image.convert("L").save(written, format="JPEG", quality=82)
    return written.getvalue()
