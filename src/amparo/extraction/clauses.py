"""Who says what, read off cue words and the order of clauses, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from amparo.domain.text import Language
from amparo.extraction.cues import Cue, Lists, Words, find_cues, lists
from amparo.extraction.quotations import Quotation
from amparo.extraction.speakers import Phrase, recipient_after, subject_after, subject_before

Spans = tuple[tuple[int, int], ...]
Whose = Literal["named", "carried-on", "unnamed", "author"]


class Said(NamedTuple):
    """One attribution: code points, half-open.

    Args:
        cue: the attributing words.
        source: the words that name the speaker, if any stand beside the cue.
        whose: named; carried on from the speech before; unnamed; the document's author.
        contents: what was said, in order.
        confidence: 0 to 1.
        build: how the cue is built into the sentence.
        relayed: words that name who told the source, who told them, and so on: "X, who said a guard told him".
    """

    cue: tuple[int, int]
    source: tuple[int, int] | None
    whose: Whose
    contents: Spans
    confidence: float
    build: str
    relayed: Spans = ()


class _Place(NamedTuple):
    """What a cue is read with."""

    words: Words
    cue: Cue
    low: int
    high: int
    known: Lists
    quotations: Sequence[Quotation]
    next_cue: int


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
        place = _Place(words, cue, low, high, known, quotations, following)
        said = _read(place, run_on)
        if said is not None:
            found.append(said)
    told = [(s.cue[1], s.relayed[-1][1]) for s in found if s.relayed]
    return [s for s in found if not any(begin <= s.cue[0] <= end + 20 for begin, end in told)]


def _bounds(words: Words, cue: Cue) -> tuple[int, int]:
    """The words of the cue's sentence; within a quotation, those of the quotation too."""
    sentence, quotation = words.sentence[cue.first], words.quotation[cue.first]
    low, high = cue.first, cue.end
    while low > 0 and words.sentence[low - 1] == sentence and (quotation < 0 or words.quotation[low - 1] == quotation):
        low -= 1
    while high < len(words.folded) and words.sentence[high] == sentence:
        if quotation >= 0 and words.quotation[high] != quotation:
            break
        high += 1
    return low, high


def _read(place: _Place, run_on: bool) -> Said | None:
    build = place.cue.build
    if build == "before":
        return _according_to(place, run_on)
    if build in ("rumour", "passive", "impersonal"):
        return _nobody(place, run_on)
    return _verb(place, run_on)


def _span(words: Words, first: int, end: int) -> tuple[int, int]:
    return words.start[first], words.end[end - 1]


def _said(
    place: _Place, source: Phrase | None, contents: Spans, confidence: float, *, whose: Whose | None = None
) -> Said | None:
    if not contents:
        return None
    words = place.words
    inside = None if source is None else _span(words, *source)
    if whose is None:
        whose = "named" if source else "carried-on"
        if source and any(place.known.has("self", words.folded[w]) for w in range(*source)):
            whose = "author"
    return Said(_span(words, place.cue.first, place.cue.end), inside, whose, contents, confidence, place.cue.build)


def _according_to(place: _Place, run_on: bool) -> Said | None:
    """ "According to X, …", "…, according to X" and "According to X, who said Y told her, …"."""
    words, cue, known = place.words, place.cue, place.known
    source, end, relayed = _source_after(place)
    if end == cue.end:
        return None
    contents: Spans = ()
    confidence = 0.7
    if end < place.high and words.folded[end] == "," and place.high - end > 2:
        contents, confidence = _until(place, end + 1, run_on), 0.8
        middle = cue.first - place.low > 4 and words.folded[cue.first - 1] == ","
        if middle and not (
            known.has("that", words.folded[cue.first - 2]) or known.has("stops", words.folded[cue.first - 2])
        ):
            before = _span(words, _clause_start(place, cue.first - 1), cue.first - 1)
            contents, confidence = (before, *contents), 0.65
    elif cue.first - place.low >= 2:
        last = cue.first - (words.folded[cue.first - 1] == ",")
        contents = (_span(words, _clause_start(place, last), last),)
    said = _said(place, source, contents, confidence)
    return said._replace(relayed=relayed) if said else None


def _source_after(place: _Place) -> tuple[Phrase, int, Spans]:
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
        if known.has("relative", words.folded[end + 1]) and words.folded[end + 1] not in {"que", "citing"}:
            relayed = _told_by(place, end + 1, following)
        elif not (
            words.capital(end + 1) and following - end < 6 and following < place.high and words.folded[following] == ","
        ):
            break
        elif not all(words.capital(w) or known.has("links", words.folded[w]) for w in range(end + 1, following)):
            break
        else:
            source = Phrase(start, following)
        end = following
    return source, end, relayed


def _told_by(place: _Place, first: int, end: int) -> Spans:
    """The speakers inside "who said a former officer told her", outermost first."""
    words, known = place.words, place.known
    found: list[Phrase] = []
    for at in range(first, end):
        build = known.builds.get(words.folded[at])
        if build is None:
            continue
        subject = subject_before(words, at, first, known)
        if build == "object":
            subject = subject_after(words, at + 1, end, known)
        if subject and not known.has("relative", words.folded[subject.first]) and subject not in found:
            found.append(subject)
    return tuple(_span(words, *phrase) for phrase in found)


def _clause_start(place: _Place, last: int) -> int:
    """Where the clause that ends before ``last`` begins: the sentence, or what follows an opening "but"."""
    first = place.low
    words = place.words
    while first < last - 1 and (
        words.folded[first] in {",", "—", "–", "-"} or place.known.has("cut", words.folded[first])
    ):
        first += 1
    return first


def _nobody(place: _Place, run_on: bool) -> Said | None:
    """ "I was told that …", "Se dice que …", "Word is …": the speaker is not named, or is the paper's author."""
    words, cue, known = place.words, place.cue, place.known
    start = cue.end
    while start < place.high and start - cue.end < 8 and not known.has("that", words.folded[start]):
        if words.folded[start] in {".", ";"}:
            break
        start += 1
    if start < place.high and known.has("that", words.folded[start]):
        start += 1
    elif known.spanish and cue.build != "passive" and "dizque" not in words.folded[cue.first : cue.end]:
        return None
    else:
        start = cue.end
    quote = _quote_at(place, start)
    contents = (quote,) if quote else _until(place, start, run_on)
    whose: Whose = "author" if cue.build == "impersonal" else "unnamed"
    return _said(place, None, contents, 0.6 if cue.build != "rumour" else 0.7, whose=whose)


def _quote_at(place: _Place, start: int) -> tuple[int, int] | None:
    """The whole quotation that begins at a word or just after a colon or comma."""
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


def _verb(place: _Place, run_on: bool) -> Said | None:
    words, cue, known = place.words, place.cue, place.known
    participle = words.folded[cue.first].endswith("ing") and not known.spanish
    source = None if participle else subject_before(words, cue.first, place.low, known)
    backward = _quoted_before(place, source)
    if backward is not None:
        return _after_quotation(place, source, backward)
    end = cue.end
    inverted = None
    if known.spanish and cue.build in ("speech", "thought", "object"):
        inverted = _inverted(place)
        if inverted is not None and (
            source is None or known.has("that", words.folded[min(inverted.end, place.high - 1)])
        ):
            source, end = inverted, inverted.end
    if cue.build in ("telling", "colloquial", "speech"):
        end = recipient_after(words, end, place.high, known) if cue.build != "speech" else end
    forward = _forward(place, end, run_on)
    if forward:
        contents, confidence = forward
        return _said(place, source, contents, confidence)
    if cue.build in ("speech", "telling"):
        return _at_the_end(place, source)
    return None


def _inverted(place: _Place) -> Phrase | None:
    """In Spanish the speaker may follow the verb: "dice mi mamá que", "Dicen los de la letra B que"."""
    found = subject_after(place.words, place.cue.end, place.high, place.known)
    if found is None:
        return None
    words, known = place.words, place.known
    if found.end < place.high and (known.has("that", words.folded[found.end]) or words.folded[found.end] == ":"):
        return found
    return None


def _forward(place: _Place, end: int, run_on: bool) -> tuple[Spans, float] | None:
    """What follows the verb: a quotation, "that …", a bare clause, or for some verbs a noun phrase."""
    words, known, high = place.words, place.known, place.high
    build = place.cue.build
    strict = known.has("strict", words.folded[place.cue.first])
    at, seen = end, 0
    while at < high and seen < 9:
        word = words.folded[at]
        quote = _quote_at(place, at)
        if quote:
            return _continued(place, quote), 0.8
        if known.has("that", word) and not (word == "si" and build == "object"):
            return _until(place, at + 1, run_on), 0.75
        if known.has("to", word) and build == "telling":
            return _until(place, at, run_on), 0.55
        if word in {".", ";", "?", "!", ")"}:
            break
        if word == ":" and at + 1 < high:
            return _until(place, at + 1, run_on), 0.7
        if (
            word != ","
            and not known.has("times", word)
            and not known.has("between", word)
            and not known.has("links", word)
        ):
            break
        at, seen = at + 1, seen + 1
    if build == "naming":
        return _named_so(place, end)
    if strict or (known.spanish and build != "object"):
        return _far_that(place, end, run_on)
    if build == "object":
        bare = (
            end < high
            and known.has("bare", words.folded[end])
            and (end + 1 >= high or words.folded[end + 1] in {".", ",", ";"})
        )
        return ((_span(words, place.low, _strip(place, high)),) if bare else _until(place, end, run_on)), 0.5
    if build in ("speech", "telling", "thought", "feeling", "colloquial", "passive") and end < high:
        word = words.folded[end]
        if word in {",", ".", ";", ":", "?", "!", ")"}:
            return None
        if place.high - end < 2 and not words.quotation[place.cue.first] >= 0:
            return None
        if (
            build == "speech"
            and (known.has("links", word) or known.has("times", word))
            and not known.has("determiners", word)
        ):
            return _far_that(place, end, run_on)
        return _until(place, end, run_on), 0.6
    return None


def _named_so(place: _Place, end: int) -> tuple[Spans, float] | None:
    """ "called the claims "false"": the named thing and the quotation that names it."""
    words = place.words
    for at in range(end, min(place.high, end + 8)):
        number = words.quotation[at]
        if number >= 0 and number != words.quotation[place.cue.first]:
            return ((words.start[end], place.quotations[number].end),), 0.6
    return None


def _clause_like(place: _Place, contents: Spans) -> bool:
    """Whether bare words after a verb can be a statement: at least two words that are no mere time."""
    words = place.words
    inside = range(words.at(contents[0][0]), words.before(contents[-1][1]))
    telling = [w for w in inside if words.folded[w][0].isalpha() and not place.known.has("times", words.folded[w])]
    return len(telling) >= 2


def _far_that(place: _Place, end: int, run_on: bool) -> tuple[Spans, float] | None:
    """ "told the agency by telephone that", "testified in May that", "me dijo el martes en la visita que"."""
    words, known = place.words, place.known
    for at in range(end, min(place.high, end + 14)):
        if known.has("that", words.folded[at]) and words.folded[at] not in {"how", "si", "como"}:
            return _until(place, at + 1, run_on), 0.65
        if words.folded[at] in {".", ";", ":", "?", "!"}:
            return None
    return None


def _continued(place: _Place, quote: tuple[int, int]) -> Spans:
    return (quote,)


def _quoted_before(place: _Place, source: Phrase | None) -> Quotation | None:
    """The quotation that ends just before the speaker and the verb: "…," she said."""
    words, cue = place.words, place.cue
    first = source.first if source else cue.first
    at = first - 1
    steps = 0
    while at >= 0 and words.quotation[at] < 0 and words.folded[at] in {",", ".", "-", "—", "–"} and steps < 2:
        at, steps = at - 1, steps + 1
    if at < 0 or words.quotation[at] < 0 or words.quotation[at] == words.quotation[cue.first]:
        return None
    quotation = place.quotations[words.quotation[at]]
    between = words.content[quotation.end : words.start[first]]
    joined = "," in between or "—" in between or "–" in between
    pause = words.content[quotation.inner_end - 1 : quotation.inner_end]
    if between.strip(" ,—–-\n") or "\n\n" in between or not (joined or pause in {",", "?", "!", "—", "-"}):
        return None
    return quotation


def _after_quotation(place: _Place, source: Phrase | None, quotation: Quotation) -> Said | None:
    """ "…," she said. "…": the quotation before, and the one that goes on in the same breath."""
    words, cue, known = place.words, place.cue, place.known
    end = cue.end
    if source is None:
        source = subject_after(words, cue.end, len(words.folded), known)
        end = source.end if source else cue.end
    contents: list[tuple[int, int]] = [_whole_sentence_quote(place, quotation)]
    following = next((q for q in place.quotations if q.start >= words.end[end - 1]), None)
    if following is not None:
        between = words.content[words.end[end - 1] : following.start]
        calm = len(between) < 60 and "\n\n" not in between and ";" not in between
        if calm and not _has_cue(place, words.end[end - 1], following.start) and not _claimed_after(place, following):
            contents.append((following.start, following.end))
    return _said(place, source, tuple(contents), 0.85)


def _whole_sentence_quote(place: _Place, quotation: Quotation) -> tuple[int, int]:
    """A quotation, with the clause it completes: He was "fine, mostly," she said."""
    words = place.words
    first = words.at(quotation.start)
    sentence = words.sentence[first]
    low = first
    while (
        low > 0
        and words.sentence[low - 1] == sentence
        and words.quotation[low - 1] < 0
        and words.folded[low - 1] not in {":", ";"}
    ):
        low -= 1
    return (words.start[low], quotation.end) if low < first else (quotation.start, quotation.end)


def _has_cue(place: _Place, begin: int, end: int) -> bool:
    words = place.words
    return any(
        " ".join(words.folded[w : w + 1]) in place.known.builds for w in range(words.at(begin), words.before(end))
    )


def _claimed_after(place: _Place, quotation: Quotation) -> bool:
    """Whether a quotation is followed by its own speaker and verb."""
    words = place.words
    at = words.at(quotation.end)
    if words.content[quotation.end - 2 : quotation.end - 1] not in {",", "?", "!"}:
        return at < len(words.folded) and words.folded[at] == "," and _has_cue(place, quotation.end, quotation.end + 40)
    return _has_cue(place, quotation.end, quotation.end + 40)


def _at_the_end(place: _Place, source: Phrase | None) -> Said | None:
    """ "…, his lawyers told the court on Thursday.": the sentence before, down to the comma."""
    words, cue, known = place.words, place.cue, place.known
    if words.quotation[cue.first] >= 0 and place.low == cue.first:
        return None
    end = cue.end
    first = source.first if source else cue.first
    if source is None:
        source = subject_after(words, cue.end, place.high, known)
        if source is None:
            return None
        end = source.end
    comma = first - 1
    if comma < place.low + 2 or words.folded[comma] != ",":
        return None
    rest = [w for w in range(end, place.high) if words.folded[w][0].isalnum()]
    if len(rest) > 14:
        return None
    return _said(place, source, (_span(words, _clause_start(place, comma), comma),), 0.7)


def _until(place: _Place, start: int, run_on: bool) -> Spans:
    """From a word to where its clause ends."""
    words, known = place.words, place.known
    while start < place.high and words.folded[start] in {",", ":"}:
        start += 1
    at = start
    opened = 0
    while at < place.high:
        word = words.folded[at]
        if word == "(":
            opened += 1
        elif word == ")":
            if not opened:
                break
            opened -= 1
        elif word == ";" or (word in {"—", "–"} and at > start + 2 and words.quotation[at] < 0):
            break
        elif at > start + 2 and _breaks(place, at, run_on):
            break
        at += 1
        if run_on and at - start > 45:
            break
    end = _strip(place, at)
    if end <= start:
        return ()
    begin_at, end_at = _span(words, start, end)
    quotation = words.quotation[end - 1]
    if quotation >= 0 and quotation != words.quotation[place.cue.first]:
        end_at = max(end_at, place.quotations[quotation].end)
    elif known.spanish or run_on:
        end_at = words.end[end - 1]
    return ((begin_at, end_at),)


def _breaks(place: _Place, at: int, run_on: bool) -> bool:
    """Whether a new statement of the teller's begins at a word."""
    words, known = place.words, place.known
    word = words.folded[at]
    if words.quotation[at] >= 0:
        return False
    joined = word == "," or word in {"and", "but", "y", "pero", "while", "mientras", "n"}
    if joined and place.next_cue < place.high and 0 < place.next_cue - at <= 9:
        subject = subject_before(words, place.next_cue, at + 1, known)
        first = subject.first if subject else place.next_cue
        return first - at <= 2
    if run_on and known.has("cut", word):
        return True
    if run_on and word == "," and at + 1 < place.high:
        return known.has("self", words.folded[at + 1]) or known.has("cut", words.folded[at + 1])
    if run_on and place.next_cue < place.high:
        subject = subject_before(words, place.next_cue, at, known)
        return subject is not None and subject.first == at
    return False


def _strip(place: _Place, end: int) -> int:
    words = place.words
    while (
        end > 0
        and words.folded[end - 1] in {",", ".", ";", ":", "—", "–", "-", "("}
        and (words.quotation[end - 1] < 0 or words.quotation[end - 1] == words.quotation[place.cue.first])
    ):
        end -= 1
    return end
