"""What a document proposes for its case: each fact with its words, and never a day of the press."""

from __future__ import annotations

import datetime as dt

from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.dossier import examine

TODAY = dt.date(2026, 8, 3)

LETTER = """August 1, 2026

Dear Sir or Madam,

I am a Mexican citizen held at FCI Englewood. On July 20 a guard broke my hand in the shower and nobody has
looked at it. I filed a BP-9 on July 22. The BP-9 was rejected on July 28.

Sincerely,
Tomás Arce Villar
"""

NEWS = """Prisoner says guard broke his hand

By Ada Finch
August 1, 2026

DENVER (AP) - A prisoner at FCI Englewood said Friday that a guard broke his hand on July 20, according to a
complaint. "Nobody has looked at it," Tomás Arce Villar said.

"I filed a BP-9 on July 22," he told reporters.
"""


def read(words: str, pipeline: str = "auto") -> Dossier:
    return examine(words.encode(), name="letter.txt", today=TODAY, pipeline=pipeline)


def proposed(dossier: Dossier) -> dict[str, object]:
    return {proposal.fact: proposal.value for proposal in dossier.notes.proposals}


def test_a_letter_proposes_where_its_writer_is_and_of_which_country() -> None:
    facts = proposed(read(LETTER))
    assert facts["facility"] == "us.bop/ENG"
    assert facts["nationality"] == "mx"


def test_the_day_of_what_is_alleged_is_proposed_with_the_words_that_tell_it() -> None:
    dossier = read(LETTER)
    incident = next(p for p in dossier.notes.proposals if p.fact == "incident")
    assert isinstance(incident.value, PartialDate)
    assert incident.value.earliest == dt.date(2026, 7, 20)
    quote = incident.quotes[0]
    assert dossier.text.content[quote.start : quote.end] == quote.exact
    assert "July 20" in quote.exact


def test_a_filing_and_its_rejection_belong_to_the_step_whose_form_is_named() -> None:
    facts = proposed(read(LETTER))
    assert facts["request.filed"] == PartialDate.of_day(dt.date(2026, 7, 22), written="on July 22")
    assert str(facts["request.rejected"]) == "2026-07-28"


def test_the_day_a_letter_was_written_is_no_trigger() -> None:
    days = [p.value for p in read(LETTER).notes.proposals if isinstance(p.value, PartialDate)]
    assert dt.date(2026, 8, 1) not in {day.earliest for day in days}


def test_a_press_report_proposes_no_day() -> None:
    dossier = read(NEWS, pipeline="en-news")
    assert dossier.notes.genre == "news"
    assert not [p for p in dossier.notes.proposals if isinstance(p.value, PartialDate)]


def test_two_facilities_in_the_body_leave_it_open_where_the_person_is() -> None:
    words = LETTER.replace("held at FCI Englewood", "moved from FCI Englewood to USP Lee").replace(
        "Dear Sir or Madam,", "Dear Sir or Madam,\n\n" + "I hope this finds you well. " * 20
    )
    assert "facility" not in proposed(read(words))


def test_what_a_paper_proposes_decides_how_a_door_stands() -> None:
    late = next(channel for channel in read(LETTER).channels if channel.step == "request")
    assert (late.state, late.because[0].code) == ("closed", "rejected-late")
    earlier = examine(LETTER.encode(), name="letter.txt", today=dt.date(2026, 8, 2))
    in_time = next(channel for channel in earlier.channels if channel.step == "request")
    assert (in_time.state, in_time.because[0].code) == ("open", "rejected-mend")


def test_each_allegation_stands_beside_the_standards_of_its_state() -> None:
    dossier = read(LETTER)
    assert len(dossier.standards) == len(dossier.notes.allegations) > 0
    named = {standard.id for norms in dossier.standards for standard in norms}
    assert "us.const.8" in named
    assert not any(name.startswith("mx.") for name in named)


def test_without_a_day_of_reading_no_door_is_shown() -> None:
    assert examine(LETTER.encode(), name="letter.txt").channels == ()


def test_a_facility_unknown_asks_for_the_prison_system_once() -> None:
    dossier = read(LETTER.replace("at FCI Englewood", "in prison").replace("BP-9", "grievance"))
    asked = [question.fact for channel in dossier.channels for question in channel.ask]
    assert "system" in asked


def test_a_facility_that_no_list_knows_is_no_code() -> None:
    words = LETTER.replace("FCI Englewood", "the Harmon Parish Jail")
    assert "facility" not in proposed(read(words))


def test_the_name_of_a_facility_ends_with_its_sentence() -> None:
    dossier = read("Señor juez:\n\nEstoy preso en la cárcel de Vallehondo. Los custodios me golpearon.\n\nIván Luna")
    assert [m.normal for m in dossier.notes.mentions if m.kind == "facility"] == ["cárcel de Vallehondo"]
