"""Whom an act befell, and who is who around it, in wordings of many hands."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.dossier import Dossier
from amparo.dossier import examine


def read(content: str) -> Dossier:
    return examine(content.encode(), name="paper.txt", pipeline="auto", today=dt.date(2026, 11, 21))


def role(dossier: Dossier, name: str) -> str:
    return next(p.role for p in dossier.notes.people if name in (p.name, *p.aliases))


def befell(dossier: Dossier, act: str) -> set[str]:
    told = [r for a in dossier.notes.allegations if a.act == act for r in a.roles if r.kind == "affected"]
    return {dossier.notes.people[r.person].name if r.person is not None else r.words for r in told}


SMALL = "yo ms dorn its dwight okello from b block\n\ni aint had no insulin for nine days n nobody care\n\n{sign}\n"


@pytest.mark.parametrize("sign", ["dwight", "d"])
def test_a_letter_in_small_letters_has_its_writer(sign: str) -> None:
    notes = read(SMALL.format(sign=sign)).notes
    assert notes.author is not None
    assert "dwight okello" in notes.people[notes.author].aliases


def test_the_last_words_of_a_letter_are_no_name_for_being_few() -> None:
    letter = "my cell has no light since may\n\ni aint got no more paper\n"
    assert read(letter).notes.author is None


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ("Calvin next door has had no insulin for nine days.", "Calvin"),
        ("My celly Calvin has had no insulin for nine days.", "Calvin"),
    ],
)
def test_somebody_told_with_the_words_of_prison_life_is_held(told: str, held: str) -> None:
    letter = f"Dear Ms. Dorn,\n\nI am in cell 14 on B tier. {told} Calvin is weak.\n\nRespectfully,\nAda Pike\n"
    dossier = read(letter)
    assert role(dossier, held) == "detained"
    assert befell(dossier, "MED-04") == {held}


def test_the_one_written_to_is_not_held_for_standing_near_a_cell() -> None:
    letter = "Dear Ms. Dorn,\n\nMs. Dorn, my cell has no window. You saw the tier.\n\nRespectfully,\nAda Pike\n"
    assert role(read(letter), "Ms. Dorn") == "other"


def test_a_mother_who_says_where_her_son_is_held_writes_as_family() -> None:
    letter = (
        "To the Commission,\n\nMy son is Nolan Farr, he is at the Brill County Detention Center waiting for a trial. "
        "I am at my table at night. He has had no insulin for nine days.\n\nPlease answer,\n\nOpal Farr\n"
    )
    dossier = read(letter)
    assert (role(dossier, "Opal Farr"), role(dossier, "Nolan Farr")) == ("family", "detained")
    assert befell(dossier, "MED-04") == {"Nolan Farr"}


ANSWER = """CENTRAL OFFICE RESPONSE TO GRIEVANCE

GRIEVANT: {named}       DOC NO. 558120
UNIT: C-POD, CELL 22

This is in response to your grievance, in which you allege that your 30-day review was not held in September.

The review was missed due to training.

/s/ Enid Marlow
Deputy Warden, Programs                     Date: April 16, 2026
"""


def test_an_office_speaks_to_the_one_named_at_the_head() -> None:
    dossier = read(ANSWER.format(named="FARR, NOLAN T."))
    assert befell(dossier, "ISO-03") == {"NOLAN T. FARR"}
    assert role(dossier, "Enid Marlow") == "official"
    assert not any("CELL" in p.name for p in dossier.notes.people)


NEWS = "BRILL, June 3 (Summit Wire) – {told}\n"


@pytest.mark.parametrize(
    ("told", "name", "aliases"),
    [
        ("A lawyer for the guards, Enid Marlow, said that they did nothing.", "Enid Marlow", "A lawyer for the guards"),
        ("The mother of the dead man, Opal Farr, said she called twice.", "Opal Farr", "The mother of the dead man"),
        ("Deputy Prisons Director Enid Marlow said that they did nothing.", "Enid Marlow", "Enid Marlow"),
    ],
)
def test_a_name_belongs_to_the_head_of_the_words_before_it(told: str, name: str, aliases: str) -> None:
    (person,) = [p for p in read(NEWS.format(told=told)).notes.people if name in (p.name, *p.aliases)]
    assert aliases in person.aliases


def test_the_surname_alone_means_the_one_held_and_not_the_mother_who_speaks() -> None:
    dossier = read(
        NEWS.format(
            told="Nolan Farr, 26, was found hanging in the Brill County Jail on May 9.\n\nOpal Farr said that her son "
            "told the guards he would kill himself. Farr had no sheet taken from him.\n\nOpal Farr said she called."
        )
    )
    assert (role(dossier, "Nolan Farr"), role(dossier, "Opal Farr")) == ("detained", "family")
    assert role(dossier, "Farr") == "detained"


@pytest.mark.parametrize(
    ("told", "group"),
    [
        ("About forty men sleep 80 to a room built for 36 at the jail, a lawyer said.", "group: men"),
        ("Women in the annex sleep 80 to a room built for 36 at the jail, a lawyer said.", "group: Women"),
    ],
)
def test_a_group_is_called_by_the_words_of_the_text(told: str, group: str) -> None:
    assert befell(read(NEWS.format(told=told)), "CEL-01") == {group}


def test_a_spanish_letter_signed_with_an_article_is_its_writers() -> None:
    letter = (
        "Lic. Sonia buenas tardes le escribe el Brandon Cortina, estoy en el dormitorio 4.\n\n"
        "me tienen sin mi insulina desde hace nueve dias\n\nel Brandon\n"
    )
    dossier = read(letter)
    assert dossier.notes.author is not None
    assert "Brandon Cortina" in dossier.notes.people[dossier.notes.author].aliases


def test_who_is_told_to_have_had_a_fit_is_not_those_who_shouted() -> None:
    letter = (
        "Señores de la Comisión:\n\nSoy Dilia Paz, hermana de Wilmer Paz, que está preso en el penal. "
        "A Wilmer no le dan su medicina. El jueves le dio un ataque, los compañeros gritaron casi una hora pidiendo un "
        "médico y nadie vino.\n\nDilia Paz\n"
    )
    assert befell(read(letter), "MED-02") <= {"Wilmer Paz"}
