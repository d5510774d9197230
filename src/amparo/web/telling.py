"""What to tell somebody at the desk when a thing could not be done, or when it moved days; and days from a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.contrib import messages

from amparo.casework.consent import consent_words
from amparo.casework.law import rulebook_of
from amparo.domain.remedies import Channel, Moved
from amparo.errors import AmparoError, ConsentMissing, IncompleteEntry, NotInThatState
from amparo.rules.phrases import day_in_words
from amparo.rules.places import places
from amparo.web.sitting import Sitting
from amparo.web.words import WORDS
from amparo.web.words import told as in_words

MOST = 6
"""How many moved days are told one by one."""


def told(problem: AmparoError, language: str) -> str:
    """An error of an entry, of the gate or of a state in the person's language."""
    if isinstance(problem, ConsentMissing):
        return why_shut(problem, language)
    if isinstance(problem, IncompleteEntry) and f"missing-{problem.facts.get('field')}" in WORDS:
        return WORDS[f"missing-{problem.facts['field']}"][language]
    if problem.facts.get("state") in ("on-its-way", "being-made"):
        return WORDS[str(problem.facts["state"])][language]
    if problem.facts.get("state") == "making":
        return WORDS["being-made-now"][language]
    if f"error-{problem.code}" in WORDS:
        facts = {"page": "", "part": "", **problem.facts}
        return WORDS[f"error-{problem.code}"][language].format(**facts)
    if isinstance(problem, NotInThatState):
        return WORDS["not-in-that-state"][language]
    return in_words(problem, language)


def told_again(code: str, facts: Mapping[str, object], language: str) -> str:
    """What stopped the worker, told anew from the error's code and facts as they were written down."""
    if f"making-{code}" in WORDS:
        return WORDS[f"making-{code}"][language]
    kinds = [AmparoError]
    for kind in kinds:
        if kind.code == code:
            return told(kind(None, **facts), language)
        kinds += kind.__subclasses__()
    return WORDS["making-failed"][language]


def why_shut(problem: ConsentMissing, language: str) -> str:
    """What exactly is missing for the gate to open."""
    words = consent_words()

    def label(group: str, code: object) -> str:
        found = words.label(group, str(code))
        return found.in_(language) if found is not None else str(code)

    facts = problem.facts
    return WORDS[f"gate-{facts.get('why', 'unsure')}"][language].format(
        purpose=label("purpose", facts.get("purpose", "")), recipient=label("recipient", facts.get("recipient", "")),
        identity=label("identity", facts.get("identity", "")),
    )  # fmt: skip


def tell_moved(request: Sitting, moved: Iterable[Moved]) -> None:
    """Tell the days that moved, the first few by name."""
    language = request.user.language
    steps = places(rulebook_of(request.user.membership.team_id))
    rows = list(moved)
    for one in rows[:MOST]:
        before, after = (
            day_in_words(day, language) if day is not None else WORDS["no-day-now"][language]
            for day in (one.before, one.after)
        )
        title = steps[one.step][-1].step.title.in_(language) if one.step in steps else one.step
        messages.info(request, WORDS["day-moved"][language].format(step=title, before=before, after=after))
    if len(rows) > MOST:
        messages.info(request, WORDS["days-moved-more"][language].format(count=len(rows) - MOST))


def tell_next(request: Sitting, doors: Iterable[Channel]) -> None:
    """Tell what may be done next, and by when."""
    language = request.user.language
    for door in list(doors)[:3]:
        if door.deadline is not None:
            messages.success(
                request,
                WORDS["next-by"][language].format(
                    step=door.title.in_(language), day=day_in_words(door.deadline.last, language)
                ),
            )


def day_given(written: str) -> dt.date | None:
    """A day from a form; nothing where none was written.

    Raises:
        IncompleteEntry: it is no day.
    """
    if not written.strip():
        return None
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        raise IncompleteEntry(field="day") from None


def number_given(written: str) -> int | None:
    """A number from a form; nothing where none was chosen."""
    return int(written) if written.isdecimal() else None
