"""Prisons and other places of detention: by a list, by pattern, and by the other names a document gives them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from amparo.domain.text import Language
from amparo.extraction.paper.headlines import is_headline
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary


class FacilityFound(NamedTuple):
    """Words that name a facility, and its code in the list, or its name as written."""

    start: int
    end: int
    normal: str


_CAP = r"[A-ZÁÉÍÓÚÑ][\w’'.-]*"
_NAME = rf"{_CAP}(?:\s+(?:(?:de|del|de la|of|for)\s+)?(?:{_CAP}|[IVX]+\b|\d{{1,2}}\b))"


@cache
def _listed() -> Mapping[str, str]:
    """Every name in the lists with the facility's code; a name that two facilities share belongs to neither."""
    long = vocabulary("institutions", "en")["facility_long"]
    names: dict[str, set[str]] = {}
    for file in (resources.files("amparo") / "data" / "facilities").iterdir():
        book: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf8"))
        for entry in book["facility"]:
            code = f"{book['system']}/{entry['code']}".lstrip("/")
            for name in _names(entry, long):
                names.setdefault(name, set()).add(code)
    return {name: codes.pop() for name, codes in names.items() if len(codes) == 1}


def _names(entry: Mapping[str, Any], long: Mapping[str, str]) -> Iterator[str]:
    kind, place = entry["kind"], entry["place"]
    yield from entry.get("aliases", ())
    if not kind:
        yield place
        return
    yield f"{kind} {place}"
    yield f"{place} {kind}"
    if kind in long:
        yield f"{long[kind]} {place}"
        yield f"{long[kind]}, {place}"
        yield f"{long[kind]} in {place}"


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    words = vocabulary("institutions", language)
    kinds = "|".join(re.escape(k) for k in words["facility_kinds"])
    ends = "|".join(re.escape(w) for w in sorted(words["facility_words"], key=len, reverse=True))
    after = (
        rf"(?:{kinds})\s+(?:de\s+(?:la\s+|los\s+)?)?"
        rf"(?:(?:No\.?|número|núm\.?|n[°º])\s*)?(?:{_CAP}|\d{{1,2}})(?:[\s-]+{_CAP}){{0,2}}"
    )
    if language == "es":
        body = (
            rf"(?:{ends})(?:\s+(?:Federal|Estatal|Regional|Varonil|Femenil|Preventivo|Distrital|Metropolitano))*"
            rf"(?:\s+(?:de|del|de la|de los)\s+)?(?:\s*(?:número|núm\.?|No\.?)\s*\d{{1,2}})?"
            rf"\s*(?:{_CAP}(?:\s+(?:(?:de|del|de la)\s+)?(?:{_CAP}|\d{{1,2}})){{0,3}})"
        )
    else:
        body = rf"(?:{_CAP}\s+(?:(?:of|and)\s+)?){{1,5}}(?:{ends})(?!\w)(?:\s+(?:at|of|for)\s+{_CAP}(?:\s+{_CAP})?)?"
    return re.compile(rf"(?<!\w){after}"), re.compile(rf"(?<!\w){body}")


_SENTENCE_END = re.compile(r"(?<=[a-záéíóúñ]{3})\.\s")
"""Where a sentence ends within words with capitals; "St. Clair" and "No. 2" go on."""
_UNIT = re.compile(r"[A-Z0-9-]{1,4} Unit")
"""A part of a prison, told by a letter: "K Unit"."""
_ALSO_NAMED = {
    "en": r"(?:also\s+)?(?:referred\s+to\s+as|known\s+as|called|call(?:s)?(?:\s+this[\w\s]{0,30}?)?|nicknamed|dubbed)"
    r"\s+(?:the\s+)?",
    "es": r"(?:también\s+)?(?:llamad[oa]|conocid[oa]\s+como|apodad[oa]|denominad[oa])\s+(?:el\s+|la\s+)?",
}


def find_facilities(content: str, *, language: Language) -> Iterator[FacilityFound]:
    """Every facility named, by list first and by pattern where the list has nothing.

    A name that the document itself gives ("also known as the Rock") belongs to the facility spoken of last.

    Args:
        content: the words.
        language: whose patterns to use; the list holds for all.

    >>> [f.normal for f in find_facilities("moved from FCI Danbury to the Ouachita Parish Jail", language="en")]
    ['us.bop/DAN', 'Ouachita Parish Jail']
    """
    language = "en" if language == "und" else language
    words, listed = vocabulary("institutions", language), _listed()
    found: list[FacilityFound] = []

    def add(start: int, end: int, normal: str) -> None:
        if not any(start < f.end and f.start < end for f in found):
            found.append(FacilityFound(start, end, normal))

    for entry in Phrases.of(listed).find(content):
        # "Supermax" is a name only with a capital or in quotes; "rikers island" is one in any letter.
        if re.match(r" (?:de|del) ", content[entry.end : entry.end + 5]):
            continue  # "Almoloya de Juárez" is the town
        if content[entry.start].isupper() or " " in entry.phrase or content[entry.start - 1 : entry.start] in '“"':
            add(entry.start, entry.end, listed[entry.phrase])
    not_facility = tuple(words["not_facility"])
    headlines = [match.span() for match in re.finditer(r"[^\n]+", content) if is_headline(match.group())]
    for pattern in _patterns(language):
        for match in pattern.finditer(content):
            if any(start <= match.start() < end for start, end in headlines):
                continue  # in a headline capitals tell nothing
            name = _SENTENCE_END.split(match.group(), maxsplit=1)[0].rstrip(" .,")
            cut = _without_openers(name, language)
            if cut and not _UNIT.fullmatch(cut) and not cut.endswith(not_facility) and "\n" not in cut:
                start = match.start() + name.index(cut)
                add(start, start + len(cut), cut)
    for match in _in_town(language).finditer(content):
        add(match.start(), match.end(), content[match.start("kind") : match.end()])
    found = _joined(sorted(found), content, language)
    found.extend(_short_forms(found, content, language))
    found.sort()
    yield from found
    also = re.compile(rf"{_ALSO_NAMED[language]}[“\"«](?P<name>[^”\"»]{{3,40}})[”\"»]", re.IGNORECASE)
    generic = Phrases.of(words["generic_facility"])
    for match in also.finditer(content):
        start, end = match.span("name")
        spoken_of = [f for f in found if f.end <= match.start()]
        near = any(True for _ in generic.find(fold(content[max(0, match.start() - 80) : match.end()])))
        if near and not any(start < f.end and f.start < end for f in found):
            yield FacilityFound(start, end, spoken_of[-1].normal if spoken_of else match["name"])


@cache
def _in_town(language: Language) -> re.Pattern[str]:
    """A jail told by its town alone: "the county jail in Dallas", "el penal de Toluca"."""
    words = vocabulary("institutions", language)
    kinds = "|".join(re.escape(k) for k in words["town_jails"])
    return re.compile(rf"(?<!\w)(?:(?:the|a|el|la) )?(?P<kind>(?:{kinds}) (?:in|at|de|en) {_CAP}(?: {_CAP})?)(?!\w)")


def _joined(found: list[FacilityFound], content: str, language: Language) -> list[FacilityFound]:
    """Give a name its head noun, and make one of a name that the list and the pattern found in two halves."""
    words = vocabulary("institutions", language)
    head = re.compile(rf"(?<!\w)(?:(?:el|la|the) )?(?:{'|'.join(words['generic_facility'])}) (?:de )?$")
    joined: list[FacilityFound] = []
    for one in found:
        before = joined[-1] if joined else None
        if before is not None and content[before.end : one.start] == " ":
            listed = next((f.normal for f in (before, one) if "." in f.normal), before.normal)
            joined[-1] = FacilityFound(before.start, one.end, listed)
            continue
        start = one.start
        if language == "es" and (match := head.search(content, max(0, start - 30), start)) is not None:
            start = match.start()
        elif language == "es" and re.match(r"(?:cárcel|penal|prisión|reclusorio)\s", content[start : one.end]):
            article = re.search(r"(?<!\w)(?:el|la) $", content[max(0, start - 4) : start])
            start -= len(article.group()) if article else 0
        joined.append(FacilityFound(start, one.end, one.normal))
    return joined


def _short_forms(found: list[FacilityFound], content: str, language: Language) -> Iterator[FacilityFound]:
    """Where a facility named in full is named by its place alone: "FCI Sandstone", then "Sandstone"."""
    words = vocabulary("institutions", language)
    kinds = "|".join(re.escape(k) for k in (*words["facility_kinds"], *words["facility_words"]))
    before = re.compile(rf"(?:(?:el|la|the) )?(?:{kinds})(?: (?:de|del|of|at))? (?P<place>{_CAP}(?: {_CAP}){{0,2}})")
    taken = list(found)
    for one in found:
        match = before.fullmatch(content, one.start, one.end)
        if match is None or len(match["place"]) < 5:
            continue
        for again in re.finditer(rf"(?<!\w){re.escape(match['place'])}(?!\w|, [A-ZÁÉÍÓÚÑ])", content):
            if not any(again.start() < f.end and f.start < again.end() for f in taken):
                taken.append(FacilityFound(*again.span(), one.normal))
                yield taken[-1]


def _without_openers(name: str, language: Language) -> str:
    """Drop capitalised words that only begin the sentence: "The Ouachita Parish Jail"."""
    openers = frozenset(fold(w) for w in vocabulary("people", language)["words"]["not_names"])
    words = name.split(" ")
    while len(words) > 1 and fold(words[0]).strip(",.") in openers:
        words = words[1:]
    return " ".join(words) if len(words) > 1 else ""
