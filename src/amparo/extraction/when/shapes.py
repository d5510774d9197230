"""The small notation in which word lists say how dates are put into words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amparo.errors import BrokenVocabulary
from amparo.extraction.phrases import fold
from amparo.extraction.word_places import Openings


def compile_shape(say: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    """Make a shape such as ``{month} {day}, [{year}]`` ready for searching folded text.

    Places are separated by spaces. ``{slot}`` stands for one of the slot's words, ``[..]`` may be left out,
    ``(a|b)`` and ``[a|b]`` are either, ``_`` is a space inside one place, and a ``,`` or ``.`` at the end of a
    place may be left out.

    Args:
        say: the shape.
        slots: regular expression for each slot, by name; ``{day2}`` uses the slot ``day``.

    Raises:
        BrokenVocabulary: the shape names a slot there is not.

    >>> compile_shape("[on] {month} {day}", {"month": "may|june", "day": "[0-9]+"}).search("left on may 4")["day"]
    '4'
    """
    parts: list[str] = []
    required_before = False
    for place in say.split():
        optional = place.startswith("[")
        regex = _place(place, slots)
        if not required_before:
            parts.append(rf"(?:{regex}\s+)?" if optional else regex)
            required_before = not optional
        else:
            parts.append(rf"(?:\s+{regex})?" if optional else rf"\s+{regex}")
    return re.compile(rf"(?<![\w/-]){''.join(parts)}(?![\w/]|[.,]\d)")


def openings_of(say: str, slots: Mapping[str, str]) -> Openings | None:
    """What the dates of a shape may begin with; rather too much than too little.

    Args:
        say: the shape.
        slots: regular expression for each slot, by name.

    >>> sorted(openings_of("[on] {month} {day}", {"month": "may|june", "day": "[0-9]+"}).words)
    ['june', 'may', 'on']
    """
    words: set[str] = set()
    numbers = False
    for place in say.split():
        inner = place.strip(",.")
        inner = inner[1:-1] if inner[0] in "([" and inner[-1] in ")]" else inner
        for either in inner.split("|"):
            slot = re.match(r"\{(\w+?)\d?\}", either)
            for beginning in (slots[slot[1]] if slot else fold(either)).split("|"):
                letters = re.match(r"[^\W\d_]+", beginning)
                if letters is None:
                    numbers = True
                elif re.match(r"[{(\[?*+\d]", beginning[letters.end() :]):
                    return None  # where the word ends is not known
                else:
                    words.add(letters.group())
        if not place.startswith("["):
            break
    return Openings(frozenset(words), numbers=numbers)


def _place(place: str, slots: Mapping[str, str]) -> str:
    trailing = ""
    while place[-1] in ",.":
        trailing += rf"{re.escape(place[-1])}?"
        place = place[:-1]
    inner = place[1:-1] if place[0] in "([" and place[-1] in ")]" else place
    either = "|".join(_word(word, slots) for word in inner.split("|"))
    return rf"(?:{either}){trailing}"


def _word(word: str, slots: Mapping[str, str]) -> str:
    out, at = [], 0
    for slot in re.finditer(r"\{(\w+?)(\d?)\}", word):
        if slot[1] not in slots:
            raise BrokenVocabulary("A shape names a slot that does not exist.", shape=word, slot=slot[1])
        out.append(_literal(word[at : slot.start()]))
        out.append(rf"(?P<{slot[1]}{slot[2]}>{slots[slot[1]]})")
        at = slot.end()
    out.append(_literal(word[at:]))
    return "".join(out)


def _literal(word: str) -> str:
    return r"\s+".join(re.escape(fold(piece)) for piece in word.split("_"))


def alternatives(words: Mapping[str, object]) -> str:
    """One regular expression for any of the words, longest first."""
    longest_first = sorted((fold(word) for word in words), key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(piece) for piece in word.split()) for word in longest_first)
