"""Page images made ready to be read: even light, dark ink on white, specks gone, lines level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.errors import MissingExtra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Dots = NDArray[np.uint8]

SHORTEST, LONGEST = 1500, 2600
"""The long side of a page, in dots, that the engines read best; smaller is enlarged, larger is reduced."""
_NOISY = 5.0
"""Noise (standard deviation in grey levels) above which strokes are smoothed with a 3 by 3 median."""
_STEEPEST = 12.0
"""Skew, in degrees, that is looked for."""


class CleanPage(NamedTuple):
    """A page ready to be read.

    Args:
        grey: evenly lit and level, for the engine that reads shades.
        smooth: the same with noise and specks taken out, for the engine that reads edges.
        skew: degrees it was turned clockwise to be level.
        noise: standard deviation of the noise, in grey levels.
    """

    grey: Dots
    smooth: Dots
    skew: float
    noise: float


def clean(dots: Dots) -> CleanPage:
    """Make a page image ready: sized, evenly lit, dark on white, level.

    The size of the result has the proportions of what was given, so that places on it are places on the original
    turned back by the skew.
    """
    cv2 = _cv2()
    if dots.mean() < 110:
        dots = 255 - dots
    # Noise is judged at the size the engines see, but before a small page is enlarged, which blurs it into strokes.
    dots = _sized(dots, shrink=True)
    noise = _noise(dots)
    smooth = _sized(cv2.medianBlur(dots, 3)) if noise > _NOISY else _sized(dots)
    dots = _sized(dots)
    light = _light(smooth)
    skew = _skew(_even(smooth, light))
    return CleanPage(
        grey=level(_even(dots, light), skew), smooth=level(_even(smooth, light), skew), skew=skew, noise=noise
    )


def level(dots: Dots, skew: float) -> Dots:
    """Turn a page clockwise by some degrees about its middle, on white."""
    if abs(skew) < 0.05:
        return dots
    cv2 = _cv2()
    height, width = dots.shape[:2]
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -skew, 1.0)
    turned: Dots = cv2.warpAffine(
        dots, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return turned


def _sized(dots: Dots, *, shrink: bool = False) -> Dots:
    cv2 = _cv2()
    long = max(dots.shape)
    if SHORTEST <= long <= LONGEST or (shrink and long < SHORTEST):
        return dots
    scale = (SHORTEST if long < SHORTEST else LONGEST) / long
    scale = min(scale, 3.0)
    size = (max(8, round(dots.shape[1] * scale)), max(8, round(dots.shape[0] * scale)))
    sized: Dots = cv2.resize(dots, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    return sized


def _noise(dots: Dots) -> float:
    """Standard deviation of the noise, by Immerkær's mask (Computer Vision and Image Understanding 64(2), 1996).

    The median of the mask's answer is taken, so that strokes, which are few, do not count as noise.
    """
    import numpy as np

    cv2 = _cv2()
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], dtype=np.float32)
    answer = np.abs(cv2.filter2D(dots.astype(np.float32), -1, mask))
    return float(np.median(answer)) / 0.6745 / 6.0


def _light(dots: Dots) -> Dots:
    """How bright the paper is at each place: ink is thinner than the window, so the brightest tenth is paper."""
    cv2 = _cv2()
    height, width = dots.shape
    small = cv2.resize(dots, (max(8, width // 8), max(8, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9)))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 15), (0, 0), 8)
    light: Dots = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return light


def _even(dots: Dots, light: Dots) -> Dots:
    import numpy as np

    even = dots.astype(np.float32) * (255.0 / np.maximum(light.astype(np.float32), 40.0))
    result: Dots = np.clip(even, 0, 255).astype(np.uint8)
    return result


def _skew(dots: Dots) -> float:
    """The turn (clockwise) that makes the rows of ink stand out most from the gaps between them."""
    import numpy as np

    cv2 = _cv2()
    scale = 900 / max(dots.shape)
    small = cv2.resize(dots, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    margin = max(2, min(small.shape) // 50)  # the edge of a photographed sheet is no line of writing
    small[:margin], small[-margin:], small[:, :margin], small[:, -margin:] = 255, 255, 255, 255
    rows, columns = np.nonzero(small < 170)
    if not 60 < len(rows) < small.size // 3:
        return 0.0

    def contrast(degrees: float) -> float:
        turn = np.deg2rad(degrees)
        at = columns * np.sin(turn) + rows * np.cos(turn)
        counts = np.bincount((at - at.min()).astype(np.int64)).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=lambda turn: (contrast(turn), -abs(turn)))
    best = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=contrast)
    return 0.0 if contrast(best) < 1.02 * contrast(0.0) else round(float(best), 2)


def _cv2() -> Any:
    try:
        import cv2
    except ImportError:
        raise MissingExtra("Reading scans needs more: pip install 'amparo[scans]'") from None
    return cv2
