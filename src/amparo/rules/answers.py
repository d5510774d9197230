"""What may come back for a filing, by the recipient's own codes, and what each kind of answer makes known."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from amparo.domain.law import Bilingual
from amparo.domain.rulebook import Rulebook
from amparo.rules.codes import load_codes
from amparo.rules.places import places

Came = Literal["acknowledgement", "extension", "answer", "rejection", "referral", "undelivered", "silence"]
CAME: tuple[Came, ...] = (
    "answer", "rejection", "acknowledgement", "extension", "referral", "undelivered", "silence",
)  # fmt: skip


class Code(NamedTuple):
    """One answer by its code.

    Args:
        code: as the recipient writes it.
        means: in words.
        came: the kind of answer it is.
    """

    code: str
    means: Bilingual
    came: Came


def codes_of(step: str, rulebook: Rulebook, *, today: dt.date) -> tuple[Code, ...]:
    """The codes by which a step may be answered or sent back: its outcomes, then its reasons for rejection.

    Args:
        step: of a procedure.
        rulebook: the law.
        today: the day whose wording is asked for.

    >>> import datetime as dt
    >>> from amparo.rules import load_rules
    >>> codes = codes_of("request", load_rules(), today=dt.date(2026, 5, 1))
    >>> codes[0].code, codes[0].came, next(c.came for c in codes if c.code == "SIG")
    ('CLD DNY', 'answer', 'rejection')
    """
    found = places(rulebook).get(step, [])
    if not found:
        return ()
    place = next((one for one in found if one.procedure.valid.holds_on(today)), found[-1])
    codes = [Code(one.code, one.means, "answer") for one in (*place.step.outcome, *place.procedure.outcome)]
    if load_codes().system in place.procedure.systems:
        codes += [Code(one.code, one.means, "rejection") for one in load_codes().reason if one.status == "REJ"]
    codes += [Code(check.code, check.says, "rejection") for check in place.step.check]
    return tuple({(one.came, one.code): one for one in reversed(codes)}.values())[::-1]


def made_known(
    step: str, came: Came, *, dated: dt.date | None, signed: dt.date | None, received: dt.date | None
) -> dict[str, str | bool]:
    """The facts that an answer makes known, by name; an event on a day not known has simply happened.

    Args:
        step: that was answered; nothing is made known without one.
        came: what kind of answer.
        dated: the day the paper bears.
        signed: the day it was signed.
        received: the day it reached the person.

    >>> made_known("request", "answer", dated=None, signed=dt.date(2026, 5, 4), received=None)
    {'request.answered': '2026-05-04'}
    """
    if not step:
        return {}

    def on(*days: dt.date | None) -> str | bool:
        return next((day.isoformat() for day in days if day is not None), True)

    if came == "answer":
        known = {f"{step}.answered": on(signed, dated)}
        return known | ({f"{step}.notified": received.isoformat()} if received is not None else {})
    if came == "silence":
        return {f"{step}.answered": False}
    if came == "undelivered":
        return {f"{step}.filed": False}
    verb = {"acknowledgement": "logged", "extension": "extended", "rejection": "rejected"}.get(came)
    return {f"{step}.{verb}": on(dated, signed)} if verb is not None else {}


def follows(step: str, rulebook: Rulebook) -> frozenset[str]:
    """The steps that open after a step, or whose time runs from what happens to it.

    >>> from amparo.rules import load_rules
    >>> "regional-appeal" in follows("request", load_rules())
    True
    """
    return frozenset(
        name
        for name, found in places(rulebook).items()
        if name != step
        for place in found
        if step in place.triggers or any(event.rpartition(".")[0] == step for event in place.step.after)
    )
