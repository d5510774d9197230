"""What was done, by whom and when: one chain of lines, each sealed with the digest of the one before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.offices import Team, User


class HistoryLine(models.Model):
    """One thing that was done, reads and exports included. Appended, never edited."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=150)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """In the order of the chain."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["subject", "-number"], name="history_of_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}"


class ChainHead(models.Model):
    """The end of the chain: one row, locked by whoever writes the next line."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"
