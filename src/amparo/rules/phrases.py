"""The sentences the rulebook speaks in, English and Spanish, from a file of phrases."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from amparo.domain.law import Bilingual


@cache
def _phrases() -> dict[str, Bilingual]:
    path = resources.files("amparo") / "data" / "vocabulary" / "reasons.toml"
    return {
        name: Bilingual(en=words["en"], es=words["es"])
        for name, words in tomllib.loads(path.read_text(encoding="utf8")).items()
    }


def phrase(name: str, **filled: object) -> Bilingual:
    """A sentence with its blanks filled; a blank that is itself in two languages is filled in each.

    >>> phrase("already-answered", title=Bilingual(en="Request", es="Solicitud")).es
    'Ya hay respuesta: Solicitud.'
    """
    template = _phrases()[name]
    if not filled:
        return template
    return Bilingual(en=_fill(template.en, "en", filled), es=_fill(template.es, "es", filled))


def _fill(template: str, language: str, filled: dict[str, object]) -> str:
    words = {name: value.in_(language) if isinstance(value, Bilingual) else value for name, value in filled.items()}
    return template.format(**words)
