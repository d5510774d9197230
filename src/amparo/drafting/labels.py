"""Labels for envelopes, with the marking special mail needs and a slip on which the receipt is confirmed."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import msgspec

from amparo.drafting.telling import word
from amparo.drafting.to_pdf import typeset


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One label.

    Args:
        to: name and address, line by line.
        special: whether it goes to a detained person as special mail, which must say so on its front.
        receipt: whether a return receipt is asked for.
    """

    to: tuple[str, ...]
    special: bool = False
    receipt: bool = False

    def __post_init__(self) -> None:
        if not any(line.strip() for line in self.to):
            raise ValueError("a label names whom it goes to")


def labels_pdf(
    labels: Sequence[Label], *, sender: Sequence[str], reference: str, language: str, tracking: str = "",
    american: bool = True,
) -> bytes:  # fmt: skip
    """Set labels on a page to cut up, with a slip to confirm the receipt.

    Args:
        labels: in their order.
        sender: name and address of who writes, line by line.
        reference: our own number of the paper.
        language: of the recipient.
        tracking: the post's number; a line to write it on where there is none yet.
        american: whether the paper is letter size; A4 otherwise.

    Raises:
        MissingExtra: the extra ``drafting`` is not installed.
    """
    spoken = "es" if language == "es" else "en"
    data = {
        "labels": [
            {"to": one.to, "marking": word("sheet", "special-mail", spoken) if one.special else "",
             "receipt": one.receipt}
            for one in labels
        ],
        "sender": list(sender), "reference": reference, "tracking": tracking, "language": spoken,
        "paper_size": "us-letter" if american else "a4",
        "words": {key: words[spoken] for key, words in _words().items()},
    }  # fmt: skip
    return typeset("labels.typ", data)


@cache
def _words() -> dict[str, dict[str, str]]:
    path = resources.files("amparo") / "data" / "vocabulary" / "labels.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))
