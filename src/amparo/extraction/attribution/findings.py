"""What an authority finds, grants or denies in a paper of its own, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from amparo.domain.claims import Stance
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

SHORTEST = 12
"""A sentence of fewer characters finds nothing."""
MANY_SELVES = 3
"""So many words of one's own person make a paper somebody's petition, not an authority's answer."""
ORDER: tuple[Stance, ...] = ("denies", "promises", "confirms", "asserts")
_NUMBERED = re.compile(r"\s*(?:(?:[-–•*]|\(?(?:\d{1,2}|[a-z])[.)])\s+)*")


@cache
def _phrases(language: Language) -> dict[str, Phrases]:
    return {name: Phrases.of(words) for name, words in vocabulary("findings", language)["words"].items()}


def find_findings(
    text: Text, notes: Notes, reported: Sequence[tuple[int, int]], *, language: Language
) -> Iterator[tuple[int, int, Stance]]:
    """Sentences in which the authority whose paper it is finds, confirms, promises or denies something.

    A petition, in which somebody speaks in the first person, finds nothing; nor does a sentence that only tells what
    others said.

    Args:
        text: an official paper.
        notes: with sentences and filler.
        reported: stretches that tell what others said.
        language: whose words to look for.

    Yields:
        Begin and end in code points, half-open, and the stance.
    """
    known = _phrases(language)
    if sum(1 for _ in known["own"].find(text.content)) >= MANY_SELVES:
        return
    for sentence in notes.sentences:
        begin = _NUMBERED.match(text.content, sentence.start, sentence.end).end()  # type: ignore[union-attr]
        end = begin + len(text.content[begin : sentence.end].rstrip(" .;\n"))
        told = sum(max(0, min(end, b) - max(begin, a)) for a, b in reported)
        if end - begin < SHORTEST or told * 2 > end - begin or notes.set_aside(begin, end):
            continue
        if next(known["recital"].find(text.content, begin, end), None) is not None:
            continue
        stance = next((s for s in ORDER if next(known[s].find(text.content, begin, end), None) is not None), None)
        if stance is not None:
            yield begin, end, stance
