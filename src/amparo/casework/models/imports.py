"""An old spreadsheet brought in: the file, what its columns hold, and the cases it made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.offices import Team, User


class ImportBatch(models.Model):
    """One spreadsheet on its way into the record: planned, then done, perhaps taken back.

    ``made`` names each case with the row it came from and the facts entered with it, so that exactly those can be taken
    back; the file itself lies in the store by its digest.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned"
        DONE = "done"
        UNDONE = "undone"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    columns = models.JSONField(default=dict)
    order = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    made = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest last."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"import {self.pk}: {self.state}"
