"""What an act may engage: every act has standards, none hangs in the air, and the weighty ones come first."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from amparo.errors import BrokenRule
from amparo.rules.books import read_books
from amparo.rules.standards import Instrument, load_acts, load_instruments, load_standards, match_standards

VOCABULARY = tomllib.loads(
    resources.files("amparo").joinpath("data", "vocabulary", "acts.toml").read_text(encoding="utf8")
)
ACTS = [act["code"] for act in VOCABULARY["act"]]


@pytest.mark.parametrize("act", [*ACTS, "death-in-custody"])
def test_every_act_engages_a_mandela_rule_and_something_that_binds(act: str) -> None:
    engaged = match_standards(act)
    instruments = {standard.instrument for standard in engaged}
    assert "mandela" in instruments
    assert instruments & {"iccpr", "cat", "vccr"}


def test_the_acts_are_those_of_the_vocabulary_and_the_tag_for_a_death() -> None:
    assert set(load_acts()) == {*ACTS, "death-in-custody"}


def test_no_act_names_a_standard_that_is_not_there() -> None:
    named = {name for act in load_acts().values() for name in act.standards}
    assert named <= set(load_standards())


def test_no_standard_stands_twice() -> None:
    ids = [standard.id for instrument in load_instruments() for standard in instrument.standard]
    assert len(ids) == len(set(ids))


def test_mandela_rules_bear_the_numbers_of_2015() -> None:
    rules = [standard for standard in load_standards().values() if standard.instrument == "mandela"]
    numbers = [int(standard.id.split(".")[1]) for standard in rules]
    assert all(1 <= number <= 122 for number in numbers)
    assert all(standard.ref.startswith(f"Mandela Rules, rule {n}") for standard, n in zip(rules, numbers, strict=True))


def test_rule_22_is_food_and_water_and_not_health_as_in_1955() -> None:
    assert "Food" in load_standards()["mandela.22"].duty.en
    assert "alud" in load_standards()["mandela.24"].duty.es


def test_what_was_not_read_says_so() -> None:
    for standard in load_standards().values():
        if standard.cite.mark in ("verified", "secondary"):
            assert standard.cite.kept or standard.cite.url, standard.id
        else:
            assert standard.cite.mark == "from-memory", standard.id


def test_law_that_binds_comes_before_regulations_cases_and_soft_law() -> None:
    order = [standard.instrument for standard in match_standards("CON-01", state="US")]
    assert order.index("vccr") < order.index("us.cfr") < order.index("us.case") < order.index("mandela")


def test_us_law_is_left_out_for_a_prison_in_mexico_and_the_american_convention_for_one_in_the_us() -> None:
    mexico = {standard.instrument for standard in match_standards("FOR-01", state="MX")}
    america = {standard.instrument for standard in match_standards("FOR-01", state="us")}
    assert "achr" in mexico
    assert not {"us.const", "us.cfr", "us.case", "us.usc"} & mexico
    assert "declaration" in america
    assert "achr" not in america


def test_when_the_state_is_unknown_every_standard_is_kept() -> None:
    assert len(match_standards("FOR-01")) == len(load_acts()["FOR-01"].standards)


def test_an_unknown_act_engages_nothing() -> None:
    assert match_standards("ISO-99", state="US") == ()


def test_huridocs_codes_have_twelve_digits_and_words() -> None:
    for act in load_acts().values():
        assert act.esf, act.code
        assert all(re.fullmatch(r"[0-9]{12}", code.code) and code.label.es for code in act.esf), act.code


def test_a_file_of_standards_with_a_misspelt_key_is_refused_by_name_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "standards"
    folder.mkdir(parents=True)
    (folder / "odd.toml").write_text(
        'instrument = "odd"\nkind = "soft"\ntitle = { en = "Odd", es = "Raro" }\n'
        '[[standard]]\nid = "odd.1"\ndooty = 1\n',
        encoding="utf8",
    )
    monkeypatch.setattr("amparo.rules.books.resources.files", lambda _: tmp_path)
    with pytest.raises(BrokenRule, match=r"standards/odd\.toml"):
        list(read_books("standards", Instrument))


@pytest.mark.parametrize(("state", "own"), [("US", "us."), ("MX", "mx.")])
@pytest.mark.parametrize("act", [*ACTS, "death-in-custody"])
def test_the_law_of_the_state_that_holds_the_person_is_among_what_an_act_engages(
    act: str, state: str, own: str
) -> None:
    assert any(standard.id.startswith(own) for standard in match_standards(act, state=state))
