"""A paper as PDF and as Word: every quoted passage stands in it word for word."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.matters import DAY, DIGEST, matter, passage, told

from amparo.drafting import draft, load_papers
from amparo.drafting.sheet import filing_sheet
from amparo.drafting.to_docx import to_docx, word_template
from amparo.drafting.to_pdf import page_count, to_pdf
from amparo.errors import BrokenTemplate
from amparo.rules import find_channels, load_rules

PAPERS = sorted(load_papers())


def pdf_words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.replace("\ufffe", "").replace("\x02", "").split())


def docx_words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        markup = folder.read("word/document.xml").decode()
    pieces = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>)", markup)
    text = "".join(" " if end else words for words, end in pieces)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", PAPERS)
def test_every_quote_can_be_read_back_from_pdf_and_word(name: str, language: str) -> None:
    paper = load_papers()[name]
    made = draft(matter(), paper, day=DAY, language=language)
    quotes = {quote for one in made.sentences() for quote in one.quotes}
    printed, written = pdf_words(to_pdf(made)), docx_words(to_docx(made, paper=paper))
    for quote in quotes:
        assert quote in printed
        assert quote in written
    for one in made.sentences():
        if "__________" not in one.text:
            assert " ".join(one.text.split()) in written


@pytest.mark.parametrize("lead", range(0, 60, 3))
def test_no_hyphen_is_added_to_quoted_words_of_another_language(lead: int) -> None:
    words = "a" * lead + " twenty-three hours and on weekends twenty-four"
    made = draft(matter(told=(told(words.strip()),)), load_papers()["cndh"], day=DAY, language="es")
    with pypdfium2.PdfDocument(to_pdf(made)) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    printed = re.sub(r"\s", "", re.sub("[\ufffe\x02]", "-", text))
    assert words.replace(" ", "") in printed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x24F),
        min_size=1,
        max_size=60,
    ).filter(lambda words: words.strip())
)
def test_words_that_look_like_code_are_words(words: str) -> None:
    paper = load_papers()["bp-9"]
    made = draft(matter(told=(told(words),)), paper, day=DAY)
    quote = " ".join(words.split())
    assert quote in docx_words(to_docx(made, paper=paper))
    assert page_count(to_pdf(made)) >= 1


@pytest.mark.parametrize(
    "words", ["#eval(1)", "{{ 7 * 7 }} {% if x %}", "$x^2$ *bold* _it_", "<w:p> & </w:p>", "\\u{41} @ref"]
)
def test_a_letter_cannot_give_orders_to_the_typesetter(words: str) -> None:
    paper = load_papers()["judge-letter"]
    made = draft(matter(told=(told(words),)), paper, day=DAY)
    assert words in pdf_words(to_pdf(made))
    assert words in docx_words(to_docx(made, paper=paper))


def test_every_sentence_has_a_hidden_bookmark_of_its_name_in_word() -> None:
    paper = load_papers()["wgad"]
    made = draft(matter(), paper, day=DAY)
    with zipfile.ZipFile(io.BytesIO(to_docx(made, paper=paper))) as folder:
        names = re.findall(r'w:bookmarkStart w:id="\d+" w:name="_([^"]+)"', folder.read("word/document.xml").decode())
    parts = {block.part for block in made.blocks}
    wanted = [one.id for block in made.blocks if block.kind != "heading" for cell in block.cells for one in cell]
    assert names == wanted
    assert len(parts) > 4


def test_draft_stands_across_the_page_until_it_is_approved() -> None:
    made = draft(matter(), load_papers()["bp-9"], day=DAY)
    assert "DRAFT" in pdf_words(to_pdf(made))
    assert "DRAFT" not in pdf_words(to_pdf(made, approved=True))


def test_the_annex_names_each_source_by_its_digest_and_the_sentences_that_use_it() -> None:
    made = draft(matter(), load_papers()["bp-9"], day=DAY)
    words = pdf_words(to_pdf(made, annex=True))
    used = [one.id for one in made.sentences() if any(s.exact == "for two days nobody came" for s in one.supports)]
    assert DIGEST in words.replace(" ", "")
    assert f"“for two days nobody came” Used in {', '.join(used)}" in words


def test_the_annex_shows_the_page_it_stands_on() -> None:
    from PIL import Image

    image = io.BytesIO()
    Image.new("RGB", (200, 100), "navy").save(image, "PNG")
    made = draft(matter(), load_papers()["bp-9"], day=DAY)
    plain, shown = to_pdf(made, annex=True), to_pdf(made, annex=True, images={(DIGEST, 2): image.getvalue()})
    assert len(shown) > len(plain)
    assert b"/Subtype /Image" in shown or b"/Subtype/Image" in shown


def test_an_office_may_edit_the_wording_in_word_and_the_record_still_fills_it() -> None:
    from docx import Document

    paper = load_papers()["judge-letter"]
    template = Document(io.BytesIO(word_template(paper, language="en")))
    edited = next(p for p in template.paragraphs if p.text.startswith("I am {{"))
    edited.text = "Your Honor: {{ names['person'] }} writes from {{ names['facility'] }}."
    kept = io.BytesIO()
    template.save(kept)
    words = docx_words(to_docx(draft(matter(), paper, day=DAY), template=kept.getvalue()))
    assert "Your Honor: Ramiro Lazcano Betanzos writes from USP Example." in words
    assert "“They took my insulin on the 3rd”" in words


@pytest.mark.parametrize("tag", ["{{ nothing.here }}", "{% if %}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_with_a_mistake_or_a_trick_is_refused(tag: str) -> None:
    from docx import Document

    template = Document()
    template.add_paragraph(tag)
    kept = io.BytesIO()
    template.save(kept)
    with pytest.raises(BrokenTemplate):
        to_docx(draft(matter(), load_papers()["bp-9"], day=DAY), template=kept.getvalue())


def test_the_sheet_says_how_to_file_and_by_when() -> None:
    given = matter()
    door = next(d for d in find_channels(given.facts, load_rules(), today=DAY) if d.step == "request")
    made = draft(given, load_papers()["bp-9"], day=DAY, channel=door)
    for language, words in (("en", "Last legal day"), ("es", "Último día legal")):
        text = pdf_words(to_pdf(filing_sheet(made, door, language=language, to_person=True), approved=True))
        assert words in text
        assert "SPECIAL MAIL - OPEN ONLY IN THE PRESENCE OF THE INMATE" in text


def test_the_sheet_is_in_the_language_of_the_office_whatever_the_papers_is_and_says_what_may_not_be_needed() -> None:
    given = matter()
    door = next(d for d in find_channels(given.facts, load_rules(), today=DAY) if d.step == "tort-claim")
    made = draft(given, load_papers()["tort-claim"], day=DAY, channel=door, language="en")
    sheet = filing_sheet(made, door, language="es")
    text = " ".join(one.text for one in sheet.sentences())
    assert (
        sheet.title == "Cómo presentar: Reclamación por daños, lesiones o muerte: hoja de datos para el formato SF-95"
    )
    assert "autorización escrita y firmada de la persona para el abogado (si corresponde)" in text
    assert "recibos, declaraciones (si corresponde)" not in text


def test_a_passage_that_fills_pages_is_set_whole() -> None:
    long = "word " * 3000
    made = draft(matter(told=(told(long.strip()),)), load_papers()["judge-letter"], day=DAY)
    assert pdf_words(to_pdf(made)).count("word") >= 3000
    assert passage(long.strip()).exact.startswith("word")
