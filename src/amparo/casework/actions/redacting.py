"""Making the documents of a release: each without the hidden people and read again, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone

from amparo.casework import store
from amparo.casework.actions.releasing import OPEN, everybody, mine, seal_for, source_of, through
from amparo.casework.actions.sights import in_sight
from amparo.casework.consent import Permit
from amparo.casework.models import Release, ReleasePart, User
from amparo.casework.pseudonyms import hidden_of
from amparo.drafting.to_pdf import page_count
from amparo.errors import AmparoError, ChangedMeanwhile, NameSurvived, PageNotCovered
from amparo.releases import Released, release


class Built(NamedTuple):
    """What was made of a release and is kept nowhere yet."""

    release: int
    changes: int
    parts: tuple[tuple[ReleasePart, Released], ...]


def build(release_id: int, *, permit: Permit, by: User, tell: Callable[[int], None] = lambda _: None) -> Built:
    """Make every document of a release, each read again; one that fails, and there is no outcome at all.

    The work is done outside any transaction, so that others are not kept waiting.

    Args:
        release_id: which.
        permit: for its purpose, reader, identity level and this day.
        by: for whom it is made.
        tell: called with the number of documents done so far.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was approved or withdrawn.
        ConsentMissing: the permit is for something else, or no longer stands.
        PageNotCovered: a page could not be read surely and nobody has looked at it; the facts name part and page.
        NameSurvived: an outcome still holds something by which somebody could be known; the facts name the part.
        UnreadableDocument: an original could not be read.
    """
    with transaction.atomic():
        one = mine(release_id, by, *OPEN)
        through(one, permit)
        people = everybody(one, by).people
        one.people = msgspec.to_builtins(people)
        one.save(update_fields=["people"])
        seen = in_sight(one)
        hidden, changes = hidden_of(person for person in people if person.shown_as not in seen), one.changes
        parts = [(part, *source_of(part)) for part in one.parts.select_related("document", "printed")]
    made: list[tuple[ReleasePart, Released]] = []
    for part, data, text in parts:
        try:
            made.append((part, release(data, text, hidden, looked_at=frozenset(part.looked_at))))
        except PageNotCovered as problem:
            raise PageNotCovered(part=part.number, page=problem.facts.get("page", 1)) from problem
        except NameSurvived as problem:
            raise NameSurvived(problem.message, part=part.number, **_count(problem)) from problem
        tell(len(made))
    return Built(release_id, changes, tuple(made))


@transaction.atomic
def keep_built(built: Built, *, permit: Permit, by: User) -> Release:
    """Put what was made into the record; what changed meanwhile undoes it, and the gate is asked once more.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was approved or withdrawn.
        ConsentMissing: the permit is for something else, or no longer stands.
        ChangedMeanwhile: somebody changed the release while it was being made.
        StoreFull: an outcome could not be kept.
    """
    one = mine(built.release, by, *OPEN)
    if one.changes != built.changes:
        raise ChangedMeanwhile(release=one.number)
    through(one, permit)
    for part, outcome in built.parts:
        part.outcome = store.keep(outcome.data, team=one.team_id)
        part.replaced, part.pages = outcome.replaced, page_count(outcome.data)
        part.save(update_fields=["outcome", "replaced", "pages"])
    one.state, one.made_by, one.made_at = Release.State.MADE, by, timezone.now()
    one.consent_id = permit.consent
    one.save(update_fields=["state", "made_by", "made_at", "consent"])
    seal_for(
        "release.made", one, by, digests=", ".join(part.outcome[:16] for part, _ in built.parts),
        replaced=sum(outcome.replaced for _, outcome in built.parts), **permit.told(),
    )  # fmt: skip
    return one


def make(release_id: int, *, permit: Permit, by: User) -> Release:
    """Make a release here and now, where nobody waits for a page; the desk has its worker do it.

    Raises:
        AmparoError: whatever :func:`build` and :func:`keep_built` refuse.
    """
    return keep_built(build(release_id, permit=permit, by=by), permit=permit, by=by)


def _count(problem: AmparoError) -> dict[str, object]:
    return {"count": problem.facts["count"]} if "count" in problem.facts else {}
