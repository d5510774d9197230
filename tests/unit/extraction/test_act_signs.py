"""The notation of concepts and signs, and what a broken file of signs is told."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.notes import Stretch
from amparo.domain.text import Language
from amparo.dossier import examine
from amparo.errors import BrokenVocabulary
from amparo.extraction.acts.act_signs import act_codes, act_signs, build_act_signs
from amparo.extraction.acts.concepts import Lexicon
from amparo.extraction.acts.measures import measures
from amparo.extraction.acts.wording import word_by_word


def seen(sign: str, say: str, concepts: dict[str, list[str]], *, language: Language = "en") -> bool:
    signs = build_act_signs({"made-up": {"concepts": concepts, "signs": {"MED-04": [sign]}}}, language=language)
    sentences, at = [], 0
    for piece in say.split("|"):
        sentences.append(Stretch(start=at, end=at + len(piece)))
        at += len(piece) + 1
    finder = signs.look_into(word_by_word(say, sentences, language=language))
    return next(finder.find(signs.signs["MED-04"][0]), None) is not None


PILLS = {"pills": ["pill/pills", "medic*"], "gone": ["ran out", "not ... given", "wont give"], "joke": ["joke"]}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_act_has_signs_in_each_language(language: Language) -> None:
    assert set(act_signs(language).signs) == set(act_codes())


@pytest.mark.parametrize(
    ("sign", "say", "expected"),
    [
        ("pills + gone", "My pills ran out", True),
        ("pills + gone", "They ran out of my medication", True),
        ("pills > gone", "They ran out of my pills", False),
        ("pills + gone", "I take my pills", False),
        ("pills >2 gone", "the pills for him ran out", True),
        ("pills >1 gone", "the pills for him ran out", False),
        ("pills + gone - joke", "My pills ran out, what a joke", False),
        ("pills + gone", "My pills. | They ran out", False),
        ("pills + gone @ passage", "My pills. | They ran out", True),
        ("pills + gone @ passage", "My pills.\n\n| They ran out", False),
        ("pills + {days>15}", "no pills for three weeks", True),
        ("pills + {days>15}", "no pills for 15 days", False),
        ("'cop out' + gone", "My cop out, not once been given back", True),
        ("joke | pills + gone", "the JOKE ran out", True),
    ],
)
def test_a_sign_is_seen_only_when_all_its_elements_are_there(sign: str, say: str, expected: bool) -> None:
    assert seen(sign, say, PILLS) is expected


def test_spanish_words_are_found_however_they_are_spelled() -> None:
    assert seen(
        "doctor + gone",
        "no me an llebado al doctór",
        {"doctor": ["doctor"], "gone": ["no me? han llevado"]},
        language="es",
    )


@pytest.mark.parametrize(
    ("say", "kind", "value"),
    [
        ("twenty-three hours a day", "hours", 23),
        ("two hundred and ten days", "days", 210),
        ("3 long months", "days", 90),
        ("1,200 people", "people", 1200),
        ("2.5 kilos", "pounds", 5.5),
        ("once a week", "times", 1),
    ],
)
def test_numbers_are_read_with_their_units(say: str, kind: str, value: float) -> None:
    found = [m.value for m in measures(word_by_word(say, (), language="en"), language="en") if m.kind == kind]
    assert found[0] == pytest.approx(value)


def test_spanish_numbers_in_words_are_read() -> None:
    words = word_by_word("treinta y cinco días, dos mil trescientos presos", (), language="es")
    assert {(m.kind, m.value) for m in measures(words, language="es") if m.kind != "number"} == {
        ("days", 35.0),
        ("people", 2300.0),
    }


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"concepts": {"pills": ["pi*"]}}, "wording: pi*"),
        ({"concepts": {"pills": ["cop-out"]}}, "wording: cop-out"),
        ({"concepts": {"pills": ["... gone"]}}, "wording: ... gone"),
        ({"signs": {"MED-04": ["pills + gone"]}}, "MED-04: pills + gone: pills"),
        ({"signs": {"XXX-09": ["'a'"]}}, "XXX-09"),
        ({"signs": {"MED-04": ["'a' +"]}}, "MED-04"),
        ({"signs": {"MED-04": ["'a' 'b'"]}}, "side by side"),
        ({"signs": {"MED-04": ["'a' @ page"]}}, "@ comes last"),
        ({"signs": {"MED-04": ["{parsecs>2}"]}}, "parsecs>2"),
        ({"joined": {"one": "two", "two": "one"}}, "one > two > one"),
        ({"words": {}}, "made-up"),
    ],
)
def test_a_broken_file_is_told_its_entry(table: dict[str, dict[str, object]], told: str) -> None:
    with pytest.raises(BrokenVocabulary) as broken:
        build_act_signs({"made-up": table}, language="en")
    assert told in str(broken.value)


def test_a_concept_has_one_entry_in_all_files() -> None:
    table = {"concepts": {"pills": ["pill"]}}
    with pytest.raises(BrokenVocabulary, match="one entry"):
        build_act_signs({"first": table, "second": table}, language="en")


def test_wordings_of_several_words_stand_for_their_like_forms_and_single_words_do_not() -> None:
    lexicon = Lexicon.of({"struck": ["kicked my ribs"], "told": ["spoke to me"], "hers": ["her"]}, language="en")

    def found(say: str) -> set[str]:
        return set(lexicon.find(word_by_word(say, (), language="en")))

    assert found("they were kicking his ribs") == {"struck"}
    assert found("she spoke to us") == {"told"}
    assert found("his") == set()
    exact = Lexicon.of({"struck": ["kicked my ribs"]}, language="en", exact={"struck"})
    assert exact.find(word_by_word("they were kicking his ribs", (), language="en")) == {}


def test_what_is_told_since_a_day_has_lasted_from_then_on() -> None:
    told = "I have been locked up alone since the 2nd, twenty-three hours of it."

    def alleged(day: str) -> set[str]:
        letter = f"{day}\n\nDear Sir,\n\n{told}\n\nRay Odum"
        held = examine(letter.encode(), name="letter.txt", pipeline="auto", today=dt.date(2026, 6, 1))
        return {one.act for one in held.notes.allegations}

    assert "ISO-01" in alleged("March 30, 2026")
    assert "ISO-01" not in alleged("March 9, 2026")
