"""What somebody calls a thing in passing: "what his attorneys describe as an SOS", "lo que él llama tortura"."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.extraction.attribution.clauses import Said
from amparo.extraction.attribution.contents import span_of
from amparo.extraction.attribution.cues import Lists, Words
from amparo.extraction.attribution.quotations import Quotation

LONGEST_SPEAKER = 8
"""How many words may name who calls it so."""
LONGEST_NAME = 8
"""How many words what it is called may have, without a quotation."""
SHORTEST_NAME = 2
"""How many it has at least, marks counted: "what they called us" names nothing."""
NEAR = 3
"""How many words may stand before the quotation: "an", "a so-called"."""


def find_described(words: Words, quotations: Sequence[Quotation], known: Lists) -> list[Said]:
    """Every thing called by somebody's words within a sentence of others.

    Args:
        words: the text's words.
        quotations: its quotations.
        known: the word lists of its language.
    """
    opened = (_opened(words, at, known) for at in range(len(words.folded)))
    return [said for first in opened if first and (said := _read(words, first, quotations, known))]


def _opened(words: Words, at: int, known: Lists) -> int | None:
    """The word after "what" or "lo que"."""
    one, two = words.folded[at], " ".join(words.folded[at : at + 2])
    return at + 1 if known.has("whatever", one) else at + 2 if known.has("whatever", two) else None


def _read(words: Words, first: int, quotations: Sequence[Quotation], known: Lists) -> Said | None:
    """Who calls what how, from the word after the opening on."""
    end = len(words.folded)
    verb = first
    while verb < min(end, first + LONGEST_SPEAKER) and not known.has("describing", words.folded[verb]):
        if not words.folded[verb][0].isalnum() or words.sentence[verb] != words.sentence[first]:
            return None
        verb += 1
    if verb >= min(end, first + LONGEST_SPEAKER) or not known.has("describing", words.folded[verb]):
        return None
    speaker = verb
    while speaker > first and known.has("between", words.folded[speaker - 1]):
        speaker -= 1
    if speaker == first or any(
        known.has(group, w) for group in ("self", "suffered") for w in words.folded[first:speaker]
    ):
        return None
    begin = verb + 1
    if begin < end and known.has("as", words.folded[begin]):
        begin += 1
    last = _name_ends(words, begin, quotations, known)
    if last - begin < SHORTEST_NAME:
        return None
    contents = (span_of(words, begin, last),)
    return Said(span_of(words, speaker, begin), span_of(words, first, speaker), "named", contents, 0.7, "described")


def _name_ends(words: Words, begin: int, quotations: Sequence[Quotation], known: Lists) -> int:
    """Where the name ends: with its quotation, or before the next joining word or mark."""
    for at in range(begin, min(len(words.folded), begin + NEAR)):
        if words.quotation[at] >= 0 and words.quotation[at] != words.quotation[begin - 1]:
            return words.before(quotations[words.quotation[at]].end)
    at = begin
    while at < min(len(words.folded), begin + LONGEST_NAME) and words.sentence[at] == words.sentence[begin]:
        word = words.folded[at]
        if not word[0].isalnum() or (at > begin and (known.has("governing", word) or known.has("joints", word))):
            break
        at += 1
    return at
