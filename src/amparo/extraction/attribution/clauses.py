"""Who says what, read off cue words and the order of clauses, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from amparo.domain.text import Language
from amparo.extraction.attribution.contents import (
    Place,
    Spans,
    clause_start,
    quotation_at,
    span_of,
    until_end,
    what_follows,
)
from amparo.extraction.attribution.cues import Cue, Words, find_cues, lists
from amparo.extraction.attribution.quotations import Quotation
from amparo.extraction.attribution.speakers import (
    Phrase,
    noun_phrase_before,
    recipient_after,
    subject_after,
    subject_before,
)

Whose = Literal["named", "carried-on", "unnamed", "author"]


class Said(NamedTuple):
    """One attribution: code points, half-open.

    Args:
        cue: the attributing words.
        source: the words that name the speaker, if any stand beside the cue.
        whose: named; carried on from the speech before; unnamed; the document's author.
        contents: what was said, in order.
        confidence: 0 to 1.
        build: how the cue is built into the sentence, where clause patterns found it.
        relayed: words that name who told the source, who told them, and so on: "X, who said a guard told him".
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    whose: Whose
    contents: Spans
    confidence: float
    build: str
    relayed: Spans = ()


def find_said(words: Words, quotations: Sequence[Quotation], *, language: Language, run_on: bool) -> list[Said]:
    """Every attribution the word lists and clause patterns find, in order of their cues.

    Args:
        words: the text's words.
        quotations: its quotations.
        language: whose lists to use.
        run_on: the writer strings clauses together without stops, as letters do.
    """
    known = lists(language)
    cues = find_cues(words, language)
    found: list[Said] = []
    for number, cue in enumerate(cues):
        low, high = _bounds(words, cue)
        following = next((c.first for c in cues[number + 1 :] if c.first < high), high)
        said = _read(Place(words, cue, low, high, known, quotations, following, run_on))
        if said is not None:
            found.append(said)
    told = [(s.cue[1], s.relayed[-1][1]) for s in found if s.relayed and s.build == "before"]
    return [s for s in found if not any(begin <= s.cue[0] <= end + 20 for begin, end in told)]


def _bounds(words: Words, cue: Cue) -> tuple[int, int]:
    """The words of the cue's sentence; within a quotation, those of the quotation."""
    sentence, quotation = words.sentence[cue.first], words.quotation[cue.first]
    low, high = cue.first, cue.end
    while low > 0 and words.sentence[low - 1] == sentence and (quotation < 0 or words.quotation[low - 1] == quotation):
        low -= 1
    while high < len(words.folded) and words.sentence[high] == sentence:
        if quotation >= 0 and words.quotation[high] != quotation:
            break
        high += 1
    return low, high


def _read(place: Place) -> Said | None:
    if place.cue.build == "before":
        return _according_to(place)
    if place.cue.build in ("rumour", "passive", "impersonal"):
        return _nobody(place)
    return _verb(place)


def _said(
    place: Place, source: Phrase | None, contents: Spans, confidence: float, *, whose: Whose | None = None
) -> Said | None:
    words, known = place.words, place.known
    if not contents or (source and known.has("none", words.folded[source.first])):
        return None
    inside = None if source is None else span_of(words, *source)
    if whose is None:
        whose = "named" if source else "carried-on"
        if source and any(known.has("self", words.folded[w]) for w in range(*source)):
            whose = "author"
    cue = span_of(words, place.cue.first, place.cue.end)
    return Said(cue, inside, whose, contents, confidence, place.cue.build)


def _according_to(place: Place) -> Said | None:
    """The statement beside "according to X", before or after it, and whom X heard it from."""
    words, cue, known = place.words, place.cue, place.known
    source, end, relayed = _source_after(place)
    if end == cue.end:
        return None
    contents: Spans = ()
    confidence = 0.7
    if end < place.high and words.folded[end] == "," and place.high - end > 2:
        contents, confidence = until_end(place, end + 1), 0.8
        last = cue.first - 1
        if last - place.low > 3 and words.folded[last] == "," and not known.has("stops", words.folded[last - 1]):
            before = span_of(words, clause_start(place, last), last)
            contents, confidence = (before, *contents), 0.65
    elif cue.first - place.low >= 2:
        last = cue.first - (words.folded[cue.first - 1] == ",")
        contents = (span_of(words, clause_start(place, last), last),)
    said = _said(place, source, contents, confidence)
    return said._replace(relayed=relayed) if said else None


def _source_after(place: Place) -> tuple[Phrase, int, Spans]:
    """The speaker after "according to", where the phrase ends, and whom that speaker heard it from."""
    words, known = place.words, place.known
    start = place.cue.end

    def comma(at: int) -> int:
        while at < place.high and words.folded[at] not in {",", ".", ";", ":", ")"}:
            if words.quotation[at] >= 0 and words.quotation[place.cue.first] < 0:
                break
            at += 1
        return at

    end = comma(start)
    source = Phrase(start, end)
    relayed: Spans = ()
    while end + 1 < place.high and words.folded[end] == ",":
        following = comma(end + 1)
        names = all(words.capital(w) or known.has("links", words.folded[w]) for w in range(end + 1, following))
        if known.has("relative", words.folded[end + 1]) and words.folded[end + 1] not in {"que", "citing"}:
            relayed = _told_by(place, end + 1, following)
        elif names and following - end < 6 and following < place.high and words.folded[following] == ",":
            source = Phrase(start, following)
        else:
            break
        end = following
    return source, end, relayed


def _told_by(place: Place, first: int, end: int) -> Spans:
    """The speakers inside "who said a former officer told her", outermost first."""
    words, known = place.words, place.known
    found: list[Phrase] = []
    for at in range(first, end):
        build = known.builds.get(words.folded[at])
        if build is None:
            continue
        after = build == "object"
        subject = subject_after(words, at + 1, end, known) if after else subject_before(words, at, first, known)
        if subject and not known.has("relative", words.folded[subject.first]) and subject not in found:
            found.append(subject)
    return tuple(span_of(words, *phrase) for phrase in found)


def _nobody(place: Place) -> Said | None:
    """A statement whose speaker is not named, as after "I was told that", or is the paper itself: "se informa que"."""
    words, cue, known = place.words, place.cue, place.known
    at, source = cue.end, None
    if cue.build == "passive" and at < place.high and known.has("by", words.folded[at]):
        source = subject_after(words, at + 1, place.high, known)
        at = source.end if source else at
    start = at
    while start < place.high and start - at < 8 and not known.has("that", words.folded[start]):
        if words.folded[start] in {".", ";", ":"} or quotation_at(place, start):
            break
        start += 1
    if start < place.high and (known.has("that", words.folded[start]) or quotation_at(place, start)):
        start += known.has("that", words.folded[start])
    elif known.spanish and cue.build != "passive" and "dizque" not in words.folded[cue.first : cue.end]:
        return None
    else:
        start = at
    opening = words.folded[start] if start < place.high else ""
    if known.has("links", opening) and not known.has("determiners", opening) and opening != "to":
        return None
    quote = quotation_at(place, start)
    contents = (quote,) if quote else until_end(place, start)
    whose: Whose = "author" if cue.build == "impersonal" else "named" if source else "unnamed"
    return _said(place, source, contents, 0.7 if cue.build == "rumour" else 0.6, whose=whose)


def _verb(place: Place) -> Said | None:
    """A statement beside a verb of saying, thinking or denying."""
    words, cue, known = place.words, place.cue, place.known
    participle = known.is_gerund(words.folded[cue.first])
    source = None if participle else subject_before(words, cue.first, place.low, known)
    quotation = _quoted_before(place, source)
    if quotation is not None:
        return _after_quotation(place, source, quotation)
    end = cue.end
    if known.spanish and cue.build in ("speech", "thought", "object"):
        inverted = subject_after(words, cue.end, place.high, known)
        if inverted and inverted.end < place.high and _opens(place, inverted.end):
            source, end = inverted, inverted.end
    if cue.build in ("telling", "colloquial") and not known.has("going", words.folded[cue.first]):
        end = recipient_after(words, end, place.high, known)
    ended = end >= place.high or words.folded[end] in {",", "."}
    forward = None if cue.build == "object" and ended else what_follows(place, end)
    if forward and forward[0]:
        return _through(place, _said(place, source, *forward), source)
    return _at_the_end(place, source) if cue.build in ("speech", "telling", "object") else None


def _opens(place: Place, at: int) -> bool:
    """Whether what was said begins at a word: "que", or a colon."""
    words, known = place.words, place.known
    if words.folded[at] == "," and at + 1 < place.high:
        at += 1
    return known.has("that", words.folded[at]) or words.folded[at] == ":"


def _through(place: Place, said: Said | None, source: Phrase | None) -> Said | None:
    """The client whose attorney speaks: "Rusk, through his attorney, denied it"."""
    words, known = place.words, place.known
    if said is None or source is None or source.first - 3 < place.low:
        return said
    if not known.has("through", words.folded[source.first - 1]) or words.folded[source.first - 2] != ",":
        return said
    speaker = noun_phrase_before(words, source.first - 3, place.low, known)
    return said._replace(relayed=(span_of(words, *speaker),)) if speaker else said


def _quoted_before(place: Place, source: Phrase | None) -> Quotation | None:
    """The quotation that ends, on a comma or a question, just before the speaker and the verb."""
    words, cue = place.words, place.cue
    first = source.first if source else cue.first
    at, steps = first - 1, 0
    while at >= 0 and words.quotation[at] < 0 and words.folded[at] in {",", ".", "-", "—", "–"} and steps < 2:
        at, steps = at - 1, steps + 1
    if at < 0 or words.quotation[at] < 0 or words.quotation[at] == words.quotation[cue.first]:
        return None
    quotation = place.quotations[words.quotation[at]]
    between = words.content[quotation.end : words.start[first]]
    joined = any(mark in between for mark in ",—–")
    pause = words.content[quotation.inner_end - 1 : quotation.inner_end]
    if between.strip(" ,—–-\n") or "\n\n" in between or not (joined or pause in {",", "?", "!", "—", "-"}):
        return None
    return quotation


def _after_quotation(place: Place, source: Phrase | None, quotation: Quotation) -> Said | None:
    """The quotation before the verb, and the one that goes on in the same breath after it."""
    words, cue, known = place.words, place.cue, place.known
    end = cue.end
    if source is None:
        source = subject_after(words, cue.end, place.high, known)
        end = source.end if source else cue.end
    contents: list[tuple[int, int]] = [_with_its_clause(place, quotation)]
    begin = words.end[end - 1]
    following = next((q for q in place.quotations if q.start >= begin), None)
    if following is not None:
        between = words.content[begin : following.start]
        calm = len(between) < 60 and "\n\n" not in between and ";" not in between
        if calm and not _has_cue(place, begin, following.start) and not _claimed_after(place, following):
            contents.append((following.start, following.end))
    return _said(place, source, tuple(contents), 0.85)


def _with_its_clause(place: Place, quotation: Quotation) -> tuple[int, int]:
    """A quotation, with the clause it completes: He was "fine, mostly," she said."""
    words = place.words
    first = words.at(quotation.start)
    low = first
    while low > 0 and words.sentence[low - 1] == words.sentence[first] and words.quotation[low - 1] < 0:
        if words.folded[low - 1] in {":", ";"}:
            break
        low -= 1
    return (words.start[low], quotation.end) if low < first else (quotation.start, quotation.end)


def _has_cue(place: Place, begin: int, end: int) -> bool:
    words = place.words
    return any(words.folded[w] in place.known.builds for w in range(words.at(begin), words.before(end)))


def _claimed_after(place: Place, quotation: Quotation) -> bool:
    """Whether a quotation is followed by a speaker and a verb of its own."""
    words = place.words
    at = words.at(quotation.end)
    if words.content[quotation.inner_end - 1 : quotation.inner_end] not in {",", "?", "!"}:
        joined = at < len(words.folded) and words.folded[at] == ","
        return joined and _has_cue(place, quotation.end, quotation.end + 40)
    return _has_cue(place, quotation.end, quotation.end + 40)


def _at_the_end(place: Place, source: Phrase | None) -> Said | None:
    """The sentence before a closing "…, his lawyers told the court on Thursday."."""
    words, cue, known = place.words, place.cue, place.known
    if words.quotation[cue.first] >= 0 and place.low == cue.first:
        return None
    end, first = cue.end, source.first if source else cue.first
    # In Spanish the speaker stands behind the verb: "…, replicó su defensora".
    inverted = known.spanish and cue.first > place.low and words.folded[cue.first - 1] == ","
    if source is None or inverted:
        behind = subject_after(words, cue.end, place.high, known)
        if behind is None and source is None:
            return None
        if behind is not None:
            source, end, first = behind, behind.end, cue.first
    comma = first - 1
    rest = sum(1 for w in range(end, place.high) if words.folded[w][0].isalnum())
    closed = end >= place.high or words.folded[end] in {",", "."}
    if comma < place.low + 2 or words.folded[comma] != "," or (rest > 14 and not closed):
        return None
    if next(
        (p.start == words.start[place.low] for p in known.before.find(words.content, words.start[place.low])), False
    ):
        return None  # "Según la diputada, el ministerio aceptó …" is what the deputy said
    return _said(place, source, (span_of(words, clause_start(place, comma), comma),), 0.7)
