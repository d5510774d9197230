"""One document through every pure step: bytes → text → notes."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from amparo import extraction, reading
from amparo.domain.dossier import Dossier
from amparo.domain.text import Document, Language, Text
from amparo.extraction.paper.genre import tell_genre
from amparo.extraction.vocabulary import vocabulary


def examine(
    data: bytes,
    *,
    name: str = "",
    pipeline: str = "auto",
    today: dt.date | None = None,
    part_of: str | None = None,
) -> Dossier:
    r"""Read one document and note who says what, what is alleged and what happened.

    Args:
            data: the bytes as received; they are never changed.
            name: the name it arrived under; the bytes decide what it is.
            pipeline: a pipeline's name, or ``auto`` to choose by language and kind of paper.
            today: the day it is read, from which only a dateline without a year is reckoned.
            part_of: digest of the message it was attached to.

    Raises:
            UnreadableDocument: the bytes cannot be read; the error says why and what to do.
            BrokenPipeline: there is no such pipeline.

        >>> import datetime as dt
        >>> letter = (
        ...     b"March 3, 2026\n\nDear Judge Orme,\n\nI have had no insulin since February 27.\n\n"
        ...     b"Sincerely,\nAda Pike"
        ... )
        >>> dossier = examine(letter, name="letter.txt", today=dt.date(2026, 3, 9))
        >>> [a.act for a in dossier.notes.allegations]
        ['MED-04']
    """
    media_type = reading.detect(data, name=name)
    text = reading.read(data, media_type=media_type, name=name)
    document = Document.of(data, name=name, media_type=media_type, part_of=part_of)
    chosen = choose_pipeline(text) if pipeline == "auto" else pipeline
    notes = extraction.load_pipeline(chosen).run(text, today=today)
    return Dossier(document=document, text=text, notes=notes, pipeline=chosen)


def examine_parcel(
    data: bytes, *, name: str = "", pipeline: str = "auto", today: dt.date | None = None
) -> tuple[Dossier, ...]:
    """Read one document and, if it is a message, each of its attachments as a document of its own.

    Args:
        data: the bytes as received.
        name: the name it arrived under.
        pipeline: a pipeline's name, or ``auto``.
        today: the day it is read.

    Raises:
        UnreadableDocument: the document itself cannot be read. An attachment that cannot be read is
            left out here; :func:`amparo.bulk.examine_many` reports it.
    """
    first = examine(data, name=name, pipeline=pipeline, today=today)
    rest = (
        examine(part.data, name=part.name, pipeline=pipeline, today=today, part_of=first.document.id)
        for part in reading.attachments(data)
    )
    return (first, *rest)


class ActLabel(NamedTuple):
    """What to call an act in English and Spanish, and how soon it asks for somebody's hand (U0 within hours)."""

    en: str
    es: str
    urgency: str


@cache
def act_labels() -> dict[str, ActLabel]:
    """The label of every act, by its code.

    >>> act_labels()["MED-04"].es
    'Suspensión de medicamento'
    """
    acts = vocabulary("acts")["act"]
    return {a["code"]: ActLabel(a["label"]["en"], a["label"]["es"], a["urgency"]) for a in acts}


def choose_pipeline(text: Text) -> str:
    """The pipeline for a text's language and kind of paper; what is neither English nor Spanish is read as English."""
    language: Language = "es" if text.language == "es" else "en"
    kind = "news" if tell_genre(text.content, language=language) == "news" else "letters"
    return f"{language}-{kind}"
