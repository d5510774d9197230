"""Lines on pages → running text: wrapped lines joined, broken words mended, every word keeping its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from amparo.domain.text import Line, Page, Word
from amparo.reading.seen import SeenLine, SeenPage
from amparo.reading.wordlists import LANGUAGES, word_list

_HYPHENS = "-\u00ad\u2010\ufffe\x02"
"""Hyphens at a line's end; U+FFFE and U+0002 are how pdfium writes the one it knows to be a line-break hyphen."""
_ITEM = re.compile(r"(?:[•·▪◦*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])$")
_EDGES = ".,;:!?()[]\"'“”‘’«»¿¡"
_PARAGRAPH_GAP = 1.33
"""A step down of this many line pitches opens a new paragraph."""
_GAP_AFTER_END = 1.2
"""The same, after a line that its writer ended: handwriting is uneven, but here a wider step is meant."""
_ROOM = 0.05
"""Share of the column by which the next word must have fitted before a line counts as ended on purpose."""


def lay_out(pages: Iterable[SeenPage]) -> tuple[str, tuple[Page, ...]]:
    r"""Join the lines of all pages into one text and say where each word, line and page of it stands.

    A line that is wrapped is joined to the next by a space, a line that its writer ended keeps its ``\n``, and
    paragraphs are a blank line apart. A word broken by a hyphen at the line's end is mended unless the hyphen
    belongs to it.

    Returns:
        The content and the pages that tile it.
    """
    kept = [page._replace(lines=tuple(line for line in map(_tidy, page.lines) if line.words)) for page in pages]
    script = _Script(known=_known_words(kept))
    marks: list[tuple[int, int, int]] = []  # where each page begins: in the text, among the words, among the lines
    before: SeenLine | None = None
    margin = 0.0
    for page in kept:
        joints = _joints(page.lines)
        if page.lines and before is not None:
            joint = _over_page(before, page.lines[0]) if before.right > margin else "\n\n"
            script.join(before, page.lines[0], joint)
            # What parts two pages belongs to the upper one, and empty pages between them hold nothing.
            empty = next((n for n, mark in enumerate(reversed(marks)) if mark[1] < len(script.words)), 0)
            marks[len(marks) - empty :] = [script.mark()] * empty
        marks.append(script.mark())
        for number, line in enumerate(page.lines):
            if number:
                script.join(page.lines[number - 1], line, joints[number])
            script.write(line)
            before = line
        margin = _margin(page.lines) if page.lines else margin
    marks.append(script.mark())
    tiles = tuple(
        Page(
            number=page.number,
            start=start,
            end=end,
            words=tuple(script.words[first_word:next_word]),
            lines=tuple(script.lines[first_line:next_line]) if page.from_image else (),
            unread=page.unread,
            turned=page.turned,
        )
        for page, (start, first_word, first_line), (end, next_word, next_line) in zip(
            kept, marks, marks[1:], strict=False
        )
    )
    return "".join(script.parts), tiles


class _Script:
    """The text as it is written down, line after line."""

    def __init__(self, *, known: set[str]) -> None:
        self.known = known
        self.parts: list[str] = []
        self.at = 0
        self.words: list[Word] = []
        self.lines: list[Line] = []

    def mark(self) -> tuple[int, int, int]:
        """Where the writing is: in the text, among the words, among the lines."""
        return self.at, len(self.words), len(self.lines)

    def write(self, line: SeenLine) -> None:
        start = self.at
        for order, word in enumerate(line.words):
            if order:
                self._put(" ")
            begin = self.at
            self._put(word.text)
            self.words.append(Word(start=begin, end=self.at, box=word.box, legibility=word.legibility))
        self.lines.append(Line(start=start, end=self.at, legibility=line.legibility, other_reading=line.other_reading))

    def join(self, up: SeenLine, low: SeenLine, joint: str) -> None:
        """Write what joins two lines, mending a word that was broken between them."""
        ends, begins = up.words[-1].text, low.words[0].text
        if ends[-1] not in _HYPHENS or len(ends) == 1 or joint == "\n\n" or not begins[0].isalnum():
            self._put(joint)
        elif _belongs(ends, begins, self.known):
            return
        else:
            self.parts[-1] = self.parts[-1][:-1]
            self.at -= 1
            self.words[-1] = msgspec.structs.replace(self.words[-1], end=self.at)
            self.lines[-1] = msgspec.structs.replace(self.lines[-1], end=self.at)

    def _put(self, part: str) -> None:
        self.parts.append(part)
        self.at += len(part)


def _known_words(pages: Sequence[SeenPage]) -> set[str]:
    return {word.text.strip(_EDGES).lower() for page in pages for line in page.lines for word in line.words}


def _tidy(line: SeenLine) -> SeenLine:
    """Words in NFC, without blanks inside, without empty words or stray control characters."""
    clean = []
    for order, word in enumerate(line.words):
        text = unicodedata.normalize("NFC", word.text)
        if order == len(line.words) - 1 and text[-1:] and text[-1] in _HYPHENS:
            text = f"{text[:-1]}-"
        text = "".join(ch for ch in text if not unicodedata.category(ch).startswith(("C", "Z")))
        text = unicodedata.normalize("NFC", text)
        if text:
            clean.append(word._replace(text=text))
    return line._replace(words=tuple(clean))


def _joints(lines: Sequence[SeenLine]) -> list[str]:
    """What stands before each line: nothing, a space, a line break or a blank line."""
    if not lines:
        return []
    steps = [_middle(low) - _middle(up) for up, low in pairwise(lines)]
    down = [step for step in steps if step > 0.2 * (lines[0].bottom - lines[0].top)]
    pitch = median(down) if down else 1.0
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return ["", *(_joint(up, low, pitch, left, right) for up, low in pairwise(lines))]


def _joint(up: SeenLine, low: SeenLine, pitch: float, left: float, right: float) -> str:
    step = _middle(low) - _middle(up)
    width = max(right - left, 1e-6)
    if step < -pitch:  # the next column
        return _over_page(up, low)
    first = low.words[0].box
    ended = up.right + (first.right - first.left) + _ROOM * width < right
    if step > (_GAP_AFTER_END if ended else _PARAGRAPH_GAP) * pitch:
        return "\n\n"
    if _ITEM.match(low.words[0].text):
        return "\n"
    if ended:
        return "\n"
    if low.left - up.left > 0.025 * width and up.left - left < 0.02 * width:
        return "\n\n"
    return " "


def _margin(lines: Sequence[SeenLine]) -> float:
    """How far right a line must reach to be full; a page's last line may be shorter by a long word."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return right - 0.2 * (right - left)


def _middle(line: SeenLine) -> float:
    return (line.top + line.bottom) / 2


def _over_page(up: SeenLine, low: SeenLine) -> str:
    """A sentence that runs on over the page goes on; anything else begins anew."""
    ends, begins = up.words[-1].text, low.words[0].text
    runs_on = ends[-1] in _HYPHENS + "," or ends[-1].isalnum()
    return " " if runs_on and begins[0].islower() else "\n\n"


def _belongs(ends: str, begins: str, known: set[str]) -> bool:
    """Whether the hyphen at a line's end is part of the word, as in *self-harm* or *542-14*."""
    head, tail = ends[:-1].strip(_EDGES).lower(), begins.strip(_EDGES).lower()
    if not (head[-1:].isalpha() and tail[:1].isalpha()) or not begins[0].islower():
        return True
    if f"{head}-{tail}" in known:
        return True
    if head + tail in known:
        return False
    return "-" in head or any(head in word_list(language).keep_hyphen for language in LANGUAGES)
