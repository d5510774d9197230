"""The annotated letters of our own: their annotations stand in their texts, and no author stands in both parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benchmarks.quality.attribution import documents

from amparo.extraction.vocabulary import vocabulary

OWN = Path(__file__).parent / "own"
PARTS: dict[str, list[dict[str, Any]]] = {part: list(documents(OWN / part)) for part in ("train", "test")}
EVERY = [document for part in PARTS.values() for document in part]


@pytest.mark.parametrize("document", EVERY, ids=[document["id"] for document in EVERY])
def test_what_is_annotated_stands_in_the_text_letter_for_letter(document: dict[str, Any]) -> None:
    words = [one["exact"] for key in ("allegations", "not_allegations", "events") for one in document[key]]
    words += [claim["content"] for claim in document["claims"]]
    words += [alias for person in document["people"] for alias in person["aliases"]]
    assert [one for one in words if one not in document["text"]] == []
    known = {act["code"] for act in vocabulary("acts")["act"]}
    assert {one["act"] for one in document["allegations"]} <= known


def test_no_author_writes_in_both_parts() -> None:
    styles = {part: {document["style"] for document in documents} for part, documents in PARTS.items()}
    assert styles["train"] & styles["test"] == set()
