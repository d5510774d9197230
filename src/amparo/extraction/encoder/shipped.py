"""Opening a small model that ships with amparo: its card, its tokenizer, its networks; no code is executed."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import Any, NamedTuple

from amparo.errors import MissingExtra


class Shipped(NamedTuple):
    """A model's files, opened.

    Args:
        card: what ``model.toml`` says.
        tokenizer: cuts words into the pieces that the networks know.
        networks: one session of ONNX Runtime for each part, in the order asked for.
    """

    card: dict[str, Any]
    tokenizer: Any
    networks: tuple[Any, ...]


def open_shipped(name: str, parts: Sequence[str], *, slower: Sequence[str] = ()) -> Shipped:
    """Open a model below ``data/models``, to run on one processor core.

    Args:
        name: its folder.
        parts: its networks, without the ending ``.onnx``.
        slower: what the runtime would make of the networks that costs them time.

    Raises:
        MissingExtra: the ``models`` extra is not installed.
    """
    try:
        import onnxruntime
        import tokenizers
    except ImportError as problem:
        raise MissingExtra("The reading model needs more to be installed: pip install 'amparo[models]'.") from problem
    folder = resources.files("amparo") / "data" / "models" / name
    card = tomllib.loads((folder / "model.toml").read_text(encoding="utf8"))
    tokenizer = tokenizers.Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf8"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    networks = tuple(
        onnxruntime.InferenceSession(
            (folder / f"{part}.onnx").read_bytes(),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=list(slower),
        )
        for part in parts
    )
    return Shipped(card, tokenizer, networks)
