"""Letting somebody hidden in a release back into sight, for a reason that a person gives; and hiding them again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from amparo.casework.actions.releasing import OPEN, mine, people_of, seal_for, unmake
from amparo.casework.models import Release, Sight, User
from amparo.errors import IdentityKept, IncompleteEntry, ReasonMissing


def in_sight(one: Release) -> dict[str, Sight]:
    """Who of a release is in sight again, by what would stand in their place; the latest decision holds."""
    latest = {row.shown_as: row for row in one.sights.select_related("by")}
    return {shown_as: row for shown_as, row in latest.items() if row.in_sight}


@transaction.atomic
def let_be_seen(release_id: int, shown_as: str, *, reason: str, by: User) -> Sight:
    """Let somebody be named in a release after all: a judge, an official in office; what was made is made anew.

    Args:
        release_id: which.
        shown_as: what stands in their place.
        reason: why they may be known.
        by: who decides.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was approved or withdrawn.
        ReasonMissing: no reason is given.
        IdentityKept: it is the person the case is about; that is for their consent alone.
        IncompleteEntry: nobody stands by that name, or they are in sight already.
    """
    one = mine(release_id, by, *OPEN)
    if not reason.strip():
        raise ReasonMissing
    person = next((person for person in people_of(one) if person.shown_as == shown_as), None)
    if person is None or shown_as in in_sight(one):
        raise IncompleteEntry(field="shown_as")
    if person.known_from == "case":
        raise IdentityKept("How much is told of the person is for their consent alone. Begin a release for what it "
                           "covers.", release=one.number)  # fmt: skip
    return _decided(one, shown_as, True, reason.strip(), by)


@transaction.atomic
def hide_again(release_id: int, shown_as: str, *, by: User) -> Sight:
    """Hide somebody again who had been let back into sight.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was approved or withdrawn.
        IncompleteEntry: they are not in sight.
    """
    one = mine(release_id, by, *OPEN)
    if shown_as not in in_sight(one):
        raise IncompleteEntry(field="shown_as")
    return _decided(one, shown_as, False, "", by)


def _decided(one: Release, shown_as: str, seen: bool, reason: str, by: User) -> Sight:
    row = Sight.objects.create(
        release=one, shown_as=shown_as, in_sight=seen, reason=reason, by=by, at=timezone.now()
    )  # fmt: skip
    unmake(one)
    seal_for("release.seen" if seen else "release.hidden-again", one, by, stands=shown_as, sight=row.pk)
    return row
