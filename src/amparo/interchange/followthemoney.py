"""Documents, people, facilities and what is alleged as FollowTheMoney entities and statements (JSON lines).

The entities are written by us: the library is large and is only needed to check them (``make formats``). FollowTheMoney
knows no claim with a speaker, a stance and a place in a text: an allegation becomes an Event that a Documentation ties
to its document, a claim an UnknownLink from its speaker to the document, or a Note where nobody is named. Their exact
words go along; offsets, chains, forms and confidences are lost. Web Annotations carry those.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from amparo.domain.claims import Allegation, Claim, CustodyEvent, Source
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.parties import Person, PersonRole
from amparo.errors import BrokenInterchange

DATASET = "amparo"
_BODIES = {"facility": "PublicBody", "authority": "PublicBody", "organisation": "Organization"}
_ROLES: tuple[PersonRole, ...] = (
    "detained", "lawyer", "family", "judge", "guard", "doctor", "official", "journalist", "other",
)  # fmt: skip


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One entity: its schema and its properties, each with one or more values."""

    id: str
    schema: str
    properties: dict[str, tuple[str, ...]]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one property of one entity, as FollowTheMoney's statements have it."""

    canonical_id: str
    entity_id: str
    prop: str
    schema: str
    value: str
    dataset: str
    id: str
    lang: str | None = None
    original_value: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    external: bool = False
    origin: str | None = None


@cache
def model() -> Mapping[str, Any]:
    """The schemata and properties that are written, with the version of the model they were read in."""
    path = resources.files("amparo") / "data" / "vocabulary" / "followthemoney.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


def entities_of(dossier: Dossier, *, acts: Mapping[str, str]) -> tuple[Entity, ...]:
    """A document with its people, bodies, allegations, claims and events.

    Args:
        dossier: one document with its reading and notes.
        acts: what each act is called, by its code.
    """
    return tuple(_Writer(dossier, acts).entities())


def write_entities(entities: Iterable[Entity]) -> bytes:
    """Entities as JSON lines."""
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities)


def read_entities(data: bytes) -> tuple[Entity, ...]:
    """Entities out of JSON lines, ours or others'; what is neither id, schema nor property is left aside.

    Raises:
        BrokenInterchange: a line is no entity.
    """
    try:
        return tuple(msgspec.json.decode(line, type=Entity) for line in data.split(b"\n") if line.strip())
    except msgspec.MsgspecError as problem:
        raise BrokenInterchange(format="ftm") from problem


def statements_of(entities: Iterable[Entity], *, dataset: str = DATASET) -> Iterator[Statement]:
    """Entities taken apart into statements, each entity closed by the one that holds its checksum.

    Args:
        entities: in order.
        dataset: whose statements these are.
    """
    for entity in entities:
        made = [
            Statement(canonical_id=entity.id, entity_id=entity.id, prop=prop, schema=entity.schema, value=value,
                      dataset=dataset, id=_key(dataset, entity.id, prop, value))
            for prop, values in entity.properties.items() for value in values
        ]  # fmt: skip
        yield from made
        checksum = hashlib.sha1(entity.schema.encode(), usedforsecurity=False)
        for key in sorted(one.id for one in made):
            checksum.update(key.encode())
        value = checksum.hexdigest()
        yield Statement(canonical_id=entity.id, entity_id=entity.id, prop="id", schema=entity.schema, value=value,
                        dataset=dataset, id=_key(dataset, entity.id, "id", value))  # fmt: skip


def write_statements(statements: Iterable[Statement]) -> bytes:
    """Statements as JSON lines."""
    return b"".join(msgspec.json.encode(statement) + b"\n" for statement in statements)


def read_statements(data: bytes) -> tuple[Statement, ...]:
    """Statements out of JSON lines.

    Raises:
        BrokenInterchange: a line is no statement.
    """
    try:
        return tuple(msgspec.json.decode(line, type=Statement) for line in data.split(b"\n") if line.strip())
    except msgspec.MsgspecError as problem:
        raise BrokenInterchange(format="ftm-statements") from problem


def entities_from(statements: Iterable[Statement]) -> tuple[Entity, ...]:
    """Statements put together again, entities and values in the order they first appear."""
    schemata: dict[str, str] = {}
    values: dict[str, dict[str, dict[str, None]]] = {}
    for one in statements:
        schemata[one.canonical_id] = one.schema
        held = values.setdefault(one.canonical_id, {})
        if one.prop != "id":
            held.setdefault(one.prop, {})[one.value] = None
    return tuple(
        Entity(id=key, schema=schemata[key], properties={prop: tuple(given) for prop, given in held.items()})
        for key, held in values.items()
    )


def people_from(entities: Iterable[Entity]) -> tuple[Person, ...]:
    """The people among entities, ours or others': name, aliases, and the role where it is one of ours."""
    found = []
    for entity in entities:
        names = entity.properties.get("name", ())
        if entity.schema == "Person" and names:
            position = next(iter(entity.properties.get("position", ())), "other")
            role: PersonRole = next((one for one in _ROLES if one == position), "other")
            aliases = (*names[1:], *entity.properties.get("alias", ()))
            found.append(Person(name=names[0], aliases=aliases, role=role))
    return tuple(found)


def _key(dataset: str, entity: str, prop: str, value: str) -> str:
    return hashlib.sha1(f"{dataset}.{entity}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()


class _Writer:
    """Everything one document becomes."""

    def __init__(self, dossier: Dossier, acts: Mapping[str, str]) -> None:
        self.dossier, self.acts = dossier, acts
        self.stem = f"doc-{dossier.document.id[:40]}"

    def entities(self) -> Iterator[Entity]:
        notes = self.dossier.notes
        yield self.document()
        for number, person in enumerate(notes.people):
            yield _entity(self.person(number), "Person", name=[_name(person.name)], position=[person.role],
                          alias=[_name(one) for one in person.aliases], proof=[self.stem])  # fmt: skip
        yield from self.bodies()
        yield from self.mentions()
        for number, allegation in enumerate(notes.allegations):
            yield from self.alleged(number, allegation)
        for number, claim in enumerate(notes.claims):
            yield self.claimed(number, claim)
        for number, event in enumerate(notes.events):
            yield from self.happened(number, event)

    def document(self) -> Entity:
        document, text, notes = self.dossier.document, self.dossier.text, self.dossier.notes
        language = model()["language"].get(text.language)
        return _entity(
            self.stem, "Document", fileName=[document.name or document.id], mimeType=[document.media_type],
            fileSize=[str(document.size)], bodyText=[_prose(text.content)], language=[language] if language else [],
            authoredAt=[str(notes.written.earliest)] if notes.written and notes.written.certain else [],
            processingAgent=[f"{text.maker.component} {text.maker.version}"], notes=[f"sha256:{document.id}"],
        )  # fmt: skip

    def bodies(self) -> Iterator[Entity]:
        """Facilities, authorities and organisations, each once under all its words."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for mention in self.dossier.notes.mentions:
            if mention.kind in _BODIES:
                found.setdefault((mention.kind, mention.normal), {})[_name(mention.quote.exact)] = None
        for (kind, normal), words in found.items():
            coded = kind == "facility" and "/" in normal and " " not in normal
            names = [_name(normal)] if not coded else list(words)[:1]
            yield _entity(self.body(kind, normal), _BODIES[kind], name=names, proof=[self.stem],
                          alias=[one for one in words if one not in names],
                          **({"idNumber": [normal]} if coded else {}))  # fmt: skip

    def mentions(self) -> Iterator[Entity]:
        notes = self.dossier.notes
        whose = {at: number for number, person in enumerate(notes.people) for at in person.mentions}
        for at, mention in enumerate(notes.mentions):
            resolved = self.person(whose[at]) if at in whose else None
            schema = "Person" if resolved else _BODIES.get(mention.kind)
            if resolved is None and schema is not None:
                resolved = self.body(mention.kind, mention.normal)
            if resolved is not None and schema is not None and _name(mention.quote.exact):
                yield _entity(f"{self.stem}-mention-{at}", "Mention", name=[_name(mention.quote.exact)],
                              document=[self.stem], resolved=[resolved], detectedSchema=[schema])  # fmt: skip

    def alleged(self, number: int, allegation: Allegation) -> Iterator[Entity]:
        words, key = _words(allegation.quotes), f"{self.stem}-allegation-{number}"
        label = self.acts.get(allegation.act, allegation.act)
        yield _entity(
            key, "Event", name=[label], summary=[words], **_days(allegation.when),
            location=[_name(allegation.place or "")],
            involved=[self.person(role.person) for role in allegation.roles if role.person is not None],
            keywords=["allegation", allegation.act, allegation.status], recordId=[f"allegation/{number}"],
            proof=[self.stem],
        )  # fmt: skip
        yield _entity(
            f"{key}-in", "Documentation", document=[self.stem], entity=[key], role=["alleged in"], summary=[words]
        )

    def claimed(self, number: int, claim: Claim) -> Entity:
        words, key = _words(claim.contents), f"{self.stem}-claim-{number}"
        speaker = self.speaker(claim.source)
        if speaker is None:
            return _entity(key, "Note", description=[words], entity=[self.stem], proof=[self.stem],
                           keywords=["claim", claim.stance, f"source {claim.source.kind}"])  # fmt: skip
        return _entity(key, "UnknownLink", subject=[speaker], object=[self.stem], role=[claim.stance], summary=[words],
                       proof=[self.stem])  # fmt: skip

    def happened(self, number: int, event: CustodyEvent) -> Iterator[Entity]:
        words, key = _words((event.quote,)), f"{self.stem}-event-{number}"
        yield _entity(
            key, "Event", name=[event.kind], summary=[words], **_days(event.when),
            involved=[self.person(event.person)] if event.person is not None else [],
            keywords=["custody event", event.kind], recordId=[f"event/{number}"], proof=[self.stem],
        )  # fmt: skip
        yield _entity(
            f"{key}-in", "Documentation", document=[self.stem], entity=[key], role=["told in"], summary=[words]
        )

    def speaker(self, source: Source) -> str | None:
        index = self.dossier.notes.author if source.kind == "author" else source.person
        return self.person(index) if index is not None else None

    def person(self, index: int) -> str:
        return f"{self.stem}-person-{index}"

    def body(self, kind: str, normal: str) -> str:
        return f"{self.stem}-{kind}-{hashlib.sha256(normal.encode()).hexdigest()[:12]}"


def _entity(key: str, schema: str, **given: list[str]) -> Entity:
    """An entity without empty properties and with each value once."""
    kept = {prop: tuple(dict.fromkeys(value for value in values if value)) for prop, values in given.items()}
    return Entity(id=key, schema=schema, properties={prop: values for prop, values in kept.items() if values})


def _name(words: str) -> str:
    """A name as the model keeps it: on one line, without quotes around it, not too long."""
    return " ".join(words.split()).strip("\"'“”„«»‘’ ")[: model()["limits"]["name"]].strip()


def _prose(words: str) -> str:
    return words.strip()[: model()["limits"]["text"]].strip()


def _words(quotes: Iterable[Any]) -> str:
    return _prose(" … ".join(quote.exact for quote in quotes))


def _days(when: PartialDate | None) -> dict[str, list[str]]:
    if when is None:
        return {}
    if when.certain:
        return {"date": [str(when.earliest)]}
    return {"startDate": [str(when.earliest)], "endDate": [str(when.latest)]}
