"""A document made fit for readers outside: people replaced, pages burned, the outcome read again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from amparo import reading
from amparo.domain.text import Page, Text
from amparo.drafting.hiding import Found, Hidden, find_hidden, replace_hidden
from amparo.drafting.redact import burn, without_metadata
from amparo.drafting.to_pdf import typeset_words
from amparo.errors import AmparoError, NameSurvived, PageNotCovered

_LEGIBLE = 0.6
"""Below this a line was not read surely enough to say that no name stands in it."""


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A document fit to leave.

    Args:
        data: a PDF.
        replaced: how many stretches were replaced.
        pictures: whether its pages are pictures of the original, or its words set anew.
    """

    data: bytes
    replaced: int
    pictures: bool


def release(
    data: bytes, text: Text, hidden: Sequence[Hidden], *, looked_at: frozenset[int] = frozenset(), title: str = ""
) -> Released:
    """Take every hidden person out of a document, and make sure by reading the outcome again.

    Args:
        data: the original, which is not changed.
        text: its reading; a corrected one if there is one.
        hidden: who must not be known.
        looked_at: pages a person has looked at in full and found safe, though they could not be read surely.
        title: stands on top of a document whose words are set anew; nothing by default.

    Raises:
        PageNotCovered: a page, or a line of it, could not be read surely and nobody has looked at it.
        NameSurvived: the outcome still holds something by which a hidden person could be known. Nothing is returned.
        UnreadableDocument: the outcome could not be read, so nothing is known of it.
    """
    found = find_hidden(text.content, hidden)
    pictured = _pictured(text)
    if pictured:
        for page in text.pages:
            if not _sure(page) and page.number not in looked_at:
                raise PageNotCovered(page=page.number)
        shown = [(page, reading.page_image(data, page.number, turned=page.turned)) for page in text.pages]
        made = burn(shown, found)
    else:
        made = without_metadata(typeset_words(replace_hidden(text.content, found), title=title, language=text.language))
    _look_again(made, hidden)
    return Released(data=made, replaced=len(found), pictures=pictured)


def unsure_pages(text: Text) -> tuple[int, ...]:
    """The pages that somebody must look at before a document can be released as pictures; none where it is set anew.

    Args:
        text: its reading.
    """
    return tuple(page.number for page in text.pages if not _sure(page)) if _pictured(text) else ()


def survivors(data: bytes, hidden: Sequence[Hidden]) -> tuple[Found, ...]:
    """What our own reader still finds in a finished file by which a hidden person could be known."""
    text = reading.read(data)
    if any(page.unread for page in text.pages):
        raise PageNotCovered(page=next(page.number for page in text.pages if page.unread))
    found = find_hidden(text.content, hidden)
    return tuple(one for one in found if not _is_label(text.content[one.start : one.end], hidden))


def _look_again(made: bytes, hidden: Sequence[Hidden]) -> None:
    try:
        left = survivors(made, hidden)
    except PageNotCovered:
        raise
    except AmparoError as problem:
        raise NameSurvived("The outcome could not be read again, so nothing was released.") from problem
    if left:
        raise NameSurvived(count=len(left))


def _is_label(words: str, hidden: Sequence[Hidden]) -> bool:
    """Whether the words are what we ourselves put in somebody's place."""
    return any(words.strip() == one.shown_as for one in hidden)


def _pictured(text: Text) -> bool:
    """Whether every page's words have their places, so that bars can be drawn over them."""
    placed = all(page.words for page in text.pages if text.content[page.start : page.end].strip())
    return placed and any(page.words for page in text.pages)


def _sure(page: Page) -> bool:
    return not page.unread and all(line.legibility >= _LEGIBLE for line in page.lines)
