"""Custody events: what happened, to whom, when; and what did not happen."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.claims import CustodyEvent
from amparo.domain.notes import Genre, Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction import mentions
from amparo.extraction.events import chronology
from amparo.extraction.paper import filler, genre, sentences, written
from amparo.extraction.who import people


def noted(content: str, language: Language = "en") -> Notes:
    text = Text.of(content, document="0" * 64, maker=Maker(component="test", version="1"), language=language)
    notes = Notes(read_on=dt.date(2026, 11, 21))
    steps = (genre, sentences, written, filler, mentions, people, chronology)
    for step in steps:
        factory = getattr(step, "by_signs", None) or getattr(step, "by_rules", None) or step.by_dateline
        notes = factory(language, {})(text, notes)
    return notes


LETTER = """June 23, 2026

Dear Ms. Holloway,

On June 2 I was taken to the SHU. I filed my BP-9 on June 5 and it was rejected
on June 17. My hearing is set for July 9. If they transfer me in August I will write.
They never moved me to the hospital.

Respectfully,
Ada Moreno-Pike
Reg. No. 00123-456"""


def told(events: tuple[CustodyEvent, ...]) -> list[tuple[str, str]]:
    return [(event.kind, str(event.when)) for event in events]


def test_a_letter_tells_its_steps_with_their_days() -> None:
    found = told(noted(LETTER).events)
    assert ("placed-in-segregation", "2026-06-02") in found
    assert ("filing", "2026-06-05") in found
    assert ("response", "2026-06-17") in found
    assert ("hearing", "2026-07-09") in found


def test_what_is_only_imagined_or_denied_is_no_event() -> None:
    assert not [event for event in told(noted(LETTER).events) if event[0] == "transfer"]


def test_in_a_letter_the_events_befall_the_writer() -> None:
    assert {event.who for event in noted(LETTER).events} == {"Ada Moreno-Pike"}


def test_a_report_tells_an_arrest_of_the_one_arrested() -> None:
    report = (
        "DENVER, June 3, 2026 (Summit Wire) – Police said Ramiro Ochoa is held at FCI "
        "Danbury.\n\nMexican authorities arrested his son, Leonel Ochoa, on May 4, officials "
        "said."
    )
    (arrest,) = [event for event in noted(report).events if event.kind == "arrest"]
    assert arrest.who == "Leonel Ochoa"
    assert str(arrest.when) == "2026-05-04"


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        ("May 18, 2026\n\nDear Judge Orme,\n\nI have no coat and the cell is cold.\n\nAda Pike", "en", "2026-05-18"),
        (
            "Toluca, México, a 21 de marzo de 2025\n\nSeñor juez:\n\nMi hijo está mal.\n\nEulalia Prado",
            "es",
            "2025-03-21",
        ),
        (
            "La Ceiba, 8 de junio de 2026, lunes después de Corpus\n\nQuerida tía:\n\nEl viernes me curaron.\n\nIker",
            "es",
            "2026-06-08",
        ),
        ("NEW YORK, March 26 (Harbor Wire) – A man held on Rikers Island says guards hit him.", "en", "2026-03-26"),
        ("Dear friend,\n\nOn May 5 they came and took the coats.\n\nAda", "en", "None"),
    ],
)
def test_the_day_of_writing_is_the_dateline_and_never_a_day_the_letter_tells_of(
    content: str, language: Language, expected: str
) -> None:
    assert str(noted(content, language).written) == expected


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        (LETTER, "en", "letter"),
        (
            "Señores de derechos humanos: les escribo porque no me dan mi medicina y aquí adentro "
            "nadie contesta. Gracias",
            "es",
            "letter",
        ),
        (
            "AUSTIN, May 3 (Lone Wire) – Guards hit two women, their lawyer said. “They were "
            "bleeding,” said Nia Tate, according to the suit.",
            "en",
            "news",
        ),
        (
            "REJECTION NOTICE - ADMINISTRATIVE REMEDY\nDATE: MAY 4, 2026\nFROM: ADMINISTRATIVE "
            "REMEDY COORDINATOR\nTHE REQUEST WAS REJECTED PURSUANT TO THE PROGRAM. RESPONSE TO "
            "PETITIONER.",
            "en",
            "official",
        ),
    ],
)
def test_letters_news_and_official_papers_are_told_apart(content: str, language: Language, expected: Genre) -> None:
    assert noted(content, language).genre == expected


def test_the_subscribe_line_and_the_pointer_of_a_news_page_are_set_aside_and_the_report_is_not() -> None:
    report = (
        "Guards hit two women, their lawyer said on Monday.\n\nSubscribe to our newsletter for "
        "more.\n\nWATCH: The raid on camera\n\nIn other news, a bridge was closed in Dallas, "
        "police said."
    )
    notes = noted(report)
    aside = [report[f.start : f.end] for f in notes.filler]
    assert aside[0].startswith("Subscribe")
    assert any("bridge" in piece for piece in aside)
    assert not any("Guards hit" in piece for piece in aside)


def test_what_a_letter_tells_beside_the_point_is_never_set_aside() -> None:
    assert noted("Dear Sis,\n\nSubscribe to my letters ha ha. They took my coat. I am cold.\n\nLove,\nAda").filler == ()


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        (
            "En la ciudad de Oaxaca, a 3 de septiembre de 2026, la suscrita, licenciada Ada "
            "Toledo, hace constar que se constituyó en el penal.",
            "es",
            "2026-09-03",
        ),
        (
            "MOTION FOR RELIEF\n\n[Docket No. 3 - Filed August 7, 2026]\n\nPlaintiff is held in a "
            "cell.\n\nDated: August 3, 2026. Placed in the prison mail system on this date.",
            "en",
            "2026-08-03",
        ),
    ],
)
def test_the_day_of_writing_of_a_record_or_petition_is_not_its_stamp(
    content: str, language: Language, expected: str
) -> None:
    assert str(noted(content, language).written) == expected


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        (
            "Señor juez:\n\nSoy madre de Joel Arce, interno, expediente 44/2022. Acudo a usted "
            "como madre. Mi hijo está mal y me duele.\n\nEulalia Arce",
            "es",
            "letter",
        ),
        (
            "Defensoría documenta falta de agua\n\nLIMA, 22 de julio (Agencia Sur).- La Defensoría "
            "del Pueblo denunció que hay 300 internos sin agua.",
            "es",
            "news",
        ),
        (
            "IN THE UNITED STATES DISTRICT COURT\n\nMOTION FOR AN ORDER TO SHOW CAUSE\n\nPlaintiff "
            "said that Mr. Odd told him no. Defendants denied it, he said.",
            "en",
            "official",
        ),
    ],
)
def test_a_word_of_another_kind_of_paper_does_not_mislead(content: str, language: Language, expected: Genre) -> None:
    assert noted(content, language).genre == expected


def test_what_befell_another_prisoner_befell_him_and_not_the_writer() -> None:
    notes = noted(
        "June 23, 2026\n\nDear Sister Oda,\n\nTobin Wend is in the cell beside mine. On June 2 "
        "he cut his neck.\n\nYours,\nWalt Ruiz\nReg. No. 00123-456\n\nI am in my cell."
    )
    (injury,) = [event for event in notes.events if event.kind == "injury"]
    assert injury.who == "Tobin Wend"


def test_an_operation_of_a_relative_outside_is_no_event_of_custody() -> None:
    notes = noted(
        "December 4, 2026\n\nDear Mrs. Vane,\n\nMy mother broke her hip in October. I am in my "
        "cell.\n\nSincerely,\nPerce Nunn\nReg. No. 11111-222"
    )
    assert notes.events == ()


def test_a_death_told_in_the_headline_and_with_its_day_is_one_event() -> None:
    notes = noted(
        "Prisoner found dead in his cell\n\nBRISTOL, July 10, 2026 (West Wire) - Joel Attlee "
        "was found dead in his cell on Tuesday, officials said."
    )
    assert told(notes.events) == [("death", "2026-07-07")]


def test_an_answer_is_an_event_of_its_own_day_and_a_stamp_a_filing() -> None:
    notes = noted(
        "REJECTION NOTICE - ADMINISTRATIVE REMEDY\n\nDATE: MAY 4, 2026\nDATE RECEIVED: APRIL "
        "22, 2026\n\nTHIS APPEAL IS BEING REJECTED AND RETURNED. NOTICE."
    )
    assert set(told(notes.events)) == {("response", "2026-05-04"), ("filing", "2026-04-22")}


def test_what_was_only_threatened_or_due_is_no_event() -> None:
    notes = noted(
        "6 de noviembre de 2025\n\nEstimada Ana:\n\nAmenazó con que me golpearon el lunes. "
        "Debía salir en libertad el 3 de octubre.\n\nIker Prado",
        "es",
    )
    assert not [event for event in notes.events if event.kind == "release"]


@pytest.mark.parametrize(
    ("say", "event"),
    [
        ("They moved me to seg July 3rd over a phone.", "placed-in-segregation"),
        ("He was booked February 4 on an old warrant.", "arrest"),
        ("The judge is to hear my motion on July 21.", "hearing"),
        ("A review was held March 14 without me.", "hearing"),
        ("The warden's letter is dated April 18.", "response"),
        ("She put it on the kiosk March 1.", "filing"),
        ("My father passed in 2019.", "death"),
        ("On April 2 I was put out of the dorm.", "transfer"),
    ],
)
def test_events_are_told_in_plain_talk(say: str, event: str) -> None:
    found = noted(f"June 23, 2026\n\nDear Ms. Holloway,\n\n{say}\n\nRespectfully,\nAda Moreno-Pike").events
    assert event in {one.kind for one in found}


def test_the_stamps_of_an_answer_are_its_steps_and_not_its_day() -> None:
    notes = noted(
        "RESPONSE TO GRIEVANCE\n\nRECEIVED: APR 02 2026\nRESPONSE DUE: APR 22 2026\n\nThe grievance is denied.\n\n"
        "Deputy Warden            Date: April 16, 2026\n\nDELIVERED TO GRIEVANT: 4/20/26\n"
    )
    assert str(notes.written) == "2026-04-16"
    found = told(notes.events)
    assert ("filing", "2026-04-02") in found
    assert ("response", "2026-04-20") in found


@pytest.mark.parametrize("line", ["monday 8-31-26", "8/31/26 Monday", "Mon, 8/31/2026"])
def test_a_weekday_beside_a_day_in_numbers_is_that_day(line: str) -> None:
    assert str(noted(f"{line}\n\nhey ms lund its me again\n\nrey").written) == "2026-08-31"


@pytest.mark.parametrize(
    ("say", "event"),
    [
        ("El 4 de mayo me subieron de ingreso al dormitorio.", ("transfer", "2026-05-04")),
        ("Desde el 2 de abril lo tienen en el hueco.", ("placed-in-segregation", "2026-04-02")),
        ("El 7 de marzo se colgó del barrote y lo bajaron.", ("injury", "2026-03-07")),
        ("A mi primo lo enterraron el 9 de enero.", ("death", "2026-01-09")),
        ("El 3 de junio metí el amparo.", ("filing", "2026-06-03")),
    ],
)
def test_spanish_letters_tell_their_steps_in_the_words_of_the_yard(say: str, event: tuple[str, str]) -> None:
    events = told(noted(f"20 de junio de 2026\n\nEstimada Ana:\n\n{say}\n\nIker Prado", "es").events)
    assert event in events
    assert ("death", "2026-03-07") not in events
