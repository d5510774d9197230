"""Asking that a document or a closed case be destroyed, and what came of it; these rows outlive what they speak of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.documents import Document
from amparo.casework.models.offices import Team, User


class Shredding(models.Model):
    """One person asked, with a reason, and another confirmed or refused."""

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked"
        DONE = "done"
        REFUSED = "refused"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="shreddings")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="shreddings")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="shreddings")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Of a document or of a case, never of both, and asked once at a time."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(document__isnull=False, case__isnull=True)
                | models.Q(document__isnull=True, case__isnull=False),
                name="shreds_one_thing",
            ),
            models.UniqueConstraint(fields=["document"], condition=models.Q(state="asked"), name="document_asked_once"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="asked"), name="case_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: document {self.document_id}, case {self.case_id}"
