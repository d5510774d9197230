"""Whether two neighbouring expressions name one person: "the counselor, Ms. Lee", "Pirela, alias «el Concejal»"."""

from __future__ import annotations

import re
from functools import cache

from amparo.domain.text import Language
from amparo.extraction.phrases import fold
from amparo.extraction.shapes import alternatives
from amparo.extraction.vocabulary import vocabulary

MODIFIER = 60
"""How many characters may stand between a description and its name: "of the mail room, Ms. Lee"."""
_BARE = re.compile(r",? (?:(?:el|la|don|dona|the) )?")
_MODIFIED = re.compile(r" (?:of|for|at|in|on|from|de|del|que|here|there|over|hired|interviewed)\b[^.;:!?\n]*, (?:(?:el|la|don|dona) )?")


@cache
def _cues(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary("people", language)["words"]
    named = alternatives(dict.fromkeys((*words["name_cues"], *words["alias_cues"])))
    alias = alternatives(dict.fromkeys(words["alias_cues"]))
    return (
        re.compile(rf",? (?:[^.;:!?\n]{{0,30}} )?(?:{named}),? [\"«]?(?:(?:el|la) )?"),
        re.compile(rf",? \(?(?:{alias}),? [\"«]?"),
    )


def in_apposition(content: str, end: int, start: int, *, language: Language) -> bool:
    """Whether a description that ends at `end` and a name that starts at `start` name one person.

    >>> words = "the officer of the mail room, Mr. Gadsby"
    >>> in_apposition(words, 11, 30, language="en")
    True
    """
    between = fold(content[end:start])
    if len(between) > MODIFIER:
        return False
    named, _ = _cues(language)
    return any(pattern.fullmatch(between) for pattern in (_BARE, _MODIFIED, named))


def is_alias(content: str, end: int, start: int, *, language: Language) -> bool:
    """Whether the name that starts at `start` is said to be another name of the one that ends at `end`.

    >>> words = "Pirela, alias «el Concejal»"
    >>> is_alias(words, 6, 15, language="es")
    True
    """
    return _cues(language)[1].fullmatch(fold(content[end:start])) is not None
