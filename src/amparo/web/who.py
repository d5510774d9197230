"""Who the person of a case is, at a glance: names, numbers, nationality, where held and since when at the latest."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from amparo.casework.identities import appearances_for
from amparo.casework.models import Appearance, Case, CasePerson, User
from amparo.domain.remedies import Facts
from amparo.domain.rulebook import FactKind, Rulebook
from amparo.drafting.telling import nation
from amparo.rules.facilities import load_facilities


class Who(NamedTuple):
    """What is known of a person; what is not known is empty, with the question to ask.

    Args:
        number: the register number of the case, or else the numbers their papers give.
        born: in the words papers use.
        nationality: the name of the country.
        facility: name of the facility where they are.
        since: the earliest day on which their papers place them there.
        also: other names that their papers give them.
        asks: the facts among these that are not known, each with its question.
    """

    number: str
    born: str
    nationality: str
    facility: str
    since: dt.date | None
    also: tuple[str, ...]
    asks: tuple[FactKind, ...]


def who_is(case: Case, said: CasePerson | None, facts: Facts, rulebook: Rulebook, user: User) -> Who:
    """What is known of the person of a case, as far as somebody may see it.

    Args:
        case: the case.
        said: who it is about, where somebody said so.
        facts: of the case.
        rulebook: the team's, for the questions.
        user: who looks.
    """
    together = their_appearances(said, user)
    code, country = str(facts.get("facility") or ""), str(facts.get("nationality") or "")
    place = load_facilities().get(code)
    days = [
        stay["when"]["earliest"]
        for one in together for stay in one.known.get("stays", ())
        if stay["facility"] == code and stay.get("when")
    ]  # fmt: skip
    names = dict.fromkeys(name for one in together for name in (one.name, *one.aliases) if name != case.person)
    known = {"facility": code, "nationality": country}
    return Who(
        number=case.register_number or " · ".join(numbers_of(together)), born=case.born,
        nationality=nation(country, language=user.language) if country else "",
        facility=place.name if place is not None else code,
        since=dt.date.fromisoformat(min(days)) if days else None, also=tuple(names)[:6],
        asks=tuple(rulebook.facts[name] for name, value in known.items() if not value and name in rulebook.facts),
    )  # fmt: skip


def their_appearances(said: CasePerson | None, user: User) -> list[Appearance]:
    """Where the person of a case is named, as far as somebody may see it.

    Args:
        said: who the case is about, where somebody said so.
        user: who looks.
    """
    if said is None or said.appearance is None:
        return []
    mine = appearances_for(user).filter(about=Appearance.About.PERSON, group=said.appearance.group)
    return list(mine.order_by("pk"))


def numbers_of(together: list[Appearance]) -> tuple[str, ...]:
    """The register numbers that somebody's papers give, each once."""
    return tuple(dict.fromkeys(number for one in together for number in one.numbers))
