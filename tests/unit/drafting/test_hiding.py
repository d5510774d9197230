"""Whatever a person could be known by is found: whole names and parts, initials, numbers, slips of a reader."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.drafting.hiding import Hidden, find_hidden, fold, replace_hidden

PERSON = Hidden(
    shown_as="Person 1", names=("Ramiro Lazcano Betanzos", "El Flaco"), numbers=("98341-990", "1:24-cv-00017")
)
SISTER = Hidden(shown_as="Person 2", names=("Leticia Lazcano de Robles",))


def released(words: str, *hidden: Hidden) -> str:
    return replace_hidden(words, find_hidden(words, hidden or (PERSON,)))


@pytest.mark.parametrize(
    "words",
    [
        "Ramiro Lazcano Betanzos", "RAMIRO LAZCANO", "Lazcano Betanzos, Ramiro", "Lazcano", "ramiro", "Mr. Lazcano",
        "Lázcano", "Lazcanos", "Lazeano", "Betanzo", "Laz-\ncano", "Laz cano", "R. L. B.", "R.L.B.", "RLB", "R. L.",
        "Flaco", "98341-990", "98341 990", "98341990", "1:24-cv-00017", "1:24 CV 00017",
    ],
)  # fmt: skip
def test_every_form_of_a_person_is_replaced(words: str) -> None:
    out = released(f"On Monday {words} wrote to the court.")
    assert out.startswith("On Monday ")
    assert out.endswith("wrote to the court.")
    assert "Person 1" in out
    assert fold("lazcano") not in fold(out)


@pytest.mark.parametrize("words", ["The law", "In January", "a mirror", "flat", "R and B", "US", "12-345"])
def test_other_words_stay(words: str) -> None:
    assert released(words) == words


@pytest.mark.parametrize(
    "words", ["call 555-123-4567", "(303) 555-0199", "write to ana.p@example.org", "Reg. No. 20715-112", "A1234BC"]
)
def test_numbers_and_addresses_go_whoever_they_belong_to(words: str) -> None:
    assert "[…]" in released(words)


def test_a_whole_name_becomes_one_word_and_two_people_stay_two() -> None:
    out = released("Ramiro Lazcano Betanzos and Leticia de Robles met.", PERSON, SISTER)
    assert out == "Person 1 and Person 2 met."


def test_a_name_shared_by_two_is_hidden_all_the_same() -> None:
    assert "Lazcano" not in released("Lazcano said so.", SISTER, PERSON)


def test_somebody_hidden_has_a_name_and_a_sign() -> None:
    with pytest.raises(ValueError, match="stand in its place"):
        Hidden(shown_as=" ", names=("A",))
    with pytest.raises(ValueError, match="stand in its place"):
        Hidden(shown_as="Person 1", names=(" ",))


NAMES = st.sampled_from(["Ramiro", "Lazcano", "Betanzos", "RAMIRO LAZCANO", "lazcano betanzos", "Flaco", "98341-990"])
REST = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], max_codepoint=0x24F), max_size=30)


@given(st.lists(st.tuples(REST, NAMES), min_size=1, max_size=6), REST)
def test_nothing_of_a_name_is_left_between_any_other_words(pieces: list[tuple[str, str]], end: str) -> None:
    words = "".join(f"{before} {name} " for before, name in pieces) + end
    found = find_hidden(words, (PERSON,))
    assert all(a.end <= b.start for a, b in pairwise(found))
    out = fold(replace_hidden(words, found))
    tokens = "".join(ch if ch.isalnum() else " " for ch in out).split()
    assert not {"ramiro", "lazcano", "betanzos", "flaco", "98341"} & set(tokens)


@given(REST)
def test_what_is_found_lies_in_the_text(words: str) -> None:
    assert all(0 <= one.start < one.end <= len(words) for one in find_hidden(words, (PERSON, SISTER)))
