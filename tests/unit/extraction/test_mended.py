"""What the reading model cuts short or runs on is mended by how sentences are built."""

from __future__ import annotations

import pytest

from amparo.domain.notes import Notes
from amparo.domain.text import Maker, Text
from amparo.extraction import mentions
from amparo.extraction.attribution.clauses import Said
from amparo.extraction.attribution.cues import lists, split_words
from amparo.extraction.attribution.mended import mended
from amparo.extraction.attribution.quotations import find_quotations
from amparo.extraction.paper import sentences


def mend(content: str, source: str, cue: str, *contents: str) -> tuple[str, str, list[str]]:
    text = Text.of(content, document="0" * 64, maker=Maker(component="tests", version="1"), language="en")
    notes = Notes(genre="news")
    for factory in (sentences.by_rules, mentions.by_rules):
        notes = factory("en", {})(text, notes)

    def place(words: str, after: int = 0) -> tuple[int, int]:
        at = content.index(words, after)
        return at, at + len(words)

    at = place(source)
    said = Said(place(cue), at, "named", tuple(place(c) for c in contents), 0.9, "")
    words = split_words(content, notes.sentences, find_quotations(content))
    found = mended(said, text, notes, words, lists("en"))
    assert found.source is not None
    return content[slice(*found.source)], content[slice(*found.cue)], [content[slice(*c)] for c in found.contents]


@pytest.mark.parametrize(
    ("content", "source", "whole"),
    [
        ("“No,” said Minister Bram Askew. El Toro left.", "Minister Bram Askew. El", "Minister Bram Askew"),
        ("“No,” said Minister Bram Lee. El Toro left.", "Minister Bram Lee. El", "Minister Bram Lee"),
        ("It ended. Askew said the list was long. “No.”", ". Askew", "Askew"),
        ("“No,” said Del. Marcia Askew on Friday.", "Del. Marcia Askew", "Del. Marcia Askew"),
    ],
)
def test_a_speaker_stays_in_one_sentence(content: str, source: str, whole: str) -> None:
    assert mend(content, source, "said", "No" if "No" in content else "the list was long")[0] == whole


def test_a_possessive_is_given_its_people_and_they_leave_the_cue() -> None:
    content = "Askew sent what his attorneys describe as an “SOS” to the consul."
    assert mend(content, "his", "attorneys describe as an", "“SOS” to the consul") == (
        "his attorneys",
        "describe as an",
        ["“SOS” to the consul"],
    )


def test_a_possessive_before_a_thing_is_left_alone() -> None:
    content = "Askew repeated his claim that the list was long."
    assert mend(content, "his", "claim", "that the list was long") == ("his", "claim", ["that the list was long"])


@pytest.mark.parametrize(
    ("content", "cue", "said", "new_cue", "charge"),
    [
        (
            "He wrote to the judge who sent him there accusing the officers of bullying.",
            "wrote to the",
            "judge who sent him there accusing the officers of bullying",
            "accusing the officers of",
            "bullying",
        ),
        (
            "He wrote a letter to the judge who sent him there accusing the officers of bullying.",
            "wrote a letter to",
            "the judge who sent him there accusing the officers of bullying",
            "accusing the officers of",
            "bullying",
        ),
        (
            "He said the guards were accusing the cook of theft.",
            "said",
            "the guards were accusing the cook of theft",
            "said",
            "the guards were accusing the cook of theft",
        ),
        ("He accused the warden of lying.", "accused", "the warden of lying", "accused the warden of", "lying"),
        (
            "He Accuses Prison Officers of Bullying Him Out of Fear",
            "Accuses",
            "Prison Officers of Bullying Him Out of Fear",
            "Accuses Prison Officers of",
            "Bullying Him Out of Fear",
        ),
        (
            "He blamed the cook for the rotten rice.",
            "blamed",
            "the cook for the rotten rice",
            "blamed the cook for",
            "the rotten rice",
        ),
        ("He charged the cook with theft.", "charged", "the cook with theft", "charged the cook with", "theft"),
        ("He charged that the cook stole.", "charged", "that the cook stole", "charged", "that the cook stole"),
    ],
)
def test_a_charge_begins_after_the_accused(content: str, cue: str, said: str, new_cue: str, charge: str) -> None:
    assert mend(content, "He", cue, said) == ("He", new_cue, [charge])


def test_a_lone_joining_word_in_another_sentence_is_no_content() -> None:
    content = "He said the list was long. A pact between two towns ended."
    assert mend(content, "He", "said", "the list was long", "between") == ("He", "said", ["the list was long"])
