"""Where a filing goes, and what is asked when that cannot be told."""

from __future__ import annotations

import pytest

from amparo.errors import UnknownRule
from amparo.rules.facilities import facility
from amparo.rules.offices import load_offices, resolve

NAMED = [
    "bop.unit-staff", "bop.warden", "bop.ccm", "bop.region", "bop.region-of-incident", "bop.region.NCR",
    "bop.region.MXR", "bop.region.NER", "bop.region.SCR", "bop.region.SER", "bop.region.WXR", "bop.general-counsel",
    "bop.executive-panel", "bop.central-office", "doj.iptu", "doj.oig", "doj.ombudsman",
    "court.district-of-confinement", "court.sentencing", "court.circuit", "court.judge", "consulate",
    "consulate.mx.denver", "un.wgad", "un.srt", "un.hrc", "un.cat", "oas.iachr", "coe.ecthr", "mx.amparo-judge",
    "mx.prison-director", "mx.execution-judge", "mx.cndh", "gb.prison", "gb.ppo", "gb.imb", "mx.foreign-ministry",
]  # fmt: skip


@pytest.mark.parametrize("office", NAMED)
def test_every_office_that_rules_may_name_is_there(office: str) -> None:
    assert load_offices()[office].name.es


@pytest.mark.parametrize("office", NAMED)
def test_an_office_gives_an_address_or_the_question_that_settles_it(office: str) -> None:
    address = resolve(office)
    assert bool(address.lines) != bool(address.ask)


def test_an_office_with_its_own_address_states_how_it_was_read() -> None:
    for office in load_offices().values():
        if office.at == "here":
            assert office.address, office.id
            assert office.cite.kept or office.cite.url, office.id


def test_an_appeal_from_florence_goes_to_kansas_city() -> None:
    address = resolve("bop.region", facility=facility("FLM"))
    assert address.lines[-1] == "Kansas City, KS 66101"
    assert address.name.en == "Regional Director, North Central Regional Office"


def test_an_appeal_address_is_no_surer_than_the_region_it_stands_on() -> None:
    assert resolve("bop.region", facility=facility("FLM")).cite.mark == "from-memory"
    assert resolve("bop.region", facility=facility("BAS")).cite.mark == "verified"


def test_a_tort_claim_goes_to_the_region_where_it_happened_not_where_the_person_is_now() -> None:
    address = resolve("bop.region-of-incident", facility=facility("FLM"), incident_facility=facility("OTV"))
    assert address.lines[-1] == "Philadelphia, PA 19106"


def test_an_unknown_place_of_the_incident_is_asked_for() -> None:
    assert resolve("bop.region-of-incident", facility=facility("FLM")).ask == "incident-facility"


def test_a_facility_of_no_known_region_asks_for_the_region() -> None:
    assert resolve("bop.region", facility=facility("gb.leeds")).ask == "region"


def test_the_warden_is_written_to_at_the_prison() -> None:
    address = resolve("bop.warden", facility=facility("DAN"))
    assert address.lines == ("FCI Danbury", "33 1/2 Pembroke Station", "Route 37", "Danbury, CT 06811")


def test_a_prison_whose_street_is_not_known_gives_name_and_town_and_asks_for_the_rest() -> None:
    address = resolve("mx.prison-director", facility=facility("mx.cefereso-11"))
    assert address.lines[-1] == "Hermosillo, Sonora"
    assert address.ask == "facility-address"


def test_the_attention_line_comes_first() -> None:
    assert resolve("bop.general-counsel").lines[0].startswith("Attn: National Inmate Appeals Administrator")


def test_an_office_that_does_not_exist_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownRule, match=r"no\.such\.office"):
        resolve("no.such.office")
