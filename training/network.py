"""The reading model: one encoder over windows of sentences, and a narrow reader run once for each cue.

The encoder is the lower part of all-MiniLM-L6-v2 (22M parameters, uncased), with what its tokens do not show
added to its input: how a word is written, and where it stands to quotation marks. Two heads on it tag cues and
names. Each cue is then read by two narrow layers over the encoder's remembered output, so that a cue costs a
fraction of a pass; they tag who said it and what was said, and judge whether the cue is one at all.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CUE_LABELS = ("O", "B", "I")
ROLE_LABELS = ("O", "source", "content")
NAME_KINDS = ("Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Misc", "Product")
NAME_LABELS = ("O", *(f"{part}-{kind}" for kind in NAME_KINDS for part in "BI"))


@dataclass(frozen=True)
class Shape:
    """How large the model is."""

    layers: int = 3
    inner: int = 1536
    narrow: int = 192
    narrow_inner: int = 384
    narrow_layers: int = 2
    narrow_heads: int = 6
    width: int = 384
    heads: int = 12


class Layer(nn.Module):
    """A transformer layer with the norm after, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_a, self.norm_b = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: torch.Tensor, masked: torch.Tensor) -> torch.Tensor:
        """One layer over some windows."""
        rows, length, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(x).split(width, dim=-1)
        q, k, v = (t.reshape(rows, length, self.heads, size).transpose(1, 2) for t in (q, k, v))
        seen = torch.softmax(q @ k.transpose(-1, -2) * size**-0.5 + masked, dim=-1) @ v
        x = self.norm_a(x + self.out(seen.transpose(1, 2).reshape(rows, length, width)))
        return self.norm_b(x + self.down(F.gelu(self.up(x))))


def blocked(mask: torch.Tensor) -> torch.Tensor:
    """What to add to attention so that padding is not seen."""
    return (1.0 - mask.to(torch.float32))[:, None, None, :] * -10000.0


class Encoder(nn.Module):
    """Windows of pieces to cue labels, name labels, and what is remembered for the reader of cues."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.words, self.places = nn.Embedding(30522, width, sparse=True), nn.Embedding(160, width)
        self.case, self.quote = nn.Embedding(5, width), nn.Embedding(5, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList([Layer(width, shape.heads, shape.inner) for _ in range(shape.layers)])
        self.cues, self.names = nn.Linear(width, len(CUE_LABELS)), nn.Linear(width, len(NAME_LABELS))
        self.remember = nn.Linear(width, shape.narrow)
        for new in (self.case, self.quote):
            nn.init.zeros_(new.weight)

    def forward(self, ids, case, quote, mask):  # type: ignore[no-untyped-def]
        """Cue scores, name scores and remembered numbers of each piece."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.case(case) + self.quote(quote)
        x, masked = self.norm(x), blocked(mask)
        for layer in self.layers:
            x = layer(x, masked)
        return self.cues(x), self.names(x), self.remember(x)


class CueReader(nn.Module):
    """The remembered words around one cue to who said it, what was said, and whether it is a cue."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.narrow
        self.flag, self.distance, self.which = nn.Embedding(3, width), nn.Embedding(32, width), nn.Embedding(3, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            [Layer(width, shape.narrow_heads, shape.narrow_inner) for _ in range(shape.narrow_layers)]
        )
        self.roles, self.keep = nn.Linear(width, len(ROLE_LABELS)), nn.Linear(width, 1)

    def forward(self, remembered, flag, distance, which, mask):  # type: ignore[no-untyped-def]
        """Role scores of each word, and one keep score a cue."""
        x = self.norm(remembered + self.flag(flag) + self.distance(distance) + self.which(which))
        masked = blocked(mask)
        for layer in self.layers:
            x = layer(x, masked)
        this = (flag == 1).to(x.dtype)[:, :, None]
        pooled = (x * this).sum(1) / this.sum(1).clamp(min=1.0)
        return self.roles(x), self.keep(pooled)[:, 0]


class Reader(nn.Module):
    """Encoder and cue reader together."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder, self.cue_reader = Encoder(shape), CueReader(shape)


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a safetensors file: a length, a JSON header, and plain numbers."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data, dtype="<f4", count=(end - begin) // 4, offset=8 + size + begin)
            tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors


def start_from_base(model: Reader, base: Path) -> None:
    """Fill the encoder with the lower layers of the base model, keeping its strongest inner units."""
    given = read_safetensors(base)
    encoder, shape = model.encoder, model.shape
    with torch.no_grad():
        encoder.words.weight.copy_(given["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(
            given["embeddings.position_embeddings.weight"][:160] + given["embeddings.token_type_embeddings.weight"][0]
        )
        encoder.norm.weight.copy_(given["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(given["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(encoder.layers):
            at = f"encoder.layer.{number}."
            parts = [at + f"attention.self.{name}." for name in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([given[p + "weight"] for p in parts]))
            layer.qkv.bias.copy_(torch.cat([given[p + "bias"] for p in parts]))
            up, down = given[at + "intermediate.dense.weight"], given[at + "output.dense.weight"]
            strength = up.norm(dim=1) * down.norm(dim=0)
            kept = strength.topk(shape.inner).indices.sort().values
            layer.up.weight.copy_(up[kept])
            layer.up.bias.copy_(given[at + "intermediate.dense.bias"][kept])
            layer.down.weight.copy_(down[:, kept])
            layer.down.bias.copy_(given[at + "output.dense.bias"])
            layer.out.weight.copy_(given[at + "attention.output.dense.weight"])
            layer.out.bias.copy_(given[at + "attention.output.dense.bias"])
            layer.norm_a.weight.copy_(given[at + "attention.output.LayerNorm.weight"])
            layer.norm_a.bias.copy_(given[at + "attention.output.LayerNorm.bias"])
            layer.norm_b.weight.copy_(given[at + "output.LayerNorm.weight"])
            layer.norm_b.bias.copy_(given[at + "output.LayerNorm.bias"])


def shrink(model: Reader, *, inner: int, narrow_inner: int) -> Reader:
    """A smaller model with the strongest inner units of a trained one, to be trained further."""
    small = Reader(replace(model.shape, inner=inner, narrow_inner=narrow_inner))
    weights = model.state_dict()
    for part, size in (("encoder.layers", inner), ("cue_reader.layers", narrow_inner)):
        number = 0
        while f"{part}.{number}.up.weight" in weights:
            at = f"{part}.{number}."
            strength = weights[at + "up.weight"].norm(dim=1) * weights[at + "down.weight"].norm(dim=0)
            kept = strength.topk(size).indices.sort().values
            weights[at + "up.weight"], weights[at + "up.bias"] = (
                weights[at + "up.weight"][kept],
                weights[at + "up.bias"][kept],
            )
            weights[at + "down.weight"] = weights[at + "down.weight"][:, kept]
            number += 1
    small.load_state_dict(weights)
    return small


def save(model: Reader, path: Path) -> None:
    """Keep the weights with the model's shape, for the next run of the training."""
    torch.save({"shape": asdict(model.shape), "weights": model.state_dict()}, path)


def load(path: Path) -> Reader:
    """A model as kept by ``save``."""
    kept = torch.load(path, weights_only=True)
    model = Reader(Shape(**kept["shape"]))
    model.load_state_dict(kept["weights"])
    return model
