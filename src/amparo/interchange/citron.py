"""Claims in the format of Citron, the BBC's quote extractor, so that either may be measured with the other's tools.

Citron knows a cue, source spans, content spans and a confidence. It has no word for stance, form, chain, an author who
speaks for themselves, or a claim without a cue: the last are left out, the others are lost.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from amparo.domain.claims import Claim, Form, Source
from amparo.domain.dossier import Dossier
from amparo.domain.text import Maker, Quote, Text
from amparo.errors import BrokenInterchange

_OPENING = "\"“”„«‘'"
_UNKNOWN_CONFIDENCE = 1.0


class CitronSpan(msgspec.Struct, frozen=True, kw_only=True):
    """Words and where they stand, in code points."""

    start: int
    end: int
    text: str


class CitronQuote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One quote: who speaks, the word that says so, what is said.

    Args:
        cue: the attributing words.
        sources: who speaks.
        contents: what is said.
        coreferences: the words that stand for the speaker, where ``sources`` names them elsewhere.
        confidence: as Citron writes it, four places.
    """

    cue: CitronSpan
    sources: tuple[CitronSpan, ...]
    contents: tuple[CitronSpan, ...]
    coreferences: tuple[CitronSpan, ...] | None = None
    confidence: str = ""


class CitronFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document with its quotes."""

    text: str
    quotes: tuple[CitronQuote, ...]
    coreference_groups: tuple[tuple[CitronSpan, ...], ...] | None = None


def citron_of(dossier: Dossier) -> CitronFile:
    """A document's claims as Citron's quotes, and its people as coreference groups.

    Args:
        dossier: one document with its reading and notes.
    """
    notes = dossier.notes
    groups = tuple(tuple(_span(notes.mentions[at].quote) for at in person.mentions) for person in notes.people)
    return CitronFile(
        text=dossier.text.content,
        quotes=quotes_of(notes.claims),
        coreference_groups=tuple(group for group in groups if group) or None,
    )


def quotes_of(claims: Sequence[Claim]) -> tuple[CitronQuote, ...]:
    """The claims that have a cue, in order."""
    return tuple(
        CitronQuote(
            cue=_span(claim.cue),
            sources=tuple(_span(quote) for quote in claim.source.quotes),
            contents=tuple(_span(quote) for quote in claim.contents),
            confidence=f"{claim.confidence:.4f}",
        )
        for claim in claims
        if claim.cue is not None
    )


def write_citron(file: CitronFile) -> bytes:
    """A file of Citron's as one line of JSON."""
    return msgspec.json.encode(file) + b"\n"


def read_citron(data: bytes) -> CitronFile:
    """A file of Citron's.

    Raises:
        BrokenInterchange: it is no such file.
    """
    try:
        return msgspec.json.decode(data, type=CitronFile)
    except msgspec.MsgspecError as problem:
        raise BrokenInterchange(format="citron") from problem


def claims_from(file: CitronFile, text: Text, *, maker: Maker) -> tuple[Claim, ...]:
    """Citron's quotes as claims: all of them assert, for Citron does not tell how something is said.

    Args:
        file: as read.
        text: our reading of the same words.
        maker: whose notes these are.

    Raises:
        BrokenInterchange: a span does not hold the words it says, or a quote says nothing.
    """

    def quote(span: CitronSpan) -> Quote:
        if not 0 <= span.start < span.end <= len(text.content) or text.content[span.start : span.end] != span.text:
            raise BrokenInterchange("A quote does not stand where it says in this text.", format="citron")
        return text.quote(span.start, span.end)

    made = []
    for one in file.quotes:
        if not one.contents:
            raise BrokenInterchange("A quote says nothing.", format="citron")
        contents, spoken = tuple(quote(span) for span in one.contents), tuple(quote(span) for span in one.sources)
        source = Source(kind="mention", quotes=spoken) if spoken else Source(kind="unknown")
        made.append(
            Claim(contents=contents, cue=quote(one.cue), source=source, form=_form(contents), stance="asserts",
                  confidence=_confidence(one.confidence), maker=maker)
        )  # fmt: skip
    return tuple(made)


def _span(quote: Quote) -> CitronSpan:
    return CitronSpan(start=quote.start, end=quote.end, text=quote.exact)


def _form(contents: Sequence[Quote]) -> Form:
    quoted = [quote.exact[0] in _OPENING for quote in contents]
    return "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"


def _confidence(written: str) -> float:
    if not written:
        return _UNKNOWN_CONFIDENCE
    try:
        return min(1.0, max(0.0, float(written)))
    except ValueError as problem:
        raise BrokenInterchange("A confidence is no number.", format="citron") from problem
