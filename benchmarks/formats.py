"""Hold what amparo writes for FollowTheMoney against the library's own model.

Run as ``python -m benchmarks.formats`` in an environment that has ``followthemoney`` (``make formats`` builds one). It
reads the fictional letters that ship, writes them as entities and statements, and exits 1 at the first thing that the
model does not know, would clean differently, or would name differently; 2 when it could not run at all.
"""

from __future__ import annotations

import sys
from importlib import resources
from typing import Any

from amparo import examine
from amparo.dossier import act_labels
from amparo.errors import AmparoError
from amparo.interchange.followthemoney import Entity, Statement, entities_of, model, statements_of

ENOUGH = 5
"""Fewer letters than this that can be read without extras would prove little."""


def main() -> int:
    """Check the data file, then every letter."""
    try:
        import followthemoney
        from followthemoney.statement import Statement as Theirs
    except ImportError as problem:
        sys.stderr.write(f"benchmarks.formats cannot run: {problem}. Use `make formats`.\n")
        return 2
    wrong = [*_data_file(followthemoney)]
    letters, entities, statements = 0, 0, 0
    labels = {code: label.en for code, label in act_labels().items()}
    for path in sorted((resources.files("amparo") / "data" / "letters").iterdir(), key=lambda p: p.name):
        if not path.name.endswith((".txt", ".eml", ".html", ".docx")):
            continue
        try:
            dossier = examine(path.read_bytes(), name=path.name)
        except AmparoError as problem:
            wrong.append(f"{path.name}: {problem.code}")
            continue
        letters += 1
        made = entities_of(dossier, acts=labels)
        kinds = {entity.id: entity.schema for entity in made}
        for entity in made:
            entities += 1
            wrong += [f"{path.name}: {entity.schema} {what}" for what in _entity(entity, kinds, followthemoney)]
        for statement in statements_of(made):
            statements += 1
            wrong += [f"{path.name}: statement {what}" for what in _statement(statement, Theirs)]
    for what in wrong[:40]:
        sys.stdout.write(what + "\n")
    told = f"{letters} letters, {entities} entities, {statements} statements held against followthemoney"
    sys.stdout.write(f"{told} {followthemoney.__version__}: {len(wrong)} wrong\n")
    if letters < ENOUGH or not entities:
        sys.stderr.write("benchmarks.formats: too few letters could be read to prove anything.\n")
        return 2
    return 1 if wrong else 0


def _data_file(library: Any) -> list[str]:
    """What our small data file says and the model does not."""
    wrong = []
    if model()["source"]["version"] != library.__version__:
        wrong.append(f"the data file speaks of {model()['source']['version']}, this is {library.__version__}")
    for name, held in model()["schema"].items():
        schema = library.model.get(name)
        if schema is None:
            wrong.append(f"no schema {name}")
            continue
        wrong += [f"{name} has no property {prop}" for prop in held["properties"] if prop not in schema.properties]
        needed = set(schema.required) - set(held["properties"])
        wrong += [f"{name} needs {prop}" for prop in needed]
    return wrong


def _entity(entity: Entity, kinds: dict[str, str], library: Any) -> list[str]:
    schema = library.model.get(entity.schema)
    wrong = [f"lacks {prop}" for prop in schema.required if prop not in entity.properties]
    for name, values in entity.properties.items():
        prop = schema.get(name)
        for value in values:
            if prop.type.clean(value) != value:
                wrong.append(f"{name} would be cleaned to something else")
            if len(value) > prop.max_length:
                wrong.append(f"{name} is too long")
            if prop.range is not None and not library.model.get(kinds[value]).is_a(prop.range):
                wrong.append(f"{name} leads to a {kinds[value]}")
    data = {"id": entity.id, "schema": entity.schema, "properties": {k: list(v) for k, v in entity.properties.items()}}
    proxy = library.model.get_proxy(data)
    back = {prop: sorted(values) for prop, values in proxy.to_dict()["properties"].items()}
    if back != {prop: sorted(values) for prop, values in entity.properties.items()}:
        wrong.append("does not come back from the library as it went")
    return wrong


def _statement(statement: Statement, theirs: Any) -> list[str]:
    data = {name: getattr(statement, name) for name in statement.__struct_fields__}
    if statement.prop == "id":
        return [] if theirs.from_dict({**data, "id": None}).id == statement.id else ["of the checksum has another id"]
    return [] if theirs.from_dict({**data, "id": None}).id == statement.id else [f"{statement.prop} has another id"]


if __name__ == "__main__":
    sys.exit(main())
