"""Which of the dates in a text belongs to an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from amparo.domain.claims import Mention
from amparo.domain.dates import PartialDate
from amparo.domain.notes import Notes
from amparo.domain.text import Language
from amparo.extraction.acts.act_signs import told_once
from amparo.extraction.acts.measures import Measure
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.wording import Wording, speller
from amparo.extraction.vocabulary import vocabulary

BEFORE, AFTER = 25, 8
"""How many words before and after a passage, within its sentence, a date still belongs to it."""
GOVERNS = 35
"""How many words a date may stand before an act told as done once, and still govern it from the sentence before."""


LASTING = 7
"""What began fewer days ago has not lasted."""


def date_of(passage: Passage, notes: Notes, wording: Wording, language: Language) -> Mention | None:
    """The date words tied to an act: inside its passage, else beside it in the sentence, else none.

    Several dates of one list ("on May 13 and May 20") make one interval.

    Args:
        passage: the words that tell the act.
        notes: with mentions; the day the document was written is never the day of an act.
        wording: the text, word by word.
        language: whose words for papers and for coming somewhere.
    """
    known = _known(language)
    dates = [m for m in notes.mentions if m.kind == "date" and m.when is not None and not _is_dateline(m, notes)]
    placed = [(wording.between(m.quote.start, m.quote.end), m) for m in dates]
    within = [(span, m) for span, m in placed if passage.start <= span[0] < passage.end]
    if len(within) > 1:
        within = [(span, m) for span, m in within if not _of_a_paper(span[0], wording, known)] or within
    if within and passage.act == "RET-01":  # the harm follows the complaint
        return within[-1][1]
    if within:
        return _together([m for _, m in within], wording)
    sentence = wording.sentence[passage.start]
    beside = []
    for (start, end), mention in placed:
        if start >= len(wording.words) or wording.sentence[start] not in (sentence, wording.sentence[passage.end - 1]):
            continue
        away = passage.start - end if end <= passage.start else start - passage.end
        if -1 <= away <= (BEFORE if end <= passage.start else AFTER):
            beside.append((away, mention))
    if beside:
        return min(beside, key=lambda b: b[0])[1]
    above = [
        (passage.start - end, mention)
        for (start, end), mention in placed
        if end <= passage.start
        and start < len(wording.words)
        and wording.paragraph[start] == wording.paragraph[passage.start]
    ]
    if passage.act not in told_once():
        lasting_so = [(away, m) for away, m in above if _to_writing(m, notes)]
        shut = passage.act.startswith("ISO") or _since_arrival(passage, wording, known)
        return min(lasting_so, key=lambda g: g[0])[1] if shut and lasting_so else None
    governing = [(away, m) for away, m in above if away <= GOVERNS]
    return min(governing, key=lambda g: g[0])[1] if governing else None


class _Known(NamedTuple):
    papers: frozenset[str]
    dated: frozenset[str]
    arrival: tuple[tuple[str, ...], ...]


@cache
def _known(language: Language) -> _Known:
    words, spell = vocabulary("dates", language)["words"], speller(language)
    return _Known(
        papers=frozenset(map(spell, words["papers"])),
        dated=frozenset(map(spell, words["dated"])),
        arrival=tuple(tuple(map(spell, phrase.split())) for phrase in words["arrival"]),
    )


def _of_a_paper(start: int, wording: Wording, known: _Known) -> bool:
    """Whether a date says which paper is meant ("your letter of May 3"), not when something was done."""
    before = wording.words[max(0, start - 2) : start + 1]
    return any(word in known.dated for word in before) and any(word in known.papers for word in before)


def _since_arrival(passage: Passage, wording: Wording, known: _Known) -> bool:
    """Whether an act is told to last since somebody came ("since I been here"), whose day is told before."""
    words = wording.words[passage.start : passage.end + len(known.arrival[0])]
    return any(words[at : at + len(said)] == said for said in known.arrival for at in range(len(words)))


def _to_writing(mention: Mention, notes: Notes) -> bool:
    return notes.written is not None and mention.when is not None and mention.when.latest == notes.written.latest


def lasting(notes: Notes, wording: Wording) -> Iterator[Measure]:
    """How many days what is told with a date has lasted, where it lasts to the day of the document.

    Args:
        notes: with mentions and the day the document was written.
        wording: the text, word by word.
    """
    if notes.written is None:
        return
    for mention in notes.mentions:
        if mention.kind != "date" or mention.when is None or mention.when.latest != notes.written.latest:
            continue
        days = (mention.when.latest - mention.when.earliest).days
        start, end = wording.between(mention.quote.start, mention.quote.end)
        if days >= LASTING and start < end:
            yield Measure("days", float(days), start, end)


def _together(mentions: list[Mention], wording: Wording) -> Mention:
    first = mentions[0]
    last = first
    earliest, latest = _days(first)
    for mention in mentions[1:]:
        gap = wording.between(last.quote.end, mention.quote.start)
        if gap[1] - gap[0] > 3:
            break
        days = _days(mention)
        earliest, latest, last = min(earliest, days[0]), max(latest, days[1]), mention
    if last is first:
        return first
    when = PartialDate(earliest=earliest, latest=latest, written=first.when.written if first.when else "")
    return msgspec.structs.replace(first, when=when)


def _days(mention: Mention) -> tuple[dt.date, dt.date]:
    assert mention.when is not None  # noqa: S101 (only dated mentions are gathered)
    return mention.when.earliest, mention.when.latest


def _is_dateline(mention: Mention, notes: Notes) -> bool:
    """Whether a date is the day of the document itself; in news it is also the day on which somebody said something."""
    if notes.written is None or mention.when is None or not mention.when.certain:
        return False
    if mention.when.earliest != notes.written.earliest:
        return False
    return notes.genre == "news" or mention.quote.exact.strip()[-4:].isdigit()
