"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.text import Language
from amparo.extraction.paper.sentences import split_sentences
from amparo.extraction.vocabulary import vocabulary


def sentences(content: str, language: Language = "en") -> list[str]:
    words = vocabulary("sentences", language)
    found = split_sentences(content, always=frozenset(words["always"]), sometimes=frozenset(words["sometimes"]))
    return [content[s.start : s.end] for s in found]


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        ("I asked Mr. Ruiz on Feb. 3. He said no.", "en", ["I asked Mr. Ruiz on Feb. 3.", "He said no."]),
        ("El Sr. Pérez no vino. La Dra. Luna sí.", "es", ["El Sr. Pérez no vino.", "La Dra. Luna sí."]),
        ("J. B. Tate wrote it. It is true.", "en", ["J. B. Tate wrote it.", "It is true."]),
        ('"Go back." She left. ¿Y ahora? ¡Nada!', "en", ['"Go back."', "She left.", "¿Y ahora?", "¡Nada!"]),
        (
            "He was held in the U.S. for years. Then he left.",
            "en",
            ["He was held in the U.S. for years.", "Then he left."],
        ),
        ("they took my coat. i was cold. nobody came", "en", ["they took my coat.", "i was cold.", "nobody came"]),
        ("One line only\nAda Pike\nReg. No. 1", "en", ["One line only", "Ada Pike", "Reg. No. 1"]),
        (
            "A line that was broken only because the paper was at an\nend goes on.",
            "en",
            ["A line that was broken only because the paper was at an\nend goes on."],
        ),
    ],
)
def test_sentences_end_where_a_reader_would_stop(content: str, language: Language, expected: list[str]) -> None:
    assert sentences(content, language) == expected


@given(st.text(alphabet=st.sampled_from('aB .!?\n"”¿Mr1'), max_size=200))
def test_sentences_hold_every_character_but_white_space_and_never_overlap(content: str) -> None:
    at = 0
    kept = []
    for found in split_sentences(content):
        assert found.start >= at
        assert content[at : found.start].strip() == ""
        at = found.end
        kept.append(content[found.start : found.end])
    assert content[at:].strip() == ""
    assert all(piece == piece.strip() for piece in kept)
