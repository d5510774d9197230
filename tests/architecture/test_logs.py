"""Logs and errors hold identifiers, counts and durations, never words of a document."""

from __future__ import annotations

import datetime as dt
import logging
from importlib import resources

import pytest

from amparo.bulk import Received, Settings, examine_one

RUN = 4
"""So many words of a letter in a row would be content."""


def letters() -> list[tuple[str, bytes]]:
    folder = resources.files("amparo") / "data" / "letters"
    return sorted((p.name, p.read_bytes()) for p in folder.iterdir() if p.is_file())


def runs_of_words(content: str) -> set[str]:
    words = content.casefold().split()
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_no_letter_leaves_its_words_in_a_log_or_on_the_terminal(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger().setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    read = 0
    for name, data in letters():
        caplog.clear()
        outcomes = examine_one(Received(name, lambda data=data: data), Settings(today=dt.date(2026, 11, 21)))  # type: ignore[misc]
        out, err = capfd.readouterr()
        said = " ".join((caplog.text + out + err).casefold().split())
        for outcome in outcomes:
            assert outcome.failure is None, name
            assert outcome.dossier is not None
            spilled = [run for run in runs_of_words(outcome.dossier.text.content) if run in said]
            assert spilled == [], f"{name}: words of the letter were logged"
            read += 1
    assert read >= 15
