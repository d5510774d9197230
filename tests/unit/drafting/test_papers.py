"""Which papers there are, and that each holds together."""

from __future__ import annotations

import pytest
from tests.matters import DAY, matter

from amparo.drafting import draft, load_papers, paper_for
from amparo.drafting.papers import read_paper
from amparo.drafting.telling import clause, event_name
from amparo.errors import BrokenPaper, UnknownPaper
from amparo.extraction.vocabulary import vocabulary
from amparo.rules import load_rules

PAPERS = sorted(load_papers())
STEPS = sorted({step.id for procedure in load_rules().procedures for step in procedure.step})


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_the_rulebook_has_a_paper(step: str) -> None:
    assert step in paper_for(step).steps


def test_every_paper_is_for_steps_that_exist_and_no_step_has_two() -> None:
    named = [step for paper in load_papers().values() for step in paper.steps]
    assert set(named) <= set(STEPS)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_act_and_every_step_in_custody_can_be_told(language: str) -> None:
    codes = [act["code"] for act in vocabulary("acts")["act"]]
    assert len({clause(code, language) for code in codes}) == len(codes)
    assert event_name("placed-in-segregation", language)


@pytest.mark.parametrize("name", PAPERS)
def test_a_reading_copy_bears_the_same_sentence_names_as_the_paper(name: str) -> None:
    paper = load_papers()[name]
    english = draft(matter(), paper, day=DAY, language="en")
    spanish = draft(matter(), paper, day=DAY, language="es")
    assert [one.id for one in english.sentences()] == [one.id for one in spanish.sentences()]
    assert [one.kind for one in english.sentences()] == [one.kind for one in spanish.sentences()]
    assert english.title != spanish.title


def test_a_step_without_a_paper_is_told() -> None:
    with pytest.raises(UnknownPaper):
        paper_for("no-such-step")


@pytest.mark.parametrize(
    "source",
    [
        "id = ",
        'id = "x"\ntitle = 3',
        'id = "x"\ntitle = {en="a", es="b"}\nlayout = "poster"\nlanguages = ["en"]\nvoice = "first"\npart = []',
    ],
)
def test_a_broken_paper_file_is_named(source: str) -> None:
    with pytest.raises(BrokenPaper, match=r"mine\.toml"):
        read_paper(source, name="mine.toml")
