"""Pipelines are data files that are checked before anything runs."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.domain.notes import Notes
from amparo.domain.text import Box, Maker, Text, Word
from amparo.errors import BrokenPipeline, BrokenVocabulary
from amparo.extraction import load_pipeline, pipeline_names
from amparo.extraction.pipeline import build_pipeline
from amparo.extraction.vocabulary import vocabulary
from amparo.extraction.when.shapes import compile_shape

HEAD = b'id = "x"\ntitle = "X"\nlanguage = "en"\n'


def text_of(content: str) -> Text:
    return Text.of(content, document="0" * 64, maker=Maker(component="test", version="1"), language="en")


@pytest.mark.parametrize("name", pipeline_names())
def test_every_pipeline_that_ships_fits_together_and_reads_an_empty_page(name: str) -> None:
    notes = load_pipeline(name).run(text_of(""))
    assert (notes.claims, notes.allegations, notes.events, notes.people) == ((), (), (), ())


@pytest.mark.parametrize("name", pipeline_names())
def test_every_layer_names_its_maker(name: str) -> None:
    notes = load_pipeline(name).run(
        text_of("Dear Judge,\n\nThey took my coat.\n\nAda Pike"), today=dt.date(2026, 11, 21)
    )
    assert {"sentences", "mentions", "people", "claims", "allegations", "events", "filler"} <= set(notes.makers)


def test_a_component_without_what_it_needs_is_refused_by_name() -> None:
    with pytest.raises(BrokenPipeline, match="lacking: genre") as refused:
        build_pipeline(
            HEAD + b'[[component]]\nuse = "sentences.rules"\n[[component]]\nuse = "filler.signs"\n', source="x.toml"
        )
    assert refused.value.facts["file"] == "x.toml"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (HEAD + b'[[component]]\nuse = "sentences.magic"\n', "not in the table"),
        (HEAD + b'[[component]]\nname = "sentences.rules"\n', "cannot be read"),
        (b"id = ", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (HEAD + b'[[component]]\nuse = "no.such.module:factory"\ngives = "claims"\n', "cannot be found"),
    ],
)
def test_a_broken_pipeline_file_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(BrokenPipeline, match=why):
        build_pipeline(data, source="x.toml")


def test_an_unknown_pipeline_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(BrokenPipeline, match="en-letters"):
        load_pipeline("fr-letters")


def test_a_component_of_somebody_elses_can_be_named_by_its_path() -> None:
    pipeline = build_pipeline(
        HEAD + b'[[component]]\nuse = "amparo.extraction.paper.sentences:by_rules"\ngives = "sentences"\n',
        source="x.toml",
    )
    assert len(pipeline.run(text_of("One. Two.")).sentences) == 2


def test_a_word_list_that_is_not_there_is_refused() -> None:
    with pytest.raises(BrokenVocabulary, match="cannot be read"):
        vocabulary("no-such-list", "en")


def test_a_shape_that_names_no_slot_is_refused() -> None:
    with pytest.raises(BrokenVocabulary, match="slot"):
        compile_shape("{fortnight} ago", {"day": "x"})


def test_what_was_hard_to_read_is_held_less_surely() -> None:
    words = "They have not fed us for three days. The guard told me nobody eats today."
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language="en")
    box = Box(left=0.1, top=0.1, right=0.2, bottom=0.2)

    def read(legibility: float) -> Notes:
        spots = [(m.start(), m.end()) for m in re.finditer(r"\w+", words)]
        seen = tuple(Word(start=a, end=b, box=box, legibility=legibility if a < 36 else 1.0) for a, b in spots)
        page = msgspec.structs.replace(text.pages[0], words=seen)
        return load_pipeline("en-letters").run(msgspec.structs.replace(text, pages=(page,)))

    def sure(notes: Notes) -> tuple[float, float]:
        told = next(c for c in notes.claims if c.cue is not None)
        return next(a for a in notes.allegations if a.quotes[0].start == 0).confidence, told.confidence

    clear, blurred = sure(read(1.0)), sure(read(0.5))
    assert blurred[0] == pytest.approx(clear[0] / 2, abs=0.01)
    assert blurred[1] == clear[1]


SCRAPS = st.one_of(
    st.sampled_from([*"hHªº'’-–…«»“”():;,.?!/%$&@#éñü\u0301\n\t", "\n\n", "said", "dijo", "grito", "told", "si", "if"]),
    st.sampled_from(
        ["no", "que", "the", "la", "de", "I", "yo", "he", "él", "23", "16:22", "1/2", "2026-02-30", "31/11"]
    ),
    st.sampled_from(["enero", "Tuesday", "lunes", "desde", "since", "ago", "hace"]),
    st.text("abcdeghiñosáÉ0123456789 .,:;'’\"«»()-\n", max_size=8),
)


@pytest.mark.parametrize("name", pipeline_names())
@settings(deadline=None, max_examples=40)
@given(scraps=st.lists(SCRAPS, max_size=30))
def test_whatever_is_written_is_read_without_failing(name: str, scraps: list[str]) -> None:
    """A letter in the case, a lone "h" after an hour, a verb of saying at the very end: nothing stops the reading."""
    words = " ".join(scraps)
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language=name[:2])  # type: ignore[arg-type]
    notes = load_pipeline(name).run(text, today=dt.date(2026, 3, 2))
    quotes = [q for c in notes.claims for q in c.contents] + [q for a in notes.allegations for q in a.quotes]
    assert all(words[q.start : q.end] == q.exact for q in quotes)
