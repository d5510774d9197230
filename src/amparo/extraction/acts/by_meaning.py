"""What a text alleges by the meaning of its sentences, where no known wording tells it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from amparo.extraction.acts.guards import Guards
from amparo.extraction.acts.passages import Passage, Sighting
from amparo.extraction.acts.signs import Finder
from amparo.extraction.acts.tellings import neighbours, tellings
from amparo.extraction.acts.wording import Wording
from amparo.extraction.encoder.alleging import AllegingModel, Trust

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

SUREST = 9.0
"""Log-odds beyond this are taken for this, either way."""
HINT = 0.02
"""Neighbours of which neither by itself has at least this chance of alleging anything are not asked together."""
COUNTED = {"ISO-01": ("counted-days", "long-time")}
"""Acts that their definition counts in days: the days that are told in the paragraph must be enough."""
MEANT = "meant"
"""What stands in the place of a sign on a sighting that rests on meaning."""
WHOLE = 0.1
"""How much surer a sentence must be than it and its neighbour together, to be taken alone."""


class Meaning(NamedTuple):
    """What the runs of words of one text allege.

    Args:
        runs: half-open, by number: each sentence, then each two neighbours.
        alone: how many of them are single sentences.
        chances: of each act, one row a run.
        acts: their codes.
        trust: how sure an allegation is by them and by signs.
    """

    runs: tuple[tuple[int, int], ...]
    alone: int
    chances: Numbers
    acts: tuple[str, ...]
    trust: Trust

    def chance(self, act: str, start: int, end: int) -> float:
        """The best chance that any run which shares words with the given ones alleges an act."""
        column = self.acts.index(act)
        return max(
            (float(self.chances[n, column]) for n, (a, b) in enumerate(self.runs) if a < end and start < b), default=0.0
        )

    def sure(self, passage: Passage) -> float:
        """How sure it is that a passage alleges its act, by its meaning and by the signs seen in it."""
        chance = self.chance(passage.act, passage.start, passage.end)
        return how_sure(chance, seen=_seen(passage), trust=self.trust)

    def kept(self, passage: Passage) -> bool:
        """Whether a passage alleges its act surely enough to be noted; the later items of a list are not asked."""
        if any(s.listed for s in passage.sightings):
            return True
        return self.sure(passage) >= (self.trust.keep_seen if _seen(passage) else self.trust.keep)

    def _enough(self, chance: float) -> bool:
        return how_sure(chance, seen=False, trust=self.trust) >= self.trust.keep

    def told(self) -> list[Passage]:
        """The runs that allege an act surely enough by meaning alone; of those that share words, the surest."""
        found = []
        for column, act in enumerate(self.acts):
            hinted = [n for n in range(len(self.runs)) if self.chances[n, column] >= HINT]
            likely = [n for n in hinted if self._enough(float(self.chances[n, column]))]
            likely.sort(key=lambda n: -(self.chances[n, column] + (WHOLE if n >= self.alone else 0.0)))
            taken: list[tuple[int, int]] = []
            for number in likely:
                start, end = self.runs[number]
                if all(end <= a or b <= start for a, b in taken):
                    taken.append((start, end))
                    found.append(Passage(start, end, act, (Sighting(start, end, act, (), "sentence", MEANT),)))
        return sorted(found)


def _seen(passage: Passage) -> bool:
    return any(s.written != MEANT for s in passage.sightings)


def how_sure(chance: float, *, seen: bool, trust: Trust) -> float:
    """How sure an allegation is, 0 to 1, by the model's chance and by whether a sign of the act is seen.

    >>> trust = Trust(start=-1.0, chance=0.5, seen=1.5, both=0.0, keep=0.5, keep_seen=0.2)
    >>> how_sure(0.5, seen=False, trust=trust) < how_sure(0.5, seen=True, trust=trust)
    True
    """
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    odds = min(SUREST, max(-SUREST, math.log(chance / (1 - chance))))
    total = trust.start + trust.chance * odds + (trust.seen + trust.both * odds if seen else 0.0)
    return 1 / (1 + math.exp(-total))


def read_meaning(content: str, wording: Wording, model: AllegingModel) -> Meaning:
    """Ask every sentence of a text, and every two neighbours, what they allege.

    Args:
        content: the text.
        wording: the text, word by word.
        model: that tells.
    """
    import numpy as np

    alone = tellings(wording)
    chances = _ask(model, content, wording, alone)
    hints = chances.max(axis=1, initial=0.0) >= HINT
    hinted = {run for n, run in enumerate(alone) if hints[n]}
    together = [run for run in neighbours(alone, wording) if any(run[0] <= a and b <= run[1] for a, b in hinted)]
    both = np.concatenate([chances, _ask(model, content, wording, together)])
    return Meaning((*alone, *together), len(alone), both, model.acts, model.trust)


def _ask(model: AllegingModel, content: str, wording: Wording, runs: Sequence[tuple[int, int]]) -> Numbers:
    return model.chances([content[wording.starts[a] : wording.ends[b - 1]] for a, b in runs])


def beside_signs(
    meaning: Meaning, passages: Sequence[Passage], refused: Sequence[Sighting], guards: Guards
) -> list[Passage]:
    """What is alleged by meaning alone: no sign of the act was seen there, nor one that is told not to be so.

    Args:
        meaning: what the text's runs of words allege.
        passages: what signs have told.
        refused: signs that were seen and allege nothing (negated, supposed, set aside, a rule).
        guards: what is set aside.
    """
    known = [(p.act, p.start, p.end) for p in passages] + [(s.act, s.start, s.end) for s in refused]
    return [
        one
        for one in meaning.told()
        if not any(act == one.act and start < one.end and one.start < end for act, start, end in known)
        and not guards.set_aside(one.start, one.end)
        and _long_enough(one, guards.finder)
    ]


def _long_enough(passage: Passage, finder: Finder) -> bool:
    """Whether no number of days is told in the paragraph, or one that is enough by the definition of the act."""
    if passage.act not in COUNTED:
        return True
    counted, enough = COUNTED[passage.act]
    paragraph = finder.wording.paragraph
    here = paragraph[passage.start]
    told = {
        concept: any(paragraph[seen.start] == here for seen in finder.said(concept)) for concept in (counted, enough)
    }
    return told[enough] or not told[counted]
