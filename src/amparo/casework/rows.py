"""Rows as lines of JSON, the same whatever database keeps them, and back, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, TextIO

from django.apps import apps as installed
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

_BATCH = 500
_LEFT_OUT = frozenset({"contenttypes", "sessions", "axes"})
_MADE_BY_MIGRATING = frozenset({"auth.Permission"})
"""What is made anew, or is worth nothing tomorrow: who is signed in, which passwords were tried."""


def kept_models(apps: Apps | None = None) -> list[type[Model]]:
    """Every model whose rows are the record's, in the order Django knows them."""
    models = (apps or installed).get_models(include_auto_created=True)
    return [
        model for model in models
        if model._meta.managed and not model._meta.proxy
        and model._meta.app_label not in _LEFT_OUT and model._meta.label not in _MADE_BY_MIGRATING
    ]  # fmt: skip


def write_rows(stream: TextIO) -> dict[str, int]:
    """Write every row as a line ``["casework.case", {"id": 1, ...}]``.

    Args:
        stream: written to as rows are read; called where nothing changes meanwhile.

    Returns:
        How many rows of each model were written.
    """
    counts: dict[str, int] = {}
    for model in kept_models():
        label, names = model._meta.label_lower, [field.attname for field in model._meta.concrete_fields]
        rows = model._default_manager.order_by("pk").values(*names).iterator(chunk_size=_BATCH)
        for row in rows:
            stream.write(json.dumps([label, row], default=str, ensure_ascii=False, separators=(",", ":")) + "\n")
            counts[label] = counts.get(label, 0) + 1
    return counts


def read_rows(lines: Iterable[str], *, apps: Apps) -> dict[str, int]:
    """Put rows back into empty tables; called within a transaction, which checks at its end that all fits together.

    Args:
        lines: as written.
        apps: the models as they were when the lines were written.

    Returns:
        How many rows of each model were read.
    """
    counts: dict[str, int] = {}
    written = (json.loads(line) for line in lines)
    for label, rows in groupby(written, key=lambda row: str(row[0])):
        model = apps.get_model(label)
        for batch in _batches(_made(model, fields) for _, fields in rows):
            model._default_manager.bulk_create(batch)
            counts[label] = counts.get(label, 0) + len(batch)
    models = [apps.get_model(label) for label in counts]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return counts


def _made(model: type[Model], fields: dict[str, Any]) -> Model:
    known = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: known[name].to_python(value) for name, value in fields.items()})


def _batches(rows: Iterator[Model]) -> Iterator[list[Model]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
