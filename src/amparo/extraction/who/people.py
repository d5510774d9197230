"""Who is who within one document: one person under all the names and descriptions it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Language, Text
from amparo.extraction.components import Step
from amparo.extraction.paper.mail_headers import find_headers
from amparo.extraction.phrases import fold
from amparo.extraction.who.appositions import join_appositions
from amparo.extraction.who.cast import Cast, Somebody
from amparo.extraction.who.naming import agree, name_parts, pet_names
from amparo.extraction.who.person_found import PersonFound
from amparo.extraction.who.person_words import person_words
from amparo.extraction.who.persons import find_persons, is_post
from amparo.extraction.who.references import resolve_descriptions
from amparo.extraction.who.relations import join_held_relative, tie_relations
from amparo.extraction.who.signature import find_signature, name_in_full
from amparo.extraction.who.standing import tell_roles

_ARTICLE = re.compile(r"(?<!\w)(?:el|la|the|El|La|The) $")


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that joins names, titles, kinship words and epithets into people."""

    def step(text: Text, notes: Notes) -> Notes:
        people, author = find_people(text, notes, language=language)
        return msgspec.structs.replace(notes, people=people, author=author)

    return step


def find_people(text: Text, notes: Notes, *, language: Language) -> tuple[tuple[Person, ...], int | None]:
    """The people of a document, and the index of its author where that can be told.

    What the text does not support stays apart: a surname that two people share goes to neither silently,
    it goes to the one spoken of most.

    Args:
        text: the reading.
        notes: with genre and mentions.
        language: whose titles and kinship words to use.
    """
    content = text.content
    other = ((m.quote.start, m.quote.end) for m in notes.mentions if m.kind not in {"person", "place"})
    found = list(find_persons(content, language=language, taken=other))
    headers = find_headers(content, language=language)
    full: tuple[int, int] | None = None
    signature = find_signature(content, language=language, genre=notes.genre)
    if signature is None and headers is not None and notes.genre == "letter":
        signature = headers.sender
    if signature is not None:
        inner = next(
            (
                p
                for p in found
                if p.kind == "name"
                and p.noun
                and signature[0] <= p.start
                and p.end <= signature[1]
                and not p.determiner
            ),
            None,
        )
        name = inner.name if inner is not None else content[slice(*signature)]
        found = [p for p in found if not (p.start < signature[1] and signature[0] < p.end)]
        full = name_in_full(content, signature, language=language) if notes.genre == "letter" else None
        if full is not None:
            found = [p for p in found if not (p.start < full[1] and full[0] < p.end)]
            found.append(PersonFound(*full, content[slice(*full)], "", "other", "", "name", full[1]))
        found.extend(_own_name(content, name, signature, found))
        found.sort(key=lambda p: p.start)
    if headers is not None:
        for stretch in (headers.sender, *headers.recipients):
            if (
                stretch is not None
                and stretch != signature
                and not is_post(content[slice(*stretch)], language)
                and not any(p.start < stretch[1] and stretch[0] < p.end for p in found)
            ):
                found.append(PersonFound(*stretch, content[slice(*stretch)], "", "other", "", "name", stretch[1]))
        found.sort(key=lambda p: p.start)
    cast = Cast(content, notes.genre, language, notes, person_words(language), found)
    if signature is not None:
        cast.author = cast.meet(PersonFound(*signature, name, "", "other", "", "name", signature[1]))
        cast.author.names.append(name)
        cast.author.call(name)
        if full is not None:
            cast.author.names.append(content[slice(*full)])  # "el Brandon" at the foot of a letter by Brandon Cortina
    # Full names first: a surname alone goes to the one it belongs to, wherever in the document he is named in full.
    for person in sorted((p for p in found if p.kind == "name"), key=lambda p: len(name_parts(p.name)) < 2):
        _named(cast, person)
    join_appositions(cast)
    resolve_descriptions(cast)
    tie_relations(cast)
    tell_roles(cast)
    join_held_relative(cast)
    return _written_down(cast)


def _written_down(cast: Cast) -> tuple[tuple[Person, ...], int | None]:
    by_place = {(m.quote.start, m.quote.end): i for i, m in enumerate(cast.notes.mentions)}
    people = tuple(
        Person(
            name=" ".join(p.name.split()),
            aliases=tuple(f for f in p.forms if f),
            role=p.role,
            mentions=tuple(by_place[place] for place in sorted(p.places) if place in by_place),
        )
        for p in cast.everybody
    )
    return people, cast.everybody.index(cast.author) if cast.author is not None else None


def _own_name(
    content: str, name: str, signature: tuple[int, int], found: Sequence[PersonFound]
) -> Iterator[PersonFound]:
    """Where the writer uses the own name or a part of it elsewhere, also in a letter that knows no capitals."""
    folded = fold(content)
    for part in (p for p in name_parts(name) if len(p) > 3):
        for match in re.finditer(rf"(?<![\w-]){re.escape(part)}(?![\w-])", folded):
            free = not any(p.start < match.end() and match.start() < p.end for p in found)
            apart = not signature[0] <= match.start() < signature[1]
            capital = content[match.start()].isupper() or name.islower()
            if free and apart and capital:
                yield PersonFound(*match.span(), content[slice(*match.span())], "", "other", "", "name", match.end())


def _named(cast: Cast, person: PersonFound) -> None:
    chosen = _who(cast, person)
    if chosen is None:
        chosen = cast.meet(person)
    else:
        cast.give(chosen, person)
    _noun_before(cast, chosen, person)
    chosen.names.append(person.name)
    chosen.call(person.name)
    if person.nickname:
        chosen.names.append(person.nickname)
        chosen.call(person.nickname)
    said = cast.said(person)
    owned = re.search(r"[\w]['’]s $", cast.content[max(0, person.start - 6) : person.start])
    if owned and cast.words.nouns.get(person.noun, ("",))[0] == "family" and chosen.role == "other":
        chosen.role = "family"  # "Pike's sister Nora"
    if person.role == "family" and not person.determiner and len(said) > len(person.name):
        chosen.titled.append(said)
    if person.determiner:
        chosen.call(said[: len(said) - len(person.name)], said[len(person.determiner) :])
    if article := _ARTICLE.search(cast.content, max(0, person.start - 4), person.start):
        chosen.call(cast.content[article.start() : person.end])
        if person.noun in cast.words.nouns and cast.words.nouns[person.noun][0] in {"official", "judge", "guard"}:
            chosen.call(cast.content[article.start() : person.end - len(person.name)])


def _noun_before(cast: Cast, chosen: Somebody, person: PersonFound) -> None:
    """A trade just before a name: "actor Dan Marsh", and at the head of a sentence "Television cook Ana Marsh"."""
    before = re.search(
        r"(?:^|(?<=[\s(]))(?:(?P<two>[\w-]+)[ \t]+)?(?P<one>[\w-]+)[ \t]$",
        cast.content[max(0, person.start - 50) : person.start],
    )
    if before is None or person.determiner:
        return
    one, two = fold(before["one"]), fold(before["two"] or "")
    if one not in cast.words.nouns or two in cast.words.determiners | cast.words.possessive:
        return
    start = person.start - len(before.group()) + before.start("one") - before.start()
    chosen.call(cast.content[start : person.end])
    if before["two"] and before["two"][0].isupper() and two not in cast.words.not_names:
        chosen.call(cast.content[start - (before.start("one") - before.start("two")) : person.end])
    chosen.nouns.add(one)
    if chosen.role == "other":
        chosen.role = cast.words.nouns[one][0]


def _who(cast: Cast, person: PersonFound) -> Somebody | None:
    same = [
        p
        for p in cast.everybody
        if any(fold(person.name) == fold(n) for n in p.names) and p.gender in {"", person.gender or p.gender}
    ]
    if len(same) == 1:
        return same[0]
    candidates = [
        p
        for p in cast.everybody
        if any(agree(person.name, name) for name in p.names) and (not person.gender or p.gender in {"", person.gender})
    ]
    if not candidates and person.nickname:
        candidates = [p for p in cast.everybody if any(fold(person.nickname) == fold(name) for name in p.names)]
    if not candidates and re.fullmatch(r"(?:[A-Z]\.){2,3}", person.name):
        letters = sorted(c for c in fold(person.name) if c.isalpha())
        candidates = [
            p for p in cast.everybody if p.names and sorted(n[0] for n in name_parts(p.name) if len(n) > 1) == letters
        ]
        return candidates[0] if len(candidates) == 1 else None
    if not candidates and len(name_parts(person.name)) == 1:
        full = pet_names(cast.language).get(fold(person.name), frozenset())
        candidates = [p for p in cast.everybody if any(name_parts(n)[:1] and name_parts(n)[0] in full for n in p.names)]
        return candidates[0] if len(candidates) == 1 else None
    if not candidates:
        return None
    exact = [p for p in candidates if any(fold(person.name) == fold(name) for name in p.names)]
    return max(exact or candidates, key=lambda p: (p.role != "family", p.count, -p.places[0][0]))


def who_is_named(people: Sequence[Person], words: str) -> Iterator[int]:
    """Indices of the people who carry these words among their forms.

    >>> list(who_is_named([Person(name="Ada Pike", aliases=("Ada Pike", "Ms. Pike"))], "ms. pike"))
    [0]
    """
    wanted = fold(" ".join(words.split()))
    for index, person in enumerate(people):
        if wanted in {fold(" ".join(a.split())) for a in (person.name, *person.aliases)}:
            yield index
