"""Where the charge begins in "accused the warden of lying", "blames the cook for the rice"."""

from __future__ import annotations

from itertools import pairwise

from amparo.extraction.attribution.cues import Lists, Words

FARTHEST = 14
"""How many words may name the accused."""
SHORT = 3
"""In a headline, words of no more letters may go without a capital."""
_ENDS = frozenset({".", ";", ":", "?", "!", "("})


def charge_start(words: Words, verb: int, end: int, high: int, known: Lists) -> int | None:
    """The first word of what somebody is accused of, or None where no charge is told.

    A joining word may belong to the accused ("the head of the agency"); what follows it then has an article or a
    capital, or leads straight to another joining word and a deed ("jefe de custodia de golpearlo").

    Args:
        words: the text.
        verb: a verb of accusing.
        end: the word after it.
        high: the end of the words that may belong to the charge.
        known: the word lists.
    """
    joining = known.accusing.get(words.folded[verb], frozenset())
    starts: list[int] = []
    for at in range(end, min(high - 1, end + FARTHEST)):
        word = words.folded[at]
        if word in _ENDS or known.has("that", word) or words.quotation[at] != words.quotation[verb]:
            break
        if word in joining:
            starts.append(at + 1)
    title_case = all(words.capital(w) for w in range(end, high) if len(words.folded[w]) > SHORT)

    def capital(at: int) -> bool:
        return words.capital(at) and not title_case

    def is_deed(at: int) -> bool:
        return words.folded[at].endswith(known.deeds) and not capital(at)

    for start, following in pairwise(starts):
        of_the_accused = known.has("determiners", words.folded[start]) or capital(start)
        joined = any(words.folded[w] == "," or known.has("joints", words.folded[w]) for w in range(start, following))
        if not of_the_accused and (joined or is_deed(start) or not is_deed(following)):
            return start
    return starts[-1] if starts else None
