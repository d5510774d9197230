"""The lines at the head of an e-mail that say who wrote to whom, about what and when."""

from __future__ import annotations

import re
from typing import NamedTuple

from amparo.domain.text import Language
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import alternatives

HEAD = 1200
"""How many characters at the head of a text may hold such lines."""
_NAME = re.compile(r"[\"'“]?(?P<name>[^\W\d_][\w’'.-]*(?:[ \t]+[\w’'.-]+){0,4})[\"'”]?[ \t]*(?=<|\(|;|,|$|\n)")


class Headers(NamedTuple):
    """Where an e-mail's head stands, and the names in it: code points, half-open."""

    start: int
    end: int
    sender: tuple[int, int] | None
    recipients: tuple[tuple[int, int], ...]
    day: tuple[int, int] | None


def find_headers(content: str, *, language: Language) -> Headers | None:
    r"""The head of an e-mail, or None for a text that has none.

    Args:
        content: the words.
        language: whose labels to look for besides English ones, which programs write everywhere.

    >>> words = "From: Ada Pike <ada@example.org>\nTo: Ms. Lee\nSubject: Help\n\nDear Ms. Lee,"
    >>> words[slice(*find_headers(words, language="en").sender)]
    'Ada Pike'
    """
    labels = {
        key: vocabulary("genre", language)["mail_labels"][key] + vocabulary("genre", "en")["mail_labels"][key]
        for key in ("sender", "recipient", "subject", "day")
    }
    lines: list[tuple[str, int, int, int]] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", content[:HEAD]):
        for key, names in labels.items():
            label = re.match(rf"[ \t>]*(?:{alternatives(dict.fromkeys(names))})[ \t]*:[ \t]*", match.group().lower())
            if label is not None:
                lines.append((key, match.start(), match.start() + label.end(), match.end()))
                break
        else:
            if lines:
                break
    if not {"sender"} < {key for key, *_ in lines}:
        return None
    sender = next((_name(content, at, end) for key, _, at, end in lines if key == "sender"), None)
    recipients = (_name(content, at, end) for key, _, at, end in lines if key == "recipient")
    day = next(((at, end) for key, _, at, end in lines if key == "day"), None)
    return Headers(lines[0][1], lines[-1][3], sender, tuple(r for r in recipients if r), day)


def _name(content: str, start: int, end: int) -> tuple[int, int] | None:
    match = _NAME.match(content, start, end)
    if match is None or "@" in content[start : match.end()] or not content[match.start("name")].isupper():
        return None
    return match.span("name")
