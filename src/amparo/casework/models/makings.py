"""Releases and evidence bundles that the worker is to make: a row for each, so that none is half made or lost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.consents import Consent
from amparo.casework.models.offices import Team, User
from amparo.casework.models.releases import Release


class Making(models.Model):
    """One thing to be made, for whom and what for; with a release it is the release, without one an evidence bundle.

    ``about_to_keep`` names the files before they are written, so that whoever finds the row without a worker can
    destroy what was left; ``digest`` is the finished bundle, which lies in the store until it is removed.
    """

    class State(models.TextChoices):
        """How far it has come; gone: taken back, or the finished file was destroyed."""

        QUEUED = "queued"
        MAKING = "making"
        DONE = "done"
        FAILED = "failed"
        GONE = "gone"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="makings")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="makings")
    documents = models.JSONField(default=list)
    purpose = models.CharField(max_length=40)
    recipient_kind = models.CharField(max_length=20)
    recipient = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=12)
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    about_to_keep = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    error_code = models.CharField(max_length=60, blank=True)
    error_facts = models.JSONField(default=dict)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A release is made once at a time."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release"], condition=models.Q(state__in=["queued", "making"]), name="one_making_at_a_time"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="making_by_state")]

    def __str__(self) -> str:
        return f"making {self.pk} for case {self.case_id}: {self.state}"
