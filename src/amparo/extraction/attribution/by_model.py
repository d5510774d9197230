"""Attributions as the reading model finds them, in the shape the clause patterns use."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.domain.notes import Stretch
from amparo.domain.text import Text
from amparo.extraction.attribution.clauses import Said
from amparo.extraction.attribution.cues import lists
from amparo.extraction.attribution.quotations import Quotation
from amparo.extraction.encoder.model import ReadingModel
from amparo.extraction.phrases import fold


def read_said(
    model: ReadingModel, text: Text, sentences: Sequence[Stretch], quotations: Sequence[Quotation]
) -> list[Said]:
    """What the model finds in a text, with quotations that run on past its windows taken whole.

    Args:
        model: the reading model.
        text: the reading.
        sentences: its sentences.
        quotations: its quotations.
    """
    pieces = model.read(text, sentences).pieces
    start, end = pieces.start.tolist(), pieces.end.tolist()

    def span(run: tuple[int, int]) -> tuple[int, int]:
        return start[run[0]], end[run[1] - 1]

    found = []
    selves = lists("en").groups["self"]
    for one in model.attributions(text, sentences):
        sources = [span(run) for run in one.sources]
        source = max(sources, key=lambda s: s[1] - s[0], default=None)
        author = source is not None and fold(text.content[slice(*source)]) in selves
        contents = tuple(_whole(span(run), quotations) for run in one.contents)
        found.append(
            Said(
                cue=span(one.cue),
                source=source,
                whose="author" if author else "named" if source else "unnamed",
                contents=_joined(contents),
                confidence=round(one.confidence, 3),
                build="",
            )
        )
    return found


def _whole(span: tuple[int, int], quotations: Sequence[Quotation]) -> tuple[int, int]:
    """A content that ends inside a quotation which it fills to two thirds, or begins, goes on to the end mark."""
    for q in quotations:
        if q.start <= span[0] <= q.inner_start + 1 and q.start < span[1] < q.end and span[1] - span[0] > 40:
            return min(span[0], q.start), q.end
    return span


def _joined(contents: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Contents in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(contents):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)
