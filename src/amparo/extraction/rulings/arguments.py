"""Which party argues what in a ruling: the likeliest course of speakers from its first sentence to its last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from amparo.extraction.rulings.signs import Sentence, signs_of_sentences

Scores = list[float]


class PartyModel(msgspec.Struct, frozen=True, kw_only=True):
    """Weights learnt from annotated rulings.

    Args:
        parties: who may speak; the first is nobody: the sentence is no argument.
        signs: a sign's weight for each party.
        follows: for each way in which a sentence may follow another, the weight of every party after every party.
    """

    parties: tuple[str, ...]
    signs: dict[str, tuple[float, ...]]
    follows: dict[str, tuple[tuple[float, ...], ...]]


class Argument(NamedTuple):
    """A run of sentences in one paragraph in which one party argues.

    Args:
        paragraph: which one, from 0.
        start, end: in its paragraph: code points, half-open.
        party: applicant, state, ecthr (the court), commission or third_party.
    """

    paragraph: int
    start: int
    end: int
    party: str


def find_arguments(paragraphs: Sequence[str], *, model: PartyModel | None = None) -> tuple[Argument, ...]:
    """Who argues what in a ruling of the European Court of Human Rights.

    Args:
        paragraphs: of the ruling, in order, headings among them.
        model: the weights; those that ship with amparo by default.

    >>> ruling = ("A. Admissibility", "26 . The Government submitted that the applicant had not exhausted remedies .")
    >>> [(a.party, a.start) for a in find_arguments(ruling)]
    [('state', 5)]
    """
    weights = model or party_model()
    sentences = signs_of_sentences(paragraphs)
    arguments: list[Argument] = []
    for sentence, party in zip(sentences, likeliest(sentences, weights), strict=True):
        if party == weights.parties[0]:
            continue
        last = arguments[-1] if arguments else None
        if last and last.paragraph == sentence.paragraph and last.party == party and sentence.start - last.end < 3:
            arguments[-1] = last._replace(end=sentence.end)
        else:
            arguments.append(Argument(sentence.paragraph, sentence.start, sentence.end, party))
    return tuple(arguments)


def likeliest(sentences: Sequence[Sentence], model: PartyModel) -> list[str]:
    """The party of every sentence in the course of speakers whose weights add up to the most."""
    parties = range(len(model.parties))
    best: Scores = []
    came_from: list[list[int]] = []
    for sentence in sentences:
        own = [0.0] * len(model.parties)
        for sign in sentence.signs:
            for party, weight in enumerate(model.signs.get(sign, ())):
                own[party] += weight
        if not best:
            best, back = own, list(parties)
        else:
            follows = model.follows[sentence.after]
            back = [max(parties, key=lambda before, now=now: best[before] + follows[before][now]) for now in parties]  # type: ignore[misc]
            best = [best[back[now]] + follows[back[now]][now] + own[now] for now in parties]
        came_from.append(back)
    if not best:
        return []
    at = max(parties, key=lambda party: best[party])
    course = [at]
    for back in reversed(came_from[1:]):
        at = back[at]
        course.append(at)
    return [model.parties[party] for party in reversed(course)]


@cache
def party_model(name: str = "parties-en") -> PartyModel:
    """The weights that ship with amparo; the same are loaded once."""
    path = resources.files("amparo") / "data" / "models" / name / "parties.json"
    return msgspec.json.decode(path.read_bytes(), type=PartyModel)
