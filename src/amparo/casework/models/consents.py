"""What a detained person agreed to, and when they took it back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.documents import Document
from amparo.casework.models.offices import User


class Consent(models.Model):
    """One thing a person agreed to: for a purpose, towards some recipients, telling so much of who they are.

    Appended, never edited. Taking it back fills the fields of withdrawal and is final; agreeing anew is a new row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    recipients = models.JSONField(default=list)
    identity = models.CharField(max_length=12)
    given = models.DateField()
    until = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="consents")
    noted = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        """A consent rests on a paper, or on a written reason why there is none."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(evidence__isnull=False) | ~models.Q(noted=""), name="consent_rests_on_something"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("given")),
                name="consent_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} in case {self.case_id}: {self.purpose}"
