"""Who says what, what is alleged, and what happened to a person in custody."""

from __future__ import annotations

from typing import Literal

import msgspec

from amparo.domain.dates import PartialDate
from amparo.domain.text import Maker, Quote

MentionKind = Literal[
    "person", "facility", "authority", "organisation", "place", "date", "register-number", "case-number", "citation"
]
Stance = Literal["asserts", "alleges", "denies", "confirms", "fears", "hopes", "promises", "rumour"]
Form = Literal["direct", "indirect", "mixed", "narrated"]
"""Direct: quoted words. Indirect: reported speech. Mixed: both. Narrated: the author's own telling."""
Status = Literal["current", "past", "resolved", "feared", "denied-by-authority"]
EventKind = Literal[
    "arrest",
    "charge",
    "conviction",
    "sentence",
    "transfer",
    "placed-in-segregation",
    "hearing",
    "filing",
    "response",
    "release",
    "escape",
    "death",
    "injury",
]
RoleKind = Literal["affected", "actor"]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name a person, place, authority, day or number.

    Args:
        quote: the words.
        kind: what they name.
        normal: canonical form: a full name, a facility's code, an ISO day or interval of days.
        when: the day meant, for dates that can be told.
        maker: who noted it.
    """

    quote: Quote
    kind: MentionKind
    normal: str
    maker: Maker
    when: PartialDate | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Whose words a claim holds: somebody mentioned, the document's author, or plainly unknown.

    Args:
        kind: mention, author or unknown; never empty.
        quotes: the words that name the source, for a mention.
        person: index into the notes' people, where it is known which.
    """

    kind: Literal["mention", "author", "unknown"]
    quotes: tuple[Quote, ...] = ()
    person: int | None = None

    def __post_init__(self) -> None:
        if (self.kind == "mention") != bool(self.quotes):
            raise ValueError("a mentioned source has words that name it, and only a mentioned one")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is said to have said, thought, ordered or feared.

    Args:
        contents: the claimed words; several where a quote is interrupted.
        cue: the attributing words (``told the judge``), if any.
        source: the first speaker of the words.
        chain: the reporters between the speaker and the document, outermost first.
        form: direct, indirect, mixed or narrated.
        stance: asserts, alleges, denies, confirms, fears, hopes, promises or rumour.
        confidence: 0 to 1.
        maker: who noted it.
    """

    contents: tuple[Quote, ...]
    source: Source
    form: Form
    stance: Stance
    confidence: float
    maker: Maker
    cue: Quote | None = None
    chain: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if not self.contents:
            raise ValueError("a claim has contents")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError("confidence lies between 0 and 1")


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """Who was affected by an act, or is said to have done it.

    Args:
        kind: affected or actor.
        words: the name or description to show, never empty.
        person: index into the notes' people, where it is known which.
    """

    kind: RoleKind
    words: str
    person: int | None = None

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a role names somebody, or is left open by leaving it out")


class Allegation(msgspec.Struct, frozen=True, kw_only=True):
    """An act of ill-treatment that somebody alleges; never called a violation.

    Args:
        act: code in the act vocabulary, such as ``MED-02``.
        quotes: the passage; an allegation without a passage cannot exist.
        status: current, past, resolved, feared or denied-by-authority.
        roles: who was affected and who is said to have acted; open roles are left out.
        place: the words for where, most precise first.
        when: the days it happened on, as far as they can be told.
        claims: indices of the claims it rests on, at least one.
        confidence: 0 to 1.
        maker: who noted it.
    """

    act: str
    quotes: tuple[Quote, ...]
    status: Status
    claims: tuple[int, ...]
    confidence: float
    maker: Maker
    roles: tuple[Role, ...] = ()
    place: str | None = None
    when: PartialDate | None = None

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError("an allegation rests on a passage")
        if not self.claims:
            raise ValueError("an allegation rests on a claim")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError("confidence lies between 0 and 1")

    def role(self, kind: RoleKind) -> Role | None:
        """The affected person or the actor, if the document tells."""
        return next((r for r in self.roles if r.kind == kind), None)


class CustodyEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A step in somebody's custody: arrest, hearing, transfer, filing, injury, release.

    Args:
        kind: one of the closed list.
        quote: the words that tell it.
        who: name or description, if told.
        person: index into the notes' people, where it is known which.
        when: the day, as far as it can be told.
        maker: who noted it.
    """

    kind: EventKind
    quote: Quote
    maker: Maker
    who: str = ""
    person: int | None = None
    when: PartialDate | None = None
