"""From the reading model's numbers to cues, speakers and contents: plain decisions, no learning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.extraction.encoder.windows import CLOSED, NOT_SAID, OPENED, Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

WordRange = tuple[int, int]


class Thresholds(NamedTuple):
    """How sure the model must be; chosen on documents kept out of training.

    Args:
        candidate: least chance of being part of a cue for a word to be tried as one.
        tried: least mean chance of a run of such words to be read further.
        keep: least joint chance of a cue to be kept.
        source, content: added to the scores of these roles against neither.
        quoted: share of a quotation that must be content for all of it to be content.
        name: added to the score of every kind of name against none.
        slope, offset: from the log odds of the joint chance to those of being right, as found on kept-out documents.
    """

    candidate: float = 0.25
    tried: float = 0.35
    keep: float = 0.5
    source: float = 0.0
    content: float = 0.0
    quoted: float = 0.3
    name: float = 0.0
    slope: float = 1.0
    offset: float = 0.0


class Attribution(NamedTuple):
    """Who said what, as runs of words: half-open ranges.

    Args:
        cue: the attributing words.
        sources, contents: in order.
        confidence: 0 to 1.
    """

    cue: WordRange
    sources: tuple[WordRange, ...]
    contents: tuple[WordRange, ...]
    confidence: float


def chances(scores: Numbers) -> Any:
    """Scores to chances that sum to one."""
    import numpy as np

    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def candidate_cues(scores: Numbers, *, least: float, tried: float = 0.0) -> list[tuple[int, int, float]]:
    """Runs of words that may be cues: a run begins where *begins* outweighs *goes on*.

    Args:
        scores: words × (none, begins, goes on).
        least: least chance of a word to be part of a cue.
        tried: least mean chance of a run.

    Returns:
        First and last word, both included, and the run's mean chance.
    """
    import numpy as np

    chance = chances(scores)
    part = 1.0 - chance[:, 0]
    found: list[tuple[int, int, float]] = []
    at: int | None = None
    last = -2
    for word in np.flatnonzero(part >= least).tolist():
        if at is not None and (word > last + 1 or chance[word, 1] > chance[word, 2]):
            found.append((at, last, float(part[at : last + 1].mean())))
            at = None
        if at is None:
            at = word
        last = word
    if at is not None:
        found.append((at, last, float(part[at : last + 1].mean())))
    return [run for run in found if run[2] >= tried]


def roles(
    pieces: Pieces,
    cue: WordRange,
    window: WordRange,
    scores: Numbers,
    confidence: float,
    thresholds: Thresholds,
) -> Attribution | None:
    """Who said it and what was said, around one cue.

    Args:
        pieces: the text's words.
        cue: half-open range of words.
        window: half-open range of words.
        scores: the window's words × (neither, source, content).
        confidence: of the cue.
        thresholds: how sure the model must be.

    Returns:
        Nothing where no content is found.
    """
    import numpy as np

    weighed = scores + np.asarray([0.0, thresholds.source, thresholds.content], dtype=scores.dtype)
    best = weighed.argmax(axis=-1)
    best[cue[0] - window[0] : cue[1] - window[0]] = 0
    said = _filled(best == 2, best == 1)
    quote = pieces.quote[pieces.first[window[0] : window[1]]]
    for begin, end in _quotations(quote):
        inside = said[begin:end]
        if inside.mean() >= thresholds.quoted and not (best[begin:end] == 1).any():
            said[begin:end] = True
    said[cue[0] - window[0] : cue[1] - window[0]] = False
    contents = _runs(said, window[0])
    if not contents:
        return None
    return Attribution(cue, tuple(_runs(_filled(best == 1, best == 2), window[0])), tuple(contents), confidence)


def _filled(chosen: Any, other: Any) -> Any:
    """Fill gaps of one word that belong to nobody else."""
    out = chosen.copy()
    gap = ~chosen[1:-1] & chosen[:-2] & chosen[2:] & ~other[1:-1]
    out[1:-1] |= gap
    return out


def _quotations(quote: Any) -> list[WordRange]:
    """Whole quotations among the words, with their marks."""
    found: list[WordRange] = []
    at: int | None = None
    for word, where in enumerate(quote.tolist()):
        if where == OPENED or (at is None and where not in (NOT_SAID, CLOSED)):
            at = word
        elif where in (NOT_SAID, CLOSED):
            if at is not None:
                found.append((at, word + (where == CLOSED)))
            at = None
    if at is not None:
        found.append((at, len(quote)))
    return found


def _runs(chosen: Any, offset: int) -> list[WordRange]:
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0]))))
    return [(int(a) + offset, int(b) + offset) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def named(scores: Numbers, labels: Sequence[str], *, bias: float) -> list[tuple[int, int, str, float]]:
    """Runs of words that name something.

    Args:
        scores: words × labels.
        labels: the first is none, the others read ``B-kind`` and ``I-kind``.
        bias: added to the score of every label but none.

    Returns:
        Half-open ranges of words with their kind and the mean chance of being a name of that kind.
    """
    import numpy as np

    weighed = scores.copy()
    weighed[:, 1:] += bias
    best = weighed.argmax(axis=-1)
    found: list[tuple[int, int, str, float]] = []
    chance = chances(scores)
    at, kind = 0, ""

    def close(end: int) -> None:
        if kind:
            columns = [i for i, label in enumerate(labels) if label.endswith("-" + kind)]
            found.append((at, end, kind, float(chance[at:end][:, columns].sum(axis=1).mean())))

    last = -2
    for word in np.flatnonzero(best).tolist():
        part, _, of = labels[int(best[word])].partition("-")
        if word > last + 1 or part == "B" or of != kind:
            close(last + 1)
            at, kind = word, of
        last = word
    close(last + 1)
    return found
