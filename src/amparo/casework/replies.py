"""Which of the papers in a case look like an answer, and to which filing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from amparo.casework.models import Case, Document, Filing, Note, Reading, Response

_AWAITS = (Filing.State.SENT, Filing.State.ACKNOWLEDGED, Filing.State.ANSWERED, Filing.State.UNDELIVERED)


class Reply(NamedTuple):
    """A paper that looks like an answer.

    Args:
        document: the paper.
        filing: the filing it seems to answer; nothing where several could be meant.
        why: reference, when it names the filing's number; recipient, when it names whom the filing went to; step, when
            what was read in it speaks of the filing's step; only, when a single filing is waiting; official, when
            nothing more than its look speaks for it.
    """

    document: Document
    filing: Filing | None
    why: str


def replies(case: Case, documents: Iterable[Document]) -> list[Reply]:
    """The papers in a case that look like an answer and were not yet classified.

    Args:
        case: whose filings they may answer.
        documents: those that somebody may see.
    """
    filings = [filing for filing in case.filings.all() if filing.state in _AWAITS]
    if not filings:
        return []
    rows = list(documents)
    known = set(Response.objects.filter(document__in=rows).values_list("document_id", flat=True))
    readings: dict[int, Reading] = {}
    for one in Reading.objects.filter(document__in=rows, state=Reading.State.READ).order_by("number"):
        readings[one.document_id] = one
    spoken_of: dict[int, set[str]] = {}
    proposals = Note.objects.filter(reading__in=readings.values(), kind=Note.Kind.PROPOSAL)
    for number, code in proposals.values_list("reading__document_id", "code"):
        spoken_of.setdefault(number, set()).add(code.rpartition(".")[0])
    found = []
    for document in rows:
        reading = readings.get(document.pk)
        if reading is None or document.pk in known:
            continue
        reply = _reply(document, reading, filings, spoken_of.get(document.pk, set()))
        if reply is not None:
            found.append(reply)
    return found


def _reply(document: Document, reading: Reading, filings: list[Filing], steps: set[str]) -> Reply | None:
    for filing in filings:
        if names(reading.content, filing.reference):
            return Reply(document, filing, "reference")
    if reading.genre != "official":
        return None
    waiting = [filing for filing in filings if filing.state in (Filing.State.SENT, Filing.State.ACKNOWLEDGED)]
    sent_before = [
        filing for filing in waiting if filing.sent_on is None or document.received_at.date() >= filing.sent_on
    ]
    words = reading.content.casefold()
    named = [filing for filing in sent_before if filing.recipient.casefold() in words]
    if len(named) == 1:
        return Reply(document, named[0], "recipient")
    of_step = [filing for filing in named or sent_before if filing.step and filing.step in steps]
    if len(of_step) == 1:
        return Reply(document, of_step[0], "step")
    if len(sent_before) == 1:
        return Reply(document, sent_before[0], "only")
    return Reply(document, None, "official")


def names(content: str, reference: str) -> bool:
    """Whether words name a reference whole, however it was spaced; ``2026-0004/2`` is not in ``2026-0004/21``.

    >>> names("Re: your ref. 2026-0004 / 2, received", "2026-0004/2"), names("2026-0004/21", "2026-0004/2")
    (True, False)
    """
    spaced = r"\s*".join(re.escape(part) for part in re.split(r"(?<=[-/])|(?=[-/])", reference) if part)
    return re.search(rf"(?<![0-9-]){spaced}(?![0-9])", content) is not None
