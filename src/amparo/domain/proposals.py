"""Facts that a document proposes for its case; a person takes them up or not."""

from __future__ import annotations

import msgspec

from amparo.domain.dates import PartialDate
from amparo.domain.text import Maker, Quote


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that a document's own words suggest; never more than a suggestion.

    Args:
        fact: its name in the vocabulary of facts.
        value: a day as far as known, a flag, or one of a choice.
        quotes: the exact words it stands on, at least some.
        maker: who noted it.
    """

    fact: str
    value: PartialDate | bool | str
    quotes: tuple[Quote, ...]
    maker: Maker

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError("a proposed fact stands on words")
