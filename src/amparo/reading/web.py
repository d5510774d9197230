"""Web pages: the article and not the menu, with its title first and the day it says it was published."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import TYPE_CHECKING, Any

from amparo.domain.dates import PartialDate
from amparo.domain.text import Maker, Remark
from amparo.errors import MissingExtra, UnreadableDocument
from amparo.reading.plain import decode, tidy
from amparo.reading.seen import Reading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAKER = Maker(component="reading.web", version="1")

_APART = frozenset(
    """address article aside blockquote body center dl details div fieldset figure footer form
    h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section summary table ul""".split()  # noqa: SIM905
)
"""Blocks with a blank line around them."""
_UNDER = frozenset(("li", "dt", "dd", "tr", "figcaption", "caption", "option"))
"""Blocks that stand under one another without a blank line between."""
_UNSEEN = frozenset("script style noscript template head meta link svg iframe object select textarea".split())  # noqa: SIM905
_BREAKS = re.compile(r"[ \x1c-\x1f]*[\x1c-\x1e][ \x1c-\x1f]*")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_LINE, _BLANK, _BR, _CELL = "\x1c", "\x1d", "\x1e", "\x1f"
"""Marks, while a page is written down, for what stands between two stretches of its words."""
_ENOUGH = 140
"""Letters of an article below which the page is rather read whole."""


def read_web(data: bytes) -> Reading:
    """Read the article of a web page; where none is found, everything a visitor would see, with a remark.

    Raises:
        MissingExtra: the documents extra is not installed.
    """
    page = decode_page(data)
    article = _article(page)
    if article is not None:
        return article
    seen, title = visible_text(page), _title(page)
    if title and not seen.startswith(title):
        seen = f"{title}\n\n{seen}".strip()
    remark = Remark(
        code="article-not-found", detail="No article stands out on this page; all its visible text was read."
    )
    return Reading(content=seen, maker=MAKER, remarks=(remark,))


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Decode a page by its byte order mark, then what its carrier or it says of itself, then by likeness."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode(data)[0]
    stated = _CHARSET.search(data[:4096])
    for name in (charset, stated and stated[1].decode("ascii", "replace")):
        # A page that calls itself Latin-1 is Windows-1252, says the WHATWG encoding standard.
        name = "cp1252" if name and name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
        try:
            if name:
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return decode(data)[0]


def visible_text(page: str) -> str:
    r"""All the text a visitor sees, with blocks a blank line apart and list items and rows on lines of their own.

    >>> visible_text("<p>Dear Judge,<p>I am <b>in</b> cell 9.<ul><li>no light<li>no doctor</ul>")
    'Dear Judge,\n\nI am in cell 9.\n\nno light\nno doctor'
    """
    root = _parse(page)
    if root is None:
        return ""
    parts: list[str] = []
    _walk(root, parts, pre=False)
    words = _BREAKS.sub(_widest, "".join(parts)).replace("\x1f", "\t")
    return tidy(re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", words))).strip()


def _widest(breaks: re.Match[str]) -> str:
    """Several breaks at one place are as wide as the widest; two ``<br>`` in a row leave a blank line."""
    found = breaks.group()
    return "\n\n" if _BLANK in found or found.count(_BR) > 1 else "\n"


def _title(page: str) -> str:
    root = _parse(page)
    return "" if root is None else tidy(" ".join((root.findtext(".//title") or "").split()))


def _parse(page: str) -> HtmlElement | None:
    try:
        from lxml import etree, html
    except ImportError:
        raise MissingExtra("Reading web pages needs more: pip install 'amparo[documents]'") from None
    # lxml takes no characters that XML forbids, and refuses text that states an encoding for itself.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    page = (
        "".join(ch if ch >= " " or ch in "\t\n\r\f" else " " for ch in page).replace("\ufffe", "").replace("\uffff", "")
    )
    try:
        return html.document_fromstring(page, parser=html.HTMLParser(encoding=None, huge_tree=False))
    except (etree.ParserError, etree.LxmlError, ValueError):
        return None


def _walk(root: HtmlElement, parts: list[str], *, pre: bool) -> None:
    """Write a tree's words in order, without recursion: a hostile page can be nested a thousand deep."""
    pending: list[tuple[Any, bool, bool]] = [(root, pre, False)]
    while pending:
        node, pre, done = pending.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if done:
            parts.append(_break(tag) + _words(node.tail, pre))
            continue
        if tag == "br" or not tag or tag in _UNSEEN or _hidden(node):
            parts.append((_BR if tag == "br" else "") + _words(node.tail, pre))
            continue
        cell = tag in ("td", "th") and node.getprevious() is not None
        inner = pre or tag == "pre"
        parts.append((_CELL if cell else _break(tag)) + _words(node.text, inner))
        pending.append((node, pre, True))
        pending.extend((child, inner, False) for child in reversed(node))


def _break(tag: str) -> str:
    return _BLANK if tag in _APART else _LINE if tag in _UNDER else ""


def _words(words: str | None, pre: bool) -> str:
    if not words:
        return ""
    if pre:
        return _BR.join(re.sub(r"\s", " ", line) for line in words.splitlines())
    return re.sub(r"\s+", " ", words)


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or node.get("hidden") is not None


def _article(page: str) -> Reading | None:
    try:
        import trafilatura
        from trafilatura.settings import Document
    except ImportError:
        raise MissingExtra("Reading web pages needs more: pip install 'amparo[documents]'") from None
    _hush()
    try:
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_links=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError) as problem:
        raise UnreadableDocument("This web page is broken. Save it again, or print it to PDF.") from problem
    if not isinstance(found, Document) or found.body is None:
        return None
    blocks = [block for block in _blocks(found.body) if block]
    body = "\n\n".join(blocks)
    if sum(map(str.isalpha, body)) < _ENOUGH:
        return None
    title = " ".join((found.title or "").split())
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return Reading(content=tidy(body), maker=MAKER, sent=_day(found.date))


def _blocks(body: Any) -> list[str]:
    """The paragraphs of trafilatura's own tree, whose elements are p, head, quote, list, table and the like."""
    blocks = []
    for part in body:
        if part.tag == "list":
            blocks.append("\n".join(filter(None, (_flat(item) for item in part.iter("item")))))
        elif part.tag == "table":
            rows = ("\t".join(_flat(cell) for cell in row.iter("cell")) for row in part.iter("row"))
            blocks.append("\n".join(row for row in rows if row.strip()))
        elif part.tag in ("quote", "div") and len(part) and not (part.text or "").strip():
            blocks.extend(_blocks(part))
        else:
            blocks.append(_flat(part))
    return blocks


def _flat(part: Any) -> str:
    for broken in part.iter("lb"):
        broken.tail = f"\x0b{broken.tail or ''}"
    lines = "".join(part.itertext()).split("\x0b")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _day(written: str | None) -> PartialDate | None:
    try:
        return PartialDate.of_day(dt.date.fromisoformat((written or "")[:10]), written=written or "")
    except ValueError:
        return None


def _hush() -> None:
    """These libraries log what they read; the log must hold no content."""
    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
