"""Plain text is read in whatever encoding it comes, and moved as little as can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.reading import read

SPANISH = "¿Dónde está mi médico? El niño cumplió años; «nadie» contestó: así fue.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman"]
)
def test_accents_survive_every_encoding(encoding: str) -> None:
    assert read(SPANISH.encode(encoding)).content == SPANISH


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t "), min_size=1))
def test_a_utf8_file_that_is_nfc_keeps_its_very_characters(words: str) -> None:
    import unicodedata

    words = "Dear Judge, " + unicodedata.normalize("NFC", words)
    words = unicodedata.normalize("NFC", words)
    assert read(words.encode()).content == words


def test_line_ends_of_windows_and_old_macs_become_one() -> None:
    assert read(b"one line\r\nanother\rthird\n").content == "one line\nanother\nthird\n"


def test_blanks_at_both_ends_stay() -> None:
    assert read(b"\n  Dear Judge,\n\n ").content == "\n  Dear Judge,\n\n "


def test_a_letter_and_its_accent_become_one_character() -> None:
    assert read("an\u0303os en la ca\u0301rcel".encode()).content == "años en la cárcel"


def test_form_feeds_part_pages_and_stay_in_the_text() -> None:
    text = read(b"first page\fsecond page\f")
    assert text.content == "first page\fsecond page\f"
    assert [(page.number, page.start, page.end) for page in text.pages] == [(1, 0, 11), (2, 11, 23)]


def test_nul_characters_are_dropped_and_said() -> None:
    text = read(b"name\0 and number of the cell")
    assert text.content == "name and number of the cell"
    assert [remark.code for remark in text.remarks] == ["nul-dropped"]


def test_a_guessed_encoding_is_said() -> None:
    assert [remark.code for remark in read(SPANISH.encode("cp1252")).remarks] == ["encoding-guessed"]


def test_a_file_cut_inside_its_last_letter_is_still_utf8() -> None:
    assert read("La celda está frí".encode() + b"o" + "ñ".encode()[:1]).content == "La celda está frío\ufffd"


def test_a_memo_with_headings_keeps_its_very_characters() -> None:
    memo = "FROM: Captain Tull\nTO: All staff\nDATE: March 3\nSUBJECT: Showers\n\nNo showers until Monday.\n"
    text = read(memo.encode())
    assert (text.content, text.maker.component) == (memo, "reading.plain")
