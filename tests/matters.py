"""A fictional matter with everything a paper may use."""

from __future__ import annotations

import datetime as dt

from amparo.domain.dates import PartialDate
from amparo.domain.drafts import Happened, Matter, Preparer, Subject, Support, Told
from amparo.domain.law import Bilingual
from amparo.rules import facts_from, load_rules

LETTER = "They took my insulin on the 3rd and for two days nobody came. My cellmate says the nurse laughed."
DIGEST = "a" * 64
DAY = dt.date(2026, 5, 11)
CALLED = Bilingual(en="letter of May 6, 2026", es="carta del 6 de mayo de 2026")


def passage(exact: str, *, note: str = "note:1", page: int | None = 2, language: str = "en") -> Support:
    start = LETTER.find(exact)
    begin = max(start, 0)
    return Support(
        document=DIGEST, text="b" * 64, start=begin, end=begin + len(exact), exact=exact, called=CALLED, page=page,
        language=language, note=note,
    )  # fmt: skip


def told(exact: str = "They took my insulin on the 3rd", act: str = "MED-04", **more: object) -> Told:
    note = str(more.pop("note", f"note:{act}"))
    return Told(act=act, passages=(passage(exact, note=note),), **{"status": "past", **more})  # type: ignore[arg-type]


def matter(**more: object) -> Matter:
    facts = facts_from(
        {"system": "us.bop", "incident": dt.date(2026, 5, 3), "request.filed": dt.date(2026, 5, 7)}, load_rules().facts
    )
    filled = {
        "subject": Subject(
            name="Ramiro Lazcano Betanzos", number="98341-990", facility="USP Example", address=("PO Box 7", "Anytown"),
            nationality="Mexico", born="May 5, 1980", consent="paper of May 2, 2026",
        ),
        "told": (
            told(when=PartialDate(earliest=dt.date(2026, 5, 3), latest=dt.date(2026, 5, 5)), actor="the nurse"),
            told("for two days nobody came", "MED-02", standards=("Mandela Rules, rule 27",)),
        ),
        "happened": (
            Happened(
                kind="transfer", passages=(passage("for two days nobody came", note="note:9"),),
                when=PartialDate.of_month(2026, 4),
            ),
        ),
        "facts": facts,
        "preparer": Preparer(
            name="Fátima Oropeza", capacity="lawyer", organisation="Fictional Clinic", lines=("12 Elm Street",)
        ),
        "reference": "2026-0041/1",
    }  # fmt: skip
    return Matter(**{**filled, **more})  # type: ignore[arg-type]
