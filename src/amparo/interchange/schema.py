"""JSON Schemas of our types, written to ``schema/`` so that others can check what they read from us.

Run as ``python -m amparo.interchange.schema schema`` to write them, with ``--check`` to see that they are up to date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from amparo.domain.dossier import Dossier
from amparo.interchange.lines import FailedLine, Line

SCHEMAS: dict[str, Any] = {"line": Line, "failed-line": FailedLine, "dossier": Dossier}
"""Every schema we publish, by the name of its file."""


def schema_of(name: str) -> str:
    """One schema as indented JSON, the same for the same types.

    >>> json.loads(schema_of("line"))["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(SCHEMAS[name])}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def outdated(folder: Path) -> list[str]:
    """Names of the schema files in a folder that are missing or differ from the types."""
    written = {name: folder / f"{name}.json" for name in SCHEMAS}
    return [n for n, path in written.items() if not path.is_file() or path.read_text(encoding="utf8") != schema_of(n)]


def main(arguments: list[str]) -> int:
    """Write the schemas to a folder, or check them."""
    folder = Path(next(a for a in arguments if not a.startswith("--")))
    if "--check" in arguments:
        late = outdated(folder)
        if late:
            sys.stderr.write(f"out of date: {', '.join(late)}; run: python -m amparo.interchange.schema {folder}\n")
        return 1 if late else 0
    folder.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (folder / f"{name}.json").write_text(schema_of(name), encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
