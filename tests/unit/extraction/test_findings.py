"""What an authority's answer finds, grants and denies, and that a petition finds nothing."""

from __future__ import annotations

import datetime as dt

from amparo.dossier import examine

ANSWER = """CEDAR RIDGE CORRECTIONAL INSTITUTION
RESPONSE TO STEP II GRIEVANCE

GRIEVANCE NO.: CR-26-0119
GRIEVANT: PELL, AMOS

SUMMARY OF GRIEVANCE

Grievant states that his mail is opened.

FINDINGS

1. The log shows one legal letter opened in his presence. This portion is NOT SUSTAINED.

2. The heater was repaired on May 2. This portion of the grievance is SUSTAINED.

3. You will be informed of the new yard hours.

If you are dissatisfied you may appeal within ten days.
"""

RESPUESTA = """DEFENSORÍA DEL PUEBLO
OFICIO 118/2026

ANTECEDENTES

La queja se recibió el 2 de mayo.

CONSIDERACIONES

El libro de visitas consta en autos. No se acreditó el maltrato referido. Se acepta la recomendación segunda.
"""


def found(words: str) -> dict[str, str]:
    notes = examine(words.encode(), name="answer.txt", today=dt.date(2026, 11, 21)).notes
    return {c.contents[0].exact: c.stance for c in notes.claims if c.cue is None}


def test_each_finding_of_an_answer_is_a_claim_of_the_authority() -> None:
    assert found(ANSWER) == {
        "This portion is NOT SUSTAINED": "denies",
        "The heater was repaired on May 2": "confirms",
        "This portion of the grievance is SUSTAINED": "confirms",
        "You will be informed of the new yard hours": "promises",
    }


def test_a_spanish_office_finds_accepts_and_denies() -> None:
    assert found(RESPUESTA) == {
        "El libro de visitas consta en autos": "asserts",
        "No se acreditó el maltrato referido": "denies",
        "Se acepta la recomendación segunda": "confirms",
    }


def test_a_petition_in_the_first_person_finds_nothing_and_keeps_its_main_point() -> None:
    words = (
        "UNITED STATES DISTRICT COURT\nPETITION\n\nPetitioner Amos Pell comes now and states: I have been held in "
        "segregation since May 1. My appeal was denied on June 2. I ask the Court for relief. My mail is opened.\n"
    )
    assert list(found(words).values()) == ["asserts"]


def test_a_letterhead_in_capitals_is_no_dateline() -> None:
    head = "STATE OF NORTH CALDER – DEPARTMENT OF CORRECTIONS\nCEDAR RIDGE CORRECTIONAL INSTITUTION\n\n"
    notes = examine((head + ANSWER).encode(), name="answer.txt", today=dt.date(2026, 11, 21)).notes
    assert notes.genre == "official"
