"""Who signed a letter: the name below the closing words, or the name the writer gives."""

from __future__ import annotations

import re
from functools import cache

from amparo.domain.notes import Genre
from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives
from amparo.extraction.who.naming import name_parts
from amparo.extraction.who.person_words import person_words
from amparo.extraction.who.small_letters import writes_small

LAST_LINES = 8
"""How many lines at the foot of a letter are searched for the signature."""
_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "y", "e", "van", "von", "da", "dos", "san", "vda.", "vda", "viuda"}
)
OPENING = 400
"""Within how many characters of the beginning a writer says who writes."""
SMALL_OPENING = 120
"""The same where names have no capitals, and everyday words are as like them."""
_NOT_INTRODUCED = frozenset({"i", "mr", "mrs", "ms", "dear", "god", "dios"})
_AGAIN = frozenset({"again", "here", "writing", "still", "otra", "otravez", "nuevamente", "desde"})
_YOURS = {"en": "your|ur", "es": "tu|su|vuestro"}
_NUMBER = re.compile(
    r"[\s,(#]*(?:\b(?:reg|register|inmate|b\s*&\s*c|tdcj|spn|td|nis)\b|\b(?:no|núm)\b[.:]?\s*#?\d|#|\d).*$",
    re.IGNORECASE | re.DOTALL,
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
                return _in_full(content, name, authors, language)
    for start, end in reversed(lines):
        name = _name_in(content, start, end, language)
        yours = re.match(rf"\s*(?:{_YOURS[language]})\s", fold(content[start:end])) is not None
        if name is not None and (yours or len(content[slice(*name)].split()) >= 2):
            return name
    told = _introduced(content, authors, language)
    last = _name_in(content, *lines[-1], language) if lines else None
    if last is None or (told is not None and fold(content[told[0]]) != fold(content[last[0]])):
        return told
    return _in_full(content, last, authors, language)


@cache
def _kin(language: Language) -> frozenset[str]:
    return frozenset(n for n, (role, _) in person_words(language).nouns.items() if role == "family")


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
    if kin is not None and stripped[kin.end() :].islower() and fold(words[-1]) in _kin(language):
        return at, at + len(stripped)  # "Your loving father": no name is told, so these words are the writer's
    if kin is not None:
        at, stripped = at + kin.end(), stripped[kin.end() :]
        words = stripped.split()
    nickname = language == "es" and len(words) == 2 and fold(words[0]) in {"el", "la"}
    name_like = all(w[0].isupper() or w in _PARTICLES or (nickname and w is words[0]) for w in words)
    known = person_words(language)
    everyday = known.common | known.closers | known.not_names | known.openers
    unnamed = known.nouns.get(fold(words[-1]), ("",))[0] == "detained"  # "un interno", "a prisoner"
    small = stripped.islower() and len(words) <= 3 and (unnamed or not {fold(w) for w in words} & everyday)
    if not (name_like or small) or fold(words[0]) in {"enclosure", "cc", "ps", "pd", "copy", "copia", "anexo", "re"}:
        return None
    return at, at + len(stripped)


_CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÑ][\w’'-]+(?:[ \t]+(?:(?:de|del|de la|la)[ \t]+)?[A-ZÁÉÍÓÚÑ][\w’'-]*)+")


def _in_full(content: str, signed: tuple[int, int], authors: re.Pattern[str], language: Language) -> tuple[int, int]:
    """A signature, or where the writer says the name in full what a letter or two at the foot stand for: "J"."""
    initials = "".join(c for c in fold(content[slice(*signed)]) if c.isalpha())
    told = _introduced(content, authors, language) if len(initials) <= 2 else None
    return told if told is not None and fold(content[told[0]]) == initials[:1] else signed


def name_in_full(content: str, signature: tuple[int, int], *, language: Language) -> tuple[int, int] | None:
    r"""Where a letter's writer gives more of the name than at the foot, or None.

    Args:
        content: the words of a letter.
        signature: where it is signed.
        language: whose self-introductions to look for.

    >>> words = "its dwight okello from b block\n\nthey opened my mail\n\ndwight"
    >>> words[slice(*name_in_full(words, (53, 59), language="en"))]
    'dwight okello'
    """
    told = _introduced(content, _cues(language)[1], language)
    if told is None or told == signature:
        return None
    short = set(name_parts(content[slice(*signature)])) - {"el", "la"}
    full = set(name_parts(content[slice(*told)]))
    return told if short and short < full else None


def _introduced(content: str, authors: re.Pattern[str], language: Language) -> tuple[int, int] | None:
    """The name by which a letter opens: "my name is Ada Pike", and in a letter without capitals "its ada pike"."""
    for match in authors.finditer(fold(content[:OPENING])):
        article = re.compile(r"(?:el|la)[ \t]+").match(content, match.end())
        at = article.end() if article else match.end()
        name = _CAPITALS.match(content, at) or re.compile(r"[A-ZÁÉÍÓÚÑ][\w’'-]+").match(content, at)
        if name is not None and fold(name.group()) not in _NOT_INTRODUCED:
            return name.span()
    known = person_words(language)
    everyday = known.common | known.closers | known.not_names | known.openers | known.nouns.keys() | known.determiners
    for match in authors.finditer(fold(content[:SMALL_OPENING])) if writes_small(content) else ():
        words = [w for w in re.finditer(r"[a-z][\w'-]*", fold(content)[match.end() : match.end() + 40])][:2]
        gap = content[match.end() : match.end() + words[1].start()].split() if len(words) == 2 else []
        if words and words[0].start() == 0 and words[0].group() not in everyday and len(words[0].group()) > 2:
            two = len(gap) == 1 and words[1].group() not in everyday | _AGAIN and len(words[1].group()) > 2
            return match.end(), match.end() + words[1 if two else 0].end()
    return None
