"""Changing a draft by hand: what a sentence rests on goes with it, and who changed it is kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from msgspec.structs import replace

from amparo.domain.drafts import Block, Draft, Sentence, SentenceKind, Support
from amparo.errors import UnknownSentence

Cell = tuple[Sentence, ...]


def find_sentence(draft: Draft, name: str) -> Sentence:
    """A sentence by its name.

    Raises:
        UnknownSentence: the draft has no such sentence.
    """
    for sentence in draft.sentences():
        if sentence.id == name:
            return sentence
    raise UnknownSentence(sentence=name)


def reword(draft: Draft, name: str, text: str, *, by: str) -> Draft:
    """Put other words in a sentence's place; its sources stay, and quotes that it no longer holds are let go.

    Raises:
        UnknownSentence: the draft has no such sentence.
        ValueError: no words are given.
    """
    words = " ".join(text.split())
    if not words:
        raise ValueError("a sentence has words; to take it out, remove it")

    def changed(one: Sentence) -> Cell:
        kept = tuple(quote for quote in one.quotes if quote in words)
        return (replace(one, text=words, quotes=kept, by=by),)

    return _with(draft, name, changed)


def rest_on(draft: Draft, name: str, supports: tuple[Support, ...], *, by: str) -> Draft:
    """Say what a sentence rests on; one that rests on words tells a fact.

    Raises:
        UnknownSentence: the draft has no such sentence.
    """
    kind: SentenceKind = "fact" if supports else "wording"

    def changed(one: Sentence) -> Cell:
        exact = {" ".join(support.exact.split()) for support in supports}
        quotes = tuple(quote for quote in one.quotes if quote in exact)
        return (replace(one, supports=supports, kind=kind if supports else one.kind, quotes=quotes, by=by),)

    return _with(draft, name, changed)


def add_after(
    draft: Draft, name: str, text: str, *, by: str, tells_fact: bool = True, supports: tuple[Support, ...] = ()
) -> Draft:
    """Put a new sentence after another; one that tells a fact needs a source before the paper can be approved.

    Raises:
        UnknownSentence: the draft has no such sentence.
        ValueError: no words are given.
    """
    words = " ".join(text.split())
    if not words:
        raise ValueError("a sentence has words")
    taken = {one.id for one in draft.sentences()}
    fresh = next(made for number in count(1) if (made := f"a{number:03d}") not in taken)
    kind: SentenceKind = "fact" if tells_fact or supports else "wording"
    quotes = tuple(e for s in supports if (e := " ".join(s.exact.split())) and e in words)
    added = Sentence(id=fresh, text=words, kind=kind, supports=supports, quotes=quotes, by=by)
    return _with(draft, name, lambda one: (one, added))


def remove(draft: Draft, name: str) -> Draft:
    """Take a sentence out; a paragraph without sentences goes with it.

    Raises:
        UnknownSentence: the draft has no such sentence.
    """
    return _with(draft, name, lambda one: ())


def _with(draft: Draft, name: str, change: Callable[[Sentence], Cell]) -> Draft:
    find_sentence(draft, name)
    blocks = (_block(block, name, change) for block in draft.blocks)
    return replace(draft, blocks=tuple(block for block in blocks if any(block.cells)))


def _block(block: Block, name: str, change: Callable[[Sentence], Cell]) -> Block:
    if not any(one.id == name for cell in block.cells for one in cell):
        return block
    cells = (tuple(s for one in cell for s in (change(one) if one.id == name else (one,))) for cell in block.cells)
    return replace(block, cells=tuple(cells))
