"""What came back for a paper: classified by a person, entered into the case, and what may be done next."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

import msgspec
from django.db import transaction
from django.utils import timezone

from amparo.casework.actions.facts import Put, put
from amparo.casework.actions.filings import in_state, mine
from amparo.casework.history import seal
from amparo.casework.law import rulebook_of
from amparo.casework.models import Case, Document, Filing, Response, User
from amparo.casework.permissions import documents_for
from amparo.casework.queue import settle_answers
from amparo.domain.remedies import Channel
from amparo.errors import IncompleteEntry, NotAllowed
from amparo.rules.answers import Came, codes_of, follows, made_known

_THEN: dict[str, str] = {
    "acknowledgement": Filing.State.ACKNOWLEDGED,
    "extension": Filing.State.ACKNOWLEDGED,
    "referral": Filing.State.ACKNOWLEDGED,
    "answer": Filing.State.ANSWERED,
    "rejection": Filing.State.ANSWERED,
    "undelivered": Filing.State.UNDELIVERED,
}


class Recorded(NamedTuple):
    """What was recorded, the days that moved, and the doors that opened after it, the soonest first."""

    response: Response
    put: Put | None
    next: tuple[Channel, ...]


def acknowledge(filing_id: int, *, dated: dt.date, by: User, document: int | None = None, note: str = "") -> Recorded:
    """Record that the recipient logged a paper as received.

    Raises:
        NotAllowed, NotInThatState, IncompleteEntry: as for :func:`record_response`.
    """
    return record_response(filing_id, "acknowledgement", by=by, document=document, dated=dated, note=note)


def undelivered(filing_id: int, *, dated: dt.date, by: User, note: str, document: int | None = None) -> Recorded:
    """Record that a paper came back; it can be sent again, and its step counts as not filed until then.

    Raises:
        NotAllowed, NotInThatState, IncompleteEntry: as for :func:`record_response`.
    """
    return record_response(filing_id, "undelivered", by=by, document=document, dated=dated, note=note)


@transaction.atomic
def record_response(
    filing_id: int, kind: str, *, by: User, document: int | None = None, code: str = "",
    dated: dt.date | None = None, signed_on: dt.date | None = None, received_on: dt.date | None = None, note: str = "",
) -> Recorded:  # fmt: skip
    """Record what came back for a paper, enter into the case what it makes known, and find what follows.

    Args:
        filing_id: the paper it answers.
        kind: what came back.
        by: who classified it.
        document: the paper that came; nothing for silence, or for what was told.
        code: the recipient's own, from the procedure's outcomes and reasons for rejection.
        dated: the day the paper bears.
        signed_on: the day it was signed, where that is another.
        received_on: the day it reached the person.
        note: remarks.

    Raises:
        NotAllowed: their role may not, or the case or the document is not theirs to see.
        NotInThatState: the paper has not left, or was withdrawn.
        IncompleteEntry: the kind or the code is not in the list, a day is missing or lies ahead.
    """
    filing = mine(filing_id, by)
    in_state(filing, Filing.State.SENT, Filing.State.ACKNOWLEDGED, Filing.State.ANSWERED)
    if kind not in Response.Kind.values:
        raise IncompleteEntry(field="kind")
    today = timezone.localdate()
    if any(day is not None and day > today for day in (dated, signed_on, received_on)):
        raise IncompleteEntry(field="dated")
    if kind in ("answer", "rejection", "acknowledgement") and dated is None and signed_on is None:
        raise IncompleteEntry(field="dated")
    paper = _paper(document, by)
    book = rulebook_of(filing.team_id)
    known_code = next(
        (one for one in codes_of(filing.step, book, today=today) if (one.code, one.came) == (code, kind)), None
    )  # fmt: skip
    if code and known_code is None:
        raise IncompleteEntry(field="code")
    response = Response.objects.create(
        filing=filing, document=paper, kind=kind, code=code, dated=dated, signed_on=signed_on,
        means=msgspec.to_builtins(known_code.means) if known_code else {}, received_on=received_on,
        note=note.strip(), by=by, at=timezone.now(),
    )  # fmt: skip
    late = filing.state == Filing.State.ANSWERED and kind in ("acknowledgement", "extension", "referral")
    if kind in _THEN and not late:
        filing.state = _THEN[kind]
        filing.save(update_fields=["state"])
    facts = made_known(filing.step, cast(Came, kind), dated=dated, signed=signed_on, received=received_on)
    case = Case.objects.select_for_update().get(pk=filing.case_id)
    source = f"{filing.reference}: {paper.name}" if paper is not None else filing.reference
    known = put(case, facts, by=by, known_from=source, document=paper) if facts else None
    after = follows(filing.step, book) if filing.step else frozenset()
    opened = [door for door in known.opened if door.step in after or door.step == filing.step] if known else []
    opened.sort(key=lambda door: door.deadline.last if door.deadline else dt.date.max)
    settle_answers(filing.case_id)
    seal(
        "filing.response-recorded", by=by, team=filing.team, subject=f"filing:{filing.pk}",
        details={"case": filing.case_id, "filing": filing.reference, "kind": kind, "code": code,
                 "document": paper.pk if paper else "", "moved": len(known.moved) if known else 0},
    )  # fmt: skip
    return Recorded(response, known, tuple(opened))


def _paper(document: int | None, by: User) -> Document | None:
    if document is None:
        return None
    found = documents_for(by).filter(pk=document).first()
    if found is None:
        raise NotAllowed(verb="edit-case")
    return found
