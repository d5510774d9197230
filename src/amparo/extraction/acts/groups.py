"""How a group of prisoners is called: in the words of the text, from those nearest to the act."""

from __future__ import annotations

import re
from collections import Counter

from amparo.domain.claims import Role
from amparo.domain.text import Language
from amparo.extraction.acts.passages import Passage
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.telling import within, words_at

APART = 3
"""How many words before a passage the group may stand whom it is about."""
BACK = 3
"""How many sentences before a passage may call those it is about, where the passage itself does not."""


def group_in(passage: Passage, finder: Finder, content: str, language: Language) -> Role | None:
    """The group a passage is about, where its words name one and the writer does not speak of the writer.

    Args:
        passage: the words that tell the act.
        finder: what is said in the text.
        content: the text.
        language: for the words of groups that are only many.
    """
    found = within(finder, "groups", passage.start - APART, passage.end)
    if not found:
        unit = within(finder, "whole-units", passage.start - 1, passage.start + 3)
        return _role(content, finder, unit[0]) if unit else None
    if within(finder, "first-person", passage.start, passage.end):
        return None
    unnamed = set(within(finder, "unnamed-many", passage.start - APART, passage.end))
    if found[0] in unnamed:
        return group_about(passage, finder, content, language)
    return _role(content, finder, found[0])


def group_about(passage: Passage, finder: Finder, content: str, language: Language) -> Role:
    """What those in a place are called nearest before a passage, else oftenest in the document, else prisoners.

    Args:
        passage: the words that tell the act.
        finder: what is said in the text.
        content: the text.
        language: for the word where the text has none.
    """
    wording = finder.wording
    unnamed, not_held = ({(s.start, s.end) for s in finder.said(c)} for c in ("unnamed-many", "people-outside"))
    said = [(s.start, s.end) for s in finder.said("groups") if (s.start, s.end) not in unnamed | not_held]
    sentence = wording.sentence[passage.start]
    before = [s for s in said if s[0] < passage.end and 0 <= sentence - wording.sentence[s[0]] <= BACK]
    if before:
        return _role(content, finder, before[-1])
    if said:
        often = Counter(words_at(content, wording, *s).casefold() for s in said).most_common(1)[0][0]
        return Role(kind="affected", words=f"group: {often}")
    return Role(kind="affected", words=f"group: {many(language)}")


def many(language: Language) -> str:
    """What to call people of whom only is said that they are many."""
    return "internos" if language == "es" else "prisoners"


def _role(content: str, finder: Finder, where: tuple[int, int]) -> Role:
    words = re.split("['’]s(?!\\w)", words_at(content, finder.wording, *where))[0]  # "the women's wing": women
    return Role(kind="affected", words=f"group: {words}")
