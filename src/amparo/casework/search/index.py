"""Keeping the rows that are searched, in the transaction of what they tell of; the database does the rest by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from amparo.casework.models import Appearance, Case, Document, Reading, SearchEntry
from amparo.casework.search.words import folded_words


def index_document(document: Document, reading: Reading | None = None) -> None:
    """Make a document findable by its name and, once it is read, by its latest words, people and places.

    Args:
        document: whose row is written anew.
        reading: its latest reading; none while it has not been read.
    """
    people = reading.people if reading is not None else []
    names = [name for person in people for name in (person["name"], *person["aliases"])]
    places = Appearance.objects.filter(document=document, about=Appearance.About.FACILITY).values_list("name", "code")
    SearchEntry.objects.update_or_create(
        kind=SearchEntry.Kind.DOCUMENT,
        document=document,
        defaults={
            "team_id": document.team_id,
            "reading": reading,
            "genre": reading.genre if reading is not None else "",
            "day": _day(document, reading),
            "title": folded_words(document.name),
            "names": folded_words(" ".join(dict.fromkeys(names))),
            "places": folded_words(" ".join(dict.fromkeys(word for row in places for word in row))),
            "body": folded_words(reading.content) if reading is not None else "",
        },
    )


def _day(document: Document, reading: Reading | None) -> dt.date:
    """The first day the document may be from, where it tells one; else the day it came in."""
    written = reading.written if reading is not None else None
    if written and written.get("earliest"):
        return dt.date.fromisoformat(written["earliest"])
    return timezone.localdate(document.received_at)


def index_people(document: Document) -> None:
    """Make the people of a document findable by name and register number."""
    SearchEntry.objects.filter(kind=SearchEntry.Kind.PERSON, document=document).delete()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            team_id=document.team_id, kind=SearchEntry.Kind.PERSON, document=document, appearance=one,
            names=folded_words(" ".join([one.name, *one.aliases, *one.numbers])),
        )
        for one in Appearance.objects.filter(document=document, about=Appearance.About.PERSON)
    )  # fmt: skip


def index_case(case: Case) -> None:
    """Make a case findable by its reference and the person it is for."""
    SearchEntry.objects.update_or_create(
        case=case,
        defaults={
            "team_id": case.team_id,
            "kind": SearchEntry.Kind.CASE,
            "day": timezone.localdate(case.opened_at),
            "title": folded_words(case.reference),
            "names": folded_words(case.person),
        },
    )


def rebuild(*, tell: Callable[[int], None] = lambda _: None) -> int:
    """Write every row that is searched anew, oldest first, and let the database build its index from them.

    Args:
        tell: called with the number of documents done, for a progress display.

    Returns:
        How many rows there are now.
    """
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        for done, document in enumerate(Document.objects.order_by("pk").iterator(chunk_size=200), 1):
            read = document.readings.filter(state=Reading.State.READ).order_by("-number").first()
            index_document(document, read)
            index_people(document)
            tell(done)
        for case in Case.objects.order_by("pk"):
            index_case(case)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO casework_searchwords(casework_searchwords) VALUES ('rebuild')")
    return SearchEntry.objects.count()
