"""Scores of a model on the documents kept out of its training.

python -m training.evaluate --model DIR --attributions FILE --names FILE [--every]
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tokenizers
from benchmarks.quality.attribution import as_read
from benchmarks.quality.score_attribution import ROLES, matches, score_attributions, words_of
from benchmarks.quality.score_names import score_names

from amparo.domain.text import Maker, Text
from amparo.extraction.encoder.model import ReadingModel
from amparo.extraction.encoder.reading import Attribution, Thresholds, Trust, roles, signs_of, weighed
from amparo.extraction.paper.sentences import split_sentences
from amparo.extraction.vocabulary import vocabulary
from training.examples import kept_out, read_lines

MAKER = Maker(component="training", version="1")


def open_model(folder: Path, thresholds: dict[str, float] | None = None) -> ReadingModel:
    """A model from a folder, with other thresholds if given."""
    card = tomllib.loads((folder / "model.toml").read_text(encoding="utf8"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    parts = [
        onnxruntime.InferenceSession(str(folder / f"{p}.onnx"), options, providers=["CPUExecutionProvider"])
        for p in ("encoder", "cues")
    ]
    return ReadingModel(
        *parts,
        tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")),
        labels=card["names"],
        thresholds=Thresholds(**(card["thresholds"] if thresholds is None else thresholds)),
        trust=Trust(**card.get("trust", {})),
    )


class Kept:
    """The kept-out documents, read once by the encoder and scored as often as wanted."""

    def __init__(self, folder: Path, attributions: Path, names: Path, *, every: bool = False) -> None:
        self.model = open_model(folder)
        self.said = [g for g in read_lines(attributions) if every or kept_out(g)]
        self.named = [g for g in read_lines(names) if every or kept_out(g)]
        words = vocabulary("sentences", "en")
        self.always, self.sometimes = frozenset(words["always"]), frozenset(words["sometimes"])
        self.readings: dict[str, Any] = {}
        self.read_cues: dict[tuple[str, float, float], Any] = {}

    def _read(self, gold: dict[str, Any]) -> tuple[Text, tuple[Any, ...], list[int]]:
        if gold["id"] not in self.readings:
            content, back = as_read(gold["text"])
            text = Text.of(content, document=gold["id"], maker=MAKER, language="en")
            sentences = tuple(split_sentences(text.content, always=self.always, sometimes=self.sometimes))
            self.readings[gold["id"]] = (text, sentences, self.model.read(text, sentences), back)
        text, sentences, reading, back = self.readings[gold["id"]]
        self.model._last = (text.id, sentences, reading)
        return text, sentences, back

    def attributions(
        self, thresholds: dict[str, float], trust: dict[str, float] | None = None
    ) -> dict[str, tuple[float, float, float]]:
        """Every figure of the attribution scorer."""
        limits, weights = Thresholds(**thresholds), self.model._trust if trust is None else Trust(**trust)
        found = {
            gold["id"]: [
                self._as_told(gold, one)
                for one, signs in self._found(gold, limits)
                if weighed(signs, weights) >= limits.keep
            ]
            for gold in self.said
        }
        return score_attributions(self.said, found)

    def _as_told(self, gold: dict[str, Any], one: Attribution) -> dict[str, list[list[int]]]:
        """An attribution in the corpus's shape."""
        text, sentences, back = self._read(gold)
        pieces = self.model.read(text, sentences).pieces
        runs = {"source": one.sources, "cue": (one.cue,), "content": one.contents}
        return {
            role: [[back[int(pieces.start[a])], back[int(pieces.end[b - 1])]] for a, b in spans]
            for role, spans in runs.items()
        }

    def _found(self, gold: dict[str, Any], limits: Thresholds) -> Iterator[tuple[Attribution, Trust]]:
        """All attributions of a document, sure or not, with the signs of their being right."""
        text, sentences, _ = self._read(gold)
        pieces = self.model.read(text, sentences).pieces
        for cue, window, scores, tagged in self._cues(gold, limits):
            one = roles(pieces, cue, window, scores, tagged, limits)
            if one is not None:
                yield one, signs_of(one, window, scores, tagged)

    def _cues(self, gold: dict[str, Any], limits: Thresholds) -> list[Any]:
        """What the cue reader says of a document, asked once for each limit on candidates."""
        key = (gold["id"], limits.candidate, limits.tried)
        if key not in self.read_cues:
            text, sentences, _ = self._read(gold)
            self.model._thresholds = limits
            self.read_cues[key] = self.model._read_cues(self.model.read(text, sentences))
        return self.read_cues[key]

    def trust(self, thresholds: dict[str, float]) -> dict[str, float]:
        """How much each sign counts for an attribution being right, by logistic regression with small weights."""
        limits = Thresholds(**thresholds)
        rows, right = [], []
        for gold in self.said:
            known = [{role: words_of(gold["text"], a[role]) for role in ROLES} for a in gold["annotations"]]
            for one, signs in self._found(gold, limits):
                told = self._as_told(gold, one)
                said = {role: words_of(gold["text"], told[role]) for role in ROLES}
                rows.append(signs)
                right.append(float(any(matches(said, other) for other in known)))
        x, y = np.asarray(rows), np.asarray(right)
        spread = np.append(1.0, x[:, 1:].std(axis=0) + 1e-6)
        middle = np.append(0.0, x[:, 1:].mean(axis=0))
        x = (x - middle) / spread
        loss = np.diag([0.0] + [2.0] * (x.shape[1] - 1))
        weights = np.zeros(x.shape[1])
        for _ in range(30):
            p = 1 / (1 + np.exp(-x @ weights))
            weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + loss, x.T @ (y - p) - loss @ weights)
        weights /= spread
        weights[0] -= (weights * middle).sum()
        return {name: round(float(w), 3) for name, w in zip(Trust._fields, weights, strict=True)}

    def attribution(self, thresholds: dict[str, float]) -> float:
        """Attribution F1."""
        return self.attributions(thresholds)["attribution"][2]

    def names(self, thresholds: dict[str, float]) -> float:
        """Names F1, kind and both ends right."""
        return self.name_scores(thresholds)["all"][2]

    def name_scores(self, thresholds: dict[str, float]) -> dict[str, tuple[float, float, float]]:
        """Names by kind."""
        self.model._thresholds = Thresholds(**thresholds)
        found = {}
        for g in self.named:
            text, sentences, back = self._read(g)
            found[g["id"]] = [(back[a], back[b], k) for a, b, k, _ in self.model.names(text, sentences)]
        gold = {g["id"]: [(a["start"], a["end"], a["label"]) for a in g["annotations"]] for g in self.named}
        return score_names(gold, found)


def main() -> None:
    """Read the command line and print the scores."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "attributions", "names"):
        asked.add_argument(f"--{name}", type=Path, required=True)
    asked.add_argument("--every", action="store_true", help="score every document, for files not trained on")
    given = asked.parse_args()
    kept = Kept(given.model, given.attributions, given.names, every=given.every)
    thresholds = tomllib.loads((given.model / "model.toml").read_text(encoding="utf8"))["thresholds"]
    for scores in (kept.attributions(thresholds), kept.name_scores(thresholds)):
        for name, (p, r, f) in scores.items():
            print(f"{name:20s} P={p:.4f} R={r:.4f} F1={f:.4f}")


if __name__ == "__main__":
    main()
