"""Whose part of a ruling a sentence stands in, by its headings. The rulings here are made up."""

from __future__ import annotations

import pytest

from amparo.extraction.rulings.arguments import find_arguments
from amparo.extraction.rulings.sections import (
    names_a_body,
    names_other_states,
    sections,
    speakers_by_role,
    third_parties_named,
)


def whose(*headings: str, other_states: bool = True) -> str:
    return sections(headings, other_states=other_states)[-1].whose


@pytest.mark.parametrize(
    ("headings", "part"),
    [
        (("A. The parties ' submissions", "( a ) The applicant"), "applicant"),
        (("A. The parties ' submissions", "( a ) The applicant", "( b ) The Government"), "state"),
        (("A. The parties ' submissions", "( c ) The Government of Arcadia"), "third"),
        (("C. Third - party observations", "1 . The Harbour Law Centre"), "third"),
        (("A. The Chamber judgment",), "commission"),
        (("A. The parties ' submissions", "( b ) The Government", "B. The Court 's assessment"), "court"),
        (("I. ALLEGED VIOLATION OF ARTICLE 3",), "nobody"),
    ],
)
def test_a_heading_tells_whose_part_begins(headings: tuple[str, ...], part: str) -> None:
    assert whose(*headings) == part


def test_a_heading_of_a_higher_level_ends_the_part_before() -> None:
    assert whose("A. Submissions", "( c ) The third parties", "B. Damage") == "nobody"


def test_the_only_government_is_the_respondent_also_by_its_countrys_name() -> None:
    assert whose("( b ) The Arcadian Government", other_states=False) == "state"
    assert not names_other_states("The Arcadian Government objected. The Arcadian Government also observed.")


def test_who_speaks_is_told_by_role_and_in_order() -> None:
    said = "The Government disputed that submission , whereas the Commission accepted it ."
    assert speakers_by_role(said, third_parties=frozenset(), other_states=False) == ("state", "commission")


def test_a_body_is_known_by_its_initials_once_a_third_partys_part_has_named_it() -> None:
    paragraphs = (
        "C. The third parties",
        "40 . The Harbour Law Centre ( “ HLC ” ) argued that .",
        "41 . The HLC added .",
    )
    where = sections((paragraphs[0], None, None), other_states=False)
    bodies = third_parties_named(paragraphs, where)
    assert bodies == {"HLC"}
    assert speakers_by_role("The HLC added that .", third_parties=bodies, other_states=False) == ("third",)
    assert names_a_body("The Harbour Law Centre argued that") and not names_a_body("The applicant argued that")


def test_what_a_third_party_and_the_commission_argue_is_theirs() -> None:
    ruling = (
        "A. The parties ' submissions",
        "( a ) The applicant",
        "30 . The applicant submitted that the search had had no basis in law .",
        "( b ) The Government",
        "31 . The Government maintained that the search had been lawful .",
        "( c ) The third party",
        "32 . The Harbour Law Centre submitted that searches of this kind were common in the region .",
        "B. The Court 's assessment",
        "33 . The Court reiterates that an interference must be in accordance with the law .",
    )
    assert {a.paragraph: a.party for a in find_arguments(ruling)} == {
        2: "applicant", 4: "state", 6: "third_party", 8: "ecthr",
    }  # fmt: skip
