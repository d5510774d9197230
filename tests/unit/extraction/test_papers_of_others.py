"""Papers that are nobody's letter from inside: an agency's answers, a lawyer's notes, reports. All fictional."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.notes import Notes
from amparo.dossier import examine
from amparo.extraction.paper.genre import tell_genre

REJECTION = """REJECTION NOTICE - ADMINISTRATIVE REMEDY

DATE: FEBRUARY 12, 2026
FROM: ADMINISTRATIVE REMEDY COORDINATOR
TO: OREN PIKE, 12345-067

REJECT REASON 1: YOU SUBMITTED YOUR REQUEST TO THE WRONG LEVEL OR WRONG OFFICE.
REMARKS: YOUR GRIEVANCE WAS NOT ANSWERED BECAUSE IT WAS NOT SIGNED.
"""
EXTENSION = """EXTENSION OF TIME FOR RESPONSE - ADMINISTRATIVE REMEDY

DATE: FEBRUARY 12, 2026
TO: PIKE, OREN

ADDITIONAL TIME IS NEEDED TO RESPOND TO THE REGIONAL APPEAL IDENTIFIED BELOW.

RESPONSE DUE: MARCH 20, 2026
SUBJECT 1: COMPLAINT AGAINST STAFF - RETALIATION
"""
REFUSAL = """From: Unit Team C <unitc@example.gov>
To: Vera Orme <vorme@example.org>
Date: Mon, 9 Mar 2026 10:12:00 -0500
Subject: RE: legal call request - Pike

Ms. Orme,

We are unable to accommodate a legal call for inmate Pike at this time.

Unit Team C
"""
LAWYERS_NOTE = """ATTORNEY NOTES - PRIVILEGED
Client: Oren Pike, 12345-067
Date of visit: March 3, 2026

Met client at the prison for 50 minutes. Client says he has not had recreation for two weeks. He says CO Dunn told him
"keep writing and see what happens". Client reports that legal mail was opened outside his presence on February 20.
"""
VISIT_NOTE = """Visit note
Visitor: Vera Orme
Person visited: Oren Pike
Date: 3 March 2026

Mr Pike looked thin. He told me that the cell has no heat and that he has asked for a blanket three times. He said the
nurse told him there is no doctor this month.
"""
NOTA_DE_VISITA = """Nota de visita
Visitante: Lic. Vera Orme
Persona visitada: Aurelio Pinto
Fecha: 3 de marzo de 2026

Dijo que lleva dos semanas sin salir al patio. Según él, el comandante le dijo que dejara de escribir.
"""
REPORT = """March 3, 2026

HALDEN CREEK, Colo. — Four men were moved out of the segregation unit at our state's oldest prison on Monday after we
first reported on the heat in the cells.

Oren Pike had no water for two days.
"""


def notes_of(words: str) -> Notes:
    return examine(words.encode(), name="paper.txt", today=dt.date(2026, 3, 20)).notes


@pytest.mark.parametrize("form", [REJECTION, EXTENSION])
def test_a_form_that_only_answers_alleges_nothing(form: str) -> None:
    assert notes_of(form).allegations == ()


def test_what_a_prisoner_adds_to_an_answering_form_in_his_own_words_is_kept() -> None:
    added = REJECTION + "\nI was put in the hole two days after I filed this grievance for writing.\n"
    assert "RET-01" in {a.act for a in notes_of(added).allegations}


def test_an_office_that_refuses_a_legal_call_is_the_actor_and_not_the_one_affected() -> None:
    notes = notes_of(REFUSAL)
    (refusal,) = notes.allegations
    assert refusal.act == "LEG-01"
    assert {role.kind: role.words for role in refusal.roles} == {"affected": "Pike", "actor": "Unit Team C"}


@pytest.mark.parametrize("note", [LAWYERS_NOTE, VISIT_NOTE, NOTA_DE_VISITA])
def test_a_working_note_is_no_news(note: str) -> None:
    assert notes_of(note).genre == "letter"


@pytest.mark.parametrize("note", [LAWYERS_NOTE, VISIT_NOTE])
def test_a_working_note_tells_of_the_client_and_not_of_its_writer(note: str) -> None:
    affected = {role.words for a in notes_of(note).allegations for role in a.roles if role.kind == "affected"}
    assert affected == {"Oren Pike"}


def test_a_report_whose_page_begins_with_a_date_is_news() -> None:
    assert notes_of(REPORT).genre == "news"


def test_who_is_named_first_in_the_words_is_the_one_affected() -> None:
    (water,) = (a for a in notes_of(REPORT).allegations if a.act == "WAT-01")
    assert water.roles[0].words == "Oren Pike"


def test_a_letter_that_speaks_of_a_rejection_notice_is_still_read() -> None:
    letter = (
        "Dear Ms. Orme,\n\nI got a rejection notice on February 12. They never answered my grievance of January 3.\n\n"
        "Respectfully,\nOren Pike\n"
    )
    assert "GRV-01" in {a.act for a in notes_of(letter).allegations}


def test_a_long_report_that_names_the_government_often_is_no_official_paper() -> None:
    line = (
        "The government said the road would open. Villagers told reporters that they had heard it before, in April, "
        "when the lorries came and the dust lay on the bread for a month. "
    )
    assert tell_genre("Road to Halden stays shut\n\n" + line * 40, language="en") == "news"


def test_a_long_column_in_the_first_person_is_no_letter_unless_it_greets_somebody() -> None:
    line = "I walked to my old school with my son and we looked at the wall. The mayor said it stays. It rained on us. "
    assert tell_genre(line * 40, language="en") == "news"
    assert tell_genre("Dear Ms. Lee,\n\n" + line * 40, language="en") == "letter"
