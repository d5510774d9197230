"""Names of people, bodies and places in English, found by the reading model in the same pass as the claims."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.domain.claims import MentionKind
from amparo.domain.notes import Stretch
from amparo.domain.text import Text
from amparo.extraction.encoder.model import reading_model
from amparo.extraction.phrases import fold
from amparo.extraction.vocabulary import vocabulary

KINDS: dict[str, MentionKind] = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "Facility": "facility",
}
"""What the model's labels are called in the notes; nationalities, days, sums and products are left to others."""
MAY_BE_BUILT = frozenset({"Location", "Organization", "Misc", "Product"})
"""Labels that the model gives to what is a facility, when it is wrong."""


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

    What ends in a word for something built is a facility, whatever else but a person the model takes it for.

    Args:
        text: the reading.
        sentences: in order, not overlapping.
    """
    built = frozenset(vocabulary("institutions", "en")["structures"])
    return [
        (start, end, "Facility" if label in MAY_BE_BUILT and _last_word(text, start, end) in built else label, chance)
        for start, end, label, chance in reading_model().names(text, sentences)
    ]


def _last_word(text: Text, start: int, end: int) -> str:
    words = fold(text.content[start:end]).split()
    return words[-1] if len(words) > 1 else ""
