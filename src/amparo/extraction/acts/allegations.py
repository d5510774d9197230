"""Claims become allegations: which acts are alleged, in which words, by whom, against whom, where and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from amparo.domain.claims import Allegation, Claim, Mention, Source, Status
from amparo.domain.dates import PartialDate
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Maker, Text
from amparo.errors import MissingExtra
from amparo.extraction.acts.accusing import with_accusations
from amparo.extraction.acts.act_signs import ActSigns, act_signs, told_once
from amparo.extraction.acts.by_meaning import Meaning, beside_signs, read_meaning
from amparo.extraction.acts.days_of_acts import date_of, lasting
from amparo.extraction.acts.denials import Denial, answered, find_denials, inside, told_not_so
from amparo.extraction.acts.guards import Guards
from amparo.extraction.acts.lacking import find_lacking
from amparo.extraction.acts.passages import Passage, Sighting, sighting, to_passages
from amparo.extraction.acts.roles import actor, affected, of_outsiders, own_words, place, who_tells
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.status import UNMET, tell_status
from amparo.extraction.acts.wording import Wording, joining_words, word_by_word
from amparo.extraction.components import COMPONENTS, Step
from amparo.extraction.encoder.alleging import alleging_model
from amparo.extraction.paper.genre import answers_only
from amparo.extraction.vocabulary import vocabulary

RULES, MEANING = "allegations.rules", "allegations.meaning"
STOPS = frozenset('.!?"”»')
"""A headline ends without one of these."""
LESSER = {"MED-01": "MED-02", "FOD-01": "HUN-01"}
"""An act and the graver one which the same words tell instead of it."""
OF_GRIEVANCES = frozenset({"GRV", "RET"})
"""Acts of which an agency's form that only answers speaks in its own headings and reasons, without alleging them."""
SHUT_IN = frozenset({"ISO", "RES"})
"""Acts that are a state somebody is kept in."""
STEADY = 0.5
"""Confidence in a sign of one element; each further element and nearness add, distance takes away."""


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds allegations by the signs of each act.

    Args:
        language: whose signs to use; other languages are read with English ones.
        settings: none.

    Raises:
        BrokenVocabulary: a file of signs has a mistake.
    """
    return _step(RULES, language, settings)


def by_meaning(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds allegations by the signs of each act, and by what sentences mean.

    Where the ``models`` extra is not installed, the signs alone are looked for.

    Args:
        language: whose signs to use; the meaning is read in English and Spanish alike.
        settings: none.

    Raises:
        BrokenVocabulary: a file of signs has a mistake.
    """
    return _step(MEANING, language, settings)


def _step(name: str, language: Language, settings: Mapping[str, str]) -> Step:
    read_as: Language = "es" if language == "es" else "en"
    signs = act_signs(read_as)
    maker = Maker(component=name, version=COMPONENTS[name].version, settings=dict(settings))

    def step(text: Text, notes: Notes) -> Notes:
        return find_allegations(text, notes, signs=signs, maker=maker, by_meaning=name == MEANING)

    return step


def find_allegations(text: Text, notes: Notes, *, signs: ActSigns, maker: Maker, by_meaning: bool = False) -> Notes:
    """Note every allegation in a text, and the author's claim for those that no noted claim covers.

    Args:
        text: the reading.
        notes: with sentences, filler, mentions, people and claims.
        signs: of each act.
        maker: who notes.
        by_meaning: ask also what the sentences mean, where the ``models`` extra is installed.
    """
    language = signs.language
    wording = word_by_word(text.content, notes.sentences, language=language)
    if not wording.words:
        return notes
    finder = signs.look_into(wording, lasting(notes, wording))
    denials = find_denials(notes, finder)
    # News that names no custody alleges nothing done in it, and most news names none.
    asked = by_meaning and (notes.genre != "news" or bool(finder.said("of-custody")))
    meaning = _meaning(text, wording) if asked else None
    refused: list[tuple[Sighting, str]] = []
    guards = Guards(finder, text.content, notes)
    sightings = list(_sightings(finder, signs, guards, refused))
    passages = to_passages(sightings, wording, joining=joining_words(language))
    if meaning is not None:
        passages = sorted([*passages, *beside_signs(meaning, passages, [r for r, _ in refused], guards)])
    telling = who_tells(finder, notes, text.content)
    passages = [p for p in passages if not of_outsiders(p, telling, finder)]
    if answers_only(text.content, language=language):
        passages = [p for p in passages if p.act[:3] not in OF_GRIEVANCES or own_words(p, finder)]
    passages = _told_once(_without_titles(passages, denials, wording, _titles(text, language)))
    # "Nobody was tied down" denies what its words would tell without their "nobody".
    denied = {
        one.act: one.start
        for one, reason in refused
        if reason == "negated" and any(a <= one.start and one.end <= b for a, b in told_not_so(notes, finder))
    }
    denied |= {p.act: p.start for p in passages if inside(p, denials)}
    if meaning is not None:
        passages = [p for p in passages if inside(p, denials) or meaning.kept(p)]
    told = {p.act for p in passages if not inside(p, denials)}
    claims = list(notes.claims)
    found = []
    for passage in passages:
        rejected = inside(passage, denials)
        if rejected and (passage.act in told or notes.genre != "official"):
            continue
        sure = _confidence(passage) if rejected or meaning is None else meaning.sure(passage)
        if _only_rumoured(passage, notes, wording):
            continue
        when = date_of(passage, notes, wording, language)
        quote = text.quote(wording.starts[passage.start], wording.ends[passage.end - 1])
        status: Status = (
            "denied-by-authority"
            if rejected or answered(passage, denials, denied, wording, bare=notes.genre != "letter", told=passages)
            else tell_status(
                passage, finder, notes, when, (_core(passage, wording, text.content), quote.exact), language
            )
        )
        roles = [affected(passage, telling, finder, notes, text.content, language)]
        acting = actor(passage, telling, finder, notes, text.content)
        found.append(
            Allegation(
                act=passage.act,
                quotes=(quote,),
                status=status,
                roles=(*roles, *((acting,) if acting else ())),
                place=place(passage, finder, notes, text.content),
                when=_when(when, status, passage, notes),
                claims=_claims(claims, quote.start, quote.end, text, maker),
                confidence=round(sure, 2),
                maker=maker,
            )
        )
    accusing = with_accusations(claims, found, notes, language=language)
    return msgspec.structs.replace(notes, claims=accusing, allegations=tuple(found))


def _titles(text: Text, language: Language) -> list[tuple[int, int]]:
    """Where a headline stands (a first line without a stop) and the subject lines of mails, in code points."""
    found = []
    words = tuple(vocabulary("acts/guards", language)["titles"]["subject"])
    at = 0
    for number, line in enumerate(text.content.splitlines(keepends=True)):
        told = line.strip()
        headline = number == 0 and told and told[-1] not in STOPS and not told.endswith((",", ":"))
        if headline or told.casefold().startswith(words):
            found.append((at, at + len(line)))
        at += len(line)
    return found


def _without_titles(
    passages: list[Passage], denials: list[Denial], wording: Wording, titles: list[tuple[int, int]]
) -> list[Passage]:
    """Leave out what a headline or subject line tells, where the body tells the same act more fully."""

    def titled(passage: Passage) -> bool:
        start = min(s.start for s in passage.sightings)
        return any(low <= wording.starts[start] < high for low, high in titles)

    body = {p.act for p in passages if not titled(p) and not inside(p, denials)}
    return [p for p in passages if not titled(p) or p.act not in body]


def _told_once(passages: list[Passage]) -> list[Passage]:
    """Leave out the lesser act where the same words tell the graver one, or hunger where food is refused."""
    return [
        p
        for p in passages
        if not any(q.act == LESSER.get(p.act) and q.start < p.end and p.start < q.end for q in passages)
    ]


def _sightings(
    finder: Finder, signs: ActSigns, guards: Guards, refused: list[tuple[Sighting, str]]
) -> Iterator[Sighting]:
    """Signs that allege; those that do not are added to ``refused``, with the reason."""
    for act, several in signs.signs.items():
        for sign in several:
            for seen in finder.find(sign):
                reason = guards.no_allegation(seen)
                # "If this goes on I will hang myself" states the intent.
                if reason is None or (reason == "hypothetical" and act == "SUI-01"):
                    yield sighting(act, seen, scope=sign.scope, written=sign.written, alone=bool(sign.circumstance))
                else:
                    refused.append((sighting(act, seen, scope=sign.scope, written=sign.written), reason))
    for one in find_lacking(finder, signs.lacking):
        if guards.no_allegation(one.seen) is None:
            yield sighting(one.act, one.seen, scope="near", written="lacking", listed=not one.first)


def _only_rumoured(passage: Passage, notes: Notes, wording: Wording) -> bool:
    """Whether the passage stands in a claim that nobody in particular makes."""
    start, end = wording.starts[passage.start], wording.ends[passage.end - 1]
    over = [c for c in notes.claims if any(q.overlaps(start, end) for q in c.contents)]
    return bool(over) and all(c.stance == "rumour" and c.source.kind == "unknown" for c in over)


def _core(passage: Passage, wording: Wording, content: str) -> str:
    """The words from the first element of the act's signs to the last."""
    start = min(s.start for s in passage.sightings)
    end = max(s.end for s in passage.sightings)
    return content[wording.starts[start] : wording.ends[end - 1]]


def _when(mention: Mention | None, status: Status, passage: Passage, notes: Notes) -> PartialDate | None:
    """The days of an act; what still lasts, lasts to the day of the document; what is over does not."""
    if mention is None or mention.when is None:
        return None
    days = mention.when
    lasts = passage.act not in told_once()
    if status == "past" and lasts and notes.written is not None and days.latest == notes.written.latest:
        return None  # "for six days" of what is over says how long, not when
    if status == "current" and (passage.act in UNMET or passage.act[:3] in SHUT_IN) and notes.written is not None:
        last = notes.written.latest
        if days.latest < last:
            return PartialDate(earliest=days.earliest, latest=last, written=days.written)
    return days


def _claims(claims: list[Claim], start: int, end: int, text: Text, maker: Maker) -> tuple[int, ...]:
    """The claims whose contents overlap a passage; else the author's own; else one added here, and only here."""
    over = tuple(i for i, c in enumerate(claims) if any(q.overlaps(start, end) for q in c.contents))
    if over:
        return over
    own = next((i for i, c in enumerate(claims) if c.source.kind == "author"), None)
    if own is not None:
        return (own,)
    claims.append(
        Claim(
            contents=(text.quote(start, end),),
            source=Source(kind="author"),
            form="narrated",
            stance="alleges",
            confidence=STEADY,
            maker=maker,
        )
    )
    return (len(claims) - 1,)


def _meaning(text: Text, wording: Wording) -> Meaning | None:
    try:
        return read_meaning(text.content, wording, alleging_model())
    except MissingExtra:
        return None


def _confidence(passage: Passage) -> float:
    best = 0.0
    for one in passage.sightings:
        elements = len(one.elements)
        nearness = {"near": 0.1, "sentence": 0.0, "passage": -0.1}[one.scope]
        best = max(best, STEADY + 0.08 * (elements - 1) + nearness)
    return round(min(0.95, best + 0.03 * (len(passage.sightings) - 1)), 2)
