"""Whether some words can be writing, or are what is left of a broken text layer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from amparo.reading.wordlists import LANGUAGES, word_list

_ENOUGH = 40
"""How many words of plain Latin letters it takes before their being unknown says anything."""


def is_garbled(words: Sequence[str]) -> bool:
    """Whether the words of a page make no sense as they stand.

    Three things give a broken text layer away: characters that stand for nothing (replacement, private use, control),
    hardly any letters, and a page of Latin letters without a single common word of any language amparo reads, as when
    each letter has been moved along the alphabet. Other scripts and other languages are not thereby garbled, but a page
    in another language of Latin letters may be read from its image in vain; its text is then kept.

    >>> is_garbled(["'HDU", "-XGJH", "2UULQ"] * 20)
    True
    >>> is_garbled("I have been here since March and nobody has told me why".split())
    False
    """
    letters = "".join(words)
    if not letters:
        return False
    nothing = sum(unicodedata.category(ch) in ("Co", "Cn", "Cs", "Cc") or ch == "\ufffd" for ch in letters)
    if nothing > 0.1 * len(letters):
        return True
    if len(letters) > 30 and sum(ch.isalnum() for ch in letters) < 0.5 * len(letters):
        # Dotted lines of a form are no garble: what counts is what is left without them.
        written = [ch for ch in letters if ch not in "._-–—…*=•"]
        if written and sum(ch.isalnum() for ch in written) < 0.5 * len(written):
            return True
    if len(letters) > 300 and len(letters) / len(words) > 40:
        return True
    latin = [word for word in words if any(ch.isalpha() for ch in word) and all(ch < "\u0250" for ch in word)]
    if len(latin) < _ENOUGH or len(latin) < 0.5 * len(words):
        return False
    return not any(_bare(word) in word_list(language).common for word in latin for language in LANGUAGES)


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”‘’«»¿¡").lower()
