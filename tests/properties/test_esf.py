"""Acts go out in HURIDOCS codes that were read in the source, and come back as what they may stand for."""

from __future__ import annotations

import re

from hypothesis import given
from tests.dossiers import dossiers

from amparo.domain.dossier import Dossier
from amparo.dossier import act_labels
from amparo.interchange.esf import acts_from, esf_of, read_esf, thesauri, write_esf


def test_every_act_stance_and_status_is_mapped_or_says_why_not() -> None:
    book = thesauri()
    assert [one.code for one in book.act] == list(act_labels())
    assert {one.code for one in book.stance} == {
        "asserts", "alleges", "denies", "confirms", "fears", "hopes", "promises", "rumour"
    }  # fmt: skip
    assert {one.code for one in book.status} == {"current", "past", "resolved", "feared", "denied-by-authority"}


def test_every_code_ends_in_the_number_of_its_list() -> None:
    book = thesauri()
    for group in (book.act, book.status, book.perpetrator, book.connection, book.material):
        for one in group:
            for term in one.terms:
                assert re.fullmatch(r"\d{14}", term.code)
                assert int(term.code[-2:]) == term.list
                assert term.term


def test_one_code_has_one_term() -> None:
    book = thesauri()
    terms = {(t.list, t.code, t.term) for group in (book.act, book.status, book.perpetrator, book.connection)
             for one in group for t in one.terms}  # fmt: skip
    assert len({(number, code) for number, code, _ in terms}) == len(terms)


@given(dossiers())
def test_acts_come_back_from_their_lines_and_each_code_leads_to_its_act(dossier: Dossier) -> None:
    acts = esf_of(dossier)
    assert read_esf(write_esf(acts)) == acts
    assert len(acts) == len(dossier.notes.allegations)
    for act in acts:
        typed = [*act.fields.get("2109", ()), *act.fields.get("2114", ())]
        assert ("2109" in act.unmapped) is (not act.fields.get("2109"))
        if typed:
            assert act.act in acts_from(typed)


def test_a_denial_by_the_authority_is_an_attribution() -> None:
    assert thesauri().terms("status", "denied-by-authority")[0].term == "Officials deny act"
