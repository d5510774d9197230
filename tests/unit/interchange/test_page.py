"""The page of dossiers: every character of the text, every link to a place that exists."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest

from amparo.domain.dossier import Dossier
from amparo.dossier import act_labels, examine
from amparo.interchange.page import page, pieces
from amparo.interchange.words import WORDS

LETTER = """June 23, 2026

Dear Ms. Holloway,

On June 2 I was taken to the SHU. I have had no insulin since June 5. Nurse Tolland said "it's <not> on the cart".

Respectfully,
Ada Moreno-Pike
Reg. No. 00123-456"""


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return examine(LETTER.encode(), name="letter.txt", today=dt.date(2026, 6, 30))


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value:
                self.targets.add(value)


def test_the_pieces_put_together_are_the_text(dossier: Dossier) -> None:
    assert "".join(piece.words for piece in pieces(dossier)) == LETTER


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_link_leads_to_one_place_on_the_page(dossier: Dossier, language: str) -> None:
    links = Links()
    links.feed(page([dossier, dossier], labels=act_labels(), language=language, failures=[("x.doc", "Unreadable.")]))
    assert len(links.ids) == len(set(links.ids))
    assert links.targets
    assert {target[1:] for target in links.targets} <= set(links.ids)


def test_what_looks_like_markup_in_a_letter_stays_words(dossier: Dossier) -> None:
    written = page([dossier], labels=act_labels())
    assert "&lt;not&gt;" in written
    assert "<not>" not in written


def test_the_page_speaks_spanish_when_asked(dossier: Dossier) -> None:
    written = page([dossier], labels=act_labels(), language="es")
    assert WORDS["alleged"]["es"] in written
    assert WORDS["alleged"]["en"] not in written


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    assert [key for key, words in WORDS.items() if not words.get("en") or not words.get("es")] == []
