"""Headlines, in which every word has a capital and capitals tell nothing."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def is_headline(line: str) -> bool:
    """Whether a line is set in title case: most of its longer words have a capital, and it ends without a stop.

    >>> is_headline("Prison Officials Deny Claims of Night Raids in Letter to Judge")
    True
    >>> is_headline("Ms. Thackery says that she is out of forms")
    False
    """
    longer = [word for word in _WORD.findall(line) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    return len(longer) >= 5 and line.rstrip()[-1] not in ".,;:" and capitals * 10 >= len(longer) * 8
