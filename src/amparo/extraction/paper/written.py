"""The day a document was written or published, from its dateline, its heading or its carrier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from amparo.domain.dates import PartialDate
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.components import Step
from amparo.extraction.paper.mail_headers import find_headers
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.dates import find_dates
from amparo.extraction.when.shapes import alternatives

HEAD, FOOT = 500, 250
"""How many characters at the head and foot may hold the date of writing."""
STAMP = 100
"""A stamp, such as "Received June 3", is a line no longer than this, in characters."""
BESIDE = 40
"""How many characters a dateline may hold beside the date: a town, a label."""
LABEL = 8
"""How many characters may stand beside the date of writing in its own column ("Date:")."""
_COLUMNS = re.compile(r"[ \t]{3,}|\t")
_PLACE = re.compile(r"[^\W\d][\w .,'-]{1,40},\s*(?:a |el |hoy )?")
"""What an opening line says before its day: "El Cauchal, "."""
_RECORD = re.compile(
    r"\s*en (?:la|el) (?:ciudad|municipio|villa|poblacion|puerto)[\w ,.]{2,80}?,? ?"
    r"(?:a|siendo[\w :,.]{0,60}|el dia|a los|al dia|del dia)?(?: dia)? ?"
)
"""The opening of a record: "En la ciudad de Oaxaca, a" before its day."""
_FEAST = re.compile(
    r"(?:, ?(?:dia|fiesta|vispera|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b| de la )[^.:;!?]{0,50}"
)
"""What may follow the day at the head of a letter: "14 April, Tuesday of the second week of Easter"."""
_DATELINE = re.compile(r"\s*(?:\(|[—–-]|\.-|\.—|:)")


def by_dateline(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds the day of writing at the head or foot, else takes the carrier's day."""

    def step(text: Text, notes: Notes) -> Notes:
        return msgspec.structs.replace(notes, written=find_written(text, notes, language=language))

    return step


def find_written(text: Text, notes: Notes, *, language: Language) -> PartialDate | None:
    """The day of writing, or None where neither the document nor its carrier says.

    A dateline without a year takes the year of the carrier's day, or of the day the document is read.

    Args:
        text: the reading, with the carrier's day if it states one.
        notes: with the day of reading.
        language: whose dates to look for.
    """
    headers = find_headers(text.content, language=language)
    if headers is not None and headers.day is not None:
        line = text.content[slice(*headers.day)]
        for date in find_dates(line, language=language, written=notes.read_on):
            if date.named is not None and date.named.certain:
                return msgspec.structs.replace(date.named, written=line[date.start : date.end].strip(" ,."))
    seen_by = text.sent.latest if text.sent is not None else notes.read_on
    for stretch in _places(text.content):
        words = text.content[slice(*stretch)]
        for date in find_dates(words, language=language, written=seen_by):
            certain = date.named is not None and date.named.certain
            if date.named is not None and certain and _stands_apart(words, date.start, date.end, language):
                return msgspec.structs.replace(date.named, written=words[date.start : date.end].strip(" ,."))
    return text.sent


def _places(content: str) -> Iterator[tuple[int, int]]:
    head_end = content.find("\n", min(HEAD, len(content)))
    yield 0, len(content) if head_end == -1 else head_end
    if len(content) > HEAD + FOOT:
        yield content.rfind("\n", 0, len(content) - FOOT) + 1, len(content)


def _stands_apart(words: str, start: int, end: int, language: Language) -> bool:
    """Whether a date is a dateline: nearly alone on its line, or opening a report before a dash or bracket."""
    line_start = words.rfind("\n", 0, start) + 1
    line_end = words.find("\n", end)
    line = words[line_start : len(words) if line_end == -1 else line_end]
    known = vocabulary("genre", language)["written"]
    if len(line) <= STAMP and next(Phrases.of(known["stamps"]).find(line), None) is not None:
        return False
    column_start = line_start + max((m.end() for m in _COLUMNS.finditer(line[: start - line_start])), default=0)
    column_end = next((end + m.start() for m in _COLUMNS.finditer(line[end - line_start :])), line_start + len(line))
    told = re.search(r"(?:19|20)\d\d", words[start:end])
    if told and column_end - column_start < len(line.strip()) and column_end - column_start - (end - start) <= LABEL:
        return True
    before, after = fold(words[line_start:start]), words[end : line_end if line_end >= 0 else len(words)]
    if re.search(rf"(?:^|[.;] |\s{{3}})\s*(?:{alternatives(dict.fromkeys(known['labels']))})[ :,]*$", before):
        return True
    if _RECORD.fullmatch(before) and re.match(r"\s*,", after):
        return True
    opening = not words[:line_start].strip() and len(line) <= STAMP and line.rstrip()[-1] not in ".!?"
    if opening and _PLACE.fullmatch(before) and re.match(r"\s*,", after):
        return True
    if len(line) - (end - start) <= BESIDE and not re.search(r"[a-záéíóú]{2,}\.\s*$", line[end - line_start :]):
        return True
    if line_start == 0 and start <= BESIDE and _FEAST.fullmatch(fold(after)) and words[line_end:].startswith("\n\n"):
        return True
    return start - line_start <= BESIDE and _DATELINE.match(words, end) is not None
