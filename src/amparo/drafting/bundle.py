"""The evidence bundle: one ZIP that a court can check without us."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from importlib import resources
from typing import Literal

import msgspec

from amparo.domain.law import Bilingual

Shelf = Literal["originals", "readings", "passages", "drafts", "proofs", "history"]
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_VERIFY = "verify.html"
_SUMS = "SHA256SUMS"


class Exhibit(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a bundle.

    Args:
        shelf: what it is.
        name: of the file, without folders.
        data: its bytes, as they are in the record.
        says: what it is, in a line.
    """

    shelf: Shelf
    name: str
    data: bytes
    says: Bilingual

    def __post_init__(self) -> None:
        if not self.name or "/" in self.name or "\\" in self.name or self.name.startswith("."):
            raise ValueError("an exhibit has a plain file name")


def bundle(exhibits: Iterable[Exhibit], *, title: Bilingual, facts: Mapping[str, str]) -> bytes:
    """Bind exhibits, their digests and a page on how to check them into one ZIP.

    The same exhibits give the same bytes. ``SHA256SUMS`` is in the format of ``sha256sum``, so that anybody can check
    every file with a program every system has; the page says how on Linux, macOS and Windows, in both languages, and
    how to recompute the chain of history.

    Args:
        exhibits: the files.
        title: what the bundle is about.
        facts: further lines for the page, such as the seal at which the history ends.

    Raises:
        ValueError: two exhibits have the same place.

    >>> one = Exhibit(shelf="originals", name="letter.txt", data=b"Dear Judge", says=Bilingual(en="letter", es="carta"))
    >>> made = bundle([one], title=Bilingual(en="Case 1", es="Caso 1"), facts={})
    >>> sorted(zipfile.ZipFile(io.BytesIO(made)).namelist())
    ['SHA256SUMS', 'originals/letter.txt', 'verify.html']
    """
    every = list(exhibits)
    placed = {f"{one.shelf}/{one.name}": one for one in every}
    if len(placed) != len(every):
        raise ValueError("two exhibits have the same place")
    files = {place: one.data for place, one in sorted(placed.items())}
    files[_VERIFY] = _page(placed, title, facts).encode()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {place}\n" for place, data in sorted(files.items()))
    files[_SUMS] = sums.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for place, data in sorted(files.items()):
            entry = zipfile.ZipInfo(place, date_time=_LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o444 << 16
            folder.writestr(entry, data)
    return out.getvalue()


def _page(placed: Mapping[str, Exhibit], title: Bilingual, facts: Mapping[str, str]) -> str:
    pattern = (resources.files("amparo") / "drafting" / "layouts" / _VERIFY).read_text(encoding="utf8")
    rows = "\n".join(_row(place, one) for place, one in sorted(placed.items()))
    lines = "\n".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    filled = {"@TITLE-EN@": escape(title.en), "@TITLE-ES@": escape(title.es), "@ROWS@": rows, "@FACTS@": lines}
    for mark, words in filled.items():
        pattern = pattern.replace(mark, words)
    return pattern


def _row(place: str, one: Exhibit) -> str:
    link = f"<a href='{escape(place)}'>{escape(place)}</a>"
    says = f"{escape(one.says.en)}<br><span lang='es'>{escape(one.says.es)}</span>"
    return f"<tr><td>{link}</td><td>{says}</td><td><code>{hashlib.sha256(one.data).hexdigest()}</code></td></tr>"
