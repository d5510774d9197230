"""A Word file is read in order, with all that a page of it shows."""

from __future__ import annotations

from types import ModuleType

import pytest

from amparo.errors import UnreadableDocument
from amparo.reading import read


def test_every_part_of_a_word_file_is_read_once_and_in_order(papers: ModuleType) -> None:
    assert read(papers.petition()).content == (
        "Farraday v. County\n\n"
        "PETITION\nThe facts are these.[2]\nMarch 17\tinsulin taken\n\nRECEIVED APR 10 2026\nin March\n\n"
        "[2] See the log of the nurse.\n\n"
        "Page 1"
    )


def test_tracked_changes_are_read_as_accepted_and_said(papers: ModuleType) -> None:
    text = read(papers.petition())
    assert "yesterday" not in text.content
    assert [remark.code for remark in text.remarks] == ["tracked-changes"]


def test_tabs_breaks_and_hyphens_are_kept(papers: ModuleType) -> None:
    run = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>26</w:t><w:noBreakHyphen/><w:t>cv</w:t></w:r></w:p>"
    assert read(papers.docx(run)).content == "a\tb\n26-cv"


def test_a_document_that_names_a_gigabyte_is_refused(papers: ModuleType) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE w [<!ENTITY l0 "ha">{levels}]>'
    package = papers.docx(
        "<w:p><w:r><w:t>x</w:t></w:r></w:p>", parts={"footnotes.xml": f"{bomb}<w:footnotes NS>&l9;</w:footnotes>"}
    )
    try:
        content = read(package).content
    except UnreadableDocument:
        content = ""
    assert len(content) < 1000


def test_what_is_written_twice_for_old_programs_is_read_once(papers: ModuleType) -> None:
    run = "<mc:Choice><w:t>stamp</w:t></mc:Choice><mc:Fallback><w:t>stamp</w:t></mc:Fallback>"
    body = f"<w:p><w:r><mc:AlternateContent>{run}</mc:AlternateContent></w:r></w:p>"
    assert read(papers.docx(body)).content == "stamp"


def test_broken_xml_is_an_unreadable_document(papers: ModuleType) -> None:
    with pytest.raises(UnreadableDocument, match="broken"):
        read(papers.docx("<w:p>"))
