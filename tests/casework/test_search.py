"""Searching: what is found, in whatever spelling, and what never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.casework import search
from amparo.casework.actions import cases, intake, review
from amparo.casework.models import Document, Note, SearchEntry, User
from amparo.casework.search import Asked, Found, find


def take_in(by: User, words: str, name: str = "letter.txt") -> Document:
    document = intake.receive(words.encode(), name=name, by=by).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    return document


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("caseworker")


def documents(found: Found) -> set[str]:
    return {row.document.name for row in found.documents if row.document is not None}


SPANISH = (
    "Señora jueza:\n\nNo hubo atención médica en dos días. Me quitaron la insulina en la celda.\n\n"
    "Atentamente,\nRamón Ibáñez Ochoa\n"
)
ENGLISH = "March 3, 2026\n\nDear Judge Orme,\n\nThey took my insulin on February 27.\n\nSincerely,\nAda Pike\n"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("atencion medica", {"es.txt"}), ("ATENCIÓN", {"es.txt"}), ("insulin", {"es.txt", "en.txt"}),
        ('"insulin"', {"en.txt"}), ('"atencion medica en dos"', {"es.txt"}), ('"medica atencion"', set()),
        ("celdas", set()), ("celd", {"es.txt"}), ("ibanez", {"es.txt"}), ("es.txt", {"es.txt"}),
        ("«dos días»", {"es.txt"}),
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_accents(worker: User, typed: str, expected: set[str]) -> None:
    take_in(worker, SPANISH, "es.txt")
    take_in(worker, ENGLISH, "en.txt")
    assert documents(find(Asked(words=typed), by=worker)) == expected


def test_the_passage_shows_the_hit_as_it_was_written(worker: User) -> None:
    document = take_in(worker, SPANISH, "es.txt")
    content = document.readings.get().content
    shown = search.passage(content, search.terms("medica insulina"))
    assert shown is not None
    assert [words for words, hit in shown.pieces if hit] == ["médica", "insulina"]
    assert content[shown.start : shown.end] == "médica"


def test_filters_narrow_by_person_act_state_day_and_kind(worker: User) -> None:
    take_in(worker, SPANISH, "es.txt")
    take_in(worker, ENGLISH, "en.txt")
    note = Note.objects.get(kind="allegation", reading__document__name="en.txt")
    assert documents(find(Asked(person="ada pike"), by=worker)) == {"en.txt"}
    assert documents(find(Asked(act=note.code), by=worker)) >= {"en.txt"}
    assert documents(find(Asked(act=note.code, state="accepted"), by=worker)) == set()
    review.decide(note.pk, "accepted", by=worker)
    assert documents(find(Asked(act=note.code, state="accepted"), by=worker)) == {"en.txt"}
    assert documents(find(Asked(since=dt.date(2026, 3, 3), until=dt.date(2026, 3, 3)), by=worker)) == {"en.txt"}
    assert documents(find(Asked(words="insulin", genre="news"), by=worker)) == set()


def test_cases_and_people_are_found_by_name(worker: User) -> None:
    take_in(worker, ENGLISH, "en.txt")
    case = cases.open_case(person="Ramón Ibáñez Ochoa", by=worker)
    found = find(Asked(words="ramon ibanez"), by=worker)
    assert [row.case for row in found.cases] == [case]
    assert [row.case for row in find(Asked(words=case.reference), by=worker).cases] == [case]
    people = find(Asked(words="pike"), by=worker).people
    assert [row.appearance.name for row in people if row.appearance is not None] == ["Ada Pike"]


def test_only_the_latest_reading_is_found(worker: User) -> None:
    document = take_in(worker, ENGLISH, "en.txt")
    intake.read_again(document, content=ENGLISH.replace("insulin", "inhaler"), by=worker)
    assert documents(find(Asked(words="inhaler"), by=worker)) == {"en.txt"}
    assert documents(find(Asked(words="insulin"), by=worker)) == set()


def test_what_another_team_has_is_neither_found_nor_counted(worker: User, person: Callable[..., User]) -> None:
    take_in(worker, ENGLISH)
    cases.open_case(person="Ada Pike", by=worker)
    assert find(Asked(words="pike"), by=person("supervisor", "Consulate")) == Found((), (), (), 0, False)


def test_what_lies_in_a_closed_restricted_case_is_neither_found_nor_counted(
    worker: User, person: Callable[..., User]
) -> None:
    document = take_in(worker, ENGLISH)
    case = cases.open_case(person="Ada Pike", by=worker, restricted=True)
    cases.link(case.pk, document.pk, by=worker)
    colleague = person("supervisor")
    for asked in (Asked(words="pike"), Asked(person="pike"), Asked(words="insulin"), Asked(act="MED-04")):
        assert find(asked, by=colleague) == Found((), (), (), 0, False)
        assert not find(asked, by=worker).empty
    assert find(Asked(words="pike"), by=person("auditor")).empty


def test_writing_every_row_anew_finds_the_same(worker: User) -> None:
    take_in(worker, SPANISH, "es.txt")
    take_in(worker, ENGLISH, "en.txt")
    cases.open_case(person="Ada Pike", by=worker)
    SearchEntry.objects.all().delete()
    assert find(Asked(words="insulin"), by=worker).empty
    assert search.rebuild() == SearchEntry.objects.count() > 3
    assert documents(find(Asked(words="insulin"), by=worker)) == {"es.txt", "en.txt"}
    assert len(find(Asked(words="pike"), by=worker).cases) == 1


STRANGE = st.one_of(
    st.text(max_size=80),
    st.text(alphabet='"*()^:+-{}[]<>|&!\\\' ANDORNOTEARcolumn', max_size=60),
    st.lists(st.sampled_from([*"\"*é'😀", "NEAR(", "AND", "OR", "NOT", "names:", "pike", "{a b}:"])).map(" ".join),
    st.integers(2_000, 10_000).map(lambda n: "pike " * (n // 5)),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=STRANGE, person_words=STRANGE, place=STRANGE)
def test_nothing_that_is_typed_is_an_error(worker: User, words: str, person_words: str, place: str) -> None:
    find(Asked(words=words), by=worker)
    find(Asked(words=words, person=person_words, place=place), by=worker)
    search.passage("They took my insulin. Pike 😀 é", search.terms(words))


@given(st.text())
def test_folding_keeps_every_place(words: str) -> None:
    assert len(search.fold(words)) == len(words)
