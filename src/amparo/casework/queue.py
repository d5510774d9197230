"""Whether a letter needs a person, and how soon: worked out anew by every action that may change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.db import transaction
from django.db.models import Min, Q

from amparo.casework.models import Document, Filing, Note, Reading, Response
from amparo.rules import load_rules

LAST = "~"
"""Sorts after every urgency."""
AWAITS = (Filing.State.SENT, Filing.State.ACKNOWLEDGED)


@cache
def day_facts() -> tuple[str, ...]:
    """The facts of the rulebook that are days: a wrong one moves a time limit."""
    return tuple(name for name, kind in load_rules().facts.items() if kind.kind == "event")


def settle(document: Document) -> None:
    """Work out whether a document needs a person; called within the transaction of the action that touched it.

    It does while it is unread, while an allegation, a step in custody or a day of its latest reading is not decided,
    while it lies in no case, and while it looks like an answer that nobody has classified.

    Args:
        document: which.
    """
    reading = Reading.objects.filter(document=document).order_by("-number").first()
    waits, urgency = False, LAST
    if document.shredded_at is None and reading is not None:
        open_ones = Note.objects.filter(reading=reading, state=Note.State.PROPOSED).order_by()
        told = Q(kind__in=[Note.Kind.ALLEGATION, Note.Kind.EVENT])
        notes = open_ones.filter(told | Q(kind=Note.Kind.PROPOSAL, code__in=day_facts()))
        linked = document.links.exists()
        waits = reading.state != Reading.State.READ or notes.exists() or not linked or _answers(document, reading)
        soonest = open_ones.filter(kind=Note.Kind.ALLEGATION).aggregate(soonest=Min("urgency"))["soonest"]
        urgency = soonest or LAST
    if (document.waits, document.urgency) != (waits, urgency):
        document.waits, document.urgency = waits, urgency
        document.save(update_fields=["waits", "urgency"])


def settle_all(*, tell: Callable[[], object] = lambda: None) -> int:
    """Work out anew, for every document, whether it needs a person; for a record that an older amparo kept.

    Args:
        tell: called after each document.

    Returns:
        How many need a person.
    """
    for number in Document.objects.order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            settle(Document.objects.select_for_update().get(pk=number))
        tell()
    return Document.objects.filter(waits=True).count()


def settle_answers(case: int) -> None:
    """Work out anew which papers of a case look like answers nobody has classified.

    Args:
        case: its number.
    """
    for document in Document.objects.filter(links__case=case, readings__genre="official").distinct():
        settle(document)


def _answers(document: Document, reading: Reading) -> bool:
    if reading.genre != "official" or Response.objects.filter(document=document).exists():
        return False
    return Filing.objects.filter(case__links__document=document, state__in=AWAITS).exists()
