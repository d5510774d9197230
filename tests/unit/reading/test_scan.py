"""A scan is turned upright and read by two engines; what cannot be read is marked, never passed over."""

from __future__ import annotations

import io
import logging
import sys
from types import ModuleType

import numpy as np
import pytest

from amparo.errors import MissingExtra, MissingProgram
from amparo.reading import Limits, engines, page_image, read
from amparo.reading.cleaning import clean

WORDS = "Dear Judge Orrin,\n\nNobody has given me my medicine since March 17.\nI am in cell 14 of the east wing."
FLAT = WORDS.replace("\n", " ").replace("  ", " ")


@pytest.fixture(scope="module")
def letter(pages: ModuleType) -> object:
    return pages.write_page(WORDS, "serif", size=(1100, 420), margin=70)


def spoken(content: str) -> str:
    return " ".join(content.split())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(papers: ModuleType, pages: ModuleType, letter: object, turn: int) -> None:
    spoiled = pages.spoil(letter, "noisy", seed=turn).rotate(turn, expand=True)
    data = papers.image_file([spoiled], "PNG")
    text = read(data, name="scan.png")
    assert spoken(text.content) == FLAT
    assert text.remarks == ()
    page = text.pages[0]
    assert round(page.turned / 90) * 90 % 360 == turn
    # The boxes lie on ink: inside each the page is darker than between the lines.
    drawn = np.asarray(pages.Image.open(io.BytesIO(page_image(data, 1, turned=page.turned))), dtype=float)
    assert drawn.shape[0] < drawn.shape[1]
    height, width = drawn.shape
    for word in page.words:
        box = word.box
        inside = drawn[
            int(box.top * height) : int(box.bottom * height) + 1, int(box.left * width) : int(box.right * width) + 1
        ]
        assert np.percentile(inside, 5) < 130, text.content[word.start : word.end]


def test_a_camera_that_was_held_sideways_is_believed(papers: ModuleType, letter: object) -> None:
    sideways = letter.convert("RGB").rotate(90, expand=True)  # type: ignore[attr-defined]
    note = sideways.getexif()
    note[0x0112] = 6
    assert spoken(read(papers.image_file([sideways], "JPEG", exif=note, quality=92)).content) == FLAT


def test_pages_of_a_fax_are_read_in_order_and_past_the_limit_marked(
    papers: ModuleType, letter: object, pages: ModuleType
) -> None:
    second = pages.write_page("Respectfully, Wendell Farraday", "serif", size=(1100, 420), margin=70)
    data = papers.image_file([letter, second, second], "TIFF")
    text = read(data, limits=Limits(scanned_pages=2))
    assert [spoken(text.content[page.start : page.end]) for page in text.pages] == [
        FLAT,
        "Respectfully, Wendell Farraday",
        "",
    ]
    assert [page.unread for page in text.pages] == [False, False, True]
    assert [(remark.code, remark.page) for remark in text.remarks] == [("scanned-pages-limit", 3)]


def test_a_page_with_nothing_to_read_is_unread_not_blank(papers: ModuleType, pages: ModuleType) -> None:
    text = read(papers.image_file([pages.Image.new("L", (800, 600), 255)], "PNG"))
    assert text.pages[0].unread
    assert [(remark.code, remark.page) for remark in text.remarks] == [("page-unread", 1)]


def test_only_the_pages_of_a_pdf_without_text_are_read_as_images(papers: ModuleType, letter: object) -> None:
    text = read(papers.mixed_pdf(papers.text_pdf([papers.LETTER]), papers.image_pdf([letter])))
    typed, scanned = text.pages
    assert "took my medication on March 17" in text.content[typed.start : typed.end]
    assert spoken(text.content[scanned.start : scanned.end]) == FLAT
    assert (len(typed.lines), len(scanned.lines)) == (0, 3)
    assert [remark.code for remark in text.remarks] == ["read-from-image"]


def test_a_shaded_leaning_page_is_made_even_and_level(pages: ModuleType, letter: object) -> None:
    spoiled = np.asarray(pages.spoil(letter, "noisy", seed=4))
    cleaned = clean(spoiled)
    assert abs(abs(cleaned.skew) - 1.6) < 0.25
    assert 12 < cleaned.noise < 25
    corners = [cleaned.smooth[:60, :60].mean(), cleaned.smooth[-60:, -60:].mean()]
    assert min(corners) > 215
    assert abs(corners[0] - corners[1]) < 15


def test_without_tesseract_a_page_is_read_by_one_engine_and_said(
    papers: ModuleType, letter: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines.shutil, "which", lambda program: None)
    engines._tesseract.cache_clear()
    try:
        text = read(papers.image_file([letter], "PNG"))
        with pytest.raises(MissingProgram, match="apt-get install tesseract-ocr"):
            engines._tesseract()
    finally:
        engines._tesseract.cache_clear()
    assert spoken(text.content) == FLAT
    assert [remark.code for remark in text.remarks] == ["one-reader-only"]
    assert "apt-get install tesseract-ocr" in text.remarks[0].detail


@pytest.mark.parametrize(
    ("missing", "extra", "make"),
    [
        ("trafilatura", "documents", lambda papers: papers.ARTICLE.encode()),
        ("pypdfium2", "documents", lambda papers: papers.text_pdf([["x"]])),
        ("lxml", "documents", lambda papers: papers.petition()),
        ("PIL", "documents", lambda papers: b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_missing_extra_is_named(
    papers: ModuleType, monkeypatch: pytest.MonkeyPatch, missing: str, extra: str, make: object
) -> None:
    data = make(papers)  # type: ignore[operator]
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'amparo\[{extra}\]'"):
        read(data)


def test_reading_a_scan_logs_no_word_of_it(
    papers: ModuleType, letter: object, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    read(papers.image_file([letter], "PNG"))
    out, err = capfd.readouterr()
    assert "medicine" not in caplog.text + out + err
    assert out + err == ""


def test_without_the_scans_extra_typed_pages_are_read_and_scanned_ones_marked(
    papers: ModuleType, letter: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned = papers.image_pdf([letter])
    both = papers.mixed_pdf(papers.text_pdf([papers.LETTER]), scanned)
    monkeypatch.setitem(sys.modules, "cv2", None)
    text = read(both)
    assert "Farraday" in text.content
    assert [page.unread for page in text.pages] == [False, True]
    assert "pip install 'amparo[scans]'" in text.remarks[0].detail
    with pytest.raises(MissingExtra, match=r"pip install 'amparo\[scans\]'"):
        read(scanned)
