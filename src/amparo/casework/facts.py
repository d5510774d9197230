"""What is known of a case, from the rows that people entered."""

from __future__ import annotations

from typing import Any

from amparo.casework.models import Case
from amparo.domain.remedies import Facts
from amparo.domain.rulebook import Rulebook
from amparo.errors import BrokenFacts
from amparo.rules.facts import facts_from


def facts_of(case: Case, rulebook: Rulebook) -> Facts:
    """The facts that hold: for each name the latest row; a name the rulebook no longer knows is left out."""
    latest: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for row in case.facts.all():
        latest[row.name], sources[row.name] = row.value, row.known_from
    given = {name: value for name, value in latest.items() if value is not None and name in rulebook.facts}
    known_from = {name: words for name, words in sources.items() if words and name in given}
    try:
        return facts_from({**given, "known-from": known_from}, rulebook.facts)
    except BrokenFacts:
        sound = {name: value for name, value in given.items() if _fits(name, value, rulebook)}
        return facts_from(sound, rulebook.facts)


def _fits(name: str, value: Any, rulebook: Rulebook) -> bool:
    try:
        facts_from({name: value}, rulebook.facts)
    except BrokenFacts:
        return False
    return True
