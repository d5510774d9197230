"""Who signed a letter: the name below the closing words, or the name the writer gives."""

from __future__ import annotations

import re
from functools import cache

from amparo.domain.notes import Genre
from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives

LAST_LINES = 8
"""How many lines at the foot of a letter are searched for the signature."""
_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "y", "e", "van", "von", "da", "dos", "san", "vda.", "vda", "viuda"}
)
_YOURS = {"en": "your|ur", "es": "tu|su|vuestro"}
_NUMBER = re.compile(
    r"[\s,(#]*(?:\b(?:reg|register|inmate|no|núm|b\s*&\s*c|tdcj|spn|td|nis)\b|#|\d).*$", re.IGNORECASE | re.DOTALL
)


def find_signature(content: str, *, language: Language, genre: Genre = "letter") -> tuple[int, int] | None:
    r"""Where the writer's name stands: code points, half-open; None for a letter nobody signed.

    Args:
        content: the words of a letter.
        language: whose closing words and self-introductions to look for.
        genre: reports are signed by nobody; in official papers only a plain signature counts.

    >>> words = "They opened my mail.\n\nRespectfully,\nAda Moreno-Pike\nReg. No. 00123-456"
    >>> words[slice(*find_signature(words, language="en"))]
    'Ada Moreno-Pike'
    """
    if genre == "news":
        return None
    if genre == "official":
        return _signed_paper(content, language)
    closings, authors, greetings = _cues(language)
    lines = [line for line in _lines(content)[2:] if not greetings.match(fold(content[slice(*line)]))][-LAST_LINES:]
    for index, (start, end) in enumerate(lines):
        line = content[start:end]
        cue = next((c for c in closings.find(line) if c.start <= 2), None)
        if cue is None and not (index and _is_short_farewell(content[slice(*lines[index - 1])], closings)):
            continue
        rest = (start + cue.end, end) if cue is not None else (start, end)
        for candidate in (rest, *lines[index + 1 :]):
            name = _name_in(content, *candidate, language)
            if name is not None:
                return name
    for start, end in reversed(lines):
        name = _name_in(content, start, end, language)
        yours = re.match(rf"\s*(?:{_YOURS[language]})\s", fold(content[start:end])) is not None
        if name is not None and (yours or len(content[slice(*name)].split()) >= 2):
            return name
    return _introduced(content, authors)


@cache
def _cues(language: Language) -> tuple[Phrases, re.Pattern[str], re.Pattern[str]]:
    words = vocabulary("people", language)["words"]
    authors = alternatives(dict.fromkeys(words["author_cues"]))
    greetings = alternatives(dict.fromkeys(words["greetings"]))
    return (
        Phrases.of(words["signature_cues"]),
        re.compile(rf"(?<!\w)(?:{authors})\s+"),
        re.compile(rf"\s*(?:{greetings})\s"),
    )


def _signed_paper(content: str, language: Language) -> tuple[int, int] | None:
    """A name after "/s/", or alone on one of the last lines."""
    posts = Phrases.of(vocabulary("people", language)["words"]["posts"])
    people = vocabulary("people", language)
    undersigned, titles = alternatives(dict.fromkeys(people["words"]["undersigned"])), alternatives(people["titles"])
    own = re.search(rf"(?<!\w)(?:{undersigned}),?\s+(?:(?:{titles})\.?\s+)*", fold(content))
    given = _CAPITALS.match(content, own.end()) if own is not None else None
    if given is not None:
        return given.span()
    slash = re.search(r"/s/[ \t]*", content)
    lines = _lines(content)[-4:]
    for start, end in ([(slash.end(), content.find("\n", slash.end()))] if slash else []) + lines[::-1]:
        name = _name_in(content, start, end if end >= 0 else len(content), language)
        capitals = name is not None and sum(w[0].isupper() for w in content[slice(*name)].split()) >= 2
        if name is not None and capitals and next(posts.find(content[slice(*name)]), None) is None:
            return name
    return None


def _lines(content: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", content)]


def _is_short_farewell(line: str, closings: Phrases) -> bool:
    return len(line.split()) <= 5 and any(True for _ in closings.find(line))


def _name_in(content: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """The name on a line, if the line is nothing but a name, perhaps with a number behind it."""
    line = content[start:end]
    stripped = _NUMBER.sub("", line).strip(" \t,.;:-—–_*")
    if not stripped:
        return None
    words = stripped.split()
    if (
        not 1 <= len(words) <= 6
        or (re.search(r"[.!?]$", line.strip()) and len(words) > 3)
        or re.search(r"[¿?!@/\"“”]", stripped)
    ):
        return None
    if not all(re.fullmatch(r"[\w’'.-]+,?", w) for w in words):
        return None
    at = start + line.index(stripped)
    # "Your Anders", "tu hermano Luis": the name is what follows.
    nouns = alternatives(vocabulary("people", language)["nouns"])
    kin = re.match(rf"(?:{_YOURS[language]})[ \t]+(?:(?:{nouns})[ \t]+)?(?=\w)", fold(stripped))
    if kin is not None:
        at, stripped = at + kin.end(), stripped[kin.end() :]
        words = stripped.split()
    name_like = all(w[0].isupper() or w in _PARTICLES for w in words)
    small = stripped.islower() and len(words) <= 3
    if not (name_like or small) or fold(words[0]) in {"enclosure", "cc", "ps", "pd", "copy", "copia", "anexo", "re"}:
        return None
    return at, at + len(stripped)


_CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÑ][\w’'-]+(?:[ \t]+(?:(?:de|del|de la|la)[ \t]+)?[A-ZÁÉÍÓÚÑ][\w’'-]*)+")


def _introduced(content: str, authors: re.Pattern[str]) -> tuple[int, int] | None:
    match = authors.search(fold(content[:400]))
    if match is None:
        return None
    name = _CAPITALS.match(content, match.end()) or re.compile(r"[A-ZÁÉÍÓÚÑ][\w’'-]+").match(content, match.end())
    return name.span() if name else None
