"""Documents, texts and quotes keep what they promise."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.text import Box, Document, Maker, Page, Quote, Span, Text

MAKER = Maker(component="reading.plain", version="1")


def text_of(content: str, **fields: object) -> Text:
    return Text.of(content, document="0" * 64, maker=MAKER, **fields)  # type: ignore[arg-type]


def test_a_document_is_named_by_the_digest_of_its_bytes() -> None:
    first, second = (Document.of(b"same bytes", name=name, media_type="text/plain") for name in ("a.txt", "b.txt"))
    assert first.id == second.id
    assert first.id != Document.of(b"other bytes", name="a.txt", media_type="text/plain").id


def test_a_document_without_a_digest_for_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Document(id="letter-1", media_type="text/plain")


@pytest.mark.parametrize("content", ["one\r\ntwo", "Prisio\u0301n"])
def test_a_text_that_is_not_nfc_or_breaks_lines_otherwise_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match="NFC"):
        text_of(content)


def test_pages_that_leave_a_gap_are_refused() -> None:
    with pytest.raises(ValueError, match="does not begin where"):
        text_of("one two", pages=(Page(number=1, start=0, end=3), Page(number=2, start=4, end=7)))


def test_pages_that_stop_short_of_the_end_are_refused() -> None:
    with pytest.raises(ValueError, match="do not tile"):
        text_of("one two", pages=(Page(number=1, start=0, end=3),))


def test_what_a_text_promises_holds_when_it_is_read_back_from_json() -> None:
    raw = msgspec.json.encode(text_of("one two")).replace(b'"end":7', b'"end":5')
    with pytest.raises(msgspec.ValidationError, match="do not tile"):
        msgspec.json.decode(raw, type=Text)


@given(content=st.text(min_size=1).map(lambda s: s.replace("\r", " ")), data=st.data())
def test_a_quote_holds_the_very_words_at_its_span_and_what_stands_around_them(
    content: str, data: st.DataObject
) -> None:
    import unicodedata

    content = unicodedata.normalize("NFC", content)
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    quote = text_of(content).quote(start, end)
    assert quote.exact == content[start:end]
    assert content[: quote.start].endswith(quote.before)
    assert content[quote.end :].startswith(quote.after)


def test_a_quote_shorter_than_its_span_is_refused() -> None:
    with pytest.raises(ValueError, match="as long as its span"):
        Quote(span=Span(text="t", start=0, end=5), exact="four")


def test_an_empty_quote_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one character"):
        text_of("words").quote(2, 2)


def test_a_position_is_found_on_its_page() -> None:
    text = text_of("one\ntwo", pages=(Page(number=1, start=0, end=4), Page(number=2, start=4, end=7)))
    assert [text.page_of(at).number for at in (0, 3, 4, 6)] == [1, 1, 2, 2]


def test_a_box_with_its_right_before_its_left_is_refused() -> None:
    with pytest.raises(ValueError, match="left before its right"):
        Box(left=0.6, top=0, right=0.5, bottom=1)
