"""Whether a document is a letter, a news report or an official paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from amparo.domain.notes import Genre, Notes
from amparo.domain.text import Language, Text
from amparo.extraction.components import Step
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

OPENING, CLOSING = 400, 300
"""How many characters at the head and foot are searched for salutations, datelines and signatures."""


_DATELINE = re.compile(r"^[^\n]{3,70}\([^()\n]{3,40}\)\s?(?:[–—-]|\.[–—-])", re.MULTILINE)
"""The opening of a report: "DENVER, June 3 (Summit Wire) –"."""


def _heading(head: str) -> bool:
    """Whether a paper begins with a heading in capitals that is more than a label such as LEGAL MAIL."""
    first = head.lstrip().split("\n")[0]
    return first.isupper() and len(first.split()) >= 3


def by_signs(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that tells letters, news and official papers apart by their outward signs."""

    def step(text: Text, notes: Notes) -> Notes:
        return msgspec.structs.replace(notes, genre=tell_genre(text.content, language=language))

    return step


def tell_genre(content: str, *, language: Language) -> Genre:
    r"""Tell by salutation, first person, dateline and official headings what kind of paper this is.

    Args:
        content: the words.
        language: whose words to look for.

    >>> tell_genre("Dear Judge,\nI am writing because my legal mail is opened.\nRespectfully", language="en")
    'letter'
    """
    words = vocabulary("genre", language)
    head, foot = content[:OPENING], content[-CLOSING:]
    length = max(1, len(content.split()))

    def count(group: str, where: str) -> int:
        return sum(1 for _ in Phrases.of(words[group]).find(where))

    quoted = sum(len(q) for q in re.findall(r"[“\"«][^”\"»]{3,400}[”\"»]", content)) / max(1, len(content))
    first_person = count("first_person", re.sub(r"[“\"«][^”\"»]*[”\"»]", " ", content)) / length
    dateline = _DATELINE.search(content[: 3 * OPENING]) is not None
    greeted = any(
        found.start == 0 for line in head.split("\n") for found in Phrases.of(words["salutation"]).find(line.lstrip())
    )
    letter = 2 * count("salutation", head) + 2 * greeted + count("closing", foot) + 80 * min(first_person, 0.06)
    news = (
        2 * count("dateline", head) + min(4.0, 40 * count("attribution", content) / length) + 4 * quoted + 6 * dateline
    )
    official = 2 * count("official", head) + min(5.0, count("official", content) / 2) + 2 * _heading(head)
    if official >= 4 and official > max(letter, news):
        return "official"
    return "letter" if letter >= news else "news"
