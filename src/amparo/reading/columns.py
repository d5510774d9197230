"""Words found on a page → lines in reading order, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from amparo.reading.engines import Fragment, Strip


def has_columns(strips: Sequence[Strip]) -> bool:
    """Whether the page is set in two columns of running text."""
    return _gutter(strips) is not None


def in_lines(strips: Sequence[Strip]) -> list[tuple[Fragment, ...]]:
    """Group runs of words into lines, each left to right, in the order they are read.

    Runs are grouped along the page's median slope, since a scan that is not quite level makes the end of one line stand
    as low as the beginning of the next. Two columns of running text are read one after the other; what spans both is
    read where it stands.
    """
    if not strips:
        return []
    gutter = _gutter(strips)
    if gutter is None:
        return _rows(strips)
    lines: list[tuple[Fragment, ...]] = []
    band: list[Strip] = []
    for strip in sorted(strips, key=lambda one: _middle(one)):
        if _left(strip) < gutter < _right(strip):
            lines += [*_columns(band, gutter), strip.words]
            band = []
        else:
            band.append(strip)
    return lines + _columns(band, gutter)


def _columns(band: Sequence[Strip], gutter: float) -> list[tuple[Fragment, ...]]:
    left, right = [one for one in band if _right(one) <= gutter], [one for one in band if _right(one) > gutter]
    return _rows(left) + _rows(right)


def _rows(strips: Sequence[Strip]) -> list[tuple[Fragment, ...]]:
    if not strips:
        return []
    slope = median(one.slope for one in strips if len(one.words) > 2) if any(len(s.words) > 2 for s in strips) else 0.0
    rows: list[list[Strip]] = []
    heights: list[float] = []
    for strip in sorted(strips, key=lambda one: _middle(one) - slope * _left(one)):
        at = _middle(strip) - slope * _left(strip)
        height = _height(strip)
        row = rows[-1] if rows else []
        near = bool(row) and abs(at - (_middle(row[0]) - slope * _left(row[0]))) < 0.45 * max(
            min(height, heights[-1]), 1
        )
        if near and not any(_overlap(strip, other) > 0.3 for other in row):
            row.append(strip)
            heights[-1] = max(heights[-1], height)
        else:
            rows.append([strip])
            heights.append(height)
    return [tuple(sorted((word for one in row for word in one.words), key=lambda word: word.left)) for row in rows]


def _gutter(strips: Sequence[Strip]) -> float | None:
    """Where two columns of running text part, if they do; a list of labels and values is not two columns."""
    if len(strips) < 16:
        return None
    low, high = min(map(_left, strips)), max(map(_right, strips))
    best: tuple[int, float] | None = None
    for share in range(30, 71, 2):
        at = low + (high - low) * share / 100
        crossing = sum(_left(one) < at < _right(one) for one in strips)
        left, right = [one for one in strips if _right(one) <= at], [one for one in strips if _left(one) >= at]
        if crossing > 0.2 * len(strips) or min(len(left), len(right)) < 7:
            continue
        full_left = median(_right(one) - _left(one) for one in left) > 0.6 * (at - low)
        full_right = median(_right(one) - _left(one) for one in right) > 0.6 * (high - at)
        if full_left and full_right and (best is None or crossing < best[0]):
            best = (crossing, at)
    return None if best is None else best[1]


def _left(strip: Strip) -> float:
    return strip.words[0].left


def _right(strip: Strip) -> float:
    return strip.words[-1].right


def _middle(strip: Strip) -> float:
    return strip.words[0].middle


def _height(strip: Strip) -> float:
    return strip.words[0].bottom - strip.words[0].top


def _overlap(one: Strip, other: Strip) -> float:
    shared = min(_right(one), _right(other)) - max(_left(one), _left(other))
    return shared / max(min(_right(one) - _left(one), _right(other) - _left(other)), 1.0)
