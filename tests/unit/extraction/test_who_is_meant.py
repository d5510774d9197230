"""Whom "he", "ella" or an unnamed subject means in a report: the one the sentences before were about."""

from __future__ import annotations

import pytest

from amparo.domain.claims import Claim
from amparo.domain.notes import Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction import mentions
from amparo.extraction.attribution import claims as attribution
from amparo.extraction.attribution.topics import headings
from amparo.extraction.paper import sentences
from amparo.extraction.who import people


def read(words: str, *, language: Language = "en") -> Notes:
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language=language)
    notes = Notes(genre="news")
    for factory in (sentences.by_rules, mentions.by_rules, people.by_rules, attribution.by_rules):
        notes = factory(language, {})(text, notes)
    return notes


def speakers(words: str, *, language: Language = "en") -> list[str | None]:
    notes = read(words, language=language)
    return [_name(c, notes) for c in notes.claims if c.cue is not None]


def _name(claim: Claim, notes: Notes) -> str | None:
    return None if claim.source.person is None else notes.people[claim.source.person].name


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        (
            "Because of a pact with Veldania, President Tobias Harrow is weighing the plea of Anton Marsh.\n\n"
            "The lawyer reaches out to the consulate\n\n"
            "The Veldanian Consulate confirmed that Marsh’s attorney called.\n\n"
            "“You have to keep an open mind,” he said.",
            "Tobias Harrow",
        ),
        ("Mr. Tolliver wrote to Mr. Askew in May. He said the list was long.", "Tolliver"),
        ("Mr. Tolliver answered that it was so. Asked by Mr. Askew for how long, he said for years.", "Tolliver"),
        ("Mr. Tolliver said the list was long. Mr. Askew’s letter came late. He said it was lost.", "Tolliver"),
        ("Mr. Tolliver runs the clinic. He wrote to Mr. Askew in May. He said the list was long.", "Tolliver"),
        ("Mr. Tolliver said the list was long. Mr. Askew gave another account. He said it was short.", "Askew"),
        (
            "“The list is long,” said Mr. Tolliver.\n\nThe clinic has two rooms.\n\n“It is too long,” he said.",
            "Tolliver",
        ),
        ("Mr. Tolliver spoke with Ms. Vang. She said the list was long.", "Vang"),
        ("Bram Tolliver spoke with Ms. Vang. She said the list was long.", "Vang"),
        (
            "Mr. Tolliver lost the job. An orderly at the door laughed. Then came the noise. He said it was loud.",
            "Tolliver",
        ),
    ],
)
def test_a_pronoun_means_the_one_the_report_is_about(words: str, speaker: str) -> None:
    assert speakers(words)[-1] == speaker


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Anselmo Quijada escribió al señor Lara en mayo. Él dijo que la lista era larga.", "Anselmo Quijada"),
        ("Anselmo Quijada habló con Herminia Lara. Ella dijo que la lista era larga.", "Herminia Lara"),
        (
            "Anselmo Quijada dijo que la lista era larga. La carta de Porfirio Lara llegó tarde. «Se perdió», dijo.",
            "Anselmo Quijada",
        ),
    ],
)
def test_a_spanish_pronoun_or_unnamed_subject_means_the_one_the_report_is_about(words: str, speaker: str) -> None:
    assert speakers(words, language="es")[-1] == speaker


def test_somebody_unknown_who_spoke_is_not_taken_for_the_one_named_last() -> None:
    words = "Warden Pike toured the block in May. The former organist alleged that it was cold. He said no doctor came."
    assert speakers(words) == [None, None]


def test_a_heading_is_a_line_alone_without_a_stop() -> None:
    content = "The lawyer calls the consulate\n\nMr. Tolliver spoke.\n\n“No,” he said."
    text = Text.of(content, document="0" * 64, maker=Maker(component="tests", version="1"), language="en")
    assert [content[h.start : h.end] for h in headings(text)] == ["The lawyer calls the consulate"]
