"""One person under many names within a document, and different people kept apart."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Language, Maker, Text
from amparo.extraction import filler, genre, mentions, people, sentences, written
from amparo.extraction.naming import agree
from amparo.extraction.signature import find_signature


def noted(content: str, language: Language = "en") -> Notes:
    text = Text.of(content, document="0" * 64, maker=Maker(component="test", version="1"), language=language)
    notes = Notes(read_on=dt.date(2026, 11, 21))
    for factory in (genre.by_signs, sentences.by_rules, written.by_dateline, filler.by_signs, mentions.by_rules, people.by_rules):
        notes = factory(language, {})(text, notes)
    return notes


def called(notes: Notes, form: str) -> Person:
    (index,) = people.who_is_named(notes.people, form)
    return notes.people[index]


REPORT = """Tamsin Orde “La Güera” Villaseñor wrote to the court this week, her attorney said.

Villaseñor is serving a sentence at FCI Danbury. La Güera alleges that guards took her coat.

Her brother, Ramón Villaseñor, was arrested in May. The inmate has asked for a transfer, said attorney Piers Holloway."""


def test_a_nickname_in_quotes_a_surname_and_an_epithet_are_one_person() -> None:
    person = called(noted(REPORT), "Tamsin Orde Villaseñor")
    assert {"La Güera", "Villaseñor", "The inmate"} <= set(person.aliases)
    assert person.role == "detained"


def test_a_relative_of_the_same_surname_stays_another_person() -> None:
    notes = noted(REPORT)
    assert called(notes, "Ramón Villaseñor") is not called(notes, "Tamsin Orde Villaseñor")
    assert "Her brother" in called(notes, "Ramón Villaseñor").aliases


def test_a_title_a_description_and_a_name_in_apposition_are_one_person() -> None:
    notes = noted("Dear friend,\n\nI asked the counselor, Ms. Averill, for the form. My boss Mr. Tunney said no. The counselor laughed.\n\nAda Pike")
    assert {"the counselor", "Ms. Averill", "The counselor"} <= set(called(notes, "Ms. Averill").aliases)
    assert "My boss" in called(notes, "Mr. Tunney").aliases


def test_two_surnames_and_their_shorter_form_are_one_person() -> None:
    notes = noted(
        "Señor juez:\n\nMi hijo Joel Arriaga Pineda está preso. Arriaga Pineda no ha visto médico. La licenciada Imelda Corona no contesta.\n\nAtentamente,\nEulalia Pineda",
        "es",
    )
    assert "Arriaga Pineda" in called(notes, "Joel Arriaga Pineda").aliases
    assert {"La licenciada Imelda Corona", "Imelda Corona"} <= set(called(notes, "Imelda Corona").aliases)


def test_the_writer_of_a_letter_is_the_one_who_signed_it() -> None:
    notes = noted("Dear Judge,\n\nI am in the SHU. My cellie is sick.\n\nRespectfully,\nAda Moreno-Pike\nReg. No. 00123-456")
    assert notes.author is not None
    assert (notes.people[notes.author].name, notes.people[notes.author].role) == ("Ada Moreno-Pike", "detained")


def test_a_letter_nobody_signed_has_no_author_that_can_be_told() -> None:
    assert noted("Dear Sirs,\n\nI will not put my name here. They hit a man over in B unit and he is hurt bad.").author is None


def test_a_mother_who_writes_is_family_and_not_the_one_held() -> None:
    notes = noted("Señor juez:\n\nLe escribo por mi hijo. Lo tienen encerrado y fui a verlo el martes; la visita fue corta.\n\nEulalia Rentería", "es")
    assert notes.author is not None
    assert notes.people[notes.author].role == "family"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Wilmar A. Quintero", "Wilmar Andrés Quintero Salcedo"), ("Félix", "Renata Orta Felix"), ("Okafor", "Nia Okafor-Wynne"), ("J. Prado", "Julia Prado")],
)
def test_shorter_forms_of_a_name_agree_with_the_longer(first: str, second: str) -> None:
    assert agree(first, second)
    assert agree(second, first)


@pytest.mark.parametrize(("first", "second"), [("Rodrigo Salmerón", "Beltrán Salmerón"), ("J.", "Julia Prado"), ("Prado Julia", "Julia Prado"), ("", "Julia Prado")])
def test_different_people_do_not_agree_by_sharing_a_surname_or_an_initial(first: str, second: str) -> None:
    assert not agree(first, second)


def test_a_signature_is_a_name_and_not_the_farewell_or_the_number() -> None:
    for foot, name in (
        ("Respectfully submitted,\nLorna Tate, Reg. 00456-111", "Lorna Tate"),
        ("su servidor Eleuterio", "Eleuterio"),
        ("thank you\nmarcus bell\nb&c 1234567890", "marcus bell"),
    ):
        content = f"Dear Sir,\n\nThey took my coat and I am cold.\n\n{foot}"
        language: Language = "es" if "servidor" in foot else "en"
        found = find_signature(content, language=language)
        assert found is not None
        assert content[slice(*found)] == name
