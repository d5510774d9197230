"""Everything a document names: people, facilities, authorities, places, dates, numbers and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from amparo.domain.claims import Mention, MentionKind
from amparo.domain.dates import PartialDate
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction.components import Step
from amparo.extraction.facilities import find_facilities
from amparo.extraction.numbers import find_numbers
from amparo.extraction.paper.headlines import is_headline
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.dates import find_dates
from amparo.extraction.who.persons import find_persons

MAKER = Maker(component="mentions.rules", version="1")


def by_rules(language: Language, settings: Mapping[str, str]) -> Step:
    """Make the component that finds mentions by lists, titles, capitals and the shapes of numbers and dates."""

    def step(text: Text, notes: Notes) -> Notes:
        found = sorted(find_mentions(text, notes, language=language), key=lambda m: (m.quote.start, -m.quote.end))
        return msgspec.structs.replace(notes, mentions=tuple(found))

    return step


def find_mentions(text: Text, notes: Notes, *, language: Language) -> Iterator[Mention]:
    """Every mention in a text, in no particular order.

    Args:
        text: the reading.
        notes: with the day of writing and the genre, from which dates are reckoned.
        language: whose word lists to use.
    """
    content = text.content
    written = notes.written.latest if notes.written is not None else None
    taken: list[tuple[int, int]] = []

    def mention(start: int, end: int, kind: MentionKind, normal: str, when: PartialDate | None = None) -> Mention:
        taken.append((start, end))
        return Mention(quote=text.quote(start, end), kind=kind, normal=normal, when=when, maker=MAKER)

    for number in find_numbers(content):
        yield mention(number.start, number.end, number.kind, number.normal)
    for date in find_dates(content, language=language, written=written, printed=notes.genre == "news"):
        words = content[date.start : date.end].rstrip(" ,.")
        meant = msgspec.structs.replace(date.meant, written=words) if date.meant is not None else None
        yield mention(date.start, date.start + len(words), "date", str(date.named) if date.named else "", meant)
    for facility in find_facilities(content, language=language):
        yield mention(facility.start, facility.end, "facility", facility.normal)
    for found in _institutions(content, language):
        if not any(found[0] < e and s < found[1] for s, e in taken):
            yield mention(*found)
    for person in find_persons(content, language=language, taken=tuple(taken)):
        yield mention(person.start, person.end, "person", person.name or content[person.start : person.end].lower())
    for place in Phrases.of(vocabulary("institutions", language)["places"]).find(content):
        if content[place.start].isupper() and not any(place.start < e and s < place.end for s, e in taken):
            yield mention(place.start, place.end, "place", content[place.start : place.end])


_CAPITALS = re.compile(
    r"(?<!\w)[A-ZÁÉÍÓÚÑ][\w’'&.-]*(?:\s+(?:of|for|the|and|de|del|de la|los|las|la|y|e|en|on|in)(?=\s+[A-ZÁÉÍÓÚÑ])"
    r"|\s+[A-ZÁÉÍÓÚÑ][\w’'&.-]*|\s+(?:of|de|del|de la)\s+[A-ZÁÉÍÓÚÑ][\w’'&.-]*)*"
)


def _institutions(content: str, language: Language) -> Iterator[tuple[int, int, MentionKind, str]]:
    words = vocabulary("institutions", language)
    openers = frozenset(vocabulary("people", language)["words"]["not_names"])
    authority, organisation = Phrases.of(words["authority"]), Phrases.of(words["organisation"])
    headlines = [match.span() for match in re.finditer(r"[^\n]+", content) if is_headline(match.group())]
    for match in _CAPITALS.finditer(content):
        if any(first <= match.start() < last for first, last in headlines):
            continue
        start, name = match.start(), match.group().split("\n")[0].rstrip(" .,")
        while (first := name.split(" ")[0]).lower() in openers and " " in name:
            start, name = start + len(first) + 1, name[len(first) + 1 :]
        if not name or not name[0].isupper():
            continue
        if any(True for _ in authority.find(name)):
            yield start, start + len(name), "authority", name
        elif any(True for _ in organisation.find(name)) and " " in name:
            yield start, start + len(name), "organisation", name
