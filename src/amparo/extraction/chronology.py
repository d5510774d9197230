"""What happened in somebody's custody, and when: arrest, transfer, segregation, filing, answer, injury, death."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

import msgspec

from amparo.domain.claims import CustodyEvent, EventKind, Mention
from amparo.domain.dates import PartialDate
from amparo.domain.notes import Notes, Stretch
from amparo.domain.text import Language, Maker, Text
from amparo.extraction.components import Step
from amparo.extraction.phrases import Found, Phrases, fold
from amparo.extraction.vocabulary import vocabulary

MAKER = Maker(component="events.rules", version="1")
_CLAUSE = re.compile(r"[;:.!?]\s|,\s|\n|\s(?:and|but|so|because|then|y|pero|porque|aunque|who|which|after|before)\s")
_PASSIVE = re.compile(r"(?:was|were|been|being|got|gets|is|fue|fueron|ha sido|han sido|sido|is)\s+\S*|\bse\s")
_DONE_TO = frozenset({"arrest", "transfer", "placed-in-segregation", "release", "charge", "injury"})
BESIDE = 25
"""How far behind an active verb ("arrested his son") the person it befell may be named."""
NEAR = 110
"""How far from its date, in characters, the words that tell an event may stand."""


class _Told(NamedTuple):
    kind: EventKind
    start: int
    end: int
    date: Mention | None


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds custody events by their words and the dates told with them."""

    def step(text: Text, notes: Notes) -> Notes:
        return msgspec.structs.replace(notes, events=tuple(find_events(text, notes, language=language)))

    return step


def find_events(text: Text, notes: Notes, *, language: Language) -> Iterator[CustodyEvent]:
    """Custody events stated as having happened or as scheduled, in the order of the document.

    An event needs the words that tell it and a date told with them; reports also tell of convictions, sentences,
    transfers and escapes without a date, and those are kept without one.

    Args:
        text: the reading.
        notes: with sentences, filler, mentions and people.
        language: whose words to look for.
    """
    words = vocabulary("events", language)
    kinds = {kind: Phrases.of(words[kind]) for kind in get_args(EventKind)}
    undone = Phrases.of(words["words"]["undone"])
    dates = [m for m in notes.mentions if m.kind == "date" and m.normal]
    for sentence in notes.sentences:
        if notes.set_aside(sentence.start, sentence.end):
            continue
        here = [d for d in dates if sentence.start <= d.quote.start < sentence.end and not _is_written(d, notes)]
        told: list[_Told] = []
        for kind, phrases in kinds.items():
            for found in phrases.find(text.content, sentence.start, sentence.end):
                if _undone(text.content, sentence, found, undone):
                    continue
                date = _nearest(found, here, text.content)
                if date is None and not _may_be_undated(kind, notes, words["words"]):
                    continue
                told.append(_Told(kind, found.start, found.end, date))
        for event in _one_for_each(told):
            yield _event(event, text, notes, sentence)


def _is_written(date: Mention, notes: Notes) -> bool:
    """Whether a date mention is the document's own date, which dates no event."""
    return notes.written is not None and notes.written.written.startswith(date.quote.exact) and date.quote.start < 300


def _undone(content: str, sentence: Stretch, found: Found, undone: Phrases) -> bool:
    opening = content[max(sentence.start, found.start - 45) : found.start]
    cuts = list(re.finditer(r"[,;:.!?\n]|\b(?:and|but|y|pero)\b", fold(opening)))
    clause = opening[cuts[-1].end() :] if cuts else opening
    return any(True for _ in undone.find(clause))


def _may_be_undated(kind: str, notes: Notes, words: Mapping[str, Sequence[str]]) -> bool:
    return notes.genre == "news" and kind in words["undated_in_news"]


def _nearest(found: Found, dates: Sequence[Mention], content: str) -> Mention | None:
    """The date told with the words: in the same clause, else the nearest one close by in the sentence."""

    def distance(date: Mention) -> tuple[int, int]:
        first, last = sorted(((found.start, found.end), (date.quote.start, date.quote.end)))
        between = content[first[1] : last[0]]
        return len(_CLAUSE.findall(between)), len(between)

    near = [d for d in dates if distance(d)[1] <= NEAR and distance(d)[0] <= 2]
    return min(near, key=distance, default=None)


def _one_for_each(told: Sequence[_Told]) -> Iterator[_Told]:
    """One event for each kind and date in a sentence: the words nearest the date.

    Where the words of two kinds overlap, the longer say more: "taken to the SHU" is segregation, not a mere transfer.
    """
    told = [
        event
        for event in told
        if not any(
            other.kind != event.kind
            and other.start < event.end
            and event.start < other.end
            and other.end - other.start > event.end - event.start
            for other in told
        )
    ]
    best: dict[tuple[str, int | None], _Told] = {}
    for event in told:
        key = (event.kind, event.date.quote.start if event.date else None)
        held = best.get(key)
        if held is None or _gap(event) < _gap(held):
            best[key] = event
    dated = {kind for kind, date in best if date is not None}
    for (kind, date), event in sorted(best.items(), key=lambda item: item[1].start):
        if date is not None or kind not in dated:
            yield event


def _gap(event: _Told) -> int:
    if event.date is None:
        return event.start
    return max(event.start - event.date.quote.end, event.date.quote.start - event.end)


def _event(told: _Told, text: Text, notes: Notes, sentence: Stretch) -> CustodyEvent:
    start, end = _passage(told, text.content, sentence)
    person = _who(told, text, notes, sentence)
    when = _when(told, notes)
    name = notes.people[person].name if person is not None else ""
    return CustodyEvent(kind=told.kind, quote=text.quote(start, end), who=name, person=person, when=when, maker=MAKER)


def _passage(told: _Told, content: str, sentence: Stretch) -> tuple[int, int]:
    """The clause that tells the event, with its date."""
    start, end = told.start, told.end
    if told.date is not None:
        start, end = min(start, told.date.quote.start), max(end, told.date.quote.end)
    before = [m.end() for m in _CLAUSE.finditer(content, sentence.start, start)]
    opening = before[-1] if before else sentence.start
    if start - opening <= 60:
        start = opening
    after = _CLAUSE.search(content, end, sentence.end)
    closing = after.start() if after else sentence.end
    if closing - end <= 40:
        end = closing
    while content[end - 1] in " ,.;:!?\n" and end > start + 1:
        end -= 1
    return start, end


def _who(told: _Told, text: Text, notes: Notes, sentence: Stretch) -> int | None:
    """The person the event befell.

    In a letter from a detained person that is the writer, unless the sentence names somebody else who is held. In
    reports it is the one arrested (after the verb), else the one named before the words in the sentence, else, for
    "his arrest", the one named last.
    """
    if notes.genre == "letter" and notes.author is not None and notes.people[notes.author].role == "detained":
        return notes.author
    placed = sorted(
        (notes.mentions[m].quote.start, index, person.role)
        for index, person in enumerate(notes.people)
        for m in person.mentions
    )
    passive = _PASSIVE.search(fold(text.content[max(sentence.start, told.start - 12) : told.end])) is not None
    after = [index for at, index, _ in placed if 0 <= at - told.end <= BESIDE and at < sentence.end]
    if told.kind in _DONE_TO and not passive and after:
        return after[0]
    here = [index for at, index, _ in placed if sentence.start <= at <= told.start]
    if here:
        return here[-1]
    before = [index for at, index, role in placed if at <= told.start and role in {"detained", "other", "family"}]
    return before[-1] if before else None


def _when(told: _Told, notes: Notes) -> PartialDate | None:
    """The day or days named: an event that lasts "since May" began in May."""
    date = told.date
    if date is None or not date.normal:
        return None
    first, _, last = date.normal.partition("/")
    return msgspec.convert(
        {"earliest": first, "latest": last or first, "written": date.quote.exact}, PartialDate, strict=True
    )
