"""Whom an act befell and who accuses, in letters and reports made up for this."""

from __future__ import annotations

import datetime as dt

import msgspec

from amparo.domain.claims import Role
from amparo.domain.notes import Notes
from amparo.dossier import examine
from amparo.extraction.acts.accusing import with_accusations


def notes_of(words: str) -> Notes:
    return examine(words.encode(), name="letter.txt", today=dt.date(2026, 11, 21)).notes


def befell(notes: Notes, act: str) -> list[str]:
    return [role.words for a in notes.allegations if a.act == act for role in a.roles if role.kind == "affected"]


def test_him_is_the_man_in_the_next_cell_and_not_the_writer() -> None:
    notes = notes_of(
        "March 4, 2026\n\nTo the Ombudsman:\n\nI am Darnell Fitch. The man in the next cell, Mr. Abner Coyle, is 71. "
        "On March 2 Officer Strand threw him against the wall because he was slow.\n\nRespectfully,\nDarnell Fitch\n"
    )
    assert befell(notes, "FOR-01") == ["Abner Coyle"]


def test_a_letter_by_family_is_about_the_relative_it_names_first() -> None:
    notes = notes_of(
        "4 de mayo de 2026\n\nEstimada Defensoría:\n\nMi hermano Rogelio Tapia está en el penal de Santa Lucía. El 27 "
        "de abril el custodio Medrano lo golpeó con un tolete. Su compañero de celda, Efraín Cobos, es diabético.\n\n"
        "Atentamente,\nGilberto Tapia\n"
    )
    assert befell(notes, "FOR-01") == ["Rogelio Tapia"]


def test_a_spokeswoman_who_denies_an_act_has_not_done_it() -> None:
    notes = notes_of(
        "Suit over spray\n\nMARLOW, June 3, 2026 – Luis Arrington, a prisoner, says that he was pepper-sprayed while "
        "handcuffed. A spokeswoman for the prison, Renata Hollis, denied that Arrington was sprayed.\n"
    )
    acting = {role.words for a in notes.allegations for role in a.roles if role.kind == "actor"}
    assert "Renata Hollis" not in acting


def test_who_tells_what_befell_them_alleges_and_nobody_else_does() -> None:
    notes = notes_of(
        "NOTE OF VISIT\nStillwater Remand Centre\nFebruary 10, 2026\n\nThe delegation spoke with Samuel Adeyemi. Mr. "
        "Adeyemi said that the light over his bed has not been switched off since January and that he cannot sleep.\n"
    )
    (told,) = (c for c in notes.claims if c.cue and "light" in c.contents[0].exact)
    (light,) = notes.allegations
    for befell_whom, stance in ((told.source.person, "alleges"), (None, "asserts")):
        role = Role(kind="affected", words="somebody", person=befell_whom)
        plain = msgspec.structs.replace(told, stance="asserts")
        found = with_accusations([plain], [msgspec.structs.replace(light, roles=(role,))], notes, language="en")
        assert [one.stance for one in found] == [stance]


def test_a_legal_call_that_cannot_be_provided_is_refused() -> None:
    notes = notes_of(
        'March 2, 2026\n\nDear Legal Aid,\n\nI asked Ms. Dworkin for a call with my lawyer twice. Her answer was "We '
        'cannot provide a legal call at this time."\n\nTerrell Obuya\n'
    )
    assert "LEG-01" in {a.act for a in notes.allegations}


def test_a_witness_in_a_report_who_tells_an_act_alleges_it_and_the_office_does_not() -> None:
    def stance(speaker: str) -> list[str]:
        words = (
            f"BAYVIEW (Coast Wire), May 3, 2026 - {speaker} said on Tuesday that prisoners at Bayview State Prison had "
            "been without running water for six days.\n\nThe town council met on Wednesday.\n"
        )
        return [c.stance for c in notes_of(words).claims if "running water" in c.contents[0].exact]

    assert stance("A kitchen worker") == ["alleges"]
    assert stance("A spokesman for the corrections department") == ["asserts"]


def test_a_log_accuses_nobody() -> None:
    words = (
        "BAYVIEW (Coast Wire), May 3, 2026 - A log kept at Bayview State Prison shows that prisoners had been without "
        "running water for six days.\n\nThe town council met on Wednesday.\n"
    )
    told = [c.stance for c in notes_of(words).claims if "running water" in c.contents[0].exact]
    assert "alleges" not in told
