"""A draft as a typeset PDF, with its sources as an annex when they are asked for."""

from __future__ import annotations

import io
import math
import tempfile
from collections.abc import Iterator, Mapping
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from amparo.domain.drafts import Block, Draft, Sentence
from amparo.drafting.telling import QUOTE_MARKS, in_full, labels
from amparo.errors import MissingExtra

PageKey = tuple[str, int | None]


def to_pdf(
    draft: Draft, *, approved: bool = False, annex: bool = False, images: Mapping[PageKey, bytes] | None = None,
    logo: bytes | None = None,
) -> bytes:  # fmt: skip
    """Typeset a draft.

    Args:
        draft: the paper.
        approved: whether it may go out; until then DRAFT stands across each page.
        annex: whether to add the sources, each with its digest and the words used.
        images: for the annex, PNG of a page by document and page number.
        logo: the office's mark as PNG, for the head of a letter.

    Raises:
        MissingExtra: the extra ``drafting`` is not installed.
    """
    source = {f"source-{number}.png": image for number, image in enumerate((images or {}).values(), start=1)}
    names = dict(zip(images or {}, source, strict=True))
    data = _data(draft, approved=approved, annex=annex, images=names) | {"logo": "logo.png" if logo else None}
    files = source if annex else {}
    return typeset("paper.typ", data, files | {"logo.png": logo} if logo else files)


def typeset_words(words: str, *, title: str = "", language: str = "en") -> bytes:
    """Set plain words anew, paragraph by paragraph, with nothing of the document they came from but the words.

    Args:
        words: the text; a blank line parts paragraphs.
        title: stands on top; nothing by default.
        language: of the words.

    Raises:
        MissingExtra: the extra ``drafting`` is not installed.
    """
    data = {
        "title": title,
        "language": language if language in ("en", "es") else "en",
        "paragraphs": words.split("\n\n"),
    }
    return typeset("words.typ", data)


def typeset(layout: str, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """Set data in one of our layouts.

    Args:
        layout: name of its file.
        data: everything it says.
        files: pictures it shows, by name.

    Raises:
        MissingExtra: the extra ``drafting`` is not installed.
    """
    try:
        import typst
    except ImportError as problem:
        raise MissingExtra("Papers need more: pip install 'amparo[drafting]'") from problem

    layouts = resources.files("amparo") / "drafting" / "layouts"
    with tempfile.TemporaryDirectory(prefix="amparo-paper-") as folder:
        root = Path(folder)
        (root / layout).write_text((layouts / layout).read_text(encoding="utf8"), encoding="utf8")
        for name, content in (files or {}).items():
            (root / name).write_bytes(content)
        made = typst.compile(
            str(root / layout), root=str(root), ignore_system_fonts=True,
            sys_inputs={"data": msgspec.json.encode(data).decode()},
        )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return len(document)


def _data(draft: Draft, *, approved: bool, annex: bool, images: Mapping[PageKey, str]) -> dict[str, Any]:
    language = draft.language
    return {
        "layout": draft.layout,
        "language": language,
        "paper_size": "us-letter" if draft.procedure.startswith("us.") else "a4",
        "title": draft.title,
        "marks": draft.marks,
        "to": draft.to,
        "sender": draft.sender,
        "day": in_full(draft.day, language),
        "reference": draft.reference,
        "unapproved": not approved,
        "labels": labels(language),
        "blocks": list(_blocks(draft)),
        "enclosures": draft.enclosures,
        "annex": _annex(draft, images) if annex else [],
    }


def _blocks(draft: Draft) -> Iterator[dict[str, Any]]:
    """The blocks; those of a table know how wide its columns stand to each other."""
    for tabled, run in groupby(draft.blocks, key=lambda block: block.kind in ("header", "row")):
        blocks = list(run)
        widths = _widths(blocks) if tabled else ()
        for block in blocks:
            cells = [[_sentence(one, draft.language) for one in cell] for cell in block.cells]
            yield {"kind": block.kind, "cells": cells, "widths": widths}


def _widths(rows: list[Block]) -> tuple[float, ...]:
    """What the columns of a table ask for: by the root of their longest words, so that none is starved."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return tuple(math.sqrt(max(22, *(sum(len(s.text) for s in cell) for cell in column))) for column in columns)


def _sentence(sentence: Sentence, language: str) -> dict[str, Any]:
    """A sentence, and which of its words are of another language and are broken into lines as that language does."""
    other = next((one.language for one in sentence.supports if one.language in QUOTE_MARKS), language)
    foreign = sentence.quotes if other != language else ()
    return {"id": sentence.id, "text": sentence.text, "foreign": foreign, "language": other}


def _annex(draft: Draft, images: Mapping[PageKey, str]) -> list[dict[str, Any]]:
    """Every page a sentence rests on, once, with the words used from it and the sentences that use them."""
    sources: dict[PageKey, dict[str, Any]] = {}
    for sentence in draft.sentences():
        for support in sentence.supports:
            key = (support.document, support.page)
            source = sources.setdefault(
                key,
                {
                    "number": len(sources) + 1,
                    "called": support.called.in_(draft.language),
                    "page": support.page,
                    "digest": support.document,
                    "passages": {},
                    "image": images.get(key),
                },
            )
            source["passages"].setdefault(" ".join(support.exact.split()), []).append(sentence.id)
    return [
        {**source, "passages": [{"exact": e, "sentences": ids} for e, ids in source["passages"].items()]}
        for source in sources.values()
    ]
