"""How a speaker stands to the words: asserts, alleges, denies, confirms, fears, hopes, promises, or only passes on."""

from __future__ import annotations

from functools import cache

from amparo.domain.claims import Stance
from amparo.domain.notes import Genre
from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary

BY_CUE: tuple[Stance, ...] = ("rumour", "denies", "confirms", "fears", "hopes", "promises", "alleges")
POWER = frozenset({"guard", "official", "judge"})
HELD_OR_NEAR = frozenset({"detained", "lawyer", "family"})
NEARBY = 160
"""How far after the words, in characters, the teller may set them aside: "it could be just talk"."""


@cache
def _phrases(language: Language) -> dict[str, Phrases]:
    given = vocabulary("stance", language)
    groups = {name: Phrases.of(given[name]) for name in BY_CUE}
    return groups | {name: Phrases.of(words) for name, words in given["words"].items()}


def tell_stance(
    cue: str,
    content: str,
    *,
    role: str,
    institution: bool,
    genre: Genre,
    language: Language,
    build: str = "",
    after: str = "",
) -> Stance:
    """The stance of one claim, by its cue first, then by who speaks and how the words run.

    Args:
        cue: the attributing words.
        content: what was said.
        role: the speaker's role in the document, or nothing.
        institution: the speaker is an authority, a facility or another body.
        genre: letter, news or official paper.
        language: whose words to use.
        build: how the cue is built, where rules found it.
        after: the words after the claim.

    >>> tell_stance("denied", "it", role="official", institution=False, genre="news", language="en")
    'denies'
    """
    known = _phrases(language)

    def holds(group: str, words: str) -> bool:
        return next(known[group].find(words), None) is not None

    if build == "rumour" or holds("disowned", after[:NEARBY]):
        return "rumour"
    told = [
        (max((len(f.phrase) for f in known[stance].find(cue)), default=0), -number, stance)
        for number, stance in enumerate(BY_CUE)
    ]
    length, _, stance = max(told)
    power = role in POWER or institution
    if length and not (stance == "alleges" and power):
        return stance
    if power and holds("to_come", content[:60]):
        return "promises"
    if genre == "letter":
        return "alleges" if role == "detained" and _third_person(content, language) else "asserts"
    if role in HELD_OR_NEAR and not institution:
        return "alleges"
    if power and holds("rejects", content):
        return "denies"
    return "asserts"


def _third_person(content: str, language: Language) -> bool:
    """Whether words tell of somebody's treatment rather than of the speaker's own plans."""
    first = fold(content).split()[:1]
    return first not in (["i"], ["i'm"], ["yo"])
