"""The one overall claim of a letter's writer: the sentence in which the writer comes to the point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.extraction.phrases import Phrases
from amparo.extraction.vocabulary import vocabulary

SHORT = 90
"""A point longer than this, in characters, is cut at a comma or another joint."""
SHORTEST = 25
_JOINT = re.compile(r"[,;:]\s|\s(?:because|cuz|and then|so that|porque|pues|ya que)\s")


@cache
def _phrases(language: Language) -> dict[str, Phrases]:
    return {name: Phrases.of(words) for name, words in vocabulary("cues", language)["author"].items()}


def main_point(
    text: Text, notes: Notes, reported: Sequence[tuple[int, int]], *, language: Language
) -> tuple[int, int] | None:
    """Where the writer of a letter says what the letter is about.

    The sentence with most words of need and of the writer's own person, the earlier of two alike; greetings, thanks
    and what others are reported to have said do not count.

    Args:
        text: the reading.
        notes: with sentences.
        reported: stretches that tell what others said.
        language: whose words to look for.
    """
    known = _phrases(language)
    best: tuple[float, int, int] | None = None
    count = max(1, len(notes.sentences))
    for number, sentence in enumerate(notes.sentences):
        begin, end = sentence.start, sentence.end
        if end - begin < SHORTEST or notes.set_aside(begin, end):
            continue

        def times(group: str, begin: int = begin, end: int = end) -> int:
            return sum(1 for _ in known[group].find(text.content, begin, end))

        told = sum(max(0, min(end, b) - max(begin, a)) for a, b in reported)
        if told * 2 > end - begin or not times("mine"):
            continue
        score = min(times("point"), 4) - 1.5 * min(times("aside"), 2) - number / count
        if best is None or score > best[0]:
            best = (score, begin, end)
    if best is None:
        whole = [s for s in notes.sentences if s.end - s.start >= SHORTEST] or list(notes.sentences)
        return (whole[0].start, _cut(text.content, whole[0].start, whole[0].end)) if whole else None
    return best[1], _cut(text.content, best[1], best[2])


def _cut(content: str, begin: int, end: int) -> int:
    """The end of the sentence, or of its first part if it is long."""
    if end - begin > SHORT:
        joint = _JOINT.search(content, begin + SHORTEST, end)
        if joint:
            end = joint.start()
    while end > begin + 1 and content[end - 1] in " .,;:!?\n":
        end -= 1
    return end
