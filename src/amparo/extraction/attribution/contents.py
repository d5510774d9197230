"""What was said: how far the words beside a cue reach, read off marks, joints and the next cue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from amparo.extraction.attribution.accusations import charge_start
from amparo.extraction.attribution.cues import Cue, Lists, Words
from amparo.extraction.attribution.quotations import Quotation
from amparo.extraction.attribution.speakers import Phrase, subject_before

Spans = tuple[tuple[int, int], ...]
LONGEST_RUN = 45
"""How many words a clause of a writer without full stops may hold."""
DATELINE = 16
"""How many words a dateline may hold: "DENVER, Oct. 22 (Summit Press) -"."""


class Place(NamedTuple):
    """A cue and what it is read with.

    Args:
        words: the text's words.
        cue: the cue.
        low, high: its sentence, or the part of it inside one quotation, as a half-open range of words.
        known: the word lists.
        quotations: the text's quotations.
        next_cue: the first word of the next cue in the sentence, or the sentence's end.
        run_on: the writer strings clauses together without stops.
    """

    words: Words
    cue: Cue
    low: int
    high: int
    known: Lists
    quotations: Sequence[Quotation]
    next_cue: int
    run_on: bool


def span_of(words: Words, first: int, end: int) -> tuple[int, int]:
    """A half-open range of words as code points."""
    return words.start[first], words.end[end - 1]


def what_follows(place: Place, end: int) -> tuple[Spans, float] | None:
    """What follows the verb: a quotation, "that …", a bare clause, or for some verbs a noun phrase.

    Args:
        place: the cue.
        end: the word after the verb and whoever is spoken to.

    Returns:
        The contents and how sure they are.
    """
    words, known, high = place.words, place.known, place.high
    build = place.cue.build
    if build == "object" and _bare(place, end):
        return (span_of(words, place.low, strip_marks(place, high)),), 0.5
    if words.folded[place.cue.first] in known.accusing:
        charge = charge_start(words, place.cue.first, end, high, known)
        if charge is not None:
            return until_end(place, charge), 0.6
        if not known.has("blaming", words.folded[place.cue.first]):
            return None
    at, seen = end, 0
    while at < high and seen < 9:
        word = words.folded[at]
        quote = quotation_at(place, at)
        if quote:
            return (quote,), 0.8
        if known.has("that", word) and not (word == "si" and build == "object"):
            return until_end(place, at + 1), 0.75
        if known.has("to", word) and build == "telling":
            return until_end(place, at), 0.55
        if word in {".", ";", "?", "!", ")"}:
            break
        if word == ":" and at + 1 < high:
            return until_end(place, at + 1), 0.7
        if word != "," and not any(known.has(group, word) for group in ("times", "between", "links")):
            break
        at, seen = at + 1, seen + 1
    if build == "naming":
        return _named_so(place, end)
    if known.has("strict", words.folded[place.cue.first]) or (known.spanish and build != "object"):
        return _far_that(place, end)
    if build == "object":
        return until_end(place, end), 0.5
    return _bare_clause(place, end)


def _bare(place: Place, end: int) -> bool:
    """Whether only "it" or "that" is denied or confirmed, so that the whole sentence is the content."""
    words, known = place.words, place.known
    if end >= place.high or not known.has("bare", words.folded[end]):
        return False
    if end + 1 >= place.high:
        return True
    after = words.folded[end + 1]
    return after in {".", ",", ";"} or known.has("through", after) or known.has("links", after)


def _bare_clause(place: Place, end: int) -> tuple[Spans, float] | None:
    words, known = place.words, place.known
    if end >= place.high or words.folded[end] in {",", ".", ";", ":", "?", "!", ")"}:
        return None
    word = words.folded[end]
    if (known.has("links", word) or known.has("times", word)) and not known.has("determiners", word):
        return _far_that(place, end)
    contents = until_end(place, end)
    return (contents, 0.6) if contents and _clause_like(place, contents) else None


def _clause_like(place: Place, contents: Spans) -> bool:
    """Whether bare words after a verb can be a statement: at least two words that are no mere time."""
    words, known = place.words, place.known
    inside = range(words.at(contents[0][0]), words.before(contents[-1][1]))
    telling = [w for w in inside if words.folded[w][0].isalpha() and not known.has("times", words.folded[w])]
    return len(telling) >= 2 and not known.has("joints", words.folded[inside[0]])


def _named_so(place: Place, end: int) -> tuple[Spans, float] | None:
    """What is called something, with the quotation that calls it so."""
    words = place.words
    for at in range(end, min(place.high, end + 8)):
        number = words.quotation[at]
        if number >= 0 and number != words.quotation[place.cue.first]:
            return ((words.start[end], place.quotations[number].end),), 0.6
    return None


def _far_that(place: Place, end: int) -> tuple[Spans, float] | None:
    """The clause after a far "that": "told the agency by telephone that", "me dijo el martes en la visita que"."""
    words, known = place.words, place.known
    for at in range(end, min(place.high, end + 14)):
        word = words.folded[at]
        if known.has("that", word) and word not in {"how", "si", "como"}:
            return until_end(place, at + 1), 0.65
        if word in {".", ";", ":", "?", "!"} or (
            word == "," and known.has("joints", words.folded[min(at + 1, place.high - 1)])
        ):
            return None
    return None


def quotation_at(place: Place, start: int) -> tuple[int, int] | None:
    """The whole quotation that begins at a word, or just after a colon or comma there."""
    words = place.words
    at = start
    while at < place.high and words.folded[at] in {":", ","}:
        at += 1
    if at >= len(words.folded):
        return None
    number = words.quotation[at]
    if number < 0 or number == words.quotation[place.cue.first]:
        return None
    quotation = place.quotations[number]
    return (quotation.start, quotation.end) if quotation.start >= words.start[at] else None


def clause_start(place: Place, last: int) -> int:
    """Where the clause that ends before ``last`` begins: the sentence, after a dateline or an opening "but"."""
    words, first = place.words, place.low
    for at in range(first, min(last, first + DATELINE)):
        if words.folded[at] in {"-", "—", "–"} and ")" in words.folded[max(0, at - 2) : at]:
            first = at + 1
    while first < last - 1 and (
        words.folded[first] in {",", "—", "–", "-"} or place.known.has("cut", words.folded[first])
    ):
        first += 1
    return first


def until_end(place: Place, start: int) -> Spans:
    """From a word to where its clause ends."""
    words = place.words
    while start < place.high and words.folded[start] in {",", ":"}:
        start += 1
    if start >= place.high:
        return ()
    at, opened = start, 0
    while at < place.high:
        word = words.folded[at]
        if word == "(":
            opened += 1
        elif word == ")":
            if not opened:
                break
            opened -= 1
        elif word == ";" or (at > start + 2 and (_dash(place, at) or _new_statement(place, at))):
            break
        at += 1
        if place.run_on and at - start > LONGEST_RUN:
            break
    end = strip_marks(place, at)
    if end <= start:
        return ()
    begin_at, end_at = span_of(words, start, end)
    quotation = words.quotation[end - 1]
    if quotation >= 0 and quotation != words.quotation[place.cue.first]:
        end_at = max(end_at, place.quotations[quotation].end)
    return ((begin_at, end_at),)


def _dash(place: Place, at: int) -> bool:
    return place.words.folded[at] in {"—", "–"} and place.words.quotation[at] < 0


def _new_statement(place: Place, at: int) -> bool:
    """Whether a new statement of the teller's begins at a word."""
    words, known = place.words, place.known
    word = words.folded[at]
    if words.quotation[at] >= 0:
        return False
    if (word == "," or known.has("joints", word)) and 0 < place.next_cue - at <= 9 and place.next_cue < place.high:
        subject = subject_before(words, place.next_cue, at + 1, known)
        return (subject.first if subject else place.next_cue) - at <= 2
    if not place.run_on:
        return False
    if known.has("cut", word):
        return True
    if word == "," and at + 1 < place.high:
        return known.has("self", words.folded[at + 1]) or known.has("cut", words.folded[at + 1])
    if place.next_cue < place.high:
        following: Phrase | None = subject_before(words, place.next_cue, at, known)
        return following is not None and following.first == at
    return False


def strip_marks(place: Place, end: int) -> int:
    """The end of the words before closing commas and stops of the teller's own."""
    words = place.words
    while end > 0 and words.folded[end - 1] in {",", ".", ";", ":", "—", "–", "-", "("}:
        if words.quotation[end - 1] >= 0 and words.quotation[end - 1] != words.quotation[place.cue.first]:
            break
        end -= 1
    return end
