"""What a paper rests on, and the paper itself, sentence by sentence."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Literal

import msgspec

from amparo.domain.claims import EventKind, Stance, Status
from amparo.domain.dates import PartialDate
from amparo.domain.law import Bilingual
from amparo.domain.parties import PersonRole
from amparo.domain.remedies import Facts

Voice = Literal["first", "third"]
"""First: the detained person speaks and signs. Third: somebody writes about the person."""
SentenceKind = Literal["fact", "law", "wording"]
"""Fact: says what happened, and rests on something. Law: names a provision. Wording: what any such paper says."""
BlockKind = Literal["heading", "paragraph", "item", "quote", "header", "row", "field", "signature", "space"]


class Support(msgspec.Struct, frozen=True, kw_only=True):
    """The words in a document that a sentence rests on.

    Args:
        document: digest of the document's bytes.
        text: which reading of it.
        start, end: code points of the reading, half-open.
        exact: the words.
        called: how a paper names the document: ``letter of March 3, 2026``.
        page: the page the words stand on, when the document has pages.
        language: of the words.
        note: the record's own name of the note, ``note:12``.
    """

    document: str
    text: str
    start: int
    end: int
    exact: str
    called: Bilingual
    page: int | None = None
    language: str = "und"
    note: str = ""

    def __post_init__(self) -> None:
        if not self.exact or not 0 <= self.start < self.end:
            raise ValueError("a support holds the exact words at a stretch of a reading")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An allegation that a person confirmed, ready to be written into a paper.

    Args:
        act: its code.
        passages: the words it rests on, at least one.
        status: current, past, resolved, feared or denied-by-authority.
        when: the days it happened on, as far as known.
        place: where, in words.
        affected_known: whether the document says that it happened to the person the paper is for.
        actor: who is said to have acted, in words.
        speaker: who says so; empty when it is the person the paper is for.
        speaker_role: what the speaker is in the document.
        chain: those through whom the words came, outermost first.
        stance: how firmly it is said.
        standards: provisions it may engage, as they are cited, verified ones only.
    """

    act: str
    passages: tuple[Support, ...]
    status: Status
    when: PartialDate | None = None
    place: str = ""
    affected_known: bool = True
    actor: str = ""
    speaker: str = ""
    speaker_role: PersonRole | None = None
    chain: tuple[str, ...] = ()
    stance: Stance = "asserts"
    standards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.passages:
            raise ValueError("an allegation rests on a passage")


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A step in custody that a person confirmed."""

    kind: EventKind
    passages: tuple[Support, ...]
    when: PartialDate | None = None
    who: str = ""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The detained person a paper is for, by the name that may be used in it.

    Args:
        name: as it may stand in this paper; initials or a reference where consent goes no further.
        number: register number, when it may be given.
        facility: where held.
        address: of the facility, line by line.
        nationality: country, in words.
        born: date of birth, in words.
        language: in which the person reads.
        consent: the paper by which the person consented, in words.
    """

    name: str
    number: str = ""
    facility: str = ""
    address: tuple[str, ...] = ()
    nationality: str = ""
    born: str = ""
    language: str = "en"
    consent: str = ""


class Preparer(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes the paper, where it is not the person.

    Args:
        name: of the one who signs.
        capacity: what they are to the person: lawyer, sister, caseworker.
        organisation: the office.
        lines: its address, telephone and e-mail, line by line.
    """

    name: str = ""
    capacity: str = ""
    organisation: str = ""
    lines: tuple[str, ...] = ()


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """Everything in a case that a paper may use; nothing else gets into one.

    Args:
        subject: the person.
        told: what is alleged.
        happened: steps in custody.
        facts: what is known of the case, by the names of the rulebook.
        sources: for a fact, the words it rests on.
        preparer: who writes.
        reference: our own number of the paper, printed on it so that answers find their way back.
        earlier: our number of the paper this one speaks of, for a reminder or a declaration of its mailing.
        tracking: the post's number of that paper.
    """

    subject: Subject
    told: tuple[Told, ...] = ()
    happened: tuple[Happened, ...] = ()
    facts: Facts = msgspec.field(default_factory=lambda: Facts(values={}))
    sources: dict[str, Support] = {}
    preparer: Preparer = msgspec.field(default_factory=Preparer)
    reference: str = ""
    earlier: str = ""
    tracking: str = ""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a paper and what it rests on.

    Args:
        id: its name within the draft; the same in every language of it.
        text: the words.
        kind: whether it tells a fact, names a law, or is the wording of any such paper.
        supports: the passages it rests on.
        known: names of the facts of the case it rests on.
        quotes: the stretches of its supports that it repeats word for word.
        by: who reworded it; empty while it stands as it was composed.
    """

    id: str
    text: str
    kind: SentenceKind = "wording"
    supports: tuple[Support, ...] = ()
    known: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    by: str = ""

    def __post_init__(self) -> None:
        if any(quote not in self.text for quote in self.quotes):
            raise ValueError("a sentence holds every quote word for word")

    @property
    def supported(self) -> bool:
        """Whether it may stand: it tells no fact, or rests on something."""
        return self.kind != "fact" or bool(self.supports or self.known)


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, a heading, or a row of cells.

    Args:
        kind: how it is set.
        cells: sentences by cell; one cell for everything that is not a row or a field.
        part: which part of the paper it belongs to.
    """

    kind: BlockKind
    cells: tuple[tuple[Sentence, ...], ...]
    part: str = ""


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """A place left open in a paper, and what to find out to fill it."""

    name: str
    ask: Bilingual


class Caution(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at before a paper is approved.

    Args:
        code: short name.
        say: what it is.
        sentence: where, if it is in one sentence.
        stops: whether the paper cannot be approved with it.
    """

    code: str
    say: Bilingual
    sentence: str = ""
    stops: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A paper for an authority, every factual sentence tied to what it rests on.

    Args:
        paper: which kind of paper.
        procedure, step: what it is filed under; empty for one outside any procedure.
        layout: form, letter or pleading.
        language: in which it is written.
        title: its heading.
        marks: what must stand on top and on the envelope, such as ``SENSITIVE``.
        to: name and address of the one who receives it, line by line.
        sender: who writes, line by line.
        day: its date.
        reference: our own number.
        blocks: its body.
        enclosures: what goes with it.
        blanks: places left open.
        names: what the names in braces were filled with, for an office's own template.
        read_by_staff: whether prison staff will read it.
    """

    paper: str
    layout: Literal["form", "letter", "pleading"]
    language: str
    title: str
    to: tuple[str, ...]
    day: dt.date
    blocks: tuple[Block, ...]
    procedure: str = ""
    step: str = ""
    marks: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    reference: str = ""
    enclosures: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    names: dict[str, str] = {}
    read_by_staff: bool = False

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in order."""
        for block in self.blocks:
            for cell in block.cells:
                yield from cell

    @property
    def digest(self) -> str:
        """SHA-256 of the whole draft as JSON with sorted keys; what is approved is frozen by it."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()
