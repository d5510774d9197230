"""Putting a letter into a case, in an office with more cases than a page can show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.test_record_pages import sit  # noqa: F401  (a fixture)

from amparo.casework.actions import cases, closing
from amparo.casework.models import Document, User

Sit = Callable[[User], Client]


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("supervisor")


def test_the_reader_offers_the_newest_cases_and_finds_the_others_without_accents(
    worker: User, letter: Callable[[User], Document], sit: Sit  # noqa: F811
) -> None:  # fmt: skip
    old = cases.open_case(person="José Ñandú Pérez", by=worker)
    for number in range(9):
        cases.open_case(person=f"Person {number}", by=worker)
    document, desk = letter(worker), sit(worker)
    reader = desk.get(f"/documents/{document.pk}/").content.decode()
    assert "Person 8" in reader
    assert "Person 0" not in reader
    for words in ("jose nandu", old.reference):
        assert old.person in desk.get(f"/documents/{document.pk}/case/", {"q": words}).content.decode()
    desk.post(f"/cases/{old.pk}/link/", {"document": document.pk, "next": f"/documents/{document.pk}/"})
    assert old.links.get().document == document


def test_closed_cases_and_those_of_another_team_are_not_offered(
    worker: User, person: Callable[..., User], letter: Callable[[User], Document], sit: Sit  # noqa: F811
) -> None:  # fmt: skip
    shut = cases.open_case(person="Ada Pike", by=worker)
    closing.close(shut.pk, reason="went home", by=worker)
    cases.open_case(person="Ada Stone", by=person("supervisor", "Consulate"))
    page = sit(worker).get(f"/documents/{letter(worker).pk}/case/", {"q": "Ada"}).content.decode()
    assert "Ada Pike" not in page
    assert "Ada Stone" not in page
    assert "No open case goes by" in page
