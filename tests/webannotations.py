"""What the W3C Web Annotation Data Model (Recommendation, 23 February 2017) says an annotation MUST be, as checks.

Section numbers are those of the Recommendation. The terms are those that its JSON-LD context defines, restated as a
list: a key that is not among them is silently lost by whoever reads the file as JSON-LD, so none may be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = frozenset(
    """@context id type body target source selector state scope refinedBy conformsTo exact prefix suffix value start end
    startSelector endSelector bodyValue motivation purpose creator created modified generator generated rights canonical
    via audience format language processingLanguage textDirection accessibility styleClass stylesheet renderedVia cached
    sourceDate sourceDateStart sourceDateEnd items first last next prev partOf startIndex total label name nickname
    email email_sha1 homepage""".split()  # noqa: SIM905 – a list of words reads best as words
)
MOTIVATIONS = frozenset(
    """assessing bookmarking classifying commenting describing editing highlighting identifying linking moderating
    questioning replying reviewing tagging""".split()  # noqa: SIM905
)  # 3.3.5
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_RELATIVE = re.compile(r"[^\s<>\"{}|\\^`:]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def hold(one: Any, *, embedded: bool = False) -> None:
    """Fail where an annotation breaks a MUST of the model.

    Args:
        one: as decoded from JSON.
        embedded: within a page or collection that bears the context itself.
    """
    contexts = _many(one.get("@context", []))
    assert embedded or CONTEXT in contexts, "3.1: one or more @context values, and this one among them"
    assert isinstance(one["id"], str), "3.1: exactly one IRI"
    assert _IRI.fullmatch(one["id"]), "3.1: exactly one IRI"
    assert "Annotation" in _many(one["type"]), "3.1: one or more types, and Annotation among them"
    targets = _many(one.get("target", []))
    assert targets, "3.1: one or more targets"
    assert not ("body" in one and "bodyValue" in one), "3.2.5: bodyValue and body exclude each other"
    for key in keys(one):
        assert key in TERMS, f"3: {key} is no term of the context and would be lost"
    for word in _many(one.get("motivation", [])):
        assert word in MOTIVATIONS, "3.3.5: a motivation is one of the model's, or an IRI"
    for name in ("created", "modified", "generated"):
        if name in one:
            assert _MOMENT.fullmatch(one[name]), "3.3.1: xsd:dateTime with its offset"
    for name in ("creator", "generator"):
        for agent in _many(one.get(name, [])):
            assert isinstance(agent, str) or agent.get("type") in (None, "Person", "Organization", "Software"), "3.3.2"
    for body in _many(one.get("body", [])):
        _body(body)
    for target in targets:
        _target(target)


def hold_collection(whole: Any) -> list[Any]:
    """Fail where a collection breaks a MUST; the annotations in it, each held too."""
    assert CONTEXT in _many(whole["@context"]), "5.1"
    assert _IRI.fullmatch(whole["id"]), "5.1: a collection has an IRI"
    assert "AnnotationCollection" in _many(whole["type"]), "5.1"
    if "total" in whole:
        assert isinstance(whole["total"], int), "5.1: total is a number not below nought"
        assert whole["total"] >= 0, "5.1: total is a number not below nought"
    page = whole["first"]
    assert whole["total"] == 0 or page, "5.1: a collection with annotations has a first page"
    assert _IRI.fullmatch(page["id"]), "5.2: a page has an IRI"
    assert "AnnotationPage" in _many(page["type"]), "5.2"
    assert isinstance(page["items"], list), "5.2: items is a list"
    assert page.get("startIndex", 0) >= 0, "5.2"
    for one in page["items"]:
        hold(one, embedded=True)
    return list(page["items"])


def keys(value: Any) -> Iterator[str]:
    """Every key at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def _body(body: Any) -> None:
    if isinstance(body, str):
        assert _IRI.fullmatch(body), "3.2.1: a body given by itself is an IRI"
        return
    if body.get("type") == "TextualBody" or "value" in body:
        assert isinstance(body["value"], str), "3.2.4: exactly one value, and it is a string"
        assert isinstance(body.get("format", ""), str), "3.2.3"
    for word in _many(body.get("purpose", [])):
        assert word in MOTIVATIONS, "3.3.5: a purpose is a motivation"


def _target(target: Any) -> None:
    if isinstance(target, str):
        assert _IRI.fullmatch(target), "3.2.1"
        return
    if target.get("type") != "SpecificResource":
        assert "id" in target or "source" in target, "3.2.1"
        return
    source = target["source"]
    assert isinstance(source, str), "4.1: exactly one source"
    assert _IRI.fullmatch(source) or _RELATIVE.fullmatch(source), "4.1: the source is an IRI"
    if "scope" in target:
        assert all(_IRI.fullmatch(one) for one in _many(target["scope"])), "4.6: scope is an IRI"
    for selector in _many(target.get("selector", [])):
        match selector["type"]:
            case "TextQuoteSelector":
                assert isinstance(selector["exact"], str), "4.2.4: exactly one exact"
                for name in ("prefix", "suffix"):
                    assert isinstance(selector.get(name, ""), str), "4.2.4: at most one prefix and one suffix"
            case "TextPositionSelector":
                assert 0 <= selector["start"] <= selector["end"], "4.2.5: not below nought, and in order"
                assert isinstance(selector["start"], int), "4.2.5: integers"
                assert isinstance(selector["end"], int), "4.2.5: integers"
            case other:
                raise AssertionError(f"4.2: {other} is no selector of ours")


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
