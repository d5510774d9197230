"""Learn who argues what in a ruling: an averaged perceptron over whole rulings, as plain weights in JSON.

python -m training.arguments --data rmu_echr.train.jsonl.gz --out DIR [--check] [--rounds 6]

Gives the same weights each time, in some minutes on one core. ``--check`` learns from five sixths of the rulings,
prints the F1 of each party on the sixth left out after every round, and writes nothing.
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from benchmarks.quality.arguments import rulings
from benchmarks.quality.attribution import documents

from amparo.extraction.rulings.arguments import PartyModel
from amparo.extraction.rulings.signs import signs_of_sentences

PARTIES = ("none", "applicant", "state", "ecthr", "third_party", "commission")
FOLLOWS = ("same", "next", "numbered", "heading")
ORDERS = 5
"""In how many orders the rulings are looked at; the weights are their mean."""
LEAST = 3
"""How often a sign must be seen to be weighed."""
COST = np.array([2.0, 3.0, 3.0, 2.0, 8.0, 8.0])
"""By how much a wrong party must stay behind the right one, by the right one: more where it is rarely heard."""
SMALL = 0.05
"""A sign none of whose weights is larger is left out of the file."""


class Course(NamedTuple):
    """One ruling, its signs as numbers: signs of each sentence, how it follows, who speaks, how many words."""

    signs: list[Any]
    after: Any
    parties: Any
    words: Any


def courses(rows: Iterable[dict[str, Any]]) -> list[tuple[list[tuple[str, ...]], Any, Any, Any]]:
    """The sentences of each ruling with the party to whom most of their characters are annotated."""
    found = []
    for _, paragraphs in rulings(rows):
        sentences = signs_of_sentences([paragraph["text"] for paragraph in paragraphs])
        parties = []
        for sentence in sentences:
            spoken: Counter[str] = Counter()
            for argument in paragraphs[sentence.paragraph]["annotations"]:
                inside = min(sentence.end, argument["end"]) - max(sentence.start, argument["start"])
                spoken[argument["agent"]] += max(0, inside)
            party, length = spoken.most_common(1)[0] if spoken else ("none", 0)
            parties.append(PARTIES.index(party) if 2 * length > sentence.end - sentence.start else 0)
        words = [len(paragraphs[s.paragraph]["text"][s.start : s.end].split()) for s in sentences]
        after = [FOLLOWS.index(s.after) for s in sentences]
        found.append(([s.signs for s in sentences], np.array(after), np.array(parties), np.array(words)))
    return found


def course_of(own: Any, after: Any, follows: Any) -> Any:
    """The likeliest course of speakers: own scores of each sentence, and of each party after each."""
    best, came_from = own[0], []
    for place in range(1, len(own)):
        options = best[:, None] + follows[after[place]]
        came_from.append(options.argmax(axis=0))
        best = options.max(axis=0) + own[place]
    course = [int(best.argmax())]
    for back in reversed(came_from):
        course.append(int(back[course[-1]]))
    return np.array(course[::-1])


def learn(train: Sequence[Course], test: Sequence[Course], size: int, *, rounds: int) -> tuple[Any, Any]:
    """The mean of averaged weights learnt in several orders: what one order happens to teach of rare parties evens out.

    The F1 of each party on the rulings left out is printed for each order, and for their mean.
    """
    learnt = [learn_in_order(train, size, rounds=rounds, seed=seed) for seed in range(1, ORDERS + 1)]
    mean = sum(weights for weights, _ in learnt) / ORDERS, sum(follows for _, follows in learnt) / ORDERS
    for weights, follows in (*learnt, mean) if test else ():
        print(*figures(test, weights, follows), flush=True)
    return mean


def learn_in_order(train: Sequence[Course], size: int, *, rounds: int, seed: int) -> tuple[Any, Any]:
    """Averaged weights of a perceptron that looks at the rulings in one order."""
    weights, total = np.zeros((size, len(PARTIES))), np.zeros((size, len(PARTIES)))
    follows = np.zeros((len(FOLLOWS), len(PARTIES), len(PARTIES)))
    follows_total = np.zeros_like(follows)
    dice, steps = np.random.default_rng(seed), 1
    for _ in range(rounds):
        for at in dice.permutation(len(train)):
            course = train[at]
            own = np.array([weights[signs].sum(axis=0) for signs in course.signs])
            own += COST[course.parties][:, None] * (np.arange(len(PARTIES))[None] != course.parties[:, None])
            said = course_of(own, course.after, follows)
            for place in np.flatnonzero(said != course.parties):
                for party, step in ((course.parties[place], 1.0), (said[place], -1.0)):
                    weights[course.signs[place], party] += step
                    total[course.signs[place], party] += step * steps
            for sequence, step in ((course.parties, 1.0), (said, -1.0)):
                where = (course.after[1:], sequence[:-1], sequence[1:])
                np.add.at(follows, where, step)
                np.add.at(follows_total, where, step * steps)
            steps += 1
    return weights - total / steps, follows - follows_total / steps


def figures(courses_left_out: Sequence[Course], weights: Any, follows: Any) -> list[float]:
    """F1 of each party by words, and their mean."""
    right, said, there = np.zeros(len(PARTIES)), np.zeros(len(PARTIES)), np.zeros(len(PARTIES))
    for course in courses_left_out:
        own = np.array([weights[signs].sum(axis=0) for signs in course.signs])
        told = course_of(own, course.after, follows)
        np.add.at(said, told, course.words)
        np.add.at(there, course.parties, course.words)
        np.add.at(right, told[told == course.parties], course.words[told == course.parties])
    f1 = 2 * right / np.maximum(1, said + there)
    return [round(float(f), 3) for f in (*f1, f1[1:].mean())]


def main() -> None:
    """Read the command line, learn, write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--out", type=Path)
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--check", action="store_true")
    given = asked.parse_args()
    seen = courses(documents(given.data))
    often = Counter(sign for signs, *_ in seen for sentence in signs for sign in sentence)
    names = sorted(sign for sign, count in often.items() if count >= LEAST)
    place = {sign: number for number, sign in enumerate(names)}
    ready = [
        Course([np.array([place[s] for s in sentence if s in place]) for sentence in signs], after, parties, words)
        for signs, after, parties, words in seen
    ]
    if given.check or not given.out:
        learn([c for i, c in enumerate(ready) if i % 6], ready[::6], len(names), rounds=given.rounds)
        return
    weights, follows = learn(ready, [], len(names), rounds=given.rounds)
    kept = {
        sign: tuple(float(f"{w:.3g}") for w in weights[number])
        for sign, number in place.items()
        if np.abs(weights[number]).max() > SMALL
    }
    model = PartyModel(
        parties=PARTIES,
        signs=kept,
        follows={name: tuple(map(tuple, follows[i].round(3).tolist())) for i, name in enumerate(FOLLOWS)},
    )
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "parties.json").write_bytes(msgspec.json.encode(model) + b"\n")
    print(f"{len(kept):,} signs")


if __name__ == "__main__":
    main()
