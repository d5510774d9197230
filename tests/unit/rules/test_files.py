"""On which line of a rule file a key stands."""

from __future__ import annotations

import pytest

from amparo.domain.law import Citation
from amparo.rules.files import Located, decode

TEXT = """# A comment = not a key
id = "x"
title = { en = "A = B", es = "C" }

[standing]
cite = "a"

[[step]]
id = "one"
[[step.check]]
code = "A"
[[step.check]]
code = "B"

[[step]]  # the second
id = "two"
"file" = { within = "1 day" }
[[step.check]]
code = "C"
[cite.s14a]
ref = "28 CFR [542.14]"
[cite."s 15"]
ref = "x"
dotted.key = 1
"""
WHERE = Located("a.toml", TEXT)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("title", "en"), 3),
        (("standing", "cite"), 6),
        (("step", 0), 8),
        (("step", 0, "id"), 9),
        (("step", 0, "check", 0, "code"), 11),
        (("step", 0, "check", 1, "code"), 13),
        (("step", 1), 15),
        (("step", 1, "file", "within"), 17),
        (("step", 1, "check", 0, "code"), 19),
        (("step", 1, "nowhere"), 15),
        (("cite", "s14a"), 20),
        (("cite", "s14a", "ref"), 21),
        (("cite", "s 15", "ref"), 23),
        (("cite", "s 15", "dotted", "key"), 24),
        (("nowhere",), 0),
    ],
)
def test_a_key_is_found_on_its_line_or_on_that_of_the_nearest_above(path: tuple[str | int, ...], line: int) -> None:
    assert WHERE.line(*path) == line


def test_a_file_with_windows_line_ends_has_the_same_lines() -> None:
    where = Located("a.toml", TEXT.replace("\n", "\r\n"))
    assert where.line("step", 1, "check", 0, "code") == 19


def test_a_mistake_reads_as_compilers_write_them() -> None:
    mistake = WHERE.mistake("bad-limit", "Not a limit.", "Mend it.", "step", 1, "file")
    assert str(mistake) == "a.toml:17: bad-limit: Not a limit. Mend it."
    assert mistake.grave


GOOD = 'ref = "x"\nmark = "verified"\nread_on = 2026-01-01\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (GOOD + "more = 1\n", "unknown-key", 4),
        (GOOD.replace("verified", "sure"), "bad-value", 2),
        (GOOD.replace("2026-01-01", '"1 May"'), "bad-value", 3),
        (GOOD.replace("2026-01-01", "2026-13-01"), "not-toml", 3),
        ('ref = "x"\nmark = "verified"\n', "missing-key", 0),
        (GOOD.replace('"x"', "3"), "bad-value", 1),
        (GOOD + 'note = "\ufffd"\n', "not-utf8", 4),
    ],
)
def test_a_file_that_does_not_fit_its_type_is_a_mistake_and_no_value(text: str, code: str, line: int) -> None:
    value, (mistake,) = decode(Located("c.toml", text), Citation)
    assert value is None
    assert (mistake.file, mistake.code, mistake.line) == ("c.toml", code, line)


def test_a_file_that_fits_is_a_value_and_no_mistake() -> None:
    value, mistakes = decode(Located("c.toml", GOOD), Citation)
    assert mistakes == ()
    assert value is not None
    assert value.mark == "verified"
