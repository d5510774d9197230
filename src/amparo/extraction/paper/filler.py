"""What a document carries beside its matter: subscribe lines, pointers, navigation, items about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from amparo.domain.notes import Notes, Stretch
from amparo.domain.text import Language, Text
from amparo.extraction.components import Step
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

POINTER_LENGTH = 160
"""A pointer to something else is a short line; longer ones are matter that happens to begin with the word."""


def by_signs(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that sets aside what pages and forms carry beside their matter."""

    def step(text: Text, notes: Notes) -> Notes:
        return msgspec.structs.replace(notes, filler=tuple(_merged(find_filler(text, notes, language=language))))

    return step


def find_filler(text: Text, notes: Notes, *, language: Language) -> Iterator[Stretch]:
    """Stretches that are no part of the matter; they stay in the text and are only set aside.

    In letters nothing is set aside but the headings of forms: what a writer tells beside the point may be the point.

    Args:
        text: the reading.
        notes: with genre and sentences.
        language: whose words to look for.
    """
    words = vocabulary("filler", language)
    form = Phrases.of(words["form"])
    for sentence in notes.sentences:
        piece = text.content[sentence.start : sentence.end]
        if any(True for _ in form.find(piece)) and len(piece) < POINTER_LENGTH:
            yield sentence
    if notes.genre != "news":
        return
    page, unrelated, pointer = Phrases.of(words["page"]), Phrases.of(words["unrelated"]), Phrases.of(words["pointer"])
    title = notes.sentences[0] if notes.sentences else None
    for sentence in notes.sentences:
        piece = text.content[sentence.start : sentence.end]
        pointing = len(piece) < POINTER_LENGTH and sentence is not title and _points(piece, pointer)
        if pointing or any(True for _ in page.find(piece)):
            yield sentence
    for paragraph in _paragraphs(text.content):
        opening = text.content[paragraph.start : paragraph.start + POINTER_LENGTH]
        if any(found.start < 60 for found in unrelated.find(opening)):
            yield paragraph


def _points(piece: str, pointer: Phrases) -> bool:
    first = next(pointer.find(piece), None)
    if first is None or first.start > 1:
        return False
    return ":" in piece[: first.end + 2] or piece[: first.end].isupper()


def _paragraphs(content: str) -> Iterator[Stretch]:
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", content):
        yield Stretch(start=match.start(), end=match.end())


def _merged(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for stretch in sorted(stretches):
        if held is not None and stretch.start <= held.end:
            held = Stretch(start=held.start, end=max(held.end, stretch.end))
        else:
            if held is not None:
                yield held
            held = stretch
    if held is not None:
        yield held
