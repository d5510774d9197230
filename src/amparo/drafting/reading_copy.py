"""A paper in the person's language, to be checked before it is signed; what people wrote stays as they wrote it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from amparo.domain.drafts import Block, Draft, Sentence
from amparo.drafting import telling


def reading_copy(paper: Draft, own: Draft, other: Draft) -> Draft:
    """A paper, sentence by sentence, in another language.

    A sentence that stands as it was composed is given in the other language. One that somebody reworded or added is
    never translated by program: the copy says so, gives the words of the paper, and beside them what had been composed
    in the reader's language.

    Args:
        paper: as it is to be sent.
        own: the same composed anew from the case, in the paper's language.
        other: the same composed anew in the reader's language.

    Returns:
        The copy; its marks say that it is one.
    """
    composed = {one.id: one.text for one in own.sentences()}
    known = {one.id: one for one in other.sentences()}
    language = other.language
    by_hand = 0

    def told(one: Sentence) -> Sentence:
        nonlocal by_hand
        found = known.get(one.id)
        if found is not None and one.by == "" and composed.get(one.id) == one.text:
            return found
        by_hand += 1
        return _as_written(one, found, language)

    def in_other(block: Block) -> Block:
        return replace(block, cells=tuple(tuple(told(one) for one in cell) for cell in block.cells))

    blocks = tuple(in_other(block) for block in paper.blocks)
    first = "reading-first-own" if by_hand else "reading-first"
    lead = Sentence(id="reading", text=telling.say(first, language, count=str(by_hand)))
    return replace(
        other, blocks=(Block(kind="paragraph", cells=((lead,),)), *blocks), to=paper.to,
        marks=(telling.word("label", "reading-copy", language),),
    )  # fmt: skip


def _as_written(one: Sentence, found: Sentence | None, language: str) -> Sentence:
    """What somebody wrote, in the paper's own words, with what stood there before where it is known."""
    filled: Mapping[str, str] = {"own": one.text, "before": found.text if found is not None else ""}
    key = "reading-reworded" if found is not None else "reading-added"
    return replace(one, text=telling.say(key, language, **filled), quotes=tuple(q for q in one.quotes if q in one.text))
