"""Cue words: the words that hand other words to a speaker, found in a text by the lists in ``cues.toml``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from amparo.domain.notes import Stretch
from amparo.domain.text import Language
from amparo.extraction.attribution.quotations import Quotation
from amparo.extraction.phrases import Phrases, fold
from amparo.extraction.vocabulary import vocabulary

Build = Literal[
    "speech",
    "telling",
    "thought",
    "feeling",
    "object",
    "naming",
    "passive",
    "impersonal",
    "colloquial",
    "before",
    "rumour",
]
TOLD_AFTER = frozenset({"speech", "telling", "object"})
"""Verbs that may follow a "según"."""
_TOKEN = re.compile(r"\w+(?:['’.-]\w+)*|[^\w\s]")


class Words(NamedTuple):
    """A text as words and marks.

    Args:
        content: the text itself.
        folded: each word in small letters without accents.
        start, end: code points, half-open.
        sentence: the number of the sentence each stands in.
        quotation: the number of the quotation each stands in, or -1; the marks themselves stand in it.
    """

    content: str
    folded: list[str]
    start: list[int]
    end: list[int]
    sentence: list[int]
    quotation: list[int]

    def capital(self, word: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.content[self.start[word]].isupper()

    def at(self, position: int) -> int:
        """The first word that ends after a code point."""
        return bisect_right(self.end, position)

    def before(self, position: int) -> int:
        """The number of words that start before a code point."""
        return bisect_left(self.start, position)


class Cue(NamedTuple):
    """Attributing words: half-open ranges of words, and how they are built into the sentence."""

    first: int
    end: int
    build: Build


class Lists(NamedTuple):
    """The word lists of one language, small letters without accents.

    Args:
        builds: verbs, and how each is built into its sentence.
        before, rumour, never: phrases.
        groups: words by what they do in a sentence.
        accusing: verbs of accusing, with the words that join the charge to them.
        deeds: how words for a deed end, after such a word.
        gerund: how verbs end that hang on the sentence before them.
        longest: how many words the longest verb has.
        spanish: whether the lists are Spanish.
    """

    builds: dict[str, Build]
    before: Phrases
    rumour: Phrases
    never: Phrases
    groups: dict[str, frozenset[str]]
    accusing: dict[str, frozenset[str]]
    deeds: tuple[str, ...]
    gerund: tuple[str, ...]
    longest: int
    spanish: bool

    def has(self, group: str, word: str) -> bool:
        """Whether a word is in a group of ``[words]``."""
        return word in self.groups.get(group, frozenset())

    def is_gerund(self, form: str) -> bool:
        """Whether a cue hangs on the sentence before it: "accusing", "diciendo"."""
        return form.endswith(self.gerund)


@cache
def lists(language: Language) -> Lists:
    """The cue lists of a language, made ready once."""
    given = vocabulary("cues", language)
    builds: dict[str, Build] = {}
    for build in ("colloquial", "impersonal", "passive", "feeling", "telling", "object", "naming", "speech", "thought"):
        for form in given["verbs"].get(build, []):
            builds.setdefault(fold(form), build)
    groups = {name: frozenset(fold(w) for w in words) for name, words in given["words"].items()}
    phrases = given["phrases"]
    longest = max(len(form.split()) for form in builds)
    before, rumour, never = (Phrases.of(phrases[k]) for k in ("before", "rumour", "never"))
    accusing = {fold(form): frozenset(group["joined_by"]) for group in given["accusing"] for form in group["verbs"]}
    groups["blaming"] = frozenset(fold(f) for g in given["accusing"] if g.get("alone") for f in g["verbs"])
    endings = given["endings"]
    return Lists(
        builds,
        before,
        rumour,
        never,
        groups,
        accusing,
        tuple(endings["deeds"]),
        tuple(endings["gerund"]),
        longest,
        language == "es",
    )


def split_words(content: str, sentences: Sequence[Stretch], quotations: Sequence[Quotation]) -> Words:
    """Cut a text into words and marks, each with its sentence and quotation."""
    folded, start, end, of, within = [], [], [], [], []
    sentence, quotation = 0, 0
    for token in _TOKEN.finditer(content):
        at = token.start()
        while sentence + 1 < len(sentences) and sentences[sentence + 1].start <= at:
            sentence += 1
        while quotation < len(quotations) and quotations[quotation].end <= at:
            quotation += 1
        inside = quotation < len(quotations) and quotations[quotation].start <= at
        folded.append(fold(token.group()))
        start.append(at)
        end.append(token.end())
        of.append(sentence)
        within.append(quotation if inside else -1)
    return Words(content, folded, start, end, of, within)


def find_cues(words: Words, language: Language) -> list[Cue]:
    """Every cue of a text, in order, not overlapping."""
    known = lists(language)
    barred = _covered(words, known.never)
    found: list[Cue] = []
    for build, phrases in (("before", known.before), ("rumour", known.rumour)):
        for phrase in phrases.find(words.content):
            first, end = words.at(phrase.start), words.before(phrase.end)
            if end > first and not barred.intersection(range(first, end)):
                # "según informó la diputada": the verb belongs to the cue.
                verb = known.spanish and end < len(words.folded) and known.builds.get(words.folded[end]) in TOLD_AFTER
                found.append(Cue(first, end + verb, build))  # type: ignore[arg-type]
    taken = {w for cue in found for w in range(cue.first, cue.end)}
    word = 0
    while word < len(words.folded):
        most = min(known.longest, len(words.folded) - word)
        size = next((n for n in range(most, 0, -1) if " ".join(words.folded[word : word + n]) in known.builds), 0)
        if size and not taken.intersection(range(word, word + size)) and word not in barred:
            found.append(Cue(word, word + size, known.builds[" ".join(words.folded[word : word + size])]))
        word += max(1, size)
    return [cue for cue in sorted(found) if not _undone(words, cue, known)]


def _undone(words: Words, cue: Cue, known: Lists) -> bool:
    """Whether what stands before a verb makes it no report: "to say", "was denied", "I am writing"."""
    if cue.build in ("before", "rumour", "impersonal", "passive"):
        return False
    before = words.folded[cue.first - 1] if cue.first else "."
    form = words.folded[cue.first]
    after = words.folded[cue.end] if cue.end < len(words.folded) else "."
    if known.has("going", form) and not _is_spoken(words, cue.end, known):
        return True
    participle = known.is_gerund(form) and not known.spanish and cue.build != "colloquial"
    if known.has("undone", before) or (known.has("suffered", before) and not participle and cue.build != "feeling"):
        return True
    if cue.build == "object" and (known.has("undoing_object", after) or after == "of"):
        return True
    return participle and before != "," and not known.has("loose", form)


def _is_spoken(words: Words, at: int, known: Lists) -> bool:
    """Whether what somebody said begins at a word, behind a comma or none: "he goes, 'file it again'"."""
    while at < len(words.folded) and words.folded[at] in {",", ":", "'", "‘", "’"}:
        at += 1
    if at >= len(words.folded):
        return False
    return known.has("spoken", words.folded[at]) or words.quotation[at] not in {-1, words.quotation[at - 1]}


def _covered(words: Words, phrases: Phrases) -> set[int]:
    return {w for p in phrases.find(words.content) for w in range(words.at(p.start), words.before(p.end))}
