"""Words that stand for people: names with and without titles, and descriptions such as "my cellie" or "su abogada"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from amparo.domain.parties import PersonRole
from amparo.domain.text import Language
from amparo.extraction.headlines import is_headline
from amparo.extraction.phrases import fold
from amparo.extraction.shapes import alternatives
from amparo.extraction.vocabulary import vocabulary

UPPER = "A-ZÁÉÍÓÚÑÜÄÖÇŠŽŁÀÈÌÒÙÂÊÎÔÛ"
_TOKEN = rf"(?:[{UPPER}]\.(?=\s|[{UPPER}])|[{UPPER}]\w*(?:['’][{UPPER}]\w+)?(?:-\w+(?:['’]\w+)?)*)"


class PersonFound(NamedTuple):
    """Words that stand for somebody.

    Args:
        start, end: the words with title or determiner; code points, half-open.
        name: the name without title and quotes, or "" for a description.
        nickname: a nickname inside the name, or "".
        role: what the title or noun tells.
        gender: m, f or "".
        kind: ``name``, ``description`` or ``epithet``.
    """

    start: int
    end: int
    name: str
    nickname: str
    role: PersonRole
    gender: str
    kind: str


class _Words(NamedTuple):
    titles: dict[str, tuple[PersonRole, str]]
    nouns: dict[str, tuple[PersonRole, str]]
    given: frozenset[str]
    not_names: frozenset[str]
    title_before: re.Pattern[str]
    names: re.Pattern[str]
    titled: re.Pattern[str]
    described: re.Pattern[str]
    epithets: re.Pattern[str]
    nicknamed: re.Pattern[str]
    greeted: re.Pattern[str]
    heads: frozenset[str]
    places: frozenset[str]


@cache
def person_words(language: Language) -> _Words:
    """The word lists of a language, made ready for searching."""
    file, institutions = vocabulary("people", language), vocabulary("institutions", language)
    said = file["words"]
    titles = {fold(t): (role, gender) for t, (role, gender) in file["titles"].items()}
    nouns = {fold(n): (role, gender) for n, (role, gender) in file["nouns"].items()}
    any_title = alternatives(dict.fromkeys(file["titles"]))
    particle = "|".join(re.escape(p) for p in sorted(said["particles"], key=len, reverse=True))
    short = "|".join(re.escape(t) for t in file["titles"] if len(t) <= 4)
    suffix = "|".join(re.escape(s) for s in said["suffixes"])
    name = (
        rf"(?:(?i:{short})\.[ \t]+)*{_TOKEN}"
        rf"(?:[ \t]+(?:[“\"‘'«(][^”\"’'»)\n]{{2,24}}[”\"’'»)][ \t]+)?(?:(?:{particle})[ \t]+){{0,2}}(?:(?i:{short})\.[ \t]+)?{_TOKEN})*"
        rf"(?:,?[ \t]+(?i:{suffix})\b\.?)?"
    )
    described = alternatives(dict.fromkeys(said["described"]))
    determiner = alternatives(dict.fromkeys(said["determiners"]))
    return _Words(
        titles=titles,
        nouns=nouns,
        given=frozenset(fold(g) for g in said["given"]),
        not_names=frozenset(fold(w) for w in said["not_names"]),
        title_before=re.compile(rf"(?<!\w)(?P<title>{any_title})\.?\s+$"),
        names=re.compile(rf"(?<![\w@/]){name}"),
        titled=re.compile(
            rf"(?<![\w@/])(?P<title>{any_title})\.?\s+(?P<name>[a-z][a-z'’-]{{2,}}(?:\s+[a-z]+-[a-z]+)?)"
        ),
        described=re.compile(
            rf"(?<!\w)(?P<determiner>{determiner})\s+(?:(?:{described})\s+){{0,2}}(?P<noun>{alternatives(dict.fromkeys(file['nouns']))})(?!\w)(?!['’]s\s+office)"
        ),
        epithets=re.compile(
            rf"(?<!\w)(?:the|el|la|al|del)\s+(?P<noun>{alternatives(dict.fromkeys(file['epithets']['words']))})(?!\w)"
        ),
        nicknamed=re.compile(
            rf"(?:(?<=\w )|(?<=[«“]))(?:el|la|El)[ \t]+(?P<name>(?![{UPPER}]{{2}}){_TOKEN}(?:[ \t]+{_TOKEN})?)(?![ \t]+(?:de|del)\b)(?!\w)"
        )
        if language == "es"
        else re.compile(rf"(?<!\w)El[ \t]+(?P<name>{_TOKEN})(?!\w)"),
        greeted=re.compile(
            rf"(?:^|\n)\s*(?:{alternatives(dict.fromkeys(said['greetings']))})\s+(?P<name>[a-z'-]{{3,}})(?!\w)"
        ),
        heads=frozenset(fold(w) for group in ("authority", "organisation", "not_persons") for w in institutions[group]),
        places=frozenset(fold(p) for p in institutions["places"]),
    )


def find_persons(content: str, *, language: Language, taken: Iterable[tuple[int, int]] = ()) -> Iterator[PersonFound]:
    """Everybody named or described, in no particular order.

    Args:
        content: the words.
        language: whose titles, kinship words and particles to use.
        taken: stretches that already name something else, such as a facility.

    >>> [p.name or p.role for p in find_persons("My cellie told Officer Brandle.", language="en")]
    ['Brandle', 'detained']
    """
    words, folded, occupied = person_words(language), fold(content), list(taken)

    def free(start: int, end: int) -> bool:
        return not any(start < e and s < end for s, e in occupied)

    named: list[PersonFound] = []
    for match in words.names.finditer(content):
        found = _named(match, content, folded, words)
        if found is not None and free(found.start, found.end):
            named.append(found)
    headlines = [match.span() for match in re.finditer(r"[^\n]+", content) if is_headline(match.group())]
    sure = [p for p in named if p.kind == "name" and not any(s <= p.start < e for s, e in headlines)]
    for start, end in headlines:
        # In a headline every word has a capital, so only names told elsewhere, or with a nickname, are names there.
        named = [p for p in named if not start <= p.start < end or p.nickname]
        named.extend(_told_elsewhere(sure, content, start, end))
    known = {part for p in sure for part in fold(p.name).split()}
    for found in sorted(named, key=lambda p: (p.start, -p.end)):
        if not free(found.start, found.end):
            continue
        if found.kind == "name" or fold(found.name) in known:
            occupied.append((found.start, found.end))
            yield found._replace(kind="name")
    for match in words.titled.finditer(folded) if writes_small(content) else ():
        start, end = match.span()
        if content[match.start("name")].islower() and free(start, end) and not _ordinary(match["name"], words):
            role, gender = words.titles[match["title"]]
            occupied.append((start, end))
            yield PersonFound(start, end, content[match.start("name") : end], "", role, gender, "name")
    for match in words.described.finditer(folded):
        if free(*match.span()):
            role, gender = words.nouns[" ".join(match["noun"].split())]
            yield PersonFound(*match.span(), "", "", role, gender, "description")
            occupied.append(match.span())
            beside = re.compile(rf",?[ \t]+(?P<name>{_TOKEN})(?!\w)").match(content, match.end())
            if beside and free(*beside.span("name")) and fold(beside["name"]) not in words.not_names | words.places:
                occupied.append(beside.span("name"))
                yield PersonFound(*beside.span("name"), beside["name"], "", role, gender, "name")
    for match in words.nicknamed.finditer(content):
        if free(*match.span()) and fold(match["name"]) not in words.not_names | words.places | words.heads:
            occupied.append(match.span())
            yield PersonFound(*match.span(), content[slice(*match.span())], "", "other", "", "name")
    for match in words.greeted.finditer(folded):
        if content[match.start("name")].isupper() and free(*match.span("name")) and not _ordinary(match["name"], words):
            occupied.append(match.span("name"))
            yield PersonFound(*match.span("name"), content[slice(*match.span("name"))], "", "other", "", "name")
    for match in words.epithets.finditer(folded):
        if free(*match.span()):
            yield PersonFound(*match.span(), "", "", "other", "", "epithet")


def _told_elsewhere(sure: list[PersonFound], content: str, start: int, end: int) -> Iterator[PersonFound]:
    folded = fold(content[start:end])
    for person in sorted({p.name: p for p in sure}.values(), key=lambda p: -len(p.name)):
        for match in re.finditer(rf"(?<!\w){re.escape(fold(person.name))}(?!\w)", folded):
            yield person._replace(start=start + match.start(), end=start + match.end(), nickname="")


def writes_small(content: str) -> bool:
    """Whether the writer hardly uses capitals, so that names too stand in small letters."""
    starts = re.findall(r"(?:^|[.!?]\s|\n)\s*(\w)", content)
    lonely_i = len(re.findall(r"(?<!\w)i(?!\w)", content))
    return sum(c.islower() for c in starts) * 2 > len(starts) or lonely_i >= 3


def _ordinary(word: str, words: _Words) -> bool:
    """Whether a small-letter word after a title is plainly no name ("officer said", "father was")."""
    return word in words.not_names or word in words.nouns or word.endswith(("ing", "ed", "ando", "iendo", "mente"))


def _named(match: re.Match[str], content: str, folded: str, words: _Words) -> PersonFound | None:
    start, end = match.span()
    if "\n" in match.group():
        end = start + match.group().index("\n")
    start, end = _trimmed(content, folded, start, end, words)
    if start >= end:
        return None
    inside, role, gender = start, "other", ""
    titled = False
    # Titles inside the run of capitals ("Judge Sollenby") and small-letter titles before it ("captain Rowe").
    while (first := re.match(r"[\w.]+(?:\s+[\w]+)?\s+", folded[inside:end])) is not None:
        two, one = " ".join(first.group().split()), first.group().split()[0]
        title = next((t for t in (two, one, one.rstrip(".")) if t.rstrip(".") in words.titles), None)
        if title is None:
            break
        titled = True
        told, gender_told = words.titles[title.rstrip(".")]
        role, gender = (told if role == "other" else role), gender or gender_told
        length = len(two) if title == two and " " in two else len(one)
        inside += length
        inside += len(folded[inside:end]) - len(folded[inside:end].lstrip(" ."))
    if before := words.title_before.search(folded, max(0, start - 40), start):
        titled, start = True, before.start("title")
        told, gender_told = words.titles[before["title"]]
        role, gender = (told if role == "other" else role), gender or gender_told
    nickname = re.search(r"[“\"‘«(](?P<nick>[^”\"’»)]{2,24})[”\"’»)]", content[inside:end])
    name = (
        content[inside:end]
        if nickname is None
        else " ".join((content[inside : inside + nickname.start()] + content[inside + nickname.end() : end]).split())
    )
    name = name.rstrip(".,")
    name = re.sub(r"['’]s$", "", name)
    kind = _kind(name, titled, content, start, words)
    if kind is None:
        return None
    person_role: PersonRole = role  # type: ignore[assignment]
    end = inside + len(re.sub(r"['’]s$", "", content[inside:end].rstrip(".,")))
    return PersonFound(start, end, name, nickname["nick"] if nickname else "", person_role, gender, kind)


def _trimmed(content: str, folded: str, start: int, end: int, words: _Words) -> tuple[int, int]:
    """Drop words at either end that belong to the sentence, not to the name."""
    while start < end:
        first = re.match(r"\S+", folded[start:end])
        word = first.group().strip(".,;:'\"") if first is not None else ""
        more = len(folded[start:end].split()) > 2
        if first is None or not (word in words.not_names or (more and word in words.places)) or word in words.titles:
            break
        start += first.end() + len(folded[start + first.end() : end]) - len(folded[start + first.end() : end].lstrip())
    while start < end:
        last = re.search(r"\S+$", folded[start:end])
        if last is None or last.group().strip(".,;:") not in words.not_names:
            break
        end = start + len(folded[start : start + last.start()].rstrip())
    return start, end


def _kind(name: str, titled: bool, content: str, start: int, words: _Words) -> str | None:
    """``name`` for a sure name, ``maybe`` for a lone word that counts only beside a sure one, None for no person."""
    parts = fold(name).replace(".", "").split()
    if not parts or not any(c.isalpha() for c in name):
        return None
    if titled:
        return "name" if not set(parts) & words.heads else None
    if set(parts) & words.heads or fold(name) in words.places or (len(name) > 3 and name.isupper() and len(parts) > 3):
        return None
    if parts[0] in words.given or (parts[0] in {"el", "la"} and len(parts) == 2):
        return "name"
    capitals = [p for p in name.split() if p[0].isupper()]
    if len(parts) == 1:
        return "maybe" if len(name) > 2 and not name.isupper() else None
    if not 2 <= len(capitals) <= 4 or any(p.isdigit() for p in parts):
        return None
    opens = start == 0 or content[max(0, start - 2) : start].strip() in {"", ".", "!", "?", "\n"}
    return "maybe" if opens and len(parts) == 2 and parts[0] in words.not_names else "name"
