"""One document through every pure step: bytes → text → notes → standards and doors."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from amparo import extraction, reading
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.notes import Notes
from amparo.domain.remedies import Channel, Facts, Value
from amparo.domain.rulebook import Rulebook
from amparo.domain.text import Document, Language, Text
from amparo.extraction.paper.genre import tell_genre
from amparo.extraction.vocabulary import vocabulary
from amparo.rules import find_channels, load_rules
from amparo.rules.facts import with_place
from amparo.rules.standards import match_standards


def examine(
    data: bytes,
    *,
    name: str = "",
    pipeline: str = "auto",
    today: dt.date | None = None,
    part_of: str | None = None,
    rulebook: Rulebook | None = None,
) -> Dossier:
    r"""Read one document and note who says what, what is alleged and what happened.

    Args:
            data: the bytes as received; they are never changed.
            name: the name it arrived under; the bytes decide what it is.
            pipeline: a pipeline's name, or ``auto`` to choose by language and kind of paper.
            today: the day it is read; a dateline without a year is reckoned from it, and doors are looked at on it.
            part_of: digest of the message it was attached to.
            rulebook: the law; what ships with amparo by default.

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
    facts = proposed_facts(notes)
    state = str(facts.get("state") or "")
    matter = bool(notes.allegations) or any(isinstance(p.value, PartialDate) for p in notes.proposals)
    channels: tuple[Channel, ...] = ()
    if today is not None and matter:
        book = rulebook or load_rules()
        channels = tuple(c for c in find_channels(facts, book, today=today) if _fits(c, notes, book, today))
    return Dossier(
        document=document,
        text=text,
        notes=notes,
        pipeline=chosen,
        standards=tuple(match_standards(allegation.act, state=state) for allegation in notes.allegations),
        facts=facts,
        channels=channels,
    )


def _fits(channel: Channel, notes: Notes, rulebook: Rulebook, today: dt.date) -> bool:
    """Whether a door is made for any of the acts alleged; one made for no acts in particular is for all."""
    wording = rulebook.in_force(channel.procedure, today)
    about = wording.about if wording is not None else ()
    return not about or any(act.act.startswith(about) for act in notes.allegations)


def proposed_facts(notes: Notes) -> Facts:
    """What a document's proposals come to when taken together: several days for one fact make a span of days.

    Args:
        notes: with proposals.
    """
    values: dict[str, Value] = {}
    known_from: dict[str, str] = {}
    for proposal in notes.proposals:
        before = values.get(proposal.fact)
        if isinstance(before, PartialDate) and isinstance(proposal.value, PartialDate):
            values[proposal.fact] = PartialDate(
                earliest=min(before.earliest, proposal.value.earliest),
                latest=max(before.latest, proposal.value.latest),
                written=f"{before.written}; {proposal.value.written}",
            )
        elif before is None:
            values[proposal.fact] = proposal.value
        words = " … ".join(quote.exact for quote in proposal.quotes)
        known_from[proposal.fact] = f"{known_from[proposal.fact]}; {words}" if proposal.fact in known_from else words
    return with_place(Facts(values=values, known_from=known_from))


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
