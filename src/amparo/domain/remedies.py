"""What can be done in a case, by when, and why: the answers the rulebook gives."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from amparo.domain.dates import PartialDate
from amparo.domain.law import Bilingual, Citation, Doer
from amparo.domain.parties import Address

State = Literal["open", "pending", "not-yet", "cannot-tell", "closed"]
"""Open: it can be filed today. Pending: filed, the answer is awaited. Not-yet: something must happen first.
Cannot-tell: a fact is missing, or the rule is not verified. Closed: too late, barred, or done."""
Value = PartialDate | bool | int | str
Whose = Literal["person", "authority", "opening"]
MoveKind = Literal["trigger", "count", "skip", "roll", "extend", "toll", "land", "mail", "doubt"]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about one matter; what is absent is unknown.

    Args:
        values: by name. An event has a day, ``True`` when it happened on a day not known, ``False`` when it has not
            happened; a flag is true or false; a number counts; a choice is one of its options.
        known_from: for a fact, where it is known from: a letter and its words, a stamp, a notice.
    """

    values: dict[str, Value]
    known_from: dict[str, str] = {}

    def get(self, name: str) -> Value | None:
        """The value of a fact, or nothing when it is not known."""
        return self.values.get(name)

    def holding(self, **changed: Value) -> Facts:
        """The same facts with some put in, or corrected."""
        return Facts(values={**self.values, **changed}, known_from=self.known_from)


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a door stands as it stands.

    Args:
        code: short name of the reason.
        say: the reason in a sentence.
        cites: the provisions it rests on.
    """

    code: str
    say: Bilingual
    cites: tuple[Citation, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What to find out, and why it matters.

    Args:
        fact: name of the fact that would settle it.
        ask: the question.
    """

    fact: str
    ask: Bilingual


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the working by which a date came about.

    Args:
        kind: what was done: began from a trigger, counted, skipped, rolled, extended, tolled, landed.
        start, end: first and last day it touched.
        count: how many units it counted or moved.
        unit: of what.
        name: of the event or the calendar.
        why: for a day skipped, the holiday or weekday.
        cites: the provisions it rests on.
    """

    kind: MoveKind
    start: dt.date
    end: dt.date
    count: int = 0
    unit: str = ""
    name: str = ""
    why: Bilingual | None = None
    cites: tuple[Citation, ...] = ()


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """The last day for somebody to act, with its working.

    Args:
        last: the last legal day, taken from the earliest day the trigger may have been (for an authority: the latest).
        latest: the last legal day if the trigger was on the other end of what is possible; the same when it is known.
        safe: the last open day on or before it; the day to plan for.
        send_by: the day to put it in the mail, where it goes by mail and must arrive.
        whose: the person's or the authority's.
        certain: whether the day of the trigger is known, every fact that could move it is known and every rule used
            was read in its source.
        limit: the length of time, as the rule says it.
        counts: what must have happened by then.
        counted_from: the day from which it was counted.
        trigger: name of the event.
        trace: every day counted, skipped or moved.
        cites: the provisions used.
        doubts: what makes it uncertain, and how the day would move.
        wording: procedure and first day in force of the wording used.
        calendar: whose closed days the safe day was looked up in.
    """

    last: dt.date
    latest: dt.date
    safe: dt.date
    whose: Literal["person", "authority"]
    certain: bool
    limit: str
    counts: str
    counted_from: dt.date
    trigger: str
    trace: tuple[Move, ...]
    cites: tuple[Citation, ...]
    doubts: tuple[Reason, ...] = ()
    send_by: dt.date | None = None
    wording: str = ""
    calendar: str = ""

    def __post_init__(self) -> None:
        if self.last <= self.counted_from:
            raise ValueError("a deadline lies after the day it is counted from")
        if not self.cites:
            raise ValueError("a deadline cites its rule")


class Enclosed(msgspec.Struct, frozen=True, kw_only=True):
    """Something to put in the envelope; not sure where it is not known whether it is needed."""

    what: Bilingual
    copies: int
    cites: tuple[Citation, ...]
    sure: bool = True


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A thing the law asks for a door to be open, and what is known of it; no value where nothing is."""

    label: Bilingual
    value: Value | None
    cites: tuple[Citation, ...]


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One door: a step of a procedure, how it stands today, and how to go through it.

    Args:
        procedure, step: names in the rulebook.
        title: of the step; ``procedure_title`` of the procedure.
        state: how the door stands.
        because: why.
        ask: what to find out; never empty when it cannot be told.
        deadline: the person's last day, where there is one.
        answer_due: the authority's last day, once it has been filed.
        opens: the first day on which it can be filed, where one must wait.
        to: who receives it, and where.
        form: the form's name.
        who: who must sign and send; ``helpers`` may prepare it.
        copies: how many sets.
        enclose: what goes in the envelope.
        notes: warnings.
        conditions: what the law asks for it to be open, one by one.
    """

    procedure: str
    step: str
    title: Bilingual
    procedure_title: Bilingual
    state: State
    because: tuple[Reason, ...]
    ask: tuple[Question, ...] = ()
    deadline: Deadline | None = None
    answer_due: Deadline | None = None
    opens: dt.date | None = None
    to: Address | None = None
    form: str = ""
    who: tuple[Doer, ...] = ()
    with_authority: tuple[Doer, ...] = ()
    helpers: tuple[Doer, ...] = ()
    copies: int = 1
    enclose: tuple[Enclosed, ...] = ()
    notes: tuple[Reason, ...] = ()
    conditions: tuple[Condition, ...] = ()
    verified: bool = True

    def __post_init__(self) -> None:
        if self.state == "cannot-tell" and not self.ask:
            raise ValueError("a door of which it cannot be told how it stands says what to ask")
        if not self.because:
            raise ValueError("a door says why it stands as it stands")


class Defect(msgspec.Struct, frozen=True, kw_only=True):
    """Why a filing would be sent back, and how to mend it.

    Args:
        code: the reason an authority would print.
        says: what is wrong.
        mend: what to do.
        weight: bounces, may-bounce, or ask when the fact is not known.
        cites: the provisions.
        fact: the fact it hangs on.
    """

    code: str
    says: Bilingual
    mend: Bilingual
    weight: Literal["bounces", "may-bounce", "ask"]
    cites: tuple[Citation, ...]
    fact: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an explanation.

    Args:
        kind: what was done.
        start, end: first and last day it speaks of.
        say: the line.
        cites: what it rests on.
    """

    kind: MoveKind
    start: dt.date
    end: dt.date
    say: Bilingual
    cites: tuple[Citation, ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How one date came about, on one page.

    Args:
        title: of the step, and whose day it is.
        last, safe, send_by: the days.
        certain: whether nothing could move them.
        rule: the limit in words.
        known_from: where the trigger's day is known from.
        lines: the working.
        doubts: what is uncertain, and how the day would move.
        cites: every provision used, each once.
        wording: which wording of the procedure, and since when it is in force.
    """

    step: str
    title: Bilingual
    last: dt.date
    safe: dt.date
    send_by: dt.date | None
    certain: bool
    rule: Bilingual
    known_from: Bilingual
    lines: tuple[Line, ...]
    doubts: tuple[Bilingual, ...]
    cites: tuple[Citation, ...]
    wording: str
    digest: str


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A day that is another than before, and why.

    Args:
        case: name of the case.
        step: whose day.
        whose: the person's last day, the authority's, or the day on which a door opens after a wait.
        before, after: the day; nothing where there was, or is, none.
        why: what changed.
    """

    case: str
    step: str
    whose: Whose
    before: dt.date | None
    after: dt.date | None
    why: Bilingual
