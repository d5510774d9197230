"""The signs of each act, read from the vocabulary and checked before they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from amparo.domain.text import Language
from amparo.errors import BrokenVocabulary
from amparo.extraction.acts.concepts import Lexicon
from amparo.extraction.acts.lacking import concept_of
from amparo.extraction.acts.measures import Measure, measures
from amparo.extraction.acts.signs import Finder, Sign, parse_sign
from amparo.extraction.acts.wording import Wording
from amparo.extraction.vocabulary import vocabulary

SHARED = ("common", "guards", "roles", "lacking")
"""Groups without signs: what all may use, what shows that nothing is alleged, who is who, and what may be lacking."""

EXACT = ("common", "guards", "roles", "lacking")
"""Groups whose wordings mean no other words than those written: who is meant, and what is denied, hangs on each."""


class ActSigns(NamedTuple):
    """Everything needed to look for acts in texts of one language.

    Args:
        lexicon: the wordings of all concepts.
        joined: concepts made of other concepts.
        signs: the signs by act.
        concepts: every name that may be asked for.
        lacking: the acts that are the lack of something.
    """

    lexicon: Lexicon
    joined: dict[str, tuple[Sign, ...]]
    signs: dict[str, tuple[Sign, ...]]
    concepts: frozenset[str]
    lacking: tuple[str, ...]
    language: Language

    def look_into(self, wording: Wording, lasting: Iterable[Measure] = ()) -> Finder:
        """Look for every concept and number in a text, once.

        Args:
            wording: the text, word by word.
            lasting: how long what a date tells has lasted ("since Labor Day").
        """
        measured = (*measures(wording, language=self.language), *lasting)
        return Finder(wording, self.lexicon.find(wording), measured, self.joined)


@cache
def told_once() -> frozenset[str]:
    """The acts that are usually told as done once; the others last."""
    return frozenset(act["code"] for act in vocabulary("acts")["act"] if act["usual"] == "past")


@cache
def act_codes() -> tuple[str, ...]:
    """The codes of all acts an allegation may name.

    >>> len(act_codes())
    42
    """
    return tuple(act["code"] for act in vocabulary("acts")["act"])


@cache
def act_signs(language: Language) -> ActSigns:
    """The signs that ship with amparo.

    Raises:
        BrokenVocabulary: a file has a mistake; its file and entry are named.
    """
    groups = dict.fromkeys((*SHARED, *(act["group"] for act in vocabulary("acts")["act"])))
    return build_act_signs({g: vocabulary(f"acts/{g}", language) for g in groups}, language=language)


def build_act_signs(files: Mapping[str, Mapping[str, Any]], *, language: Language) -> ActSigns:
    """Put the groups of concepts and signs together, and check that they fit.

    Args:
        files: the tables of each group's file: ``concepts``, ``joined``, ``signs``, ``lacking``, ``titles``.
        language: whose words they are.

    Raises:
        BrokenVocabulary: a name is used twice or not known, or a sign cannot be read.
    """
    concepts: dict[str, list[str]] = {}
    joined: dict[str, tuple[Sign, ...]] = {}
    signs: dict[str, tuple[Sign, ...]] = {}
    lacking: list[str] = []
    codes = frozenset(act_codes())

    def literal(words: str) -> str:
        concepts.setdefault(f"'{words}'", [words])
        return f"'{words}'"

    for group, table in files.items():
        _expect(
            set(table) <= {"concepts", "joined", "signs", "lacking", "titles"},
            "A file of signs holds concepts, joined, signs, lacking and titles.",
            group,
        )
        for name, wordings in table.get("concepts", {}).items():
            _expect(name not in concepts, "A concept has one entry. Merge the two.", f"{group}.concepts.{name}")
            concepts[name] = list(wordings)
        for act, things in table.get("lacking", {}).items():
            _expect(act in codes, "This act is not in the vocabulary of acts.", f"{group}.lacking.{act}")
            _expect(concept_of(act) not in concepts, "An act has one entry. Merge the two.", f"{group}.lacking.{act}")
            concepts[concept_of(act)] = list(things)
            lacking.append(act)
    for group, table in files.items():
        for name, written in table.get("joined", {}).items():
            entry = f"{group}.joined.{name}"
            _expect(name not in concepts and name not in joined, "A concept has one entry. Merge the two.", entry)
            joined[name] = tuple(parse_sign(w, literal=literal, where=entry) for w in _listed(written))
        for act, written in table.get("signs", {}).items():
            entry = f"{group}.signs.{act}"
            _expect(act in codes, "This act is not in the vocabulary of acts.", entry)
            _expect(act not in signs, "The signs of an act stand in one file.", entry)
            signs[act] = tuple(parse_sign(w, literal=literal, where=entry) for w in _listed(written))
    known = frozenset(concepts) | frozenset(joined)
    for entry, sign in (*_entries(joined), *_entries(signs)):
        for name in _names(sign):
            _expect(name in known, "This concept is not in any file.", f"{language}/acts: {entry}: {name}")
    _expect_no_circle(joined)
    exact = {name for group in EXACT for name in files.get(group, {}).get("concepts", {})}
    exact |= {concept_of(act) for act in lacking}
    # "This wait is killing me" keeps a sign from being seen, "they will kill me" does not.
    every = [sign for several in (*joined.values(), *signs.values()) for sign in several]
    told = {atom.concept for sign in every for chain in sign.chains for step in chain.steps for atom in step}
    exact |= {atom.concept for sign in every for atom in sign.excluded} - told
    lexicon = Lexicon.of(concepts, language=language, exact=exact)
    return ActSigns(lexicon, joined, signs, known, tuple(lacking), language)


def _listed(written: str | list[str]) -> list[str]:
    return [written] if isinstance(written, str) else written


def _entries(signs: Mapping[str, tuple[Sign, ...]]) -> Iterator[tuple[str, Sign]]:
    for name, several in signs.items():
        for sign in several:
            yield f"{name}: {sign.written}", sign


def _names(sign: Sign) -> Iterator[str]:
    for chain in sign.chains:
        for step in chain.steps:
            yield from (atom.concept for atom in step if atom.concept)
    yield from (atom.concept for atom in (*sign.excluded, *sign.circumstance) if atom.concept)


def _expect_no_circle(joined: Mapping[str, tuple[Sign, ...]]) -> None:
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        _expect(name not in above, "These concepts are made of each other.", " > ".join((*above, name)))
        if name in joined and name not in done:
            for sign in joined[name]:
                for inner in _names(sign):
                    visit(inner, (*above, name))
            done.add(name)

    for name in joined:
        visit(name, ())


def _expect(holds: bool, message: str, entry: str) -> None:
    if not holds:
        raise BrokenVocabulary(message, entry=entry)
