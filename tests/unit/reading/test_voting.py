"""Two engines' readings of a line become one; doubt is kept and shown."""

from __future__ import annotations

from amparo.reading.columns import has_columns, in_lines
from amparo.reading.engines import Fragment, Strip
from amparo.reading.voting import VotedLine, vote


def line(words: str, *, top: float = 100.0, left: float = 50.0, sure: float = 0.9) -> tuple[Fragment, ...]:
    found = []
    for word in words.split():
        right = left + 20 * len(word)
        found.append(Fragment(word, left, top, right, top + 30, sure))
        left = right + 20
    return tuple(found)


def said(voted: VotedLine) -> str:
    return " ".join(word.text for word in voted.words)


def test_words_both_read_alike_are_surer_than_either_says() -> None:
    (voted,) = vote([line("the night officer")], [Strip(line("the night officer", sure=0.8))])
    assert voted.other is None
    assert min(word.sure for word in voted.words) > 0.97


def test_a_known_word_mends_one_that_is_none() -> None:
    (voted,) = vote([line("Yo escribo porgue aquí")], [Strip(line("Yo escribo porque aquí"))])
    assert said(voted) == "Yo escribo porque aquí"
    assert voted.other == "Yo escribo porgue aquí"
    assert voted.words[2].sure < 0.6


def test_words_run_together_are_parted() -> None:
    (voted,) = vote([line("módulo 3 delcentro")], [Strip(line("módulo 3 del centro"))])
    assert said(voted) == "módulo 3 delcentro"  # "centro" is no common word and was read nowhere else
    both = [line("módulo 3 delcentro"), line("el centro regional", top=200)]
    second = [Strip(line("módulo 3 del centro")), Strip(line("el centro regional", top=200))]
    assert said(vote(both, second)[0]) == "módulo 3 del centro"


def test_a_name_is_not_made_into_a_common_word() -> None:
    (voted,) = vote([line("officer Dayne came")], [Strip(line("officer Days came"))])
    assert said(voted) == "officer Dayne came"
    assert voted.other == "officer Days came"


def test_a_word_unlike_the_first_engines_does_not_take_its_place() -> None:
    (voted,) = vote([line("they shackled him")], [Strip(line("they were him"))])
    assert said(voted) == "they shackled him"


def test_a_number_both_read_differently_stays_the_first_engines_and_is_doubted() -> None:
    (voted,) = vote([line("case no. 26-cv-0731")], [Strip(line("case no. 26-cv-0781"))])
    assert said(voted) == "case no. 26-cv-0731"
    assert voted.other == "case no. 26-cv-0781"
    assert voted.words[2].sure < 0.6


def test_dropped_accents_are_put_back_in_spanish_only() -> None:
    (spanish,) = vote([line("el consul de Peru no vino")], [Strip(line("el consul de Perú no vino"))])
    assert said(spanish) == "el consul de Perú no vino"
    (english,) = vote([line("the consul of Peru did not come")], [Strip(line("the consul of Perú did not come"))])
    assert said(english) == "the consul of Peru did not come"


def test_a_line_only_the_second_engine_saw_is_added_in_its_place() -> None:
    first = [line("Dear Judge", top=100), line("Respectfully", top=300)]
    second = [
        Strip(line("Dear Judge", top=100)),
        Strip(line("I have no water here", top=200)),
        Strip(line("Respectfully", top=300)),
    ]
    assert [said(voted) for voted in vote(first, second)] == ["Dear Judge", "I have no water here", "Respectfully"]


def test_marks_only_the_second_engine_saw_are_not_words() -> None:
    first = [line("Dear Judge", top=100)]
    assert len(vote(first, [Strip(line("Dear Judge")), Strip(line("~ |_ ‘e", top=400, sure=0.9))])) == 1


def test_without_a_second_engine_the_first_one_stands() -> None:
    assert vote([line("Dear Judge")], []) == [VotedLine(line("Dear Judge"), None)]


def test_a_leaning_page_is_read_line_by_line() -> None:
    strips = []
    for number in range(5):
        for part in (0, 1):
            left, top = 50.0 + part * 700, 100.0 + 40 * number + part * 35
            words = tuple(word._replace() for word in line(f"n{number}p{part} word word", top=top, left=left))
            strips.append(Strip(words, slope=0.05))
    lines = in_lines(strips[::-1])
    assert [(words[0].text, words[3].text) for words in lines] == [(f"n{n}p0", f"n{n}p1") for n in range(5)]


def test_two_columns_are_read_one_after_the_other_and_a_headline_before_them() -> None:
    strips = [Strip(line("a headline that goes over both of the columns of it", top=20))]
    for number in range(8):
        strips.append(Strip(line(f"left{number} with some words", top=100 + 40 * number, left=50)))
        strips.append(Strip(line(f"right{number} with more words", top=100 + 40 * number, left=620)))
    assert has_columns(strips)
    order = [words[0].text for words in in_lines(strips)]
    assert order == ["a", *(f"left{n}" for n in range(8)), *(f"right{n}" for n in range(8))]


def test_labels_and_values_are_not_two_columns() -> None:
    strips = []
    for number in range(10):
        strips.append(Strip(line("Name", top=100 + 40 * number, left=50)))
        strips.append(Strip(line("Wendell Farraday of the east wing", top=100 + 40 * number, left=620)))
    assert not has_columns(strips)
    assert [word.text for word in in_lines(strips)[0][:2]] == ["Name", "Wendell"]
