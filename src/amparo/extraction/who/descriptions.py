"""Descriptions that stand for people: "my cellie", "the officer of the mail room", "el exgobernador"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from amparo.domain.parties import PersonRole
from amparo.domain.text import Language
from amparo.extraction.phrases import fold
from amparo.extraction.who.person_words import PersonWords

LONGEST_BEFORE = 4
"""How many words may stand between a determiner and its noun: "the women's defense lawyer"."""
LONGEST_AFTER = 8
"""How many words may be said more of a description: "with a bald head and no name tag"."""
_HERE = frozenset({"here", "there", "aqui", "alla", "alli"})
_WHOSE = frozenset({"whose", "cuyo", "cuya"})
STAFF = frozenset({"guard", "doctor", "official", "lawyer", "judge"})
_WORD = re.compile(r"[^\W_][\w’'.-]*(?<![.’'-])|[^\w\s]|\n")


class Word(NamedTuple):
    """A word or mark of a text, folded, and where it stands."""

    start: int
    end: int
    folded: str


class Described(NamedTuple):
    """A description of somebody.

    Args:
        start, end: the words with determiner and with what is said more.
        core: where the noun ends.
        noun: the noun, folded.
        determiner: the folded word before it, or "" for none.
        role, gender: what the noun tells.
        epithet: the noun points back to somebody already spoken of.
    """

    start: int
    end: int
    core: int
    noun: str
    determiner: str
    role: PersonRole
    gender: str
    epithet: bool


def words_of(content: str) -> list[Word]:
    """The words and marks of a text in order."""
    folded = fold(content)
    return [Word(*m.span(), folded[m.start() : m.end()]) for m in _WORD.finditer(content)]


def find_descriptions(
    content: str, words: PersonWords, *, language: Language, free: Callable[[int, int], bool]
) -> Iterator[Described]:
    """Every description, in order.

    Args:
        content: the words.
        words: the language's lists.
        language: which way round possessives and former offices are said.
        free: whether a stretch does not already name something else.
    """
    tokens = words_of(content)
    begins = {fold(word) for word in (*words.bare, *words.determiners)}
    at = 0
    while at < len(tokens):
        if tokens[at].folded not in begins and not content[tokens[at].start].isupper():
            at += 1
            continue
        found = _described(tokens, at, content, words, language)
        if found is None or not free(tokens[found[1]].start, found[0].core):
            at += 1
            continue
        described, last = found
        after = _more(tokens, last + 1, content, words, free)
        told = at > 0 and tokens[at - 1].folded == "a" and language == "es"
        if told and last + 1 < len(tokens) and tokens[last + 1].folded in words.relative:
            after = 0  # "le dijo a mi sobrino que ..." tells what was said, not which nephew
        yield described._replace(end=max(described.core, after))
        at = last + 1


def _described(
    tokens: Sequence[Word], at: int, content: str, words: PersonWords, language: Language
) -> tuple[Described, int] | None:
    first = tokens[at]
    spelt = content[first.start : first.end].lower()
    bare = spelt in words.bare and not (at and tokens[at - 1].folded in words.determiners | words.possessive)
    if bare:
        role, gender = words.nouns.get(first.folded, ("family", ""))
        return Described(first.start, first.end, first.end, first.folded, "", role, gender, False), at
    capital = content[first.start].isupper()
    plural_owner = capital and first.folded.endswith("s") and at + 1 < len(tokens) and tokens[at + 1].folded == "'"
    owner = language == "en" and capital and (first.folded.endswith("'s") or plural_owner)
    if spelt not in words.determiners and not owner:
        return None
    longest = 1 if spelt in {"that", "this"} else LONGEST_BEFORE + 1
    former = False
    for step in range(2 if plural_owner else 1, longest + 1):
        if at + step >= len(tokens):
            return None
        word = tokens[at + step]
        if not word.folded[0].isalnum() or "\n" in content[tokens[at + step - 1].end : word.start]:
            return None
        noun, length = _noun(tokens, at + step, words, former=former)
        if noun:
            last = at + step + length - 1
            role, gender = words.nouns.get(noun, ("other", ""))
            if first.folded in _WHOSE and not content[tokens[last].end : tokens[last].end + 2].strip().isupper():
                return None  # only "whose husband Arno ..." tells more than a clause of somebody else
            if not gender and noun.split()[0][-1] not in "ao":  # "la joven", but "la persona" may be a man
                gender = {"la": "f", "una": "f", "el": "m", "un": "m"}.get(first.folded, "")
            if noun in words.lone and first.folded not in words.possessive:
                role = "official" if noun in words.posts else "other"
            definite = first.folded in {"the", "el", "la", "al", "del"}
            start = first.start if first.folded not in {"al", "del"} else tokens[at + 1].start
            described = Described(
                start,
                tokens[last].end,
                tokens[last].end,
                noun,
                first.folded,
                role,
                gender,
                definite and (former or (noun in words.epithets and role not in STAFF)),
            )
            return described, last
        if language == "es" and _was(word.folded, words):
            role, gender = words.nouns.get(word.folded, ("other", ""))
            start = first.start if first.folded not in {"al", "del"} else word.start
            return Described(
                start,
                word.end,
                word.end,
                word.folded,
                first.folded,
                role,
                gender,
                first.folded in {"el", "la", "al", "del"},
            ), at + step
        if former and (at + step + 1 >= len(tokens) or _closes(tokens[at + step + 1], words)):
            return Described(
                first.start, word.end, word.end, word.folded, first.folded, "other", "", first.folded == "the"
            ), at + step
        former = former or word.folded in words.former
        if language == "es" and not former and word.folded not in words.described:
            return None
        if word.folded in words.described:
            continue
        if not former and (word.folded in words.closers or word.folded in words.openers - {"of"}):
            return None
        if word.folded in words.determiners or word.folded.startswith("i'"):
            return None
    return None


def _was(word: str, words: PersonWords) -> bool:
    """Whether a Spanish word names a former office: "exgobernador", "exaspirante"."""
    return (
        word.startswith("ex")
        and word not in words.not_former
        and bool(re.search(r"(?:or|ora|ante|ista|ad[oa]|at[oa]|er[oa]|ente|enta|tra|tro|al|alde|cano|go|ga)$", word))
        and len(word) > 7
    )


def _noun(tokens: Sequence[Word], at: int, words: PersonWords, *, former: bool) -> tuple[str, int]:
    """The longest known noun that begins at a word and is not itself followed by one, and its length in words."""
    for length in (5, 4, 3, 2, 1):
        if at + length > len(tokens):
            continue
        noun = " ".join(t.folded for t in tokens[at : at + length])
        plain = noun[:-2] if noun.endswith("'s") else noun
        if plain not in words.nouns and plain not in words.epithets:
            continue
        if noun != plain:
            return "", 0  # "the warden's office" is no warden
        following = tokens[at + length] if at + length < len(tokens) else None
        if following is not None and (following.folded in words.nouns or following.folded in {"'", "’"}):
            return "", 0
        if former and following is not None and not _closes(following, words):
            return "", 0
        return noun, length
    return "", 0


def _closes(word: Word, words: PersonWords) -> bool:
    return not word.folded[0].isalnum() or word.folded in words.closers or word.folded in words.openers


def _more(tokens: Sequence[Word], at: int, content: str, words: PersonWords, free: Callable[[int, int], bool]) -> int:
    """Where what is said more of a description ends, or 0 where nothing is, or where it does not end in time."""
    if at >= len(tokens) or tokens[at].folded not in words.openers:
        return 0
    if tokens[at].folded in _HERE:
        return tokens[at].end
    relative = tokens[at].folded in words.relative
    capital = False
    for step in range(at + 1, min(at + LONGEST_AFTER + 2, len(tokens) + 1)):
        if step == len(tokens):
            return tokens[step - 1].end
        word = tokens[step]
        mark = not word.folded[0].isalnum()
        if not mark and not free(word.start, word.end):
            if step > at + 1:
                return tokens[step - 1].end
            if tokens[at].folded not in {"de", "of"}:
                return 0
            while (
                step < len(tokens)
                and tokens[step].folded[0].isalnum()
                and not free(tokens[step].start, tokens[step].end)
            ):
                step += 1
            return tokens[step - 1].end  # "the wife of Ada Pike"
        if mark and word.folded in {"'", "’", "-"}:
            return 0
        done = mark or word.folded in {"and", "but", "y", "e", "pero", "porque", "because"}
        if relative:
            done = done or word.folded.endswith("ing")  # "who sent him there accusing ..." says more of somebody else
        else:
            article = word.folded in words.determiners and tokens[step - 1].folded in words.openers
            done = (
                done
                or (word.folded in words.closers and not article)
                or (word.folded in words.openers and word.folded not in {"of", "de", "del"})
            )
            done = done or (
                capital and content[word.start].islower() and word.folded not in {"of", "de", "del", "la", "los"}
            )
            if not mark and (
                word.folded[0].isdigit()
                or word.folded
                in words.not_names & {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
            ):
                return 0
        if done:
            return tokens[step - 1].end if step > at + 1 else 0
        capital = content[word.start].isupper()
    return 0
