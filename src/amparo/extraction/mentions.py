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
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.dates import find_dates
from amparo.extraction.who.persons import find_persons, find_titled

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
    for found in _institutions(text, notes, language):
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


_CALL_SIGN = re.compile(r"(?<![\w-])[A-Z]{3,4} ?\d{1,2}(?: [A-ZÁÉÍÓÚÑ][\w’'-]*)+")
"""A broadcaster by its letters and channel, and where it is or what it is called: "WQX 4 Harbor"."""


def _institutions(text: Text, notes: Notes, language: Language) -> Iterator[tuple[int, int, MentionKind, str]]:
    content = text.content
    words = vocabulary("institutions", language)
    people = vocabulary("people", language)
    openers = frozenset(people["words"]["not_names"])
    authority, organisation = Phrases.of(words["authority"]), Phrases.of(words["organisation"])
    for found in _CALL_SIGN.finditer(content) if notes.genre == "news" else ():
        yield *found.span(), "organisation", found.group()
    for start, name in _capitals(content, notes):
        while (first := name.split(" ")[0]).lower() in openers and " " in name:
            start, name = start + len(first) + 1, name[len(first) + 1 :]
        end = start + len(name)
        if not name or not name[0].isupper():
            continue
        if _has_title(name, people["titles"]) and _is_somebody(content, start, end, language):
            continue  # "Warden Pike" is somebody, though a warden is an authority
        if any(True for _ in authority.find(name)):
            yield start, end, "authority", name
        elif any(True for _ in organisation.find(name)) and " " in name:
            yield start, end, "organisation", name


def _has_title(name: str, titles: Mapping[str, object]) -> bool:
    """Whether a title stands before the last word of a name."""
    return any(fold(word) in titles for word in name.split()[:-1])


def _is_somebody(content: str, start: int, end: int, language: Language) -> bool:
    """Whether words with capitals are a person by title and name."""
    titled = {p.end: p.start for p in find_titled(content, language=language)}
    return titled.get(end, end) <= start


def _capitals(content: str, notes: Notes) -> Iterator[tuple[int, str]]:
    """Runs of words with capitals, headlines left out; no name goes on into the next sentence."""
    headlines = [match.span() for match in re.finditer(r"[^\n]+", content) if is_headline(match.group())]
    sentences = [(s.start, s.end) for s in notes.sentences] or [(0, len(content))]
    for match in (m for stretch in sentences for m in _CAPITALS.finditer(content, *stretch)):
        if not any(first <= match.start() < last for first, last in headlines):
            yield match.start(), match.group().split("\n")[0].rstrip(" .,")
