"""Whatever the words, allegations quote them exactly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.domain.notes import Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction.acts.act_signs import act_codes, act_signs
from amparo.extraction.acts.allegations import find_allegations
from amparo.extraction.acts.wording import word_by_word

MAKER = Maker(component="test", version="1")
SAID = """they cut off my insulin no doctor came guards beat me 23 hours a day for 3 months in the hole if never , .
me golpearon los custodios sin agua desde marzo nadie vino si ñ “ ” — 'll 1.000.000,5 q pa"""
WORDS = st.sampled_from([*SAID.split(), "\n\n"])


@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS, max_size=60), language=st.sampled_from(["en", "es"]))
def test_an_allegation_s_quote_is_the_text_at_its_place(words: list[str], language: Language) -> None:
    content = " ".join(words)
    text = Text.of(content, document="0" * 64, maker=MAKER, language=language)
    notes = find_allegations(text, Notes(), signs=act_signs(language), maker=MAKER)
    for allegation in notes.allegations:
        assert allegation.act in act_codes()
        assert all(content[q.start : q.end] == q.exact for q in allegation.quotes)
        assert all(0 <= c < len(notes.claims) for c in allegation.claims)


@settings(deadline=None)
@given(content=st.text(max_size=200), language=st.sampled_from(["en", "es"]))
def test_words_keep_their_places_in_order(content: str, language: Language) -> None:
    wording = word_by_word(content, (), language=language)
    assert all(s < e for s, e in zip(wording.starts, wording.ends, strict=True))
    assert all(e <= s for e, s in zip(wording.ends, wording.starts[1:], strict=False))
