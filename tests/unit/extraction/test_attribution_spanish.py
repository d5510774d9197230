from __future__ import annotations

import pytest

from amparo.domain.claims import Claim
from amparo.domain.notes import Genre, Notes
from amparo.domain.text import Maker, Text
from amparo.extraction import mentions
from amparo.extraction.attribution import claims as attribution
from amparo.extraction.paper import sentences
from amparo.extraction.who import people


def read(words: str, *, genre: Genre = "news") -> tuple[Notes, list[Claim]]:
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language="es")
    notes = Notes(genre=genre)
    for factory in (sentences.by_rules, mentions.by_rules, people.by_rules, attribution.by_rules):
        notes = factory("es", {})(text, notes)
    return notes, [c for c in notes.claims if c.cue is not None]


def source_of(claim: Claim) -> str:
    return " ".join(q.exact for q in claim.source.quotes)


@pytest.mark.parametrize(
    ("words", "source", "content", "stance"),
    [
        (
            "El director aseguró que el agua corre todo el día.",
            "El director",
            "el agua corre todo el día",
            "asserts",
        ),
        (
            "El agua se corta desde junio, denunció este lunes su abogada, Nadia Frías.",
            "su abogada, Nadia Frías",
            "El agua se corta desde junio",
            "alleges",
        ),
        (
            "«Nos cortan el agua», dijo Nadia Frías.",
            "Nadia Frías",
            "«Nos cortan el agua»",
            "asserts",
        ),
        ("Según Nadia Frías, el agua se corta desde junio.", "Nadia Frías", "el agua se corta desde junio", "asserts"),
        (
            "De acuerdo con dos internos, el agua se corta desde junio.",
            "dos internos",
            "el agua se corta desde junio",
            "alleges",
        ),
        ("El penal negó que hubiera golpes.", "El penal", "hubiera golpes", "denies"),
        (
            "Su hermana, Nadia Frías, lo desmintió: «Él está bien».",
            "Su hermana, Nadia Frías",
            "«Él está bien»",
            "denies",
        ),
        ("El director prometió que vendría un dentista.", "El director", "vendría un dentista", "promises"),
        ("Su hermana teme que lo trasladen.", "Su hermana", "lo trasladen", "fears"),
    ],
)
def test_a_reported_statement_has_its_speaker_its_words_and_its_stance(
    words: str, source: str, content: str, stance: str
) -> None:
    _, (claim,) = read(words)
    found = (source_of(claim), " ".join(q.exact for q in claim.contents), claim.stance)
    assert found == (source, content, stance)


def test_a_rumour_has_no_known_source() -> None:
    _, (claim,) = read("Se dice que lo van a trasladar en mayo.")
    assert (claim.source.kind, claim.stance, claim.contents[0].exact) == (
        "unknown",
        "rumour",
        "lo van a trasladar en mayo",
    )


def test_an_unspoken_subject_is_whoever_the_sentence_names_first() -> None:
    notes, claims = read(
        "El portavoz, Curtis Haro, no quiso responder, aunque aseguró que todas las celdas tienen luz."
    )
    (person,) = {c.source.person for c in claims}
    assert person is not None
    assert "Curtis Haro" in notes.people[person].aliases


def test_a_plural_verb_alone_names_nobody() -> None:
    _, claims = read("Señor juez:\n\nAquí dicen que falta traductor.\n\nAtentamente,\nRamón Lazo", genre="letter")
    assert [(c.source.kind, c.contents[0].exact) for c in claims] == [("unknown", "falta traductor")]


def test_the_chain_of_reports_runs_from_the_outermost_to_the_speaker() -> None:
    _, claims = read(
        "Según Nadia Frías, el cónsul Emilio Tres le dijo que Joel Ruelas le comentó que perdió catorce kilos."
    )
    claim = claims[-1]
    assert claim.contents[0].exact == "perdió catorce kilos"
    assert "Joel Ruelas" in source_of(claim)
    assert ["Frías" in source_of_chain or "Tres" in source_of_chain for source_of_chain in _names(claim)] == [
        True,
        True,
    ]


def _names(claim: Claim) -> list[str]:
    return [" ".join(q.exact for q in s.quotes) for s in claim.chain]


def test_a_dialogue_dash_is_a_quotation() -> None:
    _, claims = read("—No me dejan salir —dijo Joel Ruelas—. Llevo un mes aquí.")
    assert claims[0].contents[0].exact.startswith("—No me dejan salir")
    assert source_of(claims[0]) == "Joel Ruelas"


def test_a_writer_s_own_point_is_narrated() -> None:
    notes, _ = read(
        "Señor juez:\n\nEspero que esté bien. Nadie me ha visto del corazón desde marzo.\n\nAtentamente,\nRamón Lazo",
        genre="letter",
    )
    first = notes.claims[0]
    assert (first.source.kind, first.form) == ("author", "narrated")
    assert "Nadie me ha visto" in first.contents[0].exact


def test_an_official_paper_speaks_for_itself() -> None:
    _, claims = read(
        "Oficio 12/2025\n\nPRIMERO. Es falso que el quejoso permanezca aislado.\n\nEL DIRECTOR GENERAL\nLUIS PRADO",
        genre="official",
    )
    assert [(c.source.kind, c.stance) for c in claims] == [("author", "denies")]


@pytest.mark.parametrize(
    ("words", "source", "content"),
    [
        (
            "Según la diputada Carmen Ledesma, el ministerio aceptó restituir las visitas.",
            "la diputada Carmen Ledesma",
            "el ministerio aceptó restituir las visitas",
        ),
        (
            "Según explicó su abogado, el penal prometió abrir el patio.",
            "su abogado",
            "el penal prometió abrir el patio",
        ),
        (
            "Está vivo, hablé con él el lunes, replicó su defensora, Carmen Ledesma.",
            "su defensora, Carmen Ledesma",
            "Está vivo, hablé con él el lunes",
        ),
    ],
)
def test_the_speaker_stands_behind_the_verb_or_behind_segun(words: str, source: str, content: str) -> None:
    _, claims = read(words)
    assert [(source_of(c), c.contents[0].exact) for c in claims] == [(source, content)]


def test_una_carta_que_acaba_en_un_verbo_de_decir_se_lee_entera() -> None:
    """Without a closing stop, the cue at the very end reaches no further than the text."""
    words = "Ganó el equipo del módulo, se oyó el radio por todo el patio, puro grito"
    notes, _ = read(words, genre="letter")
    assert all(quote.end <= len(words) for claim in notes.claims for quote in claim.contents)
