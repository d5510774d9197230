"""Documents with known attributions or names, as numbers the network learns from."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from amparo.extraction.encoder.windows import Pieces, cue_window, cut_into_pieces, windows
from amparo.extraction.paper.sentences import split_sentences
from amparo.extraction.vocabulary import vocabulary
from training.network import NAME_LABELS

KEPT_OUT = 14
"""One document in so many is kept out of training, for choosing between models and thresholds."""


class Said(NamedTuple):
    """A gold attribution: first and last word of its cue, its window, and a role for each word of the window."""

    cue: tuple[int, int]
    window: tuple[int, int]
    roles: np.ndarray


class Example(NamedTuple):
    """One document: the labels a data set does not give are None."""

    gold: dict[str, Any]
    pieces: Pieces
    runs: list[tuple[int, int]]
    cues: np.ndarray | None
    names: np.ndarray | None
    said: list[Said]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a JSON-lines file, packed or not."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines)


def kept_out(gold: dict[str, Any]) -> bool:
    """Whether a document is kept out of training, by its id alone."""
    return int(hashlib.sha256(gold["id"].encode()).hexdigest(), 16) % KEPT_OUT == 0


def _pieces(content: str, tokenizer: Any) -> Pieces:
    words = vocabulary("sentences", "en")
    sentences = list(
        split_sentences(content, always=frozenset(words["always"]), sometimes=frozenset(words["sometimes"]))
    )
    return cut_into_pieces(content, sentences, tokenizer)


def words_in(pieces: Pieces, spans: list[list[int]]) -> np.ndarray:
    """Which words overlap any of the spans."""
    chosen = np.zeros(len(pieces.first), dtype=bool)
    for start, end in spans:
        chosen |= (pieces.start < end) & (pieces.end > start)
    return chosen


def attribution_example(gold: dict[str, Any], tokenizer: Any) -> Example:
    """A document of PolNeAR's shape."""
    pieces = _pieces(gold["text"], tokenizer)
    cues = np.zeros(len(pieces.first), dtype=np.int64)
    said = []
    for annotation in gold["annotations"]:
        here = np.flatnonzero(words_in(pieces, annotation["cue"]))
        if not len(here):
            continue
        first, last = int(here[0]), int(here[-1])
        cues[first : last + 1], cues[first] = 2, 1
        begin, end = cue_window(pieces, first, last)
        roles = np.zeros(len(pieces.first), dtype=np.int64)
        roles[words_in(pieces, annotation["content"])] = 2
        roles[words_in(pieces, annotation["source"])] = 1
        said.append(Said((first, last), (begin, end), roles[begin:end]))
    return Example(gold, pieces, windows(pieces), cues, None, said)


def name_example(gold: dict[str, Any], tokenizer: Any) -> Example:
    """A document of Worldwide's shape."""
    pieces = _pieces(gold["text"], tokenizer)
    names = np.zeros(len(pieces.first), dtype=np.int64)
    for annotation in gold["annotations"]:
        here = np.flatnonzero(words_in(pieces, [[annotation["start"], annotation["end"]]]))
        if len(here):
            names[here] = NAME_LABELS.index("I-" + annotation["label"])
            names[here[0]] = NAME_LABELS.index("B-" + annotation["label"])
    return Example(gold, pieces, windows(pieces), None, names, [])
