"""Who works here, in which team, and as what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class Team(models.Model):
    """An office, or a part of one, that shares its documents and cases; other teams never learn that they exist.

    ``letterhead`` is its address, line by line; with ``phone``, ``reply_to`` and ``logo`` (a PNG in the store, by its
    digest) it stands at the head of what the office itself writes.
    ``keep_years``: a closed case older than this is listed as due for shredding; nothing is shredded by itself.
    """

    name = models.CharField(max_length=120, unique=True)
    letterhead = models.JSONField(default=list, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    logo = models.CharField(max_length=64, blank=True)
    keep_years = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Somebody with an account, and how they like to read."""

    language = models.CharField(max_length=5, choices=[("en", "English"), ("es", "Español")], default="en")
    theme = models.CharField(
        max_length=8, choices=[("auto", "auto"), ("light", "light"), ("dark", "dark")], default="auto"
    )
    digest = models.CharField(
        max_length=6, choices=[("never", "never"), ("daily", "daily"), ("weekly", "weekly")], default="never"
    )
    digest_sent_on = models.DateField(null=True, blank=True)


class Membership(models.Model):
    """A person's role in a team."""

    class Role(models.TextChoices):
        """What somebody may do; the table is in :mod:`amparo.casework.permissions`."""

        INTAKE = "intake"
        CASEWORKER = "caseworker"
        SUPERVISOR = "supervisor"
        VIEWER = "viewer"
        AUDITOR = "auditor"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="membership")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        """One team and one role for each person."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=["intake", "caseworker", "supervisor", "viewer", "auditor"]),
                name="known_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user.username}: {self.role}"
