"""Facts and days that a document proposes for its case, each with the exact words; a press date is never one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from amparo.domain.claims import CustodyEvent, Mention
from amparo.domain.notes import Notes, Stretch
from amparo.domain.proposals import Proposal
from amparo.domain.text import Language, Maker, Quote, Text
from amparo.extraction.components import Step
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

MAKER = Maker(component="triggers.rules", version="1")
_CODE = re.compile(r"[a-z]+(?:\.[a-z0-9-]+)*(?:/[A-Z0-9]+)?")
HEAD, TAIL = 500, 400
"""Characters at the start and end of a letter in which an address says where its writer is."""


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that proposes facts for the case from what was noted before."""

    def step(text: Text, notes: Notes) -> Notes:
        return msgspec.structs.replace(notes, proposals=tuple(propose(text, notes, language=language)))

    return step


def propose(text: Text, notes: Notes, *, language: Language) -> Iterator[Proposal]:
    """Facts a document suggests: where the person is, what it is about, when it happened, what was filed and answered.

    Days are proposed from letters and official papers alone: what a report tells happened on some day is news of that
    day, and its own date is the day it was printed.

    Args:
        text: the reading.
        notes: with mentions, allegations and events.
        language: whose words to look for.
    """
    words = vocabulary("triggers", language)
    yield from _facility(text, notes)
    yield from _nationality(text, notes, words["nationalities"])
    yield from _matter(notes, words["matters"])
    if notes.genre == "news":
        return
    yield from _incidents(notes)
    forms = {step: Phrases.of(phrases) for step, phrases in words["forms"].items()}
    verbs = {verb: Phrases.of(phrases) for verb, phrases in words["verbs"].items()}
    for event in notes.events:
        yield from _filing(text, notes, event, forms, verbs)


def _facility(text: Text, notes: Notes) -> Iterator[Proposal]:
    """The one listed facility a document speaks of, or the one in its writer's address."""
    listed = [m for m in notes.mentions if m.kind == "facility" and _CODE.fullmatch(m.normal)]
    codes = Counter(m.normal for m in listed)
    if len(codes) > 1 and notes.genre != "news":
        end = len(text.content) - TAIL
        listed = [m for m in listed if m.quote.start < HEAD or m.quote.start >= end]
        codes = Counter(m.normal for m in listed)
    if len(codes) == 1:
        code = next(iter(codes))
        yield Proposal(fact="facility", value=code, quotes=(listed[0].quote,), maker=MAKER)


def _nationality(text: Text, notes: Notes, nationalities: Mapping[str, list[str]]) -> Iterator[Proposal]:
    found = {code: next(Phrases.of(phrases).find(text.content), None) for code, phrases in nationalities.items()}
    told = {code: words for code, words in found.items() if words is not None}
    if len(told) == 1 and notes.genre != "news":
        code, words = next(iter(told.items()))
        yield Proposal(fact="nationality", value=code, quotes=(text.quote(words.start, words.end),), maker=MAKER)


def _matter(notes: Notes, matters: Mapping[str, list[str]]) -> Iterator[Proposal]:
    """What the document is about, when every act in it is of one family."""
    families = {allegation.act.partition("-")[0] for allegation in notes.allegations}
    if not families:
        return
    for matter, members in matters.items():
        if families <= set(members):
            quotes = tuple(allegation.quotes[0] for allegation in notes.allegations[:1])
            yield Proposal(fact="matter", value=matter, quotes=quotes, maker=MAKER)
            return


def _incidents(notes: Notes) -> Iterator[Proposal]:
    """The days on which what is alleged happened, each once, with the words that tell it."""
    seen: set[tuple[object, ...]] = set()
    for allegation in notes.allegations:
        if allegation.when is None or allegation.status == "feared":
            continue
        told = _words_for(allegation.when.written, allegation.quotes[0], notes)
        key = (allegation.when.earliest, allegation.when.latest)
        if told is not None and key not in seen:
            seen.add(key)
            yield Proposal(fact="incident", value=allegation.when, quotes=(told.quote,), maker=MAKER)


def _words_for(written: str, near: Quote, notes: Notes) -> Mention | None:
    """The mention of a day by which an allegation is dated: of those with the same words, the nearest."""
    dates = [m for m in notes.mentions if m.kind == "date" and m.quote.exact == written]
    return min(dates, key=lambda m: abs(m.quote.start - near.start), default=None)


def _filing(
    text: Text, notes: Notes, event: CustodyEvent, forms: Mapping[str, Phrases], verbs: Mapping[str, Phrases]
) -> Iterator[Proposal]:
    """The step a filing or an answer belongs to, when its sentence names one form and one alone."""
    if event.kind not in ("filing", "response") or event.when is None:
        return
    sentence = _sentence(notes, event.quote)
    steps = [s for s, phrases in forms.items() if any(True for _ in phrases.find(text.content, *sentence))]
    if len(steps) != 1:
        return
    verb = "filed"
    if event.kind == "response":
        told = (v for v, phrases in verbs.items() if any(True for _ in phrases.find(text.content, *sentence)))
        verb = next(told, "answered")
    yield Proposal(fact=f"{steps[0]}.{verb}", value=event.when, quotes=(event.quote,), maker=MAKER)


def _sentence(notes: Notes, quote: Quote) -> tuple[int, int]:
    around = next(
        (s for s in notes.sentences if s.start <= quote.start < s.end), Stretch(start=quote.start, end=quote.end)
    )
    return around.start, max(around.end, quote.end)
