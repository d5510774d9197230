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


_PLACE = re.compile(
    r"^(?:[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.]+(?:[ -][A-ZÁÉÍÓÚÑ.]{2,}){0,3})(?:, [\w. ]{2,25})?\s?"
    r"(?:\.[–—-]|[–—]|--?\s)\s?(?=[\"“«]?[A-ZÁÉÍÓÚÑ][^\n]*[a-záéíóúñ])",
    re.MULTILINE,
)
"""The opening of a report without its agency: "HALDEN CREEK, Colo. — Four men …"."""
_BYLINE = re.compile(r"^(?:By|Por) [A-ZÁÉÍÓÚÑ]\w+(?: [A-ZÁÉÍÓÚÑ][\w.]*){1,3}(?:,[^\n]{0,60})?$", re.MULTILINE)


def answers_only(content: str, *, language: Language) -> bool:
    r"""Whether a paper is an agency's form that only answers, which alleges nothing in its own words.

    Args:
        content: the words.
        language: whose words to look for.

    >>> answers_only("REJECTION NOTICE - ADMINISTRATIVE REMEDY\n\nDATE: MAY 4, 2026", language="en")
    True
    """
    forms = Phrases.of(vocabulary("genre", language)["answering_forms"])
    lines = [line.strip() for line in content[:OPENING].split("\n") if line.strip()]
    # Only a form's own title counts, not a letter that speaks of one.
    return any(
        found.start <= 2 or line.isupper() for line in lines[:5] if len(line.split()) <= 9 for found in forms.find(line)
    )


def _noted(head: str, words: Mapping[str, list[str]]) -> int:
    """How much speaks for a working note: its title, and lines that begin with a label and a colon."""
    labels, titles = Phrases.of(words["note_labels"]), Phrases.of(words["note_titles"])
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    labelled = sum(
        any(found.start == 0 and line[found.end :].lstrip().startswith(":") for found in labels.find(line))
        for line in lines
    )
    titled = any(found.start <= 4 for line in lines[:3] if len(line.split()) <= 9 for found in titles.find(line))
    return 6 * titled + 2 * (labelled if labelled >= 2 or titled else 0)


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
    opening = content[: 3 * OPENING]
    dateline = any(shape.search(opening) is not None for shape in (_DATELINE, _PLACE))
    byline = _BYLINE.search(head) is not None
    greeted = any(
        found.start == 0 for line in head.split("\n") for found in Phrases.of(words["salutation"]).find(line.lstrip())
    )
    noted = _noted(head, words)
    letter = noted + 2 * count("salutation", head) + 2 * greeted + count("closing", foot) + 80 * min(first_person, 0.06)
    news = 2 * count("dateline", head) + min(4.0, 40 * count("attribution", content) / length) + 4 * quoted
    news += 6 * dateline + 3 * byline
    official = 2 * count("official", head) + min(5.0, count("official", content) / 2) + 2 * _heading(head)
    if official >= 4 and official > max(letter, news):
        return "official"
    return "letter" if letter >= news else "news"
