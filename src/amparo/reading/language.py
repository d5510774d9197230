"""Which language a text is in: English, Spanish, or another that amparo does not read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from amparo.domain.text import Language
from amparo.reading.wordlists import LANGUAGES, word_list

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_NEIGHBOURS = ("en", "es", "pt", "fr", "it", "ca", "gl", "ht", "de", "nl", "ru", "ar", "zh", "vi", "tl", "ro", "pl")
"""Languages letters from custody come in; naming the neighbours keeps Portuguese from passing for Spanish."""
_LIKE_SPANISH = frozenset(("pt", "gl", "ca", "it", "fr", "ro"))
_SHORT = 60
"""Below this many letters the statistics say little, and common words decide."""
_WORDS = re.compile(r"[^\W\d_]+")


def find_language(content: str) -> Language:
    """Tell English and Spanish from each other and from the rest.

    Common words decide where they are clear; py3langid (a naive Bayes classifier over bytes) decides the rest, and a
    text too short for either is ``und``.

    >>> find_language("They have not let me see a doctor since March.")
    'en'
    >>> find_language("No me dejan ver a un médico desde marzo.")
    'es'
    >>> find_language("14:30")
    'und'
    """
    words = [word.lower() for word in _WORDS.findall(content[:20_000])]
    if not words:
        return "und"
    english, spanish = (sum(map(word_list(language).common.__contains__, words)) for language in LANGUAGES)
    letters = sum(map(len, words))
    if letters >= _SHORT:
        guess: str = _identifier().classify(content[:20_000])[0]
        if guess in ("en", "es"):
            return "en" if guess == "en" else "es"
        # Lists, names and numbers mislead the statistics; a third of common words does not lie.
        # Spanish shares its common words with its neighbours, so against those it needs the statistics.
        if max(english, spanish) < 0.33 * len(words) or (spanish >= english and guess in _LIKE_SPANISH):
            return "und"
    if english == spanish or max(english, spanish) < 0.2 * len(words):
        return "und"
    return "en" if english > spanish else "es"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in _NEIGHBOURS if code in identifier.labels])
    return identifier
