"""What a document names: facilities, institutions, numbers, citations."""

from __future__ import annotations

import pytest

from amparo.domain.text import Language
from amparo.extraction.facilities import find_facilities
from amparo.extraction.numbers import find_numbers
from amparo.extraction.phrases import Phrases, fold


def facilities(content: str, language: Language = "en") -> list[tuple[str, str]]:
    return [(content[f.start : f.end], f.normal) for f in find_facilities(content, language=language)]


def test_one_facility_has_one_code_under_all_its_names() -> None:
    content = "He left ADX Florence, the Supermax, which many call the “Alcatraz of the Rockies.”"
    assert {normal for _, normal in facilities(content)} == {"us.bop/FLM"}
    assert len(facilities(content)) == 3


def test_a_facility_outside_the_lists_is_found_by_its_form() -> None:
    assert facilities("She is in the Ouachita Parish Jail now.") == [("Ouachita Parish Jail", "Ouachita Parish Jail")]
    assert facilities("Está en el Centro Penitenciario de Alhaurín.", "es")[0][0].startswith("Centro Penitenciario")


def test_a_name_the_document_itself_gives_belongs_to_the_facility_spoken_of() -> None:
    content = "They moved him to Harrow County Jail, a prison known as “the Rock”."
    assert (
        facilities(content)[-1] == ("the Rock", "Harrow County Jail")
        or facilities(content)[-1][1] == "Harrow County Jail"
    )


def test_a_unit_inside_a_prison_is_no_facility() -> None:
    assert facilities("I was put in the Special Housing Unit.") == []


@pytest.mark.parametrize(
    ("content", "kind", "normal"),
    [
        ("Reg. No. 91562-997", "register-number", "91562-997"),
        ("TDCJ # 02214456", "register-number", "02214456"),
        ("b&c 9992501877", "register-number", "9992501877"),
        ("No. 7:25-cv-00991", "case-number", "7:25-CV-00991"),
        ("juicio de amparo 1123/2025", "case-number", "1123/2025"),
        ("under 42 U.S.C. § 1983", "citation", "42 U.S.C. § 1983"),
        ("28 CFR 542.14(a)", "citation", "28 CFR 542.14(a)"),
        ("Estelle v. Gamble, 429 U.S. 97 (1976)", "citation", "429 U.S. 97 (1976)"),
        ("Mandela Rule 45", "citation", "Mandela Rule 45"),
    ],
)
def test_numbers_and_citations_are_known_by_their_shape(content: str, kind: str, normal: str) -> None:
    assert (kind, normal) in [(n.kind, n.normal) for n in find_numbers(content)]


def test_a_telephone_number_or_a_year_is_no_register_number() -> None:
    assert [n for n in find_numbers("Call 212-555-0147 in 2025.") if n.kind == "register-number"] == []


def test_phrases_are_found_whatever_their_case_accents_and_spaces() -> None:
    found = list(Phrases.of(["prisión", "celda de castigo"]).find("PRISION y Celda  de castigo"))
    assert [f.phrase for f in found] == ["prisión", "celda de castigo"]


def test_folding_keeps_every_character_in_its_place() -> None:
    words = "Ñandú ‘x’ “y” ﬁ İ ß"
    assert len(fold(words)) == len(words)


def test_the_place_alone_is_the_facility_named_in_full_elsewhere() -> None:
    found = facilities("I came to FCI Sandstone in May. Sandstone is cold. The bus left Sandstone, Minnesota at dawn.")
    assert [words for words, _ in found] == ["FCI Sandstone", "Sandstone"]
    assert len({normal for _, normal in found}) == 1


def test_a_jail_told_by_its_town_is_a_facility() -> None:
    assert facilities("My cousin is in the county jail in Dallas now.")[0][0] == "the county jail in Dallas"
    assert facilities("Lo tienen en la cárcel La Roca desde mayo.", "es")[0][0] == "la cárcel La Roca"


def test_a_unit_with_a_letter_is_no_facility() -> None:
    assert facilities("They fixed the heat in K Unit.") == []
