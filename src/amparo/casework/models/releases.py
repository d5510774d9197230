"""Documents of a case made fit for readers outside, and who stands behind each name put in somebody's place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.consents import Consent
from amparo.casework.models.documents import Document
from amparo.casework.models.drafts import Printed
from amparo.casework.models.offices import Team, User


class Release(models.Model):
    """What is given to one reader, for one purpose; the same people bear the same names in all its documents.

    ``people`` says who is hidden: ``shown_as``, ``names``, ``numbers`` and ``known_from``. It never leaves the record.
    """

    class State(models.TextChoices):
        """How far a release has come."""

        OPEN = "open"
        MADE = "made"
        APPROVED = "approved"
        WITHDRAWN = "withdrawn"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=40)
    recipient_kind = models.CharField(max_length=20)
    recipient = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=12)
    language = models.CharField(max_length=2, default="en")
    people = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="releases")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        """Numbered within the case; whoever made it does not approve it."""

        ordering: ClassVar = ["case_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_release_for_its_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (~models.Q(approved_by=models.F("made_by")) & ~models.Q(approved_by=models.F("begun_by"))),
                name="nobody_approves_their_own_release",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.number} of case {self.case_id}: {self.state}"


class ReleasePart(models.Model):
    """One document or approved paper of a release; the outcome lies in the store by its digest once it is made."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="parts")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    printed = models.ForeignKey(Printed, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    looked_at = models.JSONField(default=list)
    outcome = models.CharField(max_length=64, blank=True)
    replaced = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        """A part is a document or a paper, never both."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "number"], name="one_part_for_its_number"),
            models.CheckConstraint(
                condition=models.Q(document__isnull=True, printed__isnull=False)
                | models.Q(document__isnull=False, printed__isnull=True),
                name="a_part_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of release {self.release_id}"


class Sight(models.Model):
    """Somebody hidden in a release was let back into sight, or hidden again; the latest row holds and none is altered.

    ``shown_as`` is what stands in their place. The person the case is about is never among them: how much is told of
    them is for their consent alone.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="sights")
    shown_as = models.CharField(max_length=80)
    in_sight = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which people decided."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.shown_as} of release {self.release_id}: {'in sight' if self.in_sight else 'hidden'}"
