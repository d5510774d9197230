"""Notes as W3C Web Annotations (JSON-LD), and annotations back into notes.

Each note is one annotation: its words are the targets, by position and by quote; its code is a tag; whatever the model
has no word for stands beside it as JSON. Written by us and read again, nothing is lost.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from amparo.domain.claims import Allegation, Claim, CustodyEvent, Mention
from amparo.domain.dossier import Dossier
from amparo.domain.parties import Person
from amparo.domain.text import CONTEXT, Maker, Quote, Span, Text
from amparo.errors import BrokenInterchange

T = TypeVar("T")

MODEL = "http://www.w3.org/ns/anno.jsonld"
_SPACE = uuid.UUID("5f0c2f3e-6f0e-5b7a-9d2f-3c1d6a1f0e42")
_DOCUMENT, _TEXT = "urn:sha256:", "urn:amparo:text:"
_PERSON = "person"


class TextPositionSelector(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Where words stand: code points, half-open."""

    start: int
    end: int


class TextQuoteSelector(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """The words, with those before and after."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Target(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words in a document.

    Args:
        source: the document, ``urn:sha256:`` and its digest.
        scope: the reading of it that positions count in.
        selector: position and quote; none for the whole document.
    """

    source: str
    type: Literal["SpecificResource"] = msgspec.field(default="SpecificResource")
    scope: str = ""
    selector: tuple[TextPositionSelector | TextQuoteSelector, ...] = ()


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of the words: a tag, or a note as JSON."""

    value: str
    type: str = ""
    purpose: str = ""
    format: str = ""


class Generator(msgspec.Struct, frozen=True, kw_only=True):
    """Which component made the note."""

    name: str
    type: str = "Software"


class Annotation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One note."""

    id: str
    type: str
    target: tuple[Target, ...]
    context: str = msgspec.field(name="@context", default="")
    motivation: str = ""
    body: tuple[Body, ...] = ()
    generator: Generator | None = None


class Marked(NamedTuple):
    """Words that another program marked, with what it said of them."""

    quotes: tuple[Quote, ...]
    tags: tuple[str, ...]
    comments: tuple[str, ...]


class Annotated(msgspec.Struct, kw_only=True):
    """What annotations hold: our notes, and what others marked."""

    people: list[Person] = []
    mentions: list[Mention] = []
    claims: list[Claim] = []
    allegations: list[Allegation] = []
    events: list[CustodyEvent] = []
    marked: list[Marked] = []


class _Shape(NamedTuple):
    """How one kind of note stands in an annotation: which of its fields is the words, which is the tag."""

    name: str
    kind: type[Any]
    words: str
    tag: str
    motivation: str


_SHAPES = (
    _Shape("mention", Mention, "quote", "kind", "identifying"),
    _Shape("claim", Claim, "contents", "stance", "describing"),
    _Shape("allegation", Allegation, "quotes", "act", "classifying"),
    _Shape("event", CustodyEvent, "quote", "kind", "classifying"),
)
_LAYERS = {"mention": "mentions", "claim": "claims", "allegation": "allegations", "event": "events"}


def annotations_of(dossier: Dossier) -> list[Annotation]:
    """Every mention, person, claim, allegation and event of a document as annotations, in order.

    Args:
        dossier: one document with its reading and notes.
    """
    text, notes = dossier.text, dossier.notes
    made = []
    for shape in _SHAPES:
        for number, note in enumerate(getattr(notes, _LAYERS[shape.name])):
            made.append(annotation(note, document=text.document, number=number))
    for number, person in enumerate(notes.people):
        named = tuple(notes.mentions[at].quote for at in person.mentions)
        targets = tuple(_target(quote, text.document) for quote in named) or (_whole(text),)
        made.append(_made(_PERSON, number, text, person.role, msgspec.to_builtins(person), targets, None))
    return made


def annotation(note: Mention | Claim | Allegation | CustodyEvent, *, document: str, number: int) -> Annotation:
    """One note as an annotation.

    Args:
        note: what was noted.
        document: digest of the document.
        number: which of its kind it is; with the words it names the annotation for good.
    """
    shape = next(one for one in _SHAPES if isinstance(note, one.kind))
    told = msgspec.to_builtins(note)
    words = told.pop(shape.words)
    quotes = getattr(note, shape.words)
    quotes = quotes if isinstance(words, list | tuple) else (quotes,)
    targets = tuple(_target(quote, document) for quote in quotes)
    text = quotes[0].span.text
    return _filled(shape.name, number, text, told[shape.tag], told, targets, note.maker, shape.motivation)


def write_annotations(annotations: Sequence[Annotation], *, of: str, label: str = "") -> bytes:
    """A collection of annotations as one line of JSON-LD.

    Args:
        annotations: in order.
        of: digest of the document they are about.
        label: what people call it.
    """
    name = f"urn:uuid:{uuid.uuid5(_SPACE, f'collection {of}')}"
    page = {
        "id": f"urn:uuid:{uuid.uuid5(_SPACE, f'page {of}')}", "type": "AnnotationPage", "startIndex": 0,
        "partOf": name, "items": [msgspec.to_builtins(one) for one in annotations],
    }  # fmt: skip
    whole: dict[str, object] = {"@context": MODEL, "id": name, "type": "AnnotationCollection"}
    if label:
        whole["label"] = label
    return msgspec.json.encode({**whole, "total": len(annotations), "first": page}) + b"\n"


def read_annotations(data: bytes) -> list[Annotation]:
    """The annotations of a file: one annotation, a list, a page or a collection, ours or another program's.

    Args:
        data: JSON.

    Raises:
        BrokenInterchange: it is no JSON, or holds something that is no annotation.
    """
    try:
        return [msgspec.convert(_plain(one), Annotation) for one in _items(msgspec.json.decode(data))]
    except (msgspec.MsgspecError, TypeError, KeyError, AttributeError) as problem:
        raise BrokenInterchange(format="annotations") from problem


def notes_from(annotations: Sequence[Annotation], *, text: Text | None = None) -> Annotated:
    """What annotations say, as our notes; what another program marked is kept as marked words.

    Args:
        annotations: as read.
        text: the reading to find the words in, by position or else by quote; without it our own are taken as they are.

    Raises:
        BrokenInterchange: words are not where they should be and cannot be found once, or a note does not fit its type.
    """
    found = Annotated()
    for one in annotations:
        noted = next((body for body in one.body if body.format == "application/json"), None)
        kind, payload = _payload(noted)
        if kind == _PERSON:
            found.people.append(_converted(payload, Person))
            continue
        quotes = tuple(_quote(target, text) for target in one.target)
        shape = next((shape for shape in _SHAPES if shape.name == kind), None)
        if shape is None:
            tags = tuple(body.value for body in one.body if body.purpose in ("tagging", "classifying"))
            others = tuple(body.value for body in one.body if body.purpose not in ("tagging", "classifying"))
            found.marked.append(Marked(quotes, tags, others))
            continue
        if not quotes:
            raise BrokenInterchange("A note has no words it stands on.", format="annotations")
        several = shape.words in ("contents", "quotes")
        payload[shape.words] = msgspec.to_builtins(quotes if several else quotes[0])
        getattr(found, _LAYERS[shape.name]).append(_converted(payload, shape.kind))
    return found


def _made(
    name: str, number: int, text: Text, tag: str, told: Any, targets: tuple[Target, ...], maker: Maker | None
) -> Annotation:
    return _filled(name, number, text.id, tag, told, targets, maker, "identifying")


def _filled(
    name: str, number: int, text: str, tag: str, told: Any, targets: tuple[Target, ...], maker: Maker | None,
    motivation: str,
) -> Annotation:  # fmt: skip
    packed = msgspec.json.encode({name: told}).decode()
    return Annotation(
        context=MODEL, id=f"urn:uuid:{uuid.uuid5(_SPACE, f'{text} {name} {number}')}", type="Annotation",
        motivation=motivation, target=targets,
        body=(
            Body(type="TextualBody", purpose="tagging", value=tag),
            Body(type="TextualBody", purpose="describing", format="application/json", value=packed),
        ),
        generator=Generator(name=f"{maker.component} {maker.version}") if maker is not None else None,
    )  # fmt: skip


def _target(quote: Quote, document: str) -> Target:
    position = TextPositionSelector(start=quote.start, end=quote.end)
    words = TextQuoteSelector(exact=quote.exact, prefix=quote.before, suffix=quote.after)
    return Target(source=_DOCUMENT + document, scope=_TEXT + quote.span.text, selector=(position, words))


def _whole(text: Text) -> Target:
    return Target(source=_DOCUMENT + text.document, scope=_TEXT + text.id)


def _items(whole: Any) -> Iterator[dict[str, Any]]:
    """The single annotations in whatever holds them."""
    if isinstance(whole, list):
        for one in whole:
            yield from _items(one)
    elif whole["type"] == "AnnotationCollection":
        yield from _items(whole["first"])
    elif whole["type"] == "AnnotationPage":
        yield from whole["items"]
    else:
        yield whole


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    """An annotation with lists where the model lets one stand for itself, and plain words where it lets both."""
    told = dict(one)
    for name in ("target", "body"):
        given = told.get(name, [])
        told[name] = [_resource(each, name) for each in (given if isinstance(given, list) else [given])]
    if "bodyValue" in told:
        told["body"] = [{"type": "TextualBody", "value": told["bodyValue"]}]
    told["type"] = "Annotation" if "Annotation" in told["type"] else told["type"]
    told["motivation"] = _first(told.get("motivation", ""))
    context, generator = told.get("@context", ""), told.get("generator")
    told["@context"] = context if isinstance(context, str) else MODEL
    told["generator"] = {"name": str(generator.get("name", ""))} if isinstance(generator, dict) else None
    return {key: told[key] for key in
            ("@context", "id", "type", "motivation", "target", "body", "generator") if key in told}  # fmt: skip


def _resource(each: Any, name: str) -> dict[str, Any]:
    if isinstance(each, str):
        return {"source": each} if name == "target" else {"value": each}
    if name == "body":
        return {"value": str(each.get("value", each.get("source", each.get("id", "")))),
                "type": _first(each.get("type", "")), "purpose": _first(each.get("purpose", "")),
                "format": _first(each.get("format", ""))}  # fmt: skip
    selector = each.get("selector", [])
    known = [one for one in (selector if isinstance(selector, list) else [selector])
             if one.get("type") in ("TextPositionSelector", "TextQuoteSelector")]  # fmt: skip
    source = each.get("source", each.get("id", ""))
    return {"source": source if isinstance(source, str) else source["id"], "selector": known,
            "scope": _first(each.get("scope", ""))}  # fmt: skip


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _payload(body: Body | None) -> tuple[str, dict[str, Any]]:
    """The kind of a note and its fields, where a body of ours holds them."""
    if body is None:
        return "", {}
    try:
        told = msgspec.json.decode(body.value)
    except msgspec.MsgspecError:
        return "", {}
    if not isinstance(told, dict) or len(told) != 1:
        return "", {}
    ((kind, payload),) = told.items()
    return (kind, dict(payload)) if isinstance(payload, dict) else ("", {})


def _converted(payload: dict[str, Any], kind: type[T]) -> T:
    try:
        return msgspec.convert(payload, kind)
    except msgspec.ValidationError as problem:
        raise BrokenInterchange(format="annotations", kind=kind.__name__) from problem


def _quote(target: Target, text: Text | None) -> Quote:
    position = next((one for one in target.selector if isinstance(one, TextPositionSelector)), None)
    words = next((one for one in target.selector if isinstance(one, TextQuoteSelector)), None)
    if text is not None:
        return _found(text, position, words)
    scope = target.scope.removeprefix(_TEXT)
    try:
        if position is None or words is None or not re.fullmatch("[0-9a-f]{64}", scope):
            raise ValueError("without the text, position, words and scope must all be given")
        span = Span(text=scope, start=position.start, end=position.end)
        return Quote(span=span, exact=words.exact, before=words.prefix[-CONTEXT:], after=words.suffix[:CONTEXT])
    except ValueError as problem:
        raise BrokenInterchange(
            "Words cannot be placed without the text they stand in. Give the document too.", format="annotations"
        ) from problem


def _found(text: Text, position: TextPositionSelector | None, words: TextQuoteSelector | None) -> Quote:
    """The words in a text: where the position says, or where alone they stand."""
    content = text.content
    inside = position is not None and 0 <= position.start < position.end <= len(content)
    if position is not None and inside and (words is None or content[position.start : position.end] == words.exact):
        return text.quote(position.start, position.end)
    if words is not None and words.exact:
        for around in (words.prefix + words.exact + words.suffix, words.exact):
            at = content.find(around)
            if at >= 0 and content.find(around, at + 1) < 0:
                start = at + (len(words.prefix) if around != words.exact else 0)
                return text.quote(start, start + len(words.exact))
    raise BrokenInterchange("Words are not in the text they should stand in.", format="annotations")
