"""What machines noted about a reading, and what people decided about each note."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.documents import Reading
from amparo.casework.models.offices import User


class Note(models.Model):
    """One note on a reading: a claim, an allegation, an event, a proposed fact.

    What its maker said is never lost: once a person corrects it, that stands in ``original``, and the other fields hold
    what holds now. Kind and number together name a note through all readings of its document.
    """

    class Kind(models.TextChoices):
        """What is noted."""

        CLAIM = "claim"
        ALLEGATION = "allegation"
        EVENT = "event"
        PROPOSAL = "proposal"

    class State(models.TextChoices):
        """Where the latest decision leaves it."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        CORRECTED = "corrected"
        REJECTED = "rejected"

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    payload = models.JSONField()
    maker = models.CharField(max_length=80)
    confidence = models.FloatField(default=1.0)
    urgency = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    original = models.JSONField(null=True)

    class Meta:
        """Notes are numbered by kind within their reading."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "kind", "number"], name="one_note_for_its_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "state", "urgency"], name="note_by_state"),
            models.Index(fields=["code", "state", "reading"], name="note_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of reading {self.reading_id}"


class Decision(models.Model):
    """What a person decided about a note: appended, never edited; undoing is a decision too."""

    class Verdict(models.TextChoices):
        """What was decided."""

        ACCEPTED = "accepted"
        CORRECTED = "corrected"
        REJECTED = "rejected"
        UNDONE = "undone"

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    payload = models.JSONField(null=True)

    class Meta:
        """The latest decision is the last row."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.by_id}"
