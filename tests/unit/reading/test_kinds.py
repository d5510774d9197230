"""What a document is, is told from its bytes; what cannot be read says what to do."""

from __future__ import annotations

import io
import zipfile
from types import ModuleType

import pytest

from amparo.errors import EmptyDocument, EncryptedDocument, OversizedDocument, TruncatedDocument, UnknownFormat
from amparo.reading import Limits, detect, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def test_each_kind_is_known_by_its_bytes(papers: ModuleType, pages: ModuleType) -> None:
    picture = pages.Image.new("L", (60, 40), 200)
    kinds = {
        kind: detect(papers.image_file([picture], kind)) for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "HEIF")
    }
    assert kinds == {
        "PNG": "image/png",
        "JPEG": "image/jpeg",
        "TIFF": "image/tiff",
        "BMP": "image/bmp",
        "WEBP": "image/webp",
        "HEIF": "image/heic",
    }
    assert detect(papers.text_pdf([["x"]])) == "application/pdf"
    assert detect(papers.petition()).endswith("wordprocessingml.document")
    assert detect(papers.ARTICLE.encode()) == "text/html"
    assert detect(papers.mail()) == "message/rfc822"
    assert detect(b"Dear Judge,\n") == "text/plain"


@pytest.mark.parametrize(
    ("name", "stated", "said"),
    [
        ("letter.docx", None, True),
        ("letter.pdf", None, True),
        ("letter.txt", "application/pdf", True),
        ("letter.txt", "text/plain", False),
        ("letter", None, False),
        ("letter.2026", None, False),
    ],
)
def test_a_wrong_name_is_remarked_and_does_not_matter(name: str, stated: str | None, said: bool) -> None:
    text = read(b"Dear Judge, please read this.\n", name=name, media_type=stated)
    assert ("type-mismatch" in [remark.code for remark in text.remarks]) == said
    assert text.content == "Dear Judge, please read this.\n"


def test_no_bytes_are_an_empty_document() -> None:
    with pytest.raises(EmptyDocument):
        read(b"")


def test_a_locked_pdf_asks_for_its_password(papers: ModuleType) -> None:
    with pytest.raises(EncryptedDocument, match="password"):
        read(papers.text_pdf([["secret"]], encrypted=True))


def test_a_locked_word_file_asks_for_its_password() -> None:
    with pytest.raises(EncryptedDocument):
        read(OLE + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "save it as DOCX"),
        (OLE + "__substg1.0_0037001F".encode("utf-16-le"), ".eml"),
        (zipped(xl__workbook=b"<x/>"), "spreadsheet"),
        (zipped(letter=b"Dear Judge"), "Unpack it"),
        (b"{\\rtf1 Dear Judge}", "DOCX or PDF"),
        (bytes(range(256)) * 20, "no format"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(UnknownFormat, match=advice):
        read(data)


def test_a_pdf_cut_in_its_middle_is_truncated(papers: ModuleType) -> None:
    whole = papers.text_pdf([papers.LETTER] * 3)
    with pytest.raises(TruncatedDocument):
        read(whole[:120])


def test_a_word_file_cut_in_its_middle_is_truncated(papers: ModuleType) -> None:
    whole = papers.petition()
    assert detect(whole[: len(whole) // 2]).endswith("wordprocessingml.document")
    with pytest.raises(TruncatedDocument):
        read(whole[: len(whole) // 2])


def test_an_image_cut_in_its_middle_is_truncated(papers: ModuleType, pages: ModuleType) -> None:
    whole = papers.image_file([pages.Image.effect_noise((300, 300), 90)], "JPEG")
    with pytest.raises(TruncatedDocument):
        read(whole[: len(whole) // 2])


def test_a_word_file_that_unpacks_to_too_much_is_not_unpacked(papers: ModuleType) -> None:
    bomb = papers.docx(papers.paragraph("a" * 5_000_000))
    assert len(bomb) < 20_000
    with pytest.raises(OversizedDocument):
        read(bomb, limits=Limits(unpacked=1_000_000))


def test_an_image_with_too_many_dots_is_not_unpacked(papers: ModuleType, pages: ModuleType) -> None:
    huge = papers.image_file([pages.Image.new("1", (20_000, 20_000))], "PNG")
    assert len(huge) < 200_000
    with pytest.raises(OversizedDocument):
        read(huge)


def test_a_pdf_with_too_many_pages_is_not_read(papers: ModuleType) -> None:
    with pytest.raises(OversizedDocument):
        read(papers.text_pdf([["page"]] * 6), limits=Limits(pages=5))
