"""What letters tell about one person becomes the matter of that person, and of nobody else."""

from __future__ import annotations

import datetime as dt

from amparo import examine
from amparo.domain.drafts import Matter, Subject
from amparo.domain.remedies import Facts
from amparo.matters import matter_from

TODAY = dt.date(2026, 3, 9)
LETTER = (
    b"March 3, 2026\n\nDear Judge Orme,\n\nI have had no insulin since February 27. My cousin Teo Marsh was beaten "
    b"by officers on March 1.\n\nSincerely,\nAda Pike"
)


def gathered(data: bytes, name: str) -> Matter:
    dossier = examine(data, name="letter.txt", today=TODAY)
    return matter_from([dossier], subject=Subject(name=name), facts=Facts(values={}))


def test_what_the_person_writes_is_in_the_persons_own_voice_with_its_exact_words() -> None:
    told = gathered(LETTER, "Ada Pike").told
    assert [one.act for one in told] == ["MED-04"]
    assert told[0].speaker == ""
    support = told[0].passages[0]
    assert LETTER.decode()[support.start : support.end] == support.exact
    assert support.called.en == "letter of March 3, 2026"


def test_what_happened_to_another_is_left_out_and_the_writer_is_named_as_the_source() -> None:
    told = gathered(LETTER, "Teo Marsh").told
    assert "MED-04" not in [one.act for one in told]
    assert {one.speaker for one in told} <= {"Ada Pike"}


def test_a_part_of_a_name_is_the_person_and_another_name_is_not() -> None:
    assert gathered(LETTER, "Ada Maria Pike").told[0].speaker == ""
    assert gathered(LETTER, "Ada Pyke").told == ()
