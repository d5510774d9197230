"""Lists of what is lacking, circumstances told elsewhere, titles told again and what rules say."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.dates import PartialDate
from amparo.domain.notes import Genre, Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction.acts.act_signs import act_signs
from amparo.extraction.acts.allegations import find_allegations
from amparo.extraction.acts.signs import parse_sign
from amparo.extraction.paper.sentences import by_rules

MAKER = Maker(component="test", version="1")


def told(say: str, *, language: Language = "en", genre: Genre = "letter") -> dict[str, list[str]]:
    text = Text.of(say, document="0" * 64, maker=MAKER, language=language)
    notes = Notes(genre=genre, written=PartialDate.of_day(dt.date(2026, 3, 1)))
    notes = find_allegations(text, by_rules(language, {})(text, notes), signs=act_signs(language), maker=MAKER)
    found: dict[str, list[str]] = {}
    for one in notes.allegations:
        found.setdefault(one.act, []).append(one.quotes[0].exact)
    return found


@pytest.mark.parametrize(
    ("language", "say", "acts"),
    [
        ("en", "The men have no access to sunlight, clean water or a dentist.", {"LIT-02", "WAT-01", "DEN-01"}),
        ("en", "Inmates were denied showers, phone calls and medication.", {"HYG-02", "FAM-01", "MED-04"}),
        ("en", "She described a lack of blankets, hot food and human contact.", {"CLO-01", "FOD-01", "ISO-05"}),
        ("en", "They live without heat, soap, or medical attention.", {"AIR-01", "HYG-02", "MED-01"}),
        ("es", "Los internos no tienen acceso a agua potable, médico ni abogado.", {"WAT-01", "MED-01", "LEG-01"}),
        ("es", "Le niegan visitas, medicinas y comida.", {"FAM-01", "MED-04", "FOD-01"}),
        ("es", "Señaló la falta de cobijas, ventilación y atención psicológica.", {"CLO-01", "AIR-01", "MEN-01"}),
    ],
)
def test_each_thing_in_a_list_of_what_is_lacking_is_an_allegation(language: Language, say: str, acts: set[str]) -> None:
    assert acts <= set(told(say, language=language))


def test_the_passage_of_a_later_thing_runs_from_the_words_of_lacking_to_that_thing() -> None:
    assert told("Sources say that prisoners have no access to sunlight, books, clean water or a dentist.")[
        "WAT-01"
    ] == ["no access to sunlight, books, clean water"]


@pytest.mark.parametrize(
    "say",
    [
        "She was not denied visits, calls or mail.",
        "He has no friends and the yard is large.",
        "No letter from home, he said, was as good as the food.",
    ],
)
def test_a_list_that_is_denied_or_over_tells_nothing_more(say: str) -> None:
    assert not told(say)


def test_the_circumstance_is_not_part_of_the_words_that_tell_the_act() -> None:
    say = "I am in segregation since May. The food is fine. Nobody will tell me when it will end, and I am tired of it."
    assert "segregation" not in told(say)["ISO-02"][0]


def test_without_its_circumstance_a_sign_is_not_seen() -> None:
    assert not told("I am in the choir since May. Nobody will tell me when it will end.")


def test_a_sign_may_name_what_it_excludes_and_its_circumstance() -> None:
    sign = parse_sign("medicine - food ~ cell @ sentence", literal=str)
    assert [a.concept for a in (*sign.excluded, *sign.circumstance)] == ["food", "cell"]


def test_the_subject_of_a_mail_is_left_out_where_the_body_tells_the_same() -> None:
    say = "From: R. Oyelaran\nSubject: My brother on hunger strike\n\nDear sirs,\n\nHe began a hunger strike on Monday."
    assert [words for words in told(say)["HUN-01"] if "My brother" in words] == []


def test_the_subject_of_a_mail_counts_where_the_body_does_not_tell_it() -> None:
    assert "HUN-01" in told("Subject: My brother on hunger strike\n\nDear sirs, please call me.")


@pytest.mark.parametrize(
    ("language", "say", "alleged"),
    [
        ("en", "The rules say a prisoner shall not be deprived of food or water.", False),
        ("en", "The rules say otherwise, yet he was deprived of food and water.", True),
        ("es", "El reglamento dispone que nadie será privado de comida ni agua.", False),
        ("es", "El reglamento dispone otra cosa, pero lo tienen privado de comida y agua.", True),
    ],
)
def test_what_a_rule_says_is_alleged_only_where_it_is_broken(language: Language, say: str, alleged: bool) -> None:
    assert ({"FOD-01", "WAT-01"} <= set(told(say, language=language))) == alleged


def test_who_refuses_food_to_be_heard_is_not_said_to_be_given_none() -> None:
    acts = told("He has not eaten for eight days and will not eat until they let him see a judge.")
    assert "HUN-01" in acts
    assert "FOD-01" not in acts
