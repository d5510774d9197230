"""Every note goes out as a Web Annotation and comes back the same; what others write is read as far as it can be."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers import dossiers
from tests.webannotations import hold, hold_collection

from amparo.domain.dossier import Dossier
from amparo.domain.text import Maker, Text
from amparo.errors import BrokenInterchange
from amparo.interchange.annotations import MODEL, annotations_of, notes_from, read_annotations, write_annotations


@given(dossiers())
def test_every_note_comes_back_as_it_went(dossier: Dossier) -> None:
    written = write_annotations(annotations_of(dossier), of=dossier.document.id, label=dossier.document.name)
    for text in (None, dossier.text):
        found = notes_from(read_annotations(written), text=text)
        assert tuple(found.mentions) == dossier.notes.mentions
        assert tuple(found.people) == dossier.notes.people
        assert tuple(found.claims) == dossier.notes.claims
        assert tuple(found.allegations) == dossier.notes.allegations
        assert tuple(found.events) == dossier.notes.events
        assert found.marked == []


@given(dossiers())
def test_what_is_written_keeps_the_musts_of_the_data_model(dossier: Dossier) -> None:
    whole = json.loads(write_annotations(annotations_of(dossier), of=dossier.document.id))
    assert whole["type"] == "AnnotationCollection"
    assert whole["total"] == len(whole["first"]["items"])
    ids = [one["id"] for one in whole["first"]["items"]]
    assert len(set(ids)) == len(ids)
    for one in whole["first"]["items"]:
        assert one["@context"] == MODEL
        assert one["type"] == "Annotation"
        for target in one["target"]:
            assert target["source"] == f"urn:sha256:{dossier.document.id}"
            for selector in target.get("selector", []):
                if selector["type"] == "TextPositionSelector":
                    assert 0 <= selector["start"] < selector["end"] <= len(dossier.text.content)
        assert all(body["type"] == "TextualBody" and isinstance(body["value"], str) for body in one["body"])


@given(dossiers())
def test_every_annotation_holds_to_the_recommendation_term_by_term(dossier: Dossier) -> None:
    whole = json.loads(write_annotations(annotations_of(dossier), of=dossier.document.id, label="a letter"))
    for one in hold_collection(whole):
        hold(one)


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "not an iri"}, {"type": "Note"}, {"target": []}, {"bodyValue": "two bodies"}, {"confirmed": "by us"},
        {"motivation": "gossiping"}, {"created": "yesterday"}, {"body": [{"type": "TextualBody", "value": {}}]},
        {"target": [{"type": "SpecificResource", "source": "urn:x:1",
                     "selector": [{"type": "TextPositionSelector", "start": 5, "end": 2}]}]},
        {"@context": "https://example.org/other.jsonld"},
    ],
)  # fmt: skip
def test_the_checks_of_the_recommendation_can_fail(broken: dict[str, object]) -> None:
    good = {
        "@context": MODEL, "id": "urn:uuid:1", "type": "Annotation", "target": "urn:x:1",
        "body": {"type": "TextualBody", "value": "x"},
    }  # fmt: skip
    hold(good)
    with pytest.raises(AssertionError):
        hold({**good, **broken})


@given(dossiers())
def test_the_same_notes_keep_their_names(dossier: Dossier) -> None:
    assert annotations_of(dossier) == annotations_of(dossier)


KEYS = ("type", "items", "first", "target", "body", "id", "selector", "source")
FOREIGN = {
    "@context": [MODEL, "https://example.org/other.jsonld"], "id": "https://example.org/1", "type": "Annotation",
    "bodyValue": "withheld medicine",
    "target": {"source": "https://example.org/letter", "selector": {"type": "TextQuoteSelector", "exact": "insulin"}},
}  # fmt: skip


def test_words_marked_by_another_program_are_found_in_our_text() -> None:
    text = Text.of("they took my insulin", document="0" * 64, maker=Maker(component="reading.plain", version="1"))
    found = notes_from(read_annotations(json.dumps([FOREIGN]).encode()), text=text)
    assert [(m.quotes[0].start, m.quotes[0].exact, m.comments) for m in found.marked] == [
        (13, "insulin", ("withheld medicine",))
    ]


@pytest.mark.parametrize("content", ["they took my water", "insulin and insulin"])
def test_words_that_cannot_be_found_once_are_refused(content: str) -> None:
    text = Text.of(content, document="0" * 64, maker=Maker(component="reading.plain", version="1"))
    with pytest.raises(BrokenInterchange):
        notes_from(read_annotations(json.dumps(FOREIGN).encode()), text=text)


@given(st.binary(max_size=60) | st.recursive(
    st.none() | st.booleans() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_anything_else_is_refused_in_our_own_words(data: bytes) -> None:
    with contextlib.suppress(BrokenInterchange):
        notes_from(read_annotations(data))
