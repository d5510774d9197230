"""Which documents need a person, worked out anew for a record that an older amparo kept."""

from __future__ import annotations

from collections.abc import Callable

from amparo.casework.actions import cases, review
from amparo.casework.history import verify
from amparo.casework.models import Document, Note, User
from amparo.casework.queue import settle_all


def test_an_older_record_is_sorted_as_if_it_had_been_kept_by_this_one(
    person: Callable[..., User], letter: Callable[..., Document]
) -> None:
    worker = person("caseworker")
    done, open_one = letter(worker), letter(worker, "13-reja-y-rancho.txt")
    cases.link(cases.open_case(person="Ada Pike", by=worker).pk, done.pk, by=worker)
    for note in Note.objects.filter(reading__document=done):
        review.decide(note.pk, "accepted", by=worker)
    sorted_now = dict(Document.objects.values_list("pk", "urgency"))
    Document.objects.update(waits=True, urgency="~")
    seen: list[int] = []
    assert settle_all(tell=lambda: seen.append(1)) == 1
    assert list(Document.objects.filter(waits=True)) == [open_one]
    assert dict(Document.objects.values_list("pk", "urgency")) == sorted_now
    assert len(seen) == Document.objects.count()
    assert verify() is None
