"""Names of facilities across documents."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.law import Citation
from amparo.domain.parties import Facility
from amparo.linking import suggest_facilities
from amparo.linking.institutions import compare_institutions

CITE = Citation(ref="A list made up for this test", mark="choice", read_on=dt.date(2026, 3, 4))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("United States Penitentiary, Alder Creek", "USP Alder Creek"),
        ("CERESO No. 1 de Valleseco", "Centro de Reinserción Social 1, Valleseco"),
        ("the Alder Creek prison", "Alder Creek State Prison"),
        ("Penal de Valleseco", "cárcel de Valleseco"),
        ("Alder Creak Correctional Facility", "Alder Creek Correctional Facility"),
        ("Centro Femenil de Valleseco", "centro de mujeres Valleseco"),
    ],
)
def test_one_facility_under_two_names(one: str, other: str) -> None:
    assert len(suggest_facilities([one, other])) == 1


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("CEFERESO No. 4", "CEFERESO No. 14", "other-number"),
        ("Alder Creek Unit II", "Alder Creek Unit III", "other-number"),
        ("USP Alder Creek", "FCI Alder Creek", "other-kind"),
        ("Centro Femenil de Valleseco", "Centro Varonil de Valleseco", "for-the-other-sex"),
        ("Alder Creek Prison", "Willow Creek Prison", "other-name"),
        ("East Valley Jail", "West Valley Jail", "other-name"),
    ],
)
def test_number_kind_sex_and_name_make_two(one: str, other: str, code: str) -> None:
    assert compare_institutions(one, other).code == code
    assert suggest_facilities([one, other]) == ()


def test_a_name_is_compared_with_every_name_a_listed_facility_has_or_had() -> None:
    listed = {
        "x/ALD": Facility(code="ALD", name="USP Alder Creek", cite=CITE, aliases=("the Rookery",)),
        "x/WIL": Facility(code="WIL", name="USP Willow Creek", cite=CITE, formerly=("Marsh Farm",)),
    }
    found = {(c.left, c.right) for c in suggest_facilities(["Rookery", "Marsh Farm prison", "x/ALD"], listed)}
    assert found == {("Rookery", "x/ALD"), ("Marsh Farm prison", "x/WIL")}
