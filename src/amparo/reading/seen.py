"""What a reader sees on a page, before it is a text: lines of words, each with its place."""

from __future__ import annotations

from typing import NamedTuple

from amparo.domain.dates import PartialDate
from amparo.domain.text import Box, Maker, Page, Remark


class SeenWord(NamedTuple):
    """A word and where it stands, as shares of the page's width and height."""

    text: str
    box: Box
    legibility: float = 1.0


class SeenLine(NamedTuple):
    """The words of one line, left to right, and what a second reader made of the line if it disagrees."""

    words: tuple[SeenWord, ...]
    legibility: float = 1.0
    other_reading: str | None = None

    @property
    def left(self) -> float:
        """Where the line begins."""
        return min(word.box.left for word in self.words)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.box.right for word in self.words)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.box.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.box.bottom for word in self.words)

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)


class SeenPage(NamedTuple):
    """The lines of a page in reading order.

    Args:
        number: from 1.
        lines: in reading order.
        from_image: the lines were read from an image, so each keeps its legibility.
        unread: nothing could be read here, though there is something to read.
        turned: degrees the image was turned clockwise before it was read.
    """

    number: int
    lines: tuple[SeenLine, ...] = ()
    from_image: bool = False
    unread: bool = False
    turned: float = 0.0


class Reading(NamedTuple):
    """What one reader made of a document.

    Args:
        content: the words.
        maker: the reader.
        pages: tiles of the content; one page if None.
        sent: the day the carrier states.
        remarks: what a person should know.
    """

    content: str
    maker: Maker
    pages: tuple[Page, ...] | None = None
    sent: PartialDate | None = None
    remarks: tuple[Remark, ...] = ()
