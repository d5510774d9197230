"""Who is who at the desk: suggested by machines, judged by people, taken back, and closed to those it is closed to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.casework.actions import cases, intake, linking
from amparo.casework.history import verify
from amparo.casework.identities import appearances_for, contradictions_for, open_pairs_for
from amparo.casework.models import Appearance, Document, HistoryLine, IdentityJudgement, Pairing, User
from amparo.casework.unmatched import suggestions
from amparo.errors import ChangedMeanwhile, NotAllowed

FIRST = (
    "March 3, 2026\n\nDear Judge Orme,\n\nMy name is {name}, Reg. No. {number}. They took my insulin.\n\n"
    "Sincerely,\n{name}\n"
)


def take_in(by: User, words: str, name: str) -> Document:
    document = intake.receive(words.encode(), name=name, by=by).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    return document


def letter(by: User, name: str, number: str, file: str) -> Document:
    return take_in(by, FIRST.format(name=name, number=number), file)


def named(document: Document, name: str) -> Appearance:
    return Appearance.objects.get(document=document, about="person", name=name)


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("caseworker")


@pytest.fixture
def two(worker: User) -> tuple[Appearance, Appearance]:
    one = letter(worker, "Wilmar Quintero Salcedo", "98341-990", "one.txt")
    other = letter(worker, "Wilmar Quintero", "98341-990", "other.txt")
    return named(one, "Wilmar Quintero Salcedo"), named(other, "Wilmar Quintero")


def test_the_same_register_number_suggests_a_pair_with_its_reason_and_joins_nobody(
    worker: User, two: tuple[Appearance, Appearance]
) -> None:
    pair = open_pairs_for(worker).get(left=two[0], right=two[1])
    assert "same-register-number" in {ground["code"] for ground in pair.grounds}
    assert two[0].group != two[1].group
    assert not IdentityJudgement.objects.exists()


def test_judging_two_the_same_joins_them_and_taking_it_back_parts_them(
    worker: User, two: tuple[Appearance, Appearance]
) -> None:
    one, other = two
    linking.judge(other.pk, one.pk, "same", by=worker, why="one number")
    assert len(set(Appearance.objects.filter(pk__in=[one.pk, other.pk]).values_list("group", flat=True))) == 1
    assert not open_pairs_for(worker).filter(left=one, right=other).exists()
    assert linking.take_back(one.pk, other.pk, by=worker)
    assert len(set(Appearance.objects.filter(pk__in=[one.pk, other.pk]).values_list("group", flat=True))) == 2
    assert open_pairs_for(worker).filter(left=one, right=other).exists()
    assert [row.verdict for row in IdentityJudgement.objects.all()] == ["same", "taken-back"]
    assert not linking.take_back(one.pk, other.pk, by=worker)
    assert HistoryLine.objects.filter(kind__startswith="identity.").count() == 2
    assert verify() is None


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_different_and_unsure_stay_apart_and_are_not_asked_again(
    worker: User, two: tuple[Appearance, Appearance], verdict: str
) -> None:
    linking.judge(two[0].pk, two[1].pk, verdict, by=worker)
    assert not open_pairs_for(worker).filter(left=two[0], right=two[1]).exists()
    assert Appearance.objects.get(pk=two[1].pk).group == two[1].pk


def test_two_judged_different_settle_the_pairs_of_whoever_is_one_with_them(worker: User) -> None:
    rows = [named(letter(worker, name, number, f"{at}.txt"), name) for at, (name, number) in enumerate(
        [("Tomás Soto Vega", "11111-111"), ("Tomas Soto Vega", "11111-111"), ("Tomás Soto", "11111-111")])]  # fmt: skip
    linking.judge(rows[0].pk, rows[1].pk, "same", by=worker)
    linking.judge(rows[0].pk, rows[2].pk, "different", by=worker)
    assert not open_pairs_for(worker).filter(left__in=rows, right__in=rows).exists()


def test_judgements_that_cannot_all_hold_are_named_and_join_nobody(worker: User) -> None:
    rows = [named(letter(worker, name, "11111-111", f"{at}.txt"), name)
            for at, name in enumerate(["Tomás Soto Vega", "Tomas Soto Vega", "Tomás Soto"])]  # fmt: skip
    linking.judge(rows[0].pk, rows[1].pk, "same", by=worker)
    linking.judge(rows[1].pk, rows[2].pk, "same", by=worker)
    linking.judge(rows[0].pk, rows[2].pk, "different", by=worker)
    assert [(left.pk, right.pk) for left, right, _ in contradictions_for(worker)] == [(rows[0].pk, rows[2].pk)]
    assert len(set(Appearance.objects.filter(pk__in=[r.pk for r in rows]).values_list("group", flat=True))) == 3


def test_a_relative_is_never_suggested_as_the_prisoner(worker: User) -> None:
    first = take_in(
        worker,
        "Dear Judge Orme,\n\nI am held at USP Alder Creek, Reg. No. 98341-990. They took my insulin. My brother, "
        "Wilson Quintero, told the warden.\n\nSincerely,\nWilmar Quintero\n", "his.txt",
    )  # fmt: skip
    second = letter(worker, "W. Quintero", "98341-990", "later.txt")
    brother, himself, later = (
        named(first, "Wilson Quintero"), named(first, "Wilmar Quintero"), named(second, "W. Quintero")
    )  # fmt: skip
    assert brother.known["relations"] == [{"of": himself.number, "words": "brother"}]
    assert Pairing.objects.filter(left=himself, right=later).exists()
    assert not Pairing.objects.filter(left=brother, right=later).exists()


def test_somebody_who_may_not_see_one_of_the_two_learns_nothing_of_it(
    worker: User, two: tuple[Appearance, Appearance], person: Callable[..., User]
) -> None:
    case = cases.open_case(person="W. Q.", by=worker, restricted=True)
    cases.link(case.pk, two[0].document_id, by=worker)
    colleague, stranger = person("supervisor"), person("caseworker", "Consulate")
    linking.judge(two[0].pk, two[1].pk, "same", by=worker)
    for somebody in (colleague, stranger):
        assert not appearances_for(somebody).filter(pk=two[0].pk).exists()
        assert not open_pairs_for(somebody).exists()
        with pytest.raises(NotAllowed):
            linking.judge(two[0].pk, two[1].pk, "different", by=somebody)


@pytest.mark.parametrize("role", ["viewer", "intake", "auditor"])
def test_only_caseworkers_and_supervisors_judge(
    two: tuple[Appearance, Appearance], person: Callable[..., User], role: str
) -> None:
    with pytest.raises(NotAllowed):
        linking.judge(two[0].pk, two[1].pk, "same", by=person(role))


def test_the_second_of_two_people_is_told_that_the_first_was_quicker(
    worker: User, two: tuple[Appearance, Appearance], person: Callable[..., User]
) -> None:
    linking.judge(two[0].pk, two[1].pk, "same", by=worker, seen=0)
    with pytest.raises(ChangedMeanwhile):
        linking.judge(two[0].pk, two[1].pk, "different", by=person("supervisor"), seen=0)


def test_a_new_letter_is_proposed_for_the_case_of_the_person_it_names_and_put_nowhere(
    worker: User, two: tuple[Appearance, Appearance], person: Callable[..., User]
) -> None:
    case = cases.open_case(person="the man from unit Z", by=worker)
    cases.link(case.pk, two[0].document_id, by=worker)
    new = two[1].document
    assert suggestions([new], by=worker) == {}
    linking.say_who(case.pk, two[0].pk, by=worker)
    (suggested,) = suggestions([new], by=worker)[new.pk]
    assert (suggested.case, suggested.judged) == (case, False)
    assert "same-register-number" in {ground["code"] for ground in suggested.grounds}
    linking.judge(two[0].pk, two[1].pk, "same", by=worker)
    (suggested,) = suggestions([new], by=worker)[new.pk]
    assert suggested.judged
    linking.judge(two[0].pk, two[1].pk, "different", by=worker)
    assert suggestions([new], by=worker) == {}
    assert not new.links.exists()
    assert suggestions([new], by=person("caseworker", "Consulate")) == {}


def test_a_letter_is_proposed_for_a_case_opened_under_the_name_it_gives(worker: User) -> None:
    case = cases.open_case(person="Wilmar Quintero Salcedo", by=worker)
    new = letter(worker, "Wilmar Quintero Salcedo", "98341-990", "new.txt")
    assert [one.case for one in suggestions([new], by=worker)[new.pk]] == [case]


def test_a_correction_finds_the_names_again(worker: User, two: tuple[Appearance, Appearance]) -> None:
    document = two[0].document
    content = "P.S. first\n\n" + document.readings.get().content
    intake.read_again(document, content=content, by=worker)
    moved = Appearance.objects.get(pk=two[0].pk)
    assert {content[start:end] for start, end in moved.spans} == {"Wilmar Quintero Salcedo"}
