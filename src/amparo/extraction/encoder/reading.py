"""From the reading model's numbers to cues, speakers and contents: plain decisions, no learning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.extraction.encoder.windows import CLOSED, NOT_SAID, OPENED, Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

WordRange = tuple[int, int]
IMPOSSIBLE = -1e4
PLAINLY_NONE = 0.98
"""From this chance on, a word is part of no name, whatever stands beside it."""


class Thresholds(NamedTuple):
    """How sure the model must be; chosen on documents kept out of training.

    Args:
        candidate: least chance of being part of a cue for a word to be tried as one.
        tried: least mean chance of a run of such words to be read further.
        keep: least chance of an attribution to be right, for it to be kept.
        source, content: added to the scores of these roles against neither.
        source_edge, content_edge: what it costs to begin or end a run of words in these roles.
        quoted: share of a quotation that must be content for all of it to be content.
        name: added to the score of every kind of name against none.
    """

    candidate: float = 0.25
    tried: float = 0.35
    keep: float = 0.5
    source: float = 0.0
    content: float = 0.0
    source_edge: float = 0.0
    content_edge: float = 0.0
    quoted: float = 0.3
    name: float = 0.0


class Trust(NamedTuple):
    """How much each sign counts for an attribution being right, in log odds; learnt on documents kept out of training.

    Args:
        start: without any sign.
        cue: the log odds of the cue's words being one.
        content: the log odds of the mean chance of the words taken for content.
        source: the mean chance of the words taken for the speaker.
        named: there is a speaker.
        undecided: how many words, as a logarithm, might be speaker or content and are taken for neither.
    """

    start: float = 0.0
    cue: float = 1.0
    content: float = 0.0
    source: float = 0.0
    named: float = 0.0
    undecided: float = 0.0


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

    likely = scores + np.asarray([0.0, thresholds.source, thresholds.content], dtype=scores.dtype)
    likely[cue[0] - window[0] : cue[1] - window[0], 1:] = IMPOSSIBLE
    best = np.asarray(_course(likely.tolist(), thresholds.source_edge, thresholds.content_edge))
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


def signs_of(found: Attribution, window: WordRange, scores: Numbers, tagged: float) -> Trust:
    """The signs of an attribution being right, to be weighed by a model's trust; the first is always 1.

    Args:
        found: the attribution.
        window: half-open range of words.
        scores: the window's words × (neither, source, content).
        tagged: the mean chance of the cue's words being one.
    """
    import numpy as np

    chance = chances(scores)
    taken = np.zeros((len(chance), 2), dtype=bool)
    for column, runs in enumerate((found.sources, found.contents)):
        for begin, end in runs:
            taken[begin - window[0] : end - window[0], column] = True
    source = float(chance[taken[:, 0], 1].mean()) if found.sources else 0.0
    return Trust(
        1.0,
        log_odds(tagged),
        log_odds(float(chance[taken[:, 1], 2].mean())),
        source,
        float(bool(found.sources)),
        math.log1p(float((1.0 - chance[~taken.any(axis=1), 0]).sum())),
    )


def weighed(signs: Trust, trust: Trust) -> float:
    """The chance of an attribution to be right.

    >>> weighed(Trust(1.0, 0.0, 2.0), Trust(-2.0, 1.0, 1.0))
    0.5
    """
    return 1 / (1 + math.exp(-sum(sign * weight for sign, weight in zip(signs, trust, strict=True))))


def log_odds(chance: float) -> float:
    """The logarithm of a chance's odds, kept finite."""
    inside = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))


def _course(scores: list[list[float]], source_edge: float, content_edge: float) -> list[int]:
    """The best role of each word of a window, where every change of role has its cost.

    Args:
        scores: words × (neither, source, content).
        source_edge: what it costs to begin or end a run of source.
        content_edge: the same for content.
    """
    between = (source_edge + content_edge) / 2
    none, source, content = scores[0]
    steps: list[tuple[int, int, int]] = []
    for none_here, source_here, content_here in scores[1:]:
        from_source, from_content = source - source_edge, content - content_edge
        to_none = (
            (none, 0) if none >= from_source and none >= from_content else max((from_source, 1), (from_content, 2))
        )
        from_none, from_content = none - source_edge, content - between
        to_source = (
            (source, 1) if source >= from_none and source >= from_content else max((from_none, 0), (from_content, 2))
        )
        from_none, from_source = none - content_edge, source - between
        to_content = (
            (content, 2) if content >= from_none and content >= from_source else max((from_none, 0), (from_source, 1))
        )
        steps.append((to_none[1], to_source[1], to_content[1]))
        none, source, content = to_none[0] + none_here, to_source[0] + source_here, to_content[0] + content_here
    role = max((none, 0), (source, 1), (content, 2))[1]
    course = [role]
    for step in reversed(steps):
        role = step[role]
        course.append(role)
    return course[::-1]


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
    for word, where in enumerate(quote.tolist() if quote.any() else ()):
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
    """Runs of words that name something: of all ways to label the words that let each name go on as it began, the best.

    Args:
        scores: words × labels.
        labels: the first is none, the others read ``B-kind`` and ``I-kind``.
        bias: added to the score of every label but none.

    Returns:
        Half-open ranges of words with their kind and the mean chance of being a name of that kind.
    """
    import numpy as np

    chance = chances(scores)
    likely = np.log(chance + 1e-9)
    likely[:, 1:] += bias
    kinds = [label[2:] for label in labels[1::2]]
    found: list[tuple[int, int, str, float]] = []
    for begin, end in _runs(chance[:, 0] < PLAINLY_NONE, 0):
        for at, stop, kind in _names_within(likely[begin:end, 1::2], likely[begin:end, 2::2], likely[begin:end, 0]):
            sure = chance[begin + at : begin + stop, 2 * kind + 1 : 2 * kind + 3].sum(axis=1).mean()
            found.append((begin + at, begin + stop, kinds[kind], float(sure)))
    return found


def _names_within(begins: Numbers, goes_on: Numbers, none: Numbers) -> list[tuple[int, int, int]]:
    """The best way to label a run of words, in which a name goes on only as the kind it began as.

    Args:
        begins: words × kinds, log chances.
        goes_on: the same.
        none: of each word to be in no name.

    Returns:
        Half-open ranges of words with the number of the kind.
    """
    import numpy as np

    size = begins.shape[1]
    best = np.concatenate((none[:1], begins[0], np.full(size, -np.inf)))
    before = []
    for word in range(1, len(none)):
        top = int(best.argmax())
        inside = np.maximum(best[1 : size + 1], best[size + 1 :])
        before.append((top, np.where(best[1 : size + 1] >= best[size + 1 :], 1, size + 1) + np.arange(size)))
        best = best[top] + np.concatenate((none[word : word + 1], begins[word], goes_on[word] + inside - best[top]))
    state = int(best.argmax())
    course = [state]
    for top, inside_from in reversed(before):
        state = int(inside_from[state - size - 1]) if state > size else top
        course.append(state)
    course.reverse()
    found: list[tuple[int, int, int]] = []
    for word, state in enumerate(course):
        if 0 < state <= size:
            found.append((word, word + 1, state - 1))
        elif state > size:
            found[-1] = (found[-1][0], word + 1, found[-1][2])
    return found
