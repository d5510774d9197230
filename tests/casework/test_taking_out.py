"""A case leaves in a format only through the gate, and only as far as the person agreed: not a name more."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.utils import timezone

from amparo.casework.actions import cases, consents, intake, taking_out
from amparo.casework.consent import Permit, Recipient, require_consent
from amparo.casework.models import Case, HistoryLine, User
from amparo.drafting.hiding import fold
from amparo.errors import ConsentMissing, NotAllowed
from amparo.interchange.annotations import notes_from, read_annotations
from amparo.interchange.cells import read_table

TODAY = timezone.localdate()
LETTER = """Rufino Zaldívar Quiroga, Reg. No. 98341-990
FCI Florence

Dear Judge,

For three days the officers at FCI Florence have refused me my insulin. My cellmate Anselmo Tobar saw it.
Lieutenant Crane said to me, "Zaldivar, you will get nothing."

Rufino Z. Quiroga
"""
PRESS = Recipient("press", "")


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    worker = person("caseworker")
    case = cases.open_case(person="Rufino Zaldívar Quiroga", by=worker)
    document = intake.receive(LETTER.encode(), name="rufino_zaldivar.txt", by=worker).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    cases.link(case.pk, document.pk, by=worker)
    cases.enter_fact(case.pk, "incident", TODAY.isoformat(), by=worker)
    return case


def permit(case: Case, identity: str) -> Permit:
    consents.record_consent(
        case.pk, purpose="press", recipients=[PRESS], identity=identity, given=TODAY, noted="said on the telephone",
        by=case.opened_by,
    )  # fmt: skip
    return require_consent(case, purpose="press", recipient=PRESS, identity=identity, on=TODAY)


@pytest.mark.parametrize("kind", sorted(taking_out.KINDS))
@pytest.mark.parametrize("identity", ["none", "reference", "initials"])
def test_below_the_name_nothing_says_who_it_is(case: Case, kind: str, identity: str) -> None:
    parcel = taking_out.take_out(case.pk, kind, permit=permit(case, identity), by=case.opened_by)
    if kind == "xlsx":
        import io

        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(parcel.data))
        words = json.dumps([[str(c) for c in row] for sheet in book for row in sheet.values], ensure_ascii=False)
    else:
        words = parcel.data.decode()
    for name in ("rufino", "zaldivar", "quiroga", "98341", "anselmo", "tobar", "florence"):
        assert name not in fold(words), name
        assert name not in fold(parcel.name)
    if identity == "none":
        assert case.reference not in words + parcel.name


def test_at_the_name_the_number_and_the_place_stay_back_and_at_full_nothing_does(case: Case) -> None:
    words = taking_out.take_out(case.pk, "annotations", permit=permit(case, "name"), by=case.opened_by).data.decode()
    assert "Quiroga" in words
    assert "98341" not in words
    assert "Florence" not in words
    words = taking_out.take_out(case.pk, "annotations", permit=permit(case, "full"), by=case.opened_by).data.decode()
    assert "98341-990" in words
    assert "Florence" in words


def test_quotes_still_stand_where_they_say_in_the_words_given_out(case: Case) -> None:
    data = taking_out.take_out(case.pk, "annotations", permit=permit(case, "initials"), by=case.opened_by).data
    found = notes_from(read_annotations(data))
    assert "MED-04" in {one.act for one in found.allegations}
    assert any("insulin" in quote.exact for one in found.allegations for quote in one.quotes)


def test_an_allegation_is_in_the_table_with_its_words(case: Case) -> None:
    data = taking_out.take_out(case.pk, "allegations", permit=permit(case, "reference"), by=case.opened_by).data
    assert any("insulin" in str(cell) for row in read_table(data).rows for cell in row)


def test_without_consent_for_it_nothing_leaves(case: Case, person: Callable[..., User]) -> None:
    given = permit(case, "initials")
    other = cases.open_case(person="Ada Pike", by=case.opened_by)
    forged = Permit(case=case.pk, purpose="press", recipient=PRESS, identity="full", on=TODAY)
    for wrong, where in ((forged, case), (given, other)):
        with pytest.raises(ConsentMissing):
            taking_out.take_out(where.pk, "ftm", permit=wrong, by=case.opened_by)
    for somebody in (person("viewer"), person("intake"), person("caseworker", "Other")):
        with pytest.raises(NotAllowed):
            taking_out.take_out(case.pk, "ftm", permit=given, by=somebody)
    with pytest.raises(NotAllowed):
        taking_out.take_out(case.pk, "no-such-format", permit=given, by=case.opened_by)
    assert not HistoryLine.objects.filter(kind="case.taken-out").exists()


def test_what_left_is_a_line_of_history_without_a_word_of_it(case: Case) -> None:
    given = permit(case, "initials")
    taking_out.take_out(case.pk, "esf", permit=given, by=case.opened_by)
    line = HistoryLine.objects.get(kind="case.taken-out")
    assert line.details == {
        "format": "esf", "documents": 1, "purpose": "press", "recipient": "press", "identity": "initials",
        "consent": given.consent,
    }  # fmt: skip
