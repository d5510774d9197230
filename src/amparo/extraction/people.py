"""Who is who within one document: one person under all the names and descriptions it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from amparo.domain.notes import Notes
from amparo.domain.parties import Person, PersonRole
from amparo.domain.text import Language, Text
from amparo.extraction.appositions import in_apposition, is_alias
from amparo.extraction.components import Step
from amparo.extraction.naming import agree, name_parts
from amparo.extraction.persons import PersonFound, find_persons
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.signature import find_signature
from amparo.extraction.vocabulary import vocabulary


_ARTICLE = re.compile(r"(?<!\w)(?:el|la|the|El|La|The) $")


@dataclass(eq=False)
class _Somebody:
    """A person while the document is being read."""

    names: list[str] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    nouns: set[str] = field(default_factory=set)
    role: PersonRole = "other"
    gender: str = ""
    count: int = 0
    last_seen: int = -1
    places: list[tuple[int, int]] = field(default_factory=list)

    def see(self, found: PersonFound, words: str) -> None:
        self.forms.setdefault(words)
        if found.name:
            self.forms.setdefault(found.name)
            self.names.append(found.name)
        if found.nickname:
            self.forms.setdefault(found.nickname)
            self.names.append(found.nickname)
        if self.role == "other":
            self.role = found.role
        self.gender = self.gender or found.gender
        self.count += 1
        self.last_seen = found.start
        self.places.append((found.start, found.end))

    @property
    def name(self) -> str:
        if self.names:
            return max(self.names, key=lambda n: (len(name_parts(n)), len(n)))
        return next(iter(self.forms))


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
    other = tuple((m.quote.start, m.quote.end) for m in notes.mentions if m.kind != "person")
    found = sorted(find_persons(content, language=language, taken=other), key=lambda p: p.start)
    everybody: list[_Somebody] = []
    signature = find_signature(content, language=language) if notes.genre == "letter" else None
    if signature is not None:
        words = content[slice(*signature)]
        author = _Somebody()
        author.see(PersonFound(*signature, words, "", "other", "", "name"), words)
        everybody.append(author)
        found = [p for p in found if not (p.start < signature[1] and signature[0] < p.end)]
        found.extend(_own_name(content, words, signature, found))
        found.sort(key=lambda p: p.start)
    # Full names first: a surname alone goes to the one it belongs to, wherever in the document he is named in full.
    for person in sorted((p for p in found if p.kind == "name"), key=lambda p: len(name_parts(p.name)) < 2):
        _named(everybody, person, content)
    epithets = [p for p in found if p.kind == "epithet"]
    for index, person in enumerate(found):
        words = content[person.start : person.end]
        if person.kind != "description" or _plural(words):
            continue
        if person.role == "detained" and notes.genre != "letter" and not _indefinite(words):
            epithets.append(person)  # "my client", "el interno": the one a report is about
        else:
            _described(everybody, person, content, found[index + 1 :], language)
    _join_appositions(everybody, found, content, language)
    everybody = _without_doubles(everybody)
    _epithets(everybody, epithets, content, notes.genre)
    _roles(everybody, content, notes, language, author_first=signature is not None)
    by_place = {(m.quote.start, m.quote.end): i for i, m in enumerate(notes.mentions)}
    people = tuple(
        Person(
            name=" ".join(p.name.split()),
            aliases=tuple(p.forms),
            role=p.role,
            mentions=tuple(by_place[place] for place in p.places if place in by_place),
        )
        for p in everybody
    )
    return people, 0 if signature is not None else None


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
                yield PersonFound(*match.span(), content[slice(*match.span())], "", "other", "", "name")


def _named(everybody: list[_Somebody], person: PersonFound, content: str) -> None:
    words = content[person.start : person.end]
    candidates = [
        p
        for p in everybody
        if any(agree(person.name, name) for name in p.names) and (not person.gender or p.gender in {"", person.gender})
    ]
    if not candidates and person.nickname:
        candidates = [p for p in everybody if any(fold(person.nickname) == fold(name) for name in p.names)]
    if candidates:
        exact = [p for p in candidates if any(fold(person.name) == fold(name) for name in p.names)]
        chosen = max(exact or candidates, key=lambda p: (p.role != "family", p.count, -p.places[0][0]))
    else:
        chosen = _Somebody()
        everybody.append(chosen)
    chosen.see(person, words)
    if article := _ARTICLE.search(content, max(0, person.start - 4), person.start):
        chosen.forms.setdefault(content[article.start() : person.end])
    title = fold(words[: len(words) - len(person.name)]).strip(" .")
    if title:
        chosen.nouns.add(title.split()[-1])


def _described(
    everybody: list[_Somebody], person: PersonFound, content: str, after: Sequence[PersonFound], language: Language
) -> None:
    words = content[person.start : person.end]
    noun = fold(words).split()[-1]
    following = next((p for p in after[:1] if p.kind == "name"), None)
    if following is not None and in_apposition(content, person.end, following.start, language=language):
        return
    same = [p for p in everybody if noun in p.nouns]
    if same and not _indefinite(words):
        chosen = max(same, key=lambda p: p.last_seen)
    else:
        chosen = _Somebody()
        everybody.append(chosen)
    chosen.nouns.add(noun)
    chosen.see(person, words)


def _indefinite(words: str) -> bool:
    first = fold(words).split()[0]
    return first in {"a", "an", "one", "another", "some", "un", "una", "otro", "otra", "unos", "unas"}


def _join_appositions(
    everybody: list[_Somebody], found: Sequence[PersonFound], content: str, language: Language
) -> None:
    """Give a name the description beside it: "my boss Mr. Lee", "Ms. Lee, the counselor"."""
    owner = {place: p for p in everybody for place in p.places}
    for first, second in zip(found, found[1:], strict=False):
        kinds = (first.kind, second.kind)
        if kinds == ("description", "name") and in_apposition(content, first.end, second.start, language=language):
            somebody, described = owner.get((second.start, second.end)), first
            combined = content[first.start : second.end]
            long = re.sub(r",? (?:el|la|don|doña|the)?$", "", content[first.start : second.start].rstrip(" “\"«"))
        elif kinds == ("name", "name") and is_alias(content, first.end, second.start, language=language):
            somebody, other = owner.get((first.start, first.end)), owner.get((second.start, second.end))
            if somebody is not None and other is not None and somebody is not other:
                for form in (*other.forms, content[first.start : second.end + 1].rstrip(" .,;:")):
                    somebody.forms.setdefault(form)
                somebody.names.extend(other.names)
                somebody.places.extend(other.places)
                somebody.count += other.count
                everybody.remove(other)
                owner.update(dict.fromkeys(other.places, somebody))
            continue
        elif kinds == ("name", "description") and content[first.end : second.start] == ", ":
            somebody, described = owner.get((first.start, first.end)), second
            combined, long = content[first.start : second.end], content[second.start : second.end]
        else:
            continue
        if somebody is None or owner.get((described.start, described.end)) not in {None, somebody}:
            continue
        for form in (content[described.start : described.end], long, combined):
            somebody.forms.setdefault(form)
        somebody.nouns.add(fold(content[described.start : described.end]).split()[-1])
        if somebody.role == "other":
            somebody.role = described.role


def _without_doubles(everybody: list[_Somebody]) -> list[_Somebody]:
    """Give what was said of "his son" to the person later called "his son, Ovidio", if only one is called so."""
    kept = []
    for person in everybody:
        owners = [
            p
            for p in everybody
            if p.names and not person.names and {fold(f) for f in person.forms} <= {fold(f) for f in p.forms}
        ]
        if len(owners) == 1 and not person.names:
            owners[0].places.extend(person.places)
            owners[0].count += person.count
            owners[0].forms.update(person.forms)
        else:
            kept.append(person)
    return kept


def _epithets(everybody: list[_Somebody], epithets: Sequence[PersonFound], content: str, genre: str) -> None:
    """Give "the cartel boss" to the person a report is about, if it is plainly about one."""
    if genre == "letter" or not epithets:
        return
    named = sorted(
        (p for p in everybody if p.names and p.role in {"other", "detained"}), key=lambda p: (-p.count, p.places[0])
    )
    if not named:
        return
    for epithet in epithets:
        named[0].see(epithet._replace(name="", nickname=""), content[epithet.start : epithet.end])


def _roles(everybody: list[_Somebody], content: str, notes: Notes, language: Language, *, author_first: bool) -> None:
    words = vocabulary("people", language)["words"]
    if author_first:
        author = everybody[0]
        number_near = any(
            m.kind == "register-number" and abs(m.quote.start - author.places[0][1]) < 120 for m in notes.mentions
        )
        own = sum(1 for _ in Phrases.of(words["held_self"]).find(content))
        kin = sum(1 for _ in Phrases.of(words["held_kin"]).find(content))
        author.role = "detained" if number_near or own >= kin else "family"
    if notes.genre != "letter":
        held = [s.start for s in Phrases.of(words["held_news"]).find(content)]
        for person in everybody:
            beside = sum(1 for start, end in person.places if any(-40 <= at - end <= 90 for at in held))
            if person.role == "other" and person.names and beside * 3 >= len(person.places):
                person.role = "detained"


def _plural(words: str) -> bool:
    last = fold(words).split()[-1]
    return last.endswith("s") and last not in {"boss", "moms", "cos", "sis", "pops", "witness"}


def who_is_named(people: Sequence[Person], words: str) -> Iterator[int]:
    """Indices of the people who carry these words among their forms.

    >>> list(who_is_named([Person(name="Ada Pike", aliases=("Ada Pike", "Ms. Pike"))], "ms. pike"))
    [0]
    """
    wanted = fold(" ".join(words.split()))
    for index, person in enumerate(people):
        if wanted in {fold(" ".join(a.split())) for a in (person.name, *person.aliases)}:
            yield index
