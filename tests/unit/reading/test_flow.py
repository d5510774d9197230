"""Lines on a page become running text, and every word keeps its place."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.text import Box
from amparo.reading.flow import lay_out
from amparo.reading.seen import SeenLine, SeenPage, SeenWord


def line(words: str, row: float, *, left: float = 0.1, letter: float = 0.01) -> SeenLine:
    """A line of words, each letter as wide as the next, on a row of a page of fifty."""
    found = []
    for word in words.split():
        right = left + letter * len(word)
        found.append(SeenWord(word, Box(left=left, top=row / 50, right=right, bottom=(row + 0.8) / 50)))
        left = right + letter
    return SeenLine(tuple(found))


def content(*lines: SeenLine) -> str:
    return lay_out([SeenPage(number=1, lines=lines)])[0]


FULL = "They have kept us inside since the end of the winter and now"


def test_a_full_line_runs_on_and_a_short_one_ends() -> None:
    assert (
        content(line(FULL, 1), line("nobody comes.", 2), line("Thank you,", 3)) == f"{FULL} nobody comes.\nThank you,"
    )


def test_a_wide_step_is_a_new_paragraph() -> None:
    lines = [line(FULL, 1), line(FULL, 2), line(FULL, 4), line(FULL, 5)]
    assert content(*lines) == f"{FULL} {FULL}\n\n{FULL} {FULL}"


def test_double_spacing_is_not_a_page_of_paragraphs() -> None:
    assert content(line(FULL, 1), line(FULL, 3), line(FULL, 5)) == f"{FULL} {FULL} {FULL}"


def test_an_indented_line_is_a_new_paragraph() -> None:
    assert content(line(FULL, 1), line(FULL, 2, left=0.14), line(FULL, 3)) == f"{FULL}\n\n{FULL} {FULL}"


def test_items_of_a_list_keep_their_lines() -> None:
    items = ["1. They took my medicine and my glasses and my legal papers", "2. They stopped my mail"]
    assert content(line(items[0], 1), line(items[1], 2)) == "\n".join(items)


def test_a_word_broken_over_two_pages_is_mended_on_the_first() -> None:
    text, pages = lay_out(
        [
            SeenPage(number=1, lines=(line(f"{FULL} the medi-", 1),)),
            SeenPage(number=2),
            SeenPage(number=3, lines=(line("cation is gone.", 1),)),
        ]
    )
    assert text == f"{FULL} the medication is gone."
    assert [text[page.start : page.end] for page in pages] == [f"{FULL} the medi", "", "cation is gone."]


def test_accents_apart_from_their_letters_are_put_together() -> None:
    assert content(line("an\u0303os de pri\u00adsio\u0301n", 1)) == "años de prisión"


WORD = st.text(st.sampled_from("abñé-.\u0301\u00ad\x02\ufffe1"), min_size=1, max_size=6)
PAGES = st.lists(st.lists(st.tuples(st.lists(WORD, min_size=1, max_size=5), st.floats(0, 48)), max_size=5), max_size=4)


@given(PAGES)
def test_pages_tile_the_text_and_words_stand_where_they_say(pages: list[list[tuple[list[str], float]]]) -> None:
    seen = [
        SeenPage(number=number, from_image=True, lines=tuple(line(" ".join(words), row) for words, row in page))
        for number, page in enumerate(pages, 1)
    ]
    text, tiles = lay_out(seen)
    at = 0
    for tile in tiles:
        assert tile.start == at
        at = tile.end
        for word in tile.words:
            assert tile.start <= word.start < word.end <= tile.end
            assert not any(ch.isspace() for ch in text[word.start : word.end])
        assert [word.start for word in tile.words] == sorted(word.start for word in tile.words)
        assert all(found.start < found.end for found in tile.lines)
    assert at == len(text)
    assert unicodedata.is_normalized("NFC", text)
