"""How a speaker stands to the words: asserts, alleges, denies, confirms, fears, hopes, promises, or only passes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from amparo.domain.claims import Stance
from amparo.domain.notes import Genre
from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives

BY_CUE: tuple[Stance, ...] = ("rumour", "denies", "confirms", "fears", "hopes", "promises", "alleges")
POWER = frozenset({"guard", "official", "judge"})
HELD_OR_NEAR = frozenset({"detained", "lawyer", "family"})
_WORD = re.compile(r"\w+")
NEARBY = 120
"""How far after the words, in characters, the teller may set them aside: "it could be just talk"."""


@cache
def _phrases(language: Language) -> dict[str, Phrases]:
    given = vocabulary("stance", language)
    groups = {name: Phrases.of(given[name]) for name in BY_CUE}
    return groups | {name: Phrases.of(words) for name, words in given["words"].items() if isinstance(words, list)}


def tell_stance(
    cue: str,
    content: str,
    *,
    role: str,
    genre: Genre,
    language: Language,
    source: str = "",
    known_as: Sequence[str] = (),
    institution: bool = False,
    build: str = "",
    after: str = "",
) -> Stance:
    """The stance of one claim, by its cue first, then by who speaks and how the words run.

    Args:
        cue: the attributing words.
        content: what was said.
        role: the speaker's role in the document, or nothing.
        genre: letter, news or official paper.
        language: whose words to use.
        source: the words that name the speaker.
        known_as: what else the document calls the speaker: "the county's attorney".
        institution: the speaker is an authority or a facility.
        build: how the cue is built, where rules found it.
        after: the words after the claim.

    >>> tell_stance("denied", "it", role="official", genre="news", language="en")
    'denies'
    """
    known = _phrases(language)

    def holds(group: str, words: str) -> bool:
        return next(known[group].find(words), None) is not None

    def opens(group: str) -> bool:
        first = next(known[group].find(content), None)
        # behind an opening quotation mark or a "that"
        return first is not None and content[: first.start].casefold().strip(" \"“«'") in ("", "that", "que")

    if build == "rumour" or holds("disowned", after.split("\n\n")[0][:NEARBY]) or holds("rumour", content[:20]):
        return "rumour"
    told = [
        (max((len(f.phrase) for f in known[stance].find(cue)), default=0), -number, stance)
        for number, stance in enumerate(BY_CUE)
    ]
    length, _, stance = max(told)
    # A lawyer speaks for a client: "the county's attorney", "a lawyer for the guards".
    for_power = any(_counsel_of_power(language).search(fold(words)) for words in (source, *known_as))
    held = not for_power and (role in HELD_OR_NEAR or holds("held", source))
    # "Relatives of prisoners at the penitentiary" speak for the prisoners, whatever house they name.
    for_held = next((f.start <= 4 for f in known["held"].find(source)), False) and role not in POWER
    in_power = (role in POWER or institution or holds("power", source)) and role != "detained" and not for_held
    power = for_power or in_power
    if length and not (stance == "alleges" and power):
        return stance
    if opens("own_hope") or (genre == "news" and opens("their_hope")):
        return "hopes"
    if opens("own_fear") or (genre == "news" and opens("their_fear")):
        return "fears"
    if holds("agrees", content):
        return "confirms"
    to_come = holds("to_come", content[:60]) or _future(language).search(content[:60])
    if to_come and (power or (genre == "letter" and not held)):
        return "promises"
    if holds("boasts", cue):
        return "asserts"
    if power and holds("rejects_plainly", content):
        return "denies"
    if genre == "letter":
        return "alleges" if role == "detained" and _staff(language) & {*_WORD.findall(fold(content))} else "asserts"
    if power:
        return "denies" if holds("rejects", content) or opens("rejects_opening") else "asserts"
    return "alleges" if held else "asserts"


@cache
def _staff(language: Language) -> frozenset[str]:
    """Words for those who hold somebody: "guards", "the sergeant"."""
    people = vocabulary("people", language)
    named = {fold(word): role for group in ("titles", "nouns") for word, (role, _) in people[group].items()}
    one = {word for word, role in named.items() if role == "guard" and " " not in word}
    return frozenset(one | {word + ending for word in one for ending in ("s", "es")})


def speaks_for_held(role: str, source: str, language: Language) -> bool:
    """Whether a speaker is held, or near to one who is.

    Args:
        role: the speaker's role in the document, or nothing.
        source: the words that name the speaker.
        language: whose words to use.

    >>> speaks_for_held("", "the lawsuit", "en"), speaks_for_held("guard", "Officer Pike", "en")
    (True, False)
    """
    return role in HELD_OR_NEAR or (
        role not in POWER and next(_phrases(language)["held"].find(source), None) is not None
    )


def has_power(role: str, source: str, language: Language) -> bool:
    """Whether a speaker has power over the one held, by role or by the words that name the speaker.

    Args:
        role: the speaker's role in the document, or nothing.
        source: the words that name the speaker.
        language: whose words to use.

    >>> has_power("", "A jail nurse", "en"), has_power("", "the sheriff's office", "en")
    (False, True)
    """
    counsel = _counsel_of_power(language).search(fold(source)) is not None
    return role in POWER or counsel or next(_phrases(language)["power"].find(source), None) is not None


def is_a_record(source: str, language: Language) -> bool:
    """Whether the words that name a source name a paper or a recording, which accuses nobody.

    Args:
        source: the words that name the speaker.
        language: whose words to use.

    >>> is_a_record("A log", "en"), is_a_record("A cook", "en")
    (True, False)
    """
    return next(_phrases(language)["records"].find(source), None) is not None


@cache
def _counsel_of_power(language: Language) -> re.Pattern[str]:
    """A lawyer whose client has power over the one held, in folded words."""
    given = vocabulary("stance", language)["words"]
    lawyers, clients = (alternatives(dict.fromkeys(given[k])) for k in ("lawyers", "powerful_clients"))
    return re.compile(given["counsel"].format(lawyers=lawyers, clients=clients))


@cache
def _future(language: Language) -> re.Pattern[str]:
    """What is still to come, by the form of its verb."""
    return re.compile(vocabulary("stance", language)["words"]["future"], re.IGNORECASE)
