"""Page images: opened only after their size is known, upright as their camera says, one page at a time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from amparo.errors import MissingExtra, OversizedDocument, TruncatedDocument, UnreadableDocument
from amparo.reading.limits import Limits

if TYPE_CHECKING:
    from PIL import Image


class ImageFile(NamedTuple):
    """An image file that was looked at but not yet unpacked."""

    image: Image.Image
    pages: int

    def page(self, number: int, *, limits: Limits) -> Image.Image:
        """Unpack one page (from 1) in grey, turned as its camera's note on orientation says.

        Raises:
            OversizedDocument: this page holds more dots than the limits allow.
            TruncatedDocument: the file ends inside this page.
        """
        from PIL import Image, ImageOps

        with _broken_images():
            self.image.seek(number - 1)
            _check(self.image, limits)
            upright = ImageOps.exif_transpose(self.image)
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                # What is transparent is paper: without this a scan with an alpha channel is black on black.
                over = Image.new("RGBA", upright.size, "white")
                over.alpha_composite(upright.convert("RGBA"))
                upright = over
            if upright.mode.startswith("I;16") or upright.mode in ("I", "F"):
                # Sixteen bits a dot: Pillow would cut off everything above 255.
                low, high = upright.convert("F").getextrema()
                span = max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
                upright = upright.convert("F").point(lambda dot: (dot - float(low)) * 255.0 / span)  # type: ignore[arg-type]
            return upright.convert("L")


def open_image(data: bytes, *, limits: Limits) -> ImageFile:
    """Look at an image file's head: how large it is and how many pages it has.

    Raises:
        MissingExtra: the documents extra is not installed.
        OversizedDocument: it holds more dots or pages than the limits allow.
        TruncatedDocument: it ends before its end.
        UnreadableDocument: it is broken in another way.
    """
    try:
        from PIL import Image
    except ImportError:
        raise MissingExtra("Reading images needs more: pip install 'amparo[documents]'") from None
    with _broken_images():
        if data[4:8] == b"ftyp":
            import pillow_heif

            # Two turned off by hand: thumbnails and depth maps would only be more ways to be unpacked.
            pillow_heif.register_heif_opener(thumbnails=False, depth_images=False)
        image = Image.open(io.BytesIO(data))
        _check(image, limits)
        pages = int(getattr(image, "n_frames", 1)) if image.format in ("TIFF", "HEIF") else 1
    if pages > limits.pages:
        raise OversizedDocument(pages=pages, allowed=limits.pages)
    return ImageFile(image=image, pages=pages)


def _check(image: Image.Image, limits: Limits) -> None:
    if image.width * image.height > limits.pixels:
        raise OversizedDocument(pixels=image.width * image.height, allowed=limits.pixels)
    if min(image.size) < 1:
        raise UnreadableDocument("This image is empty. Ask for it to be sent again.")


@contextmanager
def _broken_images() -> Iterator[None]:
    """Pillow's many ways to say that a file is broken, in our own three."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as problem:
        raise OversizedDocument from problem
    except UnidentifiedImageError as problem:
        raise UnreadableDocument("This image is broken. Ask for it to be sent again.") from problem
    except (OSError, EOFError) as problem:
        if "truncated" in str(problem).lower() or isinstance(problem, EOFError) or "eof" in str(problem).lower():
            raise TruncatedDocument from problem
        raise UnreadableDocument("This image is broken. Ask for it to be sent again.") from problem
    except (ValueError, TypeError, SyntaxError, KeyError, IndexError, RuntimeError, ArithmeticError) as problem:
        raise UnreadableDocument("This image is broken. Ask for it to be sent again.") from problem
