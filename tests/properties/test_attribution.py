"""Whatever a text holds, claims are exact words of it, in order, and are found again the second time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.domain.claims import Claim
from amparo.domain.notes import Genre, Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction.attribution import claims as attribution
from amparo.extraction.attribution.quotations import find_quotations, quoted_within
from amparo.extraction.paper import sentences

SCRAPS = st.sampled_from(
    [
        "Ada Pike",
        "the warden",
        "él",
        "she",
        "said",
        "told me",
        "dijo",
        "dijeron",
        "que",
        "that",
        "according to",
        "según",
        "denied",
        "it",
        "corre el rumor de que",
        "I was told",
        "who",
        ",",
        ".",
        ":",
        ";",
        "“",
        "”",
        "«",
        "»",
        '"',
        "—",
        "(",
        ")",
        "\n",
        "\n\n",
        "and",
        "y",
        "and that",
        "no hay agua",
        "the heat is off",
        "on Monday",
        "’s",
    ]
)
TEXTS = st.lists(SCRAPS, max_size=60).map(" ".join)


def claims_in(content: str, language: Language, genre: Genre) -> tuple[Claim, ...]:
    text = Text.of(content, document="0" * 64, maker=Maker(component="tests", version="1"), language=language)
    notes = sentences.by_rules(language, {})(text, Notes(genre=genre))
    return attribution.by_rules(language, {})(text, notes).claims


@given(TEXTS, st.sampled_from(["en", "es"]), st.sampled_from(["letter", "news", "official"]))
@settings(max_examples=300)
def test_claims_are_exact_words_of_their_text(content: str, language: Language, genre: Genre) -> None:
    for claim in claims_in(content, language, genre):
        quotes = [*claim.contents, *claim.source.quotes, *([claim.cue] if claim.cue else [])]
        assert all(content[q.start : q.end] == q.exact for q in quotes)
        assert [q.start for q in claim.contents] == sorted(q.start for q in claim.contents)


@given(TEXTS)
def test_the_same_text_gives_the_same_claims(content: str) -> None:
    assert claims_in(content, "en", "news") == claims_in(content, "en", "news")


@given(TEXTS)
def test_news_has_no_claim_of_its_writer_without_a_cue(content: str) -> None:
    assert all(c.cue is not None for c in claims_in(content, "en", "news"))


@given(TEXTS)
def test_quotations_do_not_overlap_and_hold_their_inner_words(content: str) -> None:
    found = find_quotations(content)
    assert all(q.start <= q.inner_start < q.inner_end <= q.end for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert quoted_within(found, 0, len(content)) == found
