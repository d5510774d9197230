"""Whether two neighbouring expressions name one person: "the counselor, Ms. Lee", "Pirela, alias «el Concejal»"."""

from __future__ import annotations

import re
from functools import cache

from amparo.domain.text import Language
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives
from amparo.extraction.who.cast import Cast, Somebody
from amparo.extraction.who.descriptions import STAFF
from amparo.extraction.who.person_found import PersonFound
from amparo.extraction.who.person_words import is_plural

MODIFIER = 60
"""How many characters may stand between a description and its name: "of the mail room, Ms. Lee"."""
LONGEST = 60
"""A description between commas behind a name is no longer than this, in characters."""
ROW = 130
"""How far apart two lines may begin that tell a name and a post, in characters."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_CELL = re.compile(r"\S+(?:[ \t]\S+)*")
_HEADED = re.compile(
    r"(?P<more>(?: [\w’'-]+){0,3}?(?P<of> (?:of|for|to|with|at|in|from|de|del|para|en)(?= )[^,.;:!?\n\"“«]{2,60})?"
    r"|(?: [\w-]+){1,3}), "
    r"(?:(?:Mr|Ms|Mrs|Dr|Sr|Sra|Lic)\. |don |doña |un señor |a )?"
)
_IN_HEADED = frozenset({"held", "found", "cut", "left", "read", "put", "and", "now", "once", "also", "still"})
_ARTICLE = "(?:(?:el|la|don|dona|the) )?"
_BARE = re.compile(rf",? {_ARTICLE}[\"«]?{_ARTICLE}|, (?:an?|one|un|una|un tal|una tal|cierto|cierta) ")
_MODIFIED = re.compile(
    rf" (?:of|for|at|in|on|from|with|de|del|que|here|there|over|hired|interviewed)\b[^.;:!?\n]*, {_ARTICLE}"
)
_AGE = re.compile(r",? (?:\d{1,2}|de \d{1,2} a[ñn]os)(?=,)")


@cache
def _cues(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = vocabulary("people", language)["words"]
    named = alternatives(dict.fromkeys((*words["name_cues"], *words["alias_cues"])))
    alias = alternatives(dict.fromkeys(words["alias_cues"]))
    said = alternatives(dict.fromkeys(words["according"]))
    return (
        re.compile(rf",? (?:[^.;:!?\n]{{0,40}} )?(?:{named}),? [\"«]?{_ARTICLE}"),
        re.compile(rf",? \(?(?:{alias}),? [\"«]?"),
        re.compile(rf"(?<!\w)(?:{said}) $"),
    )


def in_apposition(content: str, end: int, start: int, *, language: Language) -> bool:
    """Whether a description that ends at `end` and a name that starts at `start` name one person.

    >>> words = "the officer of the mail room, Mr. Gadsby"
    >>> in_apposition(words, 11, 30, language="en")
    True
    """
    between = fold(content[end:start]).lstrip(".")
    if len(between) > MODIFIER:
        return False
    named = _cues(language)[0]
    return any(pattern.fullmatch(between) for pattern in (_BARE, _MODIFIED, named))


def is_alias(content: str, end: int, start: int, *, language: Language) -> bool:
    """Whether the name that starts at `start` is said to be another name of the one that ends at `end`.

    >>> words = "Pirela, alias «el Concejal»"
    >>> is_alias(words, 6, 15, language="es")
    True
    """
    return _cues(language)[1].fullmatch(fold(content[end:start])) is not None


def join_appositions(cast: Cast) -> None:
    """Give a name the description beside it: "my boss Mr. Lee", "Ms. Lee, the counselor", "Ada Pike, once a cook"."""
    content = cast.content
    headed = _headed(cast)
    for first, second in zip(cast.found, cast.found[1:], strict=False):
        if (second.start, second.end) in headed:
            continue
        kinds = (first.kind, second.kind)
        if kinds[0] != "name" and kinds[1] == "name" and _name_follows(cast, first, second):
            somebody = cast.whose(second)
            if somebody is None:
                continue
            cast.give(somebody, first)
            if _cues(cast.language)[0].fullmatch(fold(content[first.core : second.start])) is None:
                long = content[first.start : second.start].rstrip(' “"«,')
                somebody.call(re.sub(r",? (?:el|la|don|doña|the)$", "", long))
            somebody.call(content[first.start : second.end])
            if content[second.end : second.end + 1] in '»”"':
                somebody.call(content[first.start : second.end + 1])
        elif kinds == ("name", "name"):
            somebody, other = cast.whose(first), cast.whose(second)
            if (
                somebody is None
                or other is None
                or not is_alias(content, first.end, second.start, language=cast.language)
            ):
                continue
            cast.merge(somebody, other)
            end = second.end + (content[second.end : second.end + 1] in '»”"')
            somebody.call(content[first.start : end])
        elif "name" not in kinds and content[first.end : second.start] == ", " and second.determiner.endswith("'s"):
            somebody = cast.whose(first) or cast.meet(first)
            cast.give(somebody, second)
        elif kinds[0] == "name" and _description_follows(cast, first, second):
            somebody = cast.whose(first)
            if somebody is not None and cast.whose(second) is None:
                cast.give(somebody, second)
                somebody.call(content[first.start : second.end])
    _behind_names(cast)
    if cast.genre != "news":
        _posts_beside_names(cast)


def _headed(cast: Cast) -> frozenset[tuple[int, int]]:
    """Names that belong to the head of what stands before them, not to its end: "A lawyer for the guards, Ada Pike"."""
    names = {p.start: p for p in cast.found if p.kind == "name"}
    joined = set()
    for described in (p for p in cast.found if p.kind != "name" and p.core):
        if described.determiner in {"dicho", "dicha"} or is_plural(described.noun, cast.language):
            continue
        match = _HEADED.match(cast.content, described.core)
        name = names.get(match.end()) if match else None
        if (
            match is None
            or name is None
            or name.determiner
            or cast.content[max(0, described.start - 2) : described.start] == ", "
        ):
            continue
        between = {fold(word) for word in match["more"].split()}
        office = described.role in STAFF and len(between) <= 3 and match["of"] is None
        listed = re.match(r" (?:and|y|e) ", cast.content[name.end : name.end + 5])
        if listed or (match["of"] is None and not office) or between & cast.words.closers - _IN_HEADED:
            continue
        somebody = cast.whose(name)
        if somebody is None:
            continue
        cast.give(somebody, described)
        somebody.call(cast.content[described.start : match.end("more")], cast.content[described.start : name.end])
        if described.role != "other" and somebody.role == "detained" and described.role != "detained":
            somebody.role = described.role
        joined.add((name.start, name.end))
    return frozenset(joined)


def _name_follows(cast: Cast, described: PersonFound, name: PersonFound) -> bool:
    if described.determiner in {"dicho", "dicha"} or is_plural(described.noun, cast.language):
        return False
    if in_apposition(cast.content, described.core or described.end, name.start, language=cast.language):
        return True
    if described.end > described.core and name.noun and cast.content[described.end : name.start] == " ":
        return True  # "my lawyer on the July case Mr. Yoder"
    former = described.kind == "epithet" and described.end < name.start <= described.core + MODIFIER
    between = cast.content[described.core : name.start]
    return former and described.end > described.core and not re.search(r"[^\w\s]", between) and len(between.split()) > 2


def _description_follows(cast: Cast, name: PersonFound, described: PersonFound) -> bool:
    between, after = cast.content[name.end : described.start], cast.content[described.end : described.end + 1]
    if _cues(cast.language)[2].search(fold(cast.content), max(0, name.start - 25), name.start):
        return False  # "According to Tovar, the leader was punished": two people
    if between == ", ":
        return after in ",.;)\n" and described.determiner not in {"another", "otro", "otra"}
    of_somebody = described.role == "family" and described.end > described.core
    return between == " " and of_somebody and described.determiner in {"el", "la", "the"}


def _signed_as(cast: Cast, start: int, end: int) -> PersonFound | None:
    at = next((place for place in cast.author.places if start <= place[0] < end), None) if cast.author else None
    return PersonFound(*at, cast.content[slice(*at)], "", "other", "", "name", at[1]) if at is not None else None


def _behind_names(cast: Cast) -> None:
    """What stands between commas behind a name: "Ada Pike, 23, a former runner,"; "Ada Pike, once a courier,"."""
    opening = alternatives(dict.fromkeys(vocabulary("people", cast.language)["words"]["behind_names"]))
    pattern = re.compile(rf", (?P<said>(?:{opening})\s[^,.;:!?\n()\"“]{{3,{LONGEST}}}),")
    post = alternatives(cast.words.nouns)
    bare = re.compile(rf", (?P<said>(?:{post})(?: [^,.;:!?\n()\"“]{{3,40}})?),") if cast.genre == "official" else None
    folded = fold(cast.content)
    signed = [p for place in cast.author.places[:1] if (p := _signed_as(cast, *place))] if cast.author else []
    for person in (*signed, *(p for p in cast.found if p.kind == "name")):
        if bare is not None and (match := bare.match(folded, person.end)) and (whose := cast.whose(person)) is not None:
            whose.call(cast.content[slice(*match.span("said"))])
        age = _AGE.match(folded, person.end)
        match = pattern.match(folded, age.end() if age else person.end)
        somebody = cast.whose(person)
        if (
            match is None
            or somebody is None
            or _cues(cast.language)[2].search(folded, max(0, person.start - 25), person.start)
        ):
            continue
        inside = [p for p in cast.found if match.start("said") <= p.start < match.end("said")]
        the_one = re.match(r"(?:el|la) (?:de|que) |the one ", match["said"]) is not None
        definite = match["said"].split()[0] in {"the", "el", "la"}
        if any(p.kind == "name" for p in inside[:1]) or (definite and not inside and not the_one):
            continue
        if the_one:
            somebody.call(cast.content[person.start : match.end("said")])
        somebody.call(cast.content[slice(*match.span("said"))])
        kin = re.match(r"(?:the |la |el )?(\w+) (?:of|de|del) ", match["said"])
        if somebody.role == "other" and kin and cast.words.nouns.get(kin[1], ("",))[0] == "family":
            somebody.role = "family"
        if inside and inside[0].start == match.start("said") and cast.whose(inside[0]) is None:
            cast.give(somebody, inside[0])


def _posts_beside_names(cast: Cast) -> None:
    """A line that is a post, over or under a line that is a name, as papers and signatures have them."""
    lines = [[c.span() for c in _CELL.finditer(cast.content, *m.span())] for m in _LINE.finditer(cast.content)]
    nouns = Phrases.of([*cast.words.titles, *cast.words.nouns])
    for number, cells in enumerate(lines):
        for start, end in cells:
            somebody = _only_named(cast, start, end)
            if somebody is None:
                continue
            beside = [lines[n] for n in (number - 1, number + 1) if 0 <= n < len(lines)]
            for others in beside:
                # In two columns the post stands under the name.
                near = min(others, key=lambda c: abs(_column(cast, c[0]) - _column(cast, start)))
                if abs(others[0][0] - cells[0][0]) <= ROW and _give_post(cast, somebody, near, nouns):
                    break


def _column(cast: Cast, at: int) -> int:
    return at - cast.content.rfind("\n", 0, at)


def _only_named(cast: Cast, start: int, end: int) -> Somebody | None:
    """Who is named where nothing but a name stands."""
    named = [p for p in cast.found if p.kind == "name" and start <= p.start and p.end <= end]
    signed = cast.author is not None and any(start <= at < end for at, _ in cast.author.places)
    if not named and signed and cast.author is not None:
        named = [p for p in [_signed_as(cast, start, end)] if p is not None]
    if len(named) != 1 or len(cast.content[start:end].strip(" .,")) - (named[0].end - named[0].start) > 12:
        return None
    return cast.author if signed else cast.whose(named[0])


def _give_post(cast: Cast, somebody: Somebody, cell: tuple[int, int], nouns: Phrases) -> bool:
    """Give somebody the post that stands in a cell of its own, if it is one."""
    line = cast.content[slice(*cell)].strip(" .,")
    words = line.split()
    post = next((f for f in nouns.find(line)), None)
    apart = not any(cell[0] <= p.start < cell[1] for p in cast.found if p.kind == "name")
    capitals = all(w[0].isupper() or w in {"of", "de", "del", "la", "the", "y"} for w in words)
    if post is None or not apart or not capitals or len(words) > 5 or len(line) > 45 or line.endswith(":"):
        return False
    somebody.call(line)
    for described in cast.found:
        if cell[0] <= described.start < cell[1] and cast.whose(described) is None:
            cast.give(somebody, described)
    noun = fold(post.phrase)
    somebody.nouns.add(noun)
    if somebody.role == "other":
        role, gender = cast.words.nouns.get(noun) or cast.words.titles[noun]
        somebody.role, somebody.gender = role, somebody.gender or gender
    return True


def client_of(cast: Cast, lawyer: PersonFound) -> Somebody | None:
    """Whose lawyer "his attorney" is: the one named before it in the sentence."""
    start, _ = cast.sentence(lawyer.start)
    before = [p for p in cast.found if start <= p.start < lawyer.start and p.kind == "name"]
    return cast.whose(before[-1]) if before else None
