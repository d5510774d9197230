"""Where words stand between quotation marks, after a dash of dialogue, or behind a speaker's name and a colon."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_MARK = re.compile('["“”«»„]')
_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*[—–-] ?\w)")
_DASH_LINE = re.compile(r"(?:^|\n)[ \t]*(?P<mark>[—–]|- ?)(?=[¿¡\"“A-ZÁÉÍÓÚÑ])")
_SINGLE = re.compile(
    r"(?<![\w'’‘\"“])(?:'(?=[^\W\d_])|‘)(?P<inner>(?:[^'‘’\n]|\n(?!\s*\n)|(?<=\w)['’](?=\w)){3,400}?[.,?!…])['’](?![\w'’])"
)
"""Single marks: what they close on ends in a mark of its own, so that an apostrophe closes nothing."""
LONGEST = 2500
"""A quotation longer than this, in characters, has lost its end mark."""


class Quotation(NamedTuple):
    """Words somebody is quoted with: code points, half-open, with and without the marks."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(content: str) -> list[Quotation]:
    """Every quotation, in order; marks within marks belong to the outer one.

    A quotation that ends its paragraph unclosed, when the next begins with an opening mark, is each paragraph's own.

    Args:
        content: the words.

    >>> [content[q.inner_start : q.inner_end] for content in ['He said: "No." Then: "Go."'] for q in
    ...  find_quotations(content)]
    ['No.', 'Go.']
    """
    found: list[Quotation] = []
    at = 0
    for gap in (*_BREAK.finditer(content), None):
        end = gap.start() if gap else len(content)
        found.extend(_in_paragraph(content, at, end))
        at = gap.end() if gap else end
    found.extend(_dialogue(content, found))
    found.sort()
    singles = (Quotation(*m.span(), *m.span("inner")) for m in _SINGLE.finditer(content))
    return sorted((*found, *(one for one in singles if not quoted_within(found, one.start, one.end))))


def quoted_within(quotations: Sequence[Quotation], begin: int, end: int) -> Sequence[Quotation]:
    """The quotations that overlap a stretch; they are in order and do not overlap one another."""
    first = max(0, bisect_right(quotations, begin, key=lambda q: q.start) - 1)
    last = bisect_left(quotations, end, key=lambda q: q.start)
    return [q for q in quotations[first:last] if q.start < end and begin < q.end]


def _in_paragraph(content: str, begin: int, end: int) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    depth = 0
    marks = list(_MARK.finditer(content, begin, end))
    for mark in marks:
        kind = mark.group()
        if opened is None:
            if kind in "“«„" or (kind in '"”' and _may_open(content, mark.start(), begin)):
                opened, depth = mark, 0
        elif kind in "“«„" and kind == opened.group():
            depth += 1
        elif kind in '”»"' and _closes(opened.group(), kind):
            if depth:
                depth -= 1
                continue
            yield Quotation(opened.start(), mark.end(), opened.end(), mark.start())
            opened = None
    if opened is not None and end - opened.end() > 1 and end - opened.start() < LONGEST:
        yield Quotation(opened.start(), end, opened.end(), end)


def _may_open(content: str, at: int, begin: int) -> bool:
    return at == begin or not content[at - 1].isalnum()


def _closes(opening: str, closing: str) -> bool:
    return {"«": "»", "“": '”"', "„": '“”"', '"': '"”', "”": '”"'}[opening].find(closing) >= 0


def _dialogue(content: str, known: list[Quotation]) -> Iterator[Quotation]:
    """Speech after a dash at the head of a line, up to the dash that begins the teller's own words."""
    for line in _DASH_LINE.finditer(content):
        at = line.end()
        end = content.find("\n", at)
        end = len(content) if end < 0 else end
        mark = line["mark"][0]
        if mark == "-":
            continue
        speaking, begin = True, at
        for stop in re.finditer(re.escape(mark), content[at:end]):
            where = at + stop.start()
            if speaking:
                yield from _spoken(content, line.start("mark") if begin == at else begin, begin, where, known)
            speaking = not speaking
            begin = where + 1
        if speaking:
            yield from _spoken(content, line.start("mark") if begin == at else begin, begin, end, known)


def _spoken(content: str, start: int, begin: int, end: int, known: list[Quotation]) -> Iterator[Quotation]:
    while begin < end and content[begin] in " .,;:":
        begin += 1
    while end > begin and content[end - 1].isspace():
        end -= 1
    if end - begin > 1 and not any(q.start < end and begin < q.end for q in known):
        yield Quotation(min(start, begin), end, begin, end)
