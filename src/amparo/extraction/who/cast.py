"""The people of one document while it is being read: who has been met, and which words belong to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amparo.domain.notes import Genre, Notes
from amparo.domain.parties import PersonRole
from amparo.domain.text import Language
from amparo.extraction.phrases import fold
from amparo.extraction.who.naming import name_parts
from amparo.extraction.who.person_found import PersonFound
from amparo.extraction.who.person_words import PersonWords

INDEFINITE = frozenset({"a", "an", "one", "another", "some", "two", "three", "several", "un", "una", "otro", "otra"})


@dataclass(eq=False)
class Somebody:
    """A person while the document is being read."""

    names: list[str] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    nouns: set[str] = field(default_factory=set)
    role: PersonRole = "other"
    gender: str = ""
    client: Somebody | None = None
    titled: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest name, or else the first description."""
        if self.names:
            full = max(self.names, key=lambda n: (len(name_parts(n)), len(n)))
            return full if len(name_parts(full)) > 1 else next((f for f in self.titled if f.endswith(full)), full)
        return next(iter(self.forms))

    @property
    def count(self) -> int:
        """How often the document speaks of this person."""
        return len(self.places)

    def call(self, *forms: str) -> None:
        """Note forms of words used for this person."""
        for form in forms:
            self.forms.setdefault(form.strip(" ,;:\n"))


@dataclass(eq=False)
class Cast:
    """Everybody in a document, with what is needed to tell them apart.

    Args:
        content: the words.
        genre, language: of the document.
        notes: with sentences and mentions.
        words: the language's lists.
        found: every name and description, in order.
        everybody: who has been met so far.
        author: who signed, if anybody did.
    """

    content: str
    genre: Genre
    language: Language
    notes: Notes
    words: PersonWords
    found: Sequence[PersonFound]
    everybody: list[Somebody] = field(default_factory=list)
    owner: dict[tuple[int, int], Somebody] = field(default_factory=dict)
    author: Somebody | None = None

    def said(self, person: PersonFound) -> str:
        """The words that stand for somebody, as written."""
        return self.content[person.start : person.end]

    def give(self, somebody: Somebody, person: PersonFound) -> None:
        """Note that these words stand for this person."""
        place = (person.start, person.end)
        somebody.call(self.said(person))
        if person.core and person.core < person.end:
            somebody.call(self.content[person.start : person.core])
        if person.noun:
            somebody.nouns.add(person.noun)
        if somebody.role == "other":
            somebody.role = person.role
        somebody.gender = somebody.gender or person.gender
        if place not in somebody.places:
            somebody.places.append(place)
        self.owner[place] = somebody

    def meet(self, person: PersonFound) -> Somebody:
        """Somebody not met before."""
        somebody = Somebody()
        self.everybody.append(somebody)
        self.give(somebody, person)
        return somebody

    def merge(self, kept: Somebody, other: Somebody) -> None:
        """Two turn out to be one."""
        if kept is other:
            return
        kept.names.extend(other.names)
        kept.forms.update(other.forms)
        kept.nouns |= other.nouns
        kept.titled.extend(other.titled)
        kept.places.extend(p for p in other.places if p not in kept.places)
        kept.gender = kept.gender or other.gender
        kept.client = kept.client or other.client
        if kept.role == "other":
            kept.role = other.role
        self.everybody.remove(other)
        for place, whose in self.owner.items():
            if whose is other:
                self.owner[place] = kept

    def whose(self, person: PersonFound) -> Somebody | None:
        """The person these words were found to stand for."""
        return self.owner.get((person.start, person.end))

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds a place."""
        for stretch in self.notes.sentences:
            if stretch.start <= at < stretch.end:
                return stretch.start, stretch.end
        return 0, len(self.content)

    def subject(self, gender: str = "") -> Somebody | None:
        """The detained person a document is about: spoken of most, earliest of two alike, else nobody."""
        able = [
            p
            for p in self.everybody
            if p.names
            and p.role in {"detained", "other"}
            and p is not self.author
            and not (gender and (p.gender or gender_of(p.name)) not in {"", gender})
        ]
        inside = [p for p in able if any(not self.notes.set_aside(*place) for place in p.places)]
        return max(inside, key=lambda p: (self._spoken_of(p), -p.places[0][0]), default=None)

    def _spoken_of(self, person: Somebody) -> float:
        """How much a document is about somebody: names count, being held counts, being one of many takes away."""
        kinds = [p for p in self.found if self.owner.get((p.start, p.end)) is person]
        one_of_many = any(p.determiner in INDEFINITE for p in kinds)
        return sum(p.kind == "name" for p in kinds) + 0.5 * (person.role == "detained") - one_of_many


def gender_of(name: str) -> str:
    """The gender a Spanish given name tells by its ending, or "" where it tells nothing.

    >>> (gender_of("Herminia Cuéllar"), gender_of("Anatolio Cuéllar"), gender_of("Yorman Pirela"))
    ('f', 'm', '')
    """
    first = (name_parts(name) or ("",))[0]
    if len(first) < 3 or len(name_parts(name)) < 2:
        return ""
    return (
        "f"
        if first.endswith("a") and first not in {"joshua", "luca", "elia", "garcia"}
        else "m"
        if first.endswith("o")
        else ""
    )


def last_word(words: str) -> str:
    """The folded last word of a phrase.

    >>> last_word("the unit Manager")
    'manager'
    """
    return fold(words).split()[-1]
