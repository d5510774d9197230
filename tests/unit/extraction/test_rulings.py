"""Who argues what in a ruling. The ruling here is made up."""

from __future__ import annotations

from amparo.extraction.rulings.arguments import PartyModel, find_arguments, likeliest
from amparo.extraction.rulings.signs import is_heading, sentences_of, signs_of_sentences, speakers

RULING = (
    "I. ALLEGED VIOLATION OF ARTICLE 3 OF THE CONVENTION",
    "20 . The applicant complained that he had been held in a cell without daylight .",
    "A. The parties ' submissions",
    "21 . The Government submitted that the cell had a window . They maintained that he had never complained .",
    "22 . The applicant contested that submission and maintained that the window had been painted over .",
    "B. The Court 's assessment",
    "23 . The Court reiterates that the State must ensure that a person is detained in conditions which are compatible "
    "with respect for human dignity .",
)


def test_each_party_argues_in_its_own_paragraph() -> None:
    by_paragraph = {a.paragraph: a.party for a in find_arguments(RULING)}
    assert by_paragraph == {1: "applicant", 3: "state", 4: "applicant", 6: "ecthr"}


def test_what_follows_in_a_partys_paragraph_is_still_its_argument() -> None:
    (argument,) = (a for a in find_arguments(RULING) if a.paragraph == 3)
    assert RULING[3][argument.start : argument.end].endswith("never complained .")


def test_the_number_of_a_paragraph_is_no_part_of_the_argument() -> None:
    assert find_arguments(RULING)[0].start == 5


def test_headings_are_nobodys_argument() -> None:
    assert is_heading(RULING[0])
    assert not is_heading(RULING[1])
    assert {s.paragraph for s in signs_of_sentences(RULING)} == {1, 3, 4, 6}


def test_the_stop_of_an_abbreviation_ends_no_sentence() -> None:
    words = "The Court refers to Pike v. Orme , no . 12345/99 . It sees no reason to differ ."
    assert [words[a:b] for a, b in sentences_of(words)][-1] == "It sees no reason to differ ."
    assert len(list(sentences_of(words))) == 2


def test_nothing_is_told_of_no_paragraphs() -> None:
    assert find_arguments(()) == ()


def test_who_speaks_is_named_in_order() -> None:
    assert speakers("The applicant claimed that , in the Court 's view , it was late .") == ("applicant", "court")


def test_the_course_of_speakers_may_outweigh_one_sentence() -> None:
    sentences = signs_of_sentences(["The Government objected . So it was . They objected ."])
    model = PartyModel(
        parties=("none", "state"),
        signs={"word: objected": (0.0, 1.0), "word: so": (0.4, 0.0)},
        follows={"same": ((0.0, -1.0), (-1.0, 0.0))},
    )
    assert likeliest(sentences, model) == ["state", "state", "state"]
