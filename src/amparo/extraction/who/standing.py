"""What people are in a document where no title or noun tells it: the writer, the one held, the official."""

from __future__ import annotations

import re

from amparo.extraction.paper.mail_headers import find_headers
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives
from amparo.extraction.who.cast import Cast, Somebody
from amparo.extraction.who.inside import tell_fellows

NUMBER_NEAR = 120
"""How near a register number stands to the name of the one who bears it, in characters."""
HEAD = 400
"""Within how many characters a letter's or a memorandum's head says who writes and for which office."""
KIN_HELD = 3
"""What one sentence that says that a relative is held weighs against words that may be anybody's."""
HELD_NEAR = (-40, 90)
"""Where, from the end of a name, a word of custody speaks of that person."""


def tell_roles(cast: Cast) -> None:
    """Give a role to those whom no title or noun gave one."""
    words = vocabulary("people", cast.language)["words"]
    if cast.author is not None and cast.genre == "letter":
        tell_author(cast, cast.author)
    elif cast.author is not None and cast.genre == "official" and cast.author.role == "other":
        cast.author.role = "detained" if _numbered(cast, cast.author) else "official"
    if cast.genre == "letter" or (cast.genre == "official" and find_headers(cast.content, language=cast.language)):
        tell_fellows(cast)
    represents = alternatives(dict.fromkeys(words["represents"]))
    for person in cast.everybody:
        if person.role == "other" and any(
            re.match(rf",? (?:{represents})(?!\w)", fold(cast.content[end : end + 40])) for _, end in person.places
        ):
            person.role = "lawyer"
    held = [s.start for s in Phrases.of(words["held_news"]).find(cast.content)]
    for person in cast.everybody:
        if person.role != "other" or not person.names or person is cast.author or _byline(cast, person):
            continue
        if _numbered(cast, person) and not any(p.role == "detained" and p is not person for p in cast.everybody):
            person.role = "detained"
        elif cast.genre != "letter" and not (person.nouns & cast.words.nouns.keys()) - cast.words.lone - set(
            _anybody(cast)
        ):
            near = sum(
                any(HELD_NEAR[0] <= at - end <= HELD_NEAR[1] and not _whose(cast, start, end, at) for at in held)
                for start, end in person.places
            )
            if near * 3 >= len(person.places):
                person.role = "detained"


def tell_author(cast: Cast, author: Somebody) -> None:
    """Tell whether the writer of a letter is the one held, somebody close to the one held, or an office."""
    words = vocabulary("people", cast.language)["words"]

    def signed_by(offices: str) -> bool:
        # "From: Ada Pike, Prisoners' Rights Clinic" tells the office behind the name.
        lines = [
            cast.content[end : cast.content.find("\n", end)] for start, end in author.places if _is_sender(cast, start)
        ]
        return any(next(Phrases.of(words[offices]).find(said), None) is not None for said in (*author.names, *lines))

    if signed_by("law_offices") or signed_by("offices"):
        author.role = "lawyer" if signed_by("law_offices") else "official"
        return
    own = sum(1 for _ in Phrases.of(words["held_self"]).find(cast.content))
    kin = sum(1 for _ in Phrases.of(words["held_kin"]).find(cast.content)) + KIN_HELD * _relatives_held(cast)
    held_relative = any(p.role == "detained" and p is not author and _numbered(cast, p) for p in cast.everybody)
    if author.role in {"family", "lawyer"} and not _numbered(cast, author):
        return
    numbered = _numbered(cast, author) and not held_relative
    related = _relatives_held(cast) or _tells_of_kin(cast)
    author.role = "detained" if numbered or own >= kin or not related else "family"


def _byline(cast: Cast, person: Somebody) -> bool:
    """Whether a line of a report names somebody as its writer: "By Ada Pike"."""
    return cast.genre == "news" and any(
        re.search(r"(?:^|\n)[ \t]*(?:by|por) $", fold(cast.content[max(0, start - 8) : start]))
        for start, _ in person.places
    )


def _is_sender(cast: Cast, start: int) -> bool:
    """Whether a name stands behind the "From:" of a paper's head."""
    line = cast.content[cast.content.rfind("\n", 0, start) + 1 : start]
    return start < HEAD and re.match(r"\s*(?:from|by|prepared by|de|elabor[oó]|remite)\s*:", fold(line)) is not None


def _tells_of_kin(cast: Cast) -> bool:
    """Whether the writer speaks of a relative at all who might be the one held."""
    kin = alternatives(dict.fromkeys(vocabulary("people", cast.language)["words"]["held_relatives"]))
    return re.search(rf"(?<!\w)(?:my|our|mi|nuestro|nuestra|como) (?:{kin})(?!\w)", fold(cast.content)) is not None


def _relatives_held(cast: Cast) -> int:
    """In how many sentences the writer says that a relative is held: "my son has been in the county jail since May"."""
    words = vocabulary("people", cast.language)["words"]
    kin, custody = alternatives(dict.fromkeys(words["held_relatives"])), alternatives(dict.fromkeys(words["kin_held"]))
    mine, being = (
        ("my|our", "is|was|has|have|been|got|sits|sitting|s")
        if cast.language == "en"
        else ("mi|nuestro|nuestra", "esta|estaba|estuvo|fue|cayo|lleva|se encuentra|sigue|quedo")
    )
    said = re.compile(
        rf"(?<!\w)(?:{mine}) (?:{kin})(?!['’]?\w)[^.!?;\n]{{0,50}}?(?<!\w)(?:{being})(?!\w)[^.!?;\n]{{0,60}}?"
        rf"(?<!\w)(?:{custody})(?!\w)"
    )
    return sum(1 for _ in said.finditer(fold(cast.content)))


def _anybody(cast: Cast) -> list[str]:
    said = vocabulary("people", cast.language)["words"]
    return [fold(w) for w in (*said["anybody"], *said["lead"])]


def _whose(cast: Cast, start: int, end: int, held: int) -> bool:
    """Whether words of custody are about another: "Ada Marsh, whose brother was held"."""
    folded = fold(cast.content)
    words = vocabulary("people", cast.language)["words"]
    source = re.search(rf"(?:{alternatives(dict.fromkeys(words['according']))}) $", folded[max(0, start - 25) : start])
    other = re.search(
        rf"(?<!\w)(?:{alternatives(dict.fromkeys(words['of_another']))})(?!\w)", folded[end : max(end, held)]
    )
    return (source is not None and held < start) or other is not None


def _numbered(cast: Cast, person: Somebody) -> bool:
    """Whether a register number stands beside the person's name, before any other name."""
    for number in (m for m in cast.notes.mentions if m.kind == "register-number"):
        before = [
            (number.quote.start - end, p)
            for p in cast.everybody
            for _, end in p.places
            if p.names and 0 <= number.quote.start - end < NUMBER_NEAR
        ]
        if before and min(before, key=lambda pair: pair[0])[1] is person:
            return True
    return False
