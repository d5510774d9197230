"""Train the reading model: cues, names, and who said what.

python -m training.train --attributions FILE --names FILE --base DIR --out DIR [--layers 3 --inner 1536 …]
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from amparo.extraction.encoder.reading import candidate_cues
from amparo.extraction.encoder.windows import (
    LOWER,
    NO_LETTERS,
    NOT_SAID,
    around_cue,
    cue_window,
    mark_cues,
    window_batch,
)
from training.examples import Example, attribution_example, kept_out, name_example, read_lines
from training.network import Reader, Shape, load, save, shrink, start_from_base

MASK, PLAIN_CASE, PLAIN_QUOTES, HIDDEN_WORDS = 103, 0.08, 0.04, 0.03
"""The mask piece; chances of a document without capitals, without quotation marks, and of a piece that is hidden."""
BLOCK = 2000
CUE_WEIGHTS, ROLE_WEIGHTS = (1.0, 1.5, 1.5), (1.0, 1.5, 1.0)


def encode(
    model: Reader, examples: list[Example], *, dice: random.Random | None
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[int]]:
    """Cue scores, name scores and remembered numbers of all pieces of some documents, one after the other."""
    offsets = np.cumsum([0, *(len(e.pieces.ids) for e in examples)]).tolist()
    todo = [(e, run, offset) for e, offset in zip(examples, offsets, strict=False) for run in e.runs]
    todo.sort(key=lambda x: x[1][0] - x[1][1])
    order: list[int] = []
    parts: list[tuple[torch.Tensor, ...]] = []
    plain = {
        id(e): (dice.random() < PLAIN_CASE, dice.random() < PLAIN_QUOTES) if dice else (False, False) for e in examples
    }
    while todo:
        count = max(1, BLOCK // (todo[0][1][1] - todo[0][1][0] + 2))
        block, todo = todo[:count], todo[count:]
        width = max(run[1] - run[0] for _, run, _ in block) + 2
        numbers = np.zeros((4, len(block), width), dtype=np.int64)
        for row, (example, run, offset) in enumerate(block):
            one = window_batch(example.pieces, [run])
            size = one.ids.shape[1]
            no_case, no_quotes = plain[id(example)]
            case = np.where(one.case == NO_LETTERS, NO_LETTERS, LOWER) if no_case else one.case
            quote = np.full_like(one.quote, NOT_SAID) if no_quotes else one.quote
            ids = one.ids
            if dice:
                hide = np.random.default_rng(dice.getrandbits(32)).random(ids.shape) < HIDDEN_WORDS
                ids = np.where(hide & (ids > 103), MASK, ids)
            for layer, values in enumerate((ids, case, quote, one.mask)):
                numbers[layer, row, :size] = values[0]
            order.extend(range(offset + run[0], offset + run[1]))
        given = [torch.from_numpy(n) for n in numbers]
        out = model.encoder(*given)
        inside = given[3].clone()
        inside[:, 0] = 0
        for row, (_, run, _) in enumerate(block):
            inside[row, run[1] - run[0] + 1] = 0
        chosen = inside.reshape(-1).nonzero()[:, 0]
        parts.append(tuple(t.reshape(-1, t.shape[-1])[chosen] for t in out))
    place = torch.tensor(order).argsort()
    cues, names, remembered = (torch.cat(p)[place] for p in zip(*parts, strict=True))
    return cues, names, remembered, offsets


def read_cues(
    model: Reader, remembered: torch.Tensor, asked: list[tuple[Any, ...]], *, block: int = 4000
) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    """Role scores and keep scores for cues, in blocks of like length.

    Args:
        model: the network.
        remembered: of all words of the documents.
        block: how many words of windows are read at once.
        asked: for each cue the rows of its window's words in ``remembered``, and what is told about each.
    """
    order = sorted(range(len(asked)), key=lambda i: -len(asked[i][0]))
    while order:
        width = len(asked[order[0]][0])
        count = max(1, block // width)
        now, order = order[:count], order[count:]
        numbers = np.zeros((5, len(now), width), dtype=np.int64)
        for row, i in enumerate(now):
            size = len(asked[i][0])
            for layer in range(4):
                numbers[layer, row, :size] = asked[i][layer]
            numbers[4, row, :size] = 1
        rows, flag, distance, which, mask = (torch.from_numpy(n) for n in numbers)
        roles, keep = model.cue_reader(remembered[rows], flag, distance, which, mask)
        yield now, roles, keep


def ask(
    example: Example, offset: int, cue: tuple[int, int], window: tuple[int, int], cues: list[tuple[int, int]]
) -> tuple[Any, ...]:
    """What the cue reader needs to know about one cue."""
    rows = example.pieces.first[window[0] : window[1]] + offset
    return (rows, *around_cue(example.pieces, cue, window, mark_cues(example.pieces, cues)))


def loss_of(
    model: Reader, examples: list[Example], dice: random.Random, *, reject: bool
) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of one step over a few documents."""
    cue_scores, name_scores, remembered, offsets = encode(model, examples, dice=dice)
    remembered = F.dropout(remembered, 0.1)
    parts: dict[str, torch.Tensor] = {}
    asked: list[tuple[Any, ...]] = []
    truth: list[tuple[np.ndarray, int]] = []
    cue_parts, name_parts = [], []
    for example, offset in zip(examples, offsets, strict=False):
        first = torch.from_numpy(example.pieces.first + offset)
        if example.names is not None:
            name_parts.append((name_scores[first], torch.from_numpy(example.names)))
            continue
        here = cue_scores[first]
        if example.cues is None:
            continue
        cue_parts.append((here, torch.from_numpy(example.cues)))
        gold = [s.cue for s in example.said]
        found = [(a, b) for a, b, _ in candidate_cues(here.detach().numpy(), least=0.2)] if reject else []
        false = [c for c in found if not example.cues[c[0] : c[1] + 1].any()]
        others = sorted({*gold, *(c for c in false if dice.random() < 0.5)})
        for said in example.said:
            cue, window, roles = said
            near = [c for c in found if c[0] <= cue[1] and c[1] >= cue[0]]
            if near and dice.random() < 0.3:
                other = cue_window(example.pieces, *near[0])
                if other == window:
                    cue = near[0]
            asked.append(ask(example, offset, cue, window, others))
            truth.append((roles, 1))
        for cue in dice.sample(false, min(len(false), len(gold) // 2 + 2)):
            window = cue_window(example.pieces, *cue)
            asked.append(ask(example, offset, cue, window, others))
            truth.append((np.zeros(window[1] - window[0], dtype=np.int64), 0))
    if cue_parts:
        parts["cue"] = F.cross_entropy(
            torch.cat([c for c, _ in cue_parts]), torch.cat([t for _, t in cue_parts]), weight=torch.tensor(CUE_WEIGHTS)
        )
    if name_parts:
        parts["name"] = F.cross_entropy(torch.cat([c for c, _ in name_parts]), torch.cat([t for _, t in name_parts]))
    if asked:
        role_sum, keep_sum, words = torch.zeros(()), torch.zeros(()), 0
        weight = torch.tensor(ROLE_WEIGHTS)
        for now, roles, keep in read_cues(model, remembered, asked):
            labels = torch.full(roles.shape[:2], -100)
            for row, i in enumerate(now):
                labels[row, : len(truth[i][0])] = torch.from_numpy(truth[i][0])
            role_sum = role_sum + F.cross_entropy(roles.flatten(0, 1), labels.flatten(), weight=weight, reduction="sum")
            words += int((labels >= 0).sum())
            keep_sum = keep_sum + F.binary_cross_entropy_with_logits(
                keep, torch.tensor([float(truth[i][1]) for i in now]), reduction="sum"
            )
        parts["role"], parts["keep"] = role_sum / max(1, words), keep_sum / len(asked)
    weights = {"cue": 2.0, "name": 1.5, "role": 2.0, "keep": 0.3}
    total = sum((weights[k] * v for k, v in parts.items()), start=torch.zeros(()))
    return total, {k: float(v.detach()) for k, v in parts.items()}


def train(
    model: Reader,
    said: list[Example],
    named: list[Example],
    *,
    epochs: float,
    rate: float,
    seed: int,
    out: Path,
    stop_after: float,
    warm_start: bool,
) -> None:
    """Train for so many passes over the attributions, names mixed in, with a rate that falls to nothing."""
    dice = random.Random(seed)  # noqa: S311 – training, not a secret
    torch.manual_seed(seed)
    words = [model.encoder.words.weight]
    fresh = [
        p
        for n, p in model.named_parameters()
        if n.startswith("cue_reader") or n.split(".")[1] in ("cues", "names", "remember", "case", "quote")
    ]
    known = {id(p) for p in (*fresh, *words)}
    base = [p for p in model.parameters() if id(p) not in known]
    main = torch.optim.AdamW(
        [{"params": base, "lr": rate}, {"params": fresh, "lr": 5 * rate}], weight_decay=0.01, foreach=True
    )
    sparse = torch.optim.SparseAdam(words, lr=rate)
    steps = int(len(said) * epochs / 2)
    warm = max(1, steps // 16)
    began = time.perf_counter()

    def factor(step: int) -> float:
        """Rise over the first sixteenth, then fall to nothing at the last step or at the end of the time."""
        done = max(max(0, step - warm) / max(1, steps - warm), (time.perf_counter() - began) / stop_after)
        return min(1.0, (step + 1) / warm) * max(0.0, 1 - done)

    rates = [torch.optim.lr_scheduler.LambdaLR(o, factor) for o in (main, sparse)]
    reject_from = 0 if warm_start else steps // 5
    queue: list[Example] = []
    names: list[Example] = []
    seen: dict[str, float] = {}
    for step in range(steps):
        if len(queue) < 2:
            queue += dice.sample(said, len(said))
        if not names:
            names = dice.sample(named, len(named))
        examples = [queue.pop(0), queue.pop(0), names.pop()]
        loss, parts = loss_of(model, examples, dice, reject=step > reject_from)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*base, *fresh], 1.0)
        for optimizer, schedule in zip((main, sparse), rates, strict=True):
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
        for k, v in parts.items():
            seen[k] = 0.97 * seen.get(k, v) + 0.03 * v
        if step % 40 == 0:
            print(
                f"{step}/{steps} {time.perf_counter() - began:.0f}s",
                {k: round(v, 4) for k, v in seen.items()},
                flush=True,
            )
        if step % 200 == 199:
            save(model, out / "reader.pt")
        if time.perf_counter() - began > stop_after:
            break
    save(model, out / "reader.pt")


def main() -> None:
    """Read the command line and train."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--attributions", type=Path, required=True)
    asked.add_argument("--names", type=Path, required=True)
    asked.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--layers", type=int, default=3)
    asked.add_argument("--inner", type=int, default=1536)
    asked.add_argument("--narrow-inner", type=int, default=384)
    asked.add_argument("--start", type=Path, help="a reader.pt to go on from, made smaller where the sizes say so")
    asked.add_argument("--epochs", type=float, default=6)
    asked.add_argument("--rate", type=float, default=1.5e-4)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--stop-after", type=float, default=1e9, help="seconds")
    asked.add_argument("--all", action="store_true", help="train on the kept-out documents too")
    given = asked.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    said = [attribution_example(g, tokenizer) for g in read_lines(given.attributions) if given.all or not kept_out(g)]
    named = [name_example(g, tokenizer) for g in read_lines(given.names) if given.all or not kept_out(g)]
    print(len(said), "documents with attributions,", len(named), "with names", flush=True)
    if given.start:
        model = shrink(load(given.start), inner=given.inner, narrow_inner=given.narrow_inner)
    else:
        model = Reader(Shape(layers=given.layers, inner=given.inner, narrow_inner=given.narrow_inner))
        start_from_base(model, given.base / "model.safetensors")
    train(
        model,
        said,
        named,
        epochs=given.epochs,
        rate=given.rate,
        seed=given.seed,
        out=given.out,
        stop_after=given.stop_after,
        warm_start=given.start is not None,
    )


if __name__ == "__main__":
    main()
