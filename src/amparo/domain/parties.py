"""People as one document knows them."""

from __future__ import annotations

from typing import Literal

import msgspec

PersonRole = Literal["detained", "lawyer", "family", "judge", "guard", "doctor", "official", "journalist", "other"]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody a document speaks of, under all the names it uses.

    Args:
        name: the fullest name the document gives.
        aliases: every form of words used for this person, pronouns left out.
        role: what this person is in this document.
        mentions: indices into the notes' mentions.
    """

    name: str
    aliases: tuple[str, ...]
    role: PersonRole = "other"
    mentions: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a person has a name or a description")
