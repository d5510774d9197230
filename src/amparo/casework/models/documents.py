"""What was received, and each reading of it; neither is ever changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.offices import Team, User


class Document(models.Model):
    """Something received: its bytes lie by digest in the store and are never altered.

    ``waits`` and ``urgency`` say whether it needs a person and how soon, kept by :mod:`amparo.casework.queue` so that
    the queue of a large office is read from an index; ``~`` stands after every urgency.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="documents")
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    shredded_at = models.DateTimeField(null=True, blank=True)
    waits = models.BooleanField(default=True)
    urgency = models.CharField(max_length=2, default="~")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        """The same bytes are one document within a team."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "digest"], name="one_document_for_its_bytes")]
        indexes: ClassVar = [
            models.Index(fields=["team", "-received_at"], name="document_by_day"),
            models.Index(
                fields=["team", "urgency", "-received_at", "-id"], name="document_that_waits",
                condition=models.Q(waits=True, shredded_at__isnull=True),
            ),
            models.Index(
                fields=["team", "urgency", "-received_at", "-id"], name="document_by_urgency",
                condition=models.Q(shredded_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} ({self.digest[:12]})"


class Reading(models.Model):
    """One reading of a document: queued, then read or failed. A correction is a new reading; the old one stays."""

    class State(models.TextChoices):
        """How far a reading has come."""

        QUEUED = "queued"
        READING = "reading"
        READ = "read"
        FAILED = "failed"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    content = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    genre = models.CharField(max_length=12, blank=True)
    written = models.JSONField(null=True)
    pages = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    people = models.JSONField(default=list)
    maker = models.JSONField(null=True)
    pipeline = models.CharField(max_length=40, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Readings are numbered within their document."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_reading_for_its_number")
        ]
        indexes: ClassVar = [models.Index(fields=["state"], name="reading_by_state")]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}: {self.state}"
