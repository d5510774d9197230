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
from amparo.extraction.events.befell import whom_it_befell
from amparo.extraction.paper.mail_headers import find_headers
from amparo.extraction.phrases import Found, Phrases, fold
from amparo.extraction.vocabulary import vocabulary

MAKER = Maker(component="events.rules", version="1")
_CLAUSE = re.compile(
    r"[;:!?]\s|(?<=\w\w\w)\.\s|,\s|\n|\s(?:and|but|so|because|then|y|pero|porque|aunque|who|which|after|before)\s"
)
NEAR, ACROSS = 110, 45
"""How far from its date, in characters, the words that tell an event may stand: in one clause, across a joint."""


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
    weak = Phrases.of(words["words"]["weak"])
    headers = find_headers(text.content, language=language)
    found_here: list[tuple[_Told, Stretch]] = []
    for sentence in notes.sentences:
        if headers is not None and sentence.start < headers.end:
            continue
        if notes.set_aside(sentence.start, sentence.end):
            continue
        here = [d for d in dates if sentence.start <= d.quote.start < sentence.end and not _is_written(d, notes)]
        told: list[_Told] = []
        for kind, phrases in kinds.items():
            for found in phrases.find(text.content, sentence.start, sentence.end):
                if _undone(text.content, sentence, found, undone):
                    continue
                date = _nearest(found, here, text.content)
                weakly = any(
                    w.start <= found.start and found.end <= w.end
                    for w in weak.find(text.content, found.start, found.end)
                )
                if date is None and (weakly or not _may_be_undated(kind, notes, words["words"])):
                    continue
                told.append(_Told(kind, found.start, found.end, date))
        found_here.extend((event, sentence) for event in _one_for_each(_nearest_to_dates(told, text.content)))
    dated = {event.kind for event, _ in found_here if event.date is not None}
    for event, sentence in found_here:
        if event.date is None and event.kind in dated:
            continue  # told again without its day, as headlines do
        made = _event(event, text, notes, sentence, language)
        outside = made.person is not None and made.person != notes.author and notes.people[made.person].role == "family"
        if not (outside and made.kind in {"injury", "transfer", "hearing", "placed-in-segregation"}):
            yield made
    yield from _own_steps(text, notes, words["words"], language)


def _is_written(date: Mention, notes: Notes) -> bool:
    """Whether a date mention is the document's own date, which dates no event."""
    return (
        notes.written is not None
        and notes.written.written.startswith(date.quote.exact)
        and (date.quote.start < 500 or notes.genre == "official")
    )


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

    near = [d for d in dates if distance(d)[1] <= (ACROSS if distance(d)[0] else NEAR) and distance(d)[0] <= 2]
    return min(near, key=distance, default=None)


def _nearest_to_dates(told: Sequence[_Told], content: str) -> list[_Told]:
    """Leave a date told across a joint to the words in its own clause."""

    def joints(event: _Told) -> int:
        if event.date is None:
            return 0
        first, last = sorted(((event.start, event.end), (event.date.quote.start, event.date.quote.end)))
        return len(_CLAUSE.findall(content[first[1] : last[0]]))

    return [
        event
        for event in told
        if event.date is None
        or not joints(event)
        or not any(o.date is event.date and joints(o) == 0 for o in told if o is not event)
    ]


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


def _own_steps(
    text: Text, notes: Notes, words: Mapping[str, Sequence[str]], language: Language
) -> Iterator[CustodyEvent]:
    """What an official paper itself is: an answer of its own day, or a petition mailed on the day it names."""
    if notes.genre != "official" or notes.written is None:
        return
    day = text.content.find(notes.written.written)
    line = text.content.rfind("\n", 0, day) + 1
    labelled = day - line <= 12 and text.content[line:day].rstrip().endswith(":")
    end = day + len(notes.written.written)
    mailed = next(Phrases.of(words["mailed"]).find(text.content, end, end + 120), None) if day >= 0 else None
    answer = next(Phrases.of(words["answers"]).find(text.content), None)
    start, kind = line, "response"
    if mailed is not None and labelled:
        kind, end = "filing", mailed.end
    elif answer is None:
        return
    elif not labelled or day < 0:
        start, end = answer.start, answer.end
        stop = re.compile(r"[^,.;\n]*").match(text.content, end)
        end = min(stop.end() if stop else end, end + 60)
    quote = text.quote(start, end)
    who = notes.author
    name = notes.people[who].name if who is not None else ""
    yield CustodyEvent(
        kind=msgspec.convert(kind, EventKind), quote=quote, who=name, person=who, when=notes.written, maker=MAKER
    )


def _event(told: _Told, text: Text, notes: Notes, sentence: Stretch, language: Language) -> CustodyEvent:
    start, end = _passage(told, text.content, sentence)
    person = whom_it_befell(
        told.kind, told.start, told.end, text=text, notes=notes, sentence=sentence, language=language
    )
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


def _when(told: _Told, notes: Notes) -> PartialDate | None:
    """The day or days named: an event that lasts "since May" began in May."""
    date = told.date
    if date is None or not date.normal:
        return None
    first, _, last = date.normal.partition("/")
    return msgspec.convert(
        {"earliest": first, "latest": last or first, "written": date.quote.exact}, PartialDate, strict=True
    )
