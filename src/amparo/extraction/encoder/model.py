"""The small reading model for English: one pass over a text gives names and who says what.

Runs on one processor core with ONNX Runtime; needs the ``models`` extra. The files lie in ``data/models``, with a
card that tells where every part of them comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.domain.notes import Stretch
from amparo.domain.text import Text
from amparo.extraction.encoder.reading import (
    Attribution,
    Thresholds,
    Trust,
    candidate_cues,
    named,
    roles,
    signs_of,
    weighed,
)
from amparo.extraction.encoder.shipped import open_shipped
from amparo.extraction.encoder.windows import (
    Pieces,
    around_cue,
    batches,
    cue_window,
    cut_into_pieces,
    mark_cues,
    windows,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

SLOWER = ["SkipLayerNormFusion"]
"""What the runtime would make of a model that costs it a tenth of its speed on ordinary processors."""
BLOCK = 120
"""How many words of cue windows are read at once."""


class Reading(NamedTuple):
    """What one pass over a text gave.

    Args:
        pieces: the text's words and word pieces.
        cues, names: scores of each word.
        remembered: what the cue reader needs to know of each word.
    """

    pieces: Pieces
    cues: Numbers
    names: Numbers
    remembered: Numbers


class ReadingModel:
    """The model's two parts, and the last text it read, so that names and claims share one pass.

    Args:
        encoder, cue_reader: sessions with a ``run(outputs, inputs)``.
        tokenizer: the model's own.
        labels: of names, none first.
        thresholds: how sure the model must be.
        trust: what it is sure by.
    """

    def __init__(
        self,
        encoder: Any,
        cue_reader: Any,
        tokenizer: Any,
        *,
        labels: Sequence[str],
        thresholds: Thresholds,
        trust: Trust,
    ) -> None:
        self._encoder, self._cue_reader, self._tokenizer = encoder, cue_reader, tokenizer
        self._labels, self._thresholds, self._trust = tuple(labels), thresholds, trust
        self._last: tuple[str, tuple[Stretch, ...], Reading] | None = None

    def read(self, text: Text, sentences: Sequence[Stretch]) -> Reading:
        """One pass of the encoder over a text; the same text again costs nothing."""
        known = self._last
        if known and known[0] == text.id and known[1] == tuple(sentences):
            return known[2]
        reading = self._read(text.content, sentences)
        self._last = (text.id, tuple(sentences), reading)
        return reading

    def _read(self, content: str, sentences: Sequence[Stretch]) -> Reading:
        import numpy as np

        pieces = cut_into_pieces(content, sentences, self._tokenizer)
        total = len(pieces.ids)
        cues = np.zeros((total, 3), dtype=np.float32)
        names = np.zeros((total, len(self._labels)), dtype=np.float32)
        remembered: Numbers | None = None
        for batch in batches(pieces, windows(pieces)):
            given = {"ids": batch.ids, "case": batch.case, "quote": batch.quote, "mask": batch.mask}
            some_cues, some_names, some_remembered = self._encoder.run(None, given)
            if remembered is None:
                remembered = np.zeros((total, some_remembered.shape[-1]), dtype=np.float32)
            for row, (begin, end) in enumerate(batch.ranges):
                inside = slice(1, end - begin + 1)
                cues[begin:end] = some_cues[row, inside]
                names[begin:end] = some_names[row, inside]
                remembered[begin:end] = some_remembered[row, inside]
        if remembered is None:
            remembered = np.zeros((0, 1), dtype=np.float32)
        return Reading(pieces, cues[pieces.first], names[pieces.first], remembered[pieces.first])

    def attributions(self, text: Text, sentences: Sequence[Stretch]) -> list[Attribution]:
        """Who says what, by words of ``read(…).pieces``, in the order of their cues."""
        reading = self.read(text, sentences)
        kept: list[Attribution] = []
        for cue, window, scores, tagged in self._read_cues(reading):
            found = roles(reading.pieces, cue, window, scores, tagged, self._thresholds)
            if found is not None:
                sure = weighed(signs_of(found, window, scores, tagged), self._trust)
                if sure >= self._thresholds.keep:
                    kept.append(found._replace(confidence=sure))
        return sorted(kept, key=lambda a: a.cue)

    def _read_cues(self, reading: Reading) -> list[tuple[tuple[int, int], tuple[int, int], Numbers, float]]:
        import numpy as np

        limits = self._thresholds
        candidates = candidate_cues(reading.cues, least=limits.candidate, tried=limits.tried)
        cues = [(first, last) for first, last, _ in candidates]
        asked = [
            (cue_window(reading.pieces, *cue), cue, chance)
            for cue, (_, _, chance) in zip(cues, candidates, strict=True)
        ]
        asked.sort(key=lambda a: a[0][0] - a[0][1])
        marked = mark_cues(reading.pieces, cues)
        read = []
        while asked:
            width = asked[0][0][1] - asked[0][0][0]
            count = max(1, BLOCK // width)
            block, asked = asked[:count], asked[count:]
            numbers = np.zeros((4, len(block), width), dtype=np.int64)
            remembered = np.zeros((len(block), width, reading.remembered.shape[1]), dtype=np.float32)
            for row, (window, cue, _) in enumerate(block):
                size = window[1] - window[0]
                remembered[row, :size] = reading.remembered[window[0] : window[1]]
                numbers[:3, row, :size] = around_cue(reading.pieces, cue, window, marked)
                numbers[3, row, :size] = 1
            given = {"remembered": remembered} | dict(zip(("flag", "distance", "which", "mask"), numbers, strict=True))
            (scores,) = self._cue_reader.run(["roles"], given)
            read += [
                ((cue[0], cue[1] + 1), window, scores[row, : window[1] - window[0]], chance)
                for row, (window, cue, chance) in enumerate(block)
            ]
        return read

    def names(self, text: Text, sentences: Sequence[Stretch]) -> list[tuple[int, int, str, float]]:
        """Names as code points, half-open, with the label the model gives and its chance."""
        reading = self.read(text, sentences)
        start, end = reading.pieces.start, reading.pieces.end
        found = named(reading.names, self._labels, bias=self._thresholds.name)
        return [(int(start[a]), int(end[b - 1]), kind, chance) for a, b, kind, chance in found]


@cache
def reading_model(name: str = "reader-en") -> ReadingModel:
    """Load a model that ships with amparo; the same one is loaded once.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    card, tokenizer, (encoder, cue_reader) = open_shipped(name, ("encoder", "cues"), slower=SLOWER)
    return ReadingModel(
        encoder,
        cue_reader,
        tokenizer,
        labels=card["names"],
        thresholds=Thresholds(**card["thresholds"]),
        trust=Trust(**card["trust"]),
    )
