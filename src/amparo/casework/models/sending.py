"""Papers on their way by e-mail: a row for each, so that none is lost and none goes twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.filings import Filing
from amparo.casework.models.offices import Team, User


class Outgoing(models.Model):
    """One paper to be sent, or sent, by e-mail; the whole message lies in the store by its digest.

    ``sending`` is written before the mail server is spoken to. Whoever finds a row in that state without a worker does
    not know whether the message went, and neither do we: it is ``unsure`` until a person says.
    """

    class State(models.TextChoices):
        """How far a message has come."""

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNSURE = "unsure"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="outgoing")
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    printed = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    queued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A paper is on its way once at a time."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["filing"], condition=models.Q(state__in=["queued", "sending", "unsure"]),
                name="one_message_on_its_way",
            )
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["state", "queued_at"], name="outgoing_by_state")]

    def __str__(self) -> str:
        return f"message for filing {self.filing_id}: {self.state}"
