"""What a report tells of an attack: kinds, victims, country and year. Everybody here is fictional."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.text import Maker, Text
from amparo.extraction.attacks.countries import country_code, country_name, signs_of_countries
from amparo.extraction.attacks.told import tell_attack
from amparo.extraction.attacks.victims import Named, by_person
from amparo.extraction.attacks.weights import Weights, attack_model
from amparo.extraction.attacks.years import signs_of_years

REPORT = """Gunmen kidnap editor of small newspaper in Harare

HARARE – Armed men abducted journalist Tendai Marowa, 41, from his home on Tuesday, his wife said. Marowa, who edits a
weekly newspaper in Zimbabwe, was beaten and driven away. The kidnappers have asked for no ransom.

"We have not heard from Marowa since he was kidnapped," said Rudo Chuma, a spokeswoman for a journalists' union.
Police said they were searching for the abducted journalist in Harare.
"""


def told(words: str, published: dt.date | None = dt.date(2020, 6, 4)):  # type: ignore[no-untyped-def]
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language="en")
    return tell_attack(text, published=published)


def test_a_report_of_an_abduction_tells_what_was_done_to_whom_where_and_when() -> None:
    attack = told(REPORT)
    assert "kidnapping" in attack.kinds
    assert attack.victims == ("Tendai Marowa",)
    assert attack.country == "Zimbabwe"
    assert attack.year == 2020


def test_a_spokeswoman_is_no_victim() -> None:
    assert "Rudo Chuma" not in told(REPORT).victims


def test_without_the_day_of_publication_no_year_is_told() -> None:
    assert told(REPORT, published=None).year is None


def test_a_report_without_a_country_tells_none() -> None:
    assert told("A man was kidnapped.\n\nHe was found dead.").country is None


@pytest.mark.parametrize(
    ("written", "code"),
    [("USA", "US"), ("United States of America", "US"), ("the Netherlands", "NL"), ("Georgia", "GE"), ("Yemeni", "YE")],
)
def test_a_country_is_known_by_any_of_its_names(written: str, code: str) -> None:
    assert country_code(written) == code


def test_a_place_that_is_no_country_is_none() -> None:
    assert country_name("US") == "United States"
    assert country_code("Atlantis") is None


def test_a_state_that_shares_a_countrys_name_is_not_searched_for() -> None:
    assert "GE" not in signs_of_countries("Man held in Georgia\n\nATLANTA, Georgia – He was held in Atlanta.")
    assert "JO" not in signs_of_countries("Jordan Pike was arrested\n\nHe was held.")


def test_the_year_of_publication_is_always_tried_and_later_years_are_not() -> None:
    years = signs_of_years("Killed in 2016\n\nHe would have been 60 in 2031.", published=dt.date(2019, 5, 1))
    assert set(years) == {2016, 2019}


def test_a_surname_belongs_to_the_full_name_above_it() -> None:
    people = by_person([Named(0, 9, "Ada Pike", 1.0), Named(20, 24, "Pike", 1.0), Named(30, 38, "Bea Pike", 1.0)])
    assert sum(len(places) for places in people.values()) == 3
    assert "Pike" not in people


def test_every_score_can_be_added_up_by_hand() -> None:
    weights = Weights(labels=("a", "b"), start=(0.5, 0.0), signs={"x": (1.0, -1.0)})
    assert weights.score({"x": 2.0, "unheard of": 9.0}) == (2.5, -2.0)


def test_the_weights_that_ship_say_what_they_weigh() -> None:
    model = attack_model()
    assert set(model.kinds.labels) >= {"arbitrary detention", "killing", "torture", "kidnapping"}
    assert all(len(row) == len(model.kinds.labels) for row in model.kinds.signs.values())
