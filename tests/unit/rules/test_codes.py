"""The codes in the Bureau's grievance records and what they mean."""

from __future__ import annotations

import re

import pytest

from amparo.rules.codes import load_codes, reason, status, subject

CODES = load_codes()


def test_the_lists_are_whole() -> None:
    assert (len(CODES.status), len(CODES.reason), len(CODES.subject)) == (6, 47, 187)


def test_every_reason_belongs_to_a_status() -> None:
    assert all(status(one.status) is not None for one in CODES.reason)


def test_every_subject_belongs_to_a_group() -> None:
    assert all(re.fullmatch(r"[0-9]{2}[A-Z]", one.code) for one in CODES.subject)
    assert {one.code[:2] for one in CODES.subject} == {one.code for one in CODES.group}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("UTF", "20 days"),
        ("UTR", "mail time"),
        ("UTA", "30 days"),
        ("RSF", "5 days"),
        ("RSR", "10 days"),
        ("RSA", "15 days"),
    ],
)
def test_the_limits_printed_on_a_rejection_are_kept(code: str, words: str) -> None:
    assert words in reason(code).means.en
    assert reason(code).status == "REJ"


def test_a_reason_under_two_statuses_needs_the_status() -> None:
    assert reason("OTH") is None
    assert reason("OTH", status="REJ").status == "REJ"


def test_a_reason_is_not_found_under_another_status() -> None:
    assert reason("DNY", status="REJ") is None


def test_codes_that_are_not_listed_are_not_guessed() -> None:
    assert (status("XXX"), reason("XXX"), subject("99Z")) == (None, None, None)


def test_subjects_speak_both_languages() -> None:
    assert subject("33F").means.en == "Special and legal mail"
    assert subject("33F").means.es == "Correo especial y legal"
