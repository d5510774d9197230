"""Who stands beside a cue: the words that name a speaker, read off the order of words."""

from __future__ import annotations

from typing import NamedTuple

from amparo.extraction.attribution.cues import Lists, Words

FARTHEST = 14
"""How many words may stand between a speaker and the verb, as in "The governor, Philip Garstang, said"."""


class Phrase(NamedTuple):
    """A half-open range of words."""

    first: int
    end: int


def subject_before(words: Words, verb: int, low: int, known: Lists) -> Phrase | None:
    """The noun phrase just before a verb, with what stands in apposition to it.

    Args:
        words: the text.
        verb: the verb's first word.
        low: the first word that may belong to the phrase.
        known: the word lists.
    """
    at = verb - 1
    while at >= low and known.has("between", words.folded[at]) and not known.has("pronouns", words.folded[at]):
        at -= 1
    if at < low:
        return None
    if words.folded[at] == ",":
        comma = at - 1
        while comma >= low and words.folded[comma] != "," and at - comma <= FARTHEST:
            comma -= 1
        if comma > low and words.folded[comma] == ",":
            outer = noun_phrase_before(words, comma - 1, low, known)
            if outer is None:
                return Phrase(comma + 1, at) if words.capital(comma + 1) else None
            if known.has("relative", words.folded[comma + 1]) or not _names(words, comma + 1, at, known):
                return outer
            return Phrase(outer.first, at)
        if comma >= low and known.has("relative", words.folded[comma]):
            return None
        inner = noun_phrase_before(words, at - 1, low, known)
        if inner and inner.first > low and words.folded[inner.first - 1] == ",":
            return inner
        return None
    return noun_phrase_before(words, at, low, known)


def _names(words: Words, first: int, end: int, known: Lists) -> bool:
    """Whether the words between two commas name somebody, and are no clause."""
    return words.capital(first) or known.has("determiners", words.folded[first])


def noun_phrase_before(words: Words, last: int, low: int, known: Lists) -> Phrase | None:
    """The noun phrase that ends with a word, taken leftwards from it."""
    if last < low or not words.folded[last][0].isalnum():
        return None
    if known.has("whole", words.folded[last]) and last - 2 >= low and words.folded[last - 1] in {"of", "de"}:
        return Phrase(last - 2, last + 1)
    if known.has("pronouns", words.folded[last]) and not known.has("mute", words.folded[last]):
        one_of = last - 2 >= low and words.folded[last - 1] in {"of", "de"} and words.folded[last - 2][0].isalnum()
        return (
            Phrase(last, last + 1)
            if not one_of or words.folded[last] in ("who", "quien")
            else Phrase(last - 2, last + 1)
        )
    stop = known.has("stops", words.folded[last]) and not words.capital(last)
    if stop or known.has("mute", words.folded[last]):
        return None
    at = last
    while at - 1 >= low and last - at < 9:
        previous = words.folded[at - 1]
        if known.has("determiners", words.folded[at]) and not known.has("links", previous):
            break
        if (
            known.has("links", previous)
            and at - 2 >= low
            and words.folded[at - 2][0].isalnum()
            and not known.has("stops", words.folded[at - 2])
        ):
            if known.has("between", words.folded[at - 2]):
                break
            at -= 2
            continue
        if (
            previous == "."
            and at - 2 >= low
            and len(words.folded[at - 2]) <= 4
            and words.capital(at - 2)
            and words.capital(at)
        ):
            at -= 2
            continue
        if (
            not previous[0].isalnum()
            or known.has("stops", previous)
            or (known.has("pronouns", previous) and not known.has("determiners", previous))
        ):
            break
        if words.quotation[at - 1] != words.quotation[at]:
            break
        at -= 1
    while (
        at < last
        and (known.has("links", words.folded[at]) or known.has("between", words.folded[at]))
        and not known.has("determiners", words.folded[at])
    ):
        at += 1
    return _with_relative(words, Phrase(at, last + 1), low, known)


def _with_relative(words: Words, found: Phrase, low: int, known: Lists) -> Phrase:
    """A phrase with its relative clause, as in "the boy who brings the food said"."""
    at = found.first - 1
    while at > low and known.has("between", words.folded[at]):
        at -= 1
    for relative in range(at, max(low, at - 3), -1):
        after_verb = words.folded[relative - 1] in known.builds
        if words.folded[relative] in {"who", "que"} and not after_verb:
            outer = noun_phrase_before(words, relative - 1, low, known)
            return Phrase(outer.first, found.end) if outer else found
    return found


def subject_after(words: Words, end: int, high: int, known: Lists) -> Phrase | None:
    """The noun phrase just after a verb: "said the warden, Ada Pike", "denunció este miércoles su abogado".

    Args:
        words: the text.
        end: the word after the verb.
        high: the end of the words that may belong to the phrase.
        known: the word lists.
    """
    at = end
    if known.spanish:
        at = _skip_times(words, at, high, known)
    if at >= high or not words.folded[at][0].isalnum():
        return None
    first = at
    if known.has("pronouns", words.folded[at]) and not known.has("determiners", words.folded[at]):
        return Phrase(at, at + 1)
    if not (words.capital(at) or known.has("determiners", words.folded[at])):
        return None
    at += 1
    while at < high and at - first < 12:
        word = words.folded[at]
        if (
            word == "."
            and words.capital(at - 1)
            and len(words.folded[at - 1]) <= 4
            and at + 1 < high
            and words.capital(at + 1)
        ):
            at += 2
            continue
        if not word[0].isalnum():
            break
        if known.has("links", word) or known.has("determiners", word):
            at += 1
            continue
        if known.has("stops", word) or known.has("that", word) or (known.has("times", word) and not words.capital(at)):
            break
        at += 1
    while at > first + 1 and (
        known.has("links", words.folded[at - 1]) or known.has("determiners", words.folded[at - 1])
    ):
        at -= 1
    if (
        at + 1 < high
        and words.folded[at] == ","
        and words.capital(at + 1)
        and words.quotation[at + 1] == words.quotation[first]
    ):
        more = at + 1
        while (
            more < high
            and (words.capital(more) or known.has("links", words.folded[more]))
            and words.folded[more][0].isalnum()
        ):
            more += 1
        if more >= high or words.folded[more] in {",", ".", ";", "»", "”", '"'}:
            at = more
    return Phrase(first, at)


def _skip_times(words: Words, at: int, high: int, known: Lists) -> int:
    """Past "este miércoles", "el lunes pasado": at least one word that is a time and no mere article."""
    reached = at
    articles = known.groups["determiners"] | known.groups["links"]
    while reached < high and known.has("times", words.folded[reached]):
        reached += 1
    while reached > at and words.folded[reached - 1] in articles:
        reached -= 1
    return reached


def recipient_after(words: Words, end: int, high: int, known: Lists) -> int:
    """The word after whoever is spoken to: past "me", "the judges", "an appeals panel", "al juez"."""
    at = end
    if at < high and known.has("recipient", words.folded[at]):
        return at + 1
    if at >= high or not words.folded[at][0].isalnum():
        return at
    if known.has("determiners", words.folded[at]) or words.capital(at):
        reached = at + 1
        while reached < high and reached - at < 5 and words.folded[reached][0].isalnum():
            word = words.folded[reached]
            if (
                known.has("that", word)
                or known.has("stops", word)
                or known.has("pronouns", word)
                or known.has("links", word)
            ):
                break
            if known.has("determiners", word):
                break
            reached += 1
        return reached
    return at
