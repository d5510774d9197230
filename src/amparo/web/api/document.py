"""The API's description as one OpenAPI document, kept in ``schema/openapi.json``.

Run as ``python -m amparo.web.api.document schema/openapi.json`` to write it, with ``--check`` to see that it is up to
date.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document, made once and only read; Django must be ready."""
    from amparo.web.api.desk import api

    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))  # type: ignore[no-any-return]


def written() -> str:
    """The document as indented JSON, the same for the same API."""
    return json.dumps(description(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the document, or check it."""
    target = Path(next(argument for argument in arguments if not argument.startswith("--")))
    with tempfile.TemporaryDirectory() as home:
        os.environ["AMPARO_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.web.settings")
        import django

        django.setup()
        now = written()
    if "--check" in arguments:
        late = not target.is_file() or target.read_text(encoding="utf8") != now
        if late:
            sys.stderr.write(f"out of date: {target}; run: python -m amparo.web.api.document {target}\n")
        return int(late)
    target.write_text(now, encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
