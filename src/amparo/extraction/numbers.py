"""Register numbers, case numbers and legal citations, found by their shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from amparo.domain.claims import MentionKind


class NumberFound(NamedTuple):
    """A number or citation and where it stands: code points, half-open."""

    start: int
    end: int
    kind: MentionKind
    normal: str


_LABELLED = re.compile(
    r"(?:\breg(?:ister|istration|\.)?(?:\s*(?:no|number|num|#|\.))*|\binmate\s+(?:no|number|id)|\bbook(?:ing)?\s*(?:&|and)\s*case|"
    r"\bb\s*&\s*c|\btdcj(?:\s*(?:no|#|id))?|\bdoc\s*(?:no|#)|\bcdcr?\s*#?|\bsid|\bnysid|\bdin|\bid|\bprison(?:er)?\s+(?:no|number)|"
    r"\bn[úu]mero\s+de\s+(?:registro|interno|expediente\s+interno)|\bregistro|\bspn|\bnis|\bmatr[íi]cula|\binterno|\btd|\bnui)"
    r"[\s.:#°º]*(?:no\.?\s*)?(?P<number>[A-Z]{0,3}-?\d[\d-]{3,13}(?:/\d{2,4})?)(?!\w)",
    re.IGNORECASE,
)
_FEDERAL = re.compile(r"(?<![\w-])\d{5}-\d{3}(?![\w-])")
_CASES = (
    re.compile(r"(?<!\w)\d{1,2}:\d{2}-?(?:cv|cr|mc|mj|po)-\d{2,6}(?:-[A-Z]{2,4}){0,3}(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:No\.|Nos\.|Case No\.|Docket No\.)\s*(?P<number>\d{2}-\d{2,6}(?:-[A-Z]{1,4})?)(?!\w)"),
    re.compile(
        r"(?:expediente|causa(?: penal)?|juicio de amparo|amparo(?: indirecto)?|carpeta(?: judicial)?"
        r"|toca|queja|oficio|exp\.?)"
        r"\s*(?:n[úu]m(?:ero|\.)?|no\.?|n[°º])?\s*(?P<number>[A-Z/]{0,12}\d{1,6}(?:/\d{2,6}){1,3}(?:-[\w]{1,6})?)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)(?:remedy id|remedy no\.?|case number|remedy number|claim no\.?)[\s:#]*"
        r"(?P<number>[A-Z0-9-]*\d{5,}(?:-[A-Z]?\d+)?)",
        re.IGNORECASE,
    ),
)
_CITATIONS = (
    re.compile(r"(?<!\w)\d{1,3}\s+U\.?\s?S\.?\s?C\.?\s*(?:§+\s*)?\d+[a-z]{0,2}(?:\(\w+\))*"),
    re.compile(r"(?<!\w)\d{1,3}\s+C\.?\s?F\.?\s?R\.?\s*(?:§+\s*|[Pp]art\s+)?\d+(?:\.\d+)?(?:\(\w+\))*"),
    re.compile(
        r"(?<!\w)\d{1,4}\s+(?:U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:2d|3d|4th)|F\.\s?Supp\.(?:\s?[23]d)?)"
        r"\s+\d{1,5}(?:\s+\([^)]{4,40}\))?"
    ),
    re.compile(r"(?<!\w)(?:Mandela|Bangkok|Nelson Mandela)\s+Rules?\s+\d+(?:\(\d\))?", re.IGNORECASE),
    re.compile(
        r"(?<!\w)(?:Reglas?\s+(?:de\s+)?(?:Nelson\s+)?Mandela|Reglas?\s+de\s+Bangkok)(?:,?\s+regla\s+\d+)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\w)(?:[Aa]rt(?:[íi]culos?|icles?|s?\.))\s*\d+(?:\.\d+)?(?:\s*\(\d\))?(?:\s*(?:,|y|and|to|al)\s*\d+)*"
        r"(?:\s+(?:de la|del|of the)\s+[A-ZÁÉÍÓÚ][\wáéíóúñ]+(?:\s+(?:de|of|on|y|and|[A-ZÁÉÍÓÚ][\wáéíóúñ]+)){0,6})?"
    ),
    re.compile(r"(?<!\w)(?:P\.?S\.?|Program Statement)\s+\d{4}\.\d{2}"),
)


def find_numbers(content: str) -> Iterator[NumberFound]:
    """Every register number, case number and legal citation, in no particular order.

    >>> [(n.kind, n.normal) for n in find_numbers("Reg. No. 91562-997, under 28 CFR 542.14(a)")]
    [('register-number', '91562-997'), ('citation', '28 CFR 542.14(a)')]
    """
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        if any(start < e and s < end for s, e in taken):
            return False
        taken.append((start, end))
        return True

    for case in _CASES:
        for match in case.finditer(content):
            start, end = match.span("number") if "number" in case.groupindex else match.span()
            if free(start, end):
                yield NumberFound(start, end, "case-number", content[start:end].upper())
    for match in _LABELLED.finditer(content):
        if free(*match.span("number")):
            yield NumberFound(*match.span("number"), "register-number", match["number"].upper())
    for match in _FEDERAL.finditer(content):
        if free(*match.span()):
            yield NumberFound(*match.span(), "register-number", match.group())
    for citation in _CITATIONS:
        for match in citation.finditer(content):
            if free(*match.span()):
                yield NumberFound(*match.span(), "citation", " ".join(match.group().split()))
