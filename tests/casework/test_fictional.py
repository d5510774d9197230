"""The papers of the fictional office: each can be read, in every medium, with this year's days."""

from __future__ import annotations

import datetime as dt

from amparo import examine, reading
from amparo.casework.fictional import Paper, write_papers

TODAY = dt.date(2026, 11, 22)
REFERENCES = {number: f"2026-{number:04d}" for number in range(1, 13)}


def papers() -> list[Paper]:
    return write_papers(today=TODAY, references=REFERENCES)


def test_every_paper_is_what_its_name_says_and_can_be_read() -> None:
    kinds = set()
    for paper in papers():
        kinds.add(reading.detect(paper.data, name=paper.name))
        text = reading.read(paper.data, name=paper.name)
        assert len(text.content) > 60, paper.name
        assert not [remark for remark in text.remarks if remark.code == "type-mismatch"], paper.name
        assert "{" not in text.content, paper.name
    assert len(kinds) == 5


def test_days_are_counted_from_the_day_the_office_is_opened() -> None:
    receipt = next(paper for paper in papers() if paper.name == "receipt-bp9-whitfield.pdf")
    assert "November 4, 2026" in reading.read(receipt.data).content
    later = write_papers(today=TODAY + dt.timedelta(days=1), references=REFERENCES)
    assert "November 5, 2026" in reading.read(later[0].data).content


def test_an_answer_bears_the_reference_of_its_case() -> None:
    answer = next(paper for paper in papers() if paper.name == "warden-response-dunmore.pdf")
    assert "2026-0001/1" in reading.read(answer.data).content
    assert answer.case == 1


def test_some_letters_belong_to_nobody_yet() -> None:
    assert [paper.name for paper in papers() if paper.case is None]


def test_letters_among_them_allege_something() -> None:
    letter = next(paper for paper in papers() if paper.name == "alcantara-segunda-carta.docx")
    notes = examine(letter.data, name=letter.name, today=TODAY).notes
    assert "MED-04" in {allegation.act for allegation in notes.allegations}
