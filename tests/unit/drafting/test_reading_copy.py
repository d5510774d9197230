"""The copy a person reads in their own language: nothing that a person wrote is translated or lost."""

from __future__ import annotations

from tests.matters import DAY, matter

from amparo.drafting import draft, edit, load_papers
from amparo.drafting.reading_copy import reading_copy

JUDGE = load_papers()["judge-letter"]


def test_what_somebody_worded_or_added_stands_in_their_words_beside_what_was_composed() -> None:
    own, other = draft(matter(), JUDGE, day=DAY, language="en"), draft(matter(), JUDGE, day=DAY, language="es")
    fact = next(one for one in own.sentences() if one.kind == "fact" and not one.quotes)
    gone = next(one for one in own.sentences() if one.kind == "fact" and one.quotes)
    paper = edit.reword(own, fact.id, "My insulin was taken from me on May 3.", by="ana")
    paper = edit.add_after(paper, fact.id, "I have told the nurse.", by="ana", tells_fact=False)
    paper = edit.remove(paper, gone.id)
    copy = reading_copy(paper, own, other)
    told = {one.id: one.text for one in copy.sentences()}
    before = {one.id: one.text for one in other.sentences()}
    assert copy.language == "es"
    assert copy.marks == ("COPIA DE LECTURA",)
    assert "My insulin was taken from me on May 3." in told[fact.id]
    assert before[fact.id] in told[fact.id]
    assert "I have told the nurse." in told["a001"]
    assert gone.id not in told
    assert "(2)" in told["reading"]
    alike = set(before) - {fact.id, gone.id}
    assert all(told[name] == before[name] for name in alike)


def test_a_sentence_composed_from_a_case_that_has_changed_since_is_not_taken_for_another() -> None:
    old = draft(matter(), JUDGE, day=DAY, language="en")
    fewer = matter(told=matter().told[1:])
    own, other = draft(fewer, JUDGE, day=DAY, language="en"), draft(fewer, JUDGE, day=DAY, language="es")
    copy = reading_copy(old, own, other)
    for one in old.sentences():
        found = next(s.text for s in copy.sentences() if s.id == one.id)
        mine = next((s.text for s in own.sentences() if s.id == one.id), None)
        assert mine == one.text or one.text in found
