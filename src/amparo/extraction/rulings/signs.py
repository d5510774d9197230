"""What can be seen of each sentence of a ruling: its words, how it begins, the heading it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from amparo.extraction.rulings.sections import (
    NOBODY,
    Section,
    names_a_body,
    names_other_states,
    sections,
    speakers_by_role,
    third_parties_named,
)

NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\s?[.)])\s+")
"""The number of a paragraph, before its first sentence."""
_HEADING = re.compile(r"\s*(?:[IVX]{1,5}|[A-Z]|\d{1,2}|\(?[a-z]{1,4}\)?)?\s?[.)]?\s*\S")
_STOP = re.compile(
    r"[,;–]\s+(?=whereas\b|(?:while|but) the (?:Commission|Government|applicants?|Delegates?)\b)|"
    r"[.!?;]\s?[”\"’')\]]*\s+(?=[“\"‘(\[]?\s?[A-Z])"
)
_NO_STOP = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|v|no|No|nos|Nos|art|Art|p|pp|para|paras|cf|e\.g|i\.e|al|Rep|vol|Prof|[A-Z]))\s?\.\s*$"
)
_WORD = re.compile(r"[a-z]+|\d+|[^\w\s]")
_WHO = (
    r"(applicant|government|court|commission|interven|third part"
    r"|organi[sz]ation|centre|institute|ngo|federation|association|committee|chamber|delegate|latter)"
)
_SPEAKS = (
    r"(?:submi|argu|conten|maintain|claim|alleg|consider|not|reiterat|observ|f[io]u?nd|conclu|recall|h[eo]ld|complain|disput"
    r"|contest|rel[iy]|emphasi|point|assert|stress|refer|expla|agree|accept|reject|disagree|add|stat|opin|comment|object"
    r"|plead|insist|express|suggest|invit|ask|propos|underlin|describ|view|opinion|submission)"
)
_CUE = re.compile(rf"\b{_WHO}\w*(?:\W+\w+){{0,4}}?\W+{_SPEAKS}")
_VIEW = re.compile(rf"\b(?:according to|in the (?:view|opinion|submission) of|for)\W+(?:the|both)?\W*(?:\w+\W+)?{_WHO}")
"""Who is told to speak, and how."""
_PROPER = re.compile(r"\b[Tt]he\W+(?:[A-Z][a-z]+(?:\W+and\W+[A-Z][a-z]+)?\W+Government|Government\W+of\W+[A-Z])")
_CAPITALS = re.compile(r"(?:[A-Z]\w*[A-Z]{2}|Mr|Ms|Mrs|Professor|Amnesty|Human Rights Watch)\b")
_SUBJECT = re.compile(
    rf"((?:\w+\W+)?\w+)\W+(?:also |further |then |first |firstly |however ,? ?|thus |therefore )*{_SPEAKS}\w*"
)
STARTS = 4
"""So many first words are looked at in their order."""
LONG = 160
"""A paragraph shorter than this in characters, without a full stop at its end, is a heading."""


class Sentence(NamedTuple):
    """One sentence of a ruling.

    Args:
        paragraph: which one, from 0.
        start, end: in its paragraph: code points, half-open.
        signs: what can be seen of it.
        after: how it follows the sentence before: the same paragraph, a new one, a numbered one, or a heading between.
    """

    paragraph: int
    start: int
    end: int
    signs: tuple[str, ...]
    after: str


def sentences_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph of a ruling, its number left out.

    >>> [("26 . The Government objected . They did not comment ."[a:b]) for a, b in
    ...  sentences_of("26 . The Government objected . They did not comment .")]
    ['The Government objected .', 'They did not comment .']
    """
    number = NUMBER.match(paragraph)
    start = number.end() if number else 0
    for stop in _STOP.finditer(paragraph, start):
        if _NO_STOP.search(paragraph, max(start, stop.start() - 8), stop.start() + 2):
            continue
        before, after = paragraph[start : stop.end()], paragraph[stop.end() :]
        if before.count("(") > before.count(")") and ")" in after:
            continue
        yield start, start + len(paragraph[start : stop.end()].rstrip())
        start = stop.end()
    if start < len(paragraph.rstrip()):
        yield start, len(paragraph.rstrip())


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading.

    >>> is_heading("B. The Court's assessment"), is_heading("33 . The Court reiterates its findings .")
    (True, False)
    """
    words = paragraph.strip()
    return len(words) < LONG and not words.endswith((".", ";", ":", "”", ",")) and bool(_HEADING.match(words))


def signs_of_sentences(paragraphs: Sequence[str]) -> list[Sentence]:
    """Every sentence of a ruling but its headings, with what can be seen of it.

    Args:
        paragraphs: in order.
    """
    found: list[Sentence] = []
    headings: list[str] = []
    before, spoke, since = ("", ""), "nobody", 0
    fresh = False
    rare = _rarely_heard(paragraphs)
    headed = [paragraph if is_heading(paragraph) else None for paragraph in paragraphs]
    others = names_other_states(" ".join(paragraphs))
    where = sections(headed, other_states=others)
    bodies = third_parties_named(paragraphs, where)
    role, silent = NOBODY, 0
    for place, paragraph in enumerate(paragraphs):
        if is_heading(paragraph):
            headings, fresh, spoke = [*headings[-2:], paragraph], True, "nobody"
            role, silent = where[place].whose, 0
            continue
        spans = list(sentences_of(paragraph))
        numbered = bool(NUMBER.match(paragraph))
        for order, (start, end) in enumerate(spans):
            words = _WORD.findall(paragraph[start:end].lower())
            if not words:
                continue
            between = "same" if order else "heading" if fresh else "numbered" if numbered else "next"
            fresh = False
            signs = _signs(words, headings, numbered=numbered, order=order, last=order == len(spans) - 1)
            signs += tuple(f"previous {n}: {w}" for n, w in zip(("first", "two"), before, strict=True))
            speaking = speakers(paragraph[start:end])
            signs += (*(f"spoke: {who}" for who in speaking), f"first spoke: {speaking[0] if speaking else 'nobody'}")
            signs += (
                f"spoke last: {spoke}",
                f"spoke last, and first now: {spoke} {words[0]}",
                f"spoke {min(since, 4)} ago: {spoke}",
            )
            signs += tuple(f"{who} heard, and first now: {' '.join(words[:2])}" for who in rare)
            signs += tuple(f"{who} heard, spoke last: {spoke}" for who in rare)
            signs += _names(paragraph[start:end], under=headings[-1] if headings else "")
            roles = speakers_by_role(paragraph[start:end], third_parties=bodies, other_states=others)
            signs += _parts(where[place], roles, role, silent, words[0], body=names_a_body(paragraph[start:end]))
            role, silent = (roles[0], 0) if roles else (role, silent + 1)
            spoke, since = (speaking[0], 0) if speaking else (spoke, since + 1)
            found.append(Sentence(place, start, end, signs, between))
            before = (words[0], " ".join(words[:3]))
    return found


def speakers(words: str) -> tuple[str, ...]:
    """Who is told to speak in a sentence, in order, by the word for them.

    >>> speakers("The Government submitted that, in the Court's view, it was late.")
    ('government', 'court')
    """
    found = [(m.start(1), m.group(1)) for pattern in (_CUE, _VIEW) for m in pattern.finditer(words.lower())]
    return tuple(who for _, who in sorted(set(found)))


def _names(sentence: str, *, under: str) -> tuple[str, ...]:
    """Signs that somebody else speaks: another State's government, a body by its initials, the subject of the verb."""
    found = []
    state = _PROPER.search(sentence)
    if state:
        other = not re.search(r"(?i)respondent|domestic|national", state.group())
        found += [f"another government: {other}", f"another government first: {state.start() < 40}"]
    initials = _CAPITALS.search(sentence[:60])
    if initials:
        found += ["initials", f"initials under: {'third' in under.lower() or 'interven' in under.lower()}"]
    subject = _SUBJECT.search(sentence.lower()[:140])
    if subject:
        found += [f"subject: {subject.group(1)}", f"subject ends: {subject.group(1).split()[-1]}"]
    return tuple(found)


def _parts(
    section: Section, roles: Sequence[str], before: str, silent: int, first: str, *, body: bool
) -> tuple[str, ...]:
    """Signs of whose part of the ruling this is, who speaks in it, and who spoke last."""
    now, whose = roles[0] if roles else NOBODY, section.whose
    last = now if roles else before
    return (
        f"part: {whose}",
        f"part: {whose}, above: {section.above}",
        f"part: {whose}, speaks: {now}",
        f"part: {whose}, last: {last}",
        f"part: {whose}, last: {last}, silent: {min(silent, 3) if not roles else 0}",
        f"part: {whose}, first: {first}",
        f"part: {whose}, body: {body}",
        f"speaks: {now}, last: {before}",
        f"last role: {last}",
        f"last role: {last}, first: {first}",
        *(f"speaks at all: {one}" for one in sorted(set(roles))),
    )


def _rarely_heard(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Those who are heard in some rulings only, and are in this one."""
    heard = " ".join(paragraphs).lower()
    return tuple(who for who in ("interven", "third part", "the commission", "delegate", "the chamber") if who in heard)


def _signs(words: Sequence[str], headings: Sequence[str], *, numbered: bool, order: int, last: bool) -> tuple[str, ...]:
    signs = {"", f"place: {min(order, 3)}", f"numbered: {numbered}", f"last: {last}", f"length: {len(words) // 10}"}
    signs |= {f"starts: {' '.join(words[:n])}" for n in range(1, STARTS + 1)}
    signs |= {f"early: {word}" for word in words[:10]} | {f"word: {word}" for word in words}
    signs |= {f"pair: {a} {b}" for a, b in pairwise(words[:21])}
    signs |= {f"place and start: {min(order, 1)} {' '.join(words[:2])}"}
    for near, heading in enumerate(reversed(headings)):
        under = _WORD.findall(heading.lower())
        signs |= {f"heading {near}: {word}" for word in under}
        signs.add(f"whole heading {near}: {' '.join(w for w in under if len(w) > 2)}")
        if near == 0:
            signs |= {f"{words[0]} under {word}" for word in under}
    return tuple(sorted(signs))
