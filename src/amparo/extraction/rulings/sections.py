"""Whose part of a ruling a sentence stands in, by the headings above it, and who is told to speak in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

NOBODY = "nobody"
_ENUMERATOR = re.compile(
    r"\s*(?:(?P<roman>[IVX]{1,5})|(?P<capital>[A-H])|(?P<number>\d{1,2})|\(\s?(?P<small_roman>[ivx]{1,4})\s?\)"
    r"|\(\s?(?P<small>[a-z])\s?\)|(?P<greek>[α-ω]))\s?[.)]?\s"
)
_LEVELS = {"roman": 1, "capital": 2, "number": 3, "small": 4, "small_roman": 5, "greek": 6}
_UNNUMBERED = 7
_OTHER_STATE = re.compile(
    r"(?:[A-Z][a-z]+(?:[ -](?:and )?[A-Z][a-z]+)* (?<!Respondent )(?<!The )Governments?\b"
    r"|Governments? of (?:the )?[A-Z])"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("third", re.compile(r"(?i)\bthird[ -]+part|\binterven|\bamicus|\bamici\b")),
    ("other state", _OTHER_STATE),
    (
        "commission",
        re.compile(r"(?<!European )(?<!Law )(?<!Rights )\bCommission\b|\bDelegates?\b|(?<!Grand )\bChamber\b"),
    ),
    ("court", re.compile(r"\bGrand Chamber\b|(?<![A-Z]\w )(?<![A-Z]\w\w )\b[Tt]he (?:European )?Court\b(?! of)")),
    ("applicant", re.compile(r"\b[Aa]pplicants?\b")),
    ("state", re.compile(r"\bGovernment\b|\bState party\b")),
)
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("third", re.compile(r"(?i)third[ -]+part|interven|amicus|amici")),
    ("commission", re.compile(r"(?i)(?<!grand )\bchamber\b(?! of)|\bcommission\b|\bdelegate")),
    (
        "court",
        re.compile(
            r"(?i)\bcourt\b.{0,12}(?:assessment|conclusion|finding|consideration|view|opinion)|assessment|general "
            r"principle|principles|application (?:of|to|in)|the court\s*$|\bgrand chamber\b"
        ),
    ),
    ("parties", re.compile(r"(?i)\bparties\b|submissions? of|arguments? (?:of|before)|submissions\s*$")),
)
_SPEAKS = (
    r"(?:submi|argu|conten|maintain|claim|alleg|consider|not(?:ed|es)\b|reiterat|observ|f[io]u?nd|conclu|recall|h[eo]ld|"
    r"complain|disput|contest|rel(?:y|ied)|emphasi|point|assert|stress|refer|expla|agree|accept|reject|disagree|add|"
    r"stated?\b|opin|comment|object|plead|insist|express|suggest|invit|ask|propos|underlin|descri|view|subscri|"
    r"shar|draw|drew|attach|see[sn]?\b|saw|reach|took|take|advocat|recommend|confirm|repl|challeng|den[yi]|acknowledg)"
)
_BEFORE = re.compile(
    rf"\W+(?:\w+\W+){{0,4}}?{_SPEAKS}|\s*[’']\s?s?\s+(?:\w+\s+)?(?:opinion|view|submission|argument|report|delegate)"
)
_AFTER = re.compile(
    r"(?i)(?:according to|in the (?:view|opinion|submission) of|\bfor|\bby|\bto|of)\W+(?:the|both)?\W*(?:\w+\W+)?$"
)
_ORGANISATION = re.compile(r"(?:[A-Z][\w’'&-]+\W+(?:(?:of|for|and|the|on|in|to|de)\W+)*){2,}|\b[A-Z]{2,}[a-z]?\b")
_INITIALS = re.compile(r"[“\"‘(]\s*(?:the\s+)?([A-Z][A-Za-z]*[A-Z]{1,}\w*)\s*[”\"’)]")
_NAMED = re.compile(
    r"^\W*(?:However|Moreover|Furthermore|Lastly|Finally|In addition)?\W*(?:[Tt]he\s+)?"
    r"([A-Z][A-Za-z]*[A-Z]\w*|[A-Z]\w+(?:\s+(?:of|for|and|the)?\s*[A-Z]\w+)+)"
)


class Section(NamedTuple):
    """Whose part a stretch of a ruling is.

    Args:
        whose: a role, "parties", or "nobody" where no heading tells.
        above: the same of the headings over the one that told.
        headings: of all levels above, the lowest last.
    """

    whose: str
    above: str
    headings: tuple[str, ...]


def level_of(heading: str) -> int:
    """How deep a heading lies, by how it is numbered.

    >>> level_of("II . ALLEGED VIOLATION"), level_of("( a ) The Government"), level_of("The applicant")
    (1, 4, 7)
    """
    numbered = _ENUMERATOR.match(heading + " ")
    return _LEVELS[str(numbered.lastgroup)] if numbered else _UNNUMBERED


def whose_heading(heading: str, *, over: Sequence[str] = (), other_states: bool = True) -> str:
    """Whose part begins under a heading.

    Args:
        heading: the words.
        over: the roles of the headings over it, the lowest last.
        other_states: whether a government named by its country is another one than the respondent.

    >>> whose_heading("( b ) The Government"), whose_heading("A. The Chamber judgment")
    ('state', 'commission')
    >>> whose_heading("( c ) The German Federal Bar Association", over=("parties",))
    'third'
    """
    for role, pattern in _HEADS:
        if pattern.search(heading):
            return role
    if other_states and _OTHER_STATE.search(heading):
        return "third"
    if re.search(r"(?i)\bapplicants?\b", heading):
        return "applicant"
    if re.search(r"(?i)\bgovernment\b", heading):
        return "state"
    if over and over[-1] in ("third", "parties") and not heading.isupper() and _ORGANISATION.search(heading):
        return "third"
    return NOBODY


def sections(headings: Sequence[str | None], *, other_states: bool) -> list[Section]:
    """The section of each paragraph.

    Args:
        headings: the words of each paragraph that is a heading; none for others.
        other_states: whether a government named by its country is another one than the respondent.
    """
    stack: list[tuple[int, str, str]] = []
    found: list[Section] = []
    for heading in headings:
        if heading is not None:
            level = level_of(heading)
            stack = [one for one in stack if one[0] < level]
            whose = whose_heading(
                heading, over=[role for _, _, role in stack if role != NOBODY], other_states=other_states
            )
            stack.append((level, heading, whose))
        told = [role for _, _, role in stack if role != NOBODY]
        found.append(
            Section(
                told[-1] if told else NOBODY,
                told[-2] if len(told) > 1 else NOBODY,
                tuple(words for _, words, _ in stack),
            )
        )
    return found


def names_other_states(content: str) -> bool:
    """Whether the respondent is plainly the Government, so that one named by its country is another.

    >>> names_other_states("The Government objected. The Government of Cyprus agreed.")
    True
    """
    plain = len(re.findall(r"\b[Tt]he (?:respondent )?Government\b(?! of)", content))
    return plain >= max(1, len(_OTHER_STATE.findall(content)) // 4)


def third_parties_named(paragraphs: Sequence[str], where: Sequence[Section]) -> frozenset[str]:
    """The initials by which bodies are called in the parts of third parties and beside the word."""
    found: set[str] = set()
    for paragraph, section in zip(paragraphs, where, strict=True):
        if section.whose == "third" or re.search(r"(?i)third[ -]+part|interven", paragraph):
            found |= {name.group(1) for name in _INITIALS.finditer(paragraph)}
    return frozenset(found - {"ECHR", "EU", "UN", "GC", "CCP", "UK", "USA"})


def speakers_by_role(sentence: str, *, third_parties: frozenset[str], other_states: bool) -> tuple[str, ...]:
    """Who is told to speak in a sentence, by role, in order.

    >>> speakers_by_role("The Government denied it , but the Commission accepted it .", third_parties=frozenset(),
    ...                  other_states=False)
    ('state', 'commission')
    """
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for role, pattern in _ROLES:
        for named in pattern.finditer(sentence):
            if any(a <= named.start() < b or named.start() <= a < named.end() for a, b in taken):
                continue
            taken.append(named.span())
            if _BEFORE.match(sentence, named.end()) or _AFTER.search(
                sentence, max(0, named.start() - 40), named.start()
            ):
                told = "third" if role == "other state" and other_states else "state" if role == "other state" else role
                found.append((named.start(), told))
    for name in third_parties:
        at = sentence.find(name)
        if at >= 0 and (_BEFORE.match(sentence, at + len(name)) or at < 12):
            found.append((at, "third"))
    return tuple(role for _, role in sorted(found))


def names_a_body(sentence: str) -> bool:
    """Whether a sentence begins with a name that is no party's.

    >>> names_a_body("The Helsinki Foundation argued that"), names_a_body("The Government argued that")
    (True, False)
    """
    named = _NAMED.match(sentence)
    return bool(named) and not any(pattern.search(named.group()) for _, pattern in _ROLES)  # type: ignore[union-attr]
