"""Headlines, in which every word has a capital and capitals tell nothing."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NUMBERED = re.compile(r"\d{4,}-\d|\d{5}|\bNo\.|\bNúm\.")
"""What a form's line holds and no headline does: a register number, or the word for one."""


def is_headline(line: str) -> bool:
    """Whether a line is set in title case: most of its longer words have a capital, and it ends without a stop.

    >>> is_headline("Prison Officials Deny Claims of Night Raids in Letter to Judge")
    True
    >>> is_headline("Petitioner: Oren Pike, Register No. 40077-512, Marrow Creek Special Management Unit")
    False
    >>> is_headline("Ms. Thackery says that she is out of forms")
    False
    """
    if _NUMBERED.search(line):
        return False
    longer = [word for word in _WORD.findall(line) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    return len(longer) >= 5 and line.rstrip()[-1] not in ".,;:" and capitals * 10 >= len(longer) * 8
