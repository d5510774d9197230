"""English and Spanish are told apart, also in a few words; other languages are not taken for them."""

from __future__ import annotations

import pytest

from amparo.reading.language import find_language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("I need a doctor.", "en"),
        ("Necesito un médico.", "es"),
        ("Dear Sir,", "en"),
        ("Estimada licenciada:", "es"),
        ("NO ME HAN DADO MIS MEDICINAS DESDE EL LUNES", "es"),
        ("THEY TOOK MY LEGAL PAPERS AND MY GLASSES ON FRIDAY", "en"),
        ("Dear Ms. Zambrano Peña, I met Régulo Núñez and María José at the gate of San Jacinto.", "en"),
        ("El oficial Smith y el sargento Brown me llevaron al Special Housing Unit sin decir nada.", "es"),
        ("Não me deixam ver o médico desde março e ninguém responde às minhas cartas na prisão.", "und"),
        ("On ne me laisse pas voir le médecin depuis le mois de mars et personne ne répond à mes lettres.", "und"),
        ("Мне не дают видеть врача с марта, и никто не отвечает на мои письма из тюрьмы.", "und"),
        ("28 CFR 542.14(a)", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_few_words(words: str, language: str) -> None:
    assert find_language(words) == language
