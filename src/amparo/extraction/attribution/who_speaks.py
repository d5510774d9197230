"""Who speaks in each attribution of a text, read in order, so that "he" can mean who spoke just before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from amparo.domain.claims import Source
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.attribution.clauses import Said
from amparo.extraction.attribution.cues import lists
from amparo.extraction.attribution.quotations import Quotation, quoted_within
from amparo.extraction.attribution.sources import People, mentions_within, resolve
from amparo.extraction.attribution.topics import UNKNOWN, Near, Seen, headings
from amparo.extraction.phrases import fold
from amparo.extraction.who.person_words import is_plural

BY = 6
"""How many characters before a speaker are looked at for "by"."""
NEIGHBOURS = 20
"""How many attributions before and after one may hold words that stand near it."""


def sources_of(
    text: Text,
    notes: Notes,
    said: Sequence[Said],
    above: Sequence[int | None],
    people: People,
    quotations: Sequence[Quotation],
    language: Language,
) -> list[Source]:
    """The source of each attribution.

    Args:
        text: the reading.
        notes: with genre and sentences.
        said: the attributions, in order of their cues.
        above: for each, the one inside whose words it stands.
        people: the document's people.
        quotations: the text's quotations.
        language: whose pronouns.
    """
    found: list[Source] = []
    spoke: list[Seen] = []
    alone = headings(text) if notes.genre == "news" else ()
    for number, one in enumerate(said):
        parent = above[number]
        if one.whose == "author" and not _quoted(one.cue, quotations):
            source = Source(kind="author", person=people.author)
        elif one.whose == "unnamed" or (one.source is None and _plural(text, one, language)):
            source = Source(kind="unknown")
        else:
            at_sentence = bisect_right(notes.sentences, one.cue[0], key=lambda s: s.start) - 1
            begin = notes.sentences[at_sentence].start if at_sentence >= 0 else 0
            barred: set[int | None] = set()
            if parent is not None:
                begin = max(begin, said[parent].contents[0][0])
                if parent < number and _to_somebody(text, one, language):
                    barred.add(found[parent].person)
            near = Near(
                begin,
                spoke[-NEIGHBOURS:],
                frozenset(barred - {None}),
                tuple(
                    c
                    for other in said[max(0, number - NEIGHBOURS) : number + NEIGHBOURS]
                    if other.cue != one.cue
                    for c in other.contents
                    if c[1] <= one.cue[0]
                ),
                notes.sentences,
                alone,
            )
            source = resolve(text, one.source, one.cue, near, people, language)
            if source.kind == "author" and notes.genre == "news" and one.source:
                source = Source(kind="mention", quotes=(text.quote(*one.source),))
        if parent is None and one.source is not None and not _named_beside(text, one.source, language):
            if source.person is not None and source.kind == "mention":
                spoke.append(Seen(*one.source, source.person))
            elif _somebody(text, notes, source, language):
                spoke.append(Seen(*one.source, UNKNOWN))
        found.append(source)
    return found


def _named_beside(text: Text, source: tuple[int, int], language: Language) -> bool:
    """Whether a speaker is named only in passing: "asked by Judge Orme what he wanted"."""
    before = text.content[max(0, source[0] - BY) : source[0]].split()
    return bool(before) and lists(language).has("by", fold(before[-1]))


def _somebody(text: Text, notes: Notes, source: Source, language: Language) -> bool:
    """Whether the speaker is one person, though not known which: "the cook"."""
    people = [m for q in source.quotes for m in mentions_within(notes, q.start, q.end) if m.kind == "person"]
    return len(people) == 1 and not is_plural(people[0].quote.exact, language)


def _to_somebody(text: Text, said: Said, language: Language) -> bool:
    """Whether somebody else is spoken to, so that the reporter is not the speaker: "he told her that"."""
    between = text.content[said.cue[1] : said.contents[0][0]].split()
    return language == "en" and bool(between) and between[0].casefold() in {"him", "her", "them", "me", "us"}


def _quoted(cue: tuple[int, int], quotations: Sequence[Quotation]) -> bool:
    return any(q.start <= cue[0] and cue[1] <= q.end for q in quoted_within(quotations, *cue))


def _plural(text: Text, said: Said, language: Language) -> bool:
    """Whether a Spanish verb without a subject is in the plural: "dicen que", "me contestaron que"."""
    words = text.content[slice(*said.cue)].casefold().split()
    return language == "es" and words[0].endswith(tuple(lists(language).groups.get("plural_endings", ("\0",))))
