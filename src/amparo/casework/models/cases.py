"""Cases: whose they are, what belongs to them, what is known."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.documents import Document
from amparo.casework.models.offices import Team, User


class Case(models.Model):
    """One person's matter, in one team's hands."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=40)
    person = models.CharField(max_length=200)
    register_number = models.CharField(max_length=40, blank=True)
    born = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.TextField(blank=True)
    shredded_at = models.DateTimeField(null=True, blank=True)
    restricted = models.BooleanField(default=False)
    counted_for = models.DateField(null=True, blank=True)
    counted_book = models.CharField(max_length=64, blank=True)
    counted_fact = models.BigIntegerField(default=0)

    class Meta:
        """References are unique within a team."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "reference"], name="one_case_for_its_reference")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.person}"


class CaseAccess(models.Model):
    """Who may see a restricted case, from whom, and until when; breaking the glass says why.

    ``seen_by`` is the supervisor who took note that the glass was broken.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_access")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    broke_glass = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} may see case {self.case_id}"


class CaseDocument(models.Model):
    """A document belongs to a case because somebody said so."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="links")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Linked once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "document"], name="linked_once")]

    def __str__(self) -> str:
        return f"document {self.document_id} in case {self.case_id}"


class CaseFact(models.Model):
    """A fact somebody entered; the latest row for a name holds, and a row without a value takes it back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    known_from = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest holds."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["case", "name", "-id"], name="latest_fact")]

    def __str__(self) -> str:
        return f"{self.name} of case {self.case_id}"
