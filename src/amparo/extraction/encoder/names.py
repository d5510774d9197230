"""Names of people, bodies and places in English, found by the reading model in the same pass as the claims."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.domain.claims import MentionKind
from amparo.domain.notes import Stretch
from amparo.domain.text import Text
from amparo.extraction.encoder.model import LIGHT, reading_model

KINDS: dict[str, MentionKind] = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "Facility": "facility",
}
"""What the model's labels are called in the notes; nationalities, days, sums and products are left to others."""


def find_names(
    text: Text, sentences: Sequence[Stretch], *, model: str = LIGHT
) -> tuple[tuple[int, int, MentionKind, float], ...]:
    """Names in an English text: code points, half-open, the kind, and how sure the model is.

    Args:
        text: the reading.
        sentences: in order, not overlapping.
        model: the reading model's name.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    found = find_labels(text, sentences, model=model)
    return tuple((a, b, KINDS[label], chance) for a, b, label, chance in found if label in KINDS)


def find_labels(
    text: Text, sentences: Sequence[Stretch], *, model: str = LIGHT
) -> list[tuple[int, int, str, float]]:
    """Names with the model's own labels, some of which are no kind of mention.

    Args:
        text: the reading.
        sentences: in order, not overlapping.
        model: the reading model's name.
    """
    return reading_model(model).names(text, sentences)
