"""Words that stand for people: names with and without titles, nicknames, initials, and descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from amparo.domain.parties import PersonRole
from amparo.domain.text import Language
from amparo.extraction.paper.headlines import is_headline
from amparo.extraction.phrases import fold
from amparo.extraction.who.descriptions import STAFF, find_descriptions
from amparo.extraction.who.person_found import PersonFound
from amparo.extraction.who.person_words import TOKEN, UPPER, PersonWords, person_words
from amparo.extraction.who.small_letters import alone_in_small, writes_small

_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,3}(?![\w.])(?!\s+[A-Z][a-z]+\s+[A-Z][a-z])")
_SURNAME_FIRST = re.compile(
    rf"(?<![\w,] )(?<!\w)[{UPPER}][{UPPER}'’-]+,[ \t]+"
    rf"[{UPPER}]{{2,}}(?:[ \t]+[{UPPER}]\.?)?(?=[ \t]*(?:,|\d|\n|$|#|\()|[ \t]{{2,}})"
)
_ALSO_SURNAMES = frozenset(
    {
        "law",
        "house",
        "bank",
        "drive",
        "lane",
        "north",
        "south",
        "west",
        "east",
        "spring",
        "winter",
        "summer",
        "gates",
        "cruz",
        "villa",
        "puerto",
        "valle",
        "monte",
        "nuevo",
        "san",
        "santa",
    }
)
"""Words of institutions and places that are surnames too, behind a given name."""
_DATELINE_TOWN = re.compile(
    rf"^[ \t]*(?P<town>[{UPPER}][{UPPER}.' -]{{2,40}}?)(?=[,.]? ?(?:\(|[\w. ]{{0,25}}\d))", re.MULTILINE
)


@lru_cache(maxsize=4)
def _everybody(content: str, language: Language, taken: tuple[tuple[int, int], ...]) -> tuple[PersonFound, ...]:
    return tuple(sorted(_find(content, language, taken), key=lambda p: p.start))


def find_persons(content: str, *, language: Language, taken: Iterable[tuple[int, int]] = ()) -> tuple[PersonFound, ...]:
    """Everybody named or described, in the order of the text.

    Args:
        content: the words.
        language: whose titles, kinship words and particles to use.
        taken: stretches that already name something else, such as a facility.

    >>> [p.name or p.role for p in find_persons("My cellie told Officer Brandle.", language="en")]
    ['detained', 'Brandle']
    """
    return _everybody(content, language, tuple(sorted(taken)))


def find_titled(content: str, *, language: Language) -> tuple[PersonFound, ...]:
    """Everybody named with a title, whatever else the words may name.

    Args:
        content: the words.
        language: whose titles to use.
    """
    return _titled(content, language)


@lru_cache(maxsize=2)
def _titled(content: str, language: Language) -> tuple[PersonFound, ...]:
    return tuple(p for p in _names(content, language, _Ground(content)) if p.kind == "name" and p.noun)


class _Ground:
    """Which characters of a text already name somebody or something."""

    def __init__(self, content: str) -> None:
        self._taken = bytearray(len(content) + 1)

    def occupy(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return not self._taken.find(1, start, end) >= 0


def _find(content: str, language: Language, taken: tuple[tuple[int, int], ...]) -> Iterator[PersonFound]:
    words, ground = person_words(language), _Ground(content)
    free, occupy = ground.free, ground.occupy
    for stretch in taken:
        occupy(*stretch)
    yield from _names(content, language, ground)
    for described in find_descriptions(content, words, language=language, free=free):
        occupy(described.start, described.core)
        yield PersonFound(
            described.start,
            described.end,
            "",
            "",
            described.role,
            described.gender,
            "epithet" if described.epithet else "description",
            described.core,
            described.noun,
            described.determiner,
        )
        beside = re.compile(rf",?[ \t]+(?P<name>{TOKEN})(?!\w)").match(content, described.core)
        if beside is None and described.end > described.core:
            beside = re.compile(rf",[ \t]+(?P<name>{TOKEN})(?=[,.;)])").match(content, described.end)
        if beside and free(*beside.span("name")) and _may_name(beside["name"], words):
            occupy(*beside.span("name"))
            yield PersonFound(*beside.span("name"), beside["name"], "", described.role, described.gender, "name")


def _names(content: str, language: Language, ground: _Ground) -> Iterator[PersonFound]:
    """Everybody named, on ground that nothing else has taken."""
    words, folded = person_words(language), fold(content)
    free, occupy = ground.free, ground.occupy
    for town in _DATELINE_TOWN.finditer(content[:600]):
        if fold(town["town"]).split()[0] not in words.titles:
            occupy(*town.span("town"))
    for match in _SURNAME_FIRST.finditer(content):
        surname, given = re.split(r",\s+", match.group())
        parts = {fold(surname), *fold(given).split()}
        unit = {piece for part in parts for piece in part.split("-")} & words.units
        if free(*match.span()) and not unit and not parts & (words.heads | words.not_names):
            occupy(*match.span())
            yield PersonFound(*match.span(), f"{given} {surname}", "", "other", "", "name")
    named = [found for found in _with_capitals(content, language) if free(found.start, found.end)]
    headlines = [match.span() for match in re.finditer(r"[^\n]+", content) if is_headline(match.group())]
    sure = [p for p in named if p.kind == "name" and not any(s <= p.start < e for s, e in headlines)]
    for start, end in headlines:
        # In a headline every word has a capital, so only names told elsewhere, or with a nickname, are names there.
        named = [p for p in named if not start <= p.start < end or p.nickname]
        named.extend(_told_elsewhere(sure, content, start, end))
    known = {fold(part) for p in named if p.kind == "name" for part in p.name.split()}
    if writes_small(content):
        known |= alone_in_small(named, content, folded)
    for found in named:
        # A lone capital word is a person when the document names somebody so in full.
        sure_enough = found.kind == "name" or all(part in known for part in fold(found.name).split())
        if free(found.start, found.end) and (sure_enough or found.kind == "description"):
            occupy(found.start, found.end)
            yield found if found.kind == "description" else found._replace(kind="name")
    yield from _lesser_names(content, folded, words, free, occupy)


@lru_cache(maxsize=2)
def _with_capitals(content: str, language: Language) -> tuple[PersonFound, ...]:
    """Words with capitals that may name somebody, whatever else they name."""
    words, folded = person_words(language), fold(content)
    found = (_named(match, content, folded, words) for match in words.names.finditer(content))
    return tuple(person for person in found if person is not None)


def _lesser_names(
    content: str,
    folded: str,
    words: PersonWords,
    free: Callable[[int, int], bool],
    occupy: Callable[[int, int], None],
) -> Iterator[PersonFound]:
    """Names that only their surroundings show: after a small-letter title, an article, a cue, a greeting; initials."""
    for match in words.titled.finditer(folded) if writes_small(content) else ():
        start, end = match.span()
        if content[match.start("name")].islower() and free(start, end) and not _ordinary(match["name"], words):
            titles = match["title"].replace(".", " ").split()
            title = match["title"] if match["title"] in words.titles else titles[-1]
            role, gender = words.titles.get(title, ("other", ""))
            if titles[0] in words.titles and role == "other":
                role = words.titles[titles[0]][0]
            occupy(start, end)
            yield PersonFound(start, end, content[match.start("name") : end], "", role, gender, "name", end, title)
    for match in words.nicknamed.finditer(content):
        if match.group()[0].isupper() and content[max(0, match.start() - 2) : match.start() - 1].isalpha():
            continue  # "está en El Guayabal": within a sentence a nickname has a small "el"
        if free(*match.span()) and _may_name(match["name"], words) and fold(match["name"]) not in words.heads:
            occupy(*match.span())
            yield PersonFound(*match.span(), content[slice(*match.span())], "", "other", "", "name")
    for match in words.called.finditer(folded):
        start, end = match.span("name")
        pieces = content[start:end].split()
        capital = [p for p in pieces if p[0].isupper()]
        if not capital:
            continue
        if not pieces[-1][0].isupper():
            end = start + content[start:end].rindex(pieces[-1])
            end -= len(content[start:end]) - len(content[start:end].rstrip())
        name = content[start:end]
        if free(start, end) and all(_may_name(p, words) for p in capital):
            occupy(start, end)
            yield PersonFound(start, end, name, "", "other", "", "name")
    for match in words.greeted.finditer(folded):
        if content[match.start("name")].isupper() and free(*match.span("name")) and not _ordinary(match["name"], words):
            occupy(*match.span("name"))
            yield PersonFound(*match.span("name"), content[slice(*match.span("name"))], "", "other", "", "name")
    for match in _INITIALS.finditer(content):
        if free(*match.span()) and match.group() not in words.initials:
            occupy(*match.span())
            yield PersonFound(*match.span(), match.group(), "", "other", "", "name")


def is_post(name: str, language: Language) -> bool:
    """Whether words that stand where a name might are a post or an office: "ADMINISTRATIVE REMEDY COORDINATOR".

    Args:
        name: as it stands in the text.
        language: whose posts and offices are known.
    """
    words, parts = person_words(language), fold(name).replace(".", "").split()
    return bool(parts) and parts[0] not in words.given and parts[-1] in words.posts | words.heads | {*words.titles}


def _may_name(name: str, words: PersonWords) -> bool:
    folded = fold(name)
    return folded not in words.not_names and folded not in words.places and folded not in words.heads


def _told_elsewhere(sure: list[PersonFound], content: str, start: int, end: int) -> Iterator[PersonFound]:
    folded = fold(content[start:end])
    for person in sorted({p.name: p for p in sure}.values(), key=lambda p: -len(p.name)):
        for match in re.finditer(rf"(?<!\w){re.escape(fold(person.name))}(?!\w)", folded):
            yield person._replace(
                start=start + match.start(), end=start + match.end(), nickname="", noun="", determiner=""
            )


def _ordinary(word: str, words: PersonWords) -> bool:
    """Whether a small-letter word after a title is plainly no name ("officer said", "father was")."""
    return (
        word in words.not_names
        or word in words.nouns
        or word in words.titles
        or word in words.common
        or word in words.closers
        or word in words.openers
        or word.endswith(("ing", "ed", "ando", "iendo", "mente", "aron", "ieron", "aba"))
    )


def _named(match: re.Match[str], content: str, folded: str, words: PersonWords) -> PersonFound | None:
    start, end = match.span()
    if content[end : end + 2] in {"'t", "’t"}:
        return None  # "Don't"
    start, end = _trimmed(content, folded, start, end, words)
    if start >= end:
        return None
    start = _behind_place(content, folded, start, end, words)
    inside, role, gender, noun, determiner = start, "other", "", "", ""
    if (post := _post_before(folded, start, end, words)) is not None:
        inside, noun = post
        role, gender = words.nouns.get(noun) or words.titles[noun]
    # Titles inside the run of capitals ("Judge Sollenby") and small-letter titles before it ("captain Rowe").
    while (first := re.match(r"[\w.]+(?:\s+[\w]+)?\s+", folded[inside:end])) is not None:
        two, one = " ".join(first.group().split()), first.group().split()[0]
        called = words.titles | words.nouns if inside == start else words.titles
        title = next((t for t in (two, one, one.rstrip(".")) if t.rstrip(".") in called), None)
        if title is None or (title in words.given and title not in words.titles):
            break
        noun = title.rstrip(".")
        told, gender_told = called[noun]
        role, gender = (told if role == "other" else role), gender or gender_told
        length = len(two) if title == two and " " in two else len(one)
        inside += length
        inside += len(folded[inside:end]) - len(folded[inside:end].lstrip(" ."))
    before = words.title_before.search(folded, max(0, start - 50), start)
    if before and (before["dot"] == "" or len(before["title"]) <= 4):
        start, noun, determiner = before.start(), before["title"], before["determiner"] or ""
        if determiner and (noun not in words.nouns or words.nouns[noun][0] != "family"):
            start, determiner = before.start("title"), ""
        told, gender_told = words.titles[noun]
        if determiner:
            told, gender_told = words.nouns[noun]
        role, gender = (told if role == "other" else role), gender or gender_told
    titled = bool(noun)
    nickname = re.search(r"[“\"‘«(](?P<nick>[^”\"’»)]{2,24})[”\"’»)]", content[inside:end])
    name = (
        content[inside:end]
        if nickname is None
        else " ".join((content[inside : inside + nickname.start()] + content[inside + nickname.end() : end]).split())
    )
    name = re.sub(r"['’]s$", "", name.rstrip(".,"))
    kind = _kind(name, titled, content, start, words)
    if kind is None or (name[:1].islower() and role in {"official", "judge"}):
        return _office(content, folded, start, inside, noun, words) if titled else None
    person_role: PersonRole = role  # type: ignore[assignment]
    end = inside + len(re.sub(r"['’]s$", "", content[inside:end].rstrip(".,")))
    nick = nickname["nick"] if nickname else ""
    return PersonFound(start, end, name, nick, person_role, gender, kind, end, noun, determiner)


def _post_before(folded: str, start: int, end: int, words: PersonWords) -> tuple[int, str] | None:
    """Where the name begins behind a post of several words, and its last: "Deputy Corrections Director Ada Pike"."""
    parts = [(m.start() + start, m.end() + start, m.group()) for m in re.finditer(r"\S+", folded[start:end])]
    for at in range(min(4, len(parts) - 2), 0, -1):
        word = parts[at][2]
        told = (words.nouns.get(word) or words.titles.get(word) or ("", ""))[0]
        if told in STAFF and parts[0][2] not in words.given and word not in words.given and len(word) > 3:
            return parts[at + 1][0], word
    return None


def _behind_place(content: str, folded: str, start: int, end: int, words: PersonWords) -> int:
    """Where the name begins when a town runs into it: "el exalcalde de Nogales Porfirio Quijada"."""
    parts = [(m.start() + start, m.group()) for m in re.finditer(r"\S+", folded[start:end])]
    if not folded[:start].endswith((" de ", " del ", " of ")) or parts[0][1] in words.given:
        return start
    return next((at for at, part in parts[1:] if part in words.given and len(parts) >= 3), start)


def _office(content: str, folded: str, start: int, inside: int, noun: str, words: PersonWords) -> PersonFound | None:
    """Somebody written to by the office alone: "C. Cónsul de México en Denver", "Mister Consul"."""
    said = words.nouns.get(noun) or words.titles.get(noun)
    match = re.compile(rf"(?:(?:de|del|of) [{UPPER}]\w+(?:(?: (?:en|de|in|of))? [{UPPER}]\w+)*|[{UPPER}]\w+)").match(
        content, inside
    )
    if said is None or match is None:
        return None
    role, gender = words.nouns.get(fold(match.group()), said)
    if said[0] not in {"official", "judge"} and role not in {"official", "judge"}:
        return None
    start = max(start, folded.rfind(noun, start, inside))
    return PersonFound(
        start,
        match.end(),
        "",
        "",
        role,
        gender,
        "description",
        match.end(),
        fold(match.group()) if fold(match.group()) in words.nouns else noun,
        "the",
    )


def _trimmed(content: str, folded: str, start: int, end: int, words: PersonWords) -> tuple[int, int]:
    """Drop words at either end that belong to the sentence, not to the name."""
    while start < end:
        first = re.match(r"\S+", folded[start:end])
        word = first.group().strip(".,;:'\"") if first is not None else ""
        length = len(folded[start:end].split())
        opens = word in words.not_names or (length > 2 and (word in words.places or word.endswith("ing")))
        if first is None or not opens or word in words.titles or (length > 1 and word in words.nouns):
            break
        start += first.end() + len(folded[start + first.end() : end]) - len(folded[start + first.end() : end].lstrip())
    while start < end:
        last = re.search(r"\S+$", folded[start:end])
        if last is None or last.group().strip(".,;:") not in words.not_names:
            break
        end = start + len(folded[start : start + last.start()].rstrip())
    return start, end


def _kind(name: str, titled: bool, content: str, start: int, words: PersonWords) -> str | None:
    """``name`` for a sure name, ``maybe`` for a lone word that counts only beside a sure one, None for no person."""
    parts = fold(name).replace(".", "").split()
    if not parts or not any(c.isalpha() for c in name) or any(p.isdigit() for p in parts):
        return None
    given = parts[0] in words.given
    heads = [p for p in parts if p in words.heads and not (given and p in _ALSO_SURNAMES)]
    if heads or fold(name) in words.places or (parts[0] in words.places and not given):
        return None
    if all(p in words.titles or p in words.nouns or p in words.not_names or p in words.posts for p in parts):
        return None
    if titled:
        if name.isupper() and (set(parts) & (words.common | words.closers) or parts[0].endswith("ed")):
            return None
        return "name"
    if re.fullmatch(r"[IVX]+", name.split()[-1]) and not given:
        return None
    if len(name) > 3 and name.isupper() and (len(parts) > 4 or not given):
        return "maybe" if len(parts) <= 4 and len(name) > 2 else None  # in capitals only what is named elsewhere too
    if given or (parts[0] in {"el", "la"} and len(parts) == 2):
        return "name"
    capitals = [p for p in name.split() if p[0].isupper()]
    if len(parts) == 1:
        return "maybe" if len(name) > 2 and not name.isupper() else None
    if not 2 <= len(capitals) <= 4:
        return None
    opens = start == 0 or content[max(0, start - 2) : start].strip() in {"", ".", "!", "?", "\n"}
    return "maybe" if opens and len(parts) == 2 and parts[0] in words.not_names else "name"
