"""Facilities by code and by name, and the region an appeal goes to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo.domain.parties import Facility
from amparo.extraction.facilities import find_facilities
from amparo.rules import facilities
from amparo.rules.facilities import facility, find_facility, load_facilities

BUREAU = [one for one in load_facilities().values() if one.system == "us.bop"]
REGIONS = {"MXR", "NCR", "NER", "SCR", "SER", "WXR"}


def test_the_whole_code_table_of_the_bureau_is_there() -> None:
    assert len(BUREAU) == 203
    assert all(re.fullmatch(r"[A-Z]{3}", one.code) for one in BUREAU)


@pytest.mark.parametrize("one", BUREAU, ids=lambda one: one.code)
def test_every_code_of_the_bureau_resolves(one: Facility) -> None:
    assert facility(f"us.bop/{one.code}") == facility(one.code) == one


def test_florence_is_in_the_north_central_region_and_says_how_that_is_known() -> None:
    florence = facility("us.bop/FLM")
    assert florence.region == "NCR"
    assert florence.region_cite.mark == "from-memory"
    assert florence.opened == 1994
    assert florence.mail == ("PO Box 8500",)


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("OTV", "NER"), ("ELK", "NER"), ("MEM", "MXR"), ("BEC", "MXR"), ("LEE", "MXR"), ("CUM", "MXR"), ("PEK", "NCR"),
        ("RCH", "NCR"), ("SPG", "NCR"), ("MIA", "SER"), ("GUA", "SER"), ("WIL", "SER"), ("BAS", "SCR"), ("FOR", "SCR"),
        ("ATW", "WXR"), ("TCN", "WXR"),
    ],
)  # fmt: skip
def test_regions_agree_with_the_office_that_entered_the_appeals(code: str, region: str) -> None:
    assert facility(code).region == region


def test_every_prison_with_an_address_has_a_region() -> None:
    for one in BUREAU:
        if one.address and one.kind != "HQ":
            assert one.region in REGIONS, one.code
            assert one.region_cite is not None


def test_a_regional_office_lies_in_its_own_region() -> None:
    assert all(facility(code).region == code for code in REGIONS)


def test_the_central_office_is_in_no_region() -> None:
    assert facility("BOP").region == ""


def test_every_alias_belongs_to_one_facility() -> None:
    owners = defaultdict(set)
    for key, one in load_facilities().items():
        for name in (*one.aliases, *one.formerly):
            owners[name.lower()].add(key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Alcatraz of the Rockies", "FLM"), ("ADX FLORENCE", "FLM"), ("la supermax", "FLM"), ("usp lewisburg", "LEW"),
        ("Federal Correctional Institution, Danbury", "DAN"), ("FPC Maxwell", "MON"), ("MCC Miami", "MIA"),
        ("Penal del Altiplano", "mx.cefereso-1"), ("cefereso numero 11", "mx.cefereso-11"), ("HMP Leeds", "gb.leeds"),
        ("Strangeways", "gb.manchester"),
    ],
)  # fmt: skip
def test_a_facility_is_found_by_any_of_its_names(name: str, code: str) -> None:
    assert find_facility(name).code == code


@pytest.mark.parametrize("name", ["USP Florence", "Florence", "the prison", ""])
def test_a_name_that_does_not_settle_which_facility_finds_none(name: str) -> None:
    assert find_facility(name) is None


def test_a_code_that_is_not_in_the_table_finds_none() -> None:
    assert facility("us.bop/QQQ") is None


def test_every_place_outside_the_bureau_has_a_country() -> None:
    assert all(len(one.country) == 2 for one in load_facilities().values())


@pytest.mark.parametrize(
    "content",
    [
        "My lawyer lives in Leeds and works in Lincoln.",
        "We drove from Oaxaca to Chiapas and on to Morelos.",
        "The Western office and the Central Office both wrote back.",
        "Ask the North Central Regional Office in Kansas City.",
        "She had the camp cupcakes in the kitchen.",
    ],
)
def test_ordinary_words_and_towns_are_not_taken_for_listed_facilities(content: str) -> None:
    listed = [found for found in find_facilities(content, language="en") if found.normal in load_facilities()]
    assert listed == []


def test_the_listed_code_in_a_letter_is_one_that_resolves() -> None:
    content = "He went from FCI Danbury to ADX Florence, and his brother is in HMP Leeds."
    found = [f.normal for f in find_facilities(content, language="en")]
    assert [facility(code).name for code in found] == ["FCI Danbury", "USP Florence ADMAX", "HMP Leeds"]


@pytest.fixture
def two_prisons_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    words = tmp_path / "data" / "vocabulary" / "en"
    words.mkdir(parents=True)
    (words / "institutions.toml").write_text("[facility_long]\n", encoding="utf8")
    book = tmp_path / "data" / "facilities"
    book.mkdir()
    head = 'system = "xx"\n[cite]\nref = "a list"\nmark = "from-memory"\nread_on = 2026-11-22\n'
    rows = "".join(f'[[facility]]\ncode = "{c}"\nkind = "HMP"\nplace = "{c}"\naliases = ["The Hill"]\n' for c in "AB")
    (book / "xx.toml").write_text(head + rows, encoding="utf8")
    caches = (load_facilities, facilities._by_name, facilities._by_own_code, facilities._long_kinds)
    for one in caches:
        one.cache_clear()
    monkeypatch.setattr("amparo.rules.books.resources.files", lambda _: tmp_path)
    yield
    for one in caches:
        one.cache_clear()


@pytest.mark.usefixtures("two_prisons_of_one_name")
def test_a_name_two_facilities_share_belongs_to_neither() -> None:
    assert find_facility("The Hill") is None
    assert find_facility("HMP B").code == "B"
