"""Whatever is done to a text, its quotes are carried to the same words or reported lost, never to other words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.domain.text import Maker, Text
from amparo.reading.anchor import carry

HAND = Maker(component="reading.by-hand", version="1")

WORDS = st.sampled_from(
    (
        "the",
        "officer",
        "took",
        "my",
        "insulin",
        "cell",
        "nobody",
        "came",
        "and",
        "no",
        "water",
        "March",
        "año",
        "médico",
    )
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")
LETTER = st.lists(SENTENCE, min_size=1, max_size=12).map(lambda sentences: "\n".join(sentences))


def text(content: str) -> Text:
    return Text.of(content, document="0" * 64, maker=HAND)


@st.composite
def letters_with_quotes(draw: st.DrawFn) -> tuple[str, int, int]:
    content = draw(LETTER)
    start = draw(st.integers(0, len(content) - 1))
    end = draw(st.integers(start + 1, min(len(content), start + 60)))
    return content, start, end


@given(letters_with_quotes())
def test_a_quote_stays_where_it_is_when_nothing_changed(case: tuple[str, int, int]) -> None:
    content, start, end = case
    old = text(content)
    quote = old.quote(start, end)
    assert carry([quote], old, old) == ((quote,), ())


@given(letters_with_quotes(), st.sampled_from(("Zulu prefix. ", "Received by hand\n\n", "x", "«¿»\n")))
def test_words_put_before_a_text_move_every_quote_by_their_length(case: tuple[str, int, int], added: str) -> None:
    content, start, end = case
    old, new = text(content), text(added + content)
    carried = carry([old.quote(start, end)], old, new)
    assert [quote.start for quote in carried.kept] == [start + len(added)]
    assert carried.kept[0].exact == content[start:end]


@given(letters_with_quotes(), st.data())
def test_words_put_in_elsewhere_leave_a_quote_its_words(case: tuple[str, int, int], data: st.DataObject) -> None:
    content, start, end = case
    at = data.draw(st.integers(0, start) | st.integers(end, len(content)))
    added = " ZZ QQ "
    old, new = text(content), text(content[:at] + added + content[at:])
    carried = carry([old.quote(start, end)], old, new)
    assert [quote.exact for quote in carried.kept] == [content[start:end]]


@given(LETTER, LETTER, st.data())
@settings(max_examples=200)
def test_each_quote_is_kept_or_lost_and_what_is_kept_resembles_it(first: str, second: str, data: st.DataObject) -> None:
    old, new = text(first), text(second)
    start = data.draw(st.integers(0, len(first) - 1))
    end = data.draw(st.integers(start + 1, min(len(first), start + 40)))
    quote = old.quote(start, end)
    carried = carry([quote], old, new)
    assert len(carried.kept) + len(carried.lost) == 1
    assert all(lost == quote for lost in carried.lost)
    for kept in carried.kept:
        assert kept.span.text == new.id
        assert new.content[kept.start : kept.end] == kept.exact
        assert 0.5 * len(quote.exact) <= len(kept.exact) <= 2 * len(quote.exact)


@given(LETTER, LETTER)
def test_a_quote_whose_words_are_gone_is_lost(before: str, after: str) -> None:
    gone = "Rats ate through 47 blankets"
    old, new = text(f"{before}\n{gone}\n{after}"), text(f"{before}\n{after}")
    start = len(before) + 1
    assert carry([old.quote(start, start + len(gone))], old, new).lost


@given(LETTER, LETTER, st.integers(0, 27), st.sampled_from("xé?7"))
def test_a_quote_with_one_letter_mended_is_the_same_quote(before: str, after: str, at: int, letter: str) -> None:
    said = "Rats ate through 47 blankets"
    mended = said[:at] + letter + said[at + 1 :]
    old, new = text(f"{before}\n{said}\n{after}"), text(f"{before}\n{mended}\n{after}")
    start = len(before) + 1
    carried = carry([old.quote(start, start + len(said))], old, new)
    assert [quote.exact for quote in carried.kept] == [mended]
