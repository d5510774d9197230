"""Turn a trained model into the two small files that amparo ships, and choose how sure it must be.

python -m training.export --weights DIR/reader.pt --base DIR --out src/amparo/data/models/reader-en \
    --attributions FILE --names FILE

Weights are kept as 8-bit integers (ONNX, 7 bits used, so that processors without VNNI reckon the same), the
thresholds are chosen on the documents kept out of training. Prints the scores found on the way.
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from training.network import NAME_LABELS, Encoder, Reader, load

OPSET = 17


class SmallWords(nn.Module):
    """The word table as 8-bit integers with one scale a row."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("whole", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """The rows of some pieces."""
        return self.whole[ids].to(torch.float32) * self.scale[ids]


def export(model: Reader, out: Path) -> None:
    """Write ``encoder.onnx`` and ``cues.onnx``."""
    model.eval()
    encoder: Encoder = model.encoder
    table = encoder.words.weight.detach().clone()
    encoder.words = SmallWords(table)  # type: ignore[assignment]
    whole = torch.ones((2, 16), dtype=torch.long)
    rows = torch.zeros((2, 16, model.shape.narrow))
    _write(
        encoder,
        (whole, whole, whole, whole),
        out / "encoder.onnx",
        ["ids", "case", "quote", "mask"],
        ["cues", "names", "remembered"],
    )
    _write(
        model.cue_reader,
        (rows, whole, whole, whole, whole),
        out / "cues.onnx",
        ["remembered", "flag", "distance", "which", "mask"],
        ["roles", "keep"],
    )


def _write(
    part: nn.Module, example: tuple[torch.Tensor, ...], path: Path, inputs: list[str], outputs: list[str]
) -> None:
    axes = {name: {0: "rows", 1: "length"} for name in (*inputs, *outputs) if name != "keep"} | {"keep": {0: "rows"}}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            part,
            example,
            str(plain),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes={k: v for k, v in axes.items() if k in (*inputs, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
        heads = _head_nodes(plain)
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=heads,
        )


def _head_nodes(path: Path) -> list[str]:
    """The small last products, kept in full."""
    graph = onnx.load(path).graph
    sizes = {t.name: t.dims[-1] for t in graph.initializer if len(t.dims) == 2}
    return [n.name for n in graph.node if n.op_type == "MatMul" and sizes.get(n.input[1], 1000) < 64]


def write_card(out: Path, thresholds: dict[str, float], trust: dict[str, float], version: str) -> None:
    """Write ``model.toml``: labels, thresholds, what the model is sure by, and digests."""
    lines = [f'version = "{version}"', f"names = {json.dumps(list(NAME_LABELS))}", "", "[thresholds]"]
    lines += [f"{name} = {value}" for name, value in thresholds.items()]
    lines += ["", "[trust]", *(f"{name} = {value}" for name, value in trust.items()), "", "[sha256]"]
    for part in ("encoder.onnx", "cues.onnx", "tokenizer.json"):
        lines.append(f'"{part}" = "{hashlib.sha256((out / part).read_bytes()).hexdigest()}"')
    (out / "model.toml").write_text("\n".join(lines) + "\n", encoding="utf8")


def write_tokenizer(base: Path, out: Path) -> None:
    """Keep the base's word pieces, without padding or cutting."""
    kept: dict[str, Any] = json.loads((base / "tokenizer.json").read_text(encoding="utf8"))
    kept["truncation"] = kept["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(kept, ensure_ascii=False, indent=None) + "\n", encoding="utf8")


def choose(out: Path, attributions: Path, names: Path) -> tuple[dict[str, float], dict[str, float]]:
    """On the documents kept out of training: thresholds of roles, what to be sure by and how sure, then names.

    Returns:
        Thresholds and trust.
    """
    from training.evaluate import Kept

    kept = Kept(out, attributions, names)
    best: dict[str, float] = {
        "candidate": 0.25,
        "tried": 0.35,
        "keep": 0.35,
        "source": 0.5,
        "content": 0.4,
        "source_edge": 0.2,
        "content_edge": 1.2,
        "quoted": 0.3,
        "name": 0.0,
    }
    grids: list[dict[str, list[float]]] = [
        {"source_edge": [0.2, 0.7], "content_edge": [1.2, 1.8], "source": [0.5, 1.5]},
        {"keep": [0.3, 0.33, 0.36, 0.39, 0.42, 0.45]},
    ]
    for grid in grids:
        tried = []
        for values in product(*grid.values()):
            now = best | dict(zip(grid, values, strict=True))
            tried.append((kept.attributions(now, kept.trust(now))["attribution"][2], now))
        score, best = max(tried, key=lambda t: t[0])
        print({k: best[k] for k in grid}, f"attribution F1 {score:.4f}", flush=True)
    tried_names = [(kept.names({**best, "name": bias}), bias) for bias in (-1.0, -0.5, 0.0)]
    score, best["name"] = max(tried_names)
    print({"name": best["name"]}, f"names F1 {score:.4f}", flush=True)
    return best, kept.trust(best)


def main() -> None:
    """Read the command line, export and choose."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("out", "attributions", "names"):
        asked.add_argument(f"--{name}", type=Path, required=True)
    asked.add_argument(
        "--weights", type=Path, help="left out: the files in --out stay, only their thresholds are chosen"
    )
    asked.add_argument("--base", type=Path)
    asked.add_argument("--version", default="1")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.weights:
        export(load(given.weights), given.out)
        write_tokenizer(given.base, given.out)
    write_card(given.out, {"candidate": 0.3, "keep": 0.5}, {}, given.version)
    write_card(given.out, *choose(given.out, given.attributions, given.names), given.version)


if __name__ == "__main__":
    main()
