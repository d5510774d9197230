"""Names of people, bodies and places in English, found by the reading model in the same pass as the claims."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.domain.claims import MentionKind
from amparo.domain.notes import Stretch
from amparo.domain.text import Text
from amparo.extraction.encoder.model import reading_model

KINDS: dict[str, MentionKind] = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "Facility": "facility",
}
"""What the model's labels are called in the notes; nationalities, days, sums and products are left to others."""


def find_names(text: Text, sentences: Sequence[Stretch]) -> tuple[tuple[int, int, MentionKind, float], ...]:
    """Names in an English text: code points, half-open, the kind, and how sure the model is.

    Args:
        text: the reading.
        sentences: in order, not overlapping.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    return tuple((a, b, KINDS[label], chance) for a, b, label, chance in find_labels(text, sentences) if label in KINDS)


def find_labels(text: Text, sentences: Sequence[Stretch]) -> list[tuple[int, int, str, float]]:
    """Names with the model's own labels, some of which are no kind of mention.

    Args:
        text: the reading.
        sentences: in order, not overlapping.
    """
    return reading_model().names(text, sentences)
