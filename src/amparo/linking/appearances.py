"""What one document knows of each of its people, taken from its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amparo.domain.claims import Mention
from amparo.domain.identities import Appearance, Happening, RegisterNumber, Relation, Sex, Stay
from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.linking.names import DETERMINERS, is_description, name_parts
from amparo.linking.spelling import latin
from amparo.linking.words import kin

NUMBER_NEAR = 120
"""How near a register number stands to the name of the one who bears it, in characters."""
_FEDERAL = re.compile(r"\d{5}-\d{3}")
"""The shape of a register number of the US Bureau of Prisons, which no other system of the vocabulary shares."""
_MINE = frozenset({"my", "mi"})
_THEIRS = frozenset({"his", "her", "su", "their"})


def appearances_of(document: str, notes: Notes) -> tuple[Appearance, ...]:
    """Everybody a document names, with what its notes tell of them. People it only describes are left out.

    Args:
        document: the document's id.
        notes: what was noted about its text.

    >>> sister = Person(name="Ada Pike", aliases=("Ada", "my sister, Ada Pike"))
    >>> notes = Notes(people=(sister, Person(name="the nurse", aliases=())))
    >>> [(a.id, a.sex) for a in appearances_of("letter-1", notes)]
    [('letter-1#0', 'f')]
    """
    numbers = tuple(_bearers(notes))
    return tuple(
        Appearance(
            document=document,
            person=index,
            name=person.name,
            aliases=tuple(alias for alias in person.aliases if alias != person.name),
            role=person.role,
            numbers=tuple(dict.fromkeys(number_of(m) for m, bearer in numbers if bearer == index)),
            stays=tuple(_stays(index, notes)),
            happenings=tuple(
                dict.fromkeys(Happening(kind=e.kind, when=e.when) for e in notes.events if e.person == index and e.when)
            ),
            relations=tuple(dict.fromkeys(_relations(index, person, notes))),
            sex=_sex(person),
        )
        for index, person in enumerate(notes.people)
        if not is_description(person.name)
    )


def number_of(mention: Mention) -> RegisterNumber:
    """A mentioned register number, with its system where its shape alone tells it."""
    return RegisterNumber(number=mention.normal, system="us.bop" if _FEDERAL.fullmatch(mention.normal) else "")


def _bearers(notes: Notes) -> Iterator[tuple[Mention, int]]:
    """Each register number and who bears it: whoever is named last before it, else the one detained."""
    for mention in notes.mentions:
        if mention.kind != "register-number":
            continue
        before = [
            (mention.quote.start - notes.mentions[m].quote.end, index)
            for index, person in enumerate(notes.people)
            for m in person.mentions
            if m < len(notes.mentions) and 0 <= mention.quote.start - notes.mentions[m].quote.end <= NUMBER_NEAR
        ]
        detained = _the_one_detained(notes)
        if before and (detained is None or min(before)[1] == detained):
            yield mention, min(before)[1]
        elif detained is not None:
            yield mention, detained


def _the_one_detained(notes: Notes) -> int | None:
    """The writer, if detained; else the only person named who is."""
    if notes.author is not None and notes.people[notes.author].role == "detained":
        return notes.author
    held = [i for i, p in enumerate(notes.people) if p.role == "detained" and not is_description(p.name)]
    return held[0] if len(held) == 1 else None


def _stays(index: int, notes: Notes) -> Iterator[Stay]:
    """Where the one detained is held, on the day of writing; a facility merely spoken of is nobody's stay."""
    if index != _the_one_detained(notes):
        return
    proposed = [p.value for p in notes.proposals if p.fact == "facility" and isinstance(p.value, str)]
    named = {m.normal for m in notes.mentions if m.kind == "facility"}
    for facility in dict.fromkeys(proposed or (named if len(named) == 1 else ())):
        yield Stay(facility=facility, when=notes.written if index == notes.author else None)


def _relations(index: int, person: Person, notes: Notes) -> Iterator[Relation]:
    """What a person is called beside the writer or the one detained: "my brother", "his mother, Denise"."""
    detained = _the_one_detained(notes)
    for alias in person.aliases:
        first, *others = re.findall(r"[\w-]+", latin(alias)) or [""]
        said = next((" ".join(others[:length]) for length in (3, 2, 1) if " ".join(others[:length]) in kin()), None)
        of = notes.author if first in _MINE else detained if first in _THEIRS else None
        if said is not None and of is not None and of != index:
            yield Relation(of=of, words=said)


def _sex(person: Person) -> Sex | None:
    """By titles and words for relatives, where they agree."""
    told: set[Sex] = set()
    for alias in (person.name, *person.aliases):
        first, *others = re.findall(r"[\w-]+", latin(alias)) or [""]
        relative = kin().get(others[0]) if others and first in DETERMINERS else None
        sex = name_parts(alias).sex or relative
        if sex is not None:
            told.add(sex)
    return told.pop() if len(told) == 1 else None
