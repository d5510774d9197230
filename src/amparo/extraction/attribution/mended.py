"""Attributions of the reading model mended: no speaker over two sentences, none cut to "his", no charge run on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from amparo.domain.notes import Notes
from amparo.domain.text import Text
from amparo.extraction.attribution.accusations import charge_start
from amparo.extraction.attribution.clauses import Said
from amparo.extraction.attribution.cues import Lists, Words
from amparo.extraction.attribution.sources import mentions_within
from amparo.extraction.attribution.topics import LONGEST

Range = tuple[int, int]
NAMING = frozenset({"person", "authority", "organisation", "facility"})
SHORTENED = 4
"""A shortened word has no more letters than this."""


def mended(said: Said, text: Text, notes: Notes, words: Words, known: Lists) -> Said:
    """An attribution with its speaker and its contents as the sentence has them.

    Args:
        said: as the model gave it.
        text: the reading.
        notes: with sentences and mentions.
        words: the text's words.
        known: the word lists.
    """
    said = _charge(_without_scraps(said, words, known), words, known)
    if said.source is None:
        return said
    source = _in_one_sentence(said.source, said.cue, text, notes)
    return _whose_people(said._replace(source=source), source, notes, words, known)


def _without_scraps(said: Said, words: Words, known: Lists) -> Said:
    """The contents without lone joining words in sentences of others: "of", "between"."""

    def sentence(place: int) -> int:
        return words.sentence[min(words.at(place), len(words.sentence) - 1)]

    def tells(content: Range) -> bool:
        inside = range(words.at(content[0]), words.before(content[1]))
        return not all(_joins(words.folded[w], known) for w in inside)

    near = {sentence(said.cue[0]), *(sentence(c[0]) for c in said.contents if tells(c))}
    kept = tuple(c for c in said.contents if tells(c) or sentence(c[0]) in near)
    return said._replace(contents=kept) if kept else said


def _joins(word: str, known: Lists) -> bool:
    return not word[0].isalnum() or any(known.has(group, word) for group in ("governing", "owning", "links", "joints"))


def _in_one_sentence(source: Range, cue: Range, text: Text, notes: Notes) -> Range:
    """The part of a speaker's words that stands in the cue's sentence, or else its longest part."""
    first = bisect_right(notes.sentences, source[0], key=lambda s: s.start)
    following = notes.sentences[first : bisect_left(notes.sentences, source[1], key=lambda s: s.start)]
    starts = [s.start for s in following if _ends(text, notes, s.start)]
    edges = [source[0], *starts, source[1]]
    parts = list(pairwise(edges))
    if len(parts) < 2:
        return source
    own = [p for p in parts if not any(min(p[0], cue[0]) < start <= max(p[0], cue[0]) for start in starts)]
    start, end = max(own or parts, key=lambda p: p[1] - p[0])
    said = text.content[start:end]
    return start + len(said) - len(said.lstrip(" .\n")), start + len(said.rstrip(" .\n"))


def _ends(text: Text, notes: Notes, start: int) -> bool:
    """Whether the sentence before a place surely ends there, and not only a shortening: "Del.", "G. K."."""
    before = text.content[max(0, start - LONGEST) : start]
    words = before.rstrip()
    if not words.endswith("."):
        return True
    end = start - len(before) + len(words) - 1
    named = any(m.quote.end == end for m in mentions_within(notes, end - 1, end))
    return named or len(words[:-1].rsplit(None, 1)[-1]) > SHORTENED


def _whose_people(said: Said, source: Range, notes: Notes, words: Words, known: Lists) -> Said:
    """A speaker cut to a possessive, with the people or the body it belongs to: "his" in "his attorneys said"."""
    start, end = source
    first = words.at(start)
    if (words.start[first], words.end[first]) != source or not known.has("possessives", words.folded[first]):
        return said
    whole = [
        m.quote.end
        for m in mentions_within(notes, start, end + 2)
        if m.kind in NAMING and m.quote.start in (start, end + 1) and m.quote.end > end
    ]
    if not whole:
        return said
    end = max(whole)
    cue = said.cue
    if cue[0] < end:
        rest = words.at(end)
        if rest >= len(words.start) or words.start[rest] >= cue[1]:
            return said
        cue = (words.start[rest], cue[1])
    contents = tuple((max(a, end) if a < end < b else a, b) for a, b in said.contents if not start <= a < b <= end)
    return said._replace(source=(start, end), cue=cue, contents=contents) if contents else said


def _charge(said: Said, words: Words, known: Lists) -> Said:
    """What somebody is accused of, without the accused: "accused the warden of" hands over "lying"."""
    first, end = words.at(said.contents[0][0]), words.before(said.contents[0][1])
    last = words.before(said.cue[1])
    verb = next((w for w in range(words.at(said.cue[0]), last) if words.folded[w] in known.accusing), None)
    if verb is not None and first == last:
        charge = charge_start(words, verb, last, end, known)
        cue = said.cue[0]
    else:
        verb = _accusing_gerund(words, first, end, last, known)
        charge = charge_start(words, verb, verb + 1, end, known) if verb is not None else None
        cue = words.start[verb] if verb is not None else 0
    if charge is None or charge >= end:
        return said
    contents = ((words.start[charge], said.contents[0][1]), *said.contents[1:])
    return said._replace(cue=(cue, words.end[charge - 1]), contents=contents)


def _accusing_gerund(words: Words, first: int, end: int, cue_end: int, known: Lists) -> int | None:
    """The verb in "wrote to the judge who sent him there accusing the officials of", where "to" ends the cue."""
    if known.has("determiners", words.folded[cue_end - 1]):
        cue_end -= 1
    if not known.has("governing", words.folded[cue_end - 1]):
        return None
    for at in range(first, min(end, first + 12)):
        before = words.folded[at - 1]
        if words.folded[at] in known.accusing and known.is_gerund(words.folded[at]):
            return None if known.has("suffered", before) else at
    return None
