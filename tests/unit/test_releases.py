"""A document made fit for readers outside holds nobody who must not be known, or does not come into being."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pikepdf
import pytest

from amparo import read
from amparo.domain.text import Text
from amparo.drafting.hiding import Hidden
from amparo.drafting.redact import without_metadata
from amparo.errors import NameSurvived, PageNotCovered
from amparo.releases import release, survivors

LETTERS = Path(__file__).resolve().parents[2] / "src" / "amparo" / "data" / "letters"
MARCUS = Hidden(shown_as="Person 1", names=("Marcus Bell",))
OTHERS = (
    Hidden(shown_as="Person 2", names=("Tasha",)), Hidden(shown_as="Person 3", names=("Pruitt",)),
    Hidden(shown_as="Person 4", names=("Ray",)), Hidden(shown_as="Person 5", names=("Lyle",)),
)  # fmt: skip
WHITFIELD = Hidden(shown_as="Person 1", names=("Orlando Whitfield",), numbers=("20715-112",))


def letter(name: str) -> tuple[bytes, Text]:
    data = (LETTERS / name).read_bytes()
    return data, read(data, name=name)


def test_a_pdf_becomes_pictures_without_text_or_metadata_and_holds_no_name() -> None:
    data, text = letter("03-grievance-narrative.pdf")
    made = release(data, text, [WHITFIELD, Hidden(shown_as="Officer 1", names=("Kray",))])
    assert made.pictures
    assert made.replaced >= 5
    with pikepdf.open(io.BytesIO(made.data)) as document:
        assert "/Info" not in document.trailer
        assert "/Metadata" not in document.Root
    import pypdfium2

    with pypdfium2.PdfDocument(made.data) as document:
        assert "".join(page.get_textpage().get_text_range() for page in document).strip() == ""
    again = read(made.data).content
    assert "Whitfield" not in again
    assert "Kray" not in again
    assert "recreation yard" in again


def test_a_letter_without_pages_is_set_anew() -> None:
    data, text = letter("01-judge-no-lawyer.txt")
    made = release(data, text, [Hidden(shown_as="Person 1", names=("Calvin Dunmore",))])
    assert not made.pictures
    again = read(made.data).content
    assert "Dunmore" not in again
    assert "Person 1" in again


def test_a_photographed_letter_needs_somebody_to_look_where_the_reading_is_unsure() -> None:
    data, text = letter("02-sister-insulin.jpg")
    doubtful = msgspec.structs.replace(
        text,
        pages=tuple(
            msgspec.structs.replace(
                page, lines=tuple(msgspec.structs.replace(line, legibility=0.4) for line in page.lines)
            )
            for page in text.pages
        ),
    )
    with pytest.raises(PageNotCovered):
        release(data, doubtful, [MARCUS, *OTHERS])
    made = release(data, doubtful, [MARCUS, *OTHERS], looked_at=frozenset({1}))
    again = read(made.data).content.casefold()
    assert "marcus" not in again
    assert "insulin" in again


def test_a_name_that_the_reading_missed_is_found_in_the_outcome_and_nothing_is_released() -> None:
    data, text = letter("03-grievance-narrative.pdf")
    blind = msgspec.structs.replace(text, content=text.content.replace("Whitfield", "Xxxxxxxxx"))
    with pytest.raises(NameSurvived):
        release(data, blind, [WHITFIELD])


def test_a_page_that_could_not_be_read_is_never_released_unseen() -> None:
    data, text = letter("03-grievance-narrative.pdf")
    unread = msgspec.structs.replace(
        text, pages=tuple(msgspec.structs.replace(page, unread=True) for page in text.pages)
    )
    with pytest.raises(PageNotCovered):
        release(data, unread, [WHITFIELD])


def test_survivors_names_what_is_left_in_a_finished_file() -> None:
    data, _ = letter("03-grievance-narrative.pdf")
    assert {one.shown_as for one in survivors(data, [WHITFIELD])} == {"Person 1"}


def test_metadata_attachments_and_scripts_are_taken_out_of_any_pdf() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "Orlando Whitfield"
    document.attachments["note.txt"] = b"Orlando Whitfield"
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    kept = io.BytesIO()
    document.save(kept)
    clean = without_metadata(kept.getvalue())
    with pikepdf.open(io.BytesIO(clean)) as again:
        assert "/Info" not in again.trailer
        assert not list(again.attachments)
        assert "/OpenAction" not in again.Root
    assert b"Whitfield" not in clean
