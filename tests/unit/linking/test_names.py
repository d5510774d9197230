"""Names across documents: parts, spellings, scripts, and what makes two names two."""

from __future__ import annotations

import pytest

from amparo.linking.names import LIKELY, compare_names, is_description, name_parts


@pytest.mark.parametrize(
    ("written", "words", "nicknames"),
    [
        ("Dr. Anselmo de la Riva Ochoa", ("anselmo", "riva", "ochoa"), ()),
        ('Wilmar "El Mono" Quintero', ("wilmar", "quintero"), ("mono",)),
        ("Wilmar Quintero (a) el Mono", ("wilmar", "quintero"), ("mono",)),
        ("Wilmar Quintero, alias El Mono", ("wilmar", "quintero"), ("mono",)),
        ("Wilmar Quintero (alias «La Sombra»)", ("wilmar", "quintero"), ("sombra",)),
        ("QUINTERO SALCEDO, Wilmar A.", ("wilmar", "a", "quintero", "salcedo"), ()),
        ("Ada Moreno-Pike", ("ada", "moreno", "pike"), ()),
        ("María de los Ángeles Pérez y Soto", ("maria", "angeles", "perez", "soto"), ()),
        ("Ma. Elena Ríos Hdez.", ("maria", "elena", "rios", "hernandez"), ()),
        ("Miles O’Hara", ("miles", "ohara"), ()),
        ("AdaMoreno", ("ada", "moreno"), ()),
    ],
)
def test_a_name_is_taken_apart(written: str, words: tuple[str, ...], nicknames: tuple[str, ...]) -> None:
    parts = name_parts(written)
    assert (parts.words, parts.nicknames) == (words, nicknames)


def test_a_title_tells_the_sex_and_a_suffix_the_generation() -> None:
    assert name_parts("Mrs. Lee").sex == "f"
    assert name_parts("Dr. Lee").sex is None
    assert name_parts("Tomas Lee, Jr.").generation == "2"


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("José Muñoz Ávila", "JOSE MUNOZ AVILA", "same-full-name"),
        ("Pike, Ada", "Ada Pike", "same-full-name"),
        ("Нина Варгина", "Nina Vargina", "same-full-name"),
        ("Ada Pike", "Ada Moreno Pike", "name-within-name"),
        ("Tomas Varela", "Tomas Varela Soto", "name-within-name"),
        ("Juan Carlos Soto", "Juan Soto Vega", "similar-name"),
        ("QUINTERO SALCEDO, W.", "Wilmar Quintero", "name-within-name"),
        ("T. Varela", "Tomas Varela", "other-spelling"),
        ("Paco Ruiz", "Francisco Ruiz", "other-spelling"),
        ("Bill Hale", "William Hale", "other-spelling"),
        ("Luz Vazquez", "Luz Basques", "other-spelling"),
        ("Yusuf Rahmani", "Youssouf Rahmany", "other-spelling"),
        ("Karim Hadid", "Kareem Hadeed", "other-spelling"),
        ("Tomas Varela", "Tomas Valera", "similar-name"),
        ("Nadia Frost", "Nadja Frosst", "similar-name"),
    ],
)
def test_names_that_are_more_likely_one(one: str, other: str, code: str) -> None:
    for left, right in ((one, other), (other, one)):
        compared = compare_names(left, right)
        assert compared.score >= LIKELY
        assert compared.code == code or {code, compared.code} == {"other-spelling", "similar-name"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rodrigo Salmerón Vega", "Beltrán Salmerón Vega"),
        ("Ada Pike", "Ada Marsh"),
        ("Juan Soto Vega", "Juan Soto Luna"),
        ("Mario Cruz", "Maria Cruz"),
        ("Daniel Cruz", "Daniela Cruz"),
        ("Ms. Lee", "Mr. Lee"),
        ("Tomas Lee Sr.", "Tomas Lee, Jr."),
        ("Omar bin Said", "Said bin Omar"),
        ("Pike", "Ada Pike"),
        ("A. P.", "Ada Pike"),
        ("Rosa Luna", "Rita Luna"),
        ("金光明", "金光华"),
        ("Ada B. Pike", "Ada Carmen Pike"),
    ],
)
def test_names_that_are_more_likely_two(one: str, other: str) -> None:
    assert compare_names(one, other).score < LIKELY
    assert compare_names(other, one).score < LIKELY


def test_a_name_is_itself_in_whatever_order() -> None:
    assert compare_names("Ada Moreno Pike", "Ada Moreno Pike").score == 1.0
    assert 0.9 <= compare_names("Moreno Pike Ada", "Ada Moreno Pike").score < 1.0


@pytest.mark.parametrize(
    ("words", "described"),
    [
        ("my brother", True),
        ("el director", True),
        ("the Regional Director", True),
        ("La Sombra", False),
        ("Luz", False),
    ],
)
def test_descriptions_are_told_from_names(words: str, described: bool) -> None:
    assert is_description(words) is described
