"""Where sentences begin and end, for print and for letters that know no full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from amparo.domain.notes import Notes, Stretch
from amparo.domain.text import Language, Text
from amparo.extraction.components import Step
from amparo.extraction.vocabulary import vocabulary

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_OPENER = re.compile(r"[\s\"'“‘«¿¡(\[—–-]*(?P<first>\S)")
_LAST_TOKEN = re.compile(r"(\S+)$")
WRAPPED_AT = 50
"""A line at least this long, in characters, may have been broken only because the paper ended."""


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds sentences by stops, capitals, abbreviations and line ends."""
    words = vocabulary("sentences", language)
    always, sometimes = frozenset(words["always"]), frozenset(words["sometimes"])

    def step(text: Text, notes: Notes) -> Notes:
        found = tuple(split_sentences(text.content, always=always, sometimes=sometimes))
        return msgspec.structs.replace(notes, sentences=found)

    return step


def split_sentences(
    content: str, *, always: frozenset[str] = frozenset(), sometimes: frozenset[str] = frozenset()
) -> Iterator[Stretch]:
    """Split content into sentences that hold every character but the white space between them.

    Args:
        content: the words.
        always: shortenings, without their stop, after which a sentence goes on.
        sometimes: shortenings after which it goes on unless a capital follows.

    >>> words = "He told Mr. Ruiz no. Then he left."
    >>> [words[s.start : s.end] for s in split_sentences(words, always=frozenset({"mr"}))]
    ['He told Mr. Ruiz no.', 'Then he left.']
    """
    for start, end in _paragraphs(content):
        at = start
        for cut in _cuts(content, start, end, always, sometimes):
            yield from _trimmed(content, at, cut)
            at = cut
        yield from _trimmed(content, at, end)


def _paragraphs(content: str) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines, further cut at line ends that are not mere wrapping."""
    at = 0
    for gap in (*_BLANK.finditer(content), None):
        end = gap.start() if gap else len(content)
        line_start = at
        for position in range(at, end):
            if content[position] == "\n" and not _wrapped(content, line_start, position, end):
                yield at, position
                at = line_start = position + 1
            elif content[position] == "\n":
                line_start = position + 1
        yield at, end
        at = gap.end() if gap else end


def _wrapped(content: str, line_start: int, line_end: int, paragraph_end: int) -> bool:
    """Whether a line was broken by the margin and its sentence goes on in the next."""
    line, following = content[line_start:line_end].strip(), content[line_end + 1 : paragraph_end].lstrip(" \t")
    if not line or not following:
        return False
    if line.endswith(":"):
        return False
    return len(line) >= WRAPPED_AT or (following[0].islower() and line[-1] not in ".!?…")


def _cuts(content: str, start: int, end: int, always: frozenset[str], sometimes: frozenset[str]) -> Iterator[int]:
    for stop in _STOP.finditer(content, start, end):
        opener = _OPENER.match(content, stop.end(), end)
        if opener is None:
            continue
        before = _LAST_TOKEN.search(content[max(start, stop.start() - 24) : stop.start()])
        token = before.group(1).strip("\"'“‘«(¿¡[").casefold() if before else ""
        first = opener["first"]
        if content[stop.start()] == ".":
            if token in always and stop.group().rstrip("\"'”’»)]") == ".":
                continue
            if len(token) == 1 and token.isalpha() and content[stop.start() - 1].isupper():
                continue
            if token in sometimes and not first.isupper():
                continue
        if first.islower() and not (content[stop.start()] in "!?" and stop.group()[-1] not in "\"”»'’"):
            # A small letter goes on with the sentence, except after run-on stops in letters: "he left.then..."
            plain_stop = content[stop.start()] == "." and stop.group()[-1] not in "\"”»'’"
            if not (plain_stop and _run_on(content, start, end)):
                continue
        yield stop.end()


def _run_on(content: str, start: int, end: int) -> bool:
    """Whether the writer of this paragraph begins sentences with small letters."""
    stretch = content[start:end]
    return len(re.findall(r"[.!?]\s+[a-záéíóúñü]", stretch)) > len(re.findall(r"[.!?]\s+[A-ZÁÉÍÓÚÑÜ]", stretch))


def _trimmed(content: str, start: int, end: int) -> Iterator[Stretch]:
    piece = content[start:end]
    if piece.strip():
        yield Stretch(start=start + len(piece) - len(piece.lstrip()), end=start + len(piece.rstrip()))
