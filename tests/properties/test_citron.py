"""Claims with a cue go out as Citron's quotes and come back with their words; what Citron has no word for is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from tests.dossiers import MAKER, dossiers

from amparo.domain.dossier import Dossier
from amparo.domain.text import Maker, Text
from amparo.errors import BrokenInterchange
from amparo.interchange.citron import citron_of, claims_from, read_citron, write_citron

# The example of Citron's own documentation, shortened.
EXAMPLE = {
    "text": '"When I use a word," Humpty Dumpty said, "it means just what I choose."',
    "quotes": [{
        "cue": {"start": 35, "end": 39, "text": "said"}, "sources": [{"start": 21, "end": 34, "text": "Humpty Dumpty"}],
        "contents": [{"start": 0, "end": 20, "text": '"When I use a word,"'},
                     {"start": 41, "end": 71, "text": '"it means just what I choose."'}],
        "coreferences": [], "confidence": "0.9123",
    }],
    "coreference_groups": None,
}  # fmt: skip


@given(dossiers())
def test_cue_source_contents_and_confidence_come_back(dossier: Dossier) -> None:
    file = read_citron(write_citron(citron_of(dossier)))
    assert file == citron_of(dossier)
    back = claims_from(file, dossier.text, maker=MAKER)
    went = [claim for claim in dossier.notes.claims if claim.cue is not None]
    assert [(c.cue, c.contents, c.source.quotes, c.confidence) for c in back] == [
        (c.cue, c.contents, c.source.quotes, c.confidence) for c in went
    ]


def test_citrons_own_example_is_read() -> None:
    file = read_citron(json.dumps(EXAMPLE).encode())
    text = Text.of(file.text, document="0" * 64, maker=Maker(component="reading.plain", version="1"))
    (claim,) = claims_from(file, text, maker=MAKER)
    assert (claim.form, claim.stance, claim.confidence) == ("direct", "asserts", 0.9123)
    assert claim.source.quotes[0].exact == "Humpty Dumpty"


def test_a_quote_that_stands_elsewhere_is_refused() -> None:
    file = read_citron(json.dumps(EXAMPLE).encode())
    other = Text.of("x" * 80, document="0" * 64, maker=Maker(component="reading.plain", version="1"))
    with pytest.raises(BrokenInterchange):
        claims_from(file, other, maker=MAKER)
