"""Letters in small letters, where one capital within a sentence is worth a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amparo.extraction.phrases import fold
from amparo.extraction.who.person_found import PersonFound


def writes_small(content: str) -> bool:
    """Whether the writer hardly uses capitals, so that names too stand in small letters."""
    starts = re.findall(r"(?:^|[.!?]\s|\n)\s*(\w)", content)
    lonely_i = len(re.findall(r"(?<!\w)i(?!\w)", content))
    return sum(c.islower() for c in starts) * 2 > len(starts) or lonely_i >= 3


def alone_in_small(named: Sequence[PersonFound], content: str, folded: str) -> set[str]:
    """Lone words with a capital in a letter that has hardly any: whoever is worth one, twice and within sentences."""
    inner = [
        fold(p.name)
        for p in named
        if p.kind == "maybe" and p.name[1:].islower() and content[max(0, p.start - 2) : p.start - 1].isalnum()
    ]
    often = {name for name in inner if len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", folded)) >= 2}
    return {name for name in often if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", content)}
