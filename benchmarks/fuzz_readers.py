"""Broken documents by the thousand: no reader may fail with anything but an error of amparo's own.

``python -m benchmarks.fuzz_readers --seconds 60`` breaks small documents of every kind (bits turned, pieces cut,
doubled, swapped between kinds) and reads them. It stops with 1 and the seed of the first breakage that is let through.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import unicodedata
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from amparo.errors import AmparoError
from amparo.reading import Limits, attachments, detect, page_image, read
from amparo.reading.kinds import IMAGES, PDF
from benchmarks import papers

LIMITS = Limits(unpacked=5_000_000, pixels=4_000_000, pages=50, scanned_pages=1, seconds=10.0)
"""Small, so that a document that a broken byte made huge costs little."""


def seeds() -> dict[str, bytes]:
    """A small document of each kind."""
    picture = Image.new("L", (160, 60), 255)
    ImageDraw.Draw(picture).text((20, 20), "Dear Judge", fill=0)
    found = {
        "plain": "Estimada licenciada:\r\n\r\nNo me dejan ver al médico.\f\n".encode(),
        "utf-16": "Dear Judge, ¿dónde?\n".encode("utf-16"),
        "web": papers.ARTICLE.encode(),
        "mail": papers.mail(),
        "mail-html": papers.mail(html_only=True),
        "pdf": papers.text_pdf([papers.LETTER, ["two"]]),
        "office": papers.petition(),
        "pdf-image": papers.image_pdf([picture]),
    }
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "HEIF"):
        found[kind.lower()] = papers.image_file([picture], kind)
    return found


def break_bytes(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Break a document in one to four ways; a Word file half the time inside its package, where its words are."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        written = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(written, "w") as package:
            for name in whole.namelist():
                part = whole.read(name)
                package.writestr(name, break_bytes(part, chance, others) if chance.random() < 0.4 else part)
        return written.getvalue()
    broken = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not broken:
            break
        at = chance.randrange(len(broken))
        length = chance.randint(1, max(1, min(64, len(broken) // 4)))
        way = chance.randrange(8)
        if way == 0:
            broken[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            del broken[at:]
        elif way == 2:
            del broken[at : at + length]
        elif way == 3:
            broken[at:at] = broken[at : at + length] * chance.randint(1, 20)
        elif way == 4:
            broken[at : at + length] = chance.randbytes(length)
        elif way == 5:
            other = chance.choice(others)
            begin = chance.randrange(len(other))
            broken[at : at + length] = other[begin : begin + length]
        elif way == 6:
            broken[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"9999"))
        else:
            for _ in range(chance.randint(1, 30)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def read_broken(data: bytes, *, limits: Limits = LIMITS) -> str:
    """Read bytes that may be anything; what came of it, in a word.

    Args:
        data: the bytes.
        limits: with no scanned pages, images are unpacked and not read, which is where breakage shows and costs little.

    Raises:
        Exception: a reader let something else through than an error of amparo's own, or gave a text that is none.
    """
    try:
        attachments(data)
        if detect(data) in IMAGES | {PDF}:
            page_image(data, 1, limits=limits)
        text = read(data, name="letter.pdf", limits=limits)
    except AmparoError as problem:
        str(problem)
        because = problem.facts.get("because")
        return f"{problem.code} ({because})" if because else problem.code
    if not unicodedata.is_normalized("NFC", text.content) or "\r" in text.content or "\0" in text.content:
        raise ValueError("a text is NFC, with line feeds and no NUL")
    for page in text.pages:
        for word in page.words:
            if not page.start <= word.start < word.end <= page.end:
                raise ValueError("a word lies outside its page")
    text.content.encode("utf-8")
    return "read"


def main() -> int:
    """Fuzz for a while and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one kind of seed")
    parser.add_argument("--keep", type=Path, help="write each breakage here before it is read, to find what crashes")
    options = parser.parse_args()
    warnings.simplefilter("error")
    kinds = {name: data for name, data in seeds().items() if options.only in (None, name)}
    others = list(kinds.values())
    outcomes: Counter[str] = Counter()
    seed = options.seed
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        chance = random.Random(seed)  # noqa: S311 - breakage, not secrets
        name = chance.choice(sorted(kinds))
        broken = break_bytes(kinds[name], chance, others)
        if options.keep:
            options.keep.write_bytes(broken)
        begun = time.monotonic()
        try:
            limits = LIMITS if seed % 100 == 0 else msgspec.structs.replace(LIMITS, scanned_pages=0)
            outcomes[f"{name}: {read_broken(broken, limits=limits)}"] += 1
        except Exception as problem:
            print(f"seed {seed} ({name}): {type(problem).__name__}: {problem}", file=sys.stderr)
            return 1
        if time.monotonic() - begun > 20:
            print(f"seed {seed} ({name}) took {time.monotonic() - begun:.0f} s", file=sys.stderr)
            return 1
        seed += 1
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:7}  {outcome}")
    print(f"{seed - options.seed} broken documents in {options.seconds:.0f} s, none let through")
    return 0


if __name__ == "__main__":
    sys.exit(main())
