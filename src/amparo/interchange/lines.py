"""A dossier as one JSON line: the shape that ``amparo examine --jsonl`` writes and others build on.

These names and shapes change only with a line in the changelog. Offsets are code points into ``text.content``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from amparo.domain.claims import Allegation, Claim, CustodyEvent, Form, Mention, Source, Stance, Status
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.law import Standard
from amparo.domain.notes import Genre, Stretch
from amparo.domain.parties import PersonRole
from amparo.domain.proposals import Proposal
from amparo.domain.remedies import Channel
from amparo.domain.text import Document, Language, Maker, Page, Quote, Remark


class LineQuote(msgspec.Struct, frozen=True, kw_only=True):
    """Exact words and where they stand."""

    start: int
    end: int
    exact: str


class LineDate(msgspec.Struct, frozen=True, kw_only=True):
    """Words for when, and the first and last day they may mean; null where it cannot be told."""

    written: str
    earliest: str | None = None
    latest: str | None = None


class LineText(msgspec.Struct, frozen=True, kw_only=True):
    """A reading: its words, pages, language and maker."""

    content: str
    language: Language
    pages: tuple[Page, ...]
    maker: Maker
    remarks: tuple[Remark, ...]


class LineMention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name something, with the canonical form."""

    start: int
    end: int
    exact: str
    kind: str
    normal: str


class LinePerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person under all the names of this document; mentions are indices."""

    name: str
    aliases: tuple[str, ...]
    role: PersonRole
    mentions: tuple[int, ...]


class LineSource(msgspec.Struct, frozen=True, kw_only=True):
    """Whose words: a mention, the author, or unknown; person is an index into people."""

    kind: str
    spans: tuple[LineQuote, ...]
    person: int | None


class LineClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with cue, source, chain (outermost first), form, stance and confidence."""

    contents: tuple[LineQuote, ...]
    cue: LineQuote | None
    source: LineSource
    chain: tuple[LineSource, ...]
    form: Form
    stance: Stance
    confidence: float


class LineAllegation(msgspec.Struct, frozen=True, kw_only=True):
    """An allegation; affected and actor are indices into people, or words; claims are indices."""

    act: str
    quotes: tuple[LineQuote, ...]
    affected: int | str | None
    actor: int | str | None
    place: str | None
    when: LineDate | None
    status: Status
    claims: tuple[int, ...]
    standards: tuple[str, ...]
    confidence: float


class LineEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A custody event."""

    kind: str
    who: str
    when: LineDate | None
    start: int
    end: int
    exact: str


class LineProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A fact the document proposes, with the exact words; nobody has confirmed it."""

    fact: str
    value: LineDate | bool | str
    quotes: tuple[LineQuote, ...]


class LineChannel(msgspec.Struct, frozen=True, kw_only=True):
    """A door the proposals suggest: open, pending, not-yet, cannot-tell or closed, its days, reasons and questions."""

    procedure: str
    step: str
    title: str
    state: str
    last: str | None
    safe: str | None
    send_by: str | None
    due: str | None
    certain: bool | None
    because: tuple[str, ...]
    ask: tuple[str, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One document, read and noted."""

    document: Document
    genre: Genre
    written: LineDate | None
    pipeline: str
    text: LineText
    mentions: tuple[LineMention, ...]
    people: tuple[LinePerson, ...]
    claims: tuple[LineClaim, ...]
    allegations: tuple[LineAllegation, ...]
    events: tuple[LineEvent, ...]
    filler: tuple[Stretch, ...]
    proposals: tuple[LineProposal, ...]
    channels: tuple[LineChannel, ...]
    makers: Mapping[str, Maker]


class FailedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The name of a document that could not be read, and of the message it came with."""

    name: str
    part_of: str | None = None


class LineError(msgspec.Struct, frozen=True, kw_only=True):
    """An error's code and what to do next."""

    code: str
    message: str


class FailedLine(msgspec.Struct, frozen=True, kw_only=True):
    """The line of a document that could not be read."""

    document: FailedDocument
    error: LineError


def line_of(dossier: Dossier) -> Line:
    """Put a dossier in the shape of a line.

    Args:
        dossier: one document with its reading and notes.
    """
    text, notes = dossier.text, dossier.notes
    return Line(
        document=dossier.document,
        genre=notes.genre,
        written=_date(notes.written),
        pipeline=dossier.pipeline,
        text=LineText(
            content=text.content, language=text.language, pages=text.pages, maker=text.maker, remarks=text.remarks
        ),
        mentions=tuple(_mention(m) for m in notes.mentions),
        people=tuple(
            LinePerson(name=p.name, aliases=p.aliases, role=p.role, mentions=p.mentions) for p in notes.people
        ),
        claims=tuple(_claim(c) for c in notes.claims),
        allegations=tuple(
            _allegation(a, standards) for a, standards in zip(notes.allegations, dossier.standards, strict=True)
        ),
        events=tuple(_event(e) for e in notes.events),
        filler=notes.filler,
        proposals=tuple(_proposal(p) for p in notes.proposals),
        channels=tuple(_channel(c) for c in dossier.channels),
        makers=notes.makers,
    )


def encode_line(line: Line | FailedLine) -> bytes:
    """One line of UTF-8 JSON, with its line end."""
    return msgspec.json.encode(line) + b"\n"


def _quote(quote: Quote) -> LineQuote:
    return LineQuote(start=quote.start, end=quote.end, exact=quote.exact)


def _quotes(quotes: Sequence[Quote]) -> tuple[LineQuote, ...]:
    return tuple(_quote(q) for q in quotes)


def _date(date: PartialDate | None) -> LineDate | None:
    if date is None:
        return None
    return LineDate(written=date.written, earliest=str(date.earliest), latest=str(date.latest))


def _mention(mention: Mention) -> LineMention:
    quote = mention.quote
    return LineMention(start=quote.start, end=quote.end, exact=quote.exact, kind=mention.kind, normal=mention.normal)


def _source(source: Source) -> LineSource:
    return LineSource(kind=source.kind, spans=_quotes(source.quotes), person=source.person)


def _claim(claim: Claim) -> LineClaim:
    return LineClaim(
        contents=_quotes(claim.contents),
        cue=_quote(claim.cue) if claim.cue is not None else None,
        source=_source(claim.source),
        chain=tuple(_source(s) for s in claim.chain),
        form=claim.form,
        stance=claim.stance,
        confidence=round(claim.confidence, 3),
    )


def _allegation(allegation: Allegation, standards: Sequence[Standard]) -> LineAllegation:
    def who(kind: str) -> int | str | None:
        role = next((r for r in allegation.roles if r.kind == kind), None)
        return None if role is None else role.words if role.person is None else role.person

    return LineAllegation(
        act=allegation.act,
        quotes=_quotes(allegation.quotes),
        affected=who("affected"),
        actor=who("actor"),
        place=allegation.place,
        when=_date(allegation.when),
        status=allegation.status,
        claims=allegation.claims,
        standards=tuple(standard.id for standard in standards),
        confidence=round(allegation.confidence, 3),
    )


def _proposal(proposal: Proposal) -> LineProposal:
    value = proposal.value
    told = value if isinstance(value, bool | str) else _date(value)
    return LineProposal(fact=proposal.fact, value=told or "", quotes=_quotes(proposal.quotes))


def _channel(channel: Channel) -> LineChannel:
    deadline, due = channel.deadline, channel.answer_due
    return LineChannel(
        procedure=channel.procedure,
        step=channel.step,
        title=channel.title.en,
        state=channel.state,
        last=str(deadline.last) if deadline else None,
        safe=str(deadline.safe) if deadline else None,
        send_by=str(deadline.send_by) if deadline and deadline.send_by else None,
        due=str(due.last) if due else None,
        certain=deadline.certain if deadline else None,
        because=tuple(reason.code for reason in channel.because),
        ask=tuple(question.fact for question in channel.ask),
    )


def _event(event: CustodyEvent) -> LineEvent:
    quote = event.quote
    return LineEvent(
        kind=event.kind, who=event.who, when=_date(event.when), start=quote.start, end=quote.end, exact=quote.exact
    )
