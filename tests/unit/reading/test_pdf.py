"""A PDF's text keeps the place of each word; hyphens and wrapped lines are mended; odd pages are handled one by one."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import pytest

from amparo.domain.text import Text
from amparo.errors import UnknownFormat
from amparo.reading import page_image, read
from amparo.reading.plausibility import is_garbled


def said(text: Text, page: int) -> list[str]:
    return [text.content[word.start : word.end] for word in text.pages[page].words]


def test_wrapped_lines_become_paragraphs_and_broken_words_whole(papers: ModuleType) -> None:
    assert read(papers.text_pdf([papers.LETTER])).content == (
        "April 9, 2026\n\nDear Judge Orrin,\n\n"
        "My name is Wendell Farraday. The night officer took my medication on March 17 and did not give it back until "
        "the next day. I asked the nurse four times and put in three written requests.\n\n"
        "Respectfully,\nWendell Farraday"
    )


def test_a_mended_word_keeps_both_of_its_places(papers: ModuleType) -> None:
    text = read(papers.text_pdf([papers.LETTER]))
    words = said(text, 0)
    at = words.index("medi")
    assert words[at + 1] == "cation"
    upper, lower = text.pages[0].words[at : at + 2]
    assert upper.end == lower.start
    assert upper.box.top < lower.box.top
    assert lower.box.left < upper.box.left


@pytest.mark.parametrize(
    ("lines", "content"),
    [
        (["He speaks of self-", "harm in there."], "He speaks of self-harm in there."),
        (["under 28 CFR 542-", "14 as it stands."], "under 28 CFR 542-14 as it stands."),
        (["the Garcia-", "Lopez family came."], "the Garcia-Lopez family came."),
        (
            ["a night-watch came, and again a night-", "watch of two men"],
            "a night-watch came, and again a night-watch of two men",
        ),
        (
            ["the medication, again the medi-", "cation they withheld"],
            "the medication, again the medication they withheld",
        ),
    ],
)
def test_a_hyphen_that_belongs_to_its_word_stays(papers: ModuleType, lines: list[str], content: str) -> None:
    assert read(papers.text_pdf([lines])).content == content


def test_word_boxes_follow_the_page_however_it_is_turned(papers: ModuleType) -> None:
    for rotate in (0, 90, 180, 270):
        box = read(papers.text_pdf([["Dear Judge"]], rotate=rotate)).pages[0].words[0].box
        across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        middle = {0: (0.14, 0.09), 90: (0.91, 0.14), 180: (0.86, 0.91), 270: (0.09, 0.86)}[rotate]
        assert (across, down) == pytest.approx(middle, abs=0.02)


def test_a_sentence_runs_on_over_the_page(papers: ModuleType) -> None:
    full = "I asked the nurse four times and then I asked the doctor and the"
    text = read(papers.text_pdf([[full], ["sergeant, who laughed."], ["Respectfully,"]]))
    assert text.content == f"{full} sergeant, who laughed.\n\nRespectfully,"
    assert [(page.number, text.content[page.start : page.end].strip()) for page in text.pages] == [
        (1, full),
        (2, "sergeant, who laughed."),
        (3, "Respectfully,"),
    ]


def test_an_empty_page_holds_nothing_and_keeps_its_number(papers: ModuleType) -> None:
    text = read(papers.text_pdf([["one"], [], ["three"]]))
    assert [(page.number, page.start == page.end, page.unread) for page in text.pages] == [
        (1, False, False),
        (2, True, False),
        (3, False, False),
    ]


def test_a_pdf_of_five_hundred_pages_is_read(papers: ModuleType) -> None:
    text = read(papers.text_pdf([[f"This is page {number} of the file."] for number in range(1, 501)]))
    assert len(text.pages) == 500
    assert text.content[text.pages[499].start :] == "This is page 500 of the file."


def test_a_damaged_pdf_that_opens_is_remarked(papers: ModuleType) -> None:
    whole = papers.text_pdf([papers.LETTER])
    cut = whole[: whole.index(b"startxref\n")]
    text = read(cut)
    assert "Farraday" in text.content
    assert "file-mended" in [remark.code for remark in text.remarks]


def test_what_was_typed_into_a_form_is_read_beside_its_label(papers: ModuleType) -> None:
    assert read(papers.form_pdf("Name:", "Wendell Farraday")).content == "Name: Wendell Farraday"


def test_accents_and_dashes_are_read(papers: ModuleType) -> None:
    assert read(papers.text_pdf([["¿Dónde está el niño? — «aquí»"]])).content == "¿Dónde está el niño? — «aquí»"


@pytest.mark.parametrize(
    ("words", "garbled"),
    [
        (["'HDU", "-XGJH"] * 30, True),
        (["\ufffd\ufffd\ufffd", "\ue001\ue002"] * 5, True),
        (["x" * 400], True),
        (["Dear", "Judge,", "I", "am", "held", "here."], False),
        (["Мне", "не", "дают", "видеть", "врача", "с", "марта"] * 10, False),
        (["Name:", "..............................", "Date:", "____________"], False),
    ],
)
def test_a_broken_text_layer_is_told_from_writing(words: list[str], garbled: bool) -> None:
    assert is_garbled(words) is garbled


def test_many_readers_at_once_read_the_same(papers: ModuleType) -> None:
    files = [papers.text_pdf([papers.LETTER, [f"File {number}."]] * 4) for number in range(8)]
    with ThreadPoolExecutor(4) as readers:
        together = list(readers.map(read, files))
    assert together == [read(file) for file in files]


def test_a_page_is_drawn_at_its_size_and_no_page_is_invented(papers: ModuleType, pages: ModuleType) -> None:
    data = papers.text_pdf([["Dear Judge"]])
    assert pages.Image.open(io.BytesIO(page_image(data, 1))).size == (1700, 2200)
    with pytest.raises(IndexError):
        page_image(data, 2)
    with pytest.raises(UnknownFormat, match="no pictures"):
        page_image(b"Dear Judge", 1)
