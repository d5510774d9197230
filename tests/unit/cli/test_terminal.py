"""The page a person sees in the terminal."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from amparo.bulk import Failure, Outcome
from amparo.cli import terminal
from amparo.domain.dossier import Dossier
from amparo.dossier import examine

LETTER = b"""June 23, 2026

Dear Ms. Holloway,

I was moved to the SHU on June 2. I have had no insulin since June 5. Nurse Tolland told me that the
pharmacy was closed.

Respectfully,
Ada Moreno-Pike
Reg. No. 00123-456"""


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return examine(LETTER, name="letter.txt", today=dt.date(2026, 6, 30))


def shown(outcome: Outcome, *, lang: str, width: int = 100, monkeypatch: pytest.MonkeyPatch) -> str:
    paper = io.StringIO()
    monkeypatch.setattr(terminal, "Console", lambda **_: Console(file=paper, width=width, highlight=False))
    terminal.show(outcome, lang=lang)
    return paper.getvalue()


def test_a_page_says_who_wrote_what_is_alleged_who_says_what_and_what_happened(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = " ".join(shown(Outcome("letter.txt", dossier), lang="en", monkeypatch=monkeypatch).split())
    assert "Ada Moreno-Pike – the writer, detained person" in page
    assert "MED-04 Medicine stopped / Suspensión de medicamento" in page
    assert "I have had no insulin since June 5" in page
    assert "5 Jun – 23 Jun 2026" in page
    assert "Tolland" in page
    assert "Set aside Nothing." in page


def test_a_page_shows_the_standards_an_allegation_may_engage_and_what_is_to_be_asked(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = " ".join(shown(Outcome("letter.txt", dossier), lang="en", monkeypatch=monkeypatch).split())
    assert "may engage: ICCPR, art. 10(1)" in page
    assert "Doors this paper suggests" in page
    assert "Which prison system holds the person?" in page
    assert "counted from proposed facts that nobody has confirmed" in page


def test_the_page_speaks_spanish_when_asked(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    page = " ".join(shown(Outcome("letter.txt", dossier), lang="es", monkeypatch=monkeypatch).split())
    assert "Lo que se alega" in page
    assert "5 jun – 23 jun 2026" in page
    assert "What is alleged" not in page


def test_what_looks_like_the_terminals_own_markup_in_a_letter_stays_words(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = examine(
        b"Dear Judge,\n\nOfficer [bold]Brandle told me [/red] that I get no insulin.\n\nAda Pike", name="[x].txt"
    )
    page = shown(Outcome("[x].txt", odd), lang="en", monkeypatch=monkeypatch)
    assert "[x].txt" in page


def test_a_document_that_could_not_be_read_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = Outcome("scan.pdf", failure=Failure("encrypted-document", "This file is locked with a password."))
    page = shown(outcome, lang="en", monkeypatch=monkeypatch)
    assert "could not be read" in page
    assert "locked with a password" in page


def test_no_line_is_wider_than_the_terminal(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(Outcome("letter.txt", dossier), lang="en", width=60, monkeypatch=monkeypatch)
    assert max(len(line) for line in page.splitlines()) <= 60


def test_urgent_acts_stand_out_by_sign_and_word(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(Outcome("letter.txt", dossier), lang="en", monkeypatch=monkeypatch)
    assert "■ MED-04" in page
    assert "U0" in page
