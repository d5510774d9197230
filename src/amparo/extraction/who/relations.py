"""Who stands to whom: the one detained relative a letter is about, the petitioner of a paper, the one written to."""

from __future__ import annotations

import re

from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives
from amparo.extraction.who.cast import INDEFINITE, Cast, Somebody, gender_of
from amparo.extraction.who.namesakes import tell_namesakes
from amparo.extraction.who.naming import name_parts
from amparo.extraction.who.standing import tell_author

HEAD = 900
"""How long the head of an official paper may be, in characters."""
HELD_BESIDE = 130
"""How far behind a relative a word of custody may stand, in characters."""


def tie_relations(cast: Cast) -> None:
    """Join what is said of relatives, petitioners and the one addressed to the people named."""
    said = vocabulary("people", cast.language)["words"]
    if cast.genre == "letter":
        _own_nickname(cast, said)
        _of_relative(cast, said)
        _addressed(cast, said)
    elif cast.genre == "official":
        _petitioners(cast, said)
        _only_relative(cast, {"su", "his", "her"})
    else:
        tell_namesakes(cast)
        _relative_named_after(cast)
        _relative_held(cast)


def _own_nickname(cast: Cast, said: dict[str, list[str]]) -> None:
    """What others call the writer: "me dicen el Tello", "they call me Red"."""
    cue = re.compile(rf"(?<!\w)(?:{alternatives(dict.fromkeys(said['own_nickname']))})[ ,:]+[\"«]?$")
    for person in (p for p in cast.found if p.kind == "name"):
        somebody = cast.whose(person)
        if cast.author is None or somebody is None or somebody is cast.author:
            continue
        if cue.search(fold(cast.content), max(0, person.start - 40), person.start):
            cast.merge(cast.author, somebody)


def _of_relative(cast: Cast, said: dict[str, list[str]]) -> None:
    """In a letter from family: "I am the mother of Iván"; and "my son" where one held relative alone is named."""
    kin = alternatives({n: 0 for n, (role, _) in cast.words.nouns.items() if role == "family"})
    own = re.compile(
        rf"(?<!\w)(?:soy|i am|i'm|im)\s+(?P<form>(?:el |la |the )?(?P<kin>{kin})\s+(?:de|of)\s+)(?:el |la )?$"
    )
    beside = re.compile(rf"(?<!\w)(?P<form>(?:el |la |the )?(?P<kin>{kin})\s+(?:de|of)\s+)$")
    folded, counterparts = fold(cast.content), frozenset[str]()
    for person in (p for p in cast.found if p.kind == "name"):
        somebody = cast.whose(person)
        if somebody is None or somebody is cast.author or somebody.role not in {"other", "detained"}:
            continue
        match = own.search(folded, max(0, person.start - 60), person.start)
        if match is None and cast.author is not None:
            near = beside.search(folded, max(0, person.start - 40), person.start)
            match = near if near is not None and _follows_author(cast, near.start()) else None
        if match is None:
            continue
        somebody.role = "detained"
        counterparts = _counterparts(match["kin"], said)
        if cast.author is None:
            continue
        cast.author.role = "family"
        cast.author.call(cast.content[match.start("form") : person.end], cast.content[match.start("kin") : person.end])
        for unnamed in [p for p in cast.everybody if not p.names and (match.start("form"), person.end) in p.places]:
            cast.merge(cast.author, unnamed)
    if cast.author is not None and cast.author.role == "other":
        tell_author(cast, cast.author)
    if cast.author is None or cast.author.role == "family":
        _introduced_relative(cast)
        _only_relative(cast, {"mi", "my"}, counterparts)


def join_held_relative(cast: Cast) -> None:
    """In a letter by family, "my son" and the one named who is held: asked again when roles have been told."""
    if cast.genre == "letter" and cast.author is not None and cast.author.role == "family":
        _only_relative(cast, {"mi", "my"})


def _introduced_relative(cast: Cast) -> None:
    """Whom family calls theirs by name: "my son is Jay Pike", "mi hermano se llama Luis Pardo"."""
    if any(p.names and p.role == "detained" and p is not cast.author for p in cast.everybody):
        return
    kin = alternatives(dict.fromkeys(vocabulary("people", cast.language)["words"]["held_relatives"]))
    cue = re.compile(rf"(?<!\w)(?:my|mi) (?:{kin})(?:['’]?s)?(?:,| name)? (?:is|es|se llama|called|named) $")
    for person in (p for p in cast.found if p.kind == "name"):
        somebody = cast.whose(person)
        if somebody is None or somebody is cast.author or somebody.role not in {"other", "family"}:
            continue
        if cue.search(fold(cast.content), max(0, person.start - 50), person.start):
            somebody.role = "detained"


def _counterparts(kin: str, said: dict[str, list[str]]) -> frozenset[str]:
    """What the one held is to the writer: a mother writes of a son or a daughter."""
    for entry in said["counterparts"]:
        one, _, other = fold(entry).partition(":")
        if kin in one.split("|"):
            return frozenset(other.split("|"))
    return frozenset()


def _follows_author(cast: Cast, at: int) -> bool:
    """Whether the writer's own name stands just before a place: "I am Ana Pardo, wife of ..."."""
    return cast.author is not None and any(0 <= at - end <= 8 for _, end in cast.author.places)


def _only_relative(cast: Cast, possessives: set[str], counterparts: frozenset[str] = frozenset()) -> None:
    held = [p for p in cast.everybody if p.names and p.role == "detained" and p is not cast.author]
    relatives = [
        p
        for p in cast.found
        if p.kind == "description"
        and p.role == "family"
        and p.determiner in possessives
        and p.noun in _could_be_held(cast)
    ]
    named = {n for p in cast.everybody if p.names and p is not cast.author for n in p.nouns}
    nouns = {p.noun for p in relatives}
    named_kin = [
        p for p in cast.everybody if p.names and p.role == "family" and p is not cast.author and p.nouns & nouns
    ]
    if cast.genre == "letter" and not held and len(named_kin) == 1 and _kin_is_held(cast):
        named_kin[0].role = "detained"
        if cast.author is not None and cast.author.role == "other":
            cast.author.role = "family"
        return
    if len(held) != 1:
        return
    known = held[0].gender or gender_of(held[0].name)
    fitting = [p for p in relatives if p.noun not in named and not (known and p.gender and known != p.gender)]
    fitting = [p for p in fitting if p.noun in counterparts] or fitting
    if len({p.noun for p in fitting}) != 1:
        return
    for person in fitting:
        somebody = cast.whose(person)
        if (
            somebody is None
            or somebody is held[0]
            or somebody.names
            or (known and person.gender and known != person.gender)
        ):
            continue
        cast.merge(held[0], somebody)


def _could_be_held(cast: Cast) -> frozenset[str]:
    return frozenset(fold(w) for w in vocabulary("people", cast.language)["words"]["held_relatives"])


def _kin_is_held(cast: Cast) -> bool:
    said = vocabulary("people", cast.language)["words"]
    folded = fold(cast.content)

    def count(group: str) -> int:
        return sum(len(re.findall(rf"(?<!\w){re.escape(fold(w))}(?!\w)", folded)) for w in said[group])

    return count("held_kin") > count("held_self")


def _addressed(cast: Cast, said: dict[str, list[str]]) -> None:
    """Give the one written to the words of courtesy and the title used alone: "Your Honor", "doctora", "Sister"."""
    folded = fold(cast.content)
    greeting = alternatives(dict.fromkeys(said["greetings"]))
    addressee: Somebody | None = None
    for person in (p for p in cast.found if p.start < 700):
        line = cast.content.rfind("\n", 0, person.start) + 1
        greets = re.fullmatch(rf"\s*(?:{greeting})\s+(?:(?:el|la)\s+)?", folded[line : person.start])
        tail = cast.content[person.end : person.end + 2].strip(" ")
        if greets or (folded[line : person.start].strip() == "" and tail[:1] == ":"):
            addressee = cast.whose(person)
            if addressee is not None and greets:
                addressee.call(cast.content[line : person.end])
            break
    judges = [p for p in cast.everybody if p.role == "judge" and p is not cast.author]
    courtesies = alternatives(dict.fromkeys(said["judge_courtesies"]))
    for match in re.finditer(rf"(?<!\w)(?:{courtesies})(?!\w)", folded):
        named = [p for p in judges if p.names] or judges
        if len(named) == 1:
            named[0].call(cast.content[slice(*match.span())])
    if addressee is None or addressee is cast.author:
        return
    for noun in sorted(n for n in addressee.nouns if n in cast.words.titles and len(n) > 4):
        for match in re.finditer(rf"(?:,|^|\n)[ \t]*(?P<title>{re.escape(noun)})(?=[ \t]*[,.;:!?])", folded):
            addressee.call(cast.content[slice(*match.span("title"))])
    vocatives = alternatives(dict.fromkeys(said["vocatives"]))
    names = [p for p in cast.found if cast.whose(p) is addressee]
    if addressee.role in {"other", "family"} and names:
        for match in re.finditer(
            rf"(?<![\w'])(?:{vocatives})(?=\s*[,.!?]|\s+(?:how|i|u|you|tell|please|como|no|ya|te|cuida|dile)\b)", folded
        ):
            before = folded[max(0, match.start() - 12) : match.start()].split()
            if before and before[-1] in cast.words.determiners | cast.words.possessive:
                continue
            addressee.call(cast.content[slice(*match.span())])
            addressee.role = "family"


def _petitioners(cast: Cast, said: dict[str, list[str]]) -> None:
    """Give "Plaintiff" or "el quejoso" to the one named so, or to the one the paper is about, if of that gender."""
    subject = _complainant(cast)
    for word in said["petitioner"]:
        match_here = list(
            re.finditer(
                rf"(?<![\w'])(?P<article>(?:the|el|la|del|al)\s+)?(?P<noun>{re.escape(fold(word))})(?![\w'’])",
                fold(cast.content),
            )
        )
        for match in match_here:
            start = match.start("noun")
            capital = cast.content[start].isupper() or match["article"]
            if not capital:
                continue
            gender = "f" if word.endswith("a") else "m" if word.endswith("o") else ""
            whom = subject if _fits(subject, gender) else None
            others = [
                p
                for p in cast.everybody
                if p.names
                and p.role not in {"official", "lawyer", "guard", "judge", "doctor"}
                and gender
                and (p.gender or gender_of(p.name)) == gender
            ]
            if gender and len(others) == 1:
                whom = others[0]
            if whom is None:
                continue
            whom.call(cast.content[start : match.end()])
            if match["article"] and match["article"].strip() not in {"del", "al"}:
                whom.call(cast.content[match.start() : match.end()])
            for unnamed in [p for p in cast.everybody if not p.names and p.nouns == {fold(word)}]:
                cast.merge(whom, unnamed)
    for person in cast.found:
        if person.determiner in {"dicho", "dicha"} and subject is not None:
            subject.call(cast.content[person.start : person.end])


def _complainant(cast: Cast) -> Somebody | None:
    """The detained person named in a paper; with several, the one of whom it speaks most."""
    folded = fold(cast.content)
    called = alternatives(dict.fromkeys(vocabulary("people", cast.language)["words"]["petitioner"]))
    named_so = re.compile(
        rf"(?<!\w)(?:{called}),? \||\|,? (?:the |el |la )?(?:{called})(?!\w)|privad[ao] de (?:la )?libertad \|"
    )
    for person in (p for p in cast.found if p.kind == "name"):
        beside = folded[max(0, person.start - 40) : person.start] + "|" + folded[person.end : person.end + 25]
        somebody = cast.whose(person)
        if somebody is not None and named_so.search(beside):
            somebody.role = "detained"
            return somebody
    if (headed := _at_head(cast)) is not None:
        return headed
    if cast.author is not None and cast.author.role in {"other", "detained"}:
        return cast.author
    return cast.subject()


def _at_head(cast: Cast) -> Somebody | None:
    """Whom a paper's head names behind a label: "GRIEVANT: PIKE, ADA"; behind "To:" only with a register number."""
    folded = fold(cast.content[:HEAD])
    labels = alternatives(dict.fromkeys(vocabulary("people", cast.language)["words"]["head_labels"]))
    label = re.compile(
        rf"(?:^|\n|[ \t]{{2,}})[ \t]*(?P<label>{labels})[ \t]*:[ \t]*(?:(?:mr|ms|mrs|sr|sra|c)\.?[ \t]+)?$"
    )
    numbers = [m.quote.start for m in cast.notes.mentions if m.kind == "register-number"]
    for person in (p for p in cast.found if p.kind == "name" and p.start < HEAD):
        match = label.search(folded, 0, person.start)
        somebody = cast.whose(person)
        if match is None or somebody is None or somebody.role not in {"other", "detained"}:
            continue
        end = cast.content.find("\n", person.end)
        numbered = any(person.end <= at < (end if end >= 0 else len(cast.content)) for at in numbers)
        if numbered or match["label"] not in {"to", "re", "name", "nombre", "para", "a"}:
            somebody.role = "detained"
            return somebody
    return None


def _fits(somebody: Somebody | None, gender: str) -> bool:
    if somebody is None:
        return False
    known = somebody.gender or gender_of(somebody.name)
    return not gender or not known or known == gender


def _relative_named_after(cast: Cast) -> None:
    """In a report: "according to his mother, ..."; later "said Ana Pardo", who bears a surname of his."""
    subject = cast.subject()
    if subject is None:
        return
    surnames = set(name_parts(subject.name)[1:])
    for kin in [p for p in cast.everybody if not p.names and p.role == "family"]:
        at = kin.places[0][0]
        own = [
            p
            for p in cast.everybody
            if p.names
            and p is not subject
            and p.role in {"other", "detained", "family"}
            and set(name_parts(p.name)[1:]) & surnames
            and 0 < p.places[0][0] - at < 600
            and not (
                p.nouns
                & {n for n, (role, _) in cast.words.nouns.items() if role == "family" and n not in cast.words.lone}
            )
            and not (kin.gender and gender_of(p.name) and kin.gender != gender_of(p.name))
        ]
        possessive = any(f.determiner in cast.words.possessive for f in cast.found if (f.start, f.end) in kin.places)
        if (
            len(own) == 1
            and possessive
            and not any(f.determiner in INDEFINITE for f in cast.found if (f.start, f.end) in kin.places)
        ):
            own[0].role = "family"
            cast.merge(own[0], kin)


def _relative_held(cast: Cast) -> None:
    """In a report: who speaks of "her brother, Ada Pike", where words of custody stand beside him, is family."""
    said = vocabulary("people", cast.language)["words"]
    held = [s.start for s in Phrases.of([*said["held_news"], *said["kin_held_news"]]).find(cast.content)]
    for kin in cast.found:
        relative = cast.whose(kin)
        if kin.role != "family" or kin.determiner not in cast.words.possessive or relative is None:
            continue
        if not relative.names:
            # "her cousin, who is still there": nobody else is meant by the words of custody right behind.
            clause = re.match(r",? (?:who|whose|que|quien) (?:[\w’'-]+ ){1,3}", cast.content[kin.core :])
            near = kin.core + clause.end() if clause else kin.core
            if clause is not None and any(kin.core < at <= near + 12 for at in held):
                relative.role = "detained"
            continue
        start, _ = cast.sentence(kin.start)
        before = [p for p in cast.found if start <= p.start < kin.start and p.kind == "name"]
        owns = bool(before) and cast.content.startswith(("'s", "’s"), before[0].end)
        teller = cast.whose(before[0]) if before and not owns else None
        beside = any(0 <= at - kin.end <= HELD_BESIDE for at in held)
        if beside and teller is not None and teller.role == "other" and teller is not relative:
            relative.role, teller.role = "detained", "family"
