"""Words that stand for somebody, as they were found."""

from __future__ import annotations

from typing import NamedTuple

from amparo.domain.parties import PersonRole


class PersonFound(NamedTuple):
    """Words that stand for somebody.

    Args:
        start, end: the words with title or determiner; code points, half-open.
        name: the name without title and quotes, or "" for a description.
        nickname: a nickname inside the name, or "".
        role: what the title or noun tells.
        gender: m, f or "".
        kind: ``name``, ``description`` or ``epithet``.
        core: where a description's noun ends, before what is said more; for others the end.
        noun: a description's noun, or the title before a name, folded.
        determiner: the folded word before a description, or the possessive before a title.
    """

    start: int
    end: int
    name: str
    nickname: str
    role: PersonRole
    gender: str
    kind: str
    core: int = 0
    noun: str = ""
    determiner: str = ""
