"""The small model that tells, for a run of words in English or Spanish, how likely it alleges each act.

Runs on one processor core with ONNX Runtime; needs the ``models`` extra. The files lie in ``data/models/acts``, with
a card that tells where every part of them comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from amparo.extraction.encoder.shipped import open_shipped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

BLOCK = 2048
"""How many word pieces are read at once, padding among them."""


class Trust(NamedTuple):
    """How sure an allegation is: the log-odds that it is right are a sum.

    Args:
        start: what the sum begins with.
        chance: what the log-odds of the model's chance count for.
        seen: what a sign of the act, seen there, adds.
        both: what the log-odds count for more where a sign is seen.
        keep: how sure an allegation must be to be noted by its meaning alone.
        keep_seen: how sure it must be where a sign is seen; the reader is told of more, and how doubtful it is.
    """

    start: float
    chance: float
    seen: float
    both: float
    keep: float
    keep_seen: float


class AllegingModel:
    """Tells which acts words allege.

    Args:
        network: the network, as ONNX Runtime holds it.
        tokenizer: cuts words into the pieces that the network knows.
        acts: the codes of the acts it tells, in the order of its scores.
        trust: how sure an allegation is by it and by signs.
    """

    def __init__(self, network: Any, tokenizer: Any, *, acts: Sequence[str], trust: Trust) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self.acts = tuple(acts)
        self.trust = trust

    def chances(self, told: Sequence[str]) -> Numbers:
        """The chance of each act in each of some runs of words: one row a run, one column an act, 0 to 1.

        Args:
            told: each a sentence, or two or three short ones.
        """
        import numpy as np

        pieces = [e.ids for e in self._tokenizer.encode_batch([" ".join(words.split()) for words in told])]
        found = np.zeros((len(told), len(self.acts)), dtype=np.float32)
        order = sorted(range(len(told)), key=lambda n: len(pieces[n]))
        while order:
            width = len(pieces[order[-1]])
            block = order[-max(1, BLOCK // width) :]
            del order[-len(block) :]
            ids = np.zeros((len(block), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, number in enumerate(block):
                size = len(pieces[number])
                ids[row, :size], mask[row, :size] = pieces[number], 1
            (found[block],) = self._network.run(["chances"], {"ids": ids, "mask": mask})
        return found


@cache
def alleging_model(name: str = "acts") -> AllegingModel:
    """Load the model that ships with amparo; the same one is loaded once.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    card, tokenizer, (network,) = open_shipped(name, ("acts",))
    return AllegingModel(network, tokenizer, acts=card["acts"], trust=Trust(**card["trust"]))
