"""Days counted for the desk's lists, the team's own closed days, and private calendar feeds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.offices import Team, User


class DoorDay(models.Model):
    """One running day of a case, kept so that lists are quick. Only a cache: facts and rulebook are the truth.

    It says something only while the case's ``counted_for``, ``counted_book`` and ``counted_fact`` are those of today.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="door_days")
    procedure = models.CharField(max_length=80)
    step = models.CharField(max_length=80)
    state = models.CharField(max_length=12)
    whose = models.CharField(max_length=9)
    last = models.DateField()
    safe = models.DateField()
    send_by = models.DateField(null=True)
    certain = models.BooleanField()

    class Meta:
        """One row for each door and side."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "step", "whose"], name="one_day_for_its_door")]
        indexes: ClassVar = [models.Index(fields=["last", "case"], name="door_by_day")]

    def __str__(self) -> str:
        return f"{self.step} of case {self.case_id}: {self.last}"


class TeamClosedDay(models.Model):
    """A day on which an office is closed, added to a calendar of the rulebook for one team alone."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="closed_days")
    calendar = models.CharField(max_length=80)
    day = models.DateField()
    name = models.CharField(max_length=120)
    sure = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A day stands once in a team's calendar."""

        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "calendar", "day"], condition=models.Q(removed_at__isnull=True), name="closed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.day}"


class Feed(models.Model):
    """A private address at which a calendar program reads somebody's days; only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which they were made."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"feed {self.pk} of {self.user_id}"
