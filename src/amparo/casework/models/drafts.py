"""What a paper says, version by version; each is kept as it was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.filings import Filing
from amparo.casework.models.offices import User
from amparo.casework.models.templates import PaperTemplate


class DraftVersion(models.Model):
    """One state of a paper's words and of what was answered about it; a change makes the next, and none is altered.

    ``content`` is a draft of the library as JSON; ``answers`` are facts about the paper that only a person can tell:
    whether it is signed, what is enclosed, whether reprisals were talked about. ``template`` is the office's own Word
    template that held when the version was made; none for the one amparo ships.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    answers = models.JSONField(default=dict)
    template = models.ForeignKey(PaperTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    did = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest holds."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "number"], name="one_version_for_its_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of filing {self.filing_id}"


class Printed(models.Model):
    """The very bytes that were approved: what goes out is this and nothing else."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="printed")
    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        """The latest holds; one that was taken back stays."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.digest[:12]} of filing {self.filing_id}"
