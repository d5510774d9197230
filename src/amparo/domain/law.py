"""Law as data: what a rule file may say, each line with its citation, its mark and the day it was read."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Mark = Literal["verified", "secondary", "from-memory", "choice"]
"""Verified: the sentence was read in the source. Secondary: in a commentary or part of it. From memory: a lead, not
read. Choice: the source is silent, and this is the reading amparo proposes and says so."""
Verb = Literal["filed", "logged", "rejected", "extended", "granted-time", "answered", "notified"]
"""What can happen to a step. Filed: handed in or sent. Logged: received and entered. Rejected: sent back, dated by its
notice. Extended: the authority gave notice of more time. Granted-time: the last day of time granted to the person.
Answered: dated by signature. Notified: the answer reached the person."""
Counts = Literal["received", "sent", "signed", "filed", "done"]
"""What must have happened by the last day for it to be kept."""
Roll = Literal["none", "next-open-day", "previous-open-day"]
Doer = Literal[
    "detained-person", "formerly-detained-person", "lawyer", "family", "staff", "fellow-detainee", "ngo", "anyone",
    "consulate", "state", "visitor", "public-defender", "prosecutor", "protection-body", "estate", "owner", "sender",
    "outside-person", "personal-representative",
]  # fmt: skip


class Bilingual(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same words in English and Spanish."""

    en: str
    es: str

    def __post_init__(self) -> None:
        if not (self.en and self.es):
            raise ValueError("words are needed in English and in Spanish")

    def in_(self, language: str) -> str:
        """The words in one language.

        >>> Bilingual(en="Warden", es="Director del penal").in_("es")
        'Director del penal'
        """
        return self.es if language == "es" else self.en


class Citation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a rule stands, how surely that is known, and when it was read.

    Args:
        ref: the provision, as lawyers cite it.
        mark: how the provision is known.
        read_on: the day, or the day of the copy, on which it was read.
        url: the official place.
        kept: which copy was read, when it was not the official one.
        quote: a short passage, where licence allows.
        note: what remains to be checked, or what conflicts.
    """

    ref: str
    mark: Mark
    read_on: dt.date
    url: str = ""
    kept: str = ""
    quote: str = ""
    note: str = ""


class Validity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """The days on which a wording is in force, first and last included."""

    since: dt.date
    to: dt.date | None = None

    def __post_init__(self) -> None:
        if self.to is not None and self.to < self.since:
            raise ValueError("a wording ends on or after the day it begins")

    def holds_on(self, day: dt.date) -> bool:
        """Whether the wording is in force on a day."""
        return self.since <= day and (self.to is None or day <= self.to)


Cites = str | tuple[str, ...]
"""One or more names of citations in the same file."""


def cited(cites: Cites) -> tuple[str, ...]:
    """The names of citations, one or several, as a tuple.

    >>> cited("s14a"), cited(("s10", "s16a"))
    (('s14a',), ('s10', 's16a'))
    """
    return (cites,) if isinstance(cites, str) else cites


class Toll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """Days that do not count: from one event to another."""

    since: str
    to: str
    cite: Cites


class TimeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A limit of time as a provision states it.

    Args:
        within: a limit in the grammar of :class:`~amparo.domain.dates.TimeLimit`, or ``no limit``.
        of: the event from which it runs, or several.
        pick: of several triggers the earliest, or the latest.
        counts: what must have happened by the last day.
        roll: what a last day on which the office is closed becomes.
        calendar: whose closed days count, for working days, for rolling and for the safe day.
        months: what the thirty-first becomes in a shorter month: its last day, or the first of the next.
        extend: by how much the authority may lengthen it, once.
        toll: spans that do not count.
        cite: where this stands.
    """

    within: str
    cite: Cites
    of: Cites = ()
    pick: Literal["earliest", "latest"] = "earliest"
    counts: Counts = "received"
    roll: Roll = "none"
    calendar: str = ""
    months: Literal["last-day", "next-day"] = "last-day"
    extend: str = ""
    toll: tuple[Toll, ...] = ()


class Variant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"when": "if"}):
    """Another limit in place of the usual one, when all the named facts hold; what it leaves out stays as usual.

    Args:
        when: a flag, or an event that has happened; or several, all of which must hold.
        extend: another extension, or ``none``.
    """

    when: Cites
    within: str = ""
    cite: Cites = ()
    of: Cites = ()
    pick: Literal["", "earliest", "latest"] = ""
    counts: Literal["", "received", "sent", "signed", "filed", "done"] = ""
    roll: Literal["", "none", "next-open-day", "previous-open-day"] = ""
    calendar: str = ""
    extend: str = ""
    toll: tuple[Toll, ...] = ()


class Test(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"equals": "is", "when": "if"}
):
    """A thing that must be so for a door to be open.

    Args:
        fact: name of a fact in the vocabulary.
        equals: the value, or for a choice the values, that keep the door open.
        isnt: for a choice, the values known to shut it; any other value then cannot be told.
        at_least, at_most: for a number, its bounds.
        otherwise: whether the door is shut, or not open yet, when it is not so.
        because: why, in a sentence a person can act on.
        cite: where this stands.
        when: facts on which alone the test matters.
        presume: whether it is taken to be so until told otherwise, so that nothing is asked.
    """

    __test__ = False

    fact: str
    because: Bilingual
    cite: Cites
    equals: bool | tuple[str, ...] | None = None
    isnt: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    otherwise: Literal["closed", "not-yet"] = "closed"
    when: Cites = ()
    presume: bool = False


class Check(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"equals": "is", "when": "if"}
):
    """A thing a filing must have, lest it be sent back.

    Args:
        code: the reason an authority would print on its rejection, or our own name for it.
        fact: name of a fact about the planned filing.
        equals, isnt, at_least, at_most: what it must be.
        says: what is wrong.
        mend: how to mend it.
        weight: whether the filing would bounce, or might.
        when: facts on which alone the check matters.
    """

    code: str
    fact: str
    says: Bilingual
    mend: Bilingual
    cite: Cites
    equals: bool | tuple[str, ...] | None = None
    isnt: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    weight: Literal["bounces", "may-bounce"] = "bounces"
    when: Cites = ()


class Silence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What no answer in time amounts to."""

    means: Literal["may-treat-as-refused", "may-go-to-judge", "counts-as-admitted", "nothing", "not-stated"]
    cite: Cites


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who may sign and send, and who may only help.

    Args:
        may_submit: who may do it on their own signature.
        with_authority: who may do it with the person's written authority or agreement.
        may_prepare: who may help to write it.
        cite: where this stands.
    """

    may_submit: tuple[Doer, ...]
    cite: Cites
    with_authority: tuple[Doer, ...] = ()
    may_prepare: tuple[Doer, ...] = ()


class Enclosure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"when": "if"}):
    """Something that must lie in the envelope."""

    what: Bilingual
    cite: Cites
    copies: int = 1
    when: Cites = ()


class Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"when": "if"}):
    """A warning or piece of advice that goes with a step."""

    say: Bilingual
    cite: Cites
    when: Cites = ()


class Detour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"when": "if"}):
    """Another office to send to, when the named facts hold."""

    when: Cites
    to: str
    cite: Cites


class Post(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long the mail to an office is taken to need."""

    days: int
    cite: Cites


class Outcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer an authority may give, by its own code."""

    code: str
    means: Bilingual
    cite: Cites


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One filing within a procedure.

    Args:
        id: its name, which no other procedure uses; its events are ``<id>.filed``, ``<id>.logged`` and so on.
        title: what it is called.
        to: the office it goes to.
        form: the form's own name.
        after: events any one of which opens it; without them it is open from its trigger.
        wait: how long must have run before the door opens; ``sooner`` names what shortens or ends the wait.
        file: by when the person must act.
        unless: other limits in place of the usual one.
        answer: by when the authority must act.
        urgent: other limits for the authority, in urgent cases.
        silence: what no answer amounts to.
        resubmit: by when a rejected paper may be mended and handed in again.
        extend: on what ground the person may be given more time.
        requires: what must be so, lest the door be shut.
        detour: another office in named cases.
        mail: how long the mail is taken to need.
        copies: how many sets to hand in.
    """

    id: str
    title: Bilingual
    to: str
    file: TimeRule
    form: str = ""
    form_url: str = ""
    after: tuple[str, ...] = ()
    wait: TimeRule | None = None
    sooner: tuple[Variant, ...] = ()
    when: tuple[Test, ...] = ()
    unless: tuple[Variant, ...] = ()
    answer: TimeRule | None = None
    urgent: tuple[Variant, ...] = ()
    silence: Silence | None = None
    resubmit: TimeRule | None = None
    extend: Note | None = None
    requires: tuple[Test, ...] = ()
    detour: tuple[Detour, ...] = ()
    mail: Post | None = None
    copies: int = 1
    enclose: tuple[Enclosure, ...] = ()
    standing: Standing | None = None
    check: tuple[Check, ...] = ()
    note: tuple[Note, ...] = ()
    outcome: tuple[Outcome, ...] = ()


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who looked a rule over last, when, and when it is to be looked over again."""

    by: str
    on: dt.date
    again: dt.date


class Procedure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One procedure in the wording in force between two days.

    Args:
        id: its name; several wordings share it.
        systems: the prison systems it belongs to; none for a body above them.
        about: acts it is fit for, by code or by the letters before the number; none for all.
        outcome: answers an authority may give at any step, by its own codes.
        cite: the provisions the file names, by the name it gives them.
    """

    id: str
    title: Bilingual
    valid: Validity
    status: Literal["draft", "checked", "withdrawn"]
    review: Review
    standing: Standing
    step: tuple[Step, ...]
    cite: dict[str, Citation]
    systems: tuple[str, ...] = ()
    author: str = ""
    about: tuple[str, ...] = ()
    summary: Bilingual | None = None
    requires: tuple[Test, ...] = ()
    note: tuple[Note, ...] = ()
    outcome: tuple[Outcome, ...] = ()


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who receives a filing, and where.

    Args:
        id: its name in rule files.
        name: what to write on the envelope.
        at: its own address, or that of the facility, of the facility's region, or of the region where it happened.
    """

    id: str
    name: Bilingual
    cite: Citation
    at: Literal["here", "facility", "region", "incident-region", "ask"] = "here"
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    url: str = ""
    attention: str = ""


class Standard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One norm that an act may engage.

    Args:
        id: its name, ``mandela.43``.
        instrument: name of its instrument, ``mandela``.
        ref: as lawyers cite it.
        duty: what it asks, in one line.
        binds: the States it binds or speaks to, by ISO code; none for all.
        cite: where and how it was read.
    """

    id: str
    instrument: str
    ref: str
    duty: Bilingual
    cite: Citation
    binds: tuple[str, ...] = ()
