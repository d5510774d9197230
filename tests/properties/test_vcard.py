"""Addresses go out as vCards and come back the same; other programs' cards are read as far as they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import BrokenInterchange
from amparo.interchange.vcard import Card, read_vcard, write_vcard

WORDS = st.text(alphabet=st.sampled_from("aé,;:\\\"^n'𝄞\n -"), max_size=60).map(str.strip)
LINE = st.text(alphabet=st.sampled_from("aé,;:\\\"^n'𝄞 -1"), min_size=1, max_size=50).map(str.strip).filter(bool)
PLAIN = st.sampled_from(("", "clerk@example.org", "+1 719 555 0100"))

CARDS = st.builds(
    Card, name=WORDS.filter(bool), kind=st.sampled_from(("individual", "org")),
    organisation=WORDS.filter(lambda w: ";" not in w),
    title=WORDS, lines=st.lists(LINE, max_size=5).map(tuple), email=PLAIN, phone=PLAIN,
    url=st.sampled_from(("", "https://example.org/a;b,c")), language=st.sampled_from(("", "es")), note=WORDS,
)  # fmt: skip


@given(st.lists(CARDS, min_size=1, max_size=3))
def test_cards_come_back_as_they_went(cards: list[Card]) -> None:
    assert read_vcard(write_vcard(cards)) == tuple(cards)


@given(CARDS)
def test_no_line_is_longer_than_seventy_five_octets_and_none_is_broken_in_a_character(card: Card) -> None:
    for line in write_vcard([card]).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_a_card_of_another_program_and_of_version_three_is_read() -> None:
    (card,) = read_vcard(
        b"BEGIN:VCARD\nVERSION:3.0\nN:Oropeza;Fidel;;;\nORG:Clinica Legal;Prisiones\n"
        b"item1.ADR;TYPE=WORK:;;Calle 5\\, 12;Puebla;;72000;Mexico\n"
        b"EMAIL;TYPE=INTERNET:fo@example.org\nX-ODD:1\nEND:VCARD\n"
    )
    assert card.name == "Fidel Oropeza"
    assert card.organisation == "Clinica Legal"
    assert card.email == "fo@example.org"
    assert "Puebla" in card.lines


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCARD\nVERSION:4.0\n", b"BEGIN:VCARD\nNOTE:x\nEND:VCARD", b"\xff\xfe"])
def test_what_is_no_card_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenInterchange):
        read_vcard(data)
