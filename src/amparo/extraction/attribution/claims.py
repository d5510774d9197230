"""Who says what: each claim with its speaker, the people it came through, its words, and how surely it is held."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from amparo.domain.claims import Claim, Form, Source
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Maker, Text
from amparo.errors import MissingExtra
from amparo.extraction.attribution.author_claim import main_point
from amparo.extraction.attribution.by_model import read_said
from amparo.extraction.attribution.chain import only_relays, parents, reporters
from amparo.extraction.attribution.clauses import Said, find_said
from amparo.extraction.attribution.cues import Words, lists, split_words
from amparo.extraction.attribution.described import find_described
from amparo.extraction.attribution.findings import find_findings
from amparo.extraction.attribution.mended import mended
from amparo.extraction.attribution.quotations import Quotation, find_quotations, quoted_within
from amparo.extraction.attribution.sources import People, gather_people, mentions_within, resolve, role_of
from amparo.extraction.attribution.stance import tell_stance
from amparo.extraction.attribution.topics import Near
from amparo.extraction.attribution.who_speaks import sources_of
from amparo.extraction.components import Step
from amparo.extraction.encoder.model import reading_model
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

RULES = Maker(component="claims.rules", version="1")
ENCODER = Maker(component="claims.encoder", version="1")
HEAD = 600
"""How many characters at the head of a letter are searched for a greeting."""
BODIES = frozenset({"authority", "facility"})
FOOT = 200
"""How near its end, in characters, an official paper is signed."""
OVERALL = 0.5
"""How sure it is that the sentence taken for the writer's point is the point."""


class _Made(NamedTuple):
    """An attribution and who found it."""

    said: Said
    maker: Maker


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds claims by cue words and clause patterns, in English or Spanish."""

    def step(text: Text, notes: Notes) -> Notes:
        quotations = find_quotations(text.content)
        words, known = split_words(text.content, notes.sentences, quotations), lists(language)
        found = _by_clauses(words, notes, quotations, language)
        found += _not_among(find_described(words, quotations, known), found)
        made = [_Made(s, RULES) for s in sorted(found, key=lambda s: s.cue)]
        return msgspec.structs.replace(notes, claims=_claims(text, notes, made, quotations, language))

    return step


def by_encoder(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds claims with the reading model, and rumours by clause patterns.

    The model was taught on English news. What is plainly a letter is better read by the patterns alone, and so is
    Spanish; where the ``models`` extra is not installed, everything is.
    """
    by_patterns = by_rules(language, settings)
    if language == "es":
        return by_patterns

    def step(text: Text, notes: Notes) -> Notes:
        if plain_letter(text, notes, language):
            return by_patterns(text, notes)
        try:
            model = reading_model()
        except MissingExtra:
            return by_patterns(text, notes)
        quotations = find_quotations(text.content)
        words, known = split_words(text.content, notes.sentences, quotations), lists(language)
        found = [mended(s, text, notes, words, known) for s in read_said(model, text, notes.sentences, quotations)]
        made = [_Made(s, ENCODER) for s in found]
        silent = find_described(words, quotations, known)
        if next(known.rumour.find(text.content), None) is not None:
            silent += [s for s in _by_clauses(words, notes, quotations, language) if s.build == "rumour"]
        made += [_Made(s, RULES) for s in _not_among(silent, found)]
        made.sort(key=lambda m: m.said.cue)
        return msgspec.structs.replace(notes, claims=_claims(text, notes, made, quotations, language))

    return step


def plain_letter(text: Text, notes: Notes, language: Language) -> bool:
    """Whether a text taken for a letter is signed or greets somebody; a column in the first person is neither."""
    if notes.genre != "letter":
        return False
    greeting = Phrases.of(vocabulary("genre", language)["salutation"]).find(text.content, 0, HEAD)
    return notes.author is not None or next(greeting, None) is not None


def _by_clauses(words: Words, notes: Notes, quotations: Sequence[Quotation], language: Language) -> list[Said]:
    return find_said(words, quotations, language=language, run_on=notes.genre != "news")


def _not_among(more: Sequence[Said], found: Sequence[Said]) -> list[Said]:
    """What patterns tell that was not found already: another cue, other words."""
    return [
        said for said in more
        if all(s.cue[1] <= said.cue[0] or said.cue[1] <= s.cue[0] for s in found)
        and not any(_alike(said, other) for other in found)
    ]  # fmt: skip


def _alike(one: Said, other: Said) -> bool:
    """Whether two attributions hold mostly the same words."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one.contents for c, d in other.contents)
    size = sum(b - a for a, b in one.contents) + sum(d - c for c, d in other.contents)
    return shared * 2 > 0.7 * size


def _claims(
    text: Text, notes: Notes, made: Sequence[_Made], quotations: Sequence[Quotation], language: Language
) -> tuple[Claim, ...]:
    people = _with_signer(text, notes, gather_people(text, notes, language))
    said = [m.said for m in made]
    above = parents(said)
    sources = sources_of(text, notes, said, above, people, quotations, language)
    claims: list[Claim] = []
    for number, (one, maker) in enumerate(made):
        source = sources[number]
        if source.kind == "author" and notes.genre == "letter" and one.build != "impersonal" and not _plain(text, one):
            continue
        if maker is RULES and (only_relays(number, said, above) or _mere_echo(number, said, above)):
            continue
        chain = _chain(text, one, number, above, sources, people, language)
        if one.relayed:
            source = resolve(text, one.relayed[-1], one.cue, Near(0), people, language)
        content = " ".join(text.content[a:b] for a, b in one.contents)
        end = max(one.contents[-1][1], one.cue[1])
        words = " ".join(q.exact for q in source.quotes)
        stance = tell_stance(
            text.content[slice(*one.cue)],
            content,
            source=words,
            known_as=() if source.person is None else notes.people[source.person].aliases,
            role=role_of(words, source.person, people, language),
            institution=_institution(notes, source),
            genre=notes.genre,
            language=language,
            build=one.build,
            after=text.content[end : end + 160],
        )
        for contents in _apart(text, one, language):
            claims.append(
                Claim(
                    contents=tuple(text.quote(a, b) for a, b in contents),
                    source=source,
                    form=_form(contents, quotations),
                    stance=stance,
                    confidence=one.confidence,
                    maker=maker,
                    cue=text.quote(*one.cue),
                    chain=chain,
                )
            )
    return tuple(_overall(text, notes, claims, people.author, language)) + tuple(claims)


def _mere_echo(number: int, said: Sequence[Said], above: Sequence[int | None]) -> bool:
    """Whether an unnamed report stands inside a named one and adds nothing to it: "X said that word is …"."""
    parent = above[number]
    return parent is not None and said[number].whose == "unnamed" and said[parent].whose == "named"


def _with_signer(text: Text, notes: Notes, people: People) -> People:
    """For an official paper, whoever is named last of all at its foot is taken for its author."""
    if notes.genre != "official" or people.author is not None or not people.seen:
        return people
    last = max(people.seen, key=lambda s: s.end)
    return people._replace(author=last.person) if len(text.content) - last.end < FOOT else people


def _overall(text: Text, notes: Notes, claims: Sequence[Claim], author: int | None, language: Language) -> list[Claim]:
    """The writer's own claim, for letters and petitions; for an authority's paper, each of its findings."""
    if notes.genre == "news":
        return []
    reported = [(q.start, q.end) for c in claims if c.source.kind != "author" for q in c.contents]
    found = list(find_findings(text, notes, reported, language=language)) if notes.genre == "official" else []
    if not found:
        point = main_point(text, notes, reported, language=language)
        found = [] if point is None else [(*point, "asserts")]
    return [
        Claim(
            contents=(text.quote(begin, end),),
            source=Source(kind="author", person=author),
            form="narrated",
            stance=stance,
            confidence=OVERALL,
            maker=RULES,
        )
        for begin, end, stance in found
    ]


def _plain(text: Text, said: Said) -> bool:
    """Whether the writer plainly reports own words: "I told the captain that …", with "that" or a quotation."""
    between = text.content[said.cue[1] : said.contents[0][0]]
    return bool(re.search(r"\b(?:that|que)\b|[\"“«:]", between + text.content[said.contents[0][0]]))


def _chain(
    text: Text,
    one: Said,
    number: int,
    above: Sequence[int | None],
    sources: Sequence[Source],
    people: People,
    language: Language,
) -> tuple[Source, ...]:
    """Who handed the words on, outermost first, the document's author and the speaker left out."""
    last = sources[number]
    around = [sources[n] for n in reporters(number, above)]
    if one.relayed:
        around.append(last)
        around += [resolve(text, span, one.cue, Near(0), people, language) for span in one.relayed[:-1]]
        last = resolve(text, one.relayed[-1], one.cue, Near(0), people, language)
    chain: list[Source] = []
    for source in around:
        same = source.person is not None and source.person in {last.person, *(c.person for c in chain)}
        if source.kind == "mention" and not same:
            chain.append(source)
    return tuple(chain)


def _institution(notes: Notes, source: Source) -> bool:
    """Whether the words that name a source name an authority or a facility, and no person."""
    if source.person is not None:
        return False
    return any(m.kind in BODIES for q in source.quotes for m in mentions_within(notes, q.start, q.end))


def _apart(text: Text, said: Said, language: Language) -> list[tuple[tuple[int, int], ...]]:
    """Contents that can be true or false apart: "… said that X and that Y"."""
    if len(said.contents) > 1:
        return [said.contents]
    begin, end = said.contents[0]
    if not lists(language).groups["and_that"]:
        return [said.contents]
    joints = "|".join(re.escape(w) for w in sorted(lists(language).groups["and_that"], key=len, reverse=True))
    joint = re.search(rf",?\s(?:{joints})\s", text.content[begin:end])
    quoted = joint and text.content[begin : begin + joint.start()].count('"') % 2
    if joint is None or quoted or joint.start() < 8 or end - begin - joint.end() < 8:
        return [said.contents]
    return [((begin, begin + joint.start()),), ((begin + joint.end(), end),)]


def _form(contents: Sequence[tuple[int, int]], quotations: Sequence[Quotation]) -> Form:
    """Direct where all is quoted, mixed where part is, otherwise indirect."""
    size = sum(b - a for a, b in contents)
    quoted = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in contents for q in quoted_within(quotations, a, b))
    if quoted >= size - 2:
        return "direct"
    return "mixed" if quoted > 2 else "indirect"
