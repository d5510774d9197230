"""Whatever bytes arrive, a reader gives a text or an error of amparo's own."""

from __future__ import annotations

import random
from types import ModuleType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.errors import AmparoError
from amparo.reading import Limits, attachments, detect, read

STARTS = st.sampled_from(
    [
        *(b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*", b"BM"),
        *(b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"),
        *(b"<!doctype html><p>", b"From: a@b.example\nDate: x\nMIME-Version: 1.0\n", b"<?xml version='1.0'?><html>"),
    ]
)
KINDS = ["plain", "web", "mail", "mail-html", "pdf", "pdf-image", "office", "png", "jpeg", "tiff"]


@given(STARTS, st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_give_a_text_or_an_error_of_our_own(start: bytes, rest: bytes) -> None:
    assert detect(start + rest)
    attachments(start + rest)
    try:
        text = read(start + rest, limits=Limits(scanned_pages=0))
    except AmparoError as problem:
        assert str(problem)
    else:
        assert len(text.content) <= 4 * len(start + rest) + 100


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    from benchmarks import fuzz_readers

    return fuzz_readers


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_document_gives_a_text_or_a_reason(fuzz: ModuleType, kind: str) -> None:
    seeds = fuzz.seeds()
    limits = msgspec.structs.replace(fuzz.LIMITS, scanned_pages=0)
    outcomes = set()
    for seed in range(60):
        broken = fuzz.break_bytes(seeds[kind], random.Random(seed), list(seeds.values()))  # noqa: S311
        outcomes.add(fuzz.read_broken(broken, limits=limits))
    # Brackets name a foreign error that only the last guard in ``read`` caught: its reader should have.
    assert not [outcome for outcome in outcomes if "(" in outcome]
    assert fuzz.read_broken(seeds[kind], limits=limits) == "read"
