"""What goes in and out of the API: the record's words, as JSON."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

Written = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Named = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]


def _whole(value: object) -> object:
    """A number without a fraction is whole, however it was written: JSON knows no other difference."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]
Pk = Annotated[int, Field(ge=1, le=2**53), BeforeValidator(_whole)]


class Sent(Schema):
    """What a program sends: nothing more and nothing else than what is named."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Problem(Schema):
    """What went wrong, and what to do next."""

    code: str
    message: str
    fields: dict[str, str]


class Page(Schema):
    """One page of a list."""

    items: list[Any]
    page: int
    size: int
    total: int


class Words(Schema):
    """The same in both languages."""

    en: str
    es: str


class MeOut(Schema):
    """Whose token this is, and what they may do."""

    username: str
    team: str
    role: str
    language: str
    may: list[str]
    token: str
    token_until: dt.datetime | None


class LineOut(Schema):
    """One line of history."""

    number: int
    at: dt.datetime
    who: str
    kind: str
    subject: str
    details: dict[str, Any]
    previous: str
    digest: str


class DocumentOut(Schema):
    """Something received."""

    id: int
    name: str
    media_type: str
    size: int
    digest: str
    received_at: dt.datetime
    received_by: str
    part_of: int | None
    state: str
    cases: list[int]
    shredded_at: dt.datetime | None


class ReceivedOut(DocumentOut):
    """Something received, and whether it was here already."""

    known: bool


class ReadingOut(Schema):
    """One reading of a document."""

    number: int
    state: str
    by: str
    done_at: dt.datetime | None
    language: str
    genre: str
    written: dict[str, Any] | None
    pages: list[dict[str, Any]]
    remarks: list[Any]
    people: list[Any]
    content: str
    error_code: str


class DecisionOut(Schema):
    """What a person decided about a note."""

    verdict: str
    by: str
    at: dt.datetime
    reason: str


class NoteOut(Schema):
    """One note on a reading; the field seen is what to send along when deciding."""

    id: int
    kind: str
    number: int
    code: str
    start: int
    end: int
    payload: dict[str, Any]
    maker: str
    confidence: float
    urgency: str
    state: str
    seen: int
    decisions: list[DecisionOut]


class DecisionIn(Sent):
    """A decision; in seen, how many decisions the person had seen; where there are more, somebody was quicker."""

    verdict: Literal["accepted", "rejected"]
    seen: Annotated[int, Field(ge=0, le=2**31), BeforeValidator(_whole)] | None = None
    reason: Written = ""


class CaseIn(Sent):
    """A case to open."""

    person: Named
    restricted: bool = False


class CaseOut(Schema):
    """One person's matter."""

    id: int
    reference: str
    person: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    restricted: bool
    held: bool
    shredded_at: dt.datetime | None
    documents: list[int]


class LinkIn(Sent):
    """A document to put into a case."""

    document: Pk


class FactIn(Sent):
    """A fact, as in a file of facts; no value takes it back."""

    value: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] | bool | Whole | None
    known_from: Written = ""
    document: Pk | None = None


class FactOut(Schema):
    """A fact that holds."""

    name: str
    value: Any
    known_from: str
    document: int | None
    by: str
    at: dt.datetime


class MovedOut(Schema):
    """A day that moved."""

    step: str
    whose: str
    before: dt.date | None
    after: dt.date | None


class EnteredOut(Schema):
    """A fact as entered, and the days that moved because of it."""

    fact: FactOut
    moved: list[MovedOut]


class DayOut(Schema):
    """A last day, and how sure it is."""

    last: dt.date
    safe: dt.date
    certain: bool
    whose: str


class ReasonOut(Schema):
    """Why a door stands as it stands."""

    code: str
    say: Words


class QuestionOut(Schema):
    """What to find out."""

    fact: str
    ask: Words


class DoorOut(Schema):
    """A way that may be open, and until when."""

    procedure: str
    step: str
    title: Words
    state: str
    because: list[ReasonOut]
    ask: list[QuestionOut]
    deadline: DayOut | None
    answer_due: DayOut | None
    opens: dt.date | None
    verified: bool


class CaseDayOut(Schema):
    """A running day of a case."""

    case: int
    step: str
    title: Words
    day: DayOut


class WorkingOut(Schema):
    """How a date came about, line by line."""

    title: Words
    last: dt.date
    safe: dt.date
    certain: bool
    rule: Words
    known_from: Words
    lines: list[Words]
    doubts: list[Words]
    cites: list[str]
    wording: str
    rulebook: str


class ProcedureOut(Schema):
    """A procedure in one wording; `rule` holds its file as data."""

    id: str
    title: Words
    status: str
    valid_from: dt.date
    valid_to: dt.date | None
    steps: list[str]


class ProcedureWhole(ProcedureOut):
    """A procedure with its whole rule file."""

    rule: dict[str, Any]


class StandardOut(Schema):
    """A standard an allegation may engage."""

    id: str
    ref: str
    duty: Words
    mark: str
